"""What waits for the desk beside its pieces: on the board, with its door, and as a figure."""

from datetime import timedelta

import cast
import pytest
from django.urls import reverse
from django.utils import timezone

from dateline.articles.actions import note_reply, plan_reply
from dateline.articles.models import ReplyTask
from dateline.desk.actions.writing import decline_idea, propose_idea
from dateline.desk.models import Submission
from dateline.desk.queries.waiting import SHOWN, piles
from dateline.intake.actions.changed import enter_change
from dateline.intake.changes import Comparison
from dateline.intake.changes_told import Kind, fact

NOW = cast.NOW


@pytest.fixture
def busy(newsroom):
    """One of each that waits."""
    vera, english = cast.vera(), cast.a_language("en")
    piece = cast.published(cast.a_translation())
    propose_idea(title="Who keeps the light", locale=english, by=vera, now=NOW)
    Submission.objects.create(by=vera, locale=english, headline="A night at the lock", text="Cold.", at=NOW)
    plan_reply(article=piece, of_whom="The Office", by=vera, now=NOW, due_on=NOW.date() - timedelta(days=2))
    told = Comparison(kind=Kind.CORRECTION, facts=[fact("note", words="It was Tuesday.")], passages=[])
    before = piece.original.snapshots.order_by("pk").first()
    enter_change(
        told,
        original=piece.original,
        before=before,
        after=cast.a_snapshot(piece.original, fetched_at=NOW),
        now=NOW,
    )
    return piece


def body(answer):
    return answer.content.decode()


def test_the_board_shows_each_that_waits_with_its_door(at_desk, busy):
    text = body(at_desk().get(reverse("newsroom:board")))
    for shown in ("Who keeps the light", "A night at the lock", "The Office", "overdue since"):
        assert shown in text
    for name, args in (
        ("writing", []),
        ("submission", [Submission.objects.get().pk]),
        ("replies", [busy.pk]),
        ("source-changed", [busy.pk]),
    ):
        assert f'href="{reverse("newsroom:" + name, args=args)}"' in text


def test_who_does_not_publish_is_not_shown_what_waits_for_those_who_do(at_desk, busy):
    assert "Who keeps the light" not in body(at_desk(cast.tomas()).get(reverse("newsroom:board")))


def test_what_is_answered_waits_no_more(busy):
    vera = cast.vera()
    note_reply(task=ReplyTask.objects.get(), state=ReplyTask.State.DECLINED, by=vera, now=NOW)
    from dateline.desk.models import Idea

    decline_idea(idea=Idea.objects.get(), answer="Not now.", by=vera, now=NOW)
    assert [len(pile.things) for pile in piles()] == [1, 1]


def test_more_than_a_board_has_room_for_is_counted(newsroom):
    for number in range(SHOWN + 3):
        propose_idea(title=f"Idea {number}", locale=cast.a_language("en"), by=None, now=timezone.now())
    (pile,) = piles()
    assert (len(pile.first), pile.more) == (SHOWN, 3)


def test_what_waits_is_a_figure_of_the_overview_and_a_file(at_desk, busy):
    client = at_desk(cast.somebody("ines", role="editor-in-chief"))
    assert "Waits for the desk" in body(client.get(reverse("newsroom:overview")))
    lines = body(client.get(reverse("newsroom:overview-file", args=["waiting"]))).splitlines()
    assert len(lines) == 5
    assert any(
        "The Office" in line and (NOW.date() - timedelta(days=2)).isoformat() in line for line in lines
    )
