"""An empty installation begins with policies that are true of it, and with no claim that only its owner can make."""

import re

import cast
import pytest
from django.conf import settings
from wagtail.models import Page

from dateline.audience import post
from dateline.cli.verbs import starter
from dateline.exchange.actions.starter import SLUGS, TEXTS, lay_starter_pages
from dateline.publishing.models import PlainPage
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import open_press
from dateline.reader.actions.leaving import UNCONFIRMED_DAYS
from dateline.reader.views import door, dressing

LANGUAGES = ("en", "fr", "fa")


def text(slug, language="en"):
    return (TEXTS / f"{slug}.{language}.md").read_text(encoding="utf-8")


@pytest.fixture
def site(db):
    cast.an_identity()
    if Page.get_first_root_node() is None:
        cast.a_page_tree()


def test_policies_and_contact_are_out_and_who_we_are_waits_for_the_owner(site):
    lay_starter_pages(languages=LANGUAGES)
    for language in LANGUAGES:
        rows = PlainPage.objects.filter(locale__language_code=language)
        live = set(rows.live().values_list("slug", flat=True))
        assert live == set(SLUGS) - {"who-we-are"}
        held = frame(open_press(now=cast.NOW), language)
        assert len(held.policies) == 3
        assert f"/{language}/contact/" in {link.href for link in held.pages}
    assert (
        len(PlainPage.objects.get(slug="privacy-policy", locale__language_code="fr").get_translations()) == 2
    )


def test_they_are_laid_once_and_what_the_owner_wrote_stays(site):
    lay_starter_pages(languages=["en"])
    page = PlainPage.objects.get(slug="contact")
    page.body = "<p>Ring twice.</p>"
    page.save_revision().publish()
    assert lay_starter_pages(languages=["en"]) == []
    assert "Ring twice" in PlainPage.objects.get(slug="contact").body


def test_a_language_without_texts_gets_drafts_to_be_translated(site):
    rows = lay_starter_pages(languages=["tr"])
    assert len(rows) == len(SLUGS)
    assert not PlainPage.objects.live().exists()


def test_the_policies_say_what_the_software_does():
    privacy, cookies = text("privacy-policy"), text("cookies")
    assert (post.KEPT_DAYS[post.ERROR], post.KEPT_DAYS[post.REPLY]) == (90, 365)
    assert "ninety days after it was answered, a reply or a request for a year" in privacy
    assert UNCONFIRMED_DAYS == 7
    assert "forgotten after a week" in privacy
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
    assert "after two weeks" in cookies
    for language in LANGUAGES:
        named = set(re.findall(r"^- \*\*(\w+)\*\*", text("cookies", language), re.MULTILINE))
        assert named == {door.SESSION, door.HINT, dressing.LANGUAGE, settings.CSRF_COOKIE_NAME}


def test_each_language_has_all_of_them():
    assert {file.name for file in TEXTS.glob("*.md")} - {"README.md"} == {
        f"{slug}.{language}.md" for slug in SLUGS for language in LANGUAGES
    }


def test_the_command_lays_what_is_missing_and_knows_the_sites_languages(site, capsys):
    parser = __import__("argparse").ArgumentParser()
    starter.add_arguments(parser)
    assert starter.run(parser.parse_args(["fa"])) == 0
    assert "/fa/who-we-are/\tdraft\t" in capsys.readouterr().out
    assert starter.run(parser.parse_args(["xx"])) == 2
    assert "has no xx" in capsys.readouterr().err
