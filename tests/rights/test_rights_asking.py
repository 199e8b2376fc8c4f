"""Asking an outlet: the letter in its language, sent once, followed, and its answer filed."""

from datetime import date, timedelta

import cast
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend

from dateline.agreements.may import Wish, may
from dateline.people.models import AuditEntry
from dateline.rights import actions
from dateline.rights.actions.asking import letter_gone
from dateline.rights.actions.mailing import deliver
from dateline.rights.asking import WrongStep
from dateline.rights.models import Letter, LetterTemplate, Permission, Request
from dateline.work.testing import run_all_jobs

NOW = cast.NOW


class Dies(EmailBackend):
    """A backend that hands the letter over, and whose process dies before it can say so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


class Refuses(EmailBackend):
    """A backend whose server takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


@pytest.fixture
def home(db):
    return cast.an_identity(email="desk@digest.example")


@pytest.fixture
def original(home):
    return cast.an_original()


def proposed(original, **fields):
    wanted = {"use": "translation", "language": "en", "by": cast.vera(), "now": NOW, **fields}
    return actions.propose_asking(original=original, **wanted)


def accepted(original, **fields):
    return actions.accept_asking(request=proposed(original, **fields), by=cast.vera(), now=NOW)


def asked(original, **fields):
    request = actions.send_letter(request=accepted(original, **fields), by=cast.vera(), now=NOW)
    deliver(letter_id=request.letter.pk, now=NOW, after=letter_gone)
    return Request.objects.get(pk=request.pk)


def granted(request, **fields):
    wanted = {"granted": actions.Granted(), "answer": "Yes, gladly.", "by": cast.vera(), "now": NOW, **fields}
    return actions.grant_asked(request=request, **wanted)


def wish(**fields):
    return Wish(**{"use": "translation", "language": "en", "on": NOW.date(), **fields})


def is_allowed(permission, **fields):
    return may(wish(**fields), permission.grants()).is_yes


def test_a_request_is_written_in_the_outlets_language_and_says_all_of_it(original):
    letter = proposed(original, words=300, with_pictures=True).letter
    assert letter.language == "fr"
    assert letter.to == "rahim@courier.example"
    for word in (
        original.headline,
        original.url,
        "traduction",
        "Anglais",
        "300 mots au plus",
        "Vera Lindholm",
    ):
        assert word in letter.body
    assert "The Tideway Digest" in letter.body
    assert "28 mars 2026" in letter.body
    assert "{" not in letter.body + letter.subject


@pytest.mark.parametrize(("language", "word"), [("fa", "فارسی"), ("de-AT", "Persisch"), ("pt", "Persian")])
def test_the_letter_follows_the_outlets_language_with_english_behind_it(home, language, word):
    original = cast.an_original(cast.an_outlet(language=language))
    assert word in proposed(original, language="fa").letter.body


def test_a_contact_of_the_outlet_goes_before_its_general_address(home):
    outlet = cast.an_outlet(language="en")
    outlet.contacts.create(name="Salma Verrin", email="rights@courier.example")
    outlet.save()
    letter = proposed(cast.an_original(outlet)).letter
    assert letter.to == "rights@courier.example"
    assert letter.body.startswith("Dear Salma Verrin,")


def test_the_newsrooms_own_template_takes_the_place_of_the_shipped_one(original):
    LetterTemplate.objects.create(
        kind="request", language="fr", subject="Notre demande", body="{address} {use} {language}"
    )
    assert proposed(original).letter.subject == "Notre demande"


def test_a_template_that_is_wrong_cannot_be_kept(home):
    with pytest.raises(ValidationError, match="Did you mean"):
        LetterTemplate(kind="request", language="fr", subject="x", body="{adress}").full_clean()


def test_the_letter_goes_from_the_desk_under_one_name_and_the_request_is_asked(original):
    request = asked(original)
    (message,) = mail.outbox
    assert message.extra_headers["Message-ID"] == request.letter.message_id
    assert message.reply_to == ["desk@digest.example"]
    assert "desk@digest.example" in message.from_email
    assert request.state == Request.State.ASKED
    assert request.permission.state == Permission.State.ASKED
    assert not request.permission.grants()


def test_the_worker_sends_it_by_its_name(original):
    actions.send_letter(request=accepted(original), by=cast.vera(), now=NOW)
    run_all_jobs()
    assert len(mail.outbox) == 1
    assert Request.objects.get().state == Request.State.ASKED


def test_a_process_that_dies_between_sending_and_noting_sends_one_more_with_the_same_name(original, settings):
    request = actions.send_letter(request=accepted(original), by=cast.vera(), now=NOW)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Dies"
    with pytest.raises(SystemExit):
        deliver(letter_id=request.letter.pk, now=NOW, after=letter_gone)
    settings.EMAIL_BACKEND = working
    for _again in range(3):
        deliver(letter_id=request.letter.pk, now=NOW, after=letter_gone)
    assert len(mail.outbox) == 2
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


def test_after_two_deaths_a_person_has_to_look(original, settings):
    request = actions.send_letter(request=accepted(original), by=cast.vera(), now=NOW)
    settings.EMAIL_BACKEND = f"{__name__}.Dies"
    for _death in range(2):
        with pytest.raises(SystemExit):
            deliver(letter_id=request.letter.pk, now=NOW, after=letter_gone)
    with pytest.raises(actions.Unsure, match="say that it is sent"):
        deliver(letter_id=request.letter.pk, now=NOW, after=letter_gone)
    assert len(mail.outbox) == 2
    done = actions.sent_by_hand(request=request, by=cast.vera(), now=NOW)
    assert done.state == Request.State.ASKED


def test_a_server_that_takes_nothing_is_told_and_the_letter_can_be_tried_again_for_ever(original, settings):
    request = actions.send_letter(request=accepted(original), by=cast.vera(), now=NOW)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Refuses"
    for _try in range(3):
        with pytest.raises(ConnectionRefusedError):
            deliver(letter_id=request.letter.pk, now=NOW, after=letter_gone)
    assert Letter.objects.get().trouble == "nobody listens"
    settings.EMAIL_BACKEND = working
    deliver(letter_id=request.letter.pk, now=NOW, after=letter_gone)
    assert len(mail.outbox) == 1


def test_without_mail_nothing_is_sent_and_a_person_says_that_they_did(original, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    request = accepted(original)
    with pytest.raises(actions.NoMail):
        actions.send_letter(request=request, by=cast.vera(), now=NOW)
    done = actions.sent_by_hand(request=request, by=cast.vera(), now=NOW)
    assert (done.state, done.letter.state) == (Request.State.ASKED, Letter.State.BY_HAND)


def test_without_an_address_the_desk_is_asked_for_one(home):
    request = accepted(cast.an_original(cast.an_outlet(contact_email="")))
    with pytest.raises(actions.NoAddress):
        actions.send_letter(request=request, by=cast.vera(), now=NOW)


def test_a_letter_is_changed_before_it_goes_and_not_after(original):
    request = accepted(original)
    change = {
        "to": "a@b.example",
        "subject": "Bonjour",
        "body": "Une question.",
        "by": cast.vera(),
        "now": NOW,
    }
    actions.reword_letter(request=request, **change)
    actions.send_letter(request=request, by=cast.vera(), now=NOW)
    with pytest.raises(actions.AlreadyGone):
        actions.reword_letter(request=Request.objects.get(), **change)


def test_what_is_being_asked_is_not_asked_twice(original):
    first = proposed(original)
    with pytest.raises(actions.AlreadyAsked) as caught:
        proposed(original)
    assert caught.value.request == first
    assert proposed(original, language="fr")


def test_a_request_that_nobody_accepted_is_not_sent(original):
    with pytest.raises(WrongStep):
        actions.send_letter(request=proposed(original), by=cast.vera(), now=NOW)


def test_a_yes_grants_with_its_conditions_and_no_more(original):
    conditions = actions.Granted(
        ends_on=date(2026, 6, 30), max_words=500, stay_days=30, credit_line="Ainsi dit", may_by_machine=True
    )
    request = granted(asked(original), granted=conditions)
    permission = request.permission
    assert permission.state == Permission.State.GRANTED
    assert permission.evidence == "Yes, gladly."
    assert is_allowed(permission, words=500, is_by_machine=True, reserved=frozenset({"tdm"}))
    assert not is_allowed(permission, words=501)
    assert not is_allowed(permission, on=date(2026, 7, 1))
    assert not is_allowed(permission, language="fa")


def test_further_languages_and_the_pictures_have_permissions_of_their_own(original):
    request = granted(asked(original), granted=actions.Granted(languages=("fa", "en"), with_pictures=True))
    assert set(original.permissions.values_list("language", "state")) == {
        ("en", "granted"),
        ("fa", "granted"),
    }
    assert request.pictures.holds(on=NOW.date())
    assert request.pictures.evidence == "Yes, gladly."


def test_an_answer_without_words_or_file_is_not_taken(original):
    with pytest.raises(actions.NoAnswerFiled):
        granted(asked(original), answer="  ")


def test_a_file_alone_is_evidence(original, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("yes.eml", b"From: rahim@courier.example")
    request = granted(asked(original), answer="", evidence=file)
    assert "yes" in request.permission.evidence
    with Request.objects.get().evidence.open() as kept:
        assert kept.read() == b"From: rahim@courier.example"


def test_a_no_is_filed_with_its_reason_and_grants_nothing(original):
    request = actions.refuse_asked(request=asked(original), answer="Not this one.", by=cast.vera(), now=NOW)
    assert request.permission.state == Permission.State.REFUSED
    assert not request.permission.grants()


def test_what_is_dropped_can_be_asked_again(original):
    request = actions.drop_asking(request=proposed(original), reason="Old news.", by=cast.vera(), now=NOW)
    assert not request.permission.grants()
    assert proposed(original).pk != request.pk


def test_an_outlet_is_reminded_once_and_then_counts_as_silent(original):
    request = asked(original)
    assert actions.follow_requests(now=NOW + timedelta(days=6)) == (0, 0)
    assert actions.follow_requests(now=NOW + timedelta(days=7)) == (1, 0)
    assert actions.follow_requests(now=NOW + timedelta(days=8)) == (0, 0)
    run_all_jobs()
    reminder = mail.outbox[-1]
    assert reminder.extra_headers["In-Reply-To"] == request.letter.message_id
    assert "14 mars 2026" in reminder.body
    assert actions.follow_requests(now=NOW + timedelta(days=15)) == (0, 1)
    assert Request.objects.get().state == Request.State.SILENT


def test_a_late_yes_is_still_a_yes(original):
    request = asked(original)
    actions.follow_requests(now=NOW + timedelta(days=30))
    assert granted(request).permission.grants()


def test_nobody_is_reminded_where_no_mail_is_set_up(original, settings):
    asked(original)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert actions.follow_requests(now=NOW + timedelta(days=8)) == (0, 0)
    assert Request.objects.get().reminder is None


def test_every_step_is_in_the_audit_with_before_and_after(original):
    granted(asked(original))
    told = AuditEntry.objects.filter(subject_type="rights.request").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == [
        "propose-asking", "accept-asking", "send-letter", "ask", "grant-asked",
    ]  # fmt: skip
    assert told.last().before == {"state": "asked"}
    assert told.last().after == {"state": "granted"}
