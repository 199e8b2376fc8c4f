"""Gathering the stories of some time anew, with everything that people put right done again."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from dateline.intake.actions.gathering import hold
from dateline.intake.actions.remembering import embedder, heard_from
from dateline.intake.actions.telling import retell
from dateline.intake.models import Gathering, Likeness, Membership, Original, Story, StoryCorrection, Vector
from dateline.intake.stories_corrections import Correction, gathered_again, same_rows, story_of_most
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.work.actions import enqueue_by_name
from dateline.work.progress import progress

Verb = StoryCorrection.Verb


def enqueue_gathering_again(*, since: datetime, by: User) -> None:
    """Have a worker gather anew what was told since then; however often this is called, one job waits."""
    enqueue_by_name("intake.gather_again", since=since.isoformat(), by_id=by.pk)


def gather_again(*, since: datetime, by: User | None, now: datetime) -> int:
    """Gather what was told since then once more, corrections and all; return how many pieces changed their story.

    Stories keep their rows, and so their addresses, where most of their pieces stay together.
    """
    seen = Gathering.objects.filter(pk=1).first()
    found = _found(since)
    with transaction.atomic():
        gathering = hold()
        if seen is None or (seen.written, seen.moved) != (gathering.written, gathering.moved):
            found = _found(since)  # something came in meanwhile: nobody can now
        changed = _write(found, now=now)
        gathering.moved = uuid4()
        gathering.save(update_fields=["moved"])
        write_down(
            verb="stories-gathered-again",
            subject=gathering,
            by=by,
            now=now,
            summary=f"{changed} since {since:%Y-%m-%d}",
        )
    return changed


def _found(since: datetime) -> dict[str, int]:
    traits = embedder().traits
    rows = (
        Vector.objects.filter(engine=traits.name, original__membership__told_at__gte=since)
        .select_related("original__membership")
        .defer("original__body_html", "original__body_text", "original__standfirst")
        .order_by("original__membership")
    )
    total = rows.count()
    pieces = (
        (row.original.membership.pk, heard_from(row, told=row.original.membership.told_at))
        for row in _counted(rows.iterator(), total)
    )
    return gathered_again(pieces, _corrections(), traits=traits, repeats=_repeats(since))


def _counted(rows: Iterator[Vector], total: int) -> Iterator[Vector]:
    """Yield the rows, and tell who watches the job how far it is."""
    for done, row in enumerate(rows):
        progress(done, total)
        yield row
    progress(total, total)


def _corrections() -> list[Correction]:
    rows = StoryCorrection.objects.filter(undone_at=None, verb__in=[Verb.MERGE, Verb.SPLIT, Verb.MOVE])
    return [
        Correction(
            after=row.after,
            originals=frozenset(map(str, row.payload["originals"])),
            into=frozenset(map(str, row.payload["into"])),
        )
        for row in rows.order_by("pk")
    ]


def _repeats(since: datetime) -> dict[str, str]:
    rows = Likeness.objects.filter(contained="both", original__membership__told_at__gte=since)
    told = rows.values_list("original", "earlier", "original__membership__reasons")
    return {
        str(one): str(other)
        for one, other, reasons in told
        if any(reason.get("code") == "same-text" for reason in reasons)
    }


def _write(found: Mapping[str, int], *, now: datetime) -> int:
    members = {
        str(row.original_id): row for row in Membership.objects.filter(original__in=list(map(int, found)))
    }
    before = {number: row.story_id for number, row in members.items()}
    rows = same_rows(found, before)
    changed, touched = 0, set(before.values())
    for number, group in found.items():
        if group not in rows:
            rows[group] = _new(int(number)).pk
        if members[number].story_id != rows[group]:
            Membership.objects.filter(pk=members[number].pk).update(story=rows[group])
            changed += 1
    after = {number: rows[group] for number, group in found.items()}
    for story in Story.objects.filter(pk__in=touched | set(after.values())).order_by("pk"):
        _settle(story, before, after, now=now)
    _tell_again(now=now)
    return changed


def _new(original: int) -> Story:
    named = Original.objects.select_related("membership").get(pk=original)
    at = named.membership.told_at
    return Story.objects.create(title=named.headline, title_language=named.language, opened_at=at, last_at=at)


def _settle(story: Story, before: Mapping[str, int], after: Mapping[str, int], *, now: datetime) -> None:
    """Tell a story anew; one that lost all its pieces leads to where most of them went."""
    if Membership.objects.filter(story=story).exists():
        if story.state == Story.State.MERGED:
            story.state, story.merged_into = Story.State.CLOSED, None
        retell(story, now=now)
        return
    heir = story_of_most([piece for piece, row in before.items() if row == story.pk], after)
    if heir is not None and heir != story.pk:
        story.state, story.merged_into_id, story.pieces = Story.State.MERGED, heir, 0
        story.save()


def _tell_again(*, now: datetime) -> None:
    """Give stories the titles and pins that people gave to most of their pieces."""
    told = StoryCorrection.objects.filter(undone_at=None, verb__in=[Verb.RENAME, Verb.PIN, Verb.UNPIN])
    for correction in told.order_by("pk"):
        homes = dict(
            Membership.objects.filter(original__in=correction.payload["originals"]).values_list(
                "original", "story"
            )
        )
        home = story_of_most(list(map(str, homes)), {str(one): story for one, story in homes.items()})
        story = None if home is None else Story.objects.filter(pk=home).first()
        if story is None:
            continue
        if correction.verb == Verb.RENAME:
            given = correction.payload["title"]
            story.is_renamed, story.title = bool(given), given or story.title
        else:
            story.is_pinned = correction.verb == Verb.PIN
        retell(story, now=now)
