"""Putting right at the desk: correct, update, recall, kill; take back; the source's changes; the right of reply."""

import cast
import pytest
from django.urls import reverse

from dateline.articles.models import Article, Correction, ReplyTask, SourceAnswer
from dateline.intake.actions.changed import enter_change
from dateline.intake.changes import Comparison
from dateline.intake.changes_told import Kind, fact
from dateline.intake.models import Change

NOW = cast.NOW
WORDS = {"was_wrong": "It said Sunday.", "said": "It is Monday."}


@pytest.fixture
def editor(at_desk):
    return at_desk(cast.vera())


@pytest.fixture
def chief(at_desk):
    return at_desk(cast.somebody("carla", role="editor-in-chief"))


@pytest.fixture
def live(newsroom):
    return cast.published(cast.an_exclusive())


def place(article, name="put-right"):
    return reverse(f"newsroom:{name}", args=[article.pk])


def test_an_editor_corrects_a_live_piece_and_takes_it_back(editor, live):
    assert "the note alone is added" in editor.get(place(live)).content.decode()
    answer = editor.post(place(live), {"kind": "correction", **WORDS})
    assert answer.status_code == 302
    note = Correction.objects.get()
    assert (note.kind, note.by, note.was_wrong) == ("correction", cast.vera(), "It said Sunday.")
    assert "It said Sunday." in editor.get(place(live)).content.decode()
    editor.post(reverse("newsroom:take-note-back", args=[note.pk]))
    assert Correction.objects.get().taken_back_by == cast.vera()


def test_a_correction_that_does_not_say_what_was_wrong_is_told_so(editor, live):
    answer = editor.post(place(live), {"kind": "correction", "said": "Monday."})
    assert answer.status_code == 422
    assert "Say what was wrong." in answer.content.decode()
    assert not Correction.objects.exists()


def test_what_the_gate_lacks_is_told_on_the_page(editor, live):
    draft = live.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision()
    answer = editor.post(place(live), {"kind": "update", "said": "More."})
    assert answer.status_code == 422
    assert "The body is empty." in answer.content.decode()


@pytest.mark.parametrize("kind", ["recall", "kill"])
def test_what_is_for_good_is_asked_again(chief, live, kind):
    told = {"kind": kind, "said": "Not true."}
    first = chief.post(place(live), told)
    assert "cannot be put out again" in first.content.decode()
    assert Article.objects.get(pk=live.pk).live
    chief.post(place(live), {**told, "confirmed": "yes"})
    assert not Article.objects.get(pk=live.pk).live
    assert Correction.objects.get().kind == kind


def test_an_editor_may_not_recall_and_nobody_may_nothing(editor, at_desk, live):
    answer = editor.post(place(live), {"kind": "recall", "said": "Not true.", "confirmed": "yes"})
    assert answer.status_code == 422
    assert Article.objects.get(pk=live.pk).live
    assert at_desk(cast.tomas()).get(place(live)).status_code == 302


def test_a_draft_has_nothing_to_put_right(editor, newsroom):
    draft = cast.an_exclusive()
    assert "nothing to put right" in editor.get(place(draft)).content.decode()


def test_a_changed_source_is_shown_on_the_form_and_answered(editor, newsroom):
    piece = cast.a_translation()
    told = [fact("note", words="Correction: it was Tuesday.")]
    enter_change(
        Comparison(kind=Kind.CORRECTION, facts=told, passages=[]),
        original=piece.original,
        before=piece.original.snapshots.first(),
        after=cast.a_snapshot(piece.original, fetched_at=NOW),
        now=NOW,
    )
    form = reverse(Article.snippet_viewset.get_url_name("edit"), args=[piece.pk])
    assert "Its source changed: look" in editor.get(form).content.decode()
    assert "it was Tuesday" in editor.get(place(piece, "source-changed")).content.decode()
    editor.post(place(piece, "source-changed"), {"change": Change.objects.get().pk, "verdict": "no-need"})
    answer = SourceAnswer.objects.get()
    assert (answer.verdict, answer.by) == ("no-need", cast.vera())
    assert Change.objects.get().state == Change.State.ANSWERED
    assert "Its source changed: look" not in editor.get(form).content.decode()


def test_who_is_asked_for_a_reply_is_noted_step_by_step(editor, newsroom):
    piece = cast.a_statement()
    editor.post(place(piece, "replies"), {"of_whom": "The Harbour Office", "due_on": "2026-03-20"})
    task = ReplyTask.objects.get()
    again = editor.post(place(piece, "replies"), {"of_whom": "The Harbour Office"})
    assert again.status_code == 422
    told = {f"{task.pk}-state": "asked", f"{task.pk}-note": "By mail."}
    editor.post(reverse("newsroom:note-reply", args=[task.pk]), told)
    task.refresh_from_db()
    assert (task.state, task.note, task.by) == ("asked", "By mail.", cast.vera())
    assert "By mail." in editor.get(place(piece, "replies")).content.decode()


def test_hostile_words_stay_words(editor, newsroom, hostile):
    piece = cast.published(cast.an_exclusive(headline=hostile[:100]))
    ReplyTask.objects.create(article=piece, of_whom=hostile[:100], at=NOW)
    for name in ("put-right", "replies", "source-changed"):
        assert "<script>alert(1)" not in editor.get(place(piece, name)).content.decode()
