"""Verbs about people: take somebody on, and write down what was done."""

from collections.abc import Collection, Iterable
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


def lay_role(role: Role) -> Group:
    """Lay one role as `lay_roles` does, and return its group."""
    return lay_roles([role])[0]


@transaction.atomic
def lay_roles(roles: Iterable[Role]) -> list[Group]:
    """Make the group of each role, or bring it to what the role may do now. What no room has laid yet waits.

    Pictures and pages are allowed at the root of their trees, where these exist. What is so already is left alone:
    this runs at each `migrate`, and asks as often for all roles as for one.
    """
    by_name = {role.name: role for role in roles}
    groups = _groups_named(by_name)
    known = _permissions_named(name for role in by_name.values() for name in role.permissions)
    _allow(
        groups, {name: _known(role, known, but=AT_COLLECTIONS | AT_PAGES) for name, role in by_name.items()}
    )
    _allow_at_collections(_pairs(groups, by_name, known, at=AT_COLLECTIONS))
    _allow_at_pages(_pairs(groups, by_name, known, at=AT_PAGES))
    return groups


def _groups_named(names: Collection[str]) -> list[Group]:
    there = set(Group.objects.filter(name__in=names).values_list("name", flat=True))
    Group.objects.bulk_create(Group(name=name) for name in names if name not in there)
    return list(Group.objects.filter(name__in=names))


def _permissions_named(names: Iterable[str]) -> dict[str, Permission]:
    wanted = set(names)
    found = Permission.objects.filter(
        codename__in=[name.partition(".")[2] for name in wanted]
    ).select_related("content_type")
    by_name = {f"{one.content_type.app_label}.{one.codename}": one for one in found}
    return {name: by_name[name] for name in sorted(wanted & by_name.keys())}


def _known(role: Role, known: dict[str, Permission], *, but: frozenset[str]) -> set[int]:
    return {known[name].pk for name in role.permissions if name in known and name not in but}


def _allow(groups: Iterable[Group], may: dict[str, set[int]]) -> None:
    """Give groups these permissions and no others."""
    has: dict[str, set[int]] = {name: set() for name in may}
    listed = Group.permissions.through.objects.filter(group__name__in=list(may))
    for name, permission in listed.values_list("group__name", "permission_id"):
        has[name].add(permission)
    for group in groups:
        if has[group.name] != may[group.name]:
            group.permissions.set(may[group.name])


def _pairs(
    groups: Iterable[Group], roles: dict[str, Role], known: dict[str, Permission], *, at: frozenset[str]
) -> list[tuple[Group, Permission]]:
    """Return what is allowed at a place: each group with each permission of its role that is asked for there."""
    return [
        (group, known[name])
        for group in groups
        for name in roles[group.name].permissions
        if name in at and name in known
    ]


def _allow_at_collections(pairs: Iterable[tuple[Group, Permission]]) -> None:
    from wagtail.models import Collection as Folder
    from wagtail.models import GroupCollectionPermission

    if root := Folder.get_first_root_node():
        there = set(
            GroupCollectionPermission.objects.filter(collection=root).values_list("group", "permission")
        )
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(group=group, collection=root, permission=permission)
            for group, permission in dict.fromkeys(pairs)
            if (group.pk, permission.pk) not in there
        )


def _allow_at_pages(pairs: Iterable[tuple[Group, Permission]]) -> None:
    from wagtail.models import GroupPagePermission, Page

    if root := Page.get_first_root_node():
        there = set(GroupPagePermission.objects.filter(page=root).values_list("group", "permission"))
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group=group, page=root, permission=permission)
            for group, permission in dict.fromkeys(pairs)
            if (group.pk, permission.pk) not in there
        )


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
