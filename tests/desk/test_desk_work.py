"""The desk's work: where a piece stands, who has it, and what is said about it."""

from datetime import timedelta

import cast
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.models import EditingSession

from dateline.articles.models import Correction
from dateline.desk.actions import pick_as_reprint, pick_as_translation
from dateline.desk.actions.assigning import (
    CannotMove,
    HeldBySomebody,
    NotOurs,
    assign,
    finish_assignment,
    hold_piece,
    let_go,
    move,
    take_over,
)
from dateline.desk.actions.commenting import (
    ThreadIsResolved,
    answer_comment,
    comment,
    open_thread,
    resolve_thread,
)
from dateline.desk.mentions import mentioned, parts
from dateline.desk.models import Assignment, Comment, DeskStep, Mention
from dateline.desk.queries.board import BoardFilters, card_of, cards
from dateline.desk.queries.today import day_of
from dateline.desk.stages import Facts, Move, Rights, Stage, moves_from, stage_of
from dateline.people.models import AuditEntry
from dateline.rights.models import Withdrawal

NOW = cast.NOW
HOUR = timedelta(hours=1)


def stage(article):
    return card_of(article, now=timezone.now()).stage


# Where a piece stands, as a pure truth.

any_facts = st.builds(
    Facts,
    is_live=st.booleans(),
    ended=st.sampled_from(["", "recalled", "killed"]),
    is_corrected=st.booleans(),
    is_scheduled=st.booleans(),
    ready_at=st.none() | st.just(NOW),
    changed_at=st.none() | st.sampled_from([NOW - HOUR, NOW + HOUR]),
    is_accepted=st.booleans(),
    is_begun=st.booleans(),
    is_translating=st.booleans(),
    rights=st.sampled_from(Rights),
)


@given(any_facts)
def test_what_was_taken_back_never_looks_live(facts):
    found = stage_of(facts)
    assert (found in {Stage.RECALLED, Stage.KILLED}) == bool(facts.ended)
    assert found not in {Stage.LIVE, Stage.CORRECTED} or facts.is_live


@given(any_facts)
def test_words_that_changed_after_they_were_called_ready_are_not_ready(facts):
    if stage_of(facts) == Stage.READY:
        assert facts.changed_at is None or facts.changed_at <= facts.ready_at
    assert Move.READY not in moves_from(Stage.READY)


# Where a piece stands, from its rows.


def test_a_picked_reprint_goes_from_granted_to_ready_to_live(newsroom):
    outlet = cast.an_outlet()
    original = cast.an_original(outlet)
    article = pick_as_reprint(original=original, agreement=cast.an_agreement(outlet), by=cast.vera(), now=NOW)
    assert stage(article) == Stage.GRANTED
    article.get_latest_revision_as_object().save_revision(user=cast.vera())
    assert stage(article) == Stage.EDIT
    move(article=article, step=Move.READY, by=cast.vera(), now=timezone.now())
    assert stage(article) == Stage.READY
    article.get_latest_revision_as_object().save_revision(user=cast.vera())
    assert stage(article) == Stage.EDIT


def test_a_pick_without_permission_says_so_on_its_card(newsroom):
    original = cast.an_original()
    article = pick_as_translation(original=original, language="en", agreement=None, by=cast.vera(), now=NOW)
    card = card_of(article, now=NOW)
    assert (card.stage, card.rights) == (Stage.ACCEPTED, Rights.MISSING)


def test_a_translation_is_in_translation_once_a_sentence_has_words(newsroom):
    outlet = cast.an_outlet()
    article = pick_as_translation(
        original=cast.an_original(outlet),
        language="en",
        agreement=cast.an_agreement(outlet),
        by=cast.vera(),
        now=NOW,
    )
    assert stage(article) == Stage.GRANTED
    segment = article.job.segments.first()
    segment.text, segment.state = "The ferry sails again", "draft"
    segment.save()
    assert stage(article) == Stage.TRANSLATION
    article.job.state = "approved"
    article.job.save()
    assert stage(article) == Stage.EDIT


def test_what_a_contributor_begins_is_proposed_until_it_is_accepted(newsroom):
    writer = cast.somebody("noor", role="contributor")
    article = a_draft(by=writer)
    assert stage(article) == Stage.PROPOSED
    move(article=article, step=Move.ACCEPT, by=cast.vera(), now=timezone.now())
    assert stage(article) == Stage.EDIT
    assert DeskStep.objects.get().by == cast.vera()
    with pytest.raises(CannotMove, match="edit"):
        move(article=article, step=Move.ACCEPT, by=cast.vera(), now=timezone.now())


def test_a_published_piece_is_live(newsroom):
    article = cast.a_reprint()
    cast.publish(article=article, by=cast.vera(), now=NOW)
    assert stage(article) == Stage.LIVE


@pytest.mark.parametrize(("ground", "found"), [("editorial", Stage.RECALLED), ("legal", Stage.KILLED)])
def test_a_withdrawn_piece_is_recalled_or_killed(newsroom, ground, found):
    article = a_draft()
    Withdrawal.objects.create(
        piece=article.uid, address="/x/", title="x", ground=ground, reason="so", at=NOW, by=cast.vera()
    )
    assert stage(article) == found


def a_draft(*, by=None, **fields):
    from wagtail.models import Locale

    from dateline.articles.models import Article

    article = Article(
        locale=Locale.objects.get(language_code="en"), headline="The quay", slug="quay", live=False, **fields
    )
    article.save()
    article.save_revision(user=by or cast.vera())
    return article


# Assignments.


def test_an_assignment_is_about_one_thing_and_given_once(newsroom):
    article = a_draft()
    assign(who=cast.tomas(), task="edit", article=article, by=cast.vera(), now=NOW)
    with pytest.raises(ValidationError, match="already"):
        assign(who=cast.tomas(), task="edit", article=article, by=cast.vera(), now=NOW)
    with pytest.raises(ValidationError, match="what it is about"):
        assign(who=cast.tomas(), task="edit", by=cast.vera(), now=NOW)
    with pytest.raises(NotOurs):
        assign(who=cast.nobody(), task="edit", article=article, by=cast.vera(), now=NOW)
    assert AuditEntry.objects.filter(verb="assign").count() == 1


def test_what_is_overdue_comes_first_and_leaves_when_it_is_done(newsroom):
    late = assign(
        who=cast.tomas(), task="write", idea="Nine weeks", by=cast.vera(), now=NOW, due_at=NOW - HOUR
    )
    assign(who=cast.tomas(), task="check", article=a_draft(), by=cast.vera(), now=NOW, due_at=NOW + HOUR)
    day = day_of(cast.tomas(), now=NOW)
    assert [one.pk for one in day.overdue] == [late.pk]
    assert len(day.due) == 1
    assert [card.is_late for card in cards(BoardFilters(), user=cast.vera(), now=NOW)] == [True, False]
    finish_assignment(assignment=late, by=cast.tomas(), now=NOW)
    assert not day_of(cast.tomas(), now=NOW).overdue


def test_the_board_shows_ideas_and_pieces_and_its_buttons_work(at_desk, newsroom):
    article = a_draft()
    assign(who=cast.tomas(), task="write", idea="Nine weeks", by=cast.vera(), now=timezone.now())
    client = at_desk()
    page = client.get(reverse("newsroom:board")).content.decode()
    assert "The quay" in page
    assert "Nine weeks" in page
    answer = client.post(reverse("newsroom:take-step", args=[article.pk, "ready"]), {"next": "/desk/work/"})
    assert answer["Location"] == "/desk/work/"
    page = client.get(reverse("newsroom:work"), {"stage": "ready"}).content.decode()
    assert "The quay" in page
    assert "called ready by" in page
    assert "Nine weeks" not in page


def test_an_idea_is_given_on_a_form_and_its_trouble_is_told_there(at_desk, newsroom):
    client = at_desk()
    address = reverse("newsroom:assign-idea")
    assert client.post(address, {"task": "write"}).status_code == 422
    fields = {"task": "write", "idea": "Nine weeks", "who": cast.tomas().pk, "due_at": "2026-03-15T18:00"}
    assert client.post(address, fields).status_code == 302
    assert Assignment.objects.get().subject == "Nine weeks"


def test_the_board_asks_the_database_as_often_for_many_as_for_few(newsroom):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    a_draft()
    with CaptureQueriesContext(connection) as few:
        cards(BoardFilters(), user=cast.somebody("vera"), now=NOW)
    for number in range(5):
        article = a_draft()
        type(article).objects.filter(pk=article.pk).update(slug=f"quay-{number}")
        assign(who=cast.tomas(), task="edit", article=article, by=cast.vera(), now=NOW)
    with CaptureQueriesContext(connection) as many:
        cards(BoardFilters(), user=cast.somebody("vera"), now=NOW)
    assert len(many) <= len(few) + 1


# One at a time.


def test_one_holds_a_piece_and_another_is_asked_before_taking_it(at_desk, newsroom):
    article = a_draft()
    hold_piece(article=article, by=cast.vera(), now=NOW)
    other = cast.somebody("lena", role="editor")
    with pytest.raises(HeldBySomebody, match="Vera"):
        hold_piece(article=article, by=other, now=NOW)
    with pytest.raises(HeldBySomebody):
        let_go(article=article, by=other, now=NOW)
    client = at_desk(other)
    answer = client.post(reverse("newsroom:hold", args=[article.pk]))
    assert answer["Location"] == reverse("newsroom:take-over", args=[article.pk])
    assert "Vera Lindholm alone edits it" in client.get(answer["Location"]).content.decode()
    article.refresh_from_db()
    assert article.locked_by == cast.vera()
    client.post(answer["Location"])
    article.refresh_from_db()
    assert article.locked_by == other
    assert AuditEntry.objects.filter(verb="take-over", before__held_by=cast.vera().pk).exists()


def test_who_has_a_piece_open_is_seen_on_the_board(newsroom):
    article = a_draft()
    EditingSession.objects.create(
        user=cast.tomas(), content_object=article, last_seen_at=timezone.now(), is_editing=True
    )
    assert card_of(article, now=timezone.now()).at_it == ("Tomas Arden",)
    assert card_of(article, now=timezone.now() + HOUR).at_it == ()


def test_taking_over_keeps_what_was_saved(newsroom):
    article = a_draft()
    saved = article.revisions.count()
    take_over(article=article, by=cast.vera(), now=NOW)
    assert article.revisions.count() == saved


# Comments.


def test_a_name_in_a_comment_is_found_and_a_mail_address_is_none():
    assert mentioned("@vera, ask @tomas. (rahim@courier.example) @vera") == ["vera", "tomas"]
    assert parts("ask @Vera now", ["vera"]) == [("ask ", False), ("@Vera", True), (" now", False)]


@given(st.text(alphabet="@ab. \n", max_size=40), st.sets(st.sampled_from(["a", "b", "ab"])))
def test_the_parts_of_a_comment_are_its_words(text, known):
    assert "".join(words for words, _is in parts(text, known)) == text


def test_who_is_named_finds_it_on_their_day_until_it_is_seen(at_desk, newsroom):
    article, tomas = a_draft(), cast.tomas()
    comment(article=article, text="@tomas please check @vera @nobody", by=cast.vera(), now=NOW)
    assert [one.who for one in Mention.objects.all()] == [tomas]
    client = at_desk(tomas)
    assert "please check" in client.get(reverse("newsroom:today")).content.decode()
    client.post(reverse("newsroom:mentions-seen"))
    assert "please check" not in client.get(reverse("newsroom:today")).content.decode()


def test_a_thread_is_answered_resolved_and_opened_again(newsroom):
    first = comment(article=a_draft(), text="Which quay?", by=cast.vera(), now=NOW)
    answer_comment(thread=first, text="The old one.", by=cast.tomas(), now=NOW)
    resolve_thread(thread=first, by=cast.vera(), now=NOW)
    with pytest.raises(ThreadIsResolved):
        answer_comment(thread=first, text="No.", by=cast.tomas(), now=NOW)
    open_thread(thread=first, by=cast.tomas(), now=NOW)
    assert answer_comment(thread=first, text="No.", by=cast.tomas(), now=NOW).parent == first


def test_comments_are_shown_as_words_never_as_code(at_desk, newsroom, hostile):
    article = a_draft()
    client = at_desk()
    address = reverse("newsroom:article-comments", args=[article.pk])
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": hostile}).status_code == 302
    page = client.get(address).content.decode()
    assert "<script>alert(1)" not in page
    assert Comment.objects.count() == 1


def test_an_original_is_talked_about_too(at_desk, newsroom):
    original = cast.an_original()
    address = reverse("newsroom:original-comments", args=[original.pk])
    client = at_desk()
    client.post(address, {"text": "Do we have this?"})
    thread = Comment.objects.get()
    client.post(address, {"text": "Not yet.", "thread": str(thread.pk)})
    client.post(reverse("newsroom:resolve-thread", args=[thread.pk]))
    page = client.get(address).content.decode()
    assert "Not yet." in page
    assert "Resolved by Vera Lindholm" in page


# Those outside.


def test_an_outside_translator_sees_what_was_given_and_nothing_else(at_desk, newsroom):
    given_, other = a_draft(), cast.an_original()
    outsider = cast.somebody("ines", role="outside-translator")
    client = at_desk(outsider)
    door = reverse("newsroom:article-comments", args=[given_.pk])
    assert client.get(door).status_code == 404
    assert "The quay" not in client.get(reverse("newsroom:board")).content.decode()
    assign(who=outsider, task="translate", article=given_, by=cast.vera(), now=NOW)
    assert client.get(door).status_code == 200
    assert "The quay" in client.get(reverse("newsroom:board")).content.decode()
    assert client.get(reverse("newsroom:original-comments", args=[other.pk])).status_code == 404


def test_a_correspondent_opens_only_their_own_pieces(at_desk, newsroom):
    article = a_draft()
    writer = cast.somebody("noor", role="contributor")
    client = at_desk(writer)
    edit = reverse("wagtailsnippets_articles_article:edit", args=[article.pk])
    assert client.get(edit).status_code in {302, 403}
    assign(who=writer, task="edit", article=article, by=cast.vera(), now=NOW)
    assert client.get(edit).status_code == 200


def test_lists_and_histories_of_everything_are_closed_to_those_outside(at_desk, newsroom):
    article = a_draft()
    client = at_desk(cast.somebody("noor", role="contributor"))
    today = reverse("newsroom:today")
    assert client.get(reverse("wagtailsnippets_articles_article:list"))["Location"] == today
    for name in ("history", "usage", "delete", "preview_on_edit", "copy"):
        answer = client.get(reverse(f"wagtailsnippets_articles_article:{name}", args=[article.pk]))
        assert answer.status_code in {302, 403}
        assert "The quay" not in answer.content.decode()
    assert client.get(reverse("wagtailsnippets_articles_article:add")).status_code == 200
    chooser = reverse("wagtailsnippetchoosers_articles_article:choose")
    assert client.get(chooser).status_code in {302, 403}


def test_an_outside_translator_translates_what_was_given_alone(at_desk, newsroom):
    article = pick_as_translation(
        original=cast.an_original(), language="en", agreement=None, by=cast.vera(), now=NOW
    )
    outsider = cast.somebody("ines", role="outside-translator")
    client = at_desk(outsider)
    door = reverse("translation:job", args=[article.job.pk])
    assert client.get(reverse("translation:index"))["Location"] == reverse("newsroom:today")
    assert client.get(door).status_code in {302, 403}
    assign(who=outsider, task="translate", article=article, by=cast.vera(), now=NOW)
    assert client.get(door).status_code == 200


def test_a_live_piece_that_was_corrected_says_so_and_a_killed_one_is_killed(newsroom):
    article = cast.a_reprint()
    cast.publish(article=article, by=cast.vera(), now=NOW)
    fix = Correction.objects.create(
        article=article, kind="correction", was_wrong="a", said="b", at=NOW, by=cast.vera()
    )
    assert stage(article) == Stage.CORRECTED
    fix.taken_back_at = NOW
    fix.save()
    assert stage(article) == Stage.LIVE


def test_somebody_elses_assignment_is_not_mine_to_finish(at_desk, newsroom):
    row = assign(who=cast.vera(), task="write", idea="Quay", by=cast.vera(), now=NOW)
    client = at_desk(cast.somebody("noor", role="contributor"))
    client.post(reverse("newsroom:finish-assignment", args=[row.pk]))
    row.refresh_from_db()
    assert row.done_at is None
