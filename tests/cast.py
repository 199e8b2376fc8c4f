"""The cast of our tests: who works here, which outlets there are, and pieces that are fit to print.

Every builder makes what its piece needs and returns something that the gate clears, so that a test
takes away the one thing that it is about. Vera edits, Tomas translates, Rahim owns an outlet, Nobody may not.
"""

import io
from datetime import UTC, date, datetime
from itertools import count

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.utils.text import slugify
from PIL import Image as Drawing
from wagtail.models import Collection, Locale, Page, Site

from dateline.agreements.models import Agreement
from dateline.articles.actions import publish
from dateline.articles.kinds import CreditRole, Genre, Kind
from dateline.articles.models import Answer, Article, Contributor, Credit, Picture, Section, Topic
from dateline.intake.models import Original, Snapshot
from dateline.lib.urls import normalise
from dateline.people.models import User
from dateline.rights.actions import take_from_agreement
from dateline.rights.models import Permission, PicturePermission
from dateline.site.models import Identity, SiteLanguage
from dateline.sources.models import Channel, Outlet

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
LANGUAGES = ("en", "fr", "fa")

_number = count(1)


def _unique(name):
    return f"{slugify(name, allow_unicode=True)[:60]}-{next(_number)}"


# People


def somebody(username="vera", *, role="editor", **fields):
    """Return a member of staff with one role; a second call finds the same one."""
    user, made = User.objects.get_or_create(username=username, defaults=fields)
    if made:
        user.set_password("a long pass phrase")
        user.save()
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def vera():
    """Return Vera, who edits and publishes."""
    return somebody("vera", role="editor", first_name="Vera", last_name="Lindholm")


def tomas():
    """Return Tomas, who translates and may not publish."""
    return somebody("tomas", role="translator", first_name="Tomas", last_name="Arden")


def nobody():
    """Return Nobody, who has an account and no rights."""
    user, _made = User.objects.get_or_create(username="nobody")
    return user


# The publication


def a_language(code="en"):
    """Return the locale of a language."""
    return Locale.objects.get_or_create(language_code=code)[0]


def an_identity(*, languages=LANGUAGES, **fields):
    """Return the site's identity in these languages, the first the default, with their locales and page tree."""
    identity = Identity.load()
    for name, value in {"name": "The Tideway Digest", "founded_year": 2019, **fields}.items():
        setattr(identity, name, value)
    identity.languages = [
        SiteLanguage(
            code=code,
            name=f"Tideway {code}",
            tagline=f"News of the Tideway ({code})",
            blurb=f"Who we are ({code}).",
        )
        for code in languages
    ]
    identity.save()
    for code in languages:
        a_language(code)
    a_page_tree()
    a_collection()
    return identity


def a_page_tree():
    """Return Wagtail's root page, made where the test database has none."""
    root = Page.get_first_root_node()
    if root is None:  # as add_root() lays it, which looks over much that an empty tree has not
        kind = ContentType.objects.get_for_model(Page)
        root = Page(title="Root", draft_title="Root", slug="root", locale=a_language("en"), content_type=kind)
        root.path, root.depth, root.url_path = Page._get_path("", 1, 1), 1, "/"
        Page.objects.bulk_create([root])
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    return root


def a_collection():
    """Return Wagtail's root collection, made where the test database has none."""
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


# Where pieces come from


def an_outlet(name="Harbour Courier", **fields):
    """Return an outlet; Rahim owns the Harbour Courier."""
    slug = _unique(name)
    return Outlet.objects.create(
        **{
            "name": name,
            "slug": slug,
            "home_url": f"https://{slug}.example/",
            "language": "fr",
            "contact_email": "rahim@courier.example",
            **fields,
        }
    )


def a_channel(outlet=None, **fields):
    """Return a watched feed of an outlet."""
    outlet = outlet or an_outlet()
    address = f"{outlet.home_url}feed-{next(_number)}.xml"
    return Channel.objects.create(**{"outlet": outlet, "address": address, "next_check_at": NOW, **fields})


def an_agreement(outlet=None, **fields):
    """Return a standing agreement that covers reprints, translations and pictures in any language."""
    agreement = Agreement(
        **{
            "outlet": outlet or an_outlet(),
            "title": "Letter of 2020",
            "uses": ["reprint", "translation", "excerpt", "headline", "picture"],
            "starts_on": LONG_AGO,
            "credit_line": "By courtesy of the Harbour Courier",
            **fields,
        }
    )
    agreement.full_clean()
    agreement.save()
    return agreement


def an_original(outlet=None, **fields):
    """Return an original in French, signed by Salma Verrin, with its snapshot."""
    outlet = outlet or an_outlet()
    url = fields.pop("url", f"{outlet.home_url}2026/03/12/ferry-{next(_number)}.html")
    text = (
        "Le bac de Port-Salin reprendra la mer lundi.\n\nLes insulaires l'attendaient depuis neuf semaines."
    )
    original = Original(
        **{
            "outlet": outlet,
            "url": url,
            "identity": normalise(url),
            "headline": "Le bac reprend la mer",
            "standfirst": "Neuf semaines sans liaison",
            "authors": [{"name": "Salma Verrin", "kind": "person"}],
            "language": "fr",
            "published_at": datetime(2026, 3, 12, 6, 0, tzinfo=UTC),
            "taken_at": datetime(2026, 3, 12, 7, 0, tzinfo=UTC),
            "body_html": "".join(f"<p>{part}</p>" for part in text.split("\n\n")),
            "body_text": text,
            **fields,
        }
    )
    original.save()
    a_snapshot(original)
    return original


def a_snapshot(original, **fields):
    """Return a snapshot of an original."""
    return Snapshot.objects.create(
        **{
            "original": original,
            "url": original.url,
            "final_url": original.url,
            "status": 200,
            "fetched_at": original.taken_at,
            "sha256": f"{next(_number):064x}",
            "size": 2000,
            "text_sha256": f"{next(_number):064x}",
            "headline": original.headline,
            "body_text": original.body_text,
            **fields,
        }
    )


def a_permission(original, *, use="translation", language="en", agreement=None):
    """Return the permission for one use of an original under its outlet's agreement, made where there is none."""
    agreement = agreement or original.outlet.agreements.first() or an_agreement(original.outlet)
    return take_from_agreement(
        original=original, agreement=agreement, use=use, language=language, by=None, now=NOW
    )


# Pictures


def a_photograph(*, width=1600, height=1000, exif=None):
    """Return the bytes of a JPEG drawn here; `exif` is a PIL Exif to put into it."""
    picture = Drawing.linear_gradient("L").resize((width, height)).convert("RGB")
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=70, **({"exif": exif} if exif else {}))
    return data.getvalue()


def a_picture(title="The ferry at the quay", *, data=None, **fields):
    """Return a picture with a credit and a permission of its own."""
    a_collection()
    data = data or a_photograph()
    width, height = Drawing.open(io.BytesIO(data)).size
    picture = Picture(
        **{
            "title": title,
            "file": ImageFile(io.BytesIO(data), name=f"{_unique(title)}.jpg"),
            "width": width,
            "height": height,
            "credit": "Photograph: Ines Molde",
            "permission": a_picture_permission(),
            **fields,
        }
    )
    picture.save()
    return picture


def a_picture_permission(**fields):
    """Return the right to show a picture that is our own."""
    return PicturePermission.objects.create(
        **{
            "ground": PicturePermission.Ground.OWN,
            "holder": "The Tideway Digest",
            "starts_on": LONG_AGO,
            **fields,
        }
    )


# The paper


def a_section(name="Harbour", *, language="en", **fields):
    """Return a section in one language. `translation_key` makes it the translation of another."""
    return Section.objects.create(
        **{"name": name, "slug": _unique(name), "locale": a_language(language), **fields}
    )


def a_topic(name="The ferry", *, language="en", **fields):
    """Return a topic in one language."""
    return Topic.objects.create(
        **{"name": name, "slug": _unique(name), "locale": a_language(language), **fields}
    )


def a_contributor(name="Vera Lindholm", **fields):
    """Return somebody with a page and a byline."""
    return Contributor.objects.create(**{"name": name, "slug": _unique(name), **fields})


def an_article(*, language="en", authors=(), translators=(), topics=(), **fields):
    """Return a saved draft with the given credits: names, or contributors."""
    headline = fields.pop("headline", f"The ferry sails again, no {next(_number)}")
    article = Article(
        **{
            "locale": a_language(language),
            "headline": headline,
            "slug": _unique(headline),
            "standfirst": "Nine weeks without a boat end on Monday.",
            "body": a_body(),
            "section": fields.pop("section", None) or a_section(language=language),
            "live": False,
            **fields,
        }
    )
    _credit(article, CreditRole.AUTHOR, authors)
    _credit(article, CreditRole.TRANSLATOR, translators)
    article.topics = list(topics)
    article.save()
    return article


def a_body(*paragraphs):
    """Return a body of plain paragraphs, ready for an article's StreamField."""
    texts = paragraphs or (
        "The ferry of Port Salin sails again on Monday.",
        "The islanders waited nine weeks.",
    )
    return [("paragraph", _rich(f"<p>{text}</p>")) for text in texts]


def an_exclusive(*, authors=None, **fields):
    """Return a draft of ours that the gate clears."""
    authors = (a_contributor(),) if authors is None else authors
    return an_article(authors=authors, **{"kind": Kind.EXCLUSIVE, "genre": Genre.REPORT, **fields})


def a_translation(original=None, *, language="en", translators=None, **fields):
    """Return a draft made from a French original under an agreement, that the gate clears."""
    original = original or an_original()
    translators = (a_contributor("Tomas Arden"),) if translators is None else translators
    return an_article(
        language=language,
        authors=fields.pop("authors", original.author_names),
        translators=translators,
        **{
            "kind": Kind.TRANSLATION,
            "original": original,
            "permission": a_permission(original, use="translation", language=language),
            **fields,
        },
    )


def a_reprint(original=None, *, language="fr", **fields):
    """Return a draft in the original's own language under an agreement, that the gate clears."""
    original = original or an_original()
    return an_article(
        language=language,
        authors=fields.pop("authors", original.author_names),
        **{
            "kind": Kind.REPRINT,
            "original": original,
            "permission": a_permission(original, use="reprint", language=language),
            **fields,
        },
    )


def a_statement(*, issued_by="The Harbour Office", answers=(), **fields):
    """Return a statement. `answers` are (relation, article or original, claim)."""
    article = an_article(
        **{"genre": Genre.STATEMENT, "issued_by": issued_by, "issued_on": NOW.date(), **fields}
    )
    for order, (relation, other, claim) in enumerate(answers):
        where = "to_article" if isinstance(other, Article) else "to_original"
        Answer.objects.create(
            article=article, relation=relation, claim=claim, sort_order=order, **{where: other}
        )
    return Article.objects.get(pk=article.pk)


def published(article, *, by=None, now=NOW):
    """Return the article after it went out by its one verb."""
    return publish(article=article, by=by, now=now)


def is_granted(permission):
    """Whether a permission stands."""
    return permission.state == Permission.State.GRANTED


def _credit(article, role, people):
    for order, person in enumerate(people):
        named = {"name": person} if isinstance(person, str) else {"contributor": person}
        article.credits.add(Credit(role=role, sort_order=order, **named))


def _rich(html):
    from wagtail.rich_text import RichText

    return RichText(html)
