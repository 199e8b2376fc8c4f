"""Memories brought and given out: whole or not at all, from where it stopped, and gone when it must."""

import io

import pytest
from cast import NOW, an_identity, an_original, an_outlet, vera

from dateline.lib.formats import po, xliff
from dateline.people.models import AuditEntry
from dateline.translation.actions import memory_files
from dateline.translation.actions.memory_files import (
    NotAMemory,
    Terms,
    bring_memory,
    given_out,
    go_on_bringing,
)
from dateline.translation.actions.purging import NothingNamed, Where, purge
from dateline.translation.memory.adapting import Pair
from dateline.translation.memory.matching import Asked
from dateline.translation.models import MemoryImport, MemoryNews, MemoryPosting, MemoryUnit
from dateline.translation.queries.memory import recall
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db

PAIRS = [
    ("The court of the capital freed 3,500 people.", "O tribunal da capital libertou 3.500 pessoas."),
    (
        "The minister of the interior resigned on Monday.",
        "O ministro do Interior demitiu-se na segunda-feira.",
    ),
    ("A storm closed the harbour for two days.", "Uma tempestade fechou o porto durante dois dias."),
    ("Nobody was hurt, the mayor said.", "Ninguém ficou ferido, disse o presidente da câmara."),
    (
        "Read <bpt i='1' x='1' type='link'>&lt;a href=\"https://x.example/\"&gt;</bpt>the report<ept i='1'>&lt;/a&gt;</ept>.",
        "Leia <bpt i='1' x='1' type='link'>&lt;a href=\"https://x.example/\"&gt;</bpt>o relatório<ept i='1'>&lt;/a&gt;</ept>.",
    ),
]
HEAD = (
    '<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" '
    'o-tmf="t" adminlang="en" srclang="en" datatype="html"/><body>'
)


def a_file(pairs=PAIRS, *, end="</body></tmx>"):
    units = [
        f'<tu tuid="u{place}"><prop type="x-document">paper.txt</prop><tuv xml:lang="en"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="pt"><seg>{text}</seg></tuv></tu>'
        for place, (source, text) in enumerate(pairs)
    ]
    return io.BytesIO((HEAD + "".join(units) + end).encode())


@pytest.fixture(autouse=True)
def _site(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    an_identity()


def bring(file=None, **terms):
    return bring_memory(file=file or a_file(), name="old.tmx", terms=Terms(**terms), by=vera(), now=NOW)


def brought(file=None, **terms):
    return go_on_bringing(brought=bring(file, **terms), now=NOW)


def best(source, *, source_language="en", language="pt"):
    found = recall([Asked(source=source, pair=Pair(source_language, language))])[0]
    return (found[0].score, found[0].text) if found else None


def test_a_memory_brought_in_the_background_is_found_by_likeness():
    bring(licence="CC-BY-4.0")
    run_all_jobs()
    assert MemoryImport.objects.get().state == MemoryImport.State.READY
    assert best("A storm closed the harbour for three days.")[1] == PAIRS[2][1]
    assert best("The court of the capital freed 4,200 people.") == (
        97,
        "O tribunal da capital libertou 4.200 pessoas.",
    )
    assert best("Read ⟦1⟧the report⟦/1⟧.") == (98, "Leia ⟦1⟧o relatório⟦/1⟧.")


def test_its_file_is_gone_when_it_has_served(tmp_path):
    assert brought().added == len(PAIRS)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_was_broken_off_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(memory_files, "ENTRIES_A_STEP", 2)
    one = bring()
    with monkeypatch.context() as stopped:
        stopped.setattr(memory_files, "should_stop", lambda: True)
        go_on_bringing(brought=one, now=NOW)
    assert (one.done, MemoryUnit.objects.count(), one.state) == (2, 2, MemoryImport.State.READING)
    go_on_bringing(brought=MemoryImport.objects.get(), now=NOW)
    assert MemoryUnit.objects.count() == len(PAIRS)
    assert go_on_bringing(brought=MemoryImport.objects.get(), now=NOW).added == len(PAIRS)


def test_of_a_file_that_breaks_in_its_middle_nothing_stays(monkeypatch):
    monkeypatch.setattr(memory_files, "ENTRIES_A_STEP", 2)
    one = brought(a_file(end="<tu><tuv></body>"))
    assert (one.state, MemoryUnit.objects.count()) == (MemoryImport.State.FAILED, 0)
    assert "no sound XML" in one.trouble


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"words", "no sound XML"),
        (b"<opml/>", "not “tmx”"),
        (b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "traps"),
        (HEAD.encode() + b"</body></tmx>", "two languages"),
    ],
)
def test_what_is_no_memory_is_refused_before_anything_is_kept(content, says):
    with pytest.raises(NotAMemory, match=says):
        bring(io.BytesIO(content))
    assert not MemoryImport.objects.exists()


def test_the_same_memory_again_brings_nothing_twice():
    brought()
    again = brought()
    assert (again.added, again.passed_over, MemoryUnit.objects.count()) == (0, len(PAIRS), len(PAIRS))


def test_only_the_languages_that_were_asked_for_come_in():
    assert brought(language="es").added == 0
    assert brought(source_language="pt", language="en").added == len(PAIRS)
    assert best(PAIRS[3][1], source_language="pt", language="en")[1] == PAIRS[3][0]


def test_what_is_given_out_and_brought_back_is_the_same():
    brought(licence="CC-BY-4.0")
    names = ("source", "text", "codes", "source_key", "class_key", "licence", "document", "approved_at")
    before = list(MemoryUnit.objects.order_by("pk").values_list(*names))
    file = "".join(given_out(source_language="en", language="pt", now=NOW)).encode()
    MemoryUnit.objects.all().delete()
    brought(io.BytesIO(file))
    assert list(MemoryUnit.objects.order_by("pk").values_list(*names)) == before


@pytest.mark.parametrize("is_many", [False, True])
def test_a_licence_that_was_taken_back_takes_its_units_out_of_every_list(is_many, monkeypatch):
    brought(licence="CC-BY-4.0")
    monkeypatch.setattr("dateline.translation.actions.purging.MANY", 2 if is_many else 100)
    assert purge(where=Where(licence="CC-BY-4.0"), reason="Taken back", by=vera(), now=NOW) == len(PAIRS)
    assert not MemoryUnit.objects.exists()
    assert not MemoryPosting.objects.exists()
    assert not MemoryNews.objects.exists()
    assert AuditEntry.objects.filter(verb="purge-memory", summary="CC-BY-4.0 Taken back").exists()


def test_a_document_an_outlet_an_original_and_a_file_can_be_purged():
    one = brought()
    original = an_original(outlet=an_outlet("Kyst"))
    unit = MemoryUnit.objects.first()
    MemoryUnit.objects.filter(pk=unit.pk).update(original=original)
    gone = {"reason": "Asked", "by": None, "now": NOW}
    assert purge(where=Where(outlet=original.outlet), **gone) == 1
    assert purge(where=Where(original=original), **gone) == 0
    assert purge(where=Where(document="other.txt"), **gone) == 0
    assert purge(where=Where(brought_by=one, document="paper.txt"), **gone) == len(PAIRS) - 1
    with pytest.raises(NothingNamed):
        purge(where=Where(), **gone)


def test_translated_documents_and_messages_are_memories_too():
    document = xliff.Document(original="a.html", source_language="en", language="pt")
    units = [
        xliff.Unit(
            id="1", source=("A storm closed the harbour.",), target=("Uma tempestade fechou o porto.",)
        ),
        xliff.Unit(id="2", source=("Not yet translated.",)),
    ]
    file = io.BytesIO("".join(xliff.write(document, units)).encode())
    one = bring_memory(file=file, name="a.xlf", terms=Terms(), by=None, now=NOW)
    assert go_on_bringing(brought=one, now=NOW).added == 1
    assert MemoryUnit.objects.get().document == "a.html"
    messages = [po.Message(source="Nobody was hurt.", text="Ninguém ficou ferido.")]
    file = io.BytesIO("".join(po.write(messages, source_language="en", language="pt")).encode())
    one = bring_memory(file=file, name="a.po", terms=Terms(), by=None, now=NOW)
    assert go_on_bringing(brought=one, now=NOW).added == 1
    assert best("Nobody was hurt.") == (98, "Ninguém ficou ferido.")
