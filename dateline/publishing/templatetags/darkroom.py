"""Pictures that stand in a body, in the sizes that pages show."""

from django import template

from dateline.articles.models import Picture
from dateline.publishing.pages import PictureView, Source
from dateline.publishing.queries.pictures import picture_view

register = template.Library()


@register.simple_tag
def developed(picture: Picture | None, alt: str, caption: str) -> PictureView | None:
    """Return a picture of the store with its words here; None where its file is missing or broken."""
    return picture_view(picture, alt=alt or "", caption=caption or "")


@register.filter
def thumbnail(picture: PictureView | None) -> Source | None:
    """Return the smallest size in a format that every browser shows; None where there is no size."""
    known = [one for one in picture.sources if one.mime == "image/webp"] if picture else []
    return min(known, key=lambda one: one.width, default=None)
