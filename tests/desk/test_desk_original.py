"""The page of an original says what is known of it, who told it, and what its publisher reserves."""

import pytest
from cast import an_original, somebody
from django.urls import reverse

pytestmark = pytest.mark.django_db

TOLD = {
    "section": "Harbour",
    "word_count": 412,
    "canonical_url": "https://post.example/canonical",
    "origins": {"headline": "headline", "authors": "json-ld", "section": "meta", "published_at": "printed"},
    "signals": [
        {"signal": "robots", "value": "noai", "where": "meta robots"},
        {"signal": "tdm-reservation", "value": "1", "where": "header tdm-reservation"},
        {"signal": "creative-commons", "value": "CC BY-NC 4.0", "where": "link rel=license"},
    ],
    "is_paywalled": True,
    "paywall_evidence": ["JSON-LD: the publisher marks the article as not free."],
    "pictures": [
        {"url": "https://post.example/1.jpg", "alt": "", "caption": "At the <quay>", "credit": "Tomas Berg",
         "width": 1200, "height": 800, "origin": "figure"}
    ],
    "is_suspect": True,
    "reasons": ["cut: The text breaks off."],
}  # fmt: skip


def shown(client, **fields):
    piece = an_original(**{**TOLD, **fields})
    client.force_login(somebody("vera", role="editor"))
    return client.get(reverse("newsroom:original", args=[piece.pk])).content.decode()


def test_an_original_is_shown_with_what_it_says_and_who_told_it(client):
    page = shown(client)
    for words in (
        "Harbour", "412 words", "behind a paywall", "not free", "https://post.example/canonical",
        "the date as printed near the headline", "1200 × 800", "Tomas Berg", "a figure in the article",
        "CC BY-NC 4.0", "Text and data mining is reserved.", "noai (meta robots)", "The text breaks off.",
    ):  # fmt: skip
        assert words in page
    assert "At the &lt;quay&gt;" in page
    assert "cut: The" not in page


def test_an_original_that_says_nothing_has_no_empty_cards(client):
    page = shown(
        client, signals=[], pictures=[], origins={}, is_paywalled=False, section="", canonical_url=""
    )
    assert "Licence and reservations" not in page
    assert "pictures-heading" not in page
    assert "Who told us" not in page


def test_the_uses_that_are_reserved_are_told_with_their_sources():
    told = {(use, by.where) for use, by in an_original(**TOLD).reserved_uses}
    assert told == {
        ("mining", "meta robots"),
        ("training", "meta robots"),
        ("mining", "header tdm-reservation"),
        ("training", "header tdm-reservation"),
    }
