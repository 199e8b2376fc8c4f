"""The beat as rows: described with an audit, scores with their reasons, and changes that only a person makes."""

import cast
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from dateline.intake.actions import scoring
from dateline.intake.actions.beats import (
    AlreadyDecided,
    BeatMovedOn,
    accept_proposal,
    describe_beat,
    lay_down_beat,
    note_judgement,
    refuse_proposal,
)
from dateline.intake.beat_changes import NoLongerFits
from dateline.intake.beat_reading import BadBeat, read_beat, written
from dateline.intake.models import Beat, BeatScore, Judgement, Membership, Original, Proposal, Story
from dateline.people.models import AuditEntry
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

NOW = cast.NOW
LAKE = {
    "name": "The lake",
    "labels": ["water"],
    "concepts": [
        {
            "name": "Lake Sevan",
            "kind": "place",
            "weight": "decisive",
            "forms": {"en": ["Sevan"], "ru": ["Севан"]},
        },
        {
            "name": "fishing",
            "forms": {"en": ["fishing", "fisherman"]},
            "needs_company": True,
            "labels": ["trade"],
        },
    ],
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_letters(monkeypatch):
    """Score without an engine, so that a figure is the same on every machine."""
    from dateline.intake.embeddings.char_tfidf import CharTfidf

    monkeypatch.setattr(scoring, "engine", CharTfidf)
    scoring._scorer.cache_clear()
    yield
    scoring._scorer.cache_clear()


def the_lake(**fields):
    return describe_beat(description={**LAKE, **fields}, by=cast.vera(), now=NOW)


def of_the_lake(number=0, **fields):
    return cast.an_original(
        **{
            "headline": f"Fishing on Sevan begins, no {number}",
            "body_text": "The fishing season on Lake Sevan begins.",
            "language": "en",
            **fields,
        }
    )


def test_a_beat_is_described_with_an_audit_entry_and_everything_is_scored_again():
    piece, other = of_the_lake(), cast.an_original()
    beat = the_lake()
    assert AuditEntry.objects.filter(verb="describe-beat", subject_id=str(beat.pk)).count() == 1
    run_all_jobs()
    score = BeatScore.objects.get(original=piece)
    assert score.is_over_the_line
    assert score.labels == ["water", "trade"]
    assert "names Lake Sevan, fishing in the headline" in score.words
    assert not BeatScore.objects.get(original=other).is_over_the_line
    assert BeatScore.objects.get(original=other).words == ["names nothing of the beat"]


def test_a_description_that_says_nothing_new_changes_nothing():
    beat = the_lake()
    again = the_lake()
    assert (again.pk, again.version) == (beat.pk, 1)
    assert AuditEntry.objects.filter(verb="describe-beat").count() == 1


def test_a_changed_beat_has_a_new_version_and_its_old_scores_are_replaced():
    piece = of_the_lake()
    the_lake()
    run_all_jobs()
    the_lake(concepts=[{"name": "harbour", "forms": {"en": ["harbour"]}}])
    run_all_jobs()
    score = BeatScore.objects.get(original=piece)
    assert score.version == 2
    assert not score.is_over_the_line


def test_who_looked_at_an_older_version_does_not_overwrite_the_newer():
    the_lake()
    the_lake(name="The great lake")
    with pytest.raises(BeatMovedOn, match="changed by somebody else"):
        describe_beat(description=LAKE, version=1, by=cast.vera(), now=NOW)


def test_a_bad_description_says_all_that_is_wrong():
    with pytest.raises(BadBeat) as caught:
        the_lake(line=7, concepts=[{"name": "x", "weight": "heavy", "forms": {}}])
    told = str(caught.value)
    assert "decisive, strong, usual, weak" in told
    assert "between 0 and 1" in told
    assert "concept 1 (x)" in told
    assert not Beat.objects.exists()


def test_a_row_with_a_bad_description_is_refused_by_its_model():
    with pytest.raises(ValidationError, match="concepts"):
        Beat(name="x", description={"name": "x"}, described_at=NOW).full_clean()


def test_there_is_one_active_beat():
    the_lake()
    with pytest.raises(IntegrityError):
        Beat.objects.create(name="x", description=LAKE, described_at=NOW)


def test_without_a_beat_nothing_is_scored():
    assert scoring.score_original(original=of_the_lake(), now=NOW) is None
    assert not BeatScore.objects.exists()


def test_a_beat_that_is_laid_down_is_kept():
    beat = the_lake()
    lay_down_beat(by=cast.vera(), now=NOW)
    assert Beat.objects.active() is None
    assert Beat.objects.get().pk == beat.pk


def test_scoring_again_goes_on_where_it_stopped(monkeypatch):
    for number in range(5):
        of_the_lake(number)
    beat = the_lake()
    monkeypatch.setattr(scoring, "BATCH", 2)
    asked = iter([False, True])
    monkeypatch.setattr(scoring, "should_stop", lambda: next(asked))
    assert scoring.rescore(beat=beat, now=NOW) == 2
    monkeypatch.setattr(scoring, "should_stop", lambda: False)
    assert scoring.rescore(beat=beat, now=NOW) == 3
    assert BeatScore.objects.count() == 5
    assert scoring.rescore(beat=beat, now=NOW) == 0


def test_a_story_is_scored_from_its_pieces_and_names_its_outlets():
    the_lake()
    story = Story.objects.create(title="Fishing", opened_at=NOW, last_at=NOW)
    for name in ("Harbour Courier", "Marsh Herald"):
        Membership.objects.create(original=of_the_lake(outlet=cast.an_outlet(name)), story=story, told_at=NOW)
    score = scoring.score_story(story=story, now=NOW)
    assert score.is_over_the_line
    assert score.words[0] == "2 outlets have it: Harbour Courier, Marsh Herald"
    assert score.score > max(BeatScore.objects.filter(original__isnull=False).values_list("score", flat=True))


def test_a_score_is_of_an_original_or_a_story():
    beat = the_lake()
    with pytest.raises(IntegrityError):
        BeatScore.objects.create(beat=beat, score=0.5, is_over_the_line=True, version=1, scored_at=NOW)


def test_a_judgement_changes_no_score_and_its_last_word_stands():
    beat, piece = the_lake(), of_the_lake()
    run_all_jobs()
    before = BeatScore.objects.get(original=piece).score
    note_judgement(original=piece, is_wanted=True, by=cast.vera(), now=NOW)
    note_judgement(original=piece, is_wanted=False, by=cast.vera(), now=NOW)
    assert not Judgement.objects.get().is_wanted
    note_judgement(original=piece, is_wanted=None, by=cast.vera(), now=NOW)
    assert not Judgement.objects.exists()
    assert BeatScore.objects.get(original=piece).score == before
    assert Beat.objects.get().version == beat.version


@pytest.fixture
def judged(db):
    """A beat, and pieces that editors picked and spiked: the picked ones share the word sturgeon."""
    beat = the_lake()
    outlet, other = cast.an_outlet("Marsh Herald"), cast.an_outlet("Gossip")
    for number in range(6):
        wanted = cast.an_original(
            outlet, headline=f"Sturgeon number {number} seen", body_text="A sturgeon.", language="en"
        )
        note_judgement(original=wanted, is_wanted=True, by=cast.vera(), now=NOW)
        unwanted = cast.an_original(
            other, headline=f"Sevan restaurant wins prize {number}", body_text="Good food.", language="en"
        )
        note_judgement(original=unwanted, is_wanted=False, by=cast.vera(), now=NOW)
    run_all_jobs()
    return beat


def proposed(beat, do):
    scoring.propose_changes(beat=beat, now=NOW)
    return [row for row in Proposal.objects.all() if row.change["do"] == do]


def test_picks_and_spikes_propose_and_change_nothing(judged):
    before = Beat.objects.get().description
    scoring.propose_changes(beat=judged, now=NOW)
    told = {row.change["do"] for row in Proposal.objects.all()}
    assert {"add-term", "ask-company", "add-outlet", "example-for", "example-against"} <= told
    assert Beat.objects.get().description == before
    assert scoring.propose_changes(beat=judged, now=NOW) == []


def test_a_term_that_picked_pieces_share_is_proposed_with_its_reason(judged):
    row = next(row for row in proposed(judged, "add-term") if row.change["term"] == "sturgeon")
    assert row.why == {"code": "shared-by-picks", "values": ["6", "6"]}
    assert len(row.originals) == 6


def test_an_accepted_proposal_changes_exactly_what_it_says(judged):
    row = next(row for row in proposed(judged, "add-term") if row.change["term"] == "sturgeon")
    before = read_beat(Beat.objects.get().description)
    accept_proposal(proposal=row, by=cast.vera(), now=NOW)
    after = read_beat(Beat.objects.get().description)
    assert after.concepts[:-1] == before.concepts
    assert after.concepts[-1].forms == {"en": ("sturgeon",)}
    assert written(after) | {"concepts": 0} == written(before) | {"concepts": 0}
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("accepted", cast.vera())
    assert Job.objects.filter(task="intake.rescore_beat").exists()


def test_a_refused_proposal_does_not_come_again(judged):
    row = proposed(judged, "add-outlet")[0]
    refuse_proposal(proposal=row, by=cast.vera(), now=NOW)
    assert [one.state for one in proposed(judged, "add-outlet")] == ["refused"]
    with pytest.raises(AlreadyDecided):
        accept_proposal(proposal=row, by=cast.vera(), now=NOW)


def test_a_proposal_that_no_longer_fits_says_so_and_stays_open(judged):
    row = proposed(judged, "ask-company")[0]
    the_lake(concepts=[LAKE["concepts"][1]])
    with pytest.raises(NoLongerFits, match="no “Lake Sevan” any more"):
        accept_proposal(proposal=row, by=cast.vera(), now=NOW)
    row.refresh_from_db()
    assert row.state == "proposed"


def test_the_same_piece_gets_the_same_score_again():
    piece = of_the_lake()
    the_lake()
    run_all_jobs()
    first = BeatScore.objects.get(original=piece)
    scoring._scorer.cache_clear()
    again = scoring.score_original(original=Original.objects.get(pk=piece.pk), now=NOW)
    assert (again.pk, again.score, again.reasons) == (first.pk, first.score, first.reasons)
