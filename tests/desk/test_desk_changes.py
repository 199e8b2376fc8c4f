"""Snapshots and changes on the desk: shown from our store alone, inert, with what of ours rests on them."""

from datetime import timedelta

import cast
import pytest
from django.urls import reverse
from django.utils import timezone

from dateline.desk import queries
from dateline.intake.actions.changed import enter_change
from dateline.intake.actions.keeping import disk
from dateline.intake.changes import Comparison
from dateline.intake.changes_told import Kind, fact
from dateline.intake.models import Change, Snapshot
from dateline.intake.snapshots_evidence import Evidence

NOW = cast.NOW
PAGE = b"""<!doctype html><html><head><title>Ferry</title><base href="https://evil.example/">
<script>alert(1)</script><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://courier.example/style.css"></head>
<body onload="alert(2)"><h1>Le bac</h1><img src="/bac.jpg" alt="Le bac au quai" onerror="alert(3)">
<form action="https://evil.example/"><input name="q"><button>Chercher</button></form>
<p>Le bac reprendra <a href="/suite.html">lundi</a>.</p><iframe src="https://evil.example/"></iframe></body></html>"""


@pytest.fixture
def editor(at_desk):
    return at_desk(cast.vera())


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = type(settings.HOME)(tmp_path)
    settings.HOME.lay()


@pytest.fixture
def kept(newsroom, home):
    """Return a snapshot whose page lies in the store."""
    original = cast.an_original()
    snapshot = original.snapshots.get()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    evidence = Evidence(url=original.url, body=PAGE, came_at=snapshot.fetched_at, status=200, headers=headers)
    told = disk().keep(evidence)
    snapshot.sha256, snapshot.headers = told.sha256, [list(header) for header in headers]
    snapshot.save()
    return snapshot


def body(answer):
    return answer.content.decode()


def a_change(original, *, kind=Kind.CORRECTION, found_at=NOW, facts=None, passages=()):
    before = original.snapshots.order_by("pk").first()
    after = cast.a_snapshot(original, fetched_at=found_at)
    facts = facts if facts is not None else [fact("note", words="Correction: it was Tuesday.")]
    comparison = Comparison(kind=kind, facts=facts, passages=list(passages))
    return enter_change(comparison, original=original, before=before, after=after, now=found_at)


def test_a_snapshot_is_shown_with_when_where_and_its_verified_hash(editor, kept):
    text = body(editor.get(reverse("newsroom:snapshot", args=[kept.pk])))
    assert kept.sha256 in text
    assert "the hash was verified just now" in text
    assert kept.original.url in text
    assert "sandbox" in text
    assert "Le bac de Port-Salin reprendra la mer lundi." in text


def test_the_archived_page_can_load_run_send_and_leave_nothing(editor, kept):
    answer = editor.get(reverse("newsroom:archived-page", args=[kept.pk]))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    text = body(answer)
    for gone in (
        "<script",
        "<img",
        "<form",
        "<input",
        "<iframe",
        "<base",
        "<meta http",
        "<link",
        "<a ",
        "onload",
        "alert",
    ):
        assert gone not in text
    assert "[Picture: Le bac au quai — " in text
    assert "/bac.jpg]" in text
    assert 'title="https://' in text
    assert "Le bac reprendra" in text


def test_damaged_and_thinned_evidence_is_said_and_not_shown(editor, kept):
    [path] = disk().folder.rglob("*.warc.gz")
    path.write_bytes(b"rubbish")
    assert "is damaged" in body(editor.get(reverse("newsroom:snapshot", args=[kept.pk])))
    assert "is damaged" in body(editor.get(reverse("newsroom:archived-page", args=[kept.pk])))
    kept.state, kept.thinned_why, kept.thinned_at = Snapshot.State.THINNED, Snapshot.Why.AGE, NOW
    kept.save()
    text = body(editor.get(reverse("newsroom:snapshot", args=[kept.pk])))
    assert "thinned out: it was old, and nothing rested on it" in text
    assert "<iframe" not in text


def test_evidence_is_handed_out_as_a_file_that_archives_read(editor, kept):
    from io import BytesIO

    from warcio.archiveiterator import ArchiveIterator

    answer = editor.get(reverse("newsroom:evidence", args=[kept.original_id]))
    assert answer["Content-Type"] == "application/warc"
    assert answer["Content-Disposition"].endswith('.warc.gz"')
    found = {
        record.rec_type: record.content_stream().read()
        for record in ArchiveIterator(BytesIO(answer.content), check_digests="raise")
    }
    assert found["response"] == PAGE
    assert set(found) == {"warcinfo", "response", "request"}


def test_changes_are_listed_with_what_of_ours_was_made_from_the_piece(editor, newsroom, home):
    article = cast.a_reprint()
    a_change(article.original)
    a_change(cast.an_original(headline="Le vent"), kind=Kind.TYPO, facts=[])
    text = body(editor.get(reverse("newsroom:changes")))
    assert "corrected" in text
    assert "The outlet added a note of correction: “Correction: it was Tuesday.”." in text
    assert article.headline in text
    assert "Le vent" in text
    ours = body(editor.get(reverse("newsroom:changes"), {"ours": "1"}))
    assert article.headline in ours
    assert "Le vent" not in ours


def test_the_difference_marks_what_came_and_went_for_eyes_and_ears(editor, newsroom, hostile):
    original = cast.an_original(language="fa")
    passages = [{"op": "edited", "words": [["same", "ساعت "], ["removed", "پنج"], ["added", hostile]]}]
    change = a_change(original, passages=passages)
    text = body(editor.get(reverse("newsroom:change", args=[change.pk])))
    assert "<del>" in text
    assert "[went:" in text
    assert "<ins>" in text
    assert "[came:" in text
    assert 'lang="fa" dir="rtl"' in text
    assert "<script>alert" not in text
    assert "\u202e" not in text


def test_a_change_is_seen_and_then_answered_in_words(editor, newsroom):
    change = a_change(cast.an_original())
    editor.post(reverse("newsroom:answer-change", args=[change.pk]), {"act": "seen"})
    change.refresh_from_db()
    assert (change.state, change.by) == (Change.State.SEEN, cast.vera())
    empty = editor.post(reverse("newsroom:answer-change", args=[change.pk]), {"act": "answer", "answer": " "})
    assert empty.status_code == 422
    assert "Say what was done about it" in body(empty)
    editor.post(
        reverse("newsroom:answer-change", args=[change.pk]), {"act": "answer", "answer": "Ours is mended."}
    )
    change.refresh_from_db()
    assert (change.state, change.answer) == (Change.State.ANSWERED, "Ours is mended.")
    assert "nothing" in body(editor.get(reverse("newsroom:changes"))).lower()


def test_who_may_not_sort_may_look_and_not_answer(at_desk, newsroom):
    change = a_change(cast.an_original())
    translator = at_desk(cast.tomas())
    assert translator.get(reverse("newsroom:change", args=[change.pk])).status_code == 200
    answer = translator.post(reverse("newsroom:answer-change", args=[change.pk]), {"act": "seen"})
    assert answer.status_code == 302
    change.refresh_from_db()
    assert change.state == Change.State.NEW


@pytest.mark.parametrize("name", ["snapshot", "archived-page", "evidence", "changes", "change"])
def test_nobody_sees_none_of_it(at_desk, kept, name):
    arguments = {
        "snapshot": [kept.pk], "archived-page": [kept.pk], "evidence": [kept.original_id],
        "changes": [], "change": [a_change(kept.original).pk],
    }  # fmt: skip
    assert at_desk(cast.nobody()).get(reverse(f"newsroom:{name}", args=arguments[name])).status_code == 302


def test_the_newslist_says_what_readers_see_and_its_source_changed(newsroom, home):
    article = cast.published(cast.a_reprint())
    grave = a_change(
        article.original, kind=Kind.RETRACTION, facts=[fact("retracted", words="We withdraw it.")]
    )
    a_change(cast.an_original())
    assert [change.pk for change in queries.trouble(now=timezone.now()).changes] == [grave.pk]


def test_room_that_runs_out_is_told_on_the_newslist(editor, newsroom, home, settings):
    settings.DATELINE_SNAPSHOT_BUDGET = "1KB"
    Snapshot.objects.filter(pk=cast.an_original().snapshots.get().pk).update(
        packed_size=2_000_000, fetched_at=timezone.now() - timedelta(days=2)
    )
    assert "DATELINE_SNAPSHOT_BUDGET" in body(editor.get(reverse("wagtailadmin_home")))
