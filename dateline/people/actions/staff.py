"""Verbs about people: take somebody on, and write down what was done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction

from dateline.people.models import AuditEntry, User
from dateline.people.roles import AT_COLLECTIONS, AT_PAGES, ROLES, Role

WAGTAILS_GROUPS = ("Editors", "Moderators")


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


@transaction.atomic
def lay_role(role: Role) -> Group:
    """Make the group of a role, or bring it to what the role may do now. What no room has laid yet waits.

    Pictures and pages are allowed at the root of their trees, where these exist.
    """
    known = _permissions_named(role.permissions)
    group, _made = Group.objects.get_or_create(name=role.name)
    placed = AT_COLLECTIONS | AT_PAGES
    group.permissions.set([known[name] for name in known if name not in placed])
    _allow_at_collections(group, [known[name] for name in known if name in AT_COLLECTIONS])
    _allow_at_pages(group, [known[name] for name in known if name in AT_PAGES])
    return group


def _permissions_named(names: Iterable[str]) -> dict[str, Permission]:
    wanted = set(names)
    found = Permission.objects.filter(
        codename__in=[name.partition(".")[2] for name in wanted]
    ).select_related("content_type")
    by_name = {f"{one.content_type.app_label}.{one.codename}": one for one in found}
    return {name: by_name[name] for name in sorted(wanted & by_name.keys())}


def _allow_at_collections(group: Group, permissions: Iterable[Permission]) -> None:
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.get_first_root_node()
    for permission in permissions if root else ():
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _allow_at_pages(group: Group, permissions: Iterable[Permission]) -> None:
    from wagtail.models import GroupPagePermission, Page

    root = Page.get_first_root_node()
    for permission in permissions if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def forget_wagtails_groups() -> None:
    """Take away the two groups that Wagtail comes with, where nobody is in them: our roles say who may what."""
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user__isnull=True).delete()


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
