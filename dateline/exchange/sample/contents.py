"""Reads the sample newsroom from the files beside this one: `read_newsroom()`.

`newsroom.json` has the publication, menus, sections, topics, contributors, outlets, agreements and pictures;
`originals/<key>.md`, `articles/<key>.<language>.md` and `pages/<slug>.<language>.md` have one text each.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from dateline.exchange.sample.checks import check
from dateline.exchange.sample.fields import Fields
from dateline.exchange.sample.markup import read_blocks, read_front_matter
from dateline.exchange.sample.shapes import (
    Agreement,
    Answer,
    Article,
    Block,
    Contributor,
    Credit,
    Identity,
    MenuEntry,
    NamedLink,
    Newsroom,
    Original,
    Outlet,
    Page,
    Picture,
    PictureUse,
    SampleBroken,
    Section,
    Topic,
)

HERE = Path(__file__).resolve().parent
ROLES = ("author", "translator", "editor", "pictures")
Shape = TypeVar("Shape")


def read_newsroom(folder: Path = HERE) -> Newsroom:
    """Return the newsroom of a folder, checked: every reference in it resolves.

    Raises SampleBroken where a file is wrong; the message names the file and the field.
    """
    top = _newsroom_file(folder)
    pictures = _by(top.records("pictures"), _picture, "name")
    originals = {key: _original(key, fields, body) for key, fields, body in _texts(folder / "originals")}
    newsroom = Newsroom(
        identity=_identity(top),
        main_menu=_menu(top.records("main_menu")),
        side_menu=_menu(top.records("side_menu")),
        sections=_by(top.records("sections"), _section, "slug"),
        topics=_by(top.records("topics"), _topic, "slug"),
        contributors=_by(top.records("contributors"), _contributor, "slug"),
        outlets=_by(top.records("outlets"), _outlet, "key"),
        agreements=tuple(_whole(fields, _agreement) for fields in top.records("agreements")),
        pictures=pictures,
        originals=originals,
        articles={
            (article.key, article.language): article
            for name, fields, body in _texts(folder / "articles")
            for article in [_article(name, fields, body, pictures=pictures, originals=originals)]
        },
        pages={
            (page.slug, page.language): page
            for name, fields, body in _texts(folder / "pages")
            for page in [_page(name, fields, body)]
        },
    )
    top.finish()
    check(newsroom)
    return newsroom


def _newsroom_file(folder: Path) -> Fields:
    try:
        values = json.loads((folder / "newsroom.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SampleBroken(file="newsroom.json", field="the whole file", reason=str(error)) from error
    languages = tuple(values.get("identity", {}).get("languages", ()))
    return Fields(values, file="newsroom.json", languages=languages)


def _texts(folder: Path) -> Iterator[tuple[str, Fields, str]]:
    for path in sorted(folder.glob("*.md")):
        file = f"{folder.name}/{path.name}"
        values, body = read_front_matter(path.read_text(encoding="utf-8"), file=file)
        yield path.stem, Fields(values, file=file), body


def _whole(fields: Fields, make: Callable[[Fields], Shape]) -> Shape:
    shape = make(fields)
    fields.finish()
    return shape


def _by(records: Iterable[Fields], make: Callable[[Fields], Shape], name: str) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    for fields in records:
        shape = _whole(fields, make)
        key: str = getattr(shape, name)
        if key in found:
            raise fields.broken(name, f"{key!r} is there twice")
        found[key] = shape
    return found


def _identity(top: Fields) -> Identity:
    fields = top.record("identity")
    if fields is None:
        raise top.broken("identity", "is missing")
    return _whole(
        fields,
        lambda of: Identity(
            name=of.texts("name"),
            tagline=of.texts("tagline"),
            blurb=of.texts("blurb"),
            founded=of.count("founded"),
            mail=of.text("mail"),
            zone=of.text("zone"),
            default_language=of.text("default_language"),
            languages=of.names("languages"),
            commercial=of.flag("commercial"),
            notice=of.text("notice", ""),
            accounts=of.flag("accounts"),
            social=tuple(_whole(link, _link) for link in of.records("social")),
            useful=tuple(_whole(link, _link) for link in of.records("useful")),
        ),
    )


def _link(fields: Fields) -> NamedLink:
    return NamedLink(kind=fields.text("kind"), name=fields.texts("name"), url=fields.text("url"))


def _menu(records: Iterable[Fields]) -> tuple[MenuEntry, ...]:
    return tuple(_whole(fields, _menu_entry) for fields in records)


def _menu_entry(fields: Fields) -> MenuEntry:
    return MenuEntry(fields.text("kind"), fields.text("slug", ""), _menu(fields.records("children")))


def _section(fields: Fields) -> Section:
    return Section(
        fields.text("slug"), fields.text("parent", ""), fields.texts("name"), fields.texts("about")
    )


def _topic(fields: Fields) -> Topic:
    return Topic(
        slug=fields.text("slug"),
        name=fields.texts("name"),
        about=fields.texts("about"),
        starts_date=fields.day("starts_date"),
        ends_date=fields.day("ends_date"),
    )


def _contributor(fields: Fields) -> Contributor:
    return Contributor(
        slug=fields.text("slug"),
        name=fields.texts("name"),
        bio=fields.texts("bio"),
        house=fields.flag("house"),
        outlet=fields.text("outlet", ""),
    )


def _outlet(fields: Fields) -> Outlet:
    return Outlet(
        key=fields.text("key"),
        name=fields.text("name"),
        english_name=fields.text("english_name"),
        place=fields.text("place"),
        languages=fields.names("languages"),
        url=fields.text("url"),
        mail=fields.text("mail"),
        kind=fields.text("kind"),
    )


def _agreement(fields: Fields) -> Agreement:
    return Agreement(
        key=fields.text("key"),
        outlet=fields.text("outlet"),
        uses=fields.names("uses"),
        languages=fields.names("languages"),
        licence=fields.text("licence", ""),
        starts_days_ago=fields.count("starts_days_ago"),
        ends_in_days=fields.number("ends_in_days", None),
        credit_line=fields.text("credit_line"),
        canonical=fields.text("canonical"),
        noindex=fields.flag("noindex"),
        show_original=fields.flag("show_original"),
        note=fields.text("note"),
    )


def _picture(fields: Fields) -> Picture:
    return Picture(fields.text("name"), fields.texts("alt"), fields.texts("credit"))


def _original(key: str, fields: Fields, body: str) -> Original:
    original = Original(
        key=key,
        outlet=fields.text("outlet"),
        language=fields.text("language"),
        url=fields.text("url"),
        headline=fields.text("headline"),
        standfirst=fields.text("standfirst", ""),
        authors=fields.names("authors"),
        unsigned=fields.flag("unsigned"),
        days_ago=fields.count("days_ago"),
        time=fields.clock("time"),
        blocks=read_blocks(body),
    )
    fields.finish()
    return original


def _article(
    name: str, fields: Fields, body: str, *, pictures: dict[str, Picture], originals: dict[str, Original]
) -> Article:
    key, language = _name_and_language(name, fields)
    kind = fields.text("kind")
    source = originals.get(fields.text("original", ""))
    as_printed = source if kind == "reprint" else None
    blocks = as_printed.blocks if as_printed else read_blocks(body)
    article = Article(
        key=key,
        language=language,
        kind=kind,
        genre=fields.text("genre"),
        state=fields.text("state", "published"),
        kicker=fields.text("kicker", ""),
        headline=fields.text("headline", *([as_printed.headline] if as_printed else [])),
        standfirst=fields.text("standfirst", *([as_printed.standfirst] if as_printed else [])),
        section=fields.text("section"),
        other_sections=fields.names("other_sections"),
        topics=fields.names("topics"),
        filed_from=fields.text("filed_from", ""),
        days_ago=fields.count("days_ago"),
        time=fields.clock("time"),
        credits=tuple(_credits(fields)),
        picture=_lead_picture(fields, language, pictures),
        blocks=tuple(_with_words(block, fields, language, pictures) for block in blocks),
        original=source.key if source else "",
        issuers=fields.names("issuers"),
        answers=_answer(fields),
    )
    fields.finish()
    if as_printed and body.strip():
        raise fields.broken("body", "a reprint has the text of its original; leave it empty")
    return article


def _name_and_language(name: str, fields: Fields) -> tuple[str, str]:
    key, dot, language = name.rpartition(".")
    if not (key and dot and language):
        raise fields.broken("file name", "must be <key>.<language>.md")
    return key, language


def _credits(fields: Fields) -> Iterator[Credit]:
    named = fields.record("credits")
    if named is None:
        raise fields.broken("credits", "is missing")
    for role in ROLES:
        for contributor in named.names(role):
            yield Credit(role, contributor)
    named.finish()


def _lead_picture(fields: Fields, language: str, pictures: dict[str, Picture]) -> PictureUse | None:
    name, caption = fields.text("picture", ""), fields.text("caption", "")
    if not name:
        return None
    use = PictureUse(name, fields.text("alt", ""), caption, "")
    return _picture_with_words(use, fields, language, pictures)


def _with_words(block: Block, fields: Fields, language: str, pictures: dict[str, Picture]) -> Block:
    if not isinstance(block, PictureUse):
        return block
    return _picture_with_words(block, fields, language, pictures)


def _picture_with_words(
    use: PictureUse, fields: Fields, language: str, pictures: dict[str, Picture]
) -> PictureUse:
    if use.name not in pictures:
        raise fields.broken("picture", f"there is no picture {use.name!r} in newsroom.json")
    known = pictures[use.name]
    alt = use.alt or known.alt.get(language, "")
    return replace(use, alt=alt, credit=known.credit.get(language, ""))


def _answer(fields: Fields) -> Answer | None:
    answers = fields.record("answers")
    if answers is None:
        return None
    return _whole(
        answers,
        lambda of: Answer(
            relation=of.text("relation"),
            original=of.text("original", ""),
            article=of.text("article", ""),
            url=of.text("url", ""),
            claim=of.text("claim"),
        ),
    )


def _page(name: str, fields: Fields, body: str) -> Page:
    slug, language = _name_and_language(name, fields)
    page = Page(slug, language, fields.text("title"), fields.text("summary"), read_blocks(body))
    fields.finish()
    return page
