"""The translation desk's pages: the list, the page of a translation, and what its script asks."""

from dateline.translation.views.shared import may_translate

__all__ = ["may_translate"]
