"""What a pick brings along and what it does not: pictures as candidates, and an original as an idea."""

import cast
import pytest
from django.urls import reverse
from django.utils import timezone

from dateline.articles.kinds import Kind
from dateline.articles.models import Article
from dateline.desk.actions import pick_as_reprint
from dateline.desk.actions.picking import AlreadyAnIdea, pick_as_idea
from dateline.desk.actions.writing import accept_idea
from dateline.desk.models import Gist, Idea
from dateline.desk.queries.candidates import candidates

NOW = cast.NOW
PICTURES = [
    {
        "url": "https://o.example/bac.jpg",
        "alt": "A ferry",
        "caption": "Le bac",
        "credit": "Photo: Salma",
        "width": 1200,
        "height": 800,
    },
    {
        "url": "https://o.example/lampe.jpg",
        "alt": "",
        "caption": "",
        "credit": "",
        "width": None,
        "height": None,
    },
    {"url": "javascript:alert(1)", "credit": "x"},
]


@pytest.fixture
def picked(newsroom):
    """A reprint under an agreement, made by a pick of an original that came with pictures."""
    outlet = cast.an_outlet()
    agreement = cast.an_agreement(outlet)
    original = cast.an_original(outlet, pictures=PICTURES, image=PICTURES[0])
    return pick_as_reprint(original=original, agreement=agreement, by=cast.vera(), now=NOW)


def test_the_pictures_of_an_original_are_candidates_with_their_credit_and_no_right(picked):
    first, second = candidates(picked.original, on=NOW.date())
    assert (first.title, first.credit, first.width, first.may_be_shown) == (
        "Le bac",
        "Photo: Salma",
        1200,
        False,
    )
    assert (second.title, second.credit, second.picture) == ("lampe.jpg", "", None)


def test_no_picture_stands_in_what_a_pick_makes_though_its_text_is_covered(picked):
    assert picked.permission is not None
    assert picked.hero is None
    assert not picked.picture_uses.exists()
    assert "bac.jpg" not in str(picked.body)


def test_a_candidate_that_was_taken_in_has_the_state_of_its_own_right(picked):
    picture = cast.a_picture()
    picture.source_url = PICTURES[0]["url"]
    picture.save()
    first, _second = candidates(picked.original, on=NOW.date())
    assert first.picture == picture
    assert first.may_be_shown == bool(picture.permission and picture.permission.holds(on=NOW.date()))
    picture.permission = None
    picture.save()
    assert not candidates(picked.original, on=NOW.date())[0].may_be_shown


def test_a_candidate_is_taken_in_without_a_typed_character_of_credit(at_desk, picked):
    chief = at_desk(cast.somebody("ines", role="editor-in-chief"))
    text = chief.get(reverse("newsroom:article-pictures", args=[picked.pk])).content.decode()
    assert "Photo: Salma" in text
    assert "no right: ask for it" in text
    assert "javascript:" not in text
    told = {"title": "Le bac", "credit": "Photo: Salma", "source_url": PICTURES[0]["url"]}
    form = chief.get(reverse("newsroom:add-picture"), told).content.decode()
    assert 'value="Photo: Salma"' in form
    assert f'value="{PICTURES[0]["url"]}"' in form
    edit = chief.get(reverse("wagtailsnippets_articles_article:edit", args=[picked.pk])).content.decode()
    assert reverse("newsroom:article-pictures", args=[picked.pk]) in edit


def test_an_article_without_an_original_has_no_such_page(at_desk, newsroom):
    address = reverse("newsroom:article-pictures", args=[cast.an_exclusive().pk])
    assert at_desk().get(address).status_code == 404


def test_an_original_is_picked_as_an_idea_and_leaves_the_open_list(at_desk, newsroom):
    original = cast.an_original(headline="Le bac", taken_at=timezone.now())
    client = at_desk()
    answer = client.post(reverse("newsroom:pick-idea", args=[original.pk]), follow=True)
    assert "Proposed as an idea" in answer.content.decode()
    idea = Idea.objects.get()
    assert (idea.original, idea.title, idea.locale.language_code) == (original, "Le bac", "en")
    assert original.url in idea.note
    assert "Le bac" not in client.get("/desk/").content.decode()
    assert "idea, proposed" in client.get("/desk/", {"state": "picked"}).content.decode()
    again = client.post(reverse("newsroom:pick-idea", args=[original.pk]), follow=True)
    assert "proposed it as an idea already" in again.content.decode()
    assert Idea.objects.count() == 1


def test_the_idea_bears_the_gist_where_there_is_one_and_becomes_a_piece_of_our_own(newsroom):
    original = cast.an_original(headline="Le bac")
    Gist.objects.create(original=original, language="en", text="The ferry", machine="pseudo", at=NOW)
    idea = pick_as_idea(original=original, language="en", by=cast.vera(), now=NOW)
    assert idea.title == "The ferry"
    with pytest.raises(AlreadyAnIdea):
        pick_as_idea(original=original, language="en", by=cast.vera(), now=NOW)
    article = accept_idea(idea=idea, by=cast.vera(), now=NOW)
    assert (article.kind, article.original, article.permission) == (Kind.EXCLUSIVE, None, None)
    assert Article.objects.count() == 1
