"""Typed reading of one record of the sample: every field is asked for by name, and none may be left over."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from dateline.exchange.sample.shapes import SampleBroken, Texts

REQUIRED: Any = object()


class Fields:
    """The fields of one record in one file. Each method raises SampleBroken where the value is of no use."""

    def __init__(self, values: Mapping[str, Any], *, file: str, languages: tuple[str, ...] = ()) -> None:
        self.file = file
        self._values = dict(values)
        self._languages = languages

    def text(self, field: str, default: str = REQUIRED) -> str:
        value: str = self._take(field, str, default)
        return value

    def number(self, field: str, default: int | None = REQUIRED) -> int | None:
        value: int | None = self._take(field, int, default)
        return value

    def count(self, field: str) -> int:
        """Return a whole number that must be there."""
        value: int = self._take(field, int, REQUIRED)
        return value

    def flag(self, field: str, *, default: bool = False) -> bool:
        value: bool = self._take(field, bool, default)
        return value

    def clock(self, field: str) -> time:
        return time.fromisoformat(self._parsed(field, time.fromisoformat))

    def day(self, field: str) -> date | None:
        """Return a day, or None where the record has none."""
        if field not in self._values:
            return None
        return date.fromisoformat(self._parsed(field, date.fromisoformat))

    def names(self, field: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the record has none."""
        values = self._take(field, list, [])
        if not all(isinstance(value, str) and value for value in values):
            raise self.broken(field, "must be a list of texts")
        return tuple(values)

    def texts(self, field: str) -> Texts:
        """Return a text in every language of the site."""
        values = self._take(field, dict, REQUIRED)
        for language in self._languages:
            if not values.get(language):
                raise self.broken(field, f"is missing in {language!r}")
        return {language: str(values[language]) for language in self._languages}

    def record(self, field: str) -> "Fields | None":
        """Return the fields of a record inside this one, or None."""
        values = self._take(field, dict, None)
        return values if values is None else Fields(values, file=self.file, languages=self._languages)

    def records(self, field: str) -> tuple["Fields", ...]:
        values = self._take(field, list, [])
        return tuple(Fields(value, file=self.file, languages=self._languages) for value in values)

    def take_rest(self) -> dict[str, Any]:
        """Return whatever has not been asked for yet; nothing is left over then."""
        rest, self._values = self._values, {}
        return rest

    def finish(self) -> None:
        """Raise SampleBroken where a field was never asked for: it is most likely misspelt."""
        for field in self._values:
            raise self.broken(field, "is not a field of this record")

    def broken(self, field: str, reason: str) -> SampleBroken:
        return SampleBroken(file=self.file, field=field, reason=reason)

    def _parsed(self, field: str, parse: Any) -> str:
        value: str = self._take(field, str, REQUIRED)
        try:
            parse(value)
        except ValueError as error:
            raise self.broken(field, str(error)) from error
        return value

    def _take(self, field: str, kind: type, default: Any) -> Any:
        if field not in self._values and default is REQUIRED:
            raise self.broken(field, "is missing")
        value = self._values.pop(field, default)
        if field and value is not default and not isinstance(value, kind):
            raise self.broken(field, f"must be {kind.__name__}, not {type(value).__name__}")
        return value
