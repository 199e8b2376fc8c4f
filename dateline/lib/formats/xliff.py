"""XLIFF, in which a document goes to another tool and comes back: 1.2 and 2.1 read and written unit by unit.

What marks words without changing them (`mrk`) is left out, its words stay. Sources: XLIFF 1.2 (OASIS, 2008), XLIFF 2.1
(OASIS, 2018); 2.0 is read as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from lxml import etree

from dateline.lib.formats.bitext import Entry, Variant
from dateline.lib.formats.inline import CLOSE, OPEN, SINGLE, Code, Part, Parts, joined
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.safe_xml import inner_text, local
from dateline.lib.formats.xml_text import HEAD, elements, tag, text
from dateline.lib.text import without_controls

OLD, NEW = "1.2", "2.1"
VERSIONS: Final = (OLD, NEW)
OPEN_STATE, TRANSLATED, FINAL = "", "translated", "final"
_STATES: Final = {
    **dict.fromkeys(["translated", "needs-review-translation", "needs-review-l10n", "reviewed"], TRANSLATED),
    **dict.fromkeys(["final", "signed-off"], FINAL),
}
_NAMES: Final = {
    OLD: "urn:oasis:names:tc:xliff:document:1.2",
    NEW: "urn:oasis:names:tc:xliff:document:2.0",
}
_MARKERS: Final = frozenset({"mrk", "sm", "em"})
_TYPES: Final = {"link": "link", "bold": "fmt", "italic": "fmt", "lb": "fmt"}


class NotXliff(Unreadable):
    """The file is no XLIFF that we can read; the message says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """What the file says of itself: the name of what was translated, from which language into which."""

    original: str
    source_language: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A sentence with its translation, None where there is none. state: open (empty), translated or final.

    id: its own in the document. name: what its writer calls it.
    """

    id: str
    source: Parts
    target: Parts | None = None
    state: str = OPEN_STATE
    name: str = ""
    note: str = ""


def read(source: IO[bytes]) -> Iterator[tuple[Document, Unit]]:
    """Yield the units with the document that each is of. Raises NotXliff, also while it is read."""
    is_xliff = False
    for element in elements(source, ("trans-unit", "unit", "xliff"), refusal=NotXliff):
        above = [local(one) for one in element.iterancestors()]
        name = local(element)
        is_xliff = is_xliff or name == "xliff" or above[-1:] == ["xliff"]
        if not is_xliff:
            break
        if name == "trans-unit":
            yield _document(element), _old_unit(element)
        elif name == "unit":
            document = _document(element)
            yield from ((document, unit) for unit in _new_units(element))
    if not is_xliff:
        raise NotXliff("It is no XLIFF: its first element is not “xliff”.")


def entries(source: IO[bytes]) -> Iterator[Entry]:
    """Yield the translated units as a memory's entries. Raises NotXliff, also while it is read."""
    for document, unit in read(source):
        if unit.target is not None:
            yield Entry(
                id=unit.name or unit.id,
                variants=(
                    Variant(language=document.source_language, parts=unit.source),
                    Variant(language=document.language, parts=unit.target),
                ),
                note=unit.note,
                said={"x-document": document.original} if document.original else {},
            )


def write(document: Document, units: Iterable[Unit], *, version: str = NEW) -> Iterator[str]:
    """Yield a file part by part."""
    if version == OLD:
        yield (
            HEAD
            + f'<xliff version="1.2" xmlns="{_NAMES[OLD]}">\n'
            + tag(
                "file",
                original=document.original,
                source__language=document.source_language,
                target__language=document.language,
                datatype="html",
                end="><body>\n",
            )
        )
        yield from map(_old_written, units)
        yield "</body></file></xliff>\n"
        return
    yield (
        HEAD
        + tag(
            "xliff",
            version="2.1",
            xmlns=_NAMES[NEW],
            srcLang=document.source_language,
            trgLang=document.language,
            end=">\n",
        )
        + tag("file", id="f1", original=document.original, end=">\n")
    )
    yield from map(_new_written, units)
    yield "</file></xliff>\n"


# Reading


def _document(element: etree._Element) -> Document:
    told: dict[str, str] = {}
    for above in element.iterancestors():
        for name in ("original", "source-language", "target-language", "srcLang", "trgLang"):
            if above.get(name):
                told.setdefault(name, above.get(name, ""))
    return Document(
        original=without_controls(told.get("original", "")),
        source_language=told.get("source-language") or told.get("srcLang", ""),
        language=told.get("target-language") or told.get("trgLang", ""),
    )


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local(child) == name), None)


def _old_unit(element: etree._Element) -> Unit:
    target = _child(element, "target")
    state = "" if target is None else target.get("state", "translated")
    return Unit(
        id=element.get("id", ""),
        source=_parts(_child(element, "source"), {}),
        target=None if target is None else _parts(target, {}),
        state=FINAL if element.get("approved") == "yes" else _STATES.get(state, OPEN_STATE),
        name=element.get("resname", ""),
        note=_note(element),
    )


def _new_units(element: etree._Element) -> Iterator[Unit]:
    kept = _child(element, "originaldata")
    data = {} if kept is None else {one.get("id", ""): without_controls(inner_text(one)) for one in kept}
    segments = [child for child in element if local(child) == "segment"]
    for place, segment in enumerate(segments):
        target = _child(segment, "target")
        number = segment.get("id") or (str(place + 1) if len(segments) > 1 else "")
        yield Unit(
            id="/".join(filter(None, [element.get("id", ""), number])),
            source=_parts(_child(segment, "source"), data),
            target=None if target is None else _parts(target, data),
            state=_STATES.get(segment.get("state", ""), OPEN_STATE),
            name=element.get("name", ""),
            note=_note(_child(element, "notes")),
        )


def _note(element: etree._Element | None) -> str:
    found = None if element is None else _child(element, "note")
    return "" if found is None else without_controls(inner_text(found))


def _parts(element: etree._Element | None, data: dict[str, str]) -> Parts:
    return () if element is None else joined(_inside(element, data))


def _inside(element: etree._Element, data: dict[str, str]) -> Iterator[Part]:
    yield without_controls(element.text or "")
    for child in element:
        yield from _code(child, data)
        yield without_controls(child.tail or "")


def _code(element: etree._Element, data: dict[str, str]) -> Iterator[Part]:
    name, number = local(element), _number(element)
    if name in _MARKERS:
        yield from _inside(element, data)
    elif name in {"g", "pc"}:
        yield Code(OPEN, number, data.get(element.get("dataRefStart", ""), ""), _kind(element))
        yield from _inside(element, data)
        yield Code(CLOSE, number, data.get(element.get("dataRefEnd", ""), ""))
    elif name != "cp":
        shape = _shape(name, element)
        own = without_controls(inner_text(element)) or data.get(element.get("dataRef", ""), "")
        yield Code(shape, number, own, "" if shape == CLOSE else _kind(element))


def _shape(name: str, element: etree._Element) -> str:
    if name == "it":
        return OPEN if element.get("pos") == "open" else CLOSE
    return {"bpt": OPEN, "bx": OPEN, "sc": OPEN, "ept": CLOSE, "ex": CLOSE, "ec": CLOSE}.get(name, SINGLE)


def _number(element: etree._Element) -> str:
    """Return what pairs a code: of an end, the name of its beginning."""
    return str(element.get("startRef") or element.get("rid") or element.get("id", ""))


def _kind(element: etree._Element) -> str:
    sub = element.get("subType", "").rpartition(":")[2]
    return str(sub or element.get("ctype", "").removeprefix("x-") or element.get("type", ""))


# Writing


def _old_written(unit: Unit) -> str:
    state = {TRANSLATED: "translated", FINAL: "final"}.get(unit.state, "needs-translation")
    out = [tag("trans-unit", id=unit.id, resname=unit.name, xml_space="preserve")]
    out.append(f"<source>{_old_text(unit.source)}</source>")
    if unit.target is not None:
        out.append(f"{tag('target', state=state)}{_old_text(unit.target)}</target>")
    out += [f"<note>{text(unit.note)}</note>"] if unit.note else []
    return "".join([*out, "</trans-unit>\n"])


def _old_text(parts: Parts) -> str:
    return "".join(text(part) if isinstance(part, str) else _old_code(part) for part in parts)


def _old_code(code: Code) -> str:
    name = {OPEN: "bpt", CLOSE: "ept", SINGLE: "ph"}[code.shape]
    rid = "" if code.shape == SINGLE else code.number
    kind = f"x-{code.kind}" if code.kind else ""
    return f"{tag(name, id=code.number, rid=rid, ctype=kind)}{text(code.data)}</{name}>"


def _new_written(unit: Unit) -> str:
    data: dict[str, str] = {}
    source = _new_text(unit.source, data)
    target = None if unit.target is None else _new_text(unit.target, data)
    state = {TRANSLATED: "translated", FINAL: "final"}.get(unit.state, "initial")
    out = [tag("unit", id=unit.id, name=unit.name)]
    out += [f"<notes><note>{text(unit.note)}</note></notes>"] if unit.note else []
    if data:
        kept = "".join(
            f"{tag('data', id=name, xml_space='preserve')}{text(one)}</data>" for one, name in data.items()
        )
        out.append(f"<originalData>{kept}</originalData>")
    out += [tag("segment", state=state), f'<source xml:space="preserve">{source}</source>']
    out += [] if target is None else [f'<target xml:space="preserve">{target}</target>']
    return "".join([*out, "</segment></unit>\n"])


def _new_text(parts: Parts, data: dict[str, str]) -> str:
    opened = {part.number for part in parts if isinstance(part, Code) and part.shape == OPEN}
    return "".join(
        text(part) if isinstance(part, str) else _new_code(part, data, is_begun=part.number in opened)
        for part in parts
    )


def _new_code(code: Code, data: dict[str, str], *, is_begun: bool) -> str:
    reference = data.setdefault(code.data, f"d{len(data) + 1}") if code.data else ""
    told = {"dataRef": reference}
    if code.kind and code.shape != CLOSE:
        told |= {"type": _TYPES.get(code.kind, "other"), "subType": f"dl:{code.kind}"}
    if code.shape == SINGLE:
        return tag("ph", id=code.number, end="/>", **told)
    if code.shape == OPEN:
        return tag("sc", id=code.number, end="/>", **told)
    if is_begun:
        return tag("ec", startRef=code.number, end="/>", **told)
    return tag("ec", id=code.number, isolated="yes", end="/>", **told)
