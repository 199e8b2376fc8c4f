"""The audit: read on the desk, narrowed, compared, exported; and what leaves no entry in it."""

import ast
import csv
import io
import json
from collections import defaultdict
from pathlib import Path

import cast
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.models import Article
from dateline.desk.audit_words import WORDS, said
from dateline.lib.formats import sheet
from dateline.people.actions import write_down
from dateline.people.differences import differences
from dateline.people.models import AuditEntry

ROOT = Path(__file__).parents[2] / "dateline"


def the_chief():
    return cast.somebody("chief", role="editor-in-chief", first_name="Ada", last_name="Chief")


def entered(*, verb="spike", by=None, summary="Le bac", **fields):
    subject = fields.pop("subject", None) or cast.an_outlet()
    return write_down(verb=verb, subject=subject, by=by, now=cast.NOW, summary=summary, **fields)


def page_of(client, **asked):
    return client.get(reverse("newsroom:audit"), asked)


def lines_of(answer):
    return [line["entry"].pk for line in answer.context["lines"]]


def test_the_page_says_who_did_what_in_words(at_desk):
    outlet = cast.an_outlet("Harbour Courier")
    entered(
        verb="watch-again", by=cast.vera(), subject=outlet, before={"a": "x"}, after={"a": "y", "b": None}
    )
    text = page_of(at_desk(the_chief())).content.decode()
    assert "Vera Lindholm" in text
    assert "watches again" in text
    assert "Harbour Courier" in text
    assert "<del><bdi>x</bdi></del>" in text
    assert "<ins><bdi>y</bdi></ins>" in text
    assert "<ins><bdi>null</bdi></ins>" in text


def test_it_is_narrowed_by_person_verb_subject_day_and_words(at_desk):
    client, outlet = at_desk(the_chief()), cast.an_outlet()
    mine = entered(by=cast.vera(), subject=outlet, summary="Ferry strike")
    entered(verb="pick", by=None, summary="Other")
    for asked in (
        {"by": cast.vera().pk},
        {"verb": "spike"},
        {"subject_type": "sources.outlet", "subject_id": outlet.pk},
        {"words": "FERRY"},
    ):
        assert lines_of(page_of(client, **asked)) == [mine.pk], asked
    assert len(lines_of(page_of(client, since="2026-03-14", until="2026-03-14"))) == 2
    assert lines_of(page_of(client, since="2026-03-15")) == []
    assert lines_of(page_of(client, until="2026-03-13")) == []


def test_a_day_is_one_of_the_publications_zone(at_desk, newsroom):
    newsroom.time_zone = "Pacific/Kiritimati"  # fourteen hours ahead
    newsroom.save()
    entered()
    assert len(lines_of(page_of(at_desk(the_chief()), since="2026-03-14", until="2026-03-14"))) == 1
    AuditEntry.objects.update(at=cast.NOW.replace(hour=11))
    assert lines_of(page_of(at_desk(the_chief()), until="2026-03-14")) == []


def test_what_makes_no_sense_is_told_and_narrows_nothing(at_desk):
    entered()
    answer = page_of(at_desk(the_chief()), since="yesterday", by="'", p="99")
    assert len(lines_of(answer)) == 1
    assert 'role="alert"' in answer.content.decode()


def test_text_from_outside_stays_inert(at_desk, hostile):
    entered(summary=hostile, before={hostile: hostile}, after={})
    text = page_of(at_desk(the_chief())).content.decode()
    assert "<script>alert(1)" not in text
    assert "\u202e" not in text


def test_an_editor_may_not_read_it_and_reading_is_not_exporting(at_desk):
    assert page_of(at_desk(cast.vera())).status_code == 302
    client = at_desk(the_chief())
    the_chief().groups.clear()
    assert client.get(reverse("newsroom:audit-file", args=["csv"])).status_code == 302


def test_it_goes_out_as_csv_that_runs_nothing(at_desk):
    entered(summary="=HYPERLINK(1)", by=cast.vera(), after={"n": 1})
    entered(summary="-2+3")
    answer = at_desk(the_chief()).get(reverse("newsroom:audit-file", args=["csv"]))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["summary"] for row in rows] == ["'-2+3", "'=HYPERLINK(1)"]
    assert rows[1]["who"] == "vera"
    assert rows[1]["after"] == '{"n": 1}'


def test_it_goes_out_as_json_lines_narrowed_as_the_page(at_desk):
    entered(by=cast.vera(), after={"to": "“é”"})
    entered(verb="pick")
    answer = at_desk(the_chief()).get(reverse("newsroom:audit-file", args=["jsonl"]), {"verb": "spike"})
    rows = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
    assert [(row["verb"], row["after"]) for row in rows] == [("spike", {"to": "“é”"})]
    assert at_desk(the_chief()).get(reverse("newsroom:audit-file", args=["exe"])).status_code == 404


def test_a_piece_has_a_door_to_its_history(at_desk):
    article = cast.an_exclusive()
    edit = reverse(Article.snippet_viewset.get_url_name("edit"), args=[article.pk])
    door = f"subject_type=articles.article&amp;subject_id={article.pk}"
    assert door in at_desk(the_chief()).get(edit).content.decode()
    assert door not in at_desk(cast.vera()).get(edit).content.decode()


def test_what_a_form_changed_stands_with_before_and_after(newsroom):
    article = cast.an_exclusive(headline="Old words")
    article.save_revision(user=cast.vera(), log_action=True)
    article.headline = "New words"
    article.save_revision(user=cast.vera(), log_action=True)
    entry = AuditEntry.objects.filter(verb="edit", subject_id=str(article.pk)).first()
    assert (entry.by, entry.subject_type) == (cast.vera(), "articles.article")
    assert entry.before["headline"] == "Old words"
    assert entry.after["headline"] == "New words"
    assert "body" not in entry.after


def test_of_what_has_no_revisions_the_last_entry_is_the_before(newsroom):
    from wagtail.log_actions import log

    outlet = cast.an_outlet("Harbour Courier")
    log(instance=outlet, action="wagtail.edit", user=cast.vera())
    outlet.name = "The Courier"
    outlet.save()
    log(instance=outlet, action="wagtail.edit", user=cast.vera())
    entry = AuditEntry.objects.filter(subject_type="sources.outlet").first()
    assert ("name", "Harbour Courier", "The Courier") in {
        (one.name, one.before, one.after) for one in differences(entry.before, entry.after)
    }


def test_no_password_gets_into_the_audit(newsroom):
    from wagtail.log_actions import log

    log(instance=cast.vera(), action="wagtail.edit", user=the_chief())
    assert "password" not in AuditEntry.objects.get().after


def test_publishing_is_one_entry(newsroom):
    article = cast.published(cast.an_exclusive(), by=None)
    assert AuditEntry.objects.filter(verb="publish", subject_id=str(article.pk)).count() == 1


# Pure

STATES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(STATES)
def test_equal_states_do_not_differ(state):
    assert differences(state, state) == []


@given(
    st.dictionaries(st.text(max_size=3), STATES, max_size=3),
    st.dictionaries(st.text(max_size=3), STATES, max_size=3),
)
def test_what_differs_is_told_once_and_both_ways(one, other):
    there, back = differences(one, other), differences(other, one)
    assert bool(there) == (one != other)
    assert [(d.name, d.after, d.before) for d in there] == [(d.name, d.before, d.after) for d in back]


@given(st.lists(st.lists(st.text(), min_size=1, max_size=3), max_size=4))
def test_no_cell_of_a_sheet_begins_like_a_formula_and_the_rest_comes_back(rows):
    content = "".join(sheet.lines(["a"], rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(content, newline="")))[1:]
    assert not any(cell.lstrip(" \n").startswith(("=", "+", "-", "@")) for row in read for cell in row)
    for row, back in zip(rows, read, strict=True):
        assert [cell.removeprefix("'") for cell in back] == [cell.removeprefix("'") for cell in row]


# What leaves no entry

WRITING = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "update",
    "delete",
}
# `save_revision(log_action=True)` is Wagtail's log, which the desk enters into the audit.
ENTERING = {"write_down", "save_revision"}
# Verbs that somebody does and that leave no entry of their own, each with the reason.
SILENT = {
    "see_all": "what one has read oneself",
    "put_mark": "what one has read oneself",
    "note_seen": "what one has read oneself; the row says when",
    "lay_back": "what one has read oneself; nobody else sees it",
    "enqueue_gathering_again": "the job that gathers enters it, with who asked",
    "be_at_work": "who is on a page just now; the row says when, and goes",
    "begin_withdrawal": "whoever calls it enters why: withdraw, expire",
    "bring_list": "nothing is watched yet; bringing it in is entered",
    "leave_work": "who is on a page just now; the row says when, and goes",
    "lay_out": "nothing is watched yet; watching is entered",
    "note_judgement": "picking and spiking are entered; this is what the beat learns from them",
    "note": "the versions of a sentence are its record; who did it is entered by who calls it",
    "note_all": "the versions of sentences are their record; who did it is entered by who calls it",
    "save_segment": "each version is a row of its own; approving it is entered",
    "set_takedown": "plan-withdrawal is entered by who calls it",
    "start_job": "picking is entered, and its row says who began",
    "write_down": "it is the entry",
    "write_freely": "a draft; sending it is entered by who calls it",
}


def functions():
    """Every function of the actions, with what it calls and whether it writes rows."""
    found = {}
    files = [*ROOT.glob("*/actions.py"), *ROOT.glob("*/actions/*.py")]
    for path in files:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                found[
                    path.parent.parent.name if path.parent.name == "actions" else path.parent.name, node.name
                ] = node
    return found


def called(node):
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return names | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def test_every_verb_of_a_person_that_writes_leaves_an_entry():
    known = functions()
    by_name = defaultdict(set)
    for room, name in known:
        by_name[name].add((room, name))

    def reached(key, seen):
        if key not in seen:
            seen.add(key)
            for name in called(known[key]):
                # A call of a name: in the same room where there is one, else wherever it lives.
                for other in {(key[0], name)} & known.keys() or by_name[name]:
                    reached(other, seen)
        return seen

    silent = set()
    for key, node in known.items():
        takes_by = "by" in {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
        words = set().union(*(called(known[one]) for one in reached(key, set())))
        if takes_by and not key[1].startswith("_") and words & WRITING and not words & ENTERING:
            silent.add(key[1])
    assert silent <= SILENT.keys(), "these verbs write and leave no entry"


def test_every_verb_of_the_audit_has_words():
    # By name wherever a verb is named; and first of all where a room's own helper takes it so.
    calls = [
        node
        for path in ROOT.glob("*/actions/**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    ]
    verbs = {
        keyword.value.value
        for node in calls
        for keyword in node.keywords
        if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant)
    } | {
        node.args[0].value
        for node in calls
        if getattr(node.func, "id", "") in {"_note", "_tell"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    verbs |= {f"outlet-{state}" for state in ("approved", "change")}
    assert verbs - WORDS.keys() == set()
    assert said("some-new-verb") == "some new verb"
