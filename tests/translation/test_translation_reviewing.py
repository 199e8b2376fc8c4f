"""Through whose hands a sentence goes; what a reviser thinks of it; and every version that it had."""

import pytest
from cast import NOW, a_translation, an_identity, an_original, somebody, tomas, vera

from dateline.translation.actions import (
    NeedsAnother,
    OnePersonTwice,
    SegmentsOpen,
    approve_all,
    approve_segment,
    assign_people,
    draft_job,
    finish_job,
    mark_quality,
    save_segment,
    start_job,
    unapprove,
    unmark_quality,
)
from dateline.translation.checks.consistency import is_same_spelling
from dateline.translation.memory.adapting import Pair
from dateline.translation.memory.matching import Asked, Known, matches
from dateline.translation.models import MemoryUnit, Segment
from dateline.translation.queries import progress
from dateline.translation.queries.document_findings import document_findings, untouched_segments
from dateline.translation.queries.findings import findings_in
from dateline.translation.queries.history import histories, history_of
from dateline.translation.queries.reviewing import waits_for
from dateline.translation.reviewing import Staff, after, role

WORDS = "Les insulaires l'attendaient depuis neuf semaines."


@pytest.fixture
def job(db, settings):
    settings.DATELINE_MACHINES = ["pseudo"]
    an_identity()
    return start_job(article=a_translation(an_original()), snapshot=None, by=tomas(), now=NOW)


@pytest.fixture
def _two_pairs_of_eyes(job):
    an_identity(two_pairs_of_eyes=True)


def sentence(job):
    return job.segments.get(source=WORDS)


def write(job, text="They had waited nine weeks.", *, by=None):
    one = sentence(job)
    return save_segment(segment=one, text=text, version=one.version, by=by or tomas(), now=NOW)


def approve(job, by):
    one = sentence(job)
    return approve_segment(segment=one, version=one.version, by=by, now=NOW)


def ulla():
    return somebody("ulla", role="editor")


@pytest.mark.usefixtures("_two_pairs_of_eyes")
def test_nobody_approves_alone_their_own_machine_draft_where_two_pairs_of_eyes_are_demanded(job):
    draft_job(job=job, now=NOW)
    assert approve(job, tomas()).state == Segment.State.TRANSLATED
    assert waits_for(sentence(job)) == "reviser"
    with pytest.raises(NeedsAnother):
        approve(job, tomas())
    assert not MemoryUnit.objects.exists()
    assert approve(job, vera()).state == Segment.State.APPROVED
    assert MemoryUnit.objects.get().quality == MemoryUnit.Quality.REVIEWED


@pytest.mark.usefixtures("_two_pairs_of_eyes")
def test_everything_at_once_is_handed_on_and_then_approved_by_another(job):
    draft_job(job=job, now=NOW)
    first = approve_all(job=job, by=tomas(), now=NOW)
    assert (first.approved, first.handed_on, first.refused) == (0, job.segments.count(), ())
    assert progress(job).translated == job.segments.count()
    with pytest.raises(SegmentsOpen):
        finish_job(job=job, by=tomas(), now=NOW)
    assert len(approve_all(job=job, by=tomas(), now=NOW).refused) == job.segments.count()
    assert approve_all(job=job, by=vera(), now=NOW).approved == job.segments.count()


@pytest.mark.usefixtures("_two_pairs_of_eyes")
def test_a_second_person_approves_at_once_what_the_first_one_wrote(job):
    write(job)
    assert approve(job, vera()).state == Segment.State.APPROVED


@pytest.mark.usefixtures("_two_pairs_of_eyes")
def test_a_reviser_corrects_and_approves_and_a_translator_who_changes_it_again_starts_anew(job):
    write(job)
    write(job, "They had been waiting for nine weeks.", by=vera())
    assert approve(job, vera()).state == Segment.State.APPROVED
    write(job, "They waited nine weeks.")
    assert approve(job, tomas()).state == Segment.State.TRANSLATED


def test_where_one_pair_is_enough_approved_is_approved(job):
    draft_job(job=job, now=NOW)
    assert approve(job, tomas()).state == Segment.State.APPROVED


def test_a_language_editor_reads_after_the_reviser(job):
    assign_people(job=job, translator=tomas(), reviser=vera(), language_editor=ulla(), by=vera(), now=NOW)
    job.refresh_from_db()
    write(job)
    states = [approve(job, person).state for person in (tomas(), vera(), ulla())]
    assert states == ["translated", "revised", "approved"]
    roles = [version.role for version in history_of(sentence(job))]
    assert roles == ["language-editor", "reviser", "translator", "translator"]


def test_the_translator_is_not_the_reviser(job):
    with pytest.raises(OnePersonTwice, match="choose somebody else"):
        assign_people(job=job, translator=vera(), reviser=vera(), language_editor=None, by=vera(), now=NOW)


def test_a_history_tells_machine_translator_and_reviser_with_their_words(job):
    draft_job(job=job, now=NOW)
    write(job)
    approve(job, vera())
    one = sentence(job)
    unapprove(segment=one, version=one.version, by=vera(), now=NOW)
    told = [(row.verb, row.role, row.by, row.number) for row in reversed(history_of(one))]
    assert told == [
        ("drafted", "machine", None, 1),
        ("written", "translator", tomas(), 2),
        ("approved", "reviser", vera(), 3),
        ("reopened", "reviser", vera(), 4),
    ]
    assert [row.text for row in histories(job)[one.pk]][:2] == ["They had waited nine weeks."] * 2


def test_a_fault_sends_back_and_makes_the_memory_doubt_and_good_words_are_preferred(job):
    write(job)
    approve(job, vera())
    mark = mark_quality(segment=sentence(job), verdict="accuracy", note="ten", by=vera(), now=NOW)
    assert MemoryUnit.objects.get().quality == MemoryUnit.Quality.DOUBTFUL
    mark_quality(segment=sentence(job), verdict="good", by=vera(), now=NOW)
    assert sentence(job).quality_marks.get().verdict == "good"
    assert MemoryUnit.objects.get().quality == MemoryUnit.Quality.REVIEWED
    mark_quality(segment=sentence(job), verdict="good", by=tomas(), now=NOW)
    mark = mark_quality(segment=sentence(job), verdict="style", sends_back=True, by=vera(), now=NOW)
    assert sentence(job).state == Segment.State.DRAFT
    assert not MemoryUnit.objects.exists()
    approve(job, vera())
    assert MemoryUnit.objects.get().quality == MemoryUnit.Quality.DOUBTFUL
    unmark_quality(mark=mark, by=vera(), now=NOW)
    assert sentence(job).quality_marks.count() == 1


def test_of_two_translations_of_one_sentence_the_reviewed_one_is_offered_first():
    asked = Asked(source="Le bac part.", pair=Pair("fr", "en"))
    units = [
        Known(1, "Le bac part.", "The ferry sails.", is_reviewed=True),
        Known(2, "Le bac part.", "It goes."),
    ]
    assert [match.unit.id for match in matches(asked, units)] == [1, 2]


def test_the_steps_follow_from_who_is_on_the_job():
    alone, two = Staff(), Staff(needs_two=True)
    all_three = Staff(needs_two=True, reviser=2, language_editor=3)
    assert (alone.steps, two.steps) == (("approved",), ("translated", "approved"))
    assert all_three.steps == ("translated", "revised", "approved")
    assert after("draft", by=1, first=None, staff=alone) == "approved"
    assert after("translated", by=1, first=1, staff=two) == "translated"
    assert after("draft", by=2, first=1, staff=all_three) == "revised"
    assert role(3, first=1, staff=all_three) == "language-editor"


def test_what_only_a_machine_has_written_and_who_is_not_named_is_said_of_the_whole(job):
    draft_job(job=job, now=NOW)
    said = [(seen.finding.code, seen.finding.values) for seen in document_findings(job)]
    assert said.count(("machine-alone", ())) == job.segments.count()
    write(job)
    assert len(untouched_segments(job)) == job.segments.count() - 1
    article = job.article
    article.credits.clear()
    article.save()
    said = [seen.words for seen in document_findings(job) if seen.finding.check == "credit"]
    assert said == [
        "The credit line needs the author, and nobody knows it.",
        "The credit line needs the translator, and nobody knows it.",
    ]


def test_a_name_is_spelt_one_way_in_a_piece_whatever_its_case(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()
    body = (
        "<p>Hier, Vorontsov est parti.</p><p>Le maire et Vorontsov se taisent.</p><p>Ici, Vorontsov dort.</p>"
    )
    original = an_original(body_html=body)
    job = start_job(article=a_translation(original), snapshot=None, by=tomas(), now=NOW)
    texts = ["Vorontsov left yesterday.", "The mayor and Voronzov are silent.", "Here Vorontsov’s asleep."]
    for one, text in zip(job.segments.filter(block__gte=2).order_by("position"), texts, strict=True):
        save_segment(segment=one, text=text, version=one.version, by=tomas(), now=NOW)
    rows = list(job.segments.all())
    odd = [
        seen.words for found in findings_in(job, rows).values() for seen in found if "elsewhere" in seen.words
    ]
    assert odd == ["Voronzov is spelt Vorontsov elsewhere in this piece."]
    assert is_same_spelling("Воронцов", "Воронцовым", "ru")
    assert not is_same_spelling("Воронцов", "Варанцов", "ru")
