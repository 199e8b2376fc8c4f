"""TMX, the exchange format of translation memories, read and written entry by entry however large the file is.

Text inside a code's own text (`sub`) counts as part of the code. Source: TMX 1.4b (LISA OSCAR, 2005); 1.1 to 1.3
are read as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Final

from lxml import etree

from dateline.lib.formats.bitext import Entry, Variant, moment
from dateline.lib.formats.inline import CLOSE, OPEN, SINGLE, Code, Part, Parts, joined
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.safe_xml import inner_text, local
from dateline.lib.formats.xml_text import HEAD, elements, tag, text
from dateline.lib.text import without_controls

MOST_VARIANTS: Final = 100
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY: Final = "*all*"
_TOOL: Final = {"creationtool": "Dateline", "creationtoolversion": "1"}


class NotTmx(Unreadable):
    """The file is no translation memory in TMX; the message says what is wrong with it."""


@dataclass
class Head:
    """What the file says of all its entries. `source_language` is empty where they differ."""

    source_language: str = ""


def read(source: IO[bytes]) -> Iterator[Entry]:
    """Yield the entries that have words in two languages or more, the file's source language first.

    Raises NotTmx, also while it is read.
    """
    head, is_tmx = Head(), False
    for element in elements(source, ("header", "tu", "tmx"), refusal=NotTmx):
        name = local(element)
        if name == "header":
            told = element.get("srclang", "")
            head.source_language = "" if told.lower() == _ANY else told
        is_tmx = is_tmx or name == "tmx" or _is_inside(element)
        if name == "tu":
            if not is_tmx:
                break
            entry = _entry(element, head)
            if entry is not None:
                yield entry
    if not is_tmx:
        raise NotTmx("It is no translation memory: its first element is not “tmx”.")


def write(entries: Iterable[Entry], *, source_language: str, at: datetime) -> Iterator[str]:
    """Yield the file part by part, in TMX 1.4b."""
    yield (
        HEAD
        + '<tmx version="1.4">\n'
        + tag(
            "header",
            segtype="sentence",
            adminlang="en",
            srclang=source_language or _ANY,
            datatype="html",
            creationdate=_stamp(at),
            end="/>\n<body>\n",
            **{"o__tmf": "Dateline", **_TOOL},
        )
    )
    for entry in entries:
        yield _tu(entry)
    yield "</body>\n</tmx>\n"


def _is_inside(element: etree._Element) -> bool:
    return any(local(above) == "tmx" for above in element.iterancestors())


def _entry(element: etree._Element, head: Head) -> Entry | None:
    told = _said(element)
    variants = [_variant(child) for child in element if local(child) == "tuv"][:MOST_VARIANTS]
    if len(variants) < 2:  # noqa: PLR2004 - one language is no translation
        return None
    first = (element.get("srclang") or head.source_language).lower()
    variants.sort(key=lambda one: not _is_of(one.language.lower(), first))
    last = _last_changed(element)
    return Entry(
        id=element.get("tuid", ""),
        variants=tuple(variants),
        person=last.get("changeid") or last.get("creationid") or "",
        at=moment(last.get("changedate") or last.get("creationdate") or ""),
        note=next((without_controls(inner_text(child)) for child in element if local(child) == "note"), ""),
        said=told,
    )


def _is_of(language: str, wanted: str) -> bool:
    return bool(wanted) and (language == wanted or language.partition("-")[0] == wanted.partition("-")[0])


def _last_changed(element: etree._Element) -> etree._Element:
    """Return what says who translated, and when: the entry, or its last variant that does."""
    named = [one for one in (element, *element) if one.get("changedate") or one.get("creationdate")]
    return named[0] if named else element


def _said(element: etree._Element) -> dict[str, str]:
    return {
        child.get("type", ""): without_controls(inner_text(child))
        for child in element
        if local(child) == "prop" and child.get("type")
    }


def _variant(element: etree._Element) -> Variant:
    seg = next((child for child in element if local(child) == "seg"), None)
    return Variant(
        language=(element.get(_XML_LANG) or element.get("lang") or "").replace("_", "-"),
        parts=() if seg is None else _parts(seg),
        said=_said(element),
    )


def _parts(seg: etree._Element) -> Parts:
    if not len(seg):
        return joined((without_controls(seg.text or ""),))
    return joined(_Reader().parts(seg))


class _Reader:
    """Reads one text: codes begin and end by `i`, and are known in the other language by `x`."""

    def __init__(self) -> None:
        self.numbers: dict[str, str] = {}
        self.alone = 0

    def parts(self, element: etree._Element) -> Iterator[Part]:
        yield without_controls(element.text or "")
        for child in element:
            yield from self.code(child)
            yield without_controls(child.tail or "")

    def code(self, element: etree._Element) -> Iterator[Part]:
        name, kind, x = local(element), element.get("type", ""), element.get("x", "")
        if name == "hi":
            number = x or self.next_alone()
            yield Code(OPEN, number, "", kind)
            yield from self.parts(element)
            yield Code(CLOSE, number, "", kind)
            return
        data = without_controls(inner_text(element))
        if name in {"bpt", "ept"}:
            i = element.get("i", "")
            number = self.numbers.setdefault(i, x or i or self.next_alone())
            yield Code(OPEN if name == "bpt" else CLOSE, number, data, kind)
        elif name == "it" and element.get("pos") in {"begin", "end"}:
            shape = OPEN if element.get("pos") == "begin" else CLOSE
            yield Code(shape, x or self.next_alone(), data, kind)
        else:
            yield Code(SINGLE, x or self.next_alone(), data, kind)

    def next_alone(self) -> str:
        """Return a name for a code that has none: the place among such, the same in every language."""
        self.alone += 1
        return f"p{self.alone}"


def _tu(entry: Entry) -> str:
    at = _stamp(entry.at) if entry.at else ""
    out = [
        tag(
            "tu",
            tuid=entry.id,
            creationdate=at,
            creationid=entry.person,
            changedate=at,
            changeid=entry.person,
        )
    ]
    out += [f"<note>{text(entry.note)}</note>"] if entry.note else []
    out += [f"{tag('prop', type=name)}{text(value)}</prop>" for name, value in entry.said.items() if value]
    out += [_tuv(variant) for variant in entry.variants]
    return "".join([*out, "</tu>\n"])


def _tuv(variant: Variant) -> str:
    props = "".join(
        f"{tag('prop', type=name)}{text(value)}</prop>" for name, value in variant.said.items() if value
    )
    return f"{tag('tuv', xml_lang=variant.language)}{props}<seg>{_written(variant.parts)}</seg></tuv>"


def _written(parts: Parts) -> str:
    """Return a text as TMX: pairs as `bpt` and `ept`, what begins or ends only here as `it`, the others as `ph`."""
    paired = _paired(parts)
    return "".join(
        text(part) if isinstance(part, str) else _code(part, paired.get(place, ""))
        for place, part in enumerate(parts)
    )


def _paired(parts: Parts) -> dict[int, str]:
    """Return for the place of each code that is half of a pair the number of that pair."""
    waiting: dict[str, list[int]] = {}
    paired: dict[int, str] = {}
    for place, part in enumerate(parts):
        if isinstance(part, str) or part.shape == SINGLE:
            continue
        if part.shape == OPEN:
            waiting.setdefault(part.number, []).append(place)
        elif waiting.get(part.number):
            number = str(len(paired) // 2 + 1)
            paired[waiting[part.number].pop()] = paired[place] = number
    return paired


def _code(code: Code, pair: str) -> str:
    data, x = text(code.data), code.number if code.number.isdigit() else ""
    if code.shape == SINGLE:
        return f"{tag('ph', x=x, type=code.kind)}{data}</ph>"
    if not pair:
        position = "begin" if code.shape == OPEN else "end"
        return f"{tag('it', pos=position, x=x, type=code.kind)}{data}</it>"
    if code.shape == OPEN:
        return f"{tag('bpt', i=pair, x=x, type=code.kind)}{data}</bpt>"
    return f"{tag('ept', i=pair)}{data}</ept>"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
