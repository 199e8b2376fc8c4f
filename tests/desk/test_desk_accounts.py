"""The other side: running accounts from the ledger, statements that are closed once and sent once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes

import cast
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dateline.agreements.models import Agreement
from dateline.desk.actions import accounts as desk
from dateline.desk.queries.accounts import addressee, facts_of, parties
from dateline.people.models import AuditEntry
from dateline.rights.accounts import month_before
from dateline.rights.actions import NoAddress, NoMail, end_uses
from dateline.rights.actions import accounts as verbs
from dateline.rights.actions.mailing import deliver
from dateline.rights.models import Account, Letter, Payment, Statement, Use
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=UTC)


def came_out(article, when, *, words=100):
    """Say in the ledger that a piece came out then: the gate goes by the clock."""
    Use.objects.filter(piece=article.uid).update(began_at=when, words=words)
    type(article).objects.filter(pk=article.pk).update(first_published_at=when)
    return article


@pytest.fixture
def outlet(newsroom):
    return cast.an_outlet("Harbour Courier")


@pytest.fixture
def agreement(outlet):
    return cast.an_agreement(outlet, fee_kind="word", fee_amount=Decimal("0.12"), fee_currency="EUR")


def a_used_piece(outlet, when=None, *, words=100, **fields):
    piece = cast.published(cast.a_translation(cast.an_original(outlet), **fields))
    return came_out(piece, when or at(3, 10), words=words)


def an_agreement_with(**fields):
    """Return an agreement with no outlet: an author speaks, or an agency."""
    agreement = Agreement(
        title="Letter", uses=["translation"], starts_on=cast.LONG_AGO, fee_kind="piece", **fields
    )
    agreement.save()
    return agreement


def account_of(outlet, *, begins=MARCH):
    return verbs.open_account(
        kind="outlet", key=str(outlet.pk), name=outlet.name, begins_on=begins, now=at(3, 1)
    )


def closed(account, month=MARCH, *, now=None):
    return verbs.close_month(
        account=account, month=month, facts=facts_of(account, month=month), by=None, now=now or at(6, 1)
    )


def balance(statement):
    return {one.currency: one.now for one in verbs.sheet_as_closed(statement).balances}


def paid(account, amount="10", **fields):
    told = {
        "currency": "EUR",
        "paid_on": date(2026, 4, 2),
        "reference": "SEPA 12",
        "by": cast.vera(),
        **fields,
    }
    return verbs.note_payment(account=account, amount=Decimal(amount), now=at(4, 2), **told)


def test_a_month_tells_pieces_words_languages_and_the_fee(outlet, agreement):
    piece = a_used_piece(outlet, words=410)
    sheet = verbs.sheet_as_closed(closed(account_of(outlet)))
    (told,) = sheet.pieces
    assert (told.headline, told.original, told.words) == (piece.headline, "Le bac reprend la mer", 410)
    assert told.address.endswith(piece.get_absolute_url())
    assert (sheet.languages, sheet.words) == (["en"], 410)
    assert [(line.minor, line.currency) for line in sheet.lines] == [(4920, "EUR")]


def test_a_closed_month_stands_and_what_it_got_wrong_is_a_line_of_the_next(outlet, agreement):
    piece = a_used_piece(outlet, words=100)
    account = account_of(outlet)
    march = closed(account)
    Use.objects.filter(piece=piece.uid).update(words=150)
    assert balance(march) == {"EUR": 1200}
    april = closed(account, APRIL)
    assert [(line.month, line.minor, line.words) for line in april.lines.exclude(minor=0)] == [
        (MARCH, 600, 50)
    ]
    assert balance(april) == {"EUR": 1800}


def test_a_withdrawn_piece_is_paid_for_and_told_in_the_month_in_which_it_came_down(outlet, agreement):
    piece = a_used_piece(outlet)
    account = account_of(outlet)
    closed(account)
    end_uses(piece=piece.uid, now=at(4, 20))
    sheet = verbs.sheet_as_closed(closed(account, APRIL))
    assert [(told.is_new, told.ended) for told in sheet.pieces] == [(False, date(2026, 4, 20))]
    assert sheet.fees == []
    assert verbs.sheet_as_closed(closed(account, MAY)).pieces == []


def test_what_stood_from_before_is_counted_and_costs_nothing_more(outlet, agreement):
    a_used_piece(outlet)
    account = account_of(outlet)
    closed(account)
    april = closed(account, APRIL)
    assert april.standing == 1
    assert verbs.sheet_as_closed(april).fees == []


def test_payments_enter_the_next_month_that_is_closed_and_nothing_is_lost(outlet, agreement):
    a_used_piece(outlet)
    account = account_of(outlet)
    paid(account, "5")
    march = closed(account)
    paid(account, "7")
    april = closed(account, APRIL)
    assert (balance(march), balance(april)) == ({"EUR": 700}, {"EUR": 0})
    (one,) = verbs.sheet_as_closed(april).balances
    assert (one.carried, one.added, one.paid) == (700, 0, 700)
    assert not Payment.objects.filter(statement=None).exists()


def test_a_payment_has_whole_coins_an_amount_and_a_reference(outlet):
    account = account_of(outlet)
    with pytest.raises(verbs.NotWholeCoins):
        paid(account, "1.005")
    with pytest.raises(ValidationError):
        paid(account, "0")
    with pytest.raises(ValidationError):
        paid(account, reference=" ")
    assert paid(account, "-3").minor == -300


def test_months_are_closed_in_order_and_not_before_they_are_over(outlet):
    account = account_of(outlet)
    with pytest.raises(verbs.MonthNotOver):
        closed(account, now=at(3, 31))
    with pytest.raises(verbs.MonthsInOrder, match="2026-03"):
        closed(account, APRIL)
    assert closed(account) == closed(account)


def test_a_month_ends_in_the_zone_of_the_publication(newsroom, outlet):
    newsroom.time_zone = "Pacific/Auckland"
    newsroom.save()
    account = account_of(outlet)
    assert closed(account, now=datetime(2026, 3, 31, 12, tzinfo=UTC))


def test_a_permission_of_its_own_is_told_and_costs_nothing(outlet):
    from dateline.rights.actions import record_grant

    original = cast.an_original(outlet)
    permission = record_grant(
        original=original, use="reprint", language="fr", evidence="A mail of March", by=None, now=cast.NOW
    )
    piece = cast.published(cast.a_reprint(original, permission=permission))
    came_out(piece, at(3, 3))
    sheet = verbs.sheet_as_closed(closed(account_of(outlet)))
    assert [told.use for told in sheet.pieces] == ["reprint"]
    assert sheet.fees == []


def test_authors_and_agencies_have_accounts_of_their_own(outlet):
    agreement = an_agreement_with(author="Salma Verrin", fee_amount=9, fee_currency="EUR")
    original = cast.an_original(outlet)
    piece = cast.published(
        cast.a_translation(original, permission=cast.a_permission(original, agreement=agreement))
    )
    came_out(piece, at(3, 3))
    assert ("author", "Salma Verrin") in {(one.kind, one.key) for one in parties()}
    account = verbs.open_account(
        kind="author", key="Salma Verrin", name="Salma Verrin", begins_on=MARCH, now=at(3, 1)
    )
    assert balance(closed(account)) == {"EUR": 900}
    assert verbs.sheet_as_closed(closed(account_of(outlet))).pieces == []


# Translators


@pytest.fixture
def translator(newsroom):
    return cast.a_contributor(
        "Tomas Arden", user=cast.somebody("tomas", role="translator", email="tomas@arden.example")
    )


@pytest.fixture
def theirs(translator):
    return verbs.open_account(
        kind="translator", key=str(translator.pk), name=translator.name, begins_on=MARCH, now=at(3, 1)
    )


def a_rate(account, amount="0.05", *, kind="word", starts=MARCH):
    return verbs.write_rate(
        account=account,
        fee_kind=kind,
        amount=Decimal(amount),
        currency="eur",
        starts_on=starts,
        by=cast.vera(),
        now=at(3, 1),
    )


def test_a_translator_is_paid_by_the_rate_of_the_month(outlet, translator, theirs):
    for when in (at(3, 3), at(4, 3)):
        a_used_piece(outlet, when, words=200, translators=(translator,))
    a_rate(theirs)
    a_rate(theirs, "0.1", starts=APRIL)
    march, april = closed(theirs), closed(theirs, APRIL)
    assert (balance(march), balance(april)) == ({"EUR": 1000}, {"EUR": 3000})
    assert [len(one.pieces) for one in (march, april)] == [1, 1]


def test_without_a_rate_their_work_is_told_all_the_same(outlet, translator, theirs):
    a_used_piece(outlet, words=200, translators=(translator,))
    sheet = verbs.sheet_as_closed(closed(theirs))
    assert (len(sheet.pieces), sheet.words, sheet.lines, sheet.balances) == (1, 200, [], [])


def test_a_rate_cannot_begin_in_a_month_that_is_closed(theirs):
    closed(theirs)
    with pytest.raises(verbs.MonthIsClosed):
        a_rate(theirs)
    assert a_rate(theirs, starts=date(2026, 4, 20)).starts_on == APRIL


# Sending


def ready(outlet, *, sends_itself=True):
    account = account_of(outlet)
    return verbs.change_account(
        account=account, email="", language="", sends_itself=sends_itself, by=cast.vera(), now=at(3, 1)
    )


def test_at_the_turn_of_the_month_it_is_closed_and_sent_in_their_language(outlet, agreement):
    a_used_piece(outlet, words=410)
    ready(outlet)
    desk.keep(account=Account.objects.get(), now=at(4, 1))
    run_all_jobs()
    (message,) = mail.outbox
    assert message.to == ["rahim@courier.example"]
    assert message.subject == "Relevé d’utilisation pour mars 2026"
    assert "Mots: 410" in message.body
    assert "Solde: 49.20 EUR" in message.body
    ((name, table, kind),) = message.attachments
    assert (name, kind) == ("statement-2026-03.csv", "text/csv")
    assert "49.20,EUR" in table
    sent = message_from_bytes(message.message().as_bytes())
    assert sent.get_content_type() == "multipart/mixed"


def test_a_second_turn_closes_and_sends_nothing_more(outlet, agreement):
    a_used_piece(outlet)
    ready(outlet)
    for _turn in range(3):
        desk.keep(account=Account.objects.get(kind="outlet"), now=at(4, 1))
        assert desk.look_over(now=at(4, 1)) == 1, "the translator's alone, who is not written to"
    run_all_jobs()
    assert len(mail.outbox) == 1
    assert Statement.objects.filter(account__kind="outlet").count() == 1


class Killed(BaseException):
    """The process died."""


def test_who_dies_between_closing_and_posting_leaves_neither(outlet, agreement, monkeypatch):
    a_used_piece(outlet)
    account = ready(outlet)

    def die(_name):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(verbs, "crash_point", die)
        with pytest.raises(Killed), transaction.atomic():
            desk.keep(account=account, now=at(4, 1))
    assert not Statement.objects.exists()
    assert not Letter.objects.exists()
    desk.keep(account=account, now=at(4, 1))
    run_all_jobs()
    assert len(mail.outbox) == 1


def test_who_dies_while_sending_sends_at_most_once_more_under_the_same_name(outlet, agreement):
    a_used_piece(outlet)
    desk.keep(account=ready(outlet), now=at(4, 1))
    letter = Letter.objects.get()

    def die(_letter, _now):
        raise Killed

    with pytest.raises(Killed):
        deliver(letter_id=letter.pk, now=at(4, 1), after=die)
    run_all_jobs()
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert Letter.objects.get().is_gone
    desk.keep(account=Account.objects.get(), now=at(4, 2))
    assert Job.objects.filter(task="rights.send_letter", state="ready").count() == 0


def test_nothing_is_sent_where_nobody_asked_for_it_or_nothing_was_used(outlet, agreement):
    desk.keep(account=ready(outlet), now=at(4, 1))
    assert Statement.objects.get().letter is None
    a_used_piece(outlet, at(4, 10))
    desk.keep(account=ready(outlet, sends_itself=False), now=at(5, 1))
    assert not Letter.objects.exists()


def test_months_that_nobody_looked_at_are_closed_one_by_one_and_the_last_is_sent(outlet, agreement):
    for month in (3, 4):
        a_used_piece(outlet, at(month, 10))
    assert desk.keep(account=ready(outlet), now=at(6, 1)) == 3
    assert [one.letter is not None for one in Statement.objects.order_by("month")] == [False, False, True]


def test_without_an_address_or_without_mail_it_says_so(outlet, agreement, settings):
    statement = closed(account_of(outlet))
    outlet.contact_email = ""
    outlet.save()
    sending = {"statement": statement, "to": addressee(statement.account), "by": None, "now": at(4, 1)}
    with pytest.raises(NoAddress):
        verbs.send_statement(**sending)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with pytest.raises(NoMail):
        verbs.send_statement(**sending)
    assert verbs.statement_by_hand(**sending).letter.state == "by-hand"


def test_accounts_are_opened_with_whoever_was_used_and_follow_their_names(outlet, agreement, translator):
    a_used_piece(outlet, translators=(translator,))
    cast.an_agreement(cast.an_outlet("Free Quay"), licence="CC-BY-4.0")
    assert desk.open_accounts(now=at(4, 1)) == 2
    assert {(one.kind, one.name, one.begins_on) for one in Account.objects.all()} == {
        ("outlet", "Harbour Courier", MARCH),
        ("translator", "Tomas Arden", MARCH),
    }
    outlet.name = "Harbour Post"
    outlet.save()
    assert desk.open_accounts(now=at(5, 1)) == 0
    assert Account.objects.get(kind="outlet").name == "Harbour Post"


def test_every_verb_is_in_the_audit(outlet, agreement):
    a_used_piece(outlet)
    account = ready(outlet)
    paid(account)
    desk.keep(account=account, now=at(4, 1))
    told = set(AuditEntry.objects.values_list("verb", flat=True))
    assert told >= {"open-account", "change-account", "note-payment", "close-month", "send-statement"}


# The pages


@pytest.fixture
def manager(at_desk):
    return at_desk(cast.somebody("rita", role="rights-manager"))


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def page(client, name, *arguments):
    return text_of(client.get(reverse(f"newsroom:{name}", args=arguments)))


@pytest.fixture
def old(outlet, agreement):
    """An account with a piece of two months ago: the pages go by the clock."""
    last = month_before(month_before(timezone.now().date()))
    a_used_piece(outlet, datetime(last.year, last.month, 10, 9, tzinfo=UTC), words=410)
    return account_of(outlet, begins=last)


def test_the_desk_shows_a_month_before_it_is_closed_closes_and_sends_it(manager, old):
    month = f"{old.begins_on:%Y-%m}"
    assert "Harbour Courier" in page(manager, "accounts")
    assert month in page(manager, "account", old.pk)
    shown = page(manager, "account-month", old.pk, month)
    assert "not closed yet" in shown
    assert "49.20 EUR" in shown
    manager.post(reverse("newsroom:close-month", args=[old.pk, month]))
    shown = page(manager, "account-month", old.pk, month)
    assert "not changed any more" in shown
    assert "Relevé d’utilisation" in shown
    manager.post(reverse("newsroom:send-statement", args=[old.pk, month]))
    run_all_jobs()
    assert [message.to for message in mail.outbox] == [["rahim@courier.example"]]
    assert "sent on" in page(manager, "account-month", old.pk, month)


def test_a_month_is_handed_out_as_a_table(manager, old):
    answer = manager.get(reverse("newsroom:account-file", args=[old.pk, f"{old.begins_on:%Y-%m}"]))
    assert "Harbour" not in answer["Content-Disposition"]
    assert "49.20,EUR" in text_of(answer)


def test_payments_and_how_it_is_sent_are_written_on_the_page(manager, old):
    told = {
        "paid-amount": "20",
        "paid-currency": "eur",
        "paid-paid_on": "2026-04-02",
        "paid-reference": "SEPA 9",
    }
    manager.post(reverse("newsroom:note-payment", args=[old.pk]), told)
    how = {"email": "money@courier.example", "language": "de", "sends_itself": "on"}
    manager.post(reverse("newsroom:change-account", args=[old.pk]), how)
    old.refresh_from_db()
    assert (old.email, old.language, old.sends_itself) == ("money@courier.example", "de", True)
    shown = page(manager, "account", old.pk)
    assert "SEPA 9" in shown
    assert "-20.00 EUR" in shown
    bad = manager.post(reverse("newsroom:note-payment", args=[old.pk]), {**told, "paid-currency": "€"})
    assert bad.status_code == 422
    worse = manager.post(
        reverse("newsroom:note-payment", args=[old.pk]), {**told, "paid-amount": "0.001"}, follow=True
    )
    assert "not in whole coins" in worse.content.decode()


def test_a_rate_is_written_for_a_translator_alone(manager, old, theirs):
    told = {
        "rate-fee_kind": "word",
        "rate-amount": "0.05",
        "rate-currency": "eur",
        "rate-starts_on": "2026-04-17",
    }
    manager.post(reverse("newsroom:write-rate", args=[theirs.pk]), told)
    assert theirs.rates.get().starts_on == APRIL
    assert "0.05 EUR" in page(manager, "account", theirs.pk)
    assert manager.post(reverse("newsroom:write-rate", args=[old.pk]), told).status_code == 404
    again = manager.post(reverse("newsroom:write-rate", args=[theirs.pk]), told, follow=True)
    assert "from that month on already" in again.content.decode()


def test_all_of_last_month_is_sent_at_once_and_once(manager, outlet, agreement):
    last = month_before(timezone.now().date())
    a_used_piece(outlet, datetime(last.year, last.month, 10, 9, tzinfo=UTC))
    manager.post(reverse("newsroom:open-accounts"))
    run_all_jobs()
    for _press in range(2):
        manager.post(reverse("newsroom:send-statements"))
    run_all_jobs()
    assert [message.to for message in mail.outbox] == [["rahim@courier.example"]]


def test_a_month_that_is_none_is_not_found(manager, old):
    for month in ("2019-01", "nonsense", "2026-13", "2999-01"):
        assert manager.get(reverse("newsroom:account-month", args=[old.pk, month])).status_code == 404


def test_names_from_outside_stay_text(manager, newsroom, hostile):
    an_agreement_with(author=hostile[:190], fee_amount=9, fee_currency="EUR")
    manager.post(reverse("newsroom:open-accounts"))
    account = Account.objects.get(kind="author")
    for shown in (page(manager, "accounts"), page(manager, "account", account.pk)):
        assert "<script>alert" not in shown
        assert "\u202e" not in shown


def test_who_keeps_no_rights_sees_no_account(at_desk, old):
    month = f"{old.begins_on:%Y-%m}"
    for who in (
        cast.vera(),
        cast.somebody("ola", role="outside-translator"),
        cast.somebody("con", role="contributor"),
    ):
        client = at_desk(who)
        for name, arguments in (
            ("accounts", []),
            ("account", [old.pk]),
            ("account-month", [old.pk, month]),
            ("account-file", [old.pk, month]),
        ):
            assert client.get(reverse(f"newsroom:{name}", args=arguments)).status_code in {302, 403}
        assert client.post(reverse("newsroom:close-month", args=[old.pk, month])).status_code in {302, 403}
    assert not Statement.objects.exists()


def test_translators_see_their_own_account_and_nobody_elses(at_desk, outlet, old, translator, theirs):
    now = timezone.now()
    a_used_piece(outlet, now, words=123, translators=(translator,), headline="Mine to see")
    a_used_piece(outlet, now, translators=(cast.a_contributor("Somebody Else"),), headline="Not mine")
    client = at_desk(translator.user)
    shown = page(client, "my-account")
    assert "Mine to see" in shown
    assert "Not mine" not in shown
    assert "Harbour Courier" not in shown
    table = text_of(client.get(reverse("newsroom:my-account-file", args=[f"{now:%Y-%m}"])))
    assert "Mine to see" in table
    assert "Not mine" not in table
    other = at_desk(cast.somebody("ola", role="outside-translator"))
    assert "There is no account in your name" in page(other, "my-account")
    assert other.get(reverse("newsroom:my-account-file", args=[f"{now:%Y-%m}"])).status_code == 404
