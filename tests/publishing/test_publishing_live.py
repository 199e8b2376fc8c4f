"""A piece that is told while it happens says so, to people and to machines; it is a report when it is over."""

import json
from dataclasses import replace

from django.template.loader import render_to_string
from lxml import html
from publishing.publishing_paper import PAGES

from dateline.articles.kinds import Genre
from dateline.publishing.structured import Facts, article, steps_of

WORDS = "The newest stands first."


def page_of(genre):
    return replace(PAGES["article"][1]("en"), genre=genre, genre_name=Genre(genre).label)


def test_readers_are_told_that_it_goes_on():
    live, report = (
        html.fromstring(render_to_string("pages/article.html", {"page": page_of(genre)}))
        for genre in ("live", "report")
    )
    assert WORDS in live.find(".//header[@class='article-head']").text_content()
    assert "live" in live.find(".//article").get("class").split()
    assert WORDS not in report.text_content()


def test_machines_are_told_since_when():
    facts = Facts(base="https://digest.example", own="https://digest.example/en/2026/03/14/x/", words=100)
    told = article(page_of("live"), facts)
    assert (told["@type"], told["coverageStartTime"]) == ("LiveBlogPosting", told["datePublished"])
    assert "coverageStartTime" not in json.dumps(article(page_of("report"), facts))


def test_machines_are_told_each_step():
    body = [("paragraph", "What it is."), ("heading", "Noon"), ("paragraph", "It sails."), ("picture", ""),
            ("paragraph", "It is late."), ("heading", "Dawn"), ("paragraph", "It waits.")]  # fmt: skip
    facts = Facts(
        base="https://digest.example", own="https://digest.example/x/", words=9, steps=steps_of(body)
    )
    told = article(page_of("live"), facts)["liveBlogUpdate"]
    assert [(one["@type"], one["headline"], one["articleBody"]) for one in told] == [
        ("BlogPosting", "Noon", "It sails.\nIt is late."),
        ("BlogPosting", "Dawn", "It waits."),
    ]
    assert "liveBlogUpdate" not in json.dumps(article(page_of("report"), facts))
