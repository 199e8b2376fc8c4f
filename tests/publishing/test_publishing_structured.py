import json
import re

import cast
import extruct
import pytest

from dateline.articles.kinds import Genre, MachineHelp
from dateline.publishing import actions


@pytest.fixture
def said(site, read):
    """Return a reader of the JSON-LD of an article's baked page, as extruct gives it."""

    def of(article):
        actions.bake_article(piece=article.uid, now=cast.NOW)
        page = read(article.get_absolute_url())
        found = extruct.extract(page, base_url="https://digest.example/", syntaxes=["json-ld"])["json-ld"]
        assert len(found) == 1
        return found[0]

    return of


def test_a_translation_is_read_back_as_a_translation_of_its_original(said):
    piece = cast.published(
        cast.a_translation(headline="The ferry is back", hero=cast.a_picture(), hero_alt="A ferry")
    )
    node = said(piece)
    original = piece.original
    assert node["@context"] == "https://schema.org"
    assert node["@type"] == "ReportageNewsArticle"
    assert node["headline"] == "The ferry is back"
    assert node["inLanguage"] == "en"
    assert node["url"] == f"https://digest.example{piece.get_absolute_url()}"
    assert [one["name"] for one in node["author"]] == ["Salma Verrin"]
    assert node["translator"][0]["name"] == "Tomas Arden"
    assert node["translator"][0]["url"].startswith("https://digest.example/en/by/")
    work = node["translationOfWork"]
    assert work["@type"] == "NewsArticle"
    assert (work["url"], work["headline"], work["inLanguage"]) == (original.url, original.headline, "fr")
    assert work["author"] == [{"@type": "Person", "name": "Salma Verrin"}]
    assert work["publisher"]["name"] == "Harbour Courier"
    assert work["datePublished"] == "2026-03-12T06:00:00+00:00"
    assert node["publisher"]["@type"] == "NewsMediaOrganization"
    assert node["sourceOrganization"]["name"] == "Harbour Courier"
    assert node["image"]["creditText"] == "Photograph: Ines Molde"
    assert "isBasedOn" not in node


def test_a_reprint_is_based_on_its_original(said):
    piece = cast.published(cast.a_reprint())
    node = said(piece)
    assert node["isBasedOn"]["url"] == piece.original.url
    assert node["copyrightHolder"]["name"] == "Harbour Courier"
    assert node["creditText"] == "By courtesy of the Harbour Courier"
    assert "translationOfWork" not in node


def test_an_exclusive_comes_from_nobody_else(said):
    node = said(cast.published(cast.an_exclusive(genre=Genre.OPINION)))
    assert node["@type"] == "OpinionNewsArticle"
    assert {"isBasedOn", "translationOfWork", "sourceOrganization", "digitalSourceType"} & set(node) == set()


def test_a_statement_names_its_issuer_and_cites_what_it_disputes(said):
    original = cast.an_original()
    node = said(cast.published(cast.a_statement(answers=[("disputes", original, "nine")])))
    assert node["author"] == [{"@type": "Organization", "name": "The Harbour Office"}]
    assert node["citation"][0]["url"] == original.url


def test_the_help_of_a_machine_is_told_to_machines(said):
    piece = cast.published(cast.a_translation(machine_help=MachineHelp.REVISED, machine_name="pseudo"))
    assert said(piece)["digitalSourceType"].endswith("/compositeWithTrainedAlgorithmicMedia")


def test_an_unsigned_original_has_its_outlet_for_an_author(said):
    original = cast.an_original(authors=[])
    piece = cast.published(cast.a_translation(original, authors=(), is_unsigned_at_source=True))
    node = said(piece)
    assert node["author"][0]["name"] == "Harbour Courier"
    assert "author" not in node["translationOfWork"]


def test_a_headline_cannot_end_the_script_in_which_it_stands(said, read):
    nasty = '</script><script>alert("1")</script>'
    piece = cast.published(cast.an_exclusive(headline=nasty))
    assert said(piece)["headline"] == nasty
    page = read(piece.get_absolute_url())
    (inside,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(inside)["headline"] == nasty
