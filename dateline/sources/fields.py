"""Columns of outlets that need a form field of their own."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

MOST_LANGUAGES: Final = 20
LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_BETWEEN: Final = re.compile(r"[\s,;]+")


def validate_language_tags(tags: object) -> None:
    """Raise ValidationError where `tags` is no list of BCP 47 tags."""
    is_list = isinstance(tags, list) and len(tags) <= MOST_LANGUAGES
    if not is_list or not all(isinstance(tag, str) and LANGUAGE_TAG.fullmatch(tag) for tag in tags):  # type: ignore[attr-defined]  # it is a list
        raise ValidationError(
            _("Write languages as their codes, such as “fa” or “pt-BR”, with commas between."),
            code="languages",
        )


class TagsFormField(forms.CharField):
    """Codes of languages with commas between."""

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the field."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the codes as a list, each once."""
        told = value if isinstance(value, list) else _BETWEEN.split(super().to_python(value) or "")
        return list(dict.fromkeys(tag for tag in told if tag))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the codes differ."""
        return bool(self.to_python(initial or []) != self.to_python(data))


class LanguageTags(models.JSONField):
    """A list of BCP 47 tags, the most important first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Return the form's field: a line of codes."""
        told: dict[str, Any] = {
            "required": not self.blank,
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            "validators": [validate_language_tags],
        }
        told |= {name: kwargs[name] for name in ("help_text", "label", "initial") if name in kwargs}
        return TagsFormField(**told)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError where it is no list of tags."""
        super().validate(value, model_instance)
        validate_language_tags(value)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Stand in migrations as what it is to the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", list(args), kwargs
