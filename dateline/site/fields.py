"""Columns that Django's own do not quite give us."""

from typing import Any

from django.db import models
from django.forms import Field


class AddressField(models.URLField):  # type: ignore[type-arg]  # generic for the type checker alone
    """A web address. Typed without its scheme it means https, as browsers read it."""

    def formfield(self, **kwargs: Any) -> Field | None:
        """Return the form's field."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Stand in migrations as what it is to the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", list(args), kwargs
