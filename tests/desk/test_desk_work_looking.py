"""Have we had this, and rules that stand."""

from datetime import timedelta

import cast
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.actions.looking import (
    drop_rule,
    enter_articles,
    enter_originals,
    make_rule,
    match_rules,
    see_notices,
)
from dateline.desk.actions.word_index import lay_word_index
from dateline.desk.folding import folded, sought
from dateline.desk.models import Findable, Notice
from dateline.desk.queries.had import Had, had, had_before, like
from dateline.desk.queries.today import day_of
from dateline.desk.standing import Piece, Rule, fulfils
from dateline.desk.tasks import look_at_what_came
from dateline.intake.actions.beats import describe_beat
from dateline.intake.models import BeatScore, Likeness

NOW = cast.NOW


def found(words, user=None, **more):
    rows = had(Had(words=words, **more), user=user or cast.vera())
    return [str(row.original or row.article) for row in rows]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Le Bac à l’Île", "ile"),
        ("ÉTÉ", "été"),
        ("كتاب علي", "کتاب علی"),
        ("سال ۱۴۰۳", "1403"),
        ("Ёлка", "елка"),
        ("İSTANBUL", "istanbul"),
        ("საქართველო", "საქართ"),
        ("हिन्दी समाचार", "हिन्दी"),
        ("東京都の新聞", "新聞"),
    ],
)
def test_every_spelling_of_a_word_is_found(text, asked):
    assert all(word in folded(text) for word in sought(asked))
    assert sought(asked)


def test_words_are_found_at_their_beginning_and_not_inside_others():
    assert sought("port")[0] in folded("Portsalin")
    assert sought("salin")[0] not in folded("Portsalin")


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_what_came_in_and_what_we_made_is_found_by_words_and_by_address(newsroom):
    original = cast.an_original(headline="L’été au port")
    article = cast.a_reprint(original)
    look_at_what_came.call()
    assert len(found("ete PORT")) == 1
    assert found(original.url) == ["L’été au port"]
    assert found("ete", where="ours") == []
    assert article.headline in found(article.headline.split()[0], where="ours")
    assert found("") == []
    assert found("ete", outlet=original.outlet_id + 1) == []
    assert found("ete", since=NOW.date() + timedelta(days=9)) == []


def test_a_headline_comes_before_a_body(newsroom):
    cast.an_original(headline="Le bac", body_text="La harbour.", url="https://a.example/1")
    cast.an_original(headline="La harbour", body_text="x", url="https://a.example/2")
    enter_originals()
    assert found("harbour") == ["La harbour", "Le bac"]


def test_words_in_a_row_are_found_where_a_script_has_no_spaces(newsroom):
    cast.an_original(headline="東京都の新聞", body_text="x")
    cast.an_original(headline="京東の聞新", body_text="x")
    enter_originals()
    assert found("東京") == ["東京都の新聞"]
    assert found("新聞") == ["東京都の新聞"]


def test_signs_that_mean_something_to_an_index_are_words_without_them(newsroom):
    cast.an_original(headline="NEAR \"ferry\" AND (port*) OR 'x' & y:*", body_text="x")
    enter_originals()
    for asked in ('"ferry" AND', "port* )", "near OR", "text : ferry", "y:* & x", "'"):
        assert len(found(asked)) == (1 if sought(asked) and "text" not in asked else 0)


def test_what_is_gone_or_was_rewritten_is_not_found_by_its_old_words(newsroom):
    original = cast.an_original(headline="Le phare")
    enter_originals()
    Findable.objects.filter(original=original).update(text=" le bac ", headline=" le bac ")
    assert found("phare") == []
    assert found("bac") == ["Le phare"]
    Findable.objects.all().delete()
    assert found("bac") == []


def test_looking_reads_the_index_and_not_every_text(newsroom):
    plan = had(Had(words="ferry port"), user=cast.vera()).explain()
    if connection.vendor == "sqlite":
        assert "VIRTUAL TABLE INDEX" in plan
        assert "SCAN desk_findable\n" not in f"{plan}\n"
    lay_word_index()
    assert (
        "LIKE" not in str(had(Had(words="ferry"), user=cast.vera()).values("pk").query).partition("ORDER")[0]
    )


def test_like_a_piece_is_what_has_words_of_its_headline_the_likest_first(newsroom, at_desk):
    asked = cast.an_original(headline="Ferry strike closes harbour", body_text="x")
    near = cast.an_original(headline="Harbour opens after ferry strike", body_text="x")
    far = cast.an_original(headline="Harbour gets lamps", body_text="x")
    cast.an_original(headline="Something else", body_text="x")
    enter_originals()
    assert [row.original for row in like(asked, user=cast.vera())] == [near, far]
    page = at_desk().get(reverse("newsroom:had"), {"like": asked.pk}).content.decode()
    assert page.index("Harbour opens after") < page.index("Harbour gets lamps")
    assert at_desk().get(reverse("newsroom:had"), {"like": "9" * 30}).status_code == 200


def test_an_article_is_found_by_its_newest_words_alone(newsroom):
    article = cast.a_reprint()
    enter_articles(now=NOW)
    draft = article.get_latest_revision_as_object()
    draft.headline = "Lighthouse relit"
    draft.save_revision(user=cast.vera())
    assert enter_articles(now=NOW) == 1
    assert enter_articles(now=NOW) == 0
    assert Findable.objects.filter(article=article).count() == 1
    assert len(found("lighthouse", where="ours")) == 1


def test_those_outside_find_nothing_that_was_not_given_to_them(newsroom):
    cast.a_reprint(cast.an_original(headline="Le phare"))
    look_at_what_came.call()
    assert found("phare", user=cast.somebody("ines", role="outside-translator")) == []


def test_the_page_says_what_it_found(at_desk, newsroom, hostile):
    cast.an_original(headline=f"phare {hostile}")
    look_at_what_came.call()
    client = at_desk()
    page = client.get(reverse("newsroom:had"), {"q": "phare", "since": "nonsense"}).content.decode()
    assert "1 piece" in page
    assert "<script>alert(1)" not in page
    assert "not had that" in client.get(reverse("newsroom:had"), {"q": "zzz"}).content.decode()


def test_a_piece_that_repeats_one_we_ran_says_so(newsroom):
    first = cast.an_original()
    article = cast.a_reprint(first)
    again = cast.an_original()
    assert had_before(again) == []
    Likeness.objects.create(
        original=again, earlier=first, kind=Likeness.Kind.NEAR, containment=0.9, contained="both"
    )
    (before,) = had_before(again)
    assert (before.why, before.articles) == ("same", (article,))


# Rules that stand.

PIECE = Piece(
    outlet=1, language="pt-BR", text=folded("O porto e a balsa"), persons=["Salma Verrin"], labels=["ferry"]
)


@pytest.mark.parametrize(
    ("rule", "is_so"),
    [
        (Rule(), False),
        (Rule(outlet=1), True),
        (Rule(outlet=2), False),
        (Rule(language="pt"), True),
        (Rule(language="p"), False),
        (Rule(words="balsa porto"), True),
        (Rule(words="balsa cais"), False),
        (Rule(words="balsa cais, PORTO"), True),
        (Rule(words=" , "), False),
        (Rule(person="verrin"), True),
        (Rule(label="ferry", outlet=2), False),
    ],
)
def test_all_that_a_rule_asks_must_be_so(rule, is_so):
    assert fulfils(PIECE, rule) == is_so


@given(
    st.builds(
        Rule, outlet=st.none() | st.just(1), language=st.sampled_from(["", "pt", "fr"]), words=st.text()
    ),
    st.sampled_from(["salma", "nobody"]),
)
def test_asking_more_never_finds_more(rule, person):
    more = Rule(outlet=rule.outlet, language=rule.language, words=rule.words, person=person)
    asks_something = rule.outlet or rule.language or folded(rule.words)
    assert not (asks_something and fulfils(PIECE, more)) or fulfils(PIECE, rule)


def test_a_rule_tells_of_what_comes_after_it_once_and_until_it_is_seen(at_desk, newsroom):
    outlet = cast.an_outlet()
    cast.an_original(outlet, headline="Le phare d’avant")
    rule = make_rule(owner=cast.vera(), outlet=outlet, words="phare", now=NOW)
    cast.an_original(outlet, headline="Le phare d’après")
    cast.an_original(headline="Le phare des autres")
    assert match_rules(now=NOW) == 1
    assert match_rules(now=NOW) == 0
    client = at_desk()
    assert "Le phare d’après" in client.get(reverse("newsroom:today")).content.decode()
    assert see_notices(of=cast.vera(), now=NOW) == 1
    assert not day_of(cast.vera(), now=NOW).notices
    drop_rule(rule=rule, by=cast.vera(), now=NOW)
    assert not Notice.objects.exists()


def test_a_rule_that_asks_nothing_is_refused_and_somebody_elses_is_not_mine_to_drop(at_desk, newsroom):
    with pytest.raises(ValidationError, match="at least one"):
        make_rule(owner=cast.vera(), now=NOW)
    client = at_desk(cast.tomas())
    assert client.post(reverse("newsroom:standing-rules"), {"words": " "}).status_code == 422
    assert client.post(reverse("newsroom:standing-rules"), {"words": "phare"}).status_code == 302
    rule = make_rule(owner=cast.vera(), words="phare", now=NOW)
    assert client.post(reverse("newsroom:drop-rule", args=[rule.pk])).status_code == 404


def test_a_rule_for_a_label_waits_until_the_beat_has_scored_the_piece(newsroom):
    beat = describe_beat(
        description={"name": "Ferries", "concepts": [{"name": "ferry", "forms": {"fr": ["bac"]}}]},
        by=None,
        now=NOW,
    )
    make_rule(owner=cast.vera(), label="ferry", now=NOW)
    original = cast.an_original(taken_at=NOW)
    assert match_rules(now=NOW) == 0
    BeatScore.objects.create(
        beat=beat,
        original=original,
        score=1.0,
        is_over_the_line=True,
        label_lines="\nferry\n",
        version=1,
        scored_at=NOW,
    )
    assert match_rules(now=NOW) == 1
