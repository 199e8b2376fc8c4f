"""A source changes after it was translated: what stayed stays approved, what changed opens with what it was."""

import pytest
from cast import (
    NOW,
    a_section,
    a_snapshot,
    a_translation,
    an_exclusive,
    an_identity,
    an_original,
    published,
    tomas,
    vera,
)
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.articles.actions import answer_source
from dateline.articles.models import Article, SourceAnswer
from dateline.intake.actions.changed import enter_change
from dateline.intake.changes import Comparison
from dateline.intake.changes_told import Kind
from dateline.translation.actions import (
    GoneAtSource,
    approve_all,
    approve_segment,
    finish_job,
    keep_gone,
    leave_out_gone,
    merge_with_next,
    omit_segment,
    publish_correction,
    save_segment,
    say_no_change_needed,
    split_segment,
    start_job,
    start_own_job,
)
from dateline.translation.models import Job, MemoryUnit, Segment, SegmentVersion, SourceChange
from dateline.translation.queries import composed
from dateline.translation.queries.source_changes import jobs_waiting, opened, source_difference
from dateline.translation.rereading import What, compared
from dateline.work.testing import run_all_jobs

BODY = (
    "Le bac part lundi. Il est neuf.\n\nLe port est plein. Le maire a salué la foule.\n\nLa grève est finie."
)


@pytest.fixture
def site(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()


def markup(text):
    return "".join(f"<p>{part}</p>" for part in text.split("\n\n"))


@pytest.fixture
def job(site):
    """Return a job that is finished, and published."""
    original = an_original(body_html=markup(BODY), body_text=BODY)
    job = start_job(article=a_translation(original), snapshot=None, by=tomas(), now=NOW)
    return finished(job)


def finished(job):
    for one in job.segments.filter(state="empty"):
        save_segment(segment=one, text=f"EN {one.source}", version=one.version, by=tomas(), now=NOW)
    approve_all(job=job, by=vera(), now=NOW)
    return finish_job(job=job, by=vera(), now=NOW)


def changes(job, text, *, headline=None):
    """Let the source say something else now; return what that did to the job."""
    original = job.original
    latest = original.snapshots.order_by("-pk").first()
    after = a_snapshot(
        original,
        body_text=text,
        status=0,
        headline=headline or original.headline,
        fetched_at=NOW.replace(year=2026 + original.snapshots.count()),
    )
    told = Comparison(kind=Kind.UPDATE, facts=[])
    enter_change(told, original=original, before=latest, after=after, now=NOW)
    run_all_jobs()
    return job.source_changes.order_by("-pk").first()


def of(job, source):
    return job.segments.get(source=source)


def states(job):
    return {one.source: (one.state, one.change) for one in job.segments.order_by("position")}


def test_only_what_changed_opens_with_what_it_was(job):
    done = changes(job, BODY.replace("lundi", "mardi"))
    assert (done.kept, done.edited, done.new, done.gone) == (6, 1, 0, 0)
    one = of(job, "Le bac part mardi.")
    assert (one.state, one.change) == ("draft", "edited")
    assert (one.source_before, one.text_before) == ("Le bac part lundi.", "EN Le bac part lundi.")
    assert [part.text.strip() for part in source_difference(one) if part.change != "same"] == [
        "lundi",
        "mardi",
    ]
    rest = [state for source, (state, _change) in states(job).items() if source != one.source]
    assert rest == ["approved"] * 6
    job.refresh_from_db()
    assert (job.state, done.was_finished, job.snapshot) == ("draft", True, done.change.after)
    assert jobs_waiting([job.article_id]) == {job.article_id}
    assert MemoryUnit.objects.filter(source="Le bac part lundi.").exists()  # still true of that sentence


def test_sentences_that_moved_are_cut_anew_or_stand_in_other_paragraphs_stay_approved(job):
    text = "La grève est finie.\n\nLe bac part lundi.\n\nIl est neuf. Le port est plein.\n\nLe maire a salué la foule."
    done = changes(job, text)
    assert (done.edited, done.new, done.gone) == (0, 0, 0)
    assert set(job.segments.values_list("state", flat=True)) == {"approved"}
    body = [block["value"] for block in composed(job, key=job.article.uid).body]
    assert body[0] == "<p>EN La grève est finie.</p>"
    assert body[2] == "<p>EN Il est neuf. EN Le port est plein.</p>"


def test_what_is_new_is_empty_and_what_is_gone_waits_for_an_answer(job):
    changes(
        job, BODY.replace("Il est neuf.", "Dix marins montent à bord.").replace("\n\nLa grève est finie.", "")
    )
    new, gone = of(job, "Dix marins montent à bord."), of(job, "La grève est finie.")
    assert (new.state, new.change, gone.state, gone.change) == ("empty", "new", "draft", "gone") or (
        new.change == "edited"
    )
    with pytest.raises(GoneAtSource):
        approve_segment(segment=gone, version=gone.version, by=vera(), now=NOW)
    kept = keep_gone(segment=gone, version=gone.version, by=vera(), now=NOW)
    assert (kept.alignment, kept.source, kept.text) == ("added", "", "EN La grève est finie.")
    approve_segment(segment=kept, version=kept.version, by=vera(), now=NOW)


def test_what_is_gone_can_be_taken_out(job):
    changes(job, BODY.replace("\n\nLa grève est finie.", ""))
    gone = of(job, "La grève est finie.")
    leave_out_gone(segment=gone, version=gone.version, by=vera(), now=NOW)
    assert job.source_changes.get().state == SourceChange.State.TAKEN_IN
    assert list(job.segments.order_by("position").values_list("position", flat=True)) == list(range(6))


def test_no_change_needed_gives_everything_back_and_is_written_down(job):
    done = changes(job, BODY.replace("lundi", "mardi") + "\n\nEncore une phrase nouvelle.")
    say_no_change_needed(job=job, note="a typing error of theirs", by=vera(), now=NOW)
    job.refresh_from_db()
    done.refresh_from_db()
    assert (job.state, done.state, done.by) == ("approved", "not-needed", vera())
    assert SourceAnswer.objects.get(article=job.article).verdict == "no-need"
    assert of(job, "Le bac part mardi.").text == "EN Le bac part lundi."
    assert of(job, "Encore une phrase nouvelle.").alignment == "omitted"
    assert not opened(job)


def test_an_answer_given_elsewhere_holds_here_too(job):
    done = changes(job, BODY.replace("lundi", "mardi"))
    answer_source(article=job.article, change=done.change, verdict="no-need", by=vera(), now=NOW)
    assert not opened(job)


def test_a_correction_takes_the_change_in_and_answers_it(job):
    article = published(Article.objects.get(pk=job.article_id))
    done = changes(job, BODY.replace("lundi", "mardi"))
    article.refresh_from_db()
    article.save()  # what stands already keeps standing while the change waits
    one = of(job, "Le bac part mardi.")
    one = save_segment(segment=one, text="EN Le bac part mardi.", version=one.version, by=tomas(), now=NOW)
    approve_segment(segment=one, version=one.version, by=vera(), now=NOW)
    noted = publish_correction(job=job, was_wrong="It said Monday.", said="Tuesday.", by=vera(), now=NOW)
    done.refresh_from_db()
    assert done.state == SourceChange.State.TAKEN_IN
    assert SourceAnswer.objects.get(article=article).correction == noted
    assert "mardi" in str(Article.objects.get(pk=article.pk).body)


def test_a_source_that_takes_its_change_back_closes_it(job):
    changes(job, BODY.replace("lundi", "mardi"))
    changes(job, BODY)
    assert states(job)["Le bac part lundi."] == ("approved", "")


def test_merged_split_and_omitted_sentences_survive_another_reading(job):
    one = of(job, "Le bac part lundi.")
    merged = merge_with_next(segment=one, version=one.version, by=vera(), now=NOW)
    two = of(job, "Le maire a salué la foule.")
    split_segment(segment=two, at=two.source.index(" la foule"), version=two.version, by=vera(), now=NOW)
    three = of(job, "Le port est plein.")
    omit_segment(segment=three, version=three.version, by=vera(), now=NOW)
    before = list(job.segments.order_by("position").values_list("pk", "source", "state"))
    done = changes(job, BODY + "\n\nUne phrase nouvelle.")
    assert (done.kept, done.new, done.edited, done.gone) == (7, 1, 0, 0)
    assert (
        list(job.segments.exclude(change="new").order_by("position").values_list("pk", "source", "state"))
        == before
    )
    assert merged.source == "Le bac part lundi. Il est neuf."
    changes(job, (BODY + "\n\nUne phrase nouvelle.").replace("neuf", "vieux").replace("foule", "presse"))
    changed = of(job, "Le bac part lundi. Il est vieux.")
    assert changed.source_before == "Le bac part lundi. Il est neuf."
    assert of(job, "Le maire a salué la presse.").text_before == "EN Le maire a salué la foule."


def test_a_change_before_anything_is_written_is_simply_the_new_source(site):
    original = an_original(body_html=markup(BODY), body_text=BODY)
    job = start_job(article=a_translation(original), snapshot=None, by=tomas(), now=NOW)
    changes(job, BODY.replace("\n\nLa grève est finie.", ""))
    assert job.segments.count() == 6
    assert SegmentVersion.objects.count() == 0


def test_our_own_piece_goes_out_in_another_language_and_its_changes_open_that(site):
    section = a_section(language="en")
    source = published(an_exclusive(section=section, headline="The ferry sails"))
    job = finished(start_own_job(source=source, language="fr", by=tomas(), now=NOW))
    version = Article.objects.get(pk=job.article_id).get_latest_revision_as_object()
    assert (version.translation_key, version.language) == (source.translation_key, "fr")
    assert version.headline == "EN The ferry sails"
    draft = source.get_latest_revision_as_object()
    draft.headline = "The ferry sails at six"
    draft.save_revision(user=vera())
    published(draft)
    run_all_jobs()
    done = job.source_changes.get()
    assert (done.edited, done.new, done.gone) == (1, 0, 0)
    assert of(job, "The ferry sails at six").text_before == "EN The ferry sails"


# The comparison itself

sentence = st.text(alphabet="abcd ", min_size=1, max_size=6)


@given(st.lists(sentence, max_size=12), st.lists(sentence, max_size=12))
@settings(max_examples=100)
def test_each_sentence_of_both_readings_is_told_once_and_all_that_both_share_stay(old, new):
    steps = compared(old, new)
    assert sorted(step.old for step in steps if step.old is not None) == list(range(len(old)))
    assert [step.new for step in steps if step.new is not None] == list(range(len(new)))
    for step in steps:
        is_kept = step.what in {What.SAME, What.MOVED}
        assert is_kept == (None not in {step.old, step.new} and old[step.old or 0] == new[step.new or 0])
    shared = sum(min(old.count(one), new.count(one)) for one in set(old))
    assert sum(step.what in {What.SAME, What.MOVED} for step in steps) == shared


def test_of_two_like_sentences_the_one_with_the_same_neighbour_moved():
    old = ["A says.", "Yes.", "B says.", "Yes.", "One.", "Two.", "Three."]
    new = ["One.", "Two.", "Three.", "B says.", "Yes."]
    moved = [step for step in compared(old, new) if step.what is What.MOVED]
    assert [(step.old, step.new) for step in moved] == [(2, 3), (3, 4)]


def test_jobs_of_our_own_and_of_others_have_one_source_each(site):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(article=an_exclusive(), source_language="fr", language="en", started_at=NOW)
    assert not Segment.objects.exists()
