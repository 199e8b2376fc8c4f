"""Pages in Georgian, Armenian, Azerbaijani and Persian with the structures that are common there, all made up."""

import json
from pathlib import Path

import pytest

from dateline.intake.extract import extract

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_of_the_region_gives_its_article_and_nothing_else(path):
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = extract(path.read_bytes(), url=told["url"])
    assert found.headline == told["headline"]
    assert found.body_text.split("\n\n") == told["paragraphs"]
    assert found.language == told["language"]
    assert [author["name"] for author in found.authors] == told["authors"]
    assert (found.published_at or "")[:10] == told["day"]
    assert not [line for line in told.get("absent", ()) if line in found.body_text]
    assert found.section == told.get("section", "")
    if "credit" in told:
        assert (found.pictures[0]["url"], found.pictures[0]["credit"]) == (told["picture"], told["credit"])
    assert not found.suspect, found.reasons


def test_each_script_of_the_region_has_its_pages():
    assert {path.stem[:2] for path in PAGES} == {"az", "fa", "hy", "ka"}
    assert len(PAGES) >= 24
