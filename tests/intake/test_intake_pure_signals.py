"""Licences and reservations, paywalls, next pages, printed dates, counted words."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.counting import count_words
from dateline.intake.extract_page import parse
from dateline.intake.metadata_dates import published_at
from dateline.intake.metadata_printed import from_solar, in_zone_of, printed_dates
from dateline.intake.pagination import is_page, joined, next_page
from dateline.intake.paywall import is_consent_wall, paywall_of
from dateline.intake.signals import (
    creative_commons,
    reserved_uses,
    signals_in,
    signals_of_headers,
    signals_of_robots_txt,
    signals_of_tdmrep,
)
from dateline.lib.solar_hijri import solar_day

URL = "https://lake.example/news/ferry"


def page(head="", body="<p>x</p>", *, url=URL):
    return parse(f"<html><head>{head}</head><body>{body}</body></html>", url=url)


def linked(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def told(found):
    return [(signal.signal, signal.value) for signal in found]


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("<meta name=robots content='index, noarchive, max-snippet:0'>", [("robots", "noarchive"), ("robots", "max-snippet: 0")]),
        ("<meta name=ROBOTS content='noai, noimageai'>", [("robots", "noai"), ("robots", "noimageai")]),
        ("<meta name=tdm-reservation content=1><meta name=tdm-policy content=https://a.example/p>", [("tdm-reservation", "1"), ("tdm-policy", "https://a.example/p")]),
        ("<link rel=license type=application/rsl+xml href=/license.xml>", [("rsl", "https://lake.example/license.xml")]),
        ("<link rel=license href='https://creativecommons.org/licenses/by-sa/4.0/'>", [("creative-commons", "CC BY-SA 4.0")]),
        (linked(license="https://creativecommons.org/publicdomain/zero/1.0/"), [("creative-commons", "CC0 1.0")]),
        ("<meta name=dc.rights content='All rights reserved'>", [("rights", "All rights reserved")]),
        ("<link rel=license href='javascript:x'><meta name=robots content='index,follow'>", []),
    ],
)  # fmt: skip
def test_a_page_says_what_it_licences_and_reserves(head, found):
    assert told(signals_in(page(head))) == found


def test_headers_say_it_too_for_all_robots_or_one():
    headers = [
        ("X-Robots-Tag", "noarchive"),
        ("x-robots-tag", "gptbot: noai, nosnippet"),
        ("TDM-Reservation", "1"),
        (
            "Link",
            '</license.xml>; rel="license"; type="application/rsl+xml", <https://a.example/l>; rel=license',
        ),
    ]
    found = signals_of_headers(headers)
    assert told(found) == [
        ("robots", "noarchive"), ("robots", "noai"), ("robots", "nosnippet"), ("tdm-reservation", "1"),
        ("licence", "https://a.example/l"),
    ]  # fmt: skip
    assert found[1].where == "header X-Robots-Tag for gptbot"


def test_the_last_rule_of_a_host_that_covers_a_page_holds():
    policy = json.dumps(
        [
            {"location": "/", "tdm-reservation": 0},
            {"location": "/news/*", "tdm-reservation": 1, "tdm-policy": "https://a.example/p"},
        ]
    )
    assert told(signals_of_tdmrep(policy, path="/news/ferry")) == [
        ("tdm-reservation", "1"), ("tdm-policy", "https://a.example/p"),
    ]  # fmt: skip
    assert told(signals_of_tdmrep(policy, path="/about")) == [("tdm-reservation", "0")]


@given(st.text(max_size=200))
def test_no_policy_and_no_robots_txt_breaks_their_readers(text):
    found = [
        *signals_of_tdmrep(text, path="/x"),
        *signals_of_robots_txt(text, base=URL),
        *signals_of_headers([("X-Robots-Tag", text), ("Link", text), ("tdm-policy", text)]),
    ]
    assert {one.signal for one in found} <= {
        "robots", "tdm-reservation", "tdm-policy", "rsl", "licence", "creative-commons", "rights"
    }  # fmt: skip


def test_a_robots_txt_names_the_licence_for_machines():
    text = "User-agent: *\nDisallow:\nLicense: https://a.example/license.xml # for all\nlicense: /other.xml"
    assert told(signals_of_robots_txt(text, base=URL)) == [
        ("rsl", "https://a.example/license.xml"), ("rsl", "https://lake.example/other.xml"),
    ]  # fmt: skip


def test_what_is_reserved_is_told_with_its_source():
    found = signals_in(page("<meta name=robots content='noai,notranslate,noindex'>"))
    assert {(use, by.value) for use, by in reserved_uses(found)} == {
        ("mining", "noai"), ("training", "noai"), ("machine-translation", "notranslate"),
    }  # fmt: skip
    assert (
        reserved_uses(signals_of_tdmrep('[{"location": "/", "tdm-reservation": 0}]', path="/x"))
        == frozenset()
    )


def test_licences_of_creative_commons_are_named():
    assert creative_commons("http://creativecommons.org/licenses/by-nc-nd/3.0/ge/") == "CC BY-NC-ND 3.0 GE"
    assert creative_commons("https://example.org/licenses/by/4.0") == ""


LONG = " ".join(
    f"The ferry sailed {number} times and nobody counted the birds on the quay." for number in range(40)
)


@pytest.mark.parametrize(
    ("head", "body", "text", "walled"),
    [
        (linked(isAccessibleForFree=False), "", LONG, True),
        (linked(isAccessibleForFree="https://schema.org/False"), "", LONG, True),
        (linked(hasPart={"isAccessibleForFree": "False", "cssSelector": ".paid"}), "", LONG, True),
        (linked(isAccessibleForFree=True), "", LONG, False),
        ("<meta property=article:content_tier content=locked>", "", LONG, True),
        ("<meta property=article:content_tier content=metered>", "", LONG, False),
        ("", "", "The ferry sails. Subscribe to continue reading", True),
        ("", "", "Лодка идёт. Материал доступен только подписчикам", True),
        ("", "", "この船は出ます。この記事は有料会員限定です", True),
        ("", "<div class='paywall'>Pour lire la suite, abonnez-vous</div>", "Le bateau part…", True),
        ("", "<div class='paywall'>Pour lire la suite, abonnez-vous</div>", LONG, False),
        ("", "<div class='paywall' hidden>Pour lire la suite</div>", "Le bateau part…", False),
        ("", "", LONG + " Subscribe to continue reading", False),
    ],
)  # fmt: skip
def test_a_paywall_is_known_by_its_mark_or_by_its_words_where_the_text_ends_early(head, body, text, walled):
    found = paywall_of(page(head, body + "<p>x</p>"), text=text)
    assert (found.is_paywalled, bool(found.evidence)) == (walled, walled)


def test_a_wall_of_consent_is_no_article_and_an_article_about_cookies_is_one():
    wall = "We and our 812 partners use cookies. Accept all cookies or manage your consent. Vendors process data."
    assert is_consent_wall(wall)
    assert is_consent_wall(
        "Мы используем файлы cookie. Примите куки, чтобы продолжить. Наши файлы cookie полезны."
    )
    assert not is_consent_wall(LONG + wall)


@pytest.mark.parametrize(
    ("url", "link", "follows"),
    [
        (URL, "<a href='?page=2'>2</a>", f"{URL}?page=2"),
        (URL, "<link rel=next href='/news/ferry/2/'>", f"{URL}/2/"),
        (f"{URL}.html", "<a href='/news/ferry_2.html'>Sonraki sayfa</a>", f"{URL}_2.html"),
        (f"{URL}?page=2", "<a href='?page=3'>შემდეგი გვერდი</a>", f"{URL}?page=3"),
        (URL, "<a href='/news/boat/2/'>Next</a>", None),
        (URL, "<a rel=next href='/news/the-next-article'>Next article</a>", None),
        ("https://lake.example/news/7", "<a rel=next href='/news/8'>Next</a>", None),
        (URL, "<a href='https://other.example/news/ferry?page=2'>Next</a>", None),
        (URL, "<a href='/news/ferry?page=3'>3</a>", None),
        ("https://lake.example/read?id=7", "<a href='/read?id=7&p=2'>Next page</a>", "https://lake.example/read?id=7&p=2"),
        ("https://lake.example/read?id=7", "<a href='/read?id=8&p=2'>Next page</a>", None),
    ],
)  # fmt: skip
def test_the_next_page_is_this_address_with_the_next_number(url, link, follows):
    found = next_page(page("", f"<p>x</p>{link}", url=url))
    if follows is None and found is not None:
        assert not is_page(found, number=2, of=url)
    else:
        assert found == follows


def test_pages_are_joined_without_what_each_repeats():
    html, text = joined(
        ["<p>Summary of all.</p><p>One.</p>", "<p>Summary of all.</p><p>Two.</p><h2>End</h2>"]
    )
    assert text == "Summary of all.\n\nOne.\n\nTwo.\n\nEnd"
    assert html.count("Summary") == 1
    assert "<h2>End</h2>" in html


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dec 23, 2023 5:06pm PT", "2023-12-23"), ("23. Dezember 2023", "2023-12-23"), ("23 décembre 2023", "2023-12-23"),
        ("23 de diciembre de 2023", "2023-12-23"), ("23 Aralık 2023", "2023-12-23"), ("23 dekabr 2023, 11:20", "2023-12-23"),
        ("23 декабря 2023 г.", "2023-12-23"), ("23 грудня 2023", "2023-12-23"), ("23 желтоқсан 2023", "2023-12-23"),
        ("2023 жылғы 23 желтоқсан", "2023-12-23"), ("2023-yil 23-dekabr", "2023-12-23"), ("23 դեկտեմբերի, 2023", "2023-12-23"),
        ("23 დეკემბერი, 2023", "2023-12-23"), ("2023 წლის 23 დეკემბერი", "2023-12-23"), ("۲ دی ۱۴۰۲", "2023-12-23"),
        ("1402/10/02", "2023-12-23"), ("٢٣ ديسمبر ٢٠٢٣", "2023-12-23"), ("23 كانون الأول 2023", "2023-12-23"),
        ("2023年12月23日", "2023-12-23"), ("2023년 12월 23일", "2023-12-23"), ("23.12.2023 18:05", "2023-12-23"),
        ("23 Δεκεμβρίου 2023", "2023-12-23"), ("23 grudnia 2023", "2023-12-23"), ("23 декември 2023", "2023-12-23"),
        ("23 децембар 2023", "2023-12-23"), ("23 prosince 2023", "2023-12-23"), ("23 decembrie 2023", "2023-12-23"),
        ("23 dekabr 2023", "2023-12-23"), ("23-nji dekabr 2023", None), ("version 12.2.2", None), ("31 February 2024", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_printed(text, day):
    found = printed_dates(text)
    assert (found[0].day.isoformat() if found else None) == day


def test_three_numbers_are_read_as_the_language_has_them():
    assert printed_dates("03/04/2026")[0].day == date(2026, 4, 3)
    assert printed_dates("03/04/2026", month_first=True)[0].day == date(2026, 3, 4)
    assert printed_dates("03/14/2026")[0].day == date(2026, 3, 14)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_of_the_solar_calendar_leads_back_to_its_own(day):
    assert from_solar(*solar_day(day)) == day


@given(st.integers(946_684_800, 3_786_912_000), st.integers(-48, 56))
def test_the_zone_that_a_print_tells_changes_the_day_and_never_the_instant(seconds, quarters):
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    local = datetime.fromtimestamp(moment.timestamp() + quarters * 900, tz=UTC)
    printed = printed_dates(f"{local:%d.%m.%Y} {local:%H:%M}")[0]
    found = in_zone_of(moment, printed)
    assert found == moment
    assert found.date() == printed.day


def test_the_day_of_a_piece_is_the_one_that_its_outlet_prints():
    head = linked(datePublished="2026-03-15T01:06:51Z", headline="The ferry sails again")
    body = "<h1>The ferry sails again</h1><div>Mar 14, 2026 5:06pm PT</div><p>It sailed.</p>"
    found = published_at(page(head, body), headline="The ferry sails again")
    assert found.iso == "2026-03-14T17:06:51-08:00"


def test_a_piece_that_its_outlet_dates_anew_has_the_new_date():
    head = linked(datePublished="2022-10-24T19:16:43Z", dateModified="2023-12-14T13:36:44Z")
    fresh = "<h1>The ferry sails again</h1><div>14 December 2023</div><p>It sailed.</p>"
    changed = "<h1>The ferry sails again</h1><div>Updated on 14 December 2023</div><p>It sailed.</p>"
    assert published_at(page(head, fresh), headline="The ferry sails again").iso[:10] == "2023-12-14"
    assert published_at(page(head, changed), headline="The ferry sails again").iso[:10] == "2022-10-24"


@pytest.mark.parametrize(
    ("text", "count"),
    [("The ferry isn't late.", 4), ("კარგი დღე", 2), ("船は毎時出ます", 4), ("เรือข้ามฟาก", 3), ("", 0)],
)
def test_words_are_counted_in_scripts_without_spaces_too(text, count):
    assert abs(count_words(text) - count) <= 1
