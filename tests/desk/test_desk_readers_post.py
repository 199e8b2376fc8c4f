"""Readers' post on the desk: tasks of reader support, with the law's day; the editors are told without the reader's name."""

import re
from datetime import timedelta

import cast
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dateline.audience import actions
from dateline.audience.models import ReaderLetter
from dateline.desk.actions.hearing import tell_editors
from dateline.desk.models import Comment, Mention
from dateline.people.models import AuditEntry
from dateline.work.testing import run_all_jobs


@pytest.fixture
def sol(newsroom):
    return cast.somebody("sol", role="reader-support")


@pytest.fixture
def support(at_desk, sol):
    return at_desk(sol)


@pytest.fixture
def article(newsroom):
    return cast.published(cast.an_exclusive(headline="The ferry sails again"))


def a_letter(kind="error", *, days_ago=0, **fields):
    told = {
        "text": "It was Monday.",
        "language": "fr",
        "name": "Léa Brun",
        "email": "lea@reader.example",
        **fields,
    }
    return actions.receive(kind=kind, now=timezone.now() - timedelta(days=days_ago), **told)


def page(client, name, *arguments, **asked):
    answer = client.get(reverse(f"newsroom:{name}", args=arguments), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def do(client, name, letter, **fields):
    return client.post(reverse(f"newsroom:{name}", args=[letter.pk]), fields, follow=True)


def test_what_came_is_on_my_day_the_board_and_the_list_with_the_laws_day(support):
    a_letter("access", text="What do you keep?")
    a_letter("erasure", days_ago=40, text="Forget me")
    today = page(support, "today")
    assert "What do you keep?" in today
    assert "Nothing waits for you" not in today
    board = page(support, "board")
    assert "2 readers’ letters wait" in board
    assert "for 1 the law’s day is over" in board
    listed = page(support, "readers-post")
    assert listed.index("Forget me") < listed.index("What do you keep?")
    assert "the law’s day is over" in listed
    assert "says the law" in listed
    assert "Forget me" not in page(support, "readers-post", kind="access")


def test_a_letter_is_taken_answered_in_the_readers_language_and_filed(support, sol):
    letter = a_letter("access")
    shown = page(support, "reader-letter", letter.pk)
    assert "Bonjour Léa Brun," in shown
    assert "the law wants an answer" in shown
    do(support, "take-reader-letter", letter)
    assert ReaderLetter.objects.get().taken_by == sol
    told = {"answer-subject": "Vos données", "answer-body": "Nous ne gardons que cette lettre."}
    assert "The answer is filed." in do(support, "answer-reader", letter, **told).content.decode()
    run_all_jobs()
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["lea@reader.example"], "Vos données")
    ]
    shown = page(support, "reader-letter", letter.pk)
    assert "Nous ne gardons que cette lettre." in shown
    assert "sent" in shown
    assert "lea@reader" not in page(support, "today")


def test_an_answer_that_was_sent_by_hand_is_filed_and_nothing_goes(support):
    letter = a_letter()
    do(support, "answer-reader", letter, **{"answer-subject": "S", "answer-body": "B", "by-hand": "1"})
    run_all_jobs()
    assert mail.outbox == []
    assert ReaderLetter.objects.get().state == "answered"


def test_a_request_about_data_is_put_off_from_its_page_once_and_errors_never(support):
    letter = a_letter("access")
    assert "It takes longer than a month" in page(support, "reader-letter", letter.pk)
    empty = do(support, "put-off-reader-letter", letter, **{"later-subject": "S", "later-body": ""})
    assert "This field is required" in empty.content.decode()
    said = {"later-subject": "S", "later-body": "Forty came.", "by-hand": "1"}
    assert "two months later" in do(support, "put-off-reader-letter", letter, **said).content.decode()
    letter.refresh_from_db()
    assert letter.put_off_at is not None
    assert "It takes longer than a month" not in page(support, "reader-letter", letter.pk)
    assert (
        "the law gives more time once"
        in do(support, "put-off-reader-letter", letter, **said).content.decode().lower()
    )
    assert "It takes longer than a month" not in page(support, "reader-letter", a_letter("error").pk)


def test_a_letter_is_closed_with_a_reason_and_taken_up_again(support):
    letter = a_letter()
    assert do(support, "close-reader-letter", letter).status_code == 422
    do(support, "close-reader-letter", letter, **{"close-reason": "Thanked on the telephone"})
    assert "Thanked on the telephone" in page(support, "reader-letter", letter.pk)
    assert "cannot become" in do(support, "put-back-reader-letter", letter).content.decode()
    do(support, "take-reader-letter", letter)
    assert ReaderLetter.objects.get().state == "taken"
    do(support, "put-back-reader-letter", letter)
    assert ReaderLetter.objects.get().state == "new"


def test_the_editors_are_told_on_the_piece_and_on_their_day_without_the_readers_name(
    support, at_desk, article
):
    letter = a_letter(piece=article.uid, about=article.get_absolute_url())
    vera = at_desk(cast.vera())
    do(support, "pass-on-reader-letter", letter, **{"pass-text": "A reader says: it was Monday."})
    assert Comment.objects.get(article=article).text == "A reader says: it was Monday."
    today = page(vera, "today")
    assert "it was Monday" in today
    assert "Léa" not in page(vera, "article-comments", article.pk)
    assert "passed on to the editors" in page(support, "reader-letter", letter.pk)


def test_erasing_asks_again_and_leaves_nothing_on_the_page(support):
    letter = a_letter()
    assert "Yes, erase it" in do(support, "erase-reader-letter", letter).content.decode()
    assert ReaderLetter.objects.get().erased_at is None
    shown = do(support, "erase-reader-letter", letter, sure="1").content.decode()
    assert "was erased on" in shown
    assert "Léa" not in shown
    assert "It was Monday." not in shown
    assert not AuditEntry.objects.filter(summary__contains="Léa").exists()


def test_hostile_letters_stay_text(support, hostile):
    letter = a_letter("reply", text=f"One\n{hostile}", name=hostile, about=hostile[:400])
    for shown in (
        page(support, "readers-post"),
        page(support, "reader-letter", letter.pk),
        page(support, "today"),
    ):
        assert "<script>alert" not in shown
        # In the box of the form it is the letter as it was written.
        assert "\u202e" not in re.sub(r"<textarea.*?</textarea>", "", shown, flags=re.DOTALL)


@pytest.mark.parametrize(
    "role", ["editor", "translator", "contributor", "outside-translator", "rights-manager"]
)
def test_who_does_not_answer_readers_sees_none_of_it(at_desk, role):
    letter = a_letter("access")
    client = at_desk(cast.somebody("someone", role=role))
    for name, arguments in (("readers-post", []), ("reader-letter", [letter.pk])):
        assert client.get(reverse(f"newsroom:{name}", args=arguments)).status_code in {302, 403}
    for name in ("take", "put-back", "close", "erase", "pass-on"):
        address = reverse(f"newsroom:{name}-reader-letter", args=[letter.pk])
        assert client.post(address, {"sure": "1"}).status_code in {302, 403}
    assert "It was Monday." not in page(client, "today")
    assert "letter waits" not in page(client, "board")
    letter.refresh_from_db()
    assert (letter.state, letter.erased_at) == ("new", None)


def test_who_is_called_is_told_and_else_everybody_who_publishes(newsroom, article):
    vera, outside = cast.vera(), cast.somebody("ola", role="outside-translator")
    said = {"article": article, "text": "Look", "by": None, "now": cast.NOW}
    tell_editors(**said, calls=[cast.tomas(), None])
    assert [one.who for one in Mention.objects.all()] == [cast.tomas()]
    tell_editors(**said, calls=[outside])
    assert vera in [one.who for one in Mention.objects.all()]
    assert outside not in [one.who for one in Mention.objects.all()]
