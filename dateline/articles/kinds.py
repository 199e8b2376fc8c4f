"""What an article is: its kind (where it comes from), its genre (what it does), the roles on its byline."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Where a piece comes from. Web rules are derived from it (formats, table C1)."""

    EXCLUSIVE = "exclusive", _("Exclusive")
    TRANSLATION = "translation", _("Translation")
    REPRINT = "reprint", _("Reprint")
    EXCERPT = "excerpt", _("Excerpt")
    PRESS_REVIEW = "press-review", _("Press review")


# Kinds that are made from one foreign original and need its permission, and under which use.
USE_OF_KIND = {Kind.TRANSLATION: "translation", Kind.REPRINT: "reprint", Kind.EXCERPT: "excerpt"}


class Genre(models.TextChoices):
    """What a piece does."""

    REPORT = "report", _("Report")
    OPINION = "opinion", _("Opinion")
    INTERVIEW = "interview", _("Interview")
    ANALYSIS = "analysis", _("Analysis")
    STATEMENT = "statement", _("Statement")
    PHOTO_ESSAY = "photo-essay", _("Photo essay")
    # Told while it happens: the newest under a heading of its own, on top. It becomes a report when it is over.
    LIVE = "live", _("Live")


class CreditRole(models.TextChoices):
    """What somebody did for a piece."""

    AUTHOR = "author", _("Author")
    TRANSLATOR = "translator", _("Translator")
    EDITOR = "editor", _("Checked by")
    PICTURES = "pictures", _("Pictures")


class MachineHelp(models.TextChoices):
    """What a machine did for the text."""

    NONE = "none", _("none")
    REVISED = "revised", _("first draft by machine, every sentence revised by a person")
    RAW = "raw", _("draft by machine, not revised")


class Relation(models.TextChoices):
    """What a statement does to another one."""

    DISPUTES = "disputes", _("disputes")
    REPLIES_TO = "replies-to", _("replies to")
    SUPPORTS = "supports", _("supports")
    CORRECTS = "corrects", _("corrects")
