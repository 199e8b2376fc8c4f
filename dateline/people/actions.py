"""Verbs about people: take somebody on, and write down what was done."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction

from dateline.people.models import AuditEntry, User
from dateline.people.roles import ROLES, Role


class UnknownRole(ValueError):
    """There is no such role."""


class NameTaken(ValueError):
    """Somebody has this user name already."""


class WeakPassword(ValueError):
    """The password would be guessed."""


def role_named(name: str) -> Role:
    """Return the role called `name`. Raises UnknownRole with the list of those there are."""
    try:
        return ROLES[name]
    except KeyError:
        raise UnknownRole(f"There is no role {name!r}. The roles are: {', '.join(ROLES)}.") from None


@transaction.atomic
def take_on(*, username: str, password: str, role: str, email: str = "") -> User:
    """Make an account at the desk with one role.

    Raises UnknownRole, NameTaken, WeakPassword.
    """
    kept = role_named(role)
    if User.objects.filter(username=username).exists():
        raise NameTaken(f"There is already somebody called {username!r}. Choose another name.")
    user = User(username=username, email=email, is_superuser=kept.is_owner, is_staff=kept.is_owner)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from None
    user.set_password(password)
    user.full_clean()
    user.save()
    user.groups.add(Group.objects.get(name=role))
    return user


def write_down(
    *,
    verb: str,
    subject: models.Model,
    by: User | None,
    now: datetime,
    summary: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Enter into the audit that `by` did `verb` to `subject`. Call it inside the transaction of the deed."""
    return AuditEntry.objects.create(
        at=now,
        by=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        summary=summary[:300],
        before=before or {},
        after=after or {},
    )
