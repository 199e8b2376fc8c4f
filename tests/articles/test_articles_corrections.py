"""Corrections, updates, recalls and kills: what readers are told, what is kept, and what can be taken back."""

import json
import re
from datetime import timedelta

import cast
import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dateline.articles.actions import (
    NotLive,
    OtherSource,
    Scheduled,
    StandsForGood,
    answer_source,
    correct,
    kill,
    recall,
    take_back,
    unpublish,
    update,
)
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article, Correction, SourceAnswer
from dateline.intake.actions.changed import enter_change
from dateline.intake.changes import Comparison
from dateline.intake.changes_told import Kind, fact
from dateline.intake.models import Change
from dateline.lib.home import Home
from dateline.people.models import AuditEntry
from dateline.publishing.actions import store
from dateline.publishing.leaf import file_of
from dateline.publishing.models import BakedFile, Record
from dateline.work.testing import run_all_jobs

NOW = cast.NOW
WRONG, RIGHT = "We wrote that the ferry sails on Sunday.", "It sails on Monday."


@pytest.fixture
def paper(db, settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_URL = "https://digest.example"
    cast.an_identity()
    return store()


@pytest.fixture
def read(paper):
    return lambda path: (paper.root / file_of(path)).read_text()


def live(**fields):
    return cast.published(cast.an_exclusive(**fields))


def redrafted(article, *paragraphs):
    """Write a new text for a live article, as a draft."""
    draft = article.get_latest_revision_as_object()
    draft.body = cast.a_body(*paragraphs)
    draft.save_revision()
    return article


def corrected(article, **fields):
    return correct(
        **{"article": article, "was_wrong": WRONG, "said": RIGHT, "by": None, "now": NOW, **fields}
    )


def structured(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.DOTALL)[1])


def stands_at(article):
    return Article.objects.get(pk=article.pk)


# Correct


def test_a_correction_publishes_the_draft_with_a_note_that_says_what_was_wrong_and_what_is_right(paper, read):
    piece = redrafted(live(), "The ferry sails on Monday, after all.")
    run_all_jobs()
    assert "after all" not in read(piece.get_absolute_url())
    note = corrected(piece, by=cast.vera())
    run_all_jobs()
    page = read(piece.get_absolute_url())
    assert "after all" in page
    assert WRONG in page
    assert RIGHT in page
    assert f'datetime="{note.at:%Y-%m-%dT%H:%M}+00:00"' in page
    said = structured(page)["correction"]
    assert said == [
        {
            "@type": "CorrectionComment",
            "text": f"{WRONG} {RIGHT}",
            "datePublished": "2026-03-14T09:30:00+00:00",
        }
    ]
    entry = AuditEntry.objects.get(verb="correct")
    assert (entry.by, entry.before["was_wrong"], entry.after["said"]) == (cast.vera(), WRONG, RIGHT)
    assert entry.before["revision"] != entry.after["revision"]


def test_a_correction_reaches_the_feed_the_sitemap_and_the_list_of_corrections(paper, read):
    piece = live()
    run_all_jobs()
    corrected(piece)
    run_all_jobs()
    entry = feedparser.parse(read("/en/feed.xml")).entries[0]
    day = stands_at(piece).last_published_at.date().isoformat()
    assert entry.updated.startswith(day)
    assert WRONG in entry.summary
    assert RIGHT in entry.content[0].value
    listed = read("/en/corrections/")
    assert WRONG in listed
    assert f'href="{piece.get_absolute_url()}"' in listed
    assert "Nothing had to be put right so far." in read("/fr/corrections/") or "rien" in read(
        "/fr/corrections/"
    )
    lines = re.findall(r"<url><loc>([^<]+)</loc><lastmod>([^<]+)</lastmod>", read("/sitemap.xml"))
    assert dict(lines)[f"https://digest.example{piece.get_absolute_url()}"].startswith(day)


def test_a_correction_is_one_more_record_even_where_the_text_stays(paper):
    piece = live()
    run_all_jobs()
    corrected(piece)
    run_all_jobs()
    first, second = Record.objects.filter(piece=piece.uid).order_by("number")
    assert first.body()["content_sha256"] != second.body()["content_sha256"]


def test_every_page_leads_to_the_corrections(paper, read):
    live()
    run_all_jobs()
    assert 'href="/en/corrections/"' in read("/en/")


def test_a_note_of_hostile_words_stays_words(paper, read):
    piece = live()
    corrected(piece, said="</p><script>alert(1)</script>")
    run_all_jobs()
    assert "<script>alert(1)" not in read(piece.get_absolute_url()) + read("/en/corrections/") + read(
        "/en/feed.xml"
    ).replace("&lt;", "")


def test_what_readers_cannot_see_cannot_be_corrected(paper):
    with pytest.raises(NotLive):
        corrected(cast.an_exclusive())


@pytest.mark.parametrize("empty", ["was_wrong", "said"])
def test_a_correction_without_words_is_refused_and_publishes_nothing(paper, empty):
    piece = redrafted(live(), "Not yet.")
    before = stands_at(piece).live_revision_id
    with pytest.raises(ValidationError):
        corrected(piece, **{empty: "  "})
    assert stands_at(piece).live_revision_id == before
    assert not Correction.objects.exists()


def test_a_draft_that_the_gate_refuses_takes_its_note_with_it(paper):
    piece = live()
    draft = piece.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision()
    with pytest.raises(NotCleared):
        corrected(piece)
    assert not Correction.objects.exists()


def test_a_draft_with_an_hour_of_its_own_is_not_corrected_by_accident(paper):
    piece = live()
    draft = piece.get_latest_revision_as_object()
    draft.go_live_at = NOW + timedelta(days=1)
    draft.save_revision()
    with pytest.raises(Scheduled):
        corrected(piece)


# Update


def test_an_update_says_what_is_new_and_is_no_fault(paper, read):
    piece = redrafted(live(), "More is known.")
    update(article=piece, said="The captain's answer was added.", by=None, now=NOW)
    run_all_jobs()
    page = read(piece.get_absolute_url())
    assert "The captain&#x27;s answer was added." in page
    assert "correction" not in structured(page)


# Taking back


def test_a_correction_taken_back_takes_its_text_back_too(paper, read):
    piece = redrafted(live(), "A wrong improvement.")
    note = corrected(piece)
    take_back(correction=note, by=cast.vera(), now=NOW)
    run_all_jobs()
    page = read(piece.get_absolute_url())
    assert "A wrong improvement." not in page
    assert RIGHT not in page
    assert RIGHT not in read("/en/corrections/")
    take_back(correction=note, by=cast.vera(), now=NOW)
    assert AuditEntry.objects.filter(verb="take-back-correction").count() == 1


def test_an_older_note_taken_back_leaves_what_was_published_since(paper, read):
    piece = redrafted(live(), "First try.")
    note = corrected(piece)
    redrafted(stands_at(piece), "Second try.")
    update(article=piece, said="More.", by=None, now=NOW)
    take_back(correction=note, by=None, now=NOW)
    run_all_jobs()
    page = read(piece.get_absolute_url())
    assert "Second try." in page
    assert RIGHT not in page


# Recall and kill


def test_a_recalled_piece_leaves_its_note_at_its_address_and_its_words_nowhere(paper, read):
    piece = live(headline="The ferry has sunk")
    run_all_jobs()
    recall(article=piece, note="The report was not true.", by=cast.vera(), now=NOW)
    run_all_jobs()
    address = BakedFile.objects.get(piece=piece.uid)
    assert (address.path, address.status) == (piece.get_absolute_url(), 410)
    assert "The report was not true." in read(address.path)
    listed = read("/en/corrections/")
    assert "The report was not true." in listed
    assert "The ferry has sunk" not in listed


def test_a_killed_piece_leaves_nothing_but_gone(paper, read):
    piece = live(headline="The ferry has sunk")
    run_all_jobs()
    kill(article=piece, reason="A source was in danger.", by=cast.vera(), now=NOW)
    run_all_jobs()
    address = BakedFile.objects.get(piece=piece.uid)
    page = read(address.path)
    assert address.status == 410
    assert "The ferry has sunk" not in page
    assert "in danger" not in page + read("/en/corrections/")
    assert AuditEntry.objects.get(verb="kill").summary == "A source was in danger."


def test_a_recall_and_a_kill_stand(paper):
    note = recall(article=live(), note="Not true.", by=None, now=NOW)
    with pytest.raises(StandsForGood):
        take_back(correction=note, by=None, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=note.pk).update(taken_back_at=NOW)
    with pytest.raises(NotLive):
        kill(article=note.article, reason="again", by=None, now=NOW)


def test_the_notes_of_a_piece_that_was_taken_down_are_not_listed(paper, read):
    piece = live()
    corrected(piece)
    run_all_jobs()
    assert RIGHT in read("/en/corrections/")
    unpublish(article=stands_at(piece), by=None, now=NOW)
    run_all_jobs()
    assert RIGHT not in read("/en/corrections/")


# What changed at the source


def a_change(original):
    before = original.snapshots.order_by("pk").first()
    after = cast.a_snapshot(original, fetched_at=NOW)
    told = [fact("note", words="Correction: it was Tuesday.")]
    comparison = Comparison(kind=Kind.CORRECTION, facts=told, passages=[])
    return enter_change(comparison, original=original, before=before, after=after, now=NOW)


def test_a_change_at_the_source_marks_what_was_made_from_it_until_each_has_its_answer(paper):
    original = cast.an_original()
    english, french = cast.a_translation(original), cast.a_reprint(original)
    other = cast.a_translation()
    change = a_change(original)
    everything = [english.pk, french.pk, other.pk]
    assert SourceAnswer.objects.waiting(everything) == {english.pk, french.pk}
    assert list(SourceAnswer.objects.unanswered(english)) == [change]
    answer_source(
        article=english, change=change, verdict=SourceAnswer.Verdict.NO_NEED, by=cast.vera(), now=NOW
    )
    assert SourceAnswer.objects.waiting(everything) == {french.pk}
    assert Change.objects.get().state == Change.State.NEW
    note = corrected(cast.published(french))
    answer_source(
        article=french,
        change=change,
        verdict=SourceAnswer.Verdict.CORRECTED,
        correction=note,
        by=cast.vera(),
        now=NOW,
    )
    assert SourceAnswer.objects.waiting(everything) == set()
    assert Change.objects.get().state == Change.State.ANSWERED
    assert AuditEntry.objects.filter(verb="answer-source").count() == 2


def test_an_article_answers_for_its_own_source_only(paper):
    with pytest.raises(OtherSource):
        answer_source(
            article=cast.a_translation(),
            change=a_change(cast.an_original()),
            verdict=SourceAnswer.Verdict.NO_NEED,
            by=cast.vera(),
            now=NOW,
        )
