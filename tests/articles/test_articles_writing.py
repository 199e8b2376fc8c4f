"""Writing: ideas, pieces that are handed in, the second pair of eyes; and that nothing of it needs a source."""

import cast
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from dateline.articles.actions import MayNotLook, OwnWords, correct, look_second, publish
from dateline.articles.gate import NotCleared, lacks
from dateline.articles.kinds import Kind
from dateline.articles.models import Article, SecondLook
from dateline.desk.actions.assigning import CannotMove, move
from dateline.desk.actions.writing import (
    NotOpen,
    SaysNothing,
    accept_idea,
    accept_submission,
    decline_idea,
    decline_submission,
    hand_in,
    propose_idea,
    return_submission,
)
from dateline.desk.models import Assignment, Idea, Submission
from dateline.desk.stages import Move
from dateline.desk.written import paragraphs
from dateline.people.apps import lay_groups
from dateline.people.models import AuditEntry

NOW = cast.NOW


@pytest.fixture
def newsroom(db):
    identity = cast.an_identity()
    lay_groups()
    return identity


@pytest.fixture
def sit(newsroom, client):
    def at_desk(user):
        client.force_login(user)
        return client

    return at_desk


def ines():
    """Return Ines, who writes for us from outside."""
    return cast.somebody("ines", role="contributor", first_name="Ines", last_name="Molde")


def a_piece(**fields):
    told = {"headline": "The boat is back", "text": "It is back.\n\nWe saw it.", "by": ines()}
    return hand_in(piece=Submission(**{**told, "locale": cast.a_language("en"), **fields}), now=NOW)


def an_idea(**fields):
    told = {"title": "Who owns the quay?", "locale": cast.a_language("en"), "by": cast.vera(), "now": NOW}
    return propose_idea(**{**told, **fields})


# Ideas


def test_an_accepted_idea_is_a_draft_with_its_writer_on_the_byline_and_the_work_given(newsroom):
    ines_ = ines()
    person = cast.a_contributor("Ines Molde", user=ines_)
    section = cast.a_section()
    idea = an_idea(who=ines_, section=section, note="Ask the harbour office.")
    article = accept_idea(idea=idea, by=cast.vera(), now=NOW)
    assert (article.kind, article.headline, article.section) == (
        Kind.EXCLUSIVE,
        "Who owns the quay?",
        section,
    )
    assert [credit.contributor for credit in article.credits.all()] == [person]
    assert (article.original, article.permission) == (None, None)
    given = Assignment.objects.get()
    assert (given.who, given.article, given.note) == (ines_, article, "Ask the harbour office.")
    assert Idea.objects.get().article == article
    with pytest.raises(NotOpen):
        accept_idea(idea=Idea.objects.get(), by=cast.vera(), now=NOW)


def test_a_declined_idea_says_why_and_begins_nothing(newsroom):
    decline_idea(idea=an_idea(), answer="We had it.", by=cast.vera(), now=NOW)
    assert Idea.objects.get().state == Idea.State.DECLINED
    assert not Article.objects.exists()
    assert AuditEntry.objects.get(verb="decline-idea").summary == "We had it."


def test_an_idea_has_a_title(newsroom):
    with pytest.raises(ValidationError):
        an_idea(title=" ")


# Handing in


def test_an_accepted_piece_is_a_draft_in_its_own_words_that_goes_out_without_a_permission(newsroom):
    section = cast.a_section()
    article = accept_submission(piece=a_piece(), by=cast.vera(), now=NOW, section=section)
    assert [str(block.value) for block in article.body] == ["<p>It is back.</p>", "<p>We saw it.</p>"]
    assert [credit.shown_name for credit in article.credits.all()] == ["Ines Molde"]
    assert lacks(article, now=NOW) == ()
    assert publish(article=article, by=None, now=NOW).live


def test_a_piece_that_is_returned_comes_again_and_is_answered_once(newsroom):
    piece = a_piece()
    with pytest.raises(SaysNothing):
        return_submission(piece=piece, answer=" ", by=cast.vera(), now=NOW)
    return_submission(piece=piece, answer="Who says so?", by=cast.vera(), now=NOW)
    hand_in(piece=piece, now=NOW)
    decline_submission(piece=piece, answer="Still nobody.", by=cast.vera(), now=NOW)
    with pytest.raises(NotOpen):
        accept_submission(piece=piece, by=cast.vera(), now=NOW)
    with pytest.raises(NotOpen):
        hand_in(piece=piece, now=NOW)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["hand-in", "return-submission", "hand-in", "decline-submission"]


def test_the_database_keeps_a_returned_piece_from_having_no_answer(newsroom):
    piece = a_piece()
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=piece.pk).update(state="returned")


def test_what_was_handed_in_becomes_paragraphs_and_no_markup():
    key = Article().uid
    blocks = paragraphs("One <b>\r\nline\r\n\r\n\r\n  Two & three ", key=key)
    assert [block["value"] for block in blocks] == ["<p>One &lt;b&gt;<br/>line</p>", "<p>Two &amp; three</p>"]
    assert len({block["id"] for block in blocks}) == 2
    assert paragraphs(" \n \n ", key=key) == []


# The second pair of eyes


def test_where_the_site_demands_it_somebody_else_reads_these_words_first(newsroom):
    article = cast.an_exclusive()
    article.save_revision(user=cast.vera())
    assert lacks(article, now=NOW) == ()
    newsroom.two_pairs_of_eyes = True
    newsroom.save()
    article = Article.objects.get(pk=article.pk)
    with pytest.raises(NotCleared, match="Somebody else"):
        publish(article=article, by=None, now=NOW)
    with pytest.raises(OwnWords):
        look_second(article=article, by=cast.vera(), now=NOW)
    with pytest.raises(MayNotLook):
        look_second(article=article, by=cast.tomas(), now=NOW)
    carla = cast.somebody("carla", role="editor-in-chief")
    look_second(article=article, by=carla, now=NOW)
    live = publish(article=article, by=None, now=NOW)
    assert live.live
    draft = live.get_latest_revision_as_object()
    draft.body = cast.a_body("Another word.")
    draft.save_revision(user=cast.vera())
    with pytest.raises(NotCleared, match="Somebody else"):
        correct(article=live, was_wrong="A word.", said="Another.", by=None, now=NOW)
    look_second(article=Article.objects.get(pk=live.pk), by=carla, now=NOW)
    correct(article=live, was_wrong="A word.", said="Another.", by=None, now=NOW)
    assert SecondLook.objects.count() == 2


def test_who_wrote_a_piece_is_not_its_second_pair_of_eyes(newsroom):
    article = cast.an_exclusive(authors=[cast.a_contributor(user=cast.vera())])
    with pytest.raises(OwnWords):
        look_second(article=article, by=cast.vera(), now=NOW)


def test_no_piece_is_ready_before_its_second_pair_of_eyes(newsroom):
    newsroom.two_pairs_of_eyes = True
    newsroom.save()
    article = cast.an_exclusive()
    article.save_revision(user=cast.vera())
    with pytest.raises(CannotMove, match="who may publish"):
        move(article=article, step=Move.READY, by=cast.vera(), now=NOW)
    look_second(article=article, by=cast.somebody("carla", role="editor-in-chief"), now=NOW)
    move(article=article, step=Move.READY, by=cast.vera(), now=NOW)
    assert article.desk_steps.filter(kind="ready").exists()


def test_what_stands_keeps_standing_when_the_site_begins_to_demand_it(newsroom):
    live = cast.published(cast.an_exclusive())
    newsroom.two_pairs_of_eyes = True
    newsroom.save()
    assert lacks(live, now=NOW) == ()


# On the desk


def test_a_contributor_hands_in_sees_the_answer_and_hands_in_again(sit):
    page = reverse("newsroom:my-pieces")
    told = {"locale": cast.a_language("en").pk, "headline": "The boat is back", "text": "It is back."}
    assert sit(ines()).post(reverse("newsroom:hand-in"), told).status_code == 302
    piece = Submission.objects.get()
    assert (piece.by, piece.state) == (ines(), "handed-in")
    door = reverse("newsroom:submission", args=[piece.pk])
    assert "It is back." in sit(cast.vera()).get(door).content.decode()
    assert sit(cast.vera()).post(door, {"act": "return", "answer": ""}).status_code == 422
    sit(cast.vera()).post(door, {"act": "return", "answer": "Who says so?"})
    assert "Who says so?" in sit(ines()).get(page).content.decode()
    again = reverse("newsroom:hand-in-again", args=[piece.pk])
    sit(ines()).post(again, {**told, "text": "The captain says so."})
    answer = sit(cast.vera()).post(door, {"act": "accept", "answer": "Good."})
    assert answer.status_code == 302
    assert Article.objects.get().body[0].value.source == "<p>The captain says so.</p>"
    assert "Good." in sit(ines()).get(page).content.decode()


def test_a_contributor_sees_only_their_own_and_not_the_desks_list(sit):
    other = a_piece(by=cast.somebody("olga", role="contributor"), headline="Olga's piece")
    return_submission(piece=other, answer="No.", by=cast.vera(), now=NOW)
    client = sit(ines())
    assert "Olga" not in client.get(reverse("newsroom:my-pieces")).content.decode()
    assert client.get(reverse("newsroom:hand-in-again", args=[other.pk])).status_code == 404
    for name, args in (("writing", []), ("submission", [other.pk])):
        assert client.get(reverse(f"newsroom:{name}", args=args)).status_code == 302


def test_an_editor_proposes_accepts_and_declines_ideas(sit):
    desk = sit(cast.vera())
    told = {"title": "Who owns the quay?", "locale": cast.a_language("en").pk, "who": cast.vera().pk}
    for title in ("Who owns the quay?", "Another"):
        assert desk.post(reverse("newsroom:add-idea"), {**told, "title": title}).status_code == 302
    page = desk.get(reverse("newsroom:writing")).content.decode()
    assert "Who owns the quay?" in page
    first, second = Idea.objects.order_by("pk")
    desk.post(reverse("newsroom:answer-idea", args=[first.pk]), {"act": "accept"})
    desk.post(reverse("newsroom:answer-idea", args=[second.pk]), {"act": "decline", "answer": "No."})
    assert Article.objects.get().headline == "Who owns the quay?"
    assert set(Idea.objects.values_list("state", flat=True)) == {"accepted", "declined"}


def test_an_editor_notes_that_they_have_read_it_and_the_writer_is_refused(sit):
    article = cast.an_exclusive()
    article.save_revision(user=cast.vera())
    place = reverse("newsroom:second-look", args=[article.pk])
    sit(cast.vera()).post(place)
    assert not SecondLook.objects.exists()
    sit(cast.somebody("carla", role="editor-in-chief")).post(place)
    assert SecondLook.objects.get().by.username == "carla"
    assert "carla" in sit(cast.vera()).get(place).content.decode()
