"""The parts of a body, as the desk writes them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from dateline.lib.sanitise import sanitise

INLINE = ["bold", "italic", "link", "superscript", "subscript"]


class MarkupBlock(blocks.TextBlock):
    """Markup from outside that the desk's editor cannot hold (tables): passes the sanitiser on the way in."""

    def clean(self, value: Any) -> Any:
        return sanitise(super().clean(value) or "")

    class Meta:
        icon = "table"
        template = "components/body/markup.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, set apart."""

    text = blocks.RichTextBlock(features=INLINE, label=_("words"))
    attribution = blocks.CharBlock(required=False, label=_("who says it"))

    class Meta:
        icon = "openquote"
        template = "components/body/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture in the body. Its credit and rights are the picture's own; what it shows here is said here."""

    picture = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(required=False, label=_("alternative text"))
    caption = blocks.CharBlock(required=False, label=_("caption"))

    class Meta:
        icon = "image"
        template = "components/body/picture.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an article."""

    paragraph = blocks.RichTextBlock(
        features=INLINE, label=_("paragraph"), template="components/body/paragraph.html"
    )
    heading = blocks.CharBlock(label=_("heading"), icon="title", template="components/body/heading.html")
    list = blocks.RichTextBlock(
        features=[*INLINE, "ol", "ul"], label=_("list"), template="components/body/list.html"
    )
    quote = QuoteBlock(label=_("quote"))
    picture = PictureBlock(label=_("picture"))
    table = MarkupBlock(label=_("table"))
    note = blocks.RichTextBlock(
        features=INLINE, label=_("translator's note"), icon="comment", template="components/body/note.html"
    )
