"""Single mails about a letter: confirm it, you have it already, what we keep about you, a test to oneself."""

import json
from datetime import datetime
from email.utils import formataddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, override

from dateline.editions import letter_states as states
from dateline.editions import mime
from dateline.editions.actions.carrying import carrier
from dateline.editions.actions.composing import need_mail, sender_address, sheet_of, site_name
from dateline.editions.actions.lists import data_of
from dateline.editions.consent import CURRENT, TEXTS
from dateline.editions.models import Edition, Issue, Letter, Subscription
from dateline.editions.queries.readers import address_for, own_host, readers_key
from dateline.editions.tokens import mark
from dateline.lib.text import cut, one_line
from dateline.net.mail_line import Came
from dateline.people.models import User
from dateline.site.queries import identity

SIGN_UP: Final = "sign-up"
DATA: Final = "data"


class TestNotSent(RuntimeError):
    """The mail server did not take the test."""


def send_notice(*, uid: str, what: str, now: datetime) -> None:
    """Send a reader the mail that they asked for. One whose subscription is gone gets none."""
    row = Subscription.objects.select_related("letter").filter(uid=uid).first()
    if row is None:
        return
    need_mail()
    with override(row.letter.language):
        subject, body = _data(row) if what == DATA else _sign_up(row)
    EmailMessage(
        subject=one_line(subject),
        body=body,
        from_email=_sender(row.letter),
        to=[row.email],
        reply_to=[identity().email] if identity().email else None,
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": row.letter.language,
            "Message-ID": f"<{mark('notice', f'{uid}:{what}:{now.isoformat()}', key=readers_key())}@{own_host()}>",
        },
    ).send()


def send_test(*, edition: Edition, letter: Letter, to: User, now: datetime) -> None:
    """Send a member of staff a letter as it would go out now.

    Raises TestNotSent, NoSender, NoMailYet, ServerTrouble.
    """
    need_mail()
    issue = Issue(letter=letter, edition=edition, released_at=now)
    sheet, _page = sheet_of(issue, now=now)
    here = f"{settings.DATELINE_URL}/-/letters/"
    own = mime.Own(
        to=to.email,
        message_id=f"<{mark('test', f'{edition.uid}:{to.pk}:{now.isoformat()}', key=readers_key())}@{own_host()}>",
        stop=here,
        manage=here,
    )
    line = carrier()
    try:
        verdict = line.hand_over(sheet, mime.press(sheet), own, now=now)
    finally:
        line.close()
    if verdict.came != Came.TAKEN:
        raise TestNotSent(verdict.words)


def _sender(letter: Letter) -> str:
    name = one_line(letter.sender_name or site_name(letter.language))
    return formataddr((name, sender_address()))


def _sign_up(row: Subscription) -> tuple[str, str]:
    """Return the mail that answers a sign-up: to confirm it, or that there is nothing to confirm."""
    site, letter = site_name(row.letter.language), row.letter.shown_name
    told = {"site": site, "letter": letter}
    if row.state in {states.CONFIRMED, states.PAUSED}:
        lines = [
            gettext("Somebody, probably you, asked for “%(letter)s” of %(site)s for this address.") % told,
            gettext("You have it already. Here you can change it, pause it or stop it:"),
            address_for("manage", row),
        ]
        return gettext("You have %(letter)s already") % told, _letter(lines, site)
    lines = [
        gettext("Somebody, probably you, asked for “%(letter)s” of %(site)s for this address.") % told,
        gettext("If you want it, open this page and press the button there. Without that nothing comes:"),
        address_for("confirm", row),
        gettext("You agree to this: %s") % TEXTS[CURRENT],
        gettext("If it was not you, do nothing. After a week we forget your address."),
    ]
    return gettext("Please confirm: %(letter)s of %(site)s") % told, _letter(lines, site)


def _data(row: Subscription) -> tuple[str, str]:
    site = site_name(row.letter.language)
    held = json.dumps(data_of(reader=row.reader), ensure_ascii=False, indent=2)
    lines = [
        gettext("You asked what %s keeps about this address and its letters. It is all here:") % site,
        held,
        gettext("Here you can change it, stop it, or have it erased:"),
        address_for("manage", row),
    ]
    return cut(gettext("What %s keeps about you") % site, 200), _letter(lines, site)


def _letter(lines: list[str], site: str) -> str:
    return "\n\n".join([*lines, f"{site}\n{settings.DATELINE_URL}"]) + "\n"
