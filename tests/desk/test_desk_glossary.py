"""The glossary on the desk: terms written, brought, given out; ideas answered; findings let stand for a reason."""

from datetime import timedelta

import pytest
from cast import NOW, a_translation, an_identity, an_original, somebody, tomas, vera
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dateline.lib.formats.terms import PREFERRED, Concept, Form
from dateline.people.models import AuditEntry
from dateline.translation.actions import Blocked, approve_segment, save_segment, start_job
from dateline.translation.actions.glossary import bring_glossary, look_for_ideas, write_term
from dateline.translation.actions.ignoring import NoReason, NothingFound, ignore_finding
from dateline.translation.models import Ignored, Segment, Term, TermIdea
from dateline.translation.queries.findings import findings_of
from dateline.translation.queries.glossary import terms_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings):
    settings.DATELINE_MACHINES = []
    an_identity()
    user = tomas()
    names = ("access_admin", "change_job", "view_article")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def lines(*forms):
    rows = {"forms-TOTAL_FORMS": len(forms), "forms-INITIAL_FORMS": 0}
    for number, (language, form, status) in enumerate(forms):
        rows |= {
            f"forms-{number}-{key}": value
            for key, value in (("language", language), ("form", form), ("status", status))
        }
    return rows


def add(desk, name, *forms):
    return desk.post(reverse("newsroom:add-term"), {"name": name, **lines(*forms)})


def a_segment(text="Custou 340 euros.", **original):
    article = a_translation(
        an_original(body_html="<p>It cost 340 euros.</p>", language="en", **original), language="pt"
    )
    job = start_job(article=article, snapshot=None, by=tomas(), now=NOW)
    one = Segment.objects.get(job=job, source="It cost 340 euros.")
    return save_segment(segment=one, text=text, version=one.version, by=tomas(), now=NOW)


def test_a_term_is_added_changed_found_and_taken_out(desk):
    assert (
        add(
            desk, "parliament", ("en", "parliament", "preferred"), ("az", "Milli Məclis", "preferred")
        ).status_code
        == 302
    )
    term = Term.objects.get()
    page = desk.get(reverse("newsroom:glossary"), {"q": "məclis"}).content.decode()
    assert "Milli Məclis" in page
    desk.post(
        reverse("newsroom:term", args=[term.pk]),
        {"name": "Parliament", **lines(("az", "parlament", "forbidden"))},
    )
    assert [(one.form, one.status) for one in term.forms.all()] == [("parlament", "forbidden")]
    assert add(desk, "PARLIAMENT").status_code == 422
    desk.post(reverse("newsroom:term", args=[term.pk]), {"remove": "1"})
    assert not Term.objects.exists()
    assert {"add-term", "change-term", "remove-term"} <= set(
        AuditEntry.objects.values_list("verb", flat=True)
    )


@pytest.mark.parametrize("kind", ["csv", "tbx"])
def test_a_glossary_goes_out_and_comes_back(desk, kind):
    add(desk, "parliament", ("en", "parliament", "preferred"), ("az", "parlament", "forbidden"))
    content = b"".join(desk.get(reverse("newsroom:export-terms", args=[kind])).streaming_content)
    Term.objects.all().delete()
    desk.post(reverse("newsroom:bring-terms"), {"file": SimpleUploadedFile(f"g.{kind}", content)})
    forms = Term.objects.get().forms.values_list("language", "form", "status")
    assert sorted(forms) == [("az", "parlament", "forbidden"), ("en", "parliament", "preferred")]


def test_a_file_that_is_no_glossary_is_refused_in_words(desk):
    answer = desk.post(
        reverse("newsroom:bring-terms"), {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}, follow=True
    )
    assert "has no column" in answer.content.decode()


def test_nobody_without_the_right_sees_the_glossary(client, db):
    an_identity()
    client.force_login(somebody("Nobody May"))
    assert client.get(reverse("newsroom:glossary")).status_code == 302


def test_an_idea_becomes_a_term_or_is_never_asked_again(desk):
    one = a_segment("The council cost 340 euros.")
    for number in range(3):
        Segment.objects.create(
            job=one.job, block=9, block_kind="paragraph", position=100 + number, source="s", origin="person",
            text=f"The council of town {number}", machine_text=f"The municipality of town {number}", state="approved", at=NOW,
        )  # fmt: skip
    desk.post(reverse("newsroom:term-ideas"))
    idea = TermIdea.objects.get()
    assert "municipality" in desk.get(reverse("newsroom:term-ideas")).content.decode()
    desk.post(reverse("newsroom:answer-term-idea", args=[idea.pk]), {"do": "accept"})
    assert {(form.form, form.status) for form in Term.objects.get().forms.all()} == {
        ("council", "preferred"),
        ("municipality", "forbidden"),
    }
    assert look_for_ideas(now=NOW) == []


def test_what_must_not_go_out_keeps_a_sentence_from_being_approved():
    an_identity()
    one = a_segment("Custou 350 euros.")
    with pytest.raises(Blocked, match="The original says 340; here stands 350"):
        approve_segment(segment=one, version=one.version, by=vera(), now=NOW)
    right = save_segment(segment=one, text="Custou 340 euros.", version=one.version, by=vera(), now=NOW)
    assert approve_segment(segment=right, version=right.version, by=vera(), now=NOW).state == "approved"


def test_a_finding_stands_for_a_reason_until_the_words_change():
    an_identity()
    one = a_segment("Custou 350 euros.")
    [seen] = [one_ for one_ in findings_of(one) if one_.severity == "block"]
    with pytest.raises(NoReason):
        ignore_finding(segment=one, key=seen.key, reason=" ", by=vera(), now=NOW)
    ignore_finding(segment=one, key=seen.key, reason="The outlet corrected it", by=vera(), now=NOW)
    with pytest.raises(NothingFound):
        ignore_finding(segment=one, key="0", reason="x", by=vera(), now=NOW)
    approved = approve_segment(segment=one, version=one.version, by=vera(), now=NOW)
    again = save_segment(
        segment=approved, text="Ontem custou 350 euros.", version=approved.version, by=vera(), now=NOW
    )
    assert [one_.is_open for one_ in findings_of(again) if one_.severity == "block"] == [True]


def test_findings_stand_on_the_page_and_are_answered_without_script(desk):
    one = a_segment("Custou 350 euros.")
    job = reverse("translation:job", args=[one.job_id])
    assert "The original says 340; here stands 350." in desk.get(job).content.decode()
    place = reverse("translation:findings", args=[one.job_id, one.pk])
    [seen] = [one_ for one_ in findings_of(one) if one_.severity == "block"]
    assert desk.post(place, {"key": seen.key, "reason": ""}).status_code == 422
    assert desk.post(place, {"key": seen.key, "reason": "Corrected"}).status_code == 302
    assert "lets it stand: Corrected" in desk.get(job).content.decode()
    desk.post(place, {"key": seen.key, "heed": "1"})
    assert not Ignored.objects.exists()


def test_words_that_are_being_typed_are_checked_and_not_written(desk):
    one = a_segment()
    place = reverse("translation:check", args=[one.job_id, one.pk])
    assert "here stands 999" in desk.post(place, {"text": "Custou 999 euros."}).content.decode()
    assert Segment.objects.get(pk=one.pk).text == "Custou 340 euros."


def test_a_file_that_took_long_to_come_in_is_seen_after_a_change_that_was_written_meanwhile(db):
    def known(text):
        return [
            text[one.start : one.end] for one, _use in terms_in(text, source_language="fr", language="en")
        ]

    def concept(form):
        return Concept(concept="ferry", forms=(Form(language="fr", form=form, status=PREFERRED),))

    write_term(concept=concept("bac"), by=None, now=NOW)
    write_term(concept=Concept(concept="quay"), by=None, now=NOW + timedelta(seconds=5))
    assert known("Le bac, le traversier.") == ["bac"]
    bring_glossary(concepts=[concept("traversier")], by=None, now=NOW)
    assert known("Le bac, le traversier.") == ["bac", "traversier"]
    ferry = Term.objects.get(name="ferry")
    write_term(concept=concept("bac"), term=ferry, by=None, now=NOW + timedelta(seconds=9))
    assert known("Le bac, le traversier.") == ["bac"]
