"""Answering a search: what the index found, as far as readers may see it now, with extracts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dateline.articles.addresses import section_path
from dateline.articles.kinds import USE_OF_KIND, Kind
from dateline.articles.models import Article, Section
from dateline.lib.scripts import direction
from dateline.publishing.queries.listed import listed
from dateline.reader.machines.choice import engine
from dateline.reader.queries.pages import WITH_EACH
from dateline.reader.search.engine import Answer, Hit, Question
from dateline.reader.search.extracts import Asked, Part, extract, marked
from dateline.reader.search.words import sought
from dateline.sources.models import Outlet

SUGGESTIONS = 8


@dataclass(frozen=True)
class Result:
    """A piece that was found, as its page of answers shows it."""

    href: str
    headline: tuple[Part, ...]
    extract: tuple[Part, ...]
    language: str
    direction: str
    kind: str
    kind_name: str
    outlet: str
    outlet_language: str
    section: str
    section_href: str
    published_at: datetime | None


@dataclass(frozen=True)
class Results:
    """A page of answers. count: of all pages together, as the index counts."""

    rows: tuple[Result, ...]
    count: int
    is_loose: bool


@dataclass(frozen=True)
class Suggestion:
    """A piece whose headline has the words so far."""

    headline: str
    href: str
    language: str


def search(question: Question) -> Results:
    """Answer a question with what readers may see. Raises SearchUnavailable."""
    answer = engine().ask(question)
    asked = Asked(sought(question.query, question.languages))
    standing = _standing([hit.uid for hit in answer.hits])
    rows = tuple(_result(standing[hit.uid], hit, asked) for hit in answer.hits if hit.uid in standing)
    return Results(rows, _count(answer, rows), answer.is_loose)


def suggest(beginning: str, *, language: str, languages: tuple[str, ...]) -> list[Suggestion]:
    """Return the newest pieces whose headlines have the words so far. Raises SearchUnavailable."""
    found = engine().suggest(beginning, language=language, languages=languages, most=SUGGESTIONS)
    standing = _standing(found)
    return [
        Suggestion(standing[uid].headline, standing[uid].get_absolute_url(), standing[uid].language)
        for uid in found
        if uid in standing
    ]


def sections(language: str) -> list[tuple[str, str]]:
    """Return the sections of a language, for the filter: key and name."""
    rows = Section.objects.filter(locale__language_code=language).order_by("sort_order", "name")
    return [(str(key), name) for key, name in rows.values_list("translation_key", "name")]


def outlets() -> list[tuple[str, str]]:
    """Return the outlets from which something stands, for the filter: number and name."""
    shown = Article.objects.live().filter(kind__in=list(USE_OF_KIND)).order_by()
    rows = Outlet.objects.filter(pk__in=shown.values("original__outlet")).order_by("name")
    return [(str(outlet.pk), outlet.shown_name) for outlet in rows]


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of pieces, for the filter."""
    return [(str(value), str(label)) for value, label in Kind.choices]


def as_one_page(question: Question, number: int) -> Question:
    """Return the question for one page of answers, counted from 1."""
    return replace(question, start=(number - 1) * question.most)


def _standing(pieces: Sequence[UUID]) -> dict[UUID, Article]:
    """Return those that readers may see: the index may be a moment behind, the pages of answers never are."""
    rows = listed().filter(uid__in=pieces).select_related(*WITH_EACH, "original__outlet").defer("body")
    return {article.uid: article for article in rows}


def _count(answer: Answer, rows: Sequence[Result]) -> int:
    return max(len(rows), answer.count - (len(answer.hits) - len(rows)))


def _result(article: Article, hit: Hit, asked: Asked) -> Result:
    outlet = article.original.outlet if article.original and article.kind in USE_OF_KIND else None
    section = article.section
    return Result(
        href=article.get_absolute_url(),
        headline=marked(article.headline, asked, language=article.language),
        extract=extract(hit.text, asked, language=article.language),
        language=article.language,
        direction=direction(article.language),
        kind=article.kind,
        kind_name=article.get_kind_display(),
        outlet=outlet.shown_name if outlet else "",
        outlet_language="" if outlet is None or outlet.name_here else outlet.language,
        section=section.name if section else "",
        section_href=section_path(language=article.language, slug=section.slug) if section else "",
        published_at=article.first_published_at,
    )
