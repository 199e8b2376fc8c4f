"""Which editions are out, and the number of one as readers of its language write it."""

from django.db.models import QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from dateline.editions.models import Edition
from dateline.lib.scripts import in_digits_of


def numbered(edition: Edition) -> str:
    """Return the number of an edition: No. 1,284. Call it while its language is spoken."""
    number = formats.number_format(edition.number or 0, use_l10n=True, force_grouping=True)
    return _("No. %s") % in_digits_of(edition.language, number)


def out_in(language: str) -> QuerySet[Edition]:
    """Return the editions of a language that are out, newest first."""
    return Edition.objects.out().in_language(language).newest().select_related("run")
