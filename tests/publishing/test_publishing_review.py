"""Who reviewed what a machine drafted: on the page, in the record, on the desk; and no more is said than is so."""

import json

import cast
import pytest
from django.urls import reverse

from dateline.articles import actions as articles
from dateline.articles.kinds import MachineHelp
from dateline.lib.records import open_record
from dateline.people.apps import lay_groups
from dateline.publishing import actions
from dateline.publishing.leaf import record_path
from dateline.publishing.queries import record as records
from dateline.publishing.queries.review import in_words, review_of, reviewed_help
from dateline.publishing.reviewing import Review
from dateline.site.queries import identity
from dateline.translation.actions import approve_all, approve_segment, finish_job, save_segment
from dateline.translation.models import Job, Segment


@pytest.fixture
def job(site):
    """Return a translation whose three sentences a machine drafted."""
    lay_groups()
    article = cast.a_translation(
        headline="The borrowed boat", machine_help=MachineHelp.REVISED, machine_name="Argos"
    )
    job = Job.objects.create(
        original=article.original, article=article, source_language="pt", language="en", started_at=cast.NOW
    )
    for number, text in enumerate(("The borrowed boat", "It sailed away.", "It came back."), start=0):
        Segment.objects.create(
            job=job, block=min(number, 2), block_kind="headline" if not number else "paragraph", position=number,
            source=f"Frase {number}", text=text, state=Segment.State.DRAFT, origin=Segment.Origin.MACHINE,
            machine="argos", machine_text=text,
        )  # fmt: skip
    return job


def reviewed(job):
    """Let Tomas rewrite a sentence and approve it, and Vera approve the others and finish."""
    last = job.segments.get(position=2)
    last = save_segment(
        segment=last, text="And it came back.", version=last.version, by=cast.tomas(), now=cast.NOW
    )
    approve_segment(segment=last, version=last.version, by=cast.tomas(), now=cast.NOW)
    approve_all(job=job, by=cast.vera(), now=cast.NOW)
    finish_job(job=job, by=cast.vera(), now=cast.NOW)
    return job.article.__class__.objects.get(pk=job.article_id)


def test_the_log_says_who_approved_and_rewrote_what(job):
    article = reviewed(job)
    log = review_of(article)
    assert (log.sentences, log.machine, log.rewritten, log.approved) == (3, 3, 1, 3)
    told = {(step.what, step.by, step.count, step.rewritten) for step in log.steps}
    assert told == {
        ("approved", "Tomas Arden", 1, 1),
        ("approved", "Vera Lindholm", 2, 0),
        ("finished", "Vera Lindholm", 0, 0),
    }
    assert {step.role for step in log.steps} == {"editor", "translator"}
    assert log.is_whole


def test_a_draft_that_nobody_approved_is_never_called_revised(job):
    log = review_of(job.article)
    assert reviewed_help(job.article, log) == MachineHelp.RAW
    assert "0 of the 3" in in_words(log)


def test_nobody_who_answers_for_it_is_no_review():
    log = Review(responsible="", sentences=2, machine=2, approved=2)
    assert log.help_of("revised") == "raw"
    assert Review(responsible="The Digest", sentences=2, machine=2, approved=2).help_of("raw") == "revised"
    assert Review(responsible="The Digest").help_of("revised") == "revised"
    assert Review(responsible="The Digest", sentences=2).help_of("none") == "none"


def test_page_record_and_structured_data_say_it(job, read):
    article = reviewed(job)
    live = articles.publish(article=article, by=cast.vera(), now=cast.NOW)
    actions.bake_around(piece=live.uid, now=cast.NOW)
    page = read(live.get_absolute_url())
    assert "approved each of the 3 sentences" in page
    assert "rewrote 1" in page
    assert "digitalsourcetype/compositeWithTrainedAlgorithmicMedia" in page
    line = read(record_path(live.get_absolute_url())).removesuffix("\n")
    review = open_record(line, public=records.keys().public()).body["review"]
    assert (review["machine"], review["approved"], review["responsible"]) == (3, 3, identity().name)
    assert [step["what"] for step in review["steps"]] == ["approved", "approved", "finished", "published"]


def test_the_desk_reads_the_log_and_takes_it_as_a_file(job, client):
    article = reviewed(job)
    client.force_login(cast.vera())
    place = reverse("newsroom:review", args=[article.pk])
    page = client.get(place).content.decode()
    assert "Tomas Arden" in page
    assert "approved each of the 3 sentences" in page
    told = json.loads(client.get(place, {"as": "json"}).content)
    assert (told["article"], told["rewritten"]) == (str(article.uid), 1)
    client.force_login(cast.nobody())
    assert client.get(place).status_code == 302
