"""Letting others republish ours: never more than whoever we have it from allows, and a copy without anything of ours."""

import json
import re

import cast
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.agreements.licences import licence
from dateline.articles.actions import withdraw
from dateline.articles.addresses import republish_path
from dateline.articles.kinds import Genre, Kind
from dateline.publishing.actions import bake_everything
from dateline.publishing.leaf import file_of
from dateline.publishing.republishing import known, licence_for, picture_licence
from dateline.rights.actions import carry_out
from dateline.rights.models import Withdrawal
from dateline.site.models import REPUBLISHING, Identity

OWNERS = [name for name, _label in REPUBLISHING]
SOURCES = [
    "",
    "all rights",
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-3.0",
    "OGL-UK-3.0",
]


def chosen(name, **fields):
    identity = Identity.load()
    identity.republish_licence = name
    for field, value in fields.items():
        setattr(identity, field, value)
    identity.full_clean()
    identity.save()


def page_beside(article):
    return republish_path(article.get_absolute_url())


def bake_all():
    return bake_everything(now=cast.NOW)


def stands(site, article):
    return (site.root / file_of(page_beside(article))).exists()


def an_open_original(name, **fields):
    outlet = cast.an_outlet()
    cast.an_agreement(
        outlet, licence=name, uses=["reprint", "translation"], credit_line="Their line", **fields
    )
    return cast.an_original(outlet)


def copy_in(page):
    from html import unescape

    return unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])


def test_nobody_may_take_anything_before_the_owner_has_said_so(site, read):
    article = cast.published(cast.an_exclusive())
    bake_all()
    assert not stands(site, article)
    assert "republish/" not in read(article.get_absolute_url())
    assert "ask us" in read("/en/republish/").lower()


def test_an_exclusive_has_a_clean_copy_beside_it(site, read):
    chosen("CC-BY-4.0")
    author = cast.a_contributor("Vera Lindholm")
    article = cast.published(cast.an_exclusive(authors=[author], hero=cast.a_picture(), hero_alt="A ferry"))
    bake_all()
    page = read(page_beside(article))
    copy = copy_in(page)
    own = f"https://digest.example{article.get_absolute_url()}"
    assert "The ferry of Port Salin sails again on Monday." in copy
    assert "Vera Lindholm" in copy
    assert f'href="{own}" rel="canonical"' in copy
    assert "https://creativecommons.org/licenses/by/4.0/" in copy
    assert not re.search(r"<(img|script|iframe|link|style|picture|source)|class=|style=|on\w+=", copy)
    assert f'<link rel="canonical" href="{own}"' in page
    assert "noindex" in page


def test_the_article_has_the_door_and_says_so_to_machines(site, read):
    chosen("CC-BY-ND-4.0")
    article = cast.published(cast.an_exclusive())
    bake_all()
    page = read(article.get_absolute_url())
    assert f'href="{page_beside(article)}"' in page
    node = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert node["license"] == "https://creativecommons.org/licenses/by-nd/4.0/"
    assert node["usageInfo"] == "https://digest.example/en/republish/"


def test_reprints_and_translations_by_agreement_stay_with_whoever_gave_them(site):
    chosen("CC-BY-4.0")
    pieces = [cast.published(cast.a_reprint()), cast.published(cast.a_translation())]
    pieces.append(cast.published(cast.a_reprint(an_open_original("CC-BY-4.0"))))
    bake_all()
    assert not any(stands(site, piece) for piece in pieces)


def test_a_translation_of_an_open_original_goes_on_with_both_credits(site, read):
    chosen("CC-BY-4.0")
    original = an_open_original("CC-BY-SA-4.0")
    article = cast.published(cast.a_translation(original))
    bake_all()
    copy = copy_in(read(page_beside(article)))
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in copy
    assert "licenses/by/4.0/" not in copy
    assert original.url in copy
    assert "Their line" in copy


def test_a_statement_is_its_issuers_word(site):
    chosen("CC-BY-4.0")
    statement = cast.a_statement(kind=Kind.EXCLUSIVE, authors=[cast.a_contributor()])
    assert statement.genre == Genre.STATEMENT
    cast.published(statement)
    bake_all()
    assert not stands(site, statement)


def test_a_picture_goes_along_only_where_its_own_permission_says_so(site, read):
    chosen("CC-BY-4.0")
    ours = cast.a_picture(permission=cast.a_picture_permission(ground="own", licence="CC-BY-4.0"))
    silent = cast.a_picture("Silent")
    article = cast.published(
        cast.an_exclusive(
            hero=ours,
            hero_alt="The open ferry",
            body=[*cast.a_body(), ("picture", {"picture": silent, "alt": "The silent ferry", "caption": ""})],
        )
    )
    bake_all()
    page = read(page_beside(article))
    assert "The open ferry" in page
    assert "The silent ferry" not in page


def test_the_page_goes_with_its_piece(site):
    chosen("CC-BY-4.0")
    article = cast.published(cast.an_exclusive())
    bake_all()
    assert stands(site, article)
    now = cast.NOW
    withdrawal = withdraw(article=article, reason="x", by=None, now=now, ground=Withdrawal.Ground.LEGAL)
    carry_out(withdrawal=withdrawal, now=now)
    assert not stands(site, article)


def test_the_page_goes_when_the_owner_takes_the_licence_back(site):
    chosen("CC-BY-4.0")
    article = cast.published(cast.an_exclusive())
    bake_all()
    chosen("")
    bake_all()
    assert not stands(site, article)


def test_the_terms_stand_in_every_language_with_the_owners_words(site, read):
    chosen("CC-BY-NC-4.0", republish_credit="Taken from the Tideway", email="desk@digest.example")
    article = cast.published(cast.an_exclusive())
    bake_all()
    for code in cast.LANGUAGES:
        page = read(f"/{code}/republish/")
        assert "https://creativecommons.org/licenses/by-nc/4.0/" in page
        assert "mailto:desk@digest.example" in page
    assert "Taken from the Tideway" in copy_in(read(page_beside(article)))


@pytest.mark.parametrize(
    "hostile", ["</textarea><script>alert(1)</script>", '"><img src=x onerror=alert(1)>']
)
def test_no_headline_gets_out_of_the_copy(site, read, hostile):
    chosen("CC-BY-4.0", republish_credit=hostile)
    article = cast.published(cast.an_exclusive(headline=hostile, standfirst=hostile))
    bake_all()
    page = read(page_beside(article))
    assert "<script>alert" not in page
    assert page.count("</textarea>") == 1
    assert "<script>alert" not in copy_in(page)
    assert "<img" not in copy_in(page)


def test_nobody_else_is_called(site, read):
    chosen("CC-BY-4.0")
    article = cast.published(cast.an_exclusive())
    bake_all()
    called = re.findall(r'(?:src|srcset)="([^"]+)"', read(page_beside(article)))
    assert called
    assert all(address.startswith("/") for address in called)


# Pure


def test_every_licence_that_the_owner_may_choose_has_rules():
    assert OWNERS[0] == ""
    for name in OWNERS[1:]:
        assert licence(name).name == name


@given(
    st.sampled_from([one.value for one in Kind]),
    st.sampled_from(OWNERS),
    st.sampled_from([*SOURCES, "CC-BY-ND-4.0"]),
    st.booleans(),
)
def test_what_goes_on_is_never_freer_than_what_came_in(kind, choice, source, is_statement):
    given_on = licence_for(kind, chosen=choice, source=source, is_statement=is_statement)
    if given_on is None:
        return
    assert choice
    assert not is_statement
    assert kind in {"exclusive", "translation"}
    if kind == "translation":
        theirs = known(source)
        assert theirs is not None
        assert not theirs.forbids_derivatives
        assert given_on.is_noncommercial or not theirs.is_noncommercial
        assert given_on == theirs or not theirs.must_share_alike


@pytest.mark.parametrize(
    ("ground", "name", "goes"),
    [
        ("own", "", False),
        ("own", "CC-BY-4.0", True),
        ("licence", "CC-BY-SA-4.0", True),
        ("licence", "some words", False),
        ("agreement", "CC-BY-4.0", False),
        ("granted", "CC-BY-4.0", False),
    ],
)
def test_a_picture_needs_a_licence_of_its_own(ground, name, goes):
    assert bool(picture_licence(ground, name)) is goes
