"""The parts of a body, as the desk writes them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from dateline.articles.charts import NotATable, read_rows
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


class ChartBlock(blocks.StructBlock):
    """A chart from a small table, drawn on the server."""

    title = blocks.CharBlock(label=_("what it shows"))
    kind = blocks.ChoiceBlock(choices=[("bars", _("bars")), ("line", _("line"))], default="bars")
    table = blocks.TextBlock(
        label=_("table"),
        help_text=_("A line each: label; number. A star after the number marks an estimate."),
    )
    unit = blocks.CharBlock(required=False, label=_("unit"))
    source = blocks.CharBlock(required=False, label=_("source"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            read_rows(cleaned["table"])
        except NotATable as error:
            raise blocks.StructBlockValidationError({"table": ValidationError(str(error))}) from error
        return cleaned

    class Meta:
        icon = "history"
        template = "components/body/chart.html"


class EmbedBlock(blocks.StructBlock):
    """A film or post that stands elsewhere. Nothing of it is loaded before a reader asks."""

    address = blocks.URLBlock(label=_("address"))
    title = blocks.CharBlock(label=_("what it is"))
    from_whom = blocks.CharBlock(required=False, label=_("from whom"))

    class Meta:
        icon = "media"
        template = "components/body/embed.html"


class RowBlock(blocks.StructBlock):
    """Two or three pictures beside each other."""

    pictures = blocks.ListBlock(PictureBlock(), min_num=2, max_num=3, label=_("pictures"))

    class Meta:
        icon = "image"
        template = "components/body/row.html"


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
    pull = blocks.CharBlock(
        label=_("words set large"),
        help_text=_("A sentence of the piece itself."),
        icon="openquote",
        template="components/body/pull.html",
    )
    row = RowBlock(label=_("pictures in a row"))
    chart = ChartBlock(label=_("chart"))
    embed = EmbedBlock(label=_("film or post elsewhere"))
