"""What stands beside an article: what its reader might like next, and the same story elsewhere."""

from collections.abc import Collection, Iterable
from typing import Final

from dateline.articles.models import Article
from dateline.intake.models import Membership, Original
from dateline.lib.scripts import direction
from dateline.publishing.nearness import Told, nearest
from dateline.publishing.pages import Card
from dateline.publishing.pages_beside import Elsewhere
from dateline.publishing.queries.cards import VERSION, cards_of, read_cards
from dateline.publishing.queries.gathering import Beside, gathered_for
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.newest import Row, newest_near, newest_of_language, rail_of
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.tongues import name_here

READS_ON: Final = 5
GRID: Final = 8
ELSEWHERE: Final = 6
# So many of the newest about the same topics, and so many of all, are weighed against the piece.
CANDIDATES: Final = 60
DAY: Final = 86_400
_TOLD: Final = (
    "pk", "kicker", "headline", "standfirst", "section_id", "first_published_at", "original__membership__story_id",
)  # fmt: skip


def also_like(press: Press, article: Article) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """Return titles that end the body, and cards below it: by what they are about, no piece and no story twice."""
    held = gathered_for(press, article).beside
    if article.pk not in held:
        held[article.pk] = _chosen(press, article)
    titles, grid = held[article.pk]
    return cards_of(press, titles), cards_of(press, grid)


def choose_beside(press: Press, articles: Iterable[Article]) -> None:
    """Choose for some articles what stands beside them, and read all of it at once."""
    near = {article.pk: _near_and_new(press, article) for article in articles}
    _read_told(press, {*near, *(row[0] for rows in near.values() for row in rows)})
    wanted: dict[int, Row] = {}
    for article in articles:
        chosen = gathered_for(press, article).beside[article.pk] = _chosen(press, article)
        wanted |= {row[0]: row for rows in (*chosen, rail_of(press, article)) for row in rows}
    read_cards(press, wanted.values())


def _chosen(press: Press, article: Article) -> Beside:
    rows = {row[0]: row[: len(VERSION)] for row in _near_and_new(press, article)}
    _read_told(press, {article.pk, *rows})
    told = {key: press.told[key] for key in sorted({article.pk, *rows}) if key in press.told}
    mine = told.pop(article.pk)
    keys = nearest(mine, list(told.values()), most=READS_ON + GRID)
    # With few pieces the grid, which has pictures, goes first.
    grid, titles = keys[:GRID], keys[GRID:]
    if len(keys) >= 2 * READS_ON:
        titles, grid = keys[:READS_ON], keys[READS_ON:]
    return [rows[key] for key in titles], [rows[key] for key in grid]


def _near_and_new(press: Press, article: Article) -> list[Row]:
    return [*newest_near(press, article)[:CANDIDATES], *newest_of_language(press, article)[:CANDIDATES]]


def _read_told(press: Press, keys: Collection[int]) -> None:
    missing = set(keys) - press.told.keys()
    if missing:
        press.told |= _told(press, missing)


def _told(press: Press, keys: Collection[int]) -> dict[int, Told]:
    topics: dict[int, set[int]] = {}
    of_piece = Article.topics.through.objects.filter(article__in=keys)
    for piece, topic in of_piece.values_list("article_id", "topic_id"):
        topics.setdefault(piece, set()).add(topic)
    return {
        row["pk"]: Told(
            key=row["pk"],
            words=f"{row['kicker']} {row['headline']} {row['standfirst']}",
            topics=frozenset(topics.get(row["pk"], ())),
            section=row["section_id"],
            story=row["original__membership__story_id"],
            days=(press.now - first).total_seconds() / DAY if (first := row["first_published_at"]) else 0,
        )
        for row in Article.objects.filter(pk__in=keys).values(*_TOLD)
    }


def elsewhere(press: Press, article: Article) -> tuple[Elsewhere, ...]:
    """Return the story as other outlets tell it, one telling an outlet, ours first where we have printed theirs."""
    if article.original is None or article.pk not in gathered_for(press, article).told_elsewhere:
        return ()
    story = Membership.objects.filter(original=article.original).values("story")
    rows = Original.objects.filter(membership__story__in=story).exclude(outlet=article.original.outlet_id)
    tellings = (
        rows.select_related("outlet").order_by("membership__told_at", "pk").defer("body_html", "body_text")
    )
    ours = {
        row.original_id: row
        for row in listed()
        .filter(original__in=tellings, locale_id=article.locale_id)
        .select_related("locale")
    }
    found: dict[int, Elsewhere] = {}
    for one in sorted(tellings, key=lambda one: one.pk not in ours):
        if one.outlet_id not in found and len(found) < ELSEWHERE:
            found[one.outlet_id] = _telling(press, one, ours.get(one.pk))
    return tuple(found.values())


def _telling(press: Press, original: Original, ours: Article | None) -> Elsewhere:
    if ours is not None:
        press.note(ours.uid)
    language = ours.language if ours else original.language
    return Elsewhere(
        outlet=original.outlet.shown_name,
        outlet_language="" if original.outlet.name_here else original.outlet.language,
        headline=ours.headline if ours else original.headline,
        language=language,
        direction=direction(language),
        href=ours.get_absolute_url() if ours else original.url,
        is_ours=ours is not None,
        language_name=name_here(language),
    )
