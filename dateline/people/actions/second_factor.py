"""Verbs of the second factor: begin, confirm, pass, renew the recovery codes, reset."""

import base64
import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.people.actions.staff import write_down
from dateline.people.models import RecoveryCode, SecondFactor, User
from dateline.people.sealing import SealBroken, seal, unseal
from dateline.people.totp import SECRET_BYTES, matching_step

CODES: Final = 10
FREE_TRIES: Final = 5
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)


class NotTheCode(ValueError):
    """The code is wrong, too old, or was used."""


class TooManyTries(ValueError):
    """Wrong codes in a row: nobody may try before `until`."""

    def __init__(self, until: datetime, *, now: datetime) -> None:
        self.until = until
        minutes = max(1, -int((now - until).total_seconds() // 60))
        super().__init__(_("Too many wrong codes. Try again in %s minutes.") % minutes)


@transaction.atomic
def begin_second_factor(*, user: User, now: datetime) -> SecondFactor:
    """Return the factor that the person is to confirm: a new one, or the one begun; a confirmed one stays."""
    secret = seal(secrets.token_bytes(SECRET_BYTES), key=settings.SECRET_KEY)
    factor, made = SecondFactor.objects.select_for_update().get_or_create(
        user=user, defaults={"secret": secret, "begun_at": now}
    )
    if not made and factor.confirmed_at is None and not _opens(factor):
        factor.secret = secret
        factor.save(update_fields=["secret"])
    return factor


def secret_of(factor: SecondFactor) -> bytes:
    """Return the secret that the app shares. Raises SealBroken where the installation's key is another."""
    return unseal(factor.secret, key=settings.SECRET_KEY)


def confirm_second_factor(*, factor: SecondFactor, code: str, now: datetime) -> list[str]:
    """Take the first code of the app; return the recovery codes, which are shown this once.

    Raises NotTheCode, TooManyTries.
    """
    _try(factor, code, now=now, recovery=False)
    with transaction.atomic():
        row = SecondFactor.objects.select_for_update().get(pk=factor.pk)
        row.confirmed_at = now
        row.save(update_fields=["confirmed_at"])
        write_down(
            verb="confirm-second-factor", subject=row.user, by=row.user, now=now, summary=str(row.user)
        )
        factor.confirmed_at = now
        return _fresh_codes(row)


def pass_second_factor(*, factor: SecondFactor, code: str, now: datetime) -> None:
    """Take a code of the app, or a recovery code. Raises NotTheCode, TooManyTries."""
    used = _try(factor, code, now=now, recovery=True)
    if used:
        left = factor.recovery_codes.filter(used_at=None).count()
        write_down(
            verb="use-recovery-code",
            subject=factor.user,
            by=factor.user,
            now=now,
            summary=str(factor.user),
            after={"left": left},
        )


@transaction.atomic
def renew_recovery_codes(*, factor: SecondFactor, now: datetime) -> list[str]:
    """Return new recovery codes; the old ones open nothing any more."""
    write_down(
        verb="renew-recovery-codes", subject=factor.user, by=factor.user, now=now, summary=str(factor.user)
    )
    return _fresh_codes(factor)


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None, now: datetime) -> bool:
    """Take somebody's factor away, so that they set up a new one at the next login; False: there was none."""
    if not SecondFactor.objects.filter(user=user).delete()[0]:
        return False
    write_down(verb="reset-second-factor", subject=user, by=by, now=now, summary=str(user))
    return True


def _try(factor: SecondFactor, code: str, *, now: datetime, recovery: bool) -> bool:
    """Open with a code; return whether it was a recovery code. A wrong one is counted, whatever is raised."""
    with transaction.atomic():
        row = SecondFactor.objects.select_for_update().get(pk=factor.pk)
        if row.closed_until and row.closed_until > now:
            raise TooManyTries(row.closed_until, now=now)
        bare = "".join(code.split()).replace("-", "").upper()
        by_app = _by_app(row, bare, now=now)
        by_recovery = not by_app and recovery and _by_recovery(row, bare, now=now)
        if by_app or by_recovery:
            row.failures, row.closed_until = 0, None
        else:
            _count_failure(row, now=now)
        row.save(update_fields=["failures", "closed_until", "last_step"])
    if not (by_app or by_recovery):
        raise NotTheCode(
            _("That is not the code. Wait for the next one, and look at the clock of the telephone.")
        )
    return bool(by_recovery)


def _by_app(row: SecondFactor, code: str, *, now: datetime) -> bool:
    try:
        step = matching_step(secret_of(row), code, seconds=now.timestamp(), after=row.last_step)
    except (SealBroken, TypeError):  # letters that no code has cannot be compared
        return False
    if step is None:
        return False
    row.last_step = step
    return True


def _by_recovery(row: SecondFactor, code: str, *, now: datetime) -> bool:
    unused = row.recovery_codes.filter(used_at=None, digest=_digest(code))
    return bool(unused.update(used_at=now))


def _count_failure(row: SecondFactor, *, now: datetime) -> None:
    row.failures += 1
    if row.failures >= FREE_TRIES:
        pause = FIRST_PAUSE * 2 ** min(row.failures - FREE_TRIES, 10)
        row.closed_until = now + min(pause, LONGEST_PAUSE)
        write_down(
            verb="close-second-factor",
            subject=row.user,
            by=None,
            now=now,
            summary=str(row.user),
            after={"failures": row.failures},
        )


def _fresh_codes(factor: SecondFactor) -> list[str]:
    factor.recovery_codes.all().delete()
    bare = [base64.b32encode(secrets.token_bytes(10)).decode() for _one in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=_digest(code)) for code in bare)
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in bare]


def _digest(code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"recovery:{code}".encode(), sha256).hexdigest()


def _opens(factor: SecondFactor) -> bool:
    try:
        secret_of(factor)
    except SealBroken:
        return False
    return True
