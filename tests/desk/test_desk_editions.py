"""The editions on the desk: proposals, places, order, words, closing, what comes late; everything without script."""

from datetime import time, timedelta

import cast
import pytest
from django.urls import reverse
from django.utils import timezone

from dateline.articles.kinds import Genre
from dateline.editions import actions
from dateline.editions.models import Edition, Run
from dateline.editions.queries.contents import placed


@pytest.fixture
def run(newsroom):
    return Run.objects.create(code="evening", name="The evening", closes=time(23, 59))


@pytest.fixture
def edition(run):
    now = timezone.now()
    return actions.open_edition(run=run, language="en", day=now.date() + timedelta(days=1), by=None, now=now)


@pytest.fixture
def pieces(edition):
    section = cast.a_section()
    return [
        cast.published(cast.an_exclusive(headline="The harbour opens", section=section)),
        cast.published(cast.an_exclusive(headline="Snow comes late", section=section)),
        cast.published(
            cast.an_exclusive(headline="A ferry is a promise", section=section, genre=Genre.OPINION)
        ),
    ]


def page_of(client, edition):
    return client.get(reverse("newsroom:edition", args=[edition.pk])).content.decode()


def post(client, name, edition, *more, **fields):
    edition.refresh_from_db()
    told = {"version": edition.version, **fields}
    return client.post(reverse(f"newsroom:{name}", args=[edition.pk, *more]), told, follow=True)


def order_of(edition):
    return [(row.slot, row.article.headline) for row in placed(edition)]


def test_an_edition_is_filled_ordered_written_and_closed_by_plain_forms(at_desk, edition, pieces):
    client = at_desk()
    shown = page_of(client, edition)
    assert shown.index("Proposed") < shown.index("came out within the hour")
    post(client, "edition-fill", edition)
    assert {slot for slot, _headline in order_of(edition)} == {"lead", "five", "opinion"}
    lead, five, opinion = placed(edition)
    post(client, "edition-change-place", edition, five.pk, do="up")
    assert [slot for slot, _headline in order_of(edition)] == ["lead", "lead", "opinion"]
    post(client, "edition-change-place", edition, five.pk, do="to", slot="five")
    post(client, "edition-change-place", edition, opinion.pk, do="out")
    post(client, "edition-place", edition, article=opinion.article_id, slot="five")
    assert [slot for slot, _headline in order_of(edition)] == ["lead", "five", "five"]
    order = [f"five:{opinion.article_id}", f"five:{five.article_id}", f"lead:{lead.article_id}"]
    post(client, "edition-arrange", edition, order=order)
    assert [row.article_id for row in placed(edition)] == [
        lead.article_id, opinion.article_id, five.article_id,
    ]  # fmt: skip
    post(
        client,
        "edition-words",
        edition,
        title="At sea",
        foreword="Good evening.",
        **{f"headline-{lead.pk}": "Open!"},
    )
    shown = page_of(client, edition)
    assert 'value="Open!"' in shown
    assert "the letter weighs about" in shown
    answer = post(client, "edition-close", edition)
    assert "It is closed" in answer.content.decode()
    edition.refresh_from_db()
    assert (edition.number, edition.closed_by) == (1, cast.vera())


def test_two_editors_never_write_over_each_other_and_keep_what_they_wrote(at_desk, edition, pieces):
    client, seen = at_desk(), edition.version
    post(client, "edition-place", edition, article=pieces[0].pk, slot="lead")
    told = {"version": seen, "title": "Mine", "foreword": "A long text of mine"}
    answer = client.post(reverse("newsroom:edition-words", args=[edition.pk]), told)
    assert answer.status_code == 409
    assert "A long text of mine" in answer.content.decode()
    edition.refresh_from_db()
    assert edition.foreword == ""
    late = client.post(
        reverse("newsroom:edition-place", args=[edition.pk]),
        {"version": seen, "article": pieces[1].pk, "slot": "five"},
        follow=True,
    )
    assert "Somebody else changed" in late.content.decode()
    assert len(placed(edition)) == 1


def test_after_closing_only_an_update_or_a_correction_changes_it_and_is_written_down(
    at_desk, edition, pieces
):
    client = at_desk()
    post(client, "edition-place", edition, article=pieces[0].pk, slot="lead")
    actions.close(edition=edition, by=cast.vera(), now=timezone.now())
    refused = post(client, "edition-place", edition, article=pieces[1].pk, slot="five")
    assert "is closed" in refused.content.decode()
    told = {"kind": "update", "said": "Snow fell after all.", "article": pieces[1].pk, "slot": "five"}
    answer = post(client, "edition-late", edition, **told)
    assert "Snow fell after all." in answer.content.decode()
    assert [row.is_late for row in placed(edition)] == [False, True]
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    again = post(client, "edition-reopen", edition, closes_at=tomorrow)
    assert "open again" in again.content.decode()


def test_nothing_is_proposed_twice_in_a_week_and_a_weekly_edition_is_made_of_the_week(
    at_desk, edition, pieces
):
    client, now = at_desk(), timezone.now()
    post(client, "edition-place", edition, article=pieces[0].pk, slot="lead")
    actions.close(edition=edition, by=None, now=now)
    weekly = Run.objects.create(
        code="week", name="The week", closes=time(23, 58), rhythm="weekly", weekday=edition.date.weekday()
    )
    day = edition.date
    following = actions.open_edition(
        run=edition.run, language="en", day=day + timedelta(days=1), by=None, now=now
    )
    assert "The harbour opens" not in page_of(client, following)
    of_the_week = actions.open_edition(run=weekly, language="en", day=day, by=None, now=now)
    assert "led an edition of the week" in page_of(client, of_the_week)


def test_a_run_is_set_up_with_its_slots_and_its_editions_open_by_themselves(at_desk, newsroom):
    chief = at_desk(cast.somebody("chief", role="editor-in-chief"))
    told = {"name": "Morning", "code": "morning", "rhythm": "daily", "closes": "07:00", "is_running": "on"}
    answer = chief.post(
        reverse("newsroom:add-run"),
        {**told, "most-five": 5, "place-five": 1, "most-lead": 1, "place-lead": 2},
        follow=True,
    )
    assert "Being made" in answer.content.decode()
    assert Edition.objects.open().count() == 3
    assert list(Run.objects.get().template.values_list("slot", flat=True)) == ["five", "lead"]
    wrong = chief.post(reverse("newsroom:add-run"), {**told, "code": "w", "rhythm": "weekly"})
    assert wrong.status_code == 422
    listed = chief.get(reverse("newsroom:editions")).content.decode()
    assert "Morning" in listed
