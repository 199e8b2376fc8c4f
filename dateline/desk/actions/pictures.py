"""Verbs about the library of pictures: take one in with its credit and its right, and credit several at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection as Shelf
from wagtail.utils.file import hash_filelike

from dateline.articles.models import Picture
from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.models import PicturePermission


class NoCredit(ValueError):
    """A credit without words is none."""


def twins(content: Any) -> list[Picture]:
    """Return the pictures with exactly these bytes, the oldest first."""
    found = list(Picture.objects.filter(file_hash=hash_filelike(content)).order_by("pk"))
    content.seek(0)
    return found


@transaction.atomic
def take_picture(
    *,
    content: File[bytes],
    width: int,
    height: int,
    title: str,
    description: str,
    credit: str,
    permission: PicturePermission,
    source_url: str = "",
    by: User | None,
    now: datetime,
) -> Picture:
    """Put a picture into the library. A permission that is not saved yet is saved with it."""
    if permission.pk is None:
        permission.full_clean()
        permission.save()
        write_down(verb="permit-picture", subject=permission, by=by, now=now, summary=str(permission))
    picture = Picture(
        title=title,
        description=description,
        file=content,
        width=width,
        height=height,
        credit=credit,
        permission=permission,
        source_url=source_url,
        uploaded_by_user=by,
        collection=Shelf.get_first_root_node(),
    )
    picture.file_size = content.size
    picture._set_file_hash()
    picture.full_clean()
    picture.save()
    after = {"credit": credit, "permission": str(permission), "sha1": picture.file_hash}
    write_down(verb="upload-picture", subject=picture, by=by, now=now, summary=title, after=after)
    return picture


@transaction.atomic
def credit_pictures(*, numbers: Collection[int], credit: str, by: User | None, now: datetime) -> int:
    """Give several pictures one credit; return how many had another. Raises NoCredit."""
    words = one_line(credit)
    if not words:
        raise NoCredit(_("Say who made the pictures."))
    others = Picture.objects.select_for_update().filter(pk__in=numbers).exclude(credit=words).order_by("pk")
    changed = list(others)
    for picture in changed:
        before = {"credit": picture.credit}
        picture.credit = words
        picture.full_clean()
        picture.save(update_fields=["credit"])
        write_down(
            verb="credit-pictures",
            subject=picture,
            by=by,
            now=now,
            summary=picture.title,
            before=before,
            after={"credit": words},
        )
    return len(changed)
