"""Picking: an original becomes a draft of ours, once for each kind and language."""

from datetime import date

import cast
import pytest
from django.db import IntegrityError, transaction

from dateline.articles.actions import withdraw
from dateline.articles.gate import NotCleared, lacks
from dateline.articles.kinds import CreditRole, Kind
from dateline.articles.models import Article
from dateline.desk.actions import (
    AlreadyPicked,
    DoesNotCover,
    NeedsNoPermission,
    NoSuchLanguage,
    OtherPermission,
    cover_by_agreement,
    cover_by_grant,
    cover_by_permission,
    pick_as_reprint,
    pick_as_translation,
    spike,
    unspike,
)
from dateline.desk.models import Pick, Spike
from dateline.people.models import AuditEntry
from dateline.rights.actions import record_grant

NOW = cast.NOW


@pytest.fixture
def original(newsroom):
    outlet = cast.an_outlet()
    body = (
        "<p>Le bac <strong>reprend</strong> la mer.</p><figure><img src='https://x.example/a.jpg'>"
        "<figcaption>Le quai</figcaption></figure><h2>Lundi</h2><ul><li>un</li><li>deux</li></ul>"
    )
    return cast.an_original(outlet, body_html=body)


def reprint(original, agreement=None):
    return pick_as_reprint(original=original, agreement=agreement, by=cast.vera(), now=NOW)


def translate(original, language="en", agreement=None, by=None):
    return pick_as_translation(
        original=original, language=language, agreement=agreement, by=by or cast.vera(), now=NOW
    )


def put_in_a_section(article):
    article.section = cast.a_section(language="fr")
    article.save_revision()


def test_a_reprint_has_the_words_of_the_original_and_none_of_its_pictures(original):
    article = reprint(original)
    assert (article.kind, article.language, article.live) == (Kind.REPRINT, "fr", False)
    assert article.headline == original.headline
    assert [block.block_type for block in article.body] == ["paragraph", "heading", "list"]
    assert "<b>reprend</b>" in str(article.body[0].value)
    assert "img" not in str(article.body.raw_data)
    assert "Le quai" not in str(article.body.raw_data)


def test_a_pick_fills_in_authors_and_the_translator(original):
    cast.a_contributor("Salma Verrin")
    cast.a_contributor("Vera Lindholm", user=cast.vera())
    article = translate(original)
    assert [(one.role, one.shown_name, bool(one.contributor)) for one in article.credits.all()] == [
        (CreditRole.AUTHOR, "Salma Verrin", True),
        (CreditRole.TRANSLATOR, "Vera Lindholm", True),
    ]


def test_an_author_without_a_page_is_named_in_letters(original):
    article = reprint(original)
    credit = article.credits.get()
    assert (credit.contributor, credit.name) == (None, "Salma Verrin")
    assert not article.is_unsigned_at_source


def test_a_piece_that_nobody_signed_is_unsigned_at_source(newsroom):
    article = reprint(cast.an_original(authors=[]))
    assert article.is_unsigned_at_source
    assert not article.credits.exists()


def test_a_translation_lies_on_the_translation_desk(original):
    article = translate(original)
    assert article.job.segments.count() > 3
    assert article.job.snapshot == original.snapshots.get()
    assert article.slug == "le-bac-reprend-la-mer"


def test_a_pick_under_an_agreement_has_its_permission(original):
    agreement = cast.an_agreement(original.outlet)
    article = reprint(original, agreement)
    assert article.permission.agreement == agreement
    assert not [lack for lack in lacks(article, now=NOW) if lack.check == "permission"]


def test_a_pick_without_permission_can_be_worked_on_and_not_published(original):
    article = reprint(original)
    assert article.permission is None
    put_in_a_section(article)
    with pytest.raises(NotCleared) as refusal:
        cast.published(article)
    assert [lack.check for lack in refusal.value.lacks] == ["permission"]


def test_an_agreement_that_does_not_fit_is_refused_with_its_reasons(original):
    ended = cast.an_agreement(original.outlet, ends_on=date(2021, 1, 1), uses=["excerpt"])
    with pytest.raises(DoesNotCover) as refusal:
        reprint(original, ended)
    assert len(refusal.value.reasons) == 2
    assert not Article.objects.exists()


def test_an_agreement_of_another_outlet_covers_nothing(original):
    with pytest.raises(DoesNotCover, match="another outlet"):
        reprint(original, cast.an_agreement(cast.an_outlet("Elsewhere")))


def test_a_second_pick_of_one_kind_and_language_leads_to_the_first(original):
    first = reprint(original)
    with pytest.raises(AlreadyPicked) as taken:
        reprint(original)
    assert taken.value.article == first
    assert Article.objects.count() == 1


def test_one_original_goes_into_several_languages(original):
    assert {translate(original, "en").language, translate(original, "fa").language} == {"en", "fa"}


def test_the_database_refuses_a_pick_that_two_made_at_once(original):
    first = reprint(original)
    other = cast.an_article(language="fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pick.objects.create(original=original, kind=Kind.REPRINT, language="fr", article=other, at=NOW)
    assert Pick.objects.get().article == first


def test_a_withdrawn_reprint_can_be_begun_anew(original):
    article = reprint(original, cast.an_agreement(original.outlet))
    put_in_a_section(article)
    live = cast.published(article)
    withdraw(article=live, reason="Wrong", by=cast.vera(), now=NOW)
    again = reprint(original)
    assert again.pk != article.pk
    assert again.slug != article.slug


@pytest.mark.parametrize("language", ["de", "fr", ""])
def test_a_translation_goes_into_another_language_of_the_site_only(original, language):
    with pytest.raises(NoSuchLanguage):
        translate(original, language)


def test_a_reprint_needs_a_site_in_its_language(newsroom):
    with pytest.raises(NoSuchLanguage, match="Deutsch"):
        reprint(cast.an_original(language="de"))


def test_a_persian_reprint_keeps_its_letters_in_its_address(newsroom):
    article = reprint(cast.an_original(headline="کشتی به دریا می‌رود", language="fa"))
    assert article.slug == "کشتی-به-دریا-می-رود"


def test_a_persian_headline_in_english_gets_latin_letters(newsroom):
    article = translate(cast.an_original(headline="کشتی به دریا", language="fa"))
    assert article.slug.isascii()
    assert article.slug


def test_a_picked_original_is_no_longer_spiked_and_the_audit_says_who(original):
    spike(original=original, by=cast.vera(), now=NOW)
    article = reprint(original)
    assert not Spike.objects.exists()
    entry = AuditEntry.objects.get(verb="pick")
    assert (entry.by, entry.after["article"]) == (cast.vera(), article.pk)


def test_spiking_twice_is_spiking_once_and_can_be_undone(original):
    first = spike(original=original, by=cast.vera(), now=NOW)
    assert spike(original=original, by=cast.tomas(), now=NOW) == first
    unspike(original=original, by=cast.vera(), now=NOW)
    unspike(original=original, by=cast.vera(), now=NOW)
    assert not Spike.objects.exists()
    assert AuditEntry.objects.filter(verb="unspike").count() == 1


def test_what_is_being_worked_on_is_not_spiked(original):
    reprint(original)
    with pytest.raises(AlreadyPicked):
        spike(original=original, by=cast.vera(), now=NOW)


def test_an_agreement_made_later_covers_a_piece_that_is_being_worked_on(original):
    article = reprint(original)
    agreement = cast.an_agreement(original.outlet)
    covered = cover_by_agreement(article=article, agreement=agreement, by=cast.vera(), now=NOW)
    assert covered.permission.agreement == agreement
    assert covered.get_latest_revision_as_object().permission == covered.permission


def test_a_grant_for_one_piece_covers_it_with_its_evidence(original):
    covered = cover_by_grant(
        article=reprint(original), evidence="Rahim by mail, 12 March", by=cast.vera(), now=NOW
    )
    assert covered.permission.evidence == "Rahim by mail, 12 March"
    assert covered.permission.agreement is None


def test_an_exclusive_needs_nobody_else_s_permission(newsroom):
    with pytest.raises(NeedsNoPermission):
        cover_by_grant(article=cast.an_exclusive(), evidence="…", by=cast.vera(), now=NOW)


def test_a_grant_for_another_use_covers_nothing(original):
    permission = record_grant(
        original=original, use="translation", language="en", evidence="Rahim", by=cast.vera(), now=NOW
    )
    with pytest.raises(OtherPermission):
        cover_by_permission(article=reprint(original), permission=permission, by=cast.vera())
