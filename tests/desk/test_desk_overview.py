"""The overview: what ends, what it costs, who is silent, what is left, what came and went; each as a file too."""

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import cast
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.queries.overview import figure
from dateline.desk.small_chart import TALL, places, small_chart
from dateline.rights.fees import FeeTerms, UsedPiece, by_currency, fee_of_month, rounded
from dateline.rights.models import Ending
from dateline.translation.models import Segment

MARCH = date(2026, 3, 14)


def right_now():
    """The gate writes its ledger by the clock."""
    return timezone.now()


def rows_of(key, *, now=cast.NOW):
    return figure(key, now=now).rows


def an_ending(article, *, days):
    """Return the row that says when a piece has to go; what published it may have written it already."""
    at = cast.NOW + timedelta(days=days)
    told = {"at": at, "reason": "The agreement ends."}
    return Ending.objects.update_or_create(piece=article.uid, kind="permission", picture=0, defaults=told)[0]


def test_what_is_live_and_ends_within_thirty_days_is_listed(newsroom):
    an_ending(cast.published(cast.an_exclusive(headline="Soon gone")), days=10)
    an_ending(cast.published(cast.an_exclusive(headline="Stays")), days=31)
    an_ending(cast.an_exclusive(headline="Not live"), days=10)
    rows = rows_of("ending")
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("Soon gone", "2026-03-24 09:30", "The agreement ends.")
    ]


def test_fees_are_counted_from_the_ledger(newsroom):
    outlet = cast.an_outlet("Harbour Courier")
    cast.an_agreement(outlet, fee_kind="piece", fee_amount=Decimal("12.5"), fee_currency="EUR")
    for _n in range(2):
        cast.published(cast.a_reprint(cast.an_original(outlet)))
    (row,) = rows_of("fees", now=right_now())
    assert row[3] == 2
    assert (row[5], row[6]) == (Decimal("25.00"), "EUR")
    assert "25.00 EUR" in figure("fees", now=right_now()).note
    assert rows_of("fees", now=right_now() + timedelta(days=31)) == ()


def test_a_quota_says_what_is_left(newsroom):
    outlet = cast.an_outlet()
    cast.an_agreement(outlet, pieces_a_month=3)
    cast.published(cast.a_reprint(cast.an_original(outlet)))
    assert [row[2:] for row in rows_of("quota", now=right_now())] == [(3, 1, 2)]


def test_silent_outlets_are_named_with_what_is_wrong(newsroom):
    outlet = cast.an_outlet("Quiet Quay")
    cast.a_channel(outlet, trouble="Their server does not answer.", trouble_since=cast.NOW, failures=3)
    well = cast.an_outlet("Well Quay")
    cast.a_channel(well, last_success_at=cast.NOW, last_new_at=cast.NOW)
    (row,) = rows_of("silent")
    assert row[0] == "Quiet Quay"
    assert "does not answer" in row[2]


def test_machines_are_counted_by_language(newsroom):
    from dateline.translation.actions import start_job

    job = start_job(article=cast.a_translation(), snapshot=None, by=None, now=cast.NOW)
    one, two = job.segments.all()[:2]
    for segment, origin in ((one, Segment.Origin.MACHINE), (two, Segment.Origin.PERSON)):
        segment.machine, segment.text, segment.origin, segment.state = "apertium", "words", origin, "draft"
        segment.save()
    (row,) = rows_of("machines")
    assert (row[0], *row[3:6]) == ("apertium", 1, 2, 1)
    assert row[6] == len(one.source) + len(two.source)


def test_days_are_those_of_the_publications_zone(newsroom):
    newsroom.time_zone = "Pacific/Kiritimati"
    newsroom.save()
    cast.an_original(taken_at=datetime.fromisoformat("2026-03-13T12:00:00+00:00"))
    counted = {row[0]: row[1] for row in rows_of("days")}
    assert counted["2026-03-14"] == 1
    assert len(counted) == 30


def test_what_was_published_is_counted_on_its_day(newsroom):
    cast.published(cast.an_exclusive())
    today = right_now()
    counted = {row[0]: row[3] for row in rows_of("days", now=today)}
    assert sum(counted.values()) == 1


def test_the_page_shows_every_figure_and_hands_out_its_numbers(at_desk, hostile):
    cast.a_channel(cast.an_outlet(hostile), trouble=hostile, trouble_since=cast.NOW, failures=1)
    client = at_desk(cast.somebody("ines", role="rights-manager"))
    answer = client.get(reverse("newsroom:overview"))
    text = answer.content.decode()
    assert "<script>alert(1)" not in text
    assert text.count('role="img"') == 4
    for one in answer.context["figures"]:
        file = client.get(reverse("newsroom:overview-file", args=[one.key]))
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert rows[0] == list(one.head)
        assert len(rows) == len(one.rows) + 1
    assert client.get(reverse("newsroom:overview-file", args=["nothing"])).status_code == 404


def test_who_keeps_no_rights_sees_no_fees(at_desk):
    assert at_desk(cast.tomas()).get(reverse("newsroom:overview")).status_code == 302
    assert at_desk(cast.tomas()).get(reverse("newsroom:overview-file", args=["fees"])).status_code == 302


# Fees, pure

DAYS = st.dates(date(2025, 11, 1), date(2026, 4, 30))
USES = st.lists(
    st.builds(
        UsedPiece,
        piece=st.sampled_from("abcdef"),
        words=st.integers(0, 5_000),
        began_on=DAYS,
    ),
    max_size=20,
)
AMOUNTS = st.decimals(0, 100, places=4)


def terms(kind="piece", amount="1", **fields):
    return FeeTerms(kind=kind, amount=Decimal(amount), currency="EUR", starts_on=date(2020, 1, 1), **fields)


def months():
    return [date(2025, 11, 1), date(2025, 12, 1), *(date(2026, n, 1) for n in range(1, 5))]


@given(USES, AMOUNTS, st.sampled_from(["none", "piece", "word", "month"]), st.randoms())
def test_a_fee_does_not_hang_on_the_order_of_the_ledger(uses, amount, kind, random):
    shuffled = random.sample(uses, len(uses))
    agreed = terms(kind, amount)
    assert fee_of_month(agreed, uses, month=MARCH) == fee_of_month(agreed, shuffled, month=MARCH)


@given(USES)
def test_each_piece_is_paid_for_in_one_month_alone(uses):
    paid = sum(fee_of_month(terms(), uses, month=month).amount for month in months())
    assert paid == len({use.piece for use in uses})


@given(USES, st.builds(UsedPiece, st.just("new"), st.integers(0, 5_000), DAYS), AMOUNTS)
def test_one_more_piece_never_costs_less(uses, another, amount):
    for kind in ("piece", "word", "month"):
        before = fee_of_month(terms(kind, amount), uses, month=MARCH).amount
        assert fee_of_month(terms(kind, amount), [*uses, another], month=MARCH).amount >= before >= 0


@given(USES)
def test_a_fee_a_month_is_the_same_whatever_is_used(uses):
    assert fee_of_month(terms("month", "100"), uses, month=MARCH).amount == 100


def test_a_month_after_the_end_costs_nothing_and_the_month_of_the_end_is_whole():
    ending = terms("month", "100", ends_on=date(2026, 3, 1))
    assert fee_of_month(ending, [], month=MARCH).amount == 100
    assert fee_of_month(ending, [], month=date(2026, 4, 1)).amount == 0


def test_amounts_are_rounded_once_half_up_to_the_coin_of_the_currency():
    uses = [UsedPiece(str(n), 1, MARCH) for n in range(3)]
    assert fee_of_month(terms("word", "0.0050"), uses, month=MARCH).amount == Decimal("0.02")
    assert rounded(Decimal("2.5"), "JPY") == 3
    assert rounded(Decimal("1.0005"), "KWD") == Decimal("1.001")


def test_sums_are_by_currency_and_nothing_is_no_currency():
    euro = fee_of_month(terms("month", "1"), [], month=MARCH)
    nothing = fee_of_month(terms("none"), [], month=MARCH)
    assert by_currency([euro, nothing, euro]) == {"EUR": Decimal("2.00")}


@given(st.lists(st.integers(0, 10**6), max_size=40))
def test_bars_stand_in_their_picture_and_what_is_there_is_seen(values):
    stood = places(values)
    for value, bar in zip(values, stood, strict=True):
        assert 0 <= bar.y <= TALL
        assert bar.y + bar.tall == TALL or abs(bar.y + bar.tall - TALL) < 0.11
        assert (bar.tall > 0) == (value > 0)
    assert small_chart("x", [(str(v), v) for v in values]).total == sum(values)
