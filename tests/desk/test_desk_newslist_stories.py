"""The newslist as stories, what each person has seen of it, saved filters, undo, and picks in several ways."""

import uuid
from datetime import timedelta

import cast
import pytest
from django.urls import reverse
from django.utils import timezone

from dateline.articles.models import Article
from dateline.desk.actions import pick_in_ways, review
from dateline.desk.actions.looking import enter_originals
from dateline.desk.bodies import opening
from dateline.desk.models import Pick, SavedFilter, Spike
from dateline.desk.ways import Way
from dateline.editions.models import Voice
from dateline.intake.models import Membership, Story
from dateline.rights.actions import take_from_agreement
from dateline.rights.models import Permission, Use
from dateline.translation.composing import Composed

NOW = cast.NOW


def page(client, **asked):
    answer = client.get("/desk/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def a_story(*originals):
    story = Story.objects.create(
        title="The ferry", opened_at=NOW, last_at=NOW, pieces=len(originals), outlets=len(originals)
    )
    for one in originals:
        Membership.objects.create(original=one, story=story, told_at=one.taken_at)
    return story


@pytest.fixture
def told(newsroom):
    """Two outlets tell one story, and a third piece stands alone."""
    first = cast.an_original(cast.an_outlet("Older Paper"), headline="Older piece", taken_at=NOW)
    second = cast.an_original(
        cast.an_outlet("Newer Paper"), headline="Newer piece", taken_at=NOW + timedelta(hours=1)
    )
    lone = cast.an_original(headline="Lone piece", taken_at=NOW - timedelta(hours=1))
    return a_story(first, second), first, second, lone


def test_a_story_is_one_line_under_its_newest_piece(at_desk, told):
    text = page(at_desk())
    assert text.count("data-newsroom-piece=") == 2
    assert "Newer piece" in text
    assert "Older piece" not in text
    assert "1 other outlet has it" in text
    assert page(at_desk(), view="pieces").count("data-newsroom-piece=") == 3


def test_a_story_opens_by_its_address(at_desk, told):
    assert "Older piece" in page(at_desk(), open=told[0].pk)
    inside = at_desk().get(reverse("newsroom:newslist-story", args=[told[0].pk])).content.decode()
    assert inside.index("Older piece") < inside.index("Newer piece")


def test_what_the_newest_piece_loses_the_next_one_leads(at_desk, told):
    client = at_desk()
    client.post(reverse("newsroom:spike", args=[told[2].pk]))
    assert "Older piece" in page(client)


def test_a_refusal_is_a_red_light_in_words(at_desk, told):
    Permission.objects.create(
        original=told[3], use="reprint", language="fr", state="refused", starts_on=NOW.date()
    )
    text = page(at_desk())
    assert "refused: they said no" in text
    assert "newsroom-light--red" in text


def test_a_quota_that_is_used_up_is_no_green_light(at_desk, told):
    agreement = cast.an_agreement(told[3].outlet, pieces_a_month=1)
    permission = take_from_agreement(
        original=told[1], agreement=agreement, use="reprint", language="fr", by=None, now=NOW
    )
    client = at_desk()
    assert "covered: reprint" in page(client)
    Use.objects.create(permission=permission, piece=uuid.uuid4(), began_at=timezone.now())
    assert "covered: reprint" not in page(client)


def test_unread_is_for_each_person_and_who_opened_a_piece_is_told(at_desk, told):
    vera, ines = at_desk(), at_desk(cast.somebody("ines", role="editor-in-chief"))
    vera.get(reverse("newsroom:original", args=[told[3].pk]))
    assert "Lone piece" not in page(vera, unread="on")
    assert "Lone piece" in page(ines, unread="on")
    assert "seen by <bdi>Vera Lindholm" in page(ines)


def test_everything_is_taken_as_seen_and_that_is_undone(at_desk, told):
    client = at_desk()
    client.post(reverse("newsroom:newslist-seen"), {"since": told[3].pk})
    assert "Nothing fits." in page(client, unread="on")
    client.post(reverse("newsroom:lay-back", args=[told[3].pk]))
    assert "Lone piece" in page(client, unread="on")
    client.post(reverse("newsroom:newslist-undo"))
    assert "Newer piece" in page(client, unread="on")


def test_a_filter_is_saved_shared_and_forgotten_by_its_owner_alone(at_desk, told):
    vera, ines = at_desk(), at_desk(cast.somebody("ines", role="editor-in-chief"))
    save = reverse("newsroom:save-filter")
    vera.post(save, {"name": "Mine", "query": "language=fr&nonsense=1"})
    vera.post(save, {"name": "Ours", "query": "state=all&outlet=x", "is_shared": "on"})
    assert {one.query for one in SavedFilter.objects.all()} == {"language=fr", "state=all"}
    assert "Ours" in page(ines)
    assert "Mine" not in page(ines)
    shared = SavedFilter.objects.get(name="Ours")
    assert ines.post(reverse("newsroom:forget-filter", args=[shared.pk])).status_code == 404
    vera.post(reverse("newsroom:forget-filter", args=[shared.pk]))
    assert not SavedFilter.objects.filter(name="Ours").exists()


def test_words_are_found_in_headlines_outlets_and_if_asked_in_texts(at_desk, told):
    client = at_desk()
    assert "Newer piece" in page(client, q="newer paper")
    assert "Lone piece" not in page(client, q="islanders insulaires")
    for _before_and_after_the_index_knows_them in range(2):
        assert "Lone piece" in page(client, q="insulaires", text="on")
        assert "Lone piece" in page(client, q="lone")
        assert "Newer piece" not in page(client, q="lone")
        enter_originals()
    assert "Lone piece" in page(client, q="LÒNE pie")


def test_the_poll_says_how_many_are_new_and_what_is_the_same_is_not_said_again(at_desk, told):
    client = at_desk()
    address = reverse("newsroom:newslist-new")
    first = client.get(address, {"since": told[2].pk})
    assert first.json()["number"] == 1
    again = client.get(address, {"since": told[2].pk}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_bulk_asks_again_and_is_undone_as_one(at_desk, told):
    client = at_desk()
    chosen = {"original": [told[1].pk, told[2].pk]}
    asked = client.post(reverse("newsroom:newslist-bulk"), chosen)
    assert "Spike them" in asked.content.decode()
    assert not Spike.objects.exists()
    client.post(reverse("newsroom:newslist-bulk"), {**chosen, "confirmed": "1"})
    assert Spike.objects.count() == 2
    client.post(reverse("newsroom:newslist-undo"))
    assert not Spike.objects.exists()


def test_a_pick_fills_in_credits_origin_and_permission_without_a_typed_character(at_desk, told):
    original = told[3]
    agreement = cast.an_agreement(original.outlet, title="Letter")
    into = {"into": ["reprint:fr", "translation:en", "translation:fa", "excerpt:fr"]}
    at_desk().post(reverse("newsroom:pick-into", args=[original.pk]), into)
    made = {(pick.kind, pick.language): pick.article for pick in Pick.objects.all()}
    assert set(made) == {("reprint", "fr"), ("translation", "en"), ("translation", "fa"), ("excerpt", "fr")}
    for article in made.values():
        assert article.original == original
        assert article.permission.agreement == agreement
        assert article.permission.credit_line == "By courtesy of the Harbour Courier"
        assert [credit.name for credit in article.credits.filter(role="author")] == ["Salma Verrin"]


def test_several_ways_are_picked_all_or_none(told):
    ways = [Way("reprint", "fr"), Way("reprint", "fr")]
    with pytest.raises(ValueError, match="picked already"):
        pick_in_ways(original=told[3], ways=ways, by=cast.vera(), now=NOW)
    assert not Article.objects.exists()


def test_an_excerpt_is_no_longer_than_was_agreed():
    body = [{"type": "paragraph", "value": f"<p>{'word ' * 30}</p>", "id": str(n)} for n in range(4)]
    cut = opening(Composed(standfirst="Two words", body=body), most=70)
    assert [one["id"] for one in cut.body] == ["0", "1"]
    short = opening(Composed(standfirst="", body=body), most=10)
    assert short.body[0]["value"].count("word") == 10


def test_a_press_review_has_its_voices(told):
    article = review(originals=[told[1], told[2]], language="en", by=cast.vera(), now=NOW)
    assert (article.kind, len(article.body)) == ("press-review", 0)
    assert [voice.original for voice in Voice.objects.filter(article=article)] == [told[1], told[2]]
