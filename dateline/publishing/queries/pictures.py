"""Pictures in the sizes and formats that pages show."""

import logging
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError
from willow.image import UnrecognisedImageFormatError

from dateline.articles.models import Picture
from dateline.publishing.pages import PictureView, Source
from dateline.publishing.queries.press import Press

logger = logging.getLogger(__name__)

WIDTHS = (400, 800, 1280)
FALLBACK_WIDTH = 800
_FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
# Where the desk said what matters in a picture it is cut around that, in the shape in which pages show most pictures.
_CROP = (3, 2)
_OPAQUE = {"jpeg": "|bgcolor-ffffff"}


def picture_view(picture: Picture | None, *, alt: str, caption: str = "") -> PictureView | None:
    """Return a picture with its sizes made; None where its file is missing or no picture, which is logged."""
    if picture is None:
        return None
    specs = {
        (kind, width): f"{_size(picture, width)}{_OPAQUE.get(kind, '')}|format-{kind}"
        for kind in _formats()
        for width in WIDTHS
    }
    try:
        made = _renditions(picture, list(specs.values()))
    except (
        SourceImageIOError,
        InvalidFilterSpecError,
        UnrecognisedImageFormatError,
        OSError,
        SyntaxError,
    ) as error:
        logger.warning("The picture %s (“%s”) cannot be shown: %s", picture.pk, picture.title, error)
        return None
    fallback = made[specs["jpeg", FALLBACK_WIDTH]]
    return PictureView(
        src=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=alt,
        caption=caption,
        credit=picture.credit,
        absolute=f"{settings.DATELINE_URL}{made[specs['jpeg', WIDTHS[-1]]].url}",
        sources=_sources([(_FORMATS[kind], made[spec]) for (kind, _width), spec in specs.items()]),
    )


def _formats() -> list[str]:
    """Best first. AVIF takes a second of a processor for each picture, which a small machine may save."""
    return [kind for kind in _FORMATS if kind != "avif" or settings.DATELINE_AVIF]


def _size(picture: Picture, width: int) -> str:
    if not picture.has_focal_point():
        return f"width-{width}"
    across, down = _CROP
    return f"fill-{width}x{width * down // across}"


def shown_picture(
    press: Press, picture: Picture | None, *, alt: str, caption: str = ""
) -> PictureView | None:
    """Return a picture for a page that rests on it; one that this run has looked at is not looked at again."""
    if picture is None:
        return None
    press.rests_on(f"picture:{picture.pk}")
    key = (picture.pk, picture.file.name, picture.credit, str(picture.get_focal_point()), alt, caption)
    if key not in press.pictures:
        press.pictures[key] = picture_view(picture, alt=alt, caption=caption)
    return press.pictures[key]


def _renditions(picture: Picture, specs: list[str]) -> dict[str, Any]:
    """The sizes by their specifications; those that are missing are made one by one, so that signals see each.

    They are read from the database: the cache of this process may know sizes of a file that the desk has replaced.
    """
    prefetch_related_objects([picture], "renditions")
    filters = {spec: Filter(spec=spec) for spec in specs}
    found = {one.spec: made for one, made in picture.find_existing_renditions(*filters.values()).items()}
    if len(found) < len(filters):
        # Where it cannot be opened it fails here, before Wagtail opens a temporary file that it would not close.
        with picture.get_willow_image() as opened:
            opened.auto_orient()
    return {spec: found.get(spec) or picture.get_rendition(one) for spec, one in filters.items()}


def _sources(made: list[tuple[str, Any]]) -> tuple[Source, ...]:
    """A picture smaller than a size is not blown up, so that one width may come twice: it is listed once."""
    found = {
        (mime, one.width): Source(src=one.url, width=one.width, mime=mime) for mime, one in reversed(made)
    }
    order = list(_FORMATS.values())
    return tuple(sorted(found.values(), key=lambda source: (order.index(source.mime), source.width)))


def logo_view(file: Any, *, alt: str) -> PictureView | None:
    """Return an uploaded logo as it is; None where there is none, or its file is missing or broken."""
    if not file:
        return None
    try:
        return PictureView(
            src=file.url,
            width=file.width or 0,
            height=file.height or 0,
            alt=alt,
            absolute=f"{settings.DATELINE_URL}{file.url}",
        )
    except (OSError, ValueError) as error:
        logger.warning("The logo %s cannot be shown: %s", file.name, error)
        return None
