"""Asking on the desk: from an amber light to a filed answer, without script, each by who may."""

from datetime import timedelta

import cast
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dateline.rights.actions import follow_requests
from dateline.rights.models import LetterTemplate, Request
from dateline.work.testing import run_all_jobs


@pytest.fixture
def editor(at_desk):
    return at_desk(cast.vera())


@pytest.fixture
def keeper(at_desk):
    return at_desk(cast.somebody("rana", role="rights-manager"))


def body(answer):
    return answer.content.decode()


def ask(client, original, **fields):
    sent = {"use": "translation", "language": "en", **fields}
    answer = client.post(reverse("newsroom:ask", args=[original.pk]), sent)
    return answer, Request.objects.order_by("-pk").first()


def step(client, request, name):
    return client.post(reverse("newsroom:request-step", args=[request.pk, name]), follow=True)


def test_an_original_that_nothing_covers_leads_to_asking(editor):
    original = cast.an_original()
    text = body(editor.get(reverse("newsroom:original", args=[original.pk])))
    assert f"{reverse('newsroom:ask', args=[original.pk])}?use=translation&amp;language=en" in text
    form = body(editor.get(reverse("newsroom:ask", args=[original.pk]) + "?use=reprint&language=fr"))
    assert '<option value="reprint" selected>' in form


def test_from_proposal_to_permission(editor, keeper):
    original = cast.an_original()
    answer, request = ask(editor, original)
    assert answer["Location"] == reverse("newsroom:request", args=[request.pk])
    assert "accepts it" in body(editor.get(answer["Location"]))
    step(keeper, request, "accept")
    letter = {"to": "rights@courier.example", "subject": "Une demande", "body": "Bonjour !"}
    editor.post(reverse("newsroom:reword-letter", args=[request.pk]), letter)
    step(keeper, request, "send")
    run_all_jobs()
    assert [(one.to, one.subject) for one in mail.outbox] == [(["rights@courier.example"], "Une demande")]
    told = {"yes-answer": "Yes.", "yes-max_words": "400", "yes-languages": ["fa"]}
    keeper.post(reverse("newsroom:request-granted", args=[request.pk]), told)
    request.refresh_from_db()
    assert request.state == "granted"
    assert request.permission.max_words == 400
    assert original.permissions.filter(language="fa", state="granted").exists()
    assert "Yes." in body(editor.get(reverse("newsroom:request", args=[request.pk])))


def test_an_editor_proposes_and_may_not_send_or_answer(editor):
    _answer, request = ask(editor, cast.an_original())
    for name, args in [
        ("request-step", [request.pk, "accept"]),
        ("request-granted", [request.pk]),
        ("request-refused", [request.pk]),
        ("drop-request", [request.pk]),
    ]:
        answer = editor.post(reverse(f"newsroom:{name}", args=args))
        assert answer.status_code in {302, 403}
    request.refresh_from_db()
    assert request.state == "proposed"


@pytest.mark.parametrize("name", ["requests", "letters"])
def test_a_translator_sees_no_requests(at_desk, name):
    assert at_desk(cast.tomas()).get(reverse(f"newsroom:{name}")).status_code in {302, 403}


def test_asking_twice_leads_to_the_request_that_runs(editor):
    original = cast.an_original()
    _first, request = ask(editor, original)
    again, _same = ask(editor, original)
    assert again["Location"] == reverse("newsroom:request", args=[request.pk])
    assert Request.objects.count() == 1


def test_without_mail_the_desk_says_so_and_the_letter_can_be_copied(keeper, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    _answer, request = ask(keeper, cast.an_original())
    step(keeper, request, "accept")
    text = body(keeper.get(reverse("newsroom:request", args=[request.pk])))
    assert "No mail is set up" in text
    assert "Send the letter" not in text
    assert "I have sent it myself" in text
    step(keeper, request, "by-hand")
    request.refresh_from_db()
    assert request.state == "asked"


def test_a_step_out_of_turn_is_refused_with_its_reason(keeper):
    _answer, request = ask(keeper, cast.an_original())
    assert "it cannot become asked" in body(step(keeper, request, "send"))


def test_an_answer_without_words_or_file_is_sent_back(keeper):
    _answer, request = ask(keeper, cast.an_original())
    step(keeper, request, "accept")
    step(keeper, request, "by-hand")
    answer = keeper.post(reverse("newsroom:request-refused", args=[request.pk]), {"no-answer": ""})
    assert answer.status_code == 422
    assert "Write what they said, or add their mail." in body(answer)


def test_a_filed_mail_is_handed_out_to_be_saved_and_only_to_those_who_may(
    keeper, at_desk, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    _answer, request = ask(keeper, cast.an_original())
    step(keeper, request, "accept")
    step(keeper, request, "by-hand")
    where = reverse("newsroom:request-granted", args=[request.pk])
    bad = SimpleUploadedFile("page.html", b"<script>")
    assert keeper.post(where, {"yes-evidence": bad}).status_code == 422
    keeper.post(where, {"yes-evidence": SimpleUploadedFile("yes.eml", b"From: rahim")})
    address = reverse("newsroom:request-evidence", args=[request.pk])
    answer = keeper.get(address)
    assert b"".join(answer.streaming_content) == b"From: rahim"
    assert answer["Content-Disposition"].startswith("attachment")
    assert at_desk(cast.tomas()).get(address).status_code in {302, 403}


def test_the_list_has_what_waits_by_its_day_and_narrows(keeper):
    original = cast.an_original()
    ask(keeper, original)
    text = body(keeper.get(reverse("newsroom:requests")))
    assert original.headline in text
    assert "There is none." in body(keeper.get(reverse("newsroom:requests") + "?state=granted"))


def test_what_is_dropped_leaves_the_list(keeper):
    _answer, request = ask(keeper, cast.an_original())
    keeper.post(reverse("newsroom:drop-request", args=[request.pk]), {"drop-reason": "Old news."})
    assert "There is none." in body(keeper.get(reverse("newsroom:requests")))


def test_a_letter_is_worded_anew_and_the_shipped_one_comes_back(keeper):
    where = reverse("newsroom:letter", args=["request", "fr"])
    assert "Demande d’autorisation" in body(keeper.get(where))
    wrong = keeper.post(where, {"subject": "x", "body": "{adress}"})
    assert wrong.status_code == 422
    assert "Did you mean {address}?" in body(wrong)
    keeper.post(where, {"subject": "Nous", "body": "{address} {use} {language}"})
    assert LetterTemplate.objects.get().subject == "Nous"
    assert "our own" in body(keeper.get(reverse("newsroom:letters")))
    keeper.post(where, {"shipped": "1"})
    assert not LetterTemplate.objects.exists()


def test_a_hostile_headline_stays_text(keeper, hostile):
    _answer, request = ask(keeper, cast.an_original(headline=hostile))
    for where in (reverse("newsroom:requests"), reverse("newsroom:request", args=[request.pk])):
        text = body(keeper.get(where))
        assert "<script>alert(1)" not in text
        assert "\u202e" not in text.replace(request.letter.subject, "").replace(request.letter.body, "")


def test_a_request_that_nobody_answered_is_at_the_top_of_the_newslist(keeper):
    original = cast.an_original()
    _answer, request = ask(keeper, original)
    step(keeper, request, "accept")
    step(keeper, request, "by-hand")
    newslist = reverse("wagtailadmin_home")
    assert "No answer from the outlet:" not in body(keeper.get(newslist))
    follow_requests(now=timezone.now() + timedelta(days=16))
    assert "No answer from the outlet:" in body(keeper.get(newslist))
