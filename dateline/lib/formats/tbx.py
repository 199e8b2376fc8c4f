"""TBX, glossaries as terminologists exchange them, read and written concept by concept.

Read: ISO 30042:2019 (`tbx`, `conceptEntry`, `langSec`, `termSec`) and its elder of 2008 (`martif`, `termEntry`,
`langSet`, `tig` or `ntig`). Written: TBX-Basic of 2019 in its DCA style.
"""

from collections.abc import Iterable, Iterator
from typing import IO, Final

from lxml import etree

from dateline.lib.formats.pieces import Unreadable
from dateline.lib.formats.safe_xml import inner_text, local
from dateline.lib.formats.terms import ALLOWED, FORBIDDEN, KEEP, PREFERRED, Concept, Form, status_named
from dateline.lib.formats.xml_text import HEAD, elements, tag, text
from dateline.lib.text import one_line

MOST_FORMS: Final = 500
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS: Final = "administrativeStatus"
_WORDS: Final = {
    PREFERRED: "preferredTerm-admn-sts",
    ALLOWED: "admittedTerm-admn-sts",
    FORBIDDEN: "deprecatedTerm-admn-sts",
    KEEP: "preferredTerm-admn-sts",
}
# What TBX has no word for stands in a note of the term.
_KEPT: Final = "dateline:keep"


class NotTbx(Unreadable):
    """The file is no glossary in TBX; the message says what is wrong with it."""


def read(source: IO[bytes]) -> Iterator[Concept]:
    """Yield the concepts that have a form. Raises NotTbx, also while it is read."""
    is_tbx, number = False, 0
    for element in elements(source, ("conceptEntry", "termEntry", "tbx", "martif"), refusal=NotTbx):
        above = {local(one) for one in element.iterancestors()} | {local(element)}
        is_tbx = is_tbx or bool(above & {"tbx", "martif"})
        if not is_tbx:
            break
        if local(element) in {"conceptentry", "termentry"}:
            number += 1
            concept = _concept(element, number)
            if concept.forms:
                yield concept
    if not is_tbx:
        raise NotTbx("It is no glossary in TBX: its first element is neither “tbx” nor “martif”.")


def write(concepts: Iterable[Concept]) -> Iterator[str]:
    """Yield the file part by part."""
    yield HEAD + (
        '<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n<tbxHeader><fileDesc>'
        "<sourceDesc><p>Dateline</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n"
    )
    yield from map(_written, concepts)
    yield "</body></text></tbx>\n"


def _concept(element: etree._Element, number: int) -> Concept:
    forms = [form for one in element if local(one) in {"langsec", "langset"} for form in _forms(one)]
    return Concept(
        concept=one_line(element.get("id", "")) or f"#{number}",
        forms=tuple(forms[:MOST_FORMS]),
        definition=_told(element, "definition"),
        domain=_told(element, "subjectField"),
        note=_note(element),
    )


def _forms(section: etree._Element) -> Iterator[Form]:
    language = (section.get(_XML_LANG) or "").replace("_", "-")
    for term in (one for one in section.iter() if local(one) == "term"):
        about = term.getparent()
        if about is None or not one_line(inner_text(term)):
            continue
        holder = about.getparent() if local(about) == "termgrp" and about.getparent() is not None else about
        assert holder is not None  # noqa: S101 - looked at in the line above
        note = _note(holder)
        status = KEEP if note.startswith(_KEPT) else status_named(_told(holder, _STATUS))
        yield Form(
            language=language,
            form=one_line(inner_text(term)),
            status=status,
            note=note.removeprefix(_KEPT).strip(),
            source=_told(holder, "source"),
        )


def _told(element: etree._Element, kind: str) -> str:
    """Return what an entry or a term says under a name of TBX, or in an element of that name."""
    own = [
        one
        for one in element.iter()
        if _level(one, element) and (one.get("type") == kind or local(one) == kind.lower())
    ]
    return one_line(inner_text(own[0])) if own else ""


def _level(one: etree._Element, element: etree._Element) -> bool:
    """True where no section of a language stands between: a concept's own facts, not those of its terms."""
    for above in one.iterancestors():
        if above is element:
            return True
        if local(above) in {"langsec", "langset", "termsec", "tig", "ntig"}:
            return False
    return False


def _note(element: etree._Element) -> str:
    return next((one_line(inner_text(one)) for one in element if local(one) == "note"), "")


def _written(concept: Concept) -> str:
    out = [tag("conceptEntry", id=concept.concept)]
    out += [f'<descrip type="subjectField">{text(concept.domain)}</descrip>'] if concept.domain else []
    out += [f'<descrip type="definition">{text(concept.definition)}</descrip>'] if concept.definition else []
    out += [f"<note>{text(concept.note)}</note>"] if concept.note else []
    for language in dict.fromkeys(form.language for form in concept.forms):
        terms = "".join(_term(form) for form in concept.forms if form.language == language)
        out.append(f"{tag('langSec', xml_lang=language)}{terms}</langSec>")
    return "".join([*out, "</conceptEntry>\n"])


def _term(form: Form) -> str:
    note = " ".join(filter(None, [_KEPT if form.status == KEEP else "", form.note]))
    out = [f"<termSec><term>{text(form.form)}</term>"]
    out.append(f'<termNote type="{_STATUS}">{_WORDS.get(form.status, _WORDS[ALLOWED])}</termNote>')
    out += [f'<admin type="source">{text(form.source)}</admin>'] if form.source else []
    out += [f"<note>{text(note)}</note>"] if note else []
    return "".join([*out, "</termSec>"])
