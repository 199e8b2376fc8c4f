"""A bad reading is corrected by pointing at the snapshot, and the correction becomes the rule of the site."""

import hashlib
import re

import cast
import pytest
from django.urls import reverse
from page_server import serving

from dateline.desk.actions import pick_as_reprint, pick_as_translation
from dateline.intake.actions import take_entry
from dateline.intake.models import Correction, Entry, Original, SiteRule
from dateline.intake.queries import reading_for
from dateline.people.models import AuditEntry
from dateline.translation.models import Segment

pytestmark = pytest.mark.django_db

SENTENCES = [
    "The ferry across the lake sails every hour from the first of May, the harbour office said on Monday.",
    "Passengers had asked for it in a letter that more than four thousand of them signed in one winter.",
    "The office first answered that there was no money, and then found it in the budget for dredging.",
    "The first boat leaves the northern quay at five in the morning, and the last one at eleven at night.",
]
SHOP = (
    "Our shop has a raincoat for every reader who takes the boat: order it until Sunday and pay half of it."
)


def article(headline="Ferry to sail every hour", *, sentences=SENTENCES):
    text = "".join(f"<p>{one}</p>" for one in sentences)
    return (
        '<!doctype html><html lang="en"><head><title>Lakeside Post</title></head><body>'
        '<div class="masthead"><h1>The Lakeside Post for everybody at the lake</h1></div>'
        f'<div class="story"><h2 class="story-head">{headline}</h2><p class="story-lead">Every hour, all summer.</p>'
        '<span class="story-byline">By Salma Verrin</span><span class="story-date">12 March 2026</span>'
        f'<div class="story-text">{text}<div class="shop-box"><p>{SHOP}</p></div></div></div>'
        "<footer>All of it is ours.</footer></body></html>"
    )


@pytest.fixture
def site(settings):
    with serving(settings) as server:
        yield server


@pytest.fixture
def take(site, newsroom):
    channel = None

    def taken(path="/2026/ferry.html", markup=None, **fields):
        nonlocal channel
        channel = channel or cast.a_channel(cast.an_outlet(language="en"), **fields)
        entry = Entry.objects.create(
            channel=channel, guid=path, url=site.put(path, markup or article()), seen_at=cast.NOW
        )
        take_entry(entry=entry, now=cast.NOW)
        entry.refresh_from_db()
        assert entry.original, entry.trouble
        return entry.original

    return taken


@pytest.fixture
def vera(at_desk):
    return at_desk(cast.vera())


def where(original):
    return reverse("newsroom:correct", args=[original.pk])


def marks_in(client, original, role):
    """Return the marks before the blocks of the frame, by the words that follow."""
    frame = client.get(where(original), {"role": role}).context["frame"]
    markup = client.get(frame).content.decode()
    found = re.findall(rf'href="\.\./\?[^"]*{role}=(m\w+)"[^>]*>[¶#]</a>([^<]+)', markup)
    return {text[:20]: mark for mark, text in found}


RULES = {
    "headline": "h2.story-head",
    "standfirst": "p.story-lead",
    "author": "span.story-byline",
    "date": "span.story-date",
    "body": "div.story-text",
    "leave_out": "div.shop-box",
}


def test_the_page_of_a_correction_shows_the_snapshot_and_its_blocks(vera, take):
    original = take()
    answer = vera.get(where(original))
    assert answer.status_code == 200
    assert any(block.text.startswith("The ferry across") for block in answer.context["look"].blocks)
    frame = vera.get(answer.context["frame"])
    assert "The ferry across the lake" in frame.content.decode()
    assert 'data-role="body"' in frame.content.decode()
    assert "default-src 'none'" in frame["Content-Security-Policy"]


def test_pointing_makes_rules_that_read_the_page(vera, take):
    original = take()
    marks = marks_in(vera, original, "body")
    told = {
        "headline": marks["Ferry to sail every "],
        "body": marks["Passengers had asked"],
        "leave_out": marks["Our shop has a rainc"],
        "standfirst": marks["Every hour, all summ"],
    }
    answer = vera.get(where(original), told)
    look = answer.context["look"]
    assert look.read["headline"] == "Ferry to sail every hour"
    assert look.read["body_text"].split("\n\n") == SENTENCES
    assert look.read["standfirst"] == "Every hour, all summer."
    assert look.rules["leave_out"] == ["div.shop-box"]
    assert look.rules["headline"] == "h2.story-head"


def test_a_block_can_be_chosen_from_the_list(vera, take):
    original = take()
    blocks = vera.get(where(original)).context["look"].blocks
    shop = next(block.mark for block in blocks if block.text.startswith("Our shop"))
    look = vera.get(where(original), {"as": "leave_out", "block": shop}).context["look"]
    assert "raincoat" not in look.read["body_text"]
    assert look.rules["leave_out"] == ["div.shop-box"]


def test_a_saved_correction_is_what_the_desk_reads_and_the_original_stays(vera, take):
    original = take()
    as_it_came = original.body_text
    answer = vera.post(where(original), {**RULES, "is_for_site": "on", "save": "1"})
    assert answer.status_code == 302
    original = Original.objects.get()
    reading = reading_for(original)
    assert original.body_text == as_it_came
    assert reading.body_text.split("\n\n") == SENTENCES
    assert reading.author_names == ["Salma Verrin"]
    assert reading.headline == "Ferry to sail every hour"
    assert reading.published_at.date().isoformat() == "2026-03-12"
    assert not reading.is_suspect
    page = vera.get(reverse("newsroom:original", args=[original.pk])).content.decode()
    assert "raincoat" not in page
    assert "Corrected reading" in page


def test_the_correction_is_the_rule_for_the_next_piece_of_the_site(vera, take):
    vera.post(where(take()), {**RULES, "is_for_site": "on", "save": "1"})
    other = take("/2026/market.html", article("Market moves to the quay", sentences=[*SENTENCES[::-1]]))
    assert other.headline == "Market moves to the quay"
    assert other.body_text.split("\n\n") == SENTENCES[::-1]
    assert other.origins["headline"] == "site-rule"
    assert "raincoat" not in other.body_html


def test_a_correction_for_one_piece_leaves_the_site_alone(vera, take):
    vera.post(where(take()), {**RULES, "save": "1"})
    assert Correction.objects.get().rule is None
    assert not SiteRule.objects.exists()


def test_a_rule_may_hold_for_some_paths_only(vera, take):
    first = take("/news/ferry.html")
    vera.post(where(first), {**RULES, "is_for_site": "on", "path_pattern": "/news/*", "save": "1"})
    assert SiteRule.objects.for_page(first.url) is not None
    assert SiteRule.objects.for_page(first.url.replace("/news/", "/opinion/")) is None


def test_a_second_correction_counts_the_rule_up_and_the_audit_has_the_first(vera, take):
    original = take()
    vera.post(where(original), {**RULES, "is_for_site": "on", "save": "1"})
    vera.post(where(original), {**RULES, "leave_out": "", "is_for_site": "on", "save": "1"})
    rule = SiteRule.objects.get()
    assert rule.version == 2
    assert "raincoat" in reading_for(original).body_text
    written = AuditEntry.objects.filter(verb="write-rule").order_by("-pk").first()
    assert written.before["leave_out"] == ["div.shop-box"]
    assert written.by == cast.vera()


def test_a_rule_that_no_longer_matches_is_said_and_what_can_be_read_is_read(vera, take):
    vera.post(where(take()), {**RULES, "is_for_site": "on", "save": "1"})
    changed = article("A new layout came").replace("story-text", "prose").replace("story-head", "hed")
    original = take("/2026/layout.html", changed)
    assert original.is_suspect
    assert any("rule for the body finds nothing" in reason for reason in original.reasons)
    assert any("rule for the headline finds nothing" in reason for reason in original.reasons)
    assert SENTENCES[0] in original.body_text


def test_picks_use_the_corrected_reading(vera, take):
    original = take()
    vera.post(where(original), {**RULES, "is_for_site": "on", "save": "1"})
    reprint = pick_as_reprint(original=original, agreement=None, by=cast.vera(), now=cast.NOW)
    assert reprint.headline == "Ferry to sail every hour"
    assert "raincoat" not in str(reprint.body)
    assert [str(credit) for credit in reprint.credits.all()]
    pick_as_translation(original=original, language="fr", agreement=None, by=cast.vera(), now=cast.NOW)
    assert not Segment.objects.filter(source__contains="raincoat").exists()
    assert Segment.objects.filter(source=SENTENCES[1]).exists()


def test_a_correction_can_be_taken_back_and_a_rule_forgotten(vera, take):
    original = take()
    vera.post(where(original), {**RULES, "is_for_site": "on", "save": "1"})
    vera.post(reverse("newsroom:undo-correction", args=[original.pk]))
    assert reading_for(original).headline == original.headline
    assert SiteRule.objects.get().host in vera.get(reverse("newsroom:site-rules")).content.decode()
    vera.post(reverse("newsroom:forget-rule", args=[SiteRule.objects.get().pk]))
    assert not SiteRule.objects.exists()


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"body": "div["}, "is no CSS"),
        ({"headline": "//h2["}, "cannot be followed"),
        ({"body": "h1", "path_pattern": "news"}, "valid value"),
    ],
)
def test_bad_rules_are_told_and_nothing_is_kept(vera, take, rules, words):
    answer = vera.post(where(take()), {**rules, "is_for_site": "on", "save": "1"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Correction.objects.exists()
    assert not SiteRule.objects.exists()


def test_an_original_without_a_snapshot_says_so(vera, newsroom):
    original = cast.an_original()
    answer = vera.get(where(original))
    assert answer.status_code == 200
    assert answer.context["look"].trouble


def test_who_may_not_sort_may_not_correct(at_desk, take):
    original = take()
    client = at_desk(cast.tomas())
    assert client.get(where(original)).status_code == 302
    assert client.post(where(original), {**RULES, "save": "1"}).status_code == 302
    assert not Correction.objects.exists()


def test_what_a_channel_says_of_its_articles_pages_reads_them(take):
    rules = {"cssFullContent": "div.story-text", "cssContentFilter": ".shop-box"}
    original = take(rules=rules)
    assert original.body_text.split("\n\n") == SENTENCES


def test_a_rule_made_later_is_not_taken_for_a_change_at_the_source(vera, take):
    from dateline.intake.actions import take_again

    original = take()
    vera.post(where(original), {**RULES, "is_for_site": "on", "save": "1"})
    rule = SiteRule.objects.get()
    assert rule.made_at > original.snapshots.get().fetched_at
    assert take_again(original=original, now=cast.NOW) is None


def test_the_same_snapshot_gives_the_same_marks(vera, take):
    original = take()
    frame = vera.get(where(original)).context["frame"]
    first, second = (hashlib.sha256(vera.get(frame).content).hexdigest() for _ in range(2))
    assert first == second


def test_the_newslist_shows_the_corrected_headline_and_no_doubt_that_is_answered(vera, take):
    original = take(markup=article().replace("<title>Lakeside Post</title>", "<title>Wrong name</title>"))
    vera.post(where(original), {**RULES, "is_for_site": "on", "save": "1"})
    page = vera.get(reverse("wagtailadmin_home"), {"state": "all"}).content.decode()
    assert "Ferry to sail every hour" in page
    assert "Doubtful reading" not in page
