"""Statements: issuers, what they answer, warnings at the gate, the right of reply, and chains that never break."""

import json
import random
import re
from datetime import timedelta

import cast
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from soaking import budget

from dateline.articles.actions import (
    NotShown,
    note_reply,
    plan_reply,
    publish_despite,
    unpublish,
    withdraw,
)
from dateline.articles.gate import cautions, lacks
from dateline.articles.kinds import Relation
from dateline.articles.models import Answer, Article, Issuer, ReplyTask
from dateline.lib.home import Home
from dateline.people.models import AuditEntry
from dateline.publishing.actions import bake_everything, store
from dateline.publishing.leaf import file_of
from dateline.rights.actions import carry_out
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

NOW = cast.NOW
CHAINS = budget(4, whole=20)


@pytest.fixture
def paper(db, settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_URL = "https://digest.example"
    cast.an_identity()
    return store()


def page_of(paper, article):
    return (paper.root / file_of(article.get_absolute_url())).read_text()


def structured(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.DOTALL)[1])


def chain_in(page):
    found = re.search(r'<section class="chain".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def a_reply(to, *, relation="replies-to", claim="", **fields):
    return cast.a_statement(answers=[(relation, to, claim)], **fields)


def codes(article):
    return [one.code for one in cautions(article, now=NOW)]


# Who issued it


def test_a_statement_has_several_issuers_each_with_a_page_where_it_has_one(paper):
    person, outlet = cast.a_contributor("Ines Molde"), cast.an_outlet("Harbour Courier")
    piece = cast.a_statement(issued_by="")
    assert [lack.code for lack in lacks(piece, now=NOW)] == ["author", "issuer"]
    Issuer.objects.create(article=piece, contributor=person, sort_order=0)
    Issuer.objects.create(article=piece, outlet=outlet, sort_order=1)
    Issuer.objects.create(article=piece, name="The Harbour Office", sort_order=2)
    piece = cast.published(Article.objects.get(pk=piece.pk))
    run_all_jobs()
    page = page_of(paper, piece)
    own = f"/en/by/{person.slug}/"
    assert f'<a href="{own}"><bdi>Ines Molde</bdi></a>' in page
    assert f'<a href="{outlet.home_url}">' in page
    assert piece.headline in (paper.root / file_of(own)).read_text()
    said = structured(page)["author"]
    assert [one["@type"] for one in said] == ["Person", "Organization", "Organization"]
    assert said[0]["url"] == f"https://digest.example{own}"


def test_an_issuer_is_one_and_somebody(paper):
    piece = cast.a_statement()
    with pytest.raises(IntegrityError), transaction.atomic():
        Issuer.objects.create(article=piece)
    with pytest.raises(IntegrityError), transaction.atomic():
        Issuer.objects.create(article=piece, contributor=cast.a_contributor(), outlet=cast.an_outlet())


# What it answers


def test_a_quoted_claim_is_proven_by_the_first_snapshot_that_has_it(paper):
    original = cast.an_original()
    cast.a_snapshot(original, fetched_at=NOW, body_text="Le texte a changé.")
    claim = "«Le bac de Port-Salin  reprendra la mer lundi.»"
    piece = a_reply(original, relation="disputes", claim=claim)
    row = piece.answers.get()
    assert row.snapshot == original.snapshots.order_by("fetched_at").first()
    plan_reply(article=piece, of_whom="Rahim", by=None, now=NOW)
    note_reply(task=piece.reply_tasks.get(), state=ReplyTask.State.ASKED, by=None, now=NOW)
    assert codes(piece) == []
    piece = cast.published(piece)
    run_all_jobs()
    page = page_of(paper, piece)
    assert "Quoted as it stood on" in page
    assert structured(page)["citation"][0]["url"] == original.url
    assert structured(page)["about"][0]["url"] == original.url


def test_a_claim_that_stands_in_no_snapshot_is_warned_about(paper):
    piece = a_reply(cast.an_original(), claim="Le bac a coulé")
    assert codes(piece) == ["no-proof"]


def test_a_page_elsewhere_can_be_answered_by_its_address(paper):
    piece = cast.a_statement()
    Answer.objects.create(
        article=piece,
        relation=Relation.SUPPORTS,
        to_address="https://office.example/1",
        to_title="Notice 1",
        claim="It is safe.",
    )
    piece = cast.published(piece)
    run_all_jobs()
    assert '<a href="https://office.example/1" rel="external noopener">' in chain_in(page_of(paper, piece))


def test_an_answer_answers_something_and_never_itself(paper):
    piece = cast.a_statement()
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(article=piece, relation=Relation.DISPUTES)
    with pytest.raises(ValidationError, match="itself"):
        Answer(article=piece, relation=Relation.DISPUTES, to_article=piece).full_clean()
    other = cast.a_snapshot(cast.an_original())
    row = Answer(article=piece, relation=Relation.DISPUTES, to_original=cast.an_original(), snapshot=other)
    with pytest.raises(ValidationError, match="another original"):
        row.full_clean()


# The gate warns


def a_dispute_without_a_link():
    piece = cast.a_statement()
    Answer.objects.create(article=piece, relation=Relation.DISPUTES, claim="The ferry is safe.")
    return Article.objects.get(pk=piece.pk)


def test_a_dispute_without_its_link_is_warned_about_and_not_refused(paper):
    piece = a_dispute_without_a_link()
    assert lacks(piece, now=NOW) == ()
    assert codes(piece) == ["no-link", "nobody-asked"]


def test_who_overrides_a_warning_must_have_seen_it_and_stands_in_the_audit(paper):
    piece = a_dispute_without_a_link()
    shown = [one.message for one in cautions(piece, now=NOW)]
    with pytest.raises(NotShown):
        publish_despite(article=piece, seen=shown[:1], by=cast.vera(), now=NOW)
    assert not Article.objects.get(pk=piece.pk).live
    live = publish_despite(article=piece, seen=shown, by=cast.vera(), now=NOW)
    entry = AuditEntry.objects.get(verb="override-warnings")
    assert live.live
    assert entry.by == cast.vera()
    assert [one["code"] for one in entry.after["warnings"]] == ["no-link", "nobody-asked"]


def test_the_desk_shows_the_warnings_before_it_publishes(paper):
    piece = a_dispute_without_a_link()
    vera = cast.somebody("owner", role="owner", is_superuser=True)
    desk = Client()
    desk.force_login(vera)
    place = reverse("articles:cautions", args=[piece.pk])
    page = desk.get(place).content.decode()
    shown = [one.message for one in cautions(piece, now=NOW)]
    assert all(one.split("“")[0] in page for one in shown)
    assert desk.post(place, {"seen": shown[:1]}).status_code == 422
    assert not Article.objects.get(pk=piece.pk).live
    assert desk.post(place, {"seen": shown}).status_code == 302
    assert Article.objects.get(pk=piece.pk).live
    assert "warns of nothing" not in page


def test_nobody_may_not_pass_the_warnings(paper):
    piece = a_dispute_without_a_link()
    desk = Client()
    desk.force_login(cast.nobody())
    assert desk.post(reverse("articles:cautions", args=[piece.pk])).status_code == 302
    assert not Article.objects.get(pk=piece.pk).live


def test_an_answer_to_what_readers_cannot_see_is_warned_about(paper):
    assert codes(a_reply(cast.a_statement())) == ["not-live"]


def test_the_right_of_reply_is_a_task_that_is_asked_once_of_each(paper):
    piece = a_reply(cast.published(cast.a_statement()), relation="disputes", claim="safe")
    task = plan_reply(article=piece, of_whom="The Harbour Office", by=cast.vera(), now=NOW)
    assert codes(piece) == ["not-asked-yet"]
    with pytest.raises(ValidationError):
        plan_reply(article=piece, of_whom="The Harbour Office", by=cast.vera(), now=NOW)
    note_reply(task=task, state=ReplyTask.State.ASKED, by=cast.vera(), now=NOW)
    assert codes(piece) == []
    note_reply(task=task, state=ReplyTask.State.DECLINED, by=cast.vera(), now=NOW, note="No comment.")
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert [verb for verb in verbs if "reply" in verb] == ["plan-reply", "note-reply", "note-reply"]


# Chains


def chain(length, *, rng):
    """Publish a chain in which each answers the one before, a day later."""
    pieces = []
    for number in range(length):
        fields = {"issued_on": (NOW + timedelta(days=number)).date(), "issued_by": f"Side {number % 2}"}
        relation = rng.choice(list(Relation))
        piece = (
            a_reply(pieces[-1], relation=relation, claim="so", **fields)
            if pieces
            else cast.a_statement(**fields)
        )
        pieces.append(cast.published(piece))
    return pieces


def links_of(page):
    return re.findall(r'<a href="(/[^"]+)"', chain_in(page))


def stands(paper, path):
    file = file_of(path)
    return (paper.root / file).exists() and paper.status_of(file) == 200


def test_a_chain_is_read_both_ways_in_time_order(paper):
    pieces = chain(4, rng=random.Random(1))
    run_all_jobs()
    addresses = [piece.get_absolute_url() for piece in pieces]
    for number, piece in enumerate(pieces):
        assert links_of(page_of(paper, piece)) == addresses[:number] + addresses[number + 1 :]
    said = structured(page_of(paper, pieces[1]))
    assert [one["url"] for one in said["citation"]] == [f"https://digest.example{addresses[0]}"]
    assert [one["url"] for one in said["subjectOf"]] == [
        f"https://digest.example{one}" for one in addresses[2:]
    ]


def names(page, piece):
    """Whether a page has the headline of a piece; that of number 190 is not that of number 19."""
    return re.search(rf"{re.escape(piece.headline)}(?!\d)", page) is not None


def test_the_words_of_a_chain_take_no_side(paper):
    first = cast.published(cast.a_statement())
    for relation in Relation:
        cast.published(a_reply(first, relation=relation, claim="so"))
    run_all_jobs()
    text = chain_in(page_of(paper, first)).lower()
    assert {"disputed by", "answered by", "supported by", "corrected by"} == set(
        re.findall(r'class="relation">([^<]+)<', text)
    )
    assert not re.search(r"\b(false|refutes?|refuted|claims? wrongly|debunk|lie)\b", text)


def test_what_was_withdrawn_in_the_middle_is_told_without_its_words_and_both_ends_still_meet(paper):
    first, middle, last = chain(3, rng=random.Random(2))
    run_all_jobs()
    carry_out(withdrawal=withdraw(article=middle, reason="wrong", by=None, now=NOW), now=NOW)
    run_all_jobs()
    for here, there in ((first, last), (last, first)):
        page = page_of(paper, here)
        assert links_of(page) == [there.get_absolute_url()]
        assert not names(page, middle)
        assert "no longer published here" in chain_in(page)


def test_what_was_withdrawn_at_the_end_leaves_nothing_before_it(paper):
    first, last = chain(2, rng=random.Random(3))
    run_all_jobs()
    unpublish(article=last, by=None, now=NOW)
    run_all_jobs()
    assert chain_in(page_of(paper, first)) == ""


def test_a_draft_is_no_part_of_a_chain(paper):
    first = cast.published(cast.a_statement())
    draft = a_reply(first)
    cast.published(a_reply(draft))
    run_all_jobs()
    assert chain_in(page_of(paper, first)) == ""


def test_a_circle_of_statements_is_walked_once(paper):
    first, second, third = chain(3, rng=random.Random(4))
    Answer.objects.create(article=first, relation=Relation.SUPPORTS, to_article=third, claim="so")
    bake_everything(now=NOW)
    assert set(links_of(page_of(paper, first))) == {second.get_absolute_url(), third.get_absolute_url()}


@pytest.mark.soak
def test_chains_with_takedowns_in_the_middle_have_no_broken_end(paper):
    rng = random.Random(20)
    chains = [chain(rng.randint(2, 5), rng=rng) for _number in range(CHAINS)]
    Job.objects.all().delete()  # one bake of everything is quicker than one for each
    bake_everything(now=NOW)
    down = []
    for number, pieces in enumerate(chains):
        middle = rng.choice(pieces[1:-1] or pieces)
        if number % 2:
            carry_out(withdrawal=withdraw(article=middle, reason="wrong", by=None, now=NOW), now=NOW)
        else:
            unpublish(article=middle, by=None, now=NOW)
        down.append(middle)
    run_all_jobs()
    looked = 0
    for pieces, gone in zip(chains, down, strict=True):
        standing = [piece for piece in pieces if piece != gone]
        for piece in standing:
            page = page_of(paper, piece)
            found = links_of(page)
            assert all(stands(paper, path) for path in found)
            assert set(found) == {one.get_absolute_url() for one in standing if one != piece}
            assert not names(page, gone)
            looked += 1
    assert looked == sum(len(pieces) - 1 for pieces in chains)
