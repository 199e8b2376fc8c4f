"""The desk's own door: who works here comes in by it, and nobody else."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from dateline.people.models import User


class DeskBackend(ModelBackend):
    """Lets staff in by user name and password. A reader's opens nothing here, and no session of theirs holds."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether this account works at the desk, and still does."""
        return getattr(user, "kind", "") == User.Kind.STAFF and super().user_can_authenticate(user)
