"""Translators' files: what is written is read again, text and inline codes, and traps are refused."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.lib.formats import po, tbx, terms, tmx, xliff
from dateline.lib.formats.bitext import Entry, Variant
from dateline.lib.formats.inline import CLOSE, OPEN, SINGLE, Code, joined, marked, numbers_of, parts_of
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import one_line, without_controls

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
TRIES = settings(max_examples=budget(25, whole=3_000), deadline=None)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
TEXTS = st.text(st.one_of(LETTERS, st.sampled_from("<>&\"' ⟦⟧/1\n")), max_size=30).map(without_controls)
LINES = TEXTS.map(one_line)


@st.composite
def codes(draw):
    """Words with pairs that nest or cross, codes that stand alone, and halves of pairs."""
    parts = [draw(TEXTS)]
    for number in range(1, draw(st.integers(0, 5)) + 1):
        kind, data = draw(st.sampled_from(["", "link", "bold", "lb"])), draw(TEXTS)
        shape = draw(st.sampled_from([OPEN, CLOSE, SINGLE, "pair"]))
        both = [Code(OPEN, str(number), data, kind), Code(CLOSE, str(number), draw(TEXTS))]
        new = both if shape == "pair" else [Code(shape, str(number), data, "" if shape == CLOSE else kind)]
        place = draw(st.integers(0, len(parts)))
        for one in new:
            parts.insert(place, one)
            place = draw(st.integers(place + 1, len(parts)))
        parts.insert(draw(st.integers(0, len(parts))), draw(TEXTS))
    return joined(parts)


def read_back(parts, reader):
    return list(reader(io.BytesIO("".join(parts).encode())))


@TRIES
@given(st.lists(st.tuples(codes(), codes(), LINES), max_size=4))
def test_a_memory_in_tmx_comes_back_as_it_went(found):
    entries = [
        Entry(
            id=f"u{place}",
            person="vera",
            at=NOW,
            note=note,
            variants=(Variant(language="en", parts=one), Variant(language="az", parts=other)),
            said={"x-document": "paper"},
        )
        for place, (one, other, note) in enumerate(found)
    ]
    assert read_back(tmx.write(entries, source_language="en", at=NOW), tmx.read) == entries


@TRIES
@given(
    st.sampled_from(xliff.VERSIONS),
    st.lists(
        st.tuples(codes(), st.none() | codes(), st.sampled_from(["translated", "final"]), LINES), max_size=4
    ),
)
def test_a_document_in_xliff_comes_back_as_it_went(version, found):
    document = xliff.Document(original="a & b", source_language="fr", language="en")
    units = [
        xliff.Unit(
            id=f"s{place}",
            source=source,
            target=target,
            state="" if target is None else state,
            name=f"v{place}",
            note=note,
        )
        for place, (source, target, state, note) in enumerate(found)
    ]
    back = read_back(xliff.write(document, units, version=version), xliff.read)
    assert back == [(document, unit) for unit in units]


@TRIES
@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS, LINES, st.booleans()), max_size=4))
def test_messages_in_po_come_back_as_they_went(found):
    messages = [
        po.Message(source=source, text=text, context=context, id=f"s{place}", is_fuzzy=is_fuzzy)
        for place, (source, text, context, is_fuzzy) in enumerate(found)
    ]
    head, *back = read_back(po.write(messages, source_language="fr", language="en"), po.read)
    assert (back, head.source) == (messages, "")


FORMS = st.builds(
    terms.Form,
    language=st.sampled_from(["en", "az", "tr-TR"]),
    form=LINES.filter(bool),
    status=st.sampled_from(terms.STATUSES),
    note=LINES.filter(lambda note: not note.startswith("dateline")),
    source=LINES,
)


@TRIES
@given(st.lists(st.tuples(st.lists(FORMS, min_size=1, max_size=4), LINES, LINES), max_size=4))
def test_a_glossary_in_tbx_and_in_a_table_comes_back_as_it_went(found):
    concepts = [
        terms.Concept(
            concept=f"c{place}",
            forms=tuple(sorted(forms, key=lambda form: form.language)),
            definition=definition,
            domain=domain,
        )
        for place, (forms, definition, domain) in enumerate(found)
    ]
    assert read_back(tbx.write(concepts), tbx.read) == concepts
    table = "".join(terms.write_csv(concepts))
    assert list(terms.read_csv(io.StringIO(table))) == concepts


@TRIES
@given(codes())
def test_codes_become_marks_and_come_back(parts):
    plain = joined(
        part.translate(str.maketrans("⟦⟧", "〚〛")) if isinstance(part, str) else part for part in parts
    )
    one = marked(plain)
    assert parts_of(one.text, one.codes) == plain


def test_a_code_has_one_number_in_both_languages():
    source = ("a ", Code(SINGLE, "x7"), " b ", Code(SINGLE, "img"))
    target = (Code(SINGLE, "img"), " c ", Code(SINGLE, "x7"))
    numbers = numbers_of(source, target)
    assert marked(source, numbers=numbers).text == "a ⟦1/⟧ b ⟦2/⟧"
    assert marked(target, numbers=numbers).text == "⟦2/⟧ c ⟦1/⟧"


READERS = [tmx.read, xliff.read, tbx.read]
TRAPS = [
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><%s>&b;</%s>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><%s>&a;</%s>',
    b"<%s><unclosed></%s>",
    b"<other><%s/></other><%s",
    b"",
    b"\xff\xfe\x00nonsense",
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("trap", TRAPS)
def test_traps_and_rubbish_are_named(reader, trap):
    content = trap.replace(b"%s", {tmx.read: b"tmx", xliff.read: b"xliff", tbx.read: b"tbx"}[reader])
    with pytest.raises(Unreadable):
        list(reader(io.BytesIO(content)))


@pytest.mark.parametrize("reader", READERS)
def test_depth_without_end_is_refused(reader):
    with pytest.raises(Unreadable):
        list(reader(io.BytesIO(b"<tmx>" + b"<tu>" * 5_000)))


@settings(max_examples=budget(40, whole=10_000), deadline=None)
@given(st.sampled_from([*READERS, po.read]), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(reader, content):
    try:
        list(reader(io.BytesIO(content)))
    except Unreadable:
        assert True


def test_xliff_of_other_tools_is_read():
    old = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a.html"
      source-language="en-US" target-language="az" datatype="html"><body><group><trans-unit id="7" approved="yes">
      <source>See <g id="1" ctype="x-link">the <mrk mtype="seg" mid="0">report</mrk></g><x id="2"/></source>
      <target state="translated"><g id="1">hesabata</g> baxın<x id="2"/></target></trans-unit></group></body></file></xliff>"""
    ((document, unit),) = xliff.read(io.BytesIO(old.encode()))
    assert (document.original, document.source_language, document.language) == ("a.html", "en-US", "az")
    assert marked(unit.source).text == "See ⟦1⟧the report⟦/1⟧⟦2/⟧"
    assert (marked(unit.target).text, unit.state) == ("⟦1⟧hesabata⟦/1⟧ baxın⟦2/⟧", "final")
    new = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="fr"><file id="f">
      <unit id="u"><segment id="a"><source>One <pc id="1">two</pc>.</source><target>Un <pc id="1">deux</pc>.</target>
      </segment><segment id="b"><source>Three<ph id="2"/></source></segment></unit></file></xliff>"""
    (_, first), (_, second) = xliff.read(io.BytesIO(new.encode()))
    assert (first.id, marked(first.target).text, second.id, second.target) == (
        "u/a",
        "Un ⟦1⟧deux⟦/1⟧.",
        "u/b",
        None,
    )


def test_tmx_of_other_tools_is_read():
    content = """<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx11.dtd"><tmx version="1.1"><header
      srclang="fr"/><body><tu><tuv lang="en"><seg>The <hi>port</hi> &#228;</seg></tuv><tuv lang="fr"><seg>Le <hi>port</hi>
      </seg></tuv></tu><tu><tuv lang="en"><seg>alone</seg></tuv></tu></body></tmx>"""
    (entry,) = tmx.read(io.BytesIO(content.encode("utf-16")))
    assert [variant.language for variant in entry.variants] == ["fr", "en"]
    assert marked(entry.variants[1].parts).text == "The ⟦1⟧port⟦/1⟧ ä"


def test_plural_messages_and_doubtful_ones_of_po():
    content = (
        'msgid ""\nmsgstr ""\n"Language: pt_BR\\n"\n\n#: a.py:3\nmsgid "%d ship"\nmsgid_plural "%d ships"\n'
        'msgstr[0] "%d navio"\nmsgstr[1] "%d navios"\n#, fuzzy\nmsgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr ""\n'
    )
    found = list(po.entries(io.BytesIO(content.encode())))
    assert [(one.variants[0].parts, one.variants[1].parts) for one in found] == [
        (("%d ship",), ("%d navio",)),
        (("%d ships",), ("%d navios",)),
    ]
    assert found[0].variants[1].language == "pt-BR"
    with pytest.raises(po.NotPo, match="Line 2"):
        list(po.read(io.BytesIO(b'msgid "a"\nrubbish\n')))


def test_the_elder_tbx_and_a_table_of_another_tool_are_read():
    elder = """<martif type="TBX"><text><body><termEntry id="e1"><descrip type="subjectField">law</descrip><langSet
      xml:lang="en"><ntig><termGrp><term>court</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
      </termGrp></ntig></langSet><langSet xml:lang="az"><tig><term>məhkəmə</term></tig></langSet></termEntry></body></text></martif>"""
    (concept,) = tbx.read(io.BytesIO(elder.encode()))
    assert (concept.domain, [(form.language, form.form, form.status) for form in concept.forms]) == (
        "law",
        [("en", "court", "forbidden"), ("az", "məhkəmə", "preferred")],
    )
    (concept,) = terms.read_csv(
        io.StringIO("language;form;status;concept\nen;=court;;c1\naz;məhkəmə;banned;c1\n")
    )
    assert [(form.form, form.status) for form in concept.forms] == [
        ("=court", "preferred"),
        ("məhkəmə", "forbidden"),
    ]
    with pytest.raises(terms.NotAGlossary, match="form"):
        list(terms.read_csv(io.StringIO("a,b\n1,2\n")))
