"""Who wrote it: persons and organisations named by the page, the site itself left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dateline.intake.extract_page import Page, text_of, types_of
from dateline.intake.metadata import site_names
from dateline.lib.text import names, one_line, words

Kind = Literal["person", "organisation"]

_LONGEST = 80
_MOST_WORDS = 6
_ORGANISATION_WORDS = names(
    "agency agencies association associates authority board bureau center centre channel club college committee "
    "commission company corporation council department desk digital editorial editors employees federation "
    "foundation group inc institute institution international laboratory limited llc ltd magazine media ministry "
    "museum network networks news newspaper newsroom office online organisation organization partners post press "
    "production publishing radio redaction reporters review school service services sports society staff standard "
    "studio studios syndicate team television times tribune university wire wires "
    "agence agencia agência agenzia redaktion redaktor redacción redacao redação rédaction redazione editörü "
    "gazetesi ajansı haber merkezi redaksiya redaksiyası agentliyi xəbər "
    "редакция агентство служба новости пресса газета корреспондент редакція агенція служба новини "
    "redactie redaktsioon redakcja redakcija uredništvo szerkesztőség σύνταξη مؤسسة صحيفة جريدة روزنامه "
    "گروه سرویس واحد muxbir matbuot kotibiyati saytı portalı nəşri "
    "şöbəsi mətbuat müəllifi qəzeti nazirlik nazirliyi bakanlığı kurumu "
    "министерство министерства отдел пресс-служба сайт портал канал телеканал радио բաժին կայք թերթ նախարարություն "
    "გამომცემლობა გაზეთი სამინისტრო სამსახური პრესსამსახური ტელევიზია მაცნე "
    "խմբագրություն գործակալություն რედაქცია სააგენტო تحریریه خبرگزاری تحرير وكالة هيئة"
)
_AGENCIES = names(
    "ap afp reuters bloomberg upi dpa ansa efe tass tanjug anadolu aa apa azertac armenpress interpress interfax "
    "xinhua pti ani ians kyodo yonhap belta ukrinform"
)
_BY = re.compile(
    r"^(?:(?:written|posted|reported|edited|story|words|text|review|article|published)\s+)?by[:\s]+"
    r"|^(?:author|autor|auteur|yazar|muhabir|müəllif|автор(?:ы|ка)?|текст|հեղինակ(?:ներ)?|ավտոր|ავტორი|მწერალი|"
    r"ჟურნალისტი|نویسنده|نگارنده|خبرنگار|گزارشگر|الكاتب|كتب|yozuvchi|muallif|von|par|por|di|av|door)\s*[:՝\s]\s*",
    re.IGNORECASE,
)
# `ABC Arts`, but neither `ROBERT BURNS` nor `J.J. Abrams`; `LakeNews` in one word.
_ACRONYM = re.compile(r"^[A-ZА-ЯԱ-Ֆ]{3,6}\s+(?=.*[a-zа-яա-ֆ])")
_JOINED_NEWS = re.compile(r"^[A-Z]\w*(?:News|Media|Press|TV|Wire|Radio)$")
# A line that signs a text: a word for the author, a mark, a name.
_SIGNED = re.compile(
    r"^\W*(?:author|autor|auteur|autore|yazar|muhabir|müəllif|автор(?:ы|ка)?|текст|հեղինակ(?:ներ)?|ავტორი|მწერალი|ჟურნალისტი|"
    r"نویسنده|نگارنده|خبرنگار|گزارشگر|الكاتب|muallif)\s*[:՝]\s*(?P<name>[^:.!?]{3,60})\W*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_AND = re.compile(
    r"\s*(?:[;/|•·&]|\s+(?:and|und|et|y|e|и|та|və|ve|և|და|و|with|avec|mit|con)\s+)\s*", re.IGNORECASE
)
_ROLE = re.compile(
    r"\s*(?:[,|–—(]|\s-)\s*(?:[^,]*\b(?:editor|reporter|writer|correspondent|staff|contributor|columnist|analyst|"
    r"journalist|producer|critic|director|senior|chief|special to|for the|associated press|reuters|afp|bureau|"
    r"news|press|host|fellow|professor|updated|published|min read|usa today|times|post)\b.*)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:link copied|published|updated|posted|contributor|follow|bio|opens in (?:a )?new (?:tab|window)"
    r"|(?<! and )(?<! und )(?<! et )(?<!, )(?:(?:the\s+)?associated press|reuters|afp))\b.*$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^(?:view all posts by|posts by|more from|articles by|see all)\s+", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"\d|^\S+\.[a-z]{2,}$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$|https?:|www\.|@|[{}<>=_]|^(?:admin|administrator|none|null|undefined|anonymous|unknown|guest|by|author|"
    r"about|follow|contributors?|share|view|read|see|more|all|subscribe|advertisement|updated|published|posted)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r",\s*(?:Ph\.?\s?D\.?|M\.?D\.?|Jr\.?|Sr\.?|II|III|M\.?A\.?|MBA|Esq\.?|RN|R\.?D\.?|J\.?D\.?|MPH|MSc?)(?=$|[\s,])"
)

_HAS_CLASS = "contains(@class, '{}')"
_AUTHOR_CLASSES = " or ".join(
    map(_HAS_CLASS.format, ("author-name", "author__name", "byline-name", "authorName"))
)
_WAYS = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//a[contains(concat(' ', @rel, ' '), ' author ')]",
    f"//*[{_AUTHOR_CLASSES}]",
    "//*[contains(@class, 'byline') or contains(@class, 'Byline')]//a",
    "//a[contains(@href, '/author/') or contains(@href, '/authors/')]",
    "//*[contains(@class, 'byline')]",
    "//*[contains(concat(' ', @class, ' '), ' author ')]",
)
_MOST_MARKED = 4


@dataclass(frozen=True)
class Author:
    name: str
    kind: Kind


def authors(page: Page, *, further: Iterable[str] = ()) -> tuple[list[Author], str]:
    """Return the article's authors in the page's order, each once, and the code of the witness that named them.

    Names of the site or a section are left out.
    further: bylines from elsewhere (the feed, another extractor), asked when the page names nobody.
    """
    forbidden = site_names(page) | _sections(page)
    written: list[Told] = [(name, None) for name in further]
    ways = (_linked, "json-ld"), (_meta, "meta"), (_marked, "markup"), (lambda _page: written, "byline")
    for told, origin in ways:
        if found := list(_named(told(page), forbidden)):
            return found, origin
    return [], ""


def from_byline(byline: str) -> list[Author]:
    """Return the authors of one written byline: `By Ana Pereira and Reuters` names a person and an agency."""
    return list(_named([(byline, None)], frozenset()))


def is_signature(text: str) -> bool:
    """True for a whole line that names the author after a word for one: `Müəllif: Leyla Məmmədova`."""
    return _SIGNED.match(text) is not None


def kind_of(name: str) -> Kind:
    """Return whether `name` is a person's or an organisation's, by its words."""
    parts = words(name)
    if _ORGANISATION_WORDS.intersection(parts) or (len(parts) <= 2 and _AGENCIES.intersection(parts)):  # noqa: PLR2004
        return "organisation"
    if _ACRONYM.match(name) or _JOINED_NEWS.search(name):
        return "organisation"
    one_capital_word = len(parts) == 1 and name.isupper() and len(name) > 1
    return "organisation" if one_capital_word or name.lower().startswith("the ") else "person"


Told = tuple[str, Kind | None]


def _linked(page: Page) -> list[Told]:
    value = page.article.get("author") or page.article.get("creator")
    by_id = {node.get("@id"): node for node in page.linked_data if node.get("@id")}
    return list(_linked_names(value, by_id))


def _linked_names(value: object, by_id: dict[object, dict[str, object]]) -> Iterator[Told]:
    if isinstance(value, list):
        for part in value:
            yield from _linked_names(part, by_id)
    elif isinstance(value, dict):
        node = value if value.get("name") else by_id.get(value.get("@id"), value)
        kinds = types_of(node)
        kind: Kind | None = "organisation" if any("Organization" in k for k in kinds) else None
        listed = node.get("name")
        for name in listed if isinstance(listed, list) else [listed]:
            yield text_of(name), kind
    elif isinstance(value, str):
        yield text_of(value), None


def _meta(page: Page) -> list[Told]:
    keys = (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "citation_author",
        "article:author_name",
        "cxenseparse:author",
        "authors",
    )
    return next(([(name, None) for name in page.meta[key]] for key in keys if _usable(page, key)), [])


def _usable(page: Page, key: str) -> bool:
    return any(not _NOT_A_NAME.search(_BY.sub("", name)) for name in page.meta.get(key, ()))


def _marked(page: Page) -> list[Told]:
    """Names that the page marks as its authors': by rel, itemprop or a class that says byline."""
    for way in _WAYS:
        found: Any = page.tree.xpath(way)
        texts = [one_line(element.text_content()) for element in found[:12]]
        told: list[Told] = [(text, None) for text in texts if text and len(text) <= _LONGEST]
        if told:
            return told[:_MOST_MARKED]
    return []


def _named(told: Iterable[tuple[str, Kind | None]], forbidden: frozenset[str]) -> Iterator[Author]:
    seen: set[str] = set()
    for text, kind in told:
        for name in _split(text):
            key = " ".join(words(name))
            if key in seen or not _is_name(name) or _is_forbidden(key, forbidden):
                continue
            seen.add(key)
            yield Author(name, kind or kind_of(name))


def _split(byline: str) -> list[str]:
    whole = _HEAD.sub("", _BY.sub("", one_line(byline)))
    cut = _TAIL.sub("", whole)
    bare = (cut if " " in cut else whole).strip(" ,.;:|•·-–—")
    if not bare or _ADDRESS.search(whole):
        return []
    if " & " in bare and kind_of(bare) == "organisation":
        return [bare]
    kept = _DEGREE.sub(lambda m: m.group().replace(",", "\0"), _ROLE.sub("", bare))
    parts = [
        part.replace("\0", ",")
        for chunk in _AND.split(kept)
        for part in re.split(r"\s*,\s*(?:and\s+)?", chunk)
    ]
    return [_BY.sub("", part).strip(" ,;:|•·-–—") for part in parts if part.strip(" ,.;:|•·-–—")]


def _is_name(name: str) -> bool:
    return 1 < len(name) <= _LONGEST and len(name.split()) <= _MOST_WORDS and not _NOT_A_NAME.search(name)


def _is_forbidden(key: str, forbidden: frozenset[str]) -> bool:
    joined = key.replace(" ", "")
    return any(joined in (one, one.removeprefix("the"), f"{one}staff", f"{one}team") for one in forbidden)


def _sections(page: Page) -> frozenset[str]:
    value = page.article.get("articleSection")
    told = [text_of(part) for part in (value if isinstance(value, list) else [value])]
    told += page.meta.get("article:section", [])
    listed = [*told, *site_names(page)]
    return frozenset("".join(words(name)) for name in listed if name)
