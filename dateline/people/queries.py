"""Reading the audit: who did what to which piece, when; and of whom a second factor is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.apps import apps
from django.conf import settings
from django.db import models

from dateline.people.exempting import exemption
from dateline.people.models import AuditEntry, SecondFactor, User
from dateline.people.roles import PUBLISHING

# The system itself, where a list is narrowed to a person.
THE_SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reading of the audit is narrowed to; what is empty does not narrow.

    by: a person's number in digits, or THE_SYSTEM. since and until: days, both included.
    """

    by: str = ""
    verb: str = ""
    subject_type: str = ""
    subject_id: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""


def entries(asked: Asked, *, zone: tzinfo) -> models.QuerySet[AuditEntry]:
    """Return the entries that pass, newest first, each with who did it. Days are those of `zone`."""
    found = AuditEntry.objects.select_related("by")
    if asked.by == THE_SYSTEM:
        found = found.filter(by=None)
    elif asked.by:
        found = found.filter(by=int(asked.by))
    exactly = {name: getattr(asked, name) for name in ("verb", "subject_type", "subject_id")}
    found = found.filter(**{name: value for name, value in exactly.items() if value})
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since, zone))
    if asked.until:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1), zone))
    return found.filter(summary__icontains=asked.words) if asked.words else found


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def verbs() -> list[str]:
    """Return the verbs that stand in the audit, sorted."""
    return list(AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct())


def subject_types() -> list[tuple[str, str]]:
    """Return the kinds of subjects in the audit, each with its name, sorted by it."""
    found = AuditEntry.objects.order_by().values_list("subject_type", flat=True).distinct()
    return sorted(((label, type_name(label)) for label in found), key=lambda pair: pair[1])


def type_name(label: str) -> str:
    """Return what a kind of subject is called; its label where that model is gone."""
    model = _model(label)
    return str(model._meta.verbose_name) if model else label


def doers() -> models.QuerySet[User]:
    """Return those who did something."""
    did = AuditEntry.objects.exclude(by=None).order_by().values("by")
    found: models.QuerySet[User] = User.objects.filter(pk__in=did)
    return found.order_by("last_name", "first_name", "username")


def subjects(listed: Iterable[AuditEntry]) -> dict[tuple[str, str], models.Model]:
    """Return the things that the entries speak of and that still exist, by kind and number: a query a kind."""
    wanted: dict[str, set[str]] = {}
    for entry in listed:
        wanted.setdefault(entry.subject_type, set()).add(entry.subject_id)
    return {
        (label, str(row.pk)): row
        for label, keys in wanted.items()
        if (model := _model(label))
        for row in model._default_manager.filter(pk__in=keys)
    }


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


# What no entry may hold, whoever may read it.
_SECRET = ("password", "secret", "token", "key")


def plain_state(row: models.Model) -> dict[str, str | None]:
    """Return what a row says in its own columns, as text; nothing that is secret, and no times of bookkeeping."""
    return {
        field.name: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
        if not field.primary_key
        and field.name != "last_login"
        and not any(part in field.name for part in _SECRET)
    }


# The second factor


def factor_of(user: User) -> SecondFactor | None:
    """Return somebody's second factor, confirmed or begun."""
    return SecondFactor.objects.filter(user=user).first()


def may_publish(user: User) -> bool:
    """May this person change what readers see?"""
    return any(user.has_perm(permission) for permission in PUBLISHING)


def must_pass(user: User, factor: SecondFactor | None) -> bool:
    """Is a code asked for: of whoever may publish, and of whoever has set up an app of their own accord?"""
    if not settings.DATELINE_SECOND_FACTOR:
        return False
    return bool(factor and factor.confirmed_at) or (may_publish(user) and not exemption())
