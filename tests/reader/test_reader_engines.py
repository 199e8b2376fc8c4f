"""Every member of the family keeps the contract; OpenSearch is believed nothing; many processes share one folder."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from opensearch_server import opensearch

from dateline.reader.machines.embedded import Embedded
from dateline.reader.machines.opensearch import OpenSearch
from dateline.reader.machines.postgresql import PostgreSQL
from dateline.reader.search.engine import Page, Question, SearchUnavailable


def a_page(headline, text="", **fields):
    told = {"language": "en", "kind": "exclusive", "genre": "report", "section": "", "outlet": ""} | fields
    return Page(
        uid=told.pop("uid", uuid4()),
        headline=headline,
        standfirst="",
        text=text,
        day=told.pop("day", date(2026, 11, 1)),
        at=told.pop("at", 1),
        **told,
    )


PROJECT = Path(__file__).resolve().parents[2]


def heads(engine, query, **asked):
    asked = {"languages": ("en", "az", "zh-hans")} | asked
    return [hit.headline for hit in engine.ask(Question(query=query, **asked)).hits]


def test_a_folder_of_tantivy_keeps_the_contract(tmp_path):
    keeps_the_contract(Embedded(tmp_path / "index"))


def test_opensearch_keeps_the_contract():
    with opensearch() as (_index, address):
        keeps_the_contract(OpenSearch(address, user="reader", password="secret"))


if connection.vendor == "postgresql":

    def test_postgresql_keeps_the_contract(db):
        keeps_the_contract(PostgreSQL())


def keeps_the_contract(engine):
    first = engine.identity()
    ferry = a_page("The ferry sails again", "Government officials opened the harbour.", section="7", at=5)
    boat = a_page(
        "Bərə yenidən üzür", "Limanda hökumət yetkililəri", language="az", day=date(2025, 1, 1), at=9
    )
    engine.add([ferry, boat, a_page("渡轮再次启航", "港口开放", language="zh-hans", kind="translation")])
    assert engine.count() == 3
    assert heads(engine, "ferries") == ["The ferry sails again"]
    assert heads(engine, "goverment") == ["The ferry sails again"]
    assert heads(engine, "limanların") == ["Bərə yenidən üzür"]
    assert heads(engine, "再次") == ["渡轮再次启航"]
    assert heads(engine, "harbour zebra giraffe ferry") == ["The ferry sails again"]
    assert heads(engine, "officials", section="8") == []
    assert heads(engine, "limanda", since=date(2026, 1, 1)) == []
    assert heads(engine, "limanda", until=date(2026, 1, 1), language="az") == ["Bərə yenidən üzür"]
    assert heads(engine, "'; DROP TABLE & | ! :* \\ ") == heads(engine, "") == []
    assert engine.suggest("the fer", language="en", languages=("en",), most=5) == [ferry.uid]
    engine.add([a_page("The ferry is late", uid=ferry.uid)])
    assert (engine.count(), heads(engine, "ferry")) == (3, ["The ferry is late"])
    engine.remove([ferry.uid, uuid4()])
    assert (engine.count(), heads(engine, "ferry")) == (2, [])
    assert engine.identity() == first
    engine.clear()
    assert engine.count() == 0


def test_an_index_that_was_cleared_is_another_one(tmp_path):
    engine = Embedded(tmp_path / "index")
    first = engine.identity()
    Embedded(tmp_path / "index").clear()
    assert engine.identity() != first
    assert engine.count() == 0


def test_a_folder_that_broke_says_what_to_do(tmp_path):
    engine = Embedded(tmp_path / "index")
    engine.add([a_page("The ferry")])
    (tmp_path / "index" / "meta.json").write_text("{")
    with pytest.raises(SearchUnavailable, match="rebuild --anew"):
        Embedded(tmp_path / "index").count()
    engine.clear()
    assert engine.count() == 0


WRITER = """
import sys
from pathlib import Path
from uuid import UUID
from datetime import date
from dateline.reader.machines.embedded import Embedded
from dateline.reader.search.engine import Page
engine, number = Embedded(Path(sys.argv[1])), int(sys.argv[2])
told = dict(language="en", kind="", genre="", section="", outlet="", standfirst="", text="")
for turn in range(4):
    engine.add([Page(uid=UUID(int=number * 100 + turn), headline="Ferry", day=date(2026, 1, 1), at=1, **told)])
"""


def test_several_processes_write_and_one_reads_all(tmp_path):
    folder = tmp_path / "index"
    reader = Embedded(folder)
    assert reader.count() == 0
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(number)], cwd=PROJECT)
        for number in (1, 2)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    assert reader.count() == 8


@pytest.mark.parametrize("trouble", ["error", "garbage", "shape"])
def test_a_server_that_answers_amiss_is_named_and_not_believed(trouble):
    with opensearch() as (index, address):
        engine = OpenSearch(address)
        engine.identity()
        index.trouble = trouble
        for ask in (
            lambda: engine.ask(Question(query="ferry", languages=("en",))),
            engine.count,
            lambda: engine.add([a_page("The ferry")]),
        ):
            with pytest.raises(SearchUnavailable):
                ask()


def test_pages_that_were_refused_are_no_success_and_strangers_are_left_out():
    with opensearch() as (index, address):
        engine = OpenSearch(address)
        engine.identity()
        index.trouble = "refused"
        with pytest.raises(SearchUnavailable, match="refused 1"):
            engine.add([a_page("The ferry")])
        index.trouble = "strangers"
        engine.add([a_page("The ferry")])
        assert heads(engine, "ferry") == ["The ferry"]


def test_a_server_that_is_away_is_named_without_its_password():
    engine = OpenSearch("http://127.0.0.1:9/dateline", user="u", password="secret")
    with pytest.raises(SearchUnavailable, match=r"127\.0\.0\.1:9") as trouble:
        engine.count()
    assert "secret" not in str(trouble.value)
