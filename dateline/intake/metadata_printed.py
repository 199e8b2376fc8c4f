"""Dates as outlets print them for readers: month names of many languages, three calendars' digits, clock and zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from dateline.lib.solar_hijri import MONTHS as SOLAR_MONTHS
from dateline.lib.solar_hijri import solar_day

# Month names by their beginnings, January first. A month may be written in several ways; endings of cases follow.
_MONTHS: Final = {  # one row a language
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "jan|jän feb mär|maerz apr mai jun jul aug sep okt nov dez",
    "fr": "janv févr|fevr mars avr mai juin juil août|aout sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep|set oct nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "jan feb maart|mrt apr mei jun jul aug sep okt nov dec",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "cs": "led úno bře dub kvě červn|červen|čvn červenec|čvc srp zář říj lis pro",
    "ro": "ian feb mar apr mai iun iul aug sep oct noi|nov dec",
    "tr": "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "az": "yan fev mar apr may iyn|iyun iyl|iyul avq sen okt|oky noy dek",
    "uz": "yan fev mar apr may iyun iyul avg sen okt noy dek",
    "tk": "ýan few mart apr maý iýun iýul awg sent okt noý dek",
    "ru": "янв фев мар апр мая|май июн июл авг сен окт ноя дек",
    "uk": "січ лют бер кві тра чер лип сер вер жов лис гру",
    "bg": "яну фев мар апр май юни|юн юли|юл авг сеп окт ное дек",
    "sr": "јан феб мар апр мај јун јул авг сеп окт нов дец",
    "kk": "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
    "uz-cyrl": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "hy": "հունվ փետ մար ապր մայ հունի հուլ օգոս սեպ հոկ նոյ դեկ",
    "ka": "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ",
    "el": "ιαν φεβ μαρ απρ μαΐ|μαϊ|μαι|μάι ιουν ιούν|ιουλ|ιούλ αυγ|αύγ σεπ οκτ νοε|νοέ δεκ",
    "he": "ינו פבר מרץ|מרס אפר מאי יוני יולי אוג ספט אוק נוב דצמ",
    "ar": "يناير|كانون_الثاني فبراير|شباط مارس|آذار أبريل|ابريل|نيسان مايو|أيار|ماي يونيو|حزيران|جوان "
    "يوليو|تموز|جويلية أغسطس|آب|اغسطس|أوت سبتمبر|أيلول "
    "أكتوبر|اكتوبر|تشرين_الأول نوفمبر|تشرين_الثاني ديسمبر|كانون_الأول",
    "fa": "ژانویه فوریه مارس آوریل مه|می ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ckb": "کانوونی_دووەم شوبات ئازار نیسان ئایار حوزەیران تەممووز ئاب ئەیلوول تشرینی_یەکەم تشرینی_دووەم کانوونی_یەکەم",
}  # fmt: skip


def _numbers_by_stem() -> dict[str, int]:
    """Return the month's number by each beginning of its names. Where two languages differ, the first listed wins."""
    found: dict[str, int] = {}
    for row in _MONTHS.values():
        for number, ways in enumerate(row.split(), start=1):
            for way in ways.split("|"):
                found.setdefault(way.replace("_", " "), number)
    return found


_NUMBERS: Final = _numbers_by_stem()
_SOLAR: Final = {name: number for number, name in enumerate(SOLAR_MONTHS, start=1)}
_STEMS: Final = "|".join(re.escape(stem) for stem in sorted((*_NUMBERS, *_SOLAR), key=len, reverse=True))
_MONTH: Final = rf"(?<![^\W\d_])(?P<month>{_STEMS})[^\W\d_]{{0,9}}\.?"
_DAY: Final = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR: Final = r"(?P<year>\d{4})(?!\d)"
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_DAY}[\s-]*(?:de\s+|of\s+)?{_MONTH}[\s,-]*(?:de\s+|del\s+|،\s*)?{_YEAR}",
        rf"{_MONTH}\s*{_DAY},?\s+(?:de\s+)?{_YEAR}",
        rf"(?<!\d){_YEAR}[\s-]*(?:[^\W\d_]{{1,5}}\.?)?,?\s*{_MONTH}\s*{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}[\s-]*(?:[^\W\d_]{{1,5}}\.?)?,?\s+{_DAY}[\s-]*{_MONTH}",
        r"(?<!\d)(?P<year>\d{4})(?:[-/.]|\s*[年년]\s*)(?P<number>\d{1,2})(?:[-/.]|\s*[月월]\s*)(?P<day>\d{1,2})(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})(?P<mark>[./-])(?P<number>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
    )
)
_CLOCK: Final = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?![\d.])\s*(?P<half>[ap]\.?\s?m\b)?", re.IGNORECASE
)
_UPDATED: Final = re.compile(
    r"updat|modif|edited|revised|aktualis|mis\s+à\s+jour|actualiz|atualiz|aggiorn|bijgewerkt|uppdater|oppdater|zaktualiz|"
    r"обнов|изменен|оновлен|обновена|ажурир|güncel|yenilən|yangilan|թարմաց|განახლ|به\s?روز|بروزرسانی|ویرایش|تحديث|更新|수정",
    re.IGNORECASE,
)
_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100
_SOLAR_YEARS: Final = range(1300, 1500)
_BEFORE: Final = 28
_AFTER: Final = 24
_STEP: Final = timedelta(minutes=15)
_INEXACT: Final = timedelta(minutes=2)
_MOST_OFFSET: Final = timedelta(hours=14)


@dataclass(frozen=True)
class Printed:
    """A day as printed, with its clock where one stands beside it. is_update: the words before it say so."""

    day: date
    clock: time | None
    is_update: bool


def printed_dates(text: str, *, month_first: bool = False) -> list[Printed]:
    """Return the dates in a short text, in their order.

    month_first: how to read 03/04/2026; the page's language tells (en-US has the month first).
    """
    plain = text.translate(_DIGITS)
    found: dict[int, Printed] = {}
    for shape in _SHAPES:
        for match in shape.finditer(plain):
            day = _day(match, month_first=month_first)
            if day and not any(at <= match.start() < at + 8 for at in found):
                found[match.start()] = _printed(plain, match, day)
    return [printed for _, printed in sorted(found.items())]


def in_zone_of(moment: datetime, printed: Printed) -> datetime:
    """Return `moment` in the outlet's zone, as far as its printed date tells: the instant stays the same.

    With a clock beside it the offset is the difference; with a day only it is the least that gives this day. A print
    that fits no zone on earth leaves `moment` as it is.
    """
    utc = moment.astimezone(UTC).replace(tzinfo=None, second=0, microsecond=0)
    offset = None
    if printed.clock is not None:
        offset = _offset(datetime.combine(printed.day, printed.clock) - utc)
    if offset is None:
        offset = _least_offset(utc, printed.day)
    return moment if offset is None else moment.astimezone(timezone(offset))


def _offset(difference: timedelta) -> timedelta | None:
    steps = round(difference / _STEP)
    near = steps * _STEP
    fits = abs(difference - near) <= _INEXACT and -_MOST_OFFSET <= near <= _MOST_OFFSET
    return near if fits else None


def _least_offset(utc: datetime, day: date) -> timedelta | None:
    if utc.date() == day:
        return timedelta(0)
    if utc.date() < day:
        wanted = datetime.combine(day, time()) - utc
        hours = -(-wanted // timedelta(hours=1))
    else:
        hours = (datetime.combine(day, time(23, 59)) - utc) // timedelta(hours=1)
    offset = timedelta(hours=hours)
    return offset if abs(offset) <= _MOST_OFFSET else None


def _printed(text: str, match: re.Match[str], day: date) -> Printed:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    after = text[match.end() : match.end() + _AFTER]
    return Printed(day, _clock(after) or _clock(before), is_update=_UPDATED.search(before) is not None)


def _clock(text: str) -> time | None:
    found = _CLOCK.search(text)
    if not found:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found["minute"])) if hour < 24 and int(found["minute"]) < 60 else None  # noqa: PLR2004


def _day(match: re.Match[str], *, month_first: bool) -> date | None:
    told = match.groupdict()
    year, day = int(told["year"]), int(told["day"])
    name = (told.get("month") or "").lower()
    if name in _SOLAR and year in _SOLAR_YEARS:
        return from_solar(year, _SOLAR[name], day)
    month = _NUMBERS.get(name) if name else int(told["number"])
    is_swapped = month is not None and (month_first or month > 12) and day <= 12  # noqa: PLR2004
    if month is not None and not name and told.get("mark") == "/" and is_swapped:
        day, month = month, day
    if month is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return from_solar(year, month, day) if month and year in _SOLAR_YEARS else None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_solar(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a day of the Solar Hijri calendar, None where there is no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return None
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    guess = date(year + 621, 3, 20) + timedelta(days=before + day - 1)
    near = (guess + timedelta(days=step) for step in (0, 1, -1, 2))
    return next((one for one in near if solar_day(one) == (year, month, day)), None)


def dates_in_address(url: str) -> Iterator[date]:
    """Yield the days that the path of an address names: /2026/03/14/, /20260314, /2026-03-14-."""
    for found in re.finditer(r"(?<!\d)(20\d\d)([/-]?)(\d{2})\2(\d{2})(?!\d)", url.split("?", maxsplit=1)[0]):
        try:
            yield date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue
