"""A line of the newslist as plain words, so that its template only puts them into their places.

A page of lines is what an editor waits for most often: names of languages and countries, dates and addresses are
reckoned here once for all lines, where a filter or a tag would do it for each again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dateline.articles.kinds import Kind
from dateline.desk.models import Idea
from dateline.desk.queries.listing import Line
from dateline.intake.models import BeatScore
from dateline.lib.countries import country_name
from dateline.lib.scripts import direction
from dateline.lib.text import one_line
from dateline.site.queries import own_name
from dateline.translation.machines.registry import machine_label

# The number that addresses are made with, to be put in the place of.
_ANY = 987654321


@dataclass(frozen=True)
class Beaten:
    """How a piece stands to the beat, in words."""

    told: str
    words: str
    labels: list[str]
    is_over: bool


@dataclass
class Row:
    """What one line shows. Strings are plain: the template escapes them; empty shows nothing.

    at_iso, at: when it was taken. gist: what a machine says it is about, gist_by: which one.
    foldable: a story opens here; then story_url, unfold_url, open_url, pieces and outlets are told.
    """

    number: str
    # Of the line in the page: a piece that leads a story stands in it once more.
    mark: str
    is_unread: bool
    url: str
    had_url: str
    headline: str
    language: str
    direction: str
    language_name: str
    outlet: str
    country: str
    at_iso: str
    at: str
    colour: str
    light: str
    why: str
    into: str
    may_ask: bool
    is_spiked: bool
    may_spike: bool
    others: str = ""
    repeats: str = ""
    seen_by: str = ""
    gist: str = ""
    gist_by: str = ""
    gist_language: str = ""
    beat: Beaten | None = None
    doubt: str = ""
    picks: list[str] = field(default_factory=list)
    is_in_review: bool = False
    spiked_by: str = ""
    foldable: bool = False
    story: str = ""
    story_title: str = ""
    story_url: str = ""
    unfold_url: str = ""
    open_url: str = ""
    pieces: str = ""
    outlets: str = ""
    places: str = ""
    languages: list[tuple[str, str]] = field(default_factory=list)
    inside: list["Row"] = field(default_factory=list)
    copies: list["Row"] = field(default_factory=list)
    copies_told: str = ""


def rows(lines: Iterable[Line], *, foldable: bool = False, is_inside: bool = False) -> list[Row]:
    """Return lines in words.

    foldable: whether stories of several pieces open in them. is_inside: whether they are what opened.
    """
    teller = _Teller()
    return [teller.told(line, foldable=foldable, is_inside=is_inside) for line in lines]


class _Teller:
    """Knows what lines have in common for as long as one page of them is told."""

    def __init__(self) -> None:
        here = get_language() or "en"
        self._zone = timezone.get_current_timezone()
        self._language = cache(lambda tag: one_line(own_name(tag)))
        self._country = cache(lambda code: one_line(country_name(code, here) or code) if code else "")
        self._kinds = dict(Kind.choices)
        names = ("original", "story", "newslist-story")
        self._had = reverse("newsroom:had")
        self._addresses = {name: reverse(f"newsroom:{name}", args=[_ANY]) for name in names}

    def _address(self, name: str, number: int) -> str:
        return self._addresses[name].replace(str(_ANY), str(number))

    def told(self, line: Line, *, foldable: bool = False, is_inside: bool = False) -> Row:
        """Return a line in words."""
        piece, outlet = line.original, line.original.outlet
        corrected = getattr(piece, "correction", None)
        moment = piece.taken_at.astimezone(self._zone)
        row = Row(
            number=str(piece.pk),
            mark=f"{piece.pk}-in" if is_inside else str(piece.pk),
            is_unread=line.is_unread,
            url=self._address("original", piece.pk),
            had_url=f"{self._had}?like={piece.pk}",
            headline=one_line((corrected.headline if corrected else "") or piece.headline),
            language=piece.language,
            direction=direction(piece.language),
            language_name=self._language(piece.language),
            outlet=one_line(outlet.shown_name),
            country=self._country(outlet.country),
            at_iso=moment.isoformat(timespec="seconds"),
            at=formatted(moment, "j M Y, H:i"),
            colour=line.light.colour,
            light=line.light.words,
            why=one_line(line.light.why),
            into=line.into,
            may_ask=not line.light.is_green,
            is_spiked=line.is_spiked,
            may_spike=not line.is_spiked and not line.picks,
            others=self._others(line.others),
            repeats=self._repeats(line),
            seen_by=one_line(", ".join(line.seen_by)),
            beat=_beaten(line.score),
            doubt="" if corrected or not piece.is_suspect else one_line("; ".join(piece.reasons)),
            picks=[*map(self._pick, line.picks), *(_idea(idea) for idea in piece.ideas.all())],
            is_in_review=bool(line.in_reviews),
            spiked_by=_spiked_by(line),
            copies=[self.told(copy, is_inside=True) for copy in line.copies],
            inside=[self.told(one, is_inside=True) for one in line.inside],
        )
        if line.gist:
            row.gist, row.gist_by = one_line(line.gist.text), machine_label(line.gist.machine)
            row.gist_language = line.gist.language
        if row.copies:
            number = len(row.copies)
            row.copies_told = ngettext("%s copy of it", "%s copies of it", number) % number
        if foldable and line.story and line.pieces > 1:
            self._tell_story(row, line)
        return row

    def _tell_story(self, row: Row, line: Line) -> None:
        story = line.story
        assert story is not None  # noqa: S101  # asked by whom calls
        row.foldable, row.story = True, str(story.pk)
        row.story_title = one_line(story.title) if story.is_renamed else ""
        row.story_url = self._address("story", story.pk)
        row.unfold_url = self._address("newslist-story", story.pk)
        row.open_url = line.open_url
        row.pieces = ngettext("%s piece", "%s pieces", line.pieces) % line.pieces
        row.outlets = ngettext("%s outlet", "%s outlets", story.outlets) % story.outlets
        row.places = one_line(", ".join(line.places))
        if len(line.languages) > 1:
            row.languages = [(tag, self._language(tag)) for tag in line.languages]

    def _others(self, number: int) -> str:
        told = ngettext("%s other outlet has it", "%s others have it", number) if number else ""
        return told % number if told else ""

    def _repeats(self, line: Line) -> str:
        if line.repeats is None:
            return ""
        return _("has the text of %s") % one_line(line.repeats.earlier.outlet.shown_name)

    def _pick(self, pick: Any) -> str:
        told = f"{self._kinds.get(pick.kind, pick.kind)} · {self._language(pick.language)}"
        return f"{told}, {pick.by}" if pick.by else told


def _beaten(score: BeatScore | None) -> Beaten | None:
    if score is None:
        return None
    where = _("On the beat") if score.is_over_the_line else _("Under the line")
    return Beaten(
        told=f"{where} {number_format(score.score, 2)}",
        words=one_line("; ".join(score.words)),
        labels=[one_line(label) for label in score.labels],
        is_over=score.is_over_the_line,
    )


def _idea(idea: Idea) -> str:
    told = _("idea, %s") % idea.get_state_display()
    return f"{told}, {idea.by}" if idea.by else told


def _spiked_by(line: Line) -> str:
    if not line.is_spiked:
        return ""
    return _("spiked by %s") % (line.original.spike.by or "–")
