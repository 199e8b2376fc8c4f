"""The gate: what it asks, and that forgetting a judge closes it."""

from datetime import date, timedelta

import pytest
from cast import (
    NOW,
    a_contributor,
    a_permission,
    a_picture,
    a_picture_permission,
    a_reprint,
    a_section,
    a_statement,
    a_translation,
    an_agreement,
    an_article,
    an_exclusive,
    an_identity,
    an_original,
    an_outlet,
    published,
    somebody,
    vera,
)

from dateline.agreements.actions import revoke_agreement
from dateline.articles import gate
from dateline.articles.actions import publish, unpublish, withdraw
from dateline.articles.gate import NotCleared, UnknownCheck, lacks
from dateline.articles.models import Article, NotYourSection, Redirect
from dateline.people.apps import lay_groups
from dateline.people.models import AuditEntry
from dateline.rights.actions import record_grant, revoke, take_from_agreement
from dateline.rights.models import Use
from dateline.site.models import Identity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(db):
    an_identity()
    lay_groups()


def codes(article):
    return {lack.code for lack in gate.lacks(article, now=NOW)}


def test_an_exclusive_with_headline_body_section_and_author_is_cleared():
    assert codes(an_exclusive()) == set()


def test_a_translation_under_an_agreement_is_cleared():
    assert codes(a_translation()) == set()


def test_a_reprint_under_an_agreement_is_cleared():
    assert codes(a_reprint()) == set()


def test_a_reprint_without_permission_stays_on_the_desk():
    article = a_reprint(permission=None)
    with pytest.raises(NotCleared) as refusal:
        publish(article=article, by=None, now=NOW)
    assert [lack.code for lack in refusal.value.lacks] == ["no-permission"]
    assert str(article.original.outlet) in str(refusal.value)
    assert not Article.objects.get(pk=article.pk).live


def test_a_translation_without_an_original_is_refused():
    assert "original" in codes(an_article(kind="translation", authors=["Ana"], translators=["Tomas"]))


def test_a_translation_without_an_author_is_refused_unless_the_source_is_recorded_as_unsigned():
    assert codes(a_translation(authors=())) == {"author"}
    assert codes(a_translation(authors=(), is_unsigned_at_source=True)) == set()


def test_an_exclusive_cannot_call_itself_unsigned_at_source():
    assert codes(an_exclusive(authors=(), is_unsigned_at_source=True)) == {"author"}


def test_a_translation_without_a_translator_is_refused():
    assert codes(a_translation(translators=())) == {"translator"}


def test_a_piece_made_from_an_original_is_no_exclusive():
    assert "kind" in codes(an_exclusive(original=an_original()))


def test_a_permission_for_another_original_does_not_help():
    mine, other = an_original(), an_original()
    assert codes(a_translation(mine, permission=a_permission(other))) == {"other-original"}


def test_a_permission_for_reprints_does_not_cover_a_translation():
    original = an_original()
    assert codes(a_translation(original, permission=a_permission(original, use="reprint"))) == {"use"}


def test_a_permission_into_french_does_not_cover_persian():
    original = an_original()
    article = a_translation(original, language="fa", permission=a_permission(original, language="fr"))
    assert codes(article) == {"language"}


def test_an_agreement_that_has_ended_covers_nothing_more():
    outlet = an_outlet()
    agreement = an_agreement(outlet, ends_on=NOW.date() - timedelta(days=1))
    original = an_original(outlet)
    assert codes(a_translation(original, permission=a_permission(original, agreement=agreement))) == {"ended"}


def test_an_agreement_that_is_shortened_later_shortens_every_permission_under_it():
    article = a_translation()
    agreement = article.permission.agreement
    agreement.ends_on = NOW.date() - timedelta(days=1)
    agreement.save()
    assert codes(Article.objects.get(pk=article.pk)) == {"ended"}


def test_a_use_that_the_agreement_no_longer_names_is_no_longer_granted():
    article = a_translation()
    agreement = article.permission.agreement
    agreement.uses = ["reprint"]
    agreement.save()
    assert codes(Article.objects.get(pk=article.pk)) == {"nothing-granted"}


def test_a_word_limit_is_counted():
    outlet = an_outlet()
    original = an_original(outlet)
    permission = a_permission(original, agreement=an_agreement(outlet, max_words=5))
    assert codes(a_translation(original, permission=permission)) == {"words"}


def test_a_grant_for_one_piece_needs_no_agreement_but_says_who_gave_it():
    original = an_original()
    granted = record_grant(
        original=original,
        use="translation",
        language="en",
        evidence="Mail of Rahim, 2 March",
        by=vera(),
        now=NOW,
    )
    article = a_translation(original, permission=granted)
    assert codes(article) == set()
    revoke(permission=granted, reason="They changed their mind", by=vera(), now=NOW)
    assert codes(Article.objects.get(pk=article.pk)) == {"nothing-granted"}


@pytest.mark.parametrize(
    ("picture", "alt", "code"),
    [
        ({"credit": ""}, "A ferry", "credit"),
        ({"permission": None}, "A ferry", "permission"),
        ({}, "", "alt"),
        ({"ends_on": date(2021, 1, 1)}, "A ferry", "ended"),
    ],
)
def test_a_picture_needs_credit_a_right_that_holds_and_alternative_text(picture, alt, code):
    if "ends_on" in picture:
        picture = {"permission": a_picture_permission(ends_on=picture["ends_on"])}
    assert codes(an_exclusive(hero=a_picture(**picture), hero_alt=alt)) == {code}


def test_a_picture_in_the_body_is_asked_like_the_lead_picture():
    shown = {"picture": a_picture(credit=""), "alt": "", "caption": ""}
    assert codes(an_exclusive(body=[("heading", "On the quay"), ("picture", shown)])) == {"credit", "alt"}


def test_a_section_of_another_language_is_refused():
    assert codes(an_exclusive(section=a_section(language="fr"))) == {"section-language"}


def test_a_statement_names_its_issuer():
    assert codes(a_statement(issued_by="The Harbour Office")) == set()
    assert "issuer" in codes(a_statement(issued_by="", authors=[a_contributor()]))


def test_the_refusal_lists_everything_at_once():
    article = a_translation(authors=(), translators=(), permission=None)
    assert codes(article) == {"author", "translator", "no-permission"}


@pytest.mark.parametrize("name", gate.REQUIRED)
def test_a_check_that_is_not_registered_closes_the_gate(name, monkeypatch):
    monkeypatch.delitem(gate._judges, name)
    article = an_exclusive()
    assert codes(article) == {"no-judge"}
    with pytest.raises(NotCleared):
        publish(article=article, by=None, now=NOW)


def test_nobody_signs_in_for_a_check_that_the_gate_does_not_know():
    with pytest.raises(UnknownCheck):
        gate.sign_in("astrology", lambda _article, _now: ())


def test_publishing_writes_the_ledger_and_taking_down_closes_it():
    article = published(a_translation())
    use = Use.objects.get(piece=article.uid)
    assert use.permission == article.permission
    assert use.words > 5
    assert use.ended_at is None
    unpublish(article=article, by=vera(), now=NOW)
    use.refresh_from_db()
    assert use.ended_at is not None


def test_a_refused_publishing_leaves_no_line_in_the_ledger():
    article = a_translation(translators=())
    with pytest.raises(NotCleared):
        publish(article=article, by=None, now=NOW)
    assert not Use.objects.exists()
    assert not AuditEntry.objects.filter(verb="publish").exists()


def test_a_live_article_may_be_redrafted_into_something_that_is_not_cleared():
    article = published(an_exclusive())
    article.headline = ""
    article.save_revision(clean=False)
    assert Article.objects.get(pk=article.pk).headline != ""
    with pytest.raises(NotCleared):
        article.get_latest_revision().publish()


def test_the_address_keeps_the_day_on_which_it_first_went_out():
    article = published(an_exclusive())
    first = article.get_absolute_url()
    article.headline = "A better headline"
    article.save_revision()
    again = publish(article=article, by=vera(), now=NOW + timedelta(days=3))
    assert again.get_absolute_url() == first


def test_going_back_to_an_older_revision_keeps_address_and_number():
    draft = an_exclusive()
    old = draft.save_revision()
    article = published(draft)
    old.publish()
    again = Article.objects.get(pk=article.pk)
    assert (again.uid, again.get_absolute_url()) == (article.uid, article.get_absolute_url())


def test_an_address_that_readers_have_had_leads_on_for_ever():
    article = published(an_exclusive())
    first = article.get_absolute_url()
    for slug in ("a-better-address", "the-best-address"):
        article.slug = slug
        article.save_revision()
        article = publish(article=article, by=None, now=NOW)
    leads = {row.old_path: row.article.get_absolute_url() for row in Redirect.objects.all()}
    assert leads == {
        first: article.get_absolute_url(),
        first.replace(first.strip("/").rsplit("/", 1)[-1], "a-better-address"): article.get_absolute_url(),
    }


def test_an_address_that_comes_back_leads_nowhere_else():
    article = published(an_exclusive())
    first, slug = article.get_absolute_url(), article.slug
    for one in ("another", slug):
        article.slug = one
        article.save_revision()
        article = publish(article=article, by=None, now=NOW)
    assert article.get_absolute_url() == first
    assert not Redirect.objects.filter(old_path=first).exists()


def test_in_a_section_with_editors_of_its_own_only_they_publish():
    section = a_section("Opinion")
    section.editors.add(vera())
    article = an_exclusive(section=section)
    ines = somebody("ines", role="editor")
    with pytest.raises(NotYourSection, match="Vera"):
        publish(article=article, by=ines, now=NOW)
    kept = Article.objects.get(pk=article.pk)
    assert not kept.live
    assert publish(article=kept, by=vera(), now=NOW).live


def test_a_section_inside_another_has_the_other_ones_editors_too():
    news = a_section("News")
    news.editors.add(vera())
    article = an_exclusive(section=a_section("Economy", parent=news))
    with pytest.raises(NotYourSection):
        publish(article=article, by=somebody("ines", role="editor"), now=NOW)
    assert publish(article=Article.objects.get(pk=article.pk), by=vera(), now=NOW).live


def test_the_chief_publishes_in_every_section():
    section = a_section("Opinion")
    section.editors.add(vera())
    chief = somebody("ada", role="editor-in-chief")
    assert publish(article=an_exclusive(section=section), by=chief, now=NOW).live


def test_what_was_withdrawn_does_not_come_back():
    article = published(an_exclusive())
    withdraw(article=article, reason="It was wrong", by=vera(), now=NOW)
    with pytest.raises(NotCleared) as refusal:
        publish(article=Article.objects.get(pk=article.pk), by=vera(), now=NOW)
    assert [lack.code for lack in refusal.value.lacks] == ["withdrawn"]


def test_the_month_s_pieces_of_an_agreement_run_out_and_come_back_with_the_next_month():
    outlet = an_outlet()
    agreement = an_agreement(outlet, pieces_a_month=1)
    first, second = (under(agreement, an_original(outlet)) for _ in range(2))
    live = published(first)
    then = live.first_published_at
    assert [lack.code for lack in lacks(second, now=then)] == ["quota"]
    assert not lacks(live, now=then)  # what stands was counted in its own month
    assert not lacks(second, now=then + timedelta(days=32))


def test_a_piece_that_may_stay_some_days_is_refused_after_them():
    live = published(under(an_agreement(stay_days=30)))
    first = live.first_published_at
    assert not lacks(live, now=first + timedelta(days=29))
    assert [lack.code for lack in lacks(live, now=first + timedelta(days=30))] == ["stay"]


def test_an_open_licence_is_held_to_what_it_forbids():
    forbidden = under(an_agreement(licence="CC-BY-ND-4.0"))
    assert codes(forbidden) == {"no-derivatives"}
    for is_commercial, expected in [(False, set()), (True, {"noncommercial"})]:
        Identity.objects.update(is_commercial=is_commercial)
        assert codes(under(an_agreement(licence="CC-BY-NC-4.0"))) == expected


def test_a_revoked_agreement_takes_every_permission_under_it_along():
    agreement = an_agreement()
    piece = under(agreement)
    revoke_agreement(agreement=agreement, reason="They changed their mind.", by=None, now=NOW)
    piece.permission.refresh_from_db()
    piece.permission.agreement.refresh_from_db()
    assert codes(piece) == {"nothing-granted"}


def test_what_its_source_keeps_from_machines_goes_out_only_when_a_person_wrote_it_or_it_was_agreed():
    told = [{"signal": "tdm-reservation", "value": "1", "where": "header"}]
    outlet = an_outlet()
    original = an_original(outlet, signals=told)
    drafted = under(an_agreement(outlet), original, machine_help="revised", machine_name="OPUS")
    assert codes(drafted) == {"machine-reserved"}
    assert not codes(under(an_agreement(outlet), original))
    agreed = an_agreement(outlet, may_by_machine=True)
    assert not codes(under(agreed, original, machine_help="revised", machine_name="OPUS"))


def under(agreement, original=None, **fields):
    """Return a translation whose permission rests on this agreement."""
    original = original or an_original(agreement.outlet)
    permission = take_from_agreement(
        original=original, agreement=agreement, use="translation", language="en", by=None, now=NOW
    )
    return a_translation(original, permission=permission, **fields)
