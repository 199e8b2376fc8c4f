"""Letters on the desk: what an issue says and how far it is, and who may do what with it and with its readers."""

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dateline.editions.actions import close, open_edition
from dateline.editions.actions.releasing import write_down_readers
from dateline.editions.models import Delivery, Issue, Letter, Placement, Run, Subscription
from dateline.editions.queries.readers import mark_of_text
from dateline.people.models import AuditEntry
from dateline.work.models import Job

NOW = cast.NOW
CHIEF = {"username": "ines", "role": "editor-in-chief", "email": "ines@digest.example"}


@pytest.fixture
def site(db, settings):
    settings.DATELINE_URL = "https://digest.example"
    settings.ALLOWED_HOSTS = ["digest.example", "testserver"]
    identity = cast.an_identity(email="desk@digest.example")
    from dateline.people.actions import lay_role
    from dateline.people.roles import ROLES

    for name in ("editor-in-chief", "editor", "reader-support", "translator"):
        lay_role(ROLES[name])
    return identity


@pytest.fixture
def edition(site):
    letter = Letter.objects.create(kind="daily", language="en")
    for name in ("lea", "omid"):
        Subscription.objects.create(
            letter=letter, email=f"{name}@reader.example", reader=mark_of_text(f"{name}@reader.example"),
            domain="reader.example", state="confirmed", asked_at=NOW, consent_at=NOW,
        )  # fmt: skip
    run = Run.objects.get_or_create(code="morning", defaults={"name": "Morning", "closes": "06:00:00"})[0]
    run.refresh_from_db()
    held = open_edition(run=run, language="en", day=NOW.date(), by=None, now=NOW)
    piece = cast.published(cast.an_exclusive(headline="The ferry <i>sails</i>"))
    Placement.objects.create(edition=held, slot="lead", article=piece)
    return held


@pytest.fixture
def issue(edition):
    close(edition=edition, by=None, now=NOW)
    made = Issue.objects.get()
    write_down_readers(issue_id=made.pk, now=NOW)
    return made


@pytest.fixture
def chief(client, site):
    client.force_login(cast.somebody(**CHIEF))
    return client


def at(name, *arguments):
    return reverse(f"newsroom:{name}", args=arguments)


def test_what_a_letter_says_is_seen_before_the_edition_closes(chief, edition):
    letter = Letter.objects.get()
    page = chief.get(at("edition-letters", edition.pk)).content.decode()
    assert "goes out when the edition closes" in page
    shown = chief.get(at("preview-letter", edition.pk, letter.pk, "html"))
    assert "The ferry &lt;i&gt;sails&lt;/i&gt;" in shown.content.decode()
    assert "sandbox" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    text = chief.get(at("preview-letter", edition.pk, letter.pk, "text"))
    assert "The ferry <i>sails</i>" in text.content.decode()
    assert text["Content-Type"].startswith("text/plain")
    assert chief.post(at("test-letter", edition.pk, letter.pk)).status_code == 302
    assert Job.objects.filter(task="editions.send_test_letter").count() == 1
    assert not Issue.objects.exists()


def test_an_issue_is_paused_gone_on_with_stopped_for_good_after_a_question_and_corrected(
    chief, edition, issue
):
    do = at("act-on-issue", issue.pk)
    for word, state in (("pause", "paused"), ("resume", "sending"), ("stop", "sending")):
        answer = chief.post(do, {"do": word})
        issue.refresh_from_db()
        assert issue.state == state
    assert "cannot be undone" in answer.content.decode()
    Delivery.objects.filter(pk=Delivery.objects.first().pk).update(state="done", handed_at=NOW)
    chief.post(do, {"do": "stop", "sure": "1"})
    issue.refresh_from_db()
    assert issue.state == "stopped"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done", "left-out"}
    prefix = f"correct-{issue.pk}"
    correct = at("correct-issue", issue.pk)
    assert chief.post(correct, {f"{prefix}-subject": "Correction", f"{prefix}-said": ""}).status_code == 422
    chief.post(correct, {f"{prefix}-subject": "Correction", f"{prefix}-said": "It was Monday."})
    follows = Issue.objects.get(corrects=issue)
    write_down_readers(issue_id=follows.pk, now=NOW)
    assert follows.deliveries.count() == 1
    page = chief.get(at("edition-letters", edition.pk))
    assert page.status_code == 200
    assert chief.get(at("letters-out")).status_code == 200


def test_a_person_decides_what_nobody_knows(chief, issue):
    first, second = Delivery.objects.order_by("pk")
    Delivery.objects.update(state="unknown", handed_at=NOW, said="timed out")
    page = chief.get(at("letters-unknown")).content.decode()
    assert "@digest.example&gt;" in page
    assert "lea@reader.example" in page
    chief.post(at("decide-letter", first.pk), {"do": "leave"})
    chief.post(at("decide-letter", second.pk), {"do": "again"})
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["done", "waiting"]
    assert "known" in chief.post(at("decide-letter", first.pk), {"do": "again"}, follow=True).content.decode()


def test_readers_are_counted_found_one_by_one_brought_in_led_out_and_erased(chief, issue):
    Letter.objects.create(kind="daily", language="fr")
    assert "lea@reader.example" not in chief.get(at("subscribers")).content.decode()
    found = chief.post(at("subscribers"), {"email": " LEA@reader.example"}).content.decode()
    assert "gets the letter" in found
    listed = SimpleUploadedFile("list.csv", b"email,hour\nnew@reader.example,6\nnobody,\n")
    told = {
        "file": listed,
        "language": "fr",
        "zone": "UTC",
        "consent_source": "the old form",
        "consent_on": "2026-01-02",
    }
    page = chief.post(at("bring-subscribers"), told).content.decode()
    assert Subscription.objects.get(email="new@reader.example").consent_source == "the old form"
    assert "nobody" in page
    answer = chief.post(at("lead-out-subscribers"))
    assert b"new@reader.example" in b"".join(answer.streaming_content)
    asked = chief.post(at("subscribers"), {"email": "lea@reader.example", "erase": "1"}).content.decode()
    assert "erased for good" in asked
    chief.post(at("change-subscriber"), {"email": "lea@reader.example", "do": "erase", "sure": "1"})
    chief.post(at("change-subscriber"), {"email": "omid@reader.example", "do": "end"})
    assert dict(Subscription.objects.values_list("email", "state")) == {
        "omid@reader.example": "ended",
        "new@reader.example": "confirmed",
    }
    assert {"import-readers", "export-readers", "erase-subscriber"} <= set(
        AuditEntry.objects.values_list("verb", flat=True)
    )


def test_a_letter_is_set_up_for_a_language_of_the_site(chief, site):
    assert chief.get(at("letter-settings", "fa")).status_code == 200
    chief.post(
        at("letter-settings", "fa"), {"is_on": "on", "hour": "6", "footer": "Tideway, Harbour Street 1"}
    )
    row = Letter.objects.get()
    assert (row.language, row.hour, row.is_on, row.is_by_hand) == ("fa", 6, True, False)
    assert chief.post(at("letter-settings", "fa"), {"hour": "25"}).status_code == 422
    assert chief.get(at("letter-settings", "ka")).status_code == 404


def test_who_edits_sees_and_does_not_send_and_who_answers_readers_sees_no_issue(client, issue):
    client.force_login(cast.vera())
    assert client.get(at("edition-letters", issue.edition_id)).status_code == 200
    assert client.post(at("act-on-issue", issue.pk), {"do": "pause"}).status_code == 302
    client.force_login(cast.somebody("sam", role="reader-support"))
    assert client.get(at("subscribers")).status_code == 200
    assert client.get(at("letters-out")).status_code == 302
    assert client.post(at("lead-out-subscribers")).status_code == 302
    issue.refresh_from_db()
    assert issue.state == "sending"
