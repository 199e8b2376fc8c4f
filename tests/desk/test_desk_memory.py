"""The translation memory on the desk: what it holds, a file brought and given out, and what it shall forget."""

import pytest
from cast import (
    NOW,
    a_permission,
    a_section,
    a_translation,
    an_exclusive,
    an_identity,
    an_original,
    published,
    somebody,
    tomas,
    vera,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dateline.people.models import AuditEntry
from dateline.rights.actions import hold, revoke
from dateline.translation.actions import approve_all, finish_job, save_segment, start_job
from dateline.translation.actions.heeding import heed_reservations
from dateline.translation.metering import digest_of_source
from dateline.translation.models import Job, MachineAnswer, MachineCall, MemoryImport, MemoryPair, MemoryUnit
from dateline.work.testing import run_all_jobs

TMX = """<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence"
o-tmf="t" adminlang="en" srclang="fr" datatype="plaintext"/><body><tu><tuv xml:lang="fr"><seg>Le quai est
vide.</seg></tuv><tuv xml:lang="en"><seg>The quay is empty.</seg></tuv></tu></body></tmx>"""


@pytest.fixture
def desk(client, db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()
    client.force_login(vera())
    return client


def learned(**original):
    """Return a finished job from which the memory has learned, and its permission."""
    source = an_original(**original)
    article = a_translation(source)
    job = start_job(article=article, snapshot=None, by=tomas(), now=NOW)
    for one in job.segments.all():
        save_segment(segment=one, text=f"EN {one.source}", version=one.version, by=tomas(), now=NOW)
    approve_all(job=job, by=vera(), now=NOW)
    finish_job(job=job, by=vera(), now=NOW)
    return job


def an_answer(job):
    """Return what a machine once answered to the job's headline."""
    source = job.segments.get(block=0).source
    call = MachineCall.objects.create(
        machine="deepl",
        source_language="fr",
        language="en",
        sentences=1,
        characters=9,
        state="answered",
        asked_at=NOW,
        ended_at=NOW,
    )
    return MachineAnswer.objects.create(
        call=call, fingerprint="f", source_digest=digest_of_source(source), text="The ferry"
    )


def test_a_file_is_brought_listed_given_out_and_forgotten(desk):
    page = desk.get(reverse("newsroom:memory"))
    assert "The memory is empty" in page.content.decode()
    file = SimpleUploadedFile("old.tmx", TMX.encode())
    desk.post(reverse("newsroom:bring-memory"), {"file": file, "licence": "CC BY 4.0"})
    assert MemoryImport.objects.get().state == "reading"
    run_all_jobs()
    page = desk.get(reverse("newsroom:memory")).content.decode()
    assert "fr → en" in page
    assert "1 entries, 1 new" in page
    given = desk.get(reverse("newsroom:export-memory", args=[MemoryPair.objects.get().pk]))
    assert "The quay is empty." in b"".join(given.streaming_content).decode()
    asked = {"licence": "CC BY 4.0", "reason": "It ended."}
    page = desk.post(reverse("newsroom:forget-memory"), asked).content.decode()
    assert "1 sentence would be forgotten." in page
    assert MemoryUnit.objects.count() == 1
    desk.post(reverse("newsroom:forget-memory"), {**asked, "sure": "1"})
    assert not MemoryUnit.objects.exists()
    assert AuditEntry.objects.filter(verb="purge-memory", by=vera()).exists()


def test_what_is_no_memory_and_nothing_named_are_said_in_words(desk):
    file = SimpleUploadedFile("old.docx", b"PK")
    answer = desk.post(reverse("newsroom:bring-memory"), {"file": file})
    assert (answer.status_code, "none of the formats" in answer.content.decode()) == (422, True)
    answer = desk.post(reverse("newsroom:forget-memory"), {"reason": "so"})
    assert (answer.status_code, "Say what it shall forget" in answer.content.decode()) == (422, True)


def test_who_translates_does_not_purge(desk):
    desk.force_login(somebody("ola", role="outside-translator"))
    for name in ("memory", "forget-memory"):
        assert desk.get(reverse(f"newsroom:{name}")).status_code == 302


def test_a_revoked_permission_takes_units_and_cached_answers_along(desk):
    job = learned()
    an_answer(job)
    revoke(permission=job.article.permission, reason="They said no.", by=vera(), now=NOW)
    run_all_jobs()
    assert not MemoryUnit.objects.exists()
    assert not MachineAnswer.objects.exists()
    assert MachineCall.objects.get().characters == 9  # what it cost stays
    assert job.segments.exclude(text="").exists()


def test_another_permission_that_stands_keeps_what_was_learned(desk):
    job = learned()
    other = a_permission(job.original, language="fa")
    article = a_translation(job.original, language="fa")
    article.permission = other
    article.save()
    start_job(article=article, snapshot=None, by=tomas(), now=NOW)
    revoke(permission=job.article.permission, reason="They said no.", by=vera(), now=NOW)
    run_all_jobs()
    assert MemoryUnit.objects.exists()


def test_a_hold_keeps_what_a_revoked_permission_would_take_and_lifted_the_beat_takes_it(desk):
    job = learned()
    kept = hold(reason="a lawsuit", original=job.original, by=vera(), now=NOW)
    revoke(permission=job.article.permission, reason="They said no.", by=vera(), now=NOW)
    run_all_jobs()
    assert MemoryUnit.objects.exists()
    kept.delete()
    assert heed_reservations(now=NOW) > 0
    assert not MemoryUnit.objects.exists()


def test_a_piece_of_ours_goes_to_the_translation_desk_from_its_page(desk):
    source = published(an_exclusive(section=a_section(language="en"), headline="The ferry sails"))
    address = reverse("newsroom:translate-own", args=[source.pk])
    assert "Français" in desk.get(address).content.decode() or "French" in desk.get(address).content.decode()
    page = desk.post(address, {"language": "fr"}, follow=True).content.decode()
    assert "The ferry sails" in page
    again = desk.post(address, {"language": "fr"})
    assert (again.status_code, "has a version in this language" in again.content.decode()) == (422, True)
    job = Job.objects.get()
    assert (job.source_name, job.source_title, str(job)) == ("", "The ferry sails", "The ferry sails → fr")
    for name, args in (("translation:index", []), ("newsroom:translation-files", [job.pk])):
        assert "The ferry sails" in desk.get(reverse(name, args=args)).content.decode()
