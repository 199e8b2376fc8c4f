"""The desk's list of accounts: staff alone. Readers are nobody's business there."""

from typing import Any

from django.db import models
from django.http import Http404
from wagtail.users.views import users

from dateline.people.models import User


class _StaffAlone:
    """For Wagtail's pages of one account: a reader's is not there."""

    def get_object(self, queryset: Any = None) -> User:
        found: User = super().get_object(queryset)  # type: ignore[misc]  # of the class beside it
        if found.kind != User.Kind.STAFF:
            raise Http404
        return found


class StaffIndex(users.IndexView):
    """The list."""

    def get_base_queryset(self) -> models.QuerySet[User]:
        """Return staff."""
        found: models.QuerySet[User] = super().get_base_queryset().filter(kind=User.Kind.STAFF)
        return found


class StaffEdit(_StaffAlone, users.EditView):
    """One account."""


class StaffDelete(_StaffAlone, users.DeleteView):
    """The end of one account."""


class StaffHistory(_StaffAlone, users.HistoryView):
    """What became of one account."""


class StaffViewSet(users.UserViewSet):
    """Wagtail's pages of accounts, for staff."""

    index_view_class = StaffIndex
    edit_view_class = StaffEdit
    delete_view_class = StaffDelete
    history_view_class = StaffHistory
