"""The picker: a page without a feed is fetched, pointed at, tried, and watched."""

import re

import cast
import pytest
from django.urls import reverse
from page_server import serving

from dateline.intake.actions import check_channel
from dateline.intake.models import PointedPage
from dateline.sources.models import Channel, Outlet

pytestmark = pytest.mark.django_db

CARD = (
    '<article class="card"><h2><a href="/n/{n}.html">{title}</a></h2><time datetime="2026-03-1{n}T08:00:00Z">'
    "soon</time><p>What happened at the lake on that day, told in a sentence or two.</p></article>"
)
TITLES = [
    "The ferry sails again",
    "The market moves to the quay",
    "The bridge is painted blue",
    "A school opens late",
]


def front_page(titles=TITLES, *, card=CARD, attributes='lang="en"'):
    cards = "".join(card.format(n=n, title=title) for n, title in enumerate(titles))
    return (
        f"<!doctype html><html {attributes}><head><title>Lakeside Post</title></head><body><nav><a href='/'>Home</a>"
        f"<a href='/sport'>Sport</a></nav><script>alert(1)</script><main>{cards}</main></body></html>"
    )


@pytest.fixture
def site(settings):
    with serving(settings) as server:
        yield server


@pytest.fixture
def chief(at_desk):
    return at_desk(cast.somebody("ines", role="editor-in-chief"))


@pytest.fixture
def laid_out(chief, site):
    """Lay a page out on the desk and return the picker's address."""

    def lay(markup=None):
        address = site.put("/news/", front_page() if markup is None else markup)
        answer = chief.post(reverse("newsroom:add-page"), {"address": address, "outlet": ""})
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    return lay


def texts(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def rules_in(answer):
    return {
        name: field.value() or ""
        for name, field in zip(answer.context["form"].fields, answer.context["form"], strict=True)
    }


def test_a_page_is_fetched_and_rules_are_proposed_without_a_click(chief, laid_out):
    answer = chief.get(laid_out())
    assert "4 pieces" in texts(answer)
    assert "The ferry sails again" in texts(answer)


def test_a_candidate_shows_what_it_finds_and_is_watched(chief, laid_out):
    where = laid_out()
    shown = chief.get(where, {"candidate": "0"})
    assert [entry.title for entry in shown.context["look"].entries] == TITLES
    answer = chief.post(where, {**rules_in(shown), "name": "The Lakeside Post", "outlet": "", "save": "1"})
    assert answer.status_code == 302
    channel = Channel.objects.get()
    assert channel.kind == Channel.Kind.PAGE
    assert channel.outlet.name == "The Lakeside Post"
    assert channel.rules["xPathItem"].startswith("//")
    assert channel.rules["cssItem"] == "article.card"


def test_the_watched_page_brings_its_pieces(chief, laid_out):
    where = laid_out()
    shown = chief.get(where, {"candidate": "0"})
    chief.post(where, {**rules_in(shown), "outlet": "", "save": "1"})
    channel = Channel.objects.get()
    assert check_channel(channel=channel, now=cast.NOW).new == 4
    assert [entry.title for entry in channel.entries.order_by("pk")] == TITLES
    assert channel.entries.get(title=TITLES[2]).published_at.isoformat() == "2026-03-12T08:00:00+00:00"


def test_a_page_that_changed_its_layout_says_so_and_points_to_the_picker(chief, laid_out, site):
    where = laid_out()
    chief.post(where, {**rules_in(chief.get(where, {"candidate": "0"})), "outlet": "", "save": "1"})
    channel = Channel.objects.get()
    check_channel(channel=channel, now=cast.NOW)
    site.put("/news/", front_page(card='<div class="tile"><h3><a href="/n/{n}.html">{title}</a></h3></div>'))
    channel.refresh_from_db()
    trouble = check_channel(channel=channel, now=cast.NOW).trouble
    assert "The page is there, but the rule for items (article.card) finds nothing on it" in trouble
    assert "open the picker" in trouble
    assert channel.entries.count() == 4


def test_new_rules_are_followed_at_once_though_the_page_is_the_same(chief, laid_out, site):
    where = laid_out()
    narrow = {"item": "main article:first-child", "Title": "h2", "Uri": "a", "outlet": "", "save": "1"}
    assert chief.post(where, narrow).status_code == 302
    channel = Channel.objects.get()
    assert check_channel(channel=channel, now=cast.NOW).new == 1
    again = chief.post(reverse("newsroom:channel-rules", args=[channel.pk]))["Location"]
    assert rules_in(chief.get(again))["item"] == "main article:first-child"
    assert (
        chief.post(again, {"item": "article.card", "Title": "h2", "Uri": "a", "save": "1"}).status_code == 302
    )
    channel.refresh_from_db()
    assert check_channel(channel=channel, now=cast.NOW).new == 3


def test_pointing_at_a_headline_makes_the_rules(chief, laid_out):
    where = laid_out()
    frame = chief.get(where).context["frame"]
    links = re.findall(r'href="\.\./(\?title=m\w+[^"]*)"[^>]*>([^<]+)', chief.get(frame).content.decode())
    query = next(query for query, text in links if text == TITLES[1]).replace("&amp;", "&")
    answer = chief.get(where + query)
    assert [entry.title for entry in answer.context["look"].entries] == TITLES
    assert answer.context["role"] == "title2"


def test_the_frame_is_inert_and_asks_nobody_for_anything(chief, laid_out, site):
    where = laid_out(
        front_page(["<img src=x onerror=alert(1)>Boats", "<b onclick=x>Quay</b>", "Third one here"])
    )
    before = len(site.asked)
    answer = chief.get(chief.get(where).context["frame"])
    markup = answer.content.decode()
    assert "script" not in markup.replace("noscript", "")
    assert not re.search(r"\son\w+=|src=|style=|javascript:|https?://", markup)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "allow-scripts" not in answer["Content-Security-Policy"]
    assert len(site.asked) == before


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"item": "//div["}, "cannot be followed"),
        ({"item": "article..card"}, "is no CSS"),
        ({"item": "section.none"}, "finds nothing"),
        ({"item": "nav"}, "matches 1 blocks"),
        ({"item": "document('x')"}, "a function that XPath 1.0 does not have"),
        ({"item": "article", "Timestamp": "time@datetime", "xPathItemTimeFormat": "Q"}, "the letter Q"),
    ],
)
def test_rules_by_hand_that_find_nothing_say_what_is_wrong_with_which(chief, laid_out, rules, words):
    if rules["item"] == "nav":
        rules = {**rules, "Uri": "b a"}
    answer = chief.post(laid_out(), {**rules, "save": "1", "outlet": ""})
    assert answer.status_code == 422
    assert words in texts(answer)
    assert not Channel.objects.exists()


def test_rules_by_hand_are_tried_before_they_are_saved(chief, laid_out):
    answer = chief.post(
        laid_out(), {"item": "//article[2]", "Title": "descendant::h2", "try": "1", "outlet": ""}
    )
    assert [entry.title for entry in answer.context["look"].entries] == [TITLES[1]]
    assert not Channel.objects.exists()


def test_a_button_takes_what_is_in_the_blocks_as_a_field(chief, laid_out):
    answer = chief.post(
        laid_out(), {"item": "article", "Title": "h2", "use": "Timestamp:time@datetime", "outlet": ""}
    )
    assert answer.context["look"].entries[0].published_at == "2026-03-10T08:00:00+00:00"


def test_the_page_of_an_outlet_that_we_have_becomes_its_channel(chief, laid_out):
    outlet = cast.an_outlet()
    chief.post(laid_out(), {"item": "article", "Title": "h2", "outlet": outlet.pk, "save": "1"})
    assert Channel.objects.get().outlet == outlet
    assert Outlet.objects.count() == 1


def test_a_page_that_is_watched_already_is_not_watched_twice(chief, laid_out):
    told = {"item": "article", "Title": "h2", "outlet": "", "save": "1"}
    where = laid_out()
    chief.post(where, told)
    answer = chief.post(where, told)
    assert answer.status_code == 422
    assert "is already a feed of" in texts(answer)


def test_an_address_that_gives_nothing_is_told_in_words(chief, site):
    site.put("/gone/", b"", status=404)
    answer = chief.post(reverse("newsroom:add-page"), {"address": site.address + "/gone/"})
    assert answer.status_code == 422
    assert "There is nothing at" in texts(answer)


def test_an_inner_address_is_refused(chief):
    answer = chief.post(reverse("newsroom:add-page"), {"address": "http://127.0.0.1:1/"})
    assert answer.status_code == 422
    assert not PointedPage.objects.exists()


def test_an_editor_who_may_not_add_outlets_may_not_pick(at_desk, newsroom):
    assert at_desk(cast.vera()).get(reverse("newsroom:add-page")).status_code == 302
    assert at_desk(cast.nobody()).get(reverse("newsroom:add-page")).status_code == 302


def test_a_right_to_left_page_is_shown_in_its_direction(chief, laid_out):
    titles = ["قایق دوباره به راه افتاد امروز", "بازار به اسکله می‌رود امروز", "پل را آبی رنگ کردند دیروز"]
    where = laid_out(front_page(titles, attributes='lang="fa" dir="rtl"'))
    answer = chief.get(where, {"candidate": "0"})
    assert [entry.title for entry in answer.context["look"].entries] == titles
    assert '<html lang="fa" dir="rtl">' in chief.get(answer.context["frame"]).content.decode()
