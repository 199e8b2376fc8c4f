"""The small texts at the root: who we are, and what machines may do here."""

import json
from datetime import date, datetime

import cast
from lxml import etree

from dateline.articles.models import Article
from dateline.publishing.actions import bake_article, bake_due
from dateline.publishing.actions.baking import bake
from dateline.publishing.models import Raised
from dateline.publishing.notices import About, next_month, security
from dateline.publishing.queries.baked import Errand
from dateline.publishing.queries.press import open_press
from dateline.site.models import Identity

WHOLE = Errand("robots", "")
RSL = "{https://rslstandard.org/rsl}"


def written(site, **fields):
    cast.an_identity(email="desk@digest.example", **fields)
    bake(open_press(now=cast.NOW), WHOLE)


def test_whoever_finds_a_hole_knows_whom_to_write_to_for_nearly_a_year(site, read):
    written(site)
    said = dict(line.split(": ", 1) for line in read("/.well-known/security.txt").splitlines())
    assert said["Contact"] == "mailto:desk@digest.example"
    assert said["Canonical"] == "https://digest.example/.well-known/security.txt"
    left = datetime.fromisoformat(said["Expires"]) - cast.NOW
    assert 300 < left.days < 365


def test_security_txt_never_ends_a_year_ahead_nor_within_a_month_and_is_made_anew_each_month():
    about = About(base="https://d.example", name="D", email="a@d.example")
    for month in range(1, 13):
        for day in (1, 28):
            today = date(2026, month, day)
            told = security(about, today=today).split("Expires: ")[1][:10]
            assert 300 < (date.fromisoformat(told) - today).days < 366
            assert today < next_month(today)
            assert next_month(today).day == 1
    assert security(About(base="https://d.example", name="D"), today=date(2026, 1, 1)) == ""


def test_a_site_reserves_mining_everywhere_until_its_owner_says_otherwise(site, read):
    written(site, republish_licence="CC-BY-4.0")
    assert json.loads(read("/.well-known/tdmrep.json"))[0]["tdm-reservation"] == 1
    assert "datatrainingallowed=no" in read("/.well-known/trust.txt")
    rsl = etree.fromstring(read("/rsl.xml").encode())
    assert rsl.findtext(f".//{RSL}prohibits") == "ai-all"
    assert "reserved" in read("/licence.txt")
    assert "CC-BY-4.0" in read("/licence.txt")
    assert "License" not in read("/robots.txt")
    Identity.objects.update(is_mining_reserved=False)
    Identity.load().save()
    assert Raised.objects.filter(tag="site").exists()
    bake_due(now=cast.NOW)
    assert json.loads(read("/.well-known/tdmrep.json"))[0]["tdm-reservation"] == 0
    assert "datatrainingallowed=yes" in read("/trust.txt")


def test_where_ours_may_be_mined_a_page_of_others_says_that_it_may_not(site, read):
    cast.an_identity(is_mining_reserved=False)
    ours, theirs = cast.published(cast.an_exclusive()), cast.published(cast.a_translation())
    for one in (ours, theirs):
        bake_article(piece=one.uid, now=cast.NOW)
    assert "tdm-reservation" not in read(ours.get_absolute_url())
    assert '<meta name="tdm-reservation" content="1">' in read(theirs.get_absolute_url())
    assert Article.objects.live().count() == 2


def test_the_site_in_one_page_for_machines_names_its_sections_and_its_data(site, read):
    cast.a_section("Harbour [new]")
    written(site)
    page = read("/llms.txt")
    assert page.startswith("# Tideway en\n\n> News of the Tideway (en)\n")
    assert "- [Harbour \\[new\\]](https://digest.example/en/section/" in page
    assert "(https://digest.example/api/index.json): ninjs 3.1" in page
    assert "(https://digest.example/en/feed.xml)" in page
