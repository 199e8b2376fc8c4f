"""The addresses of editions: the list, a month, a day, and the one edition of that day with its number. Pure."""

from datetime import date


def editions_path(*, language: str) -> str:
    """Return the address of the list of a language's editions."""
    return f"/{language}/edition/"


def month_path(*, language: str, month: date) -> str:
    """Return the address of a month's editions. month: any day of it."""
    return f"{editions_path(language=language)}{month:%Y/%m}/"


def day_path(*, language: str, day: date) -> str:
    """Return the address of a day's editions."""
    return f"{editions_path(language=language)}{day:%Y/%m/%d}/"


def edition_path(*, language: str, day: date, number: int) -> str:
    """Return the address of an edition: dated and numbered."""
    return f"{day_path(language=language, day=day)}{number}/"
