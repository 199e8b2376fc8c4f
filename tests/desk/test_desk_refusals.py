"""Each refusal that an editor can meet: in words, on the page, and never as a crash."""

import ast
import functools
import re
import uuid
from pathlib import Path

import cast
import pytest
from django.test import Client
from django.urls import reverse

from dateline.articles.actions import NotWithdrawn, bring_back
from dateline.desk import urls
from dateline.desk.actions.pictures import NoCredit, credit_pictures
from dateline.desk.actions.reviewing import NothingChosen, review
from dateline.desk.models import Idea, Submission
from dateline.intake.actions.site_rules import NothingToPointAt, look_at_original
from dateline.translation.actions import start_job
from dateline.translation.actions.ignoring import NoReason, NothingFound, ignore_finding
from dateline.translation.actions.starting_own import HasVersion, NotOurLanguage, start_own_job
from dateline.translation.actions.suggesting import NobodyToAsk, ask_for_suggestion
from dateline.translation.models import Job, Segment, Suggestion

ROOT = Path(__file__).resolve().parents[2] / "dateline"
ROOMS = ("agreements", "articles", "desk", "intake", "people", "rights", "sources", "translation", "audience")
# Raised by a verb and met by nobody at the desk: who meets it instead.
ELSEWHERE = {
    "NotAllEnded": "the queue, which tries again",
    "OtherPermission": "code that covers an article by a permission; the desk offers those that fit",
    "NameTaken": "the command line",
    "UnknownRole": "the command line",
    "WeakPassword": "the command line",
    "Unsure": "the queue, which asks a person",
    "NotAMemory": "the command line",
    "NothingNamed": "the command line",
    "EmailMissing": "code: the reader's form asks for the address before",
    "SourceChanged": "the verb that takes a whole form, which tells it beside the sentence",
    "OtherSource": "code: the page offers the changes at the source of its own piece",
    "NotATranslation": "code: the desk begins a job for translations alone",
}


@pytest.fixture(scope="module", autouse=True)
def _forget():
    """Let go of the trees at the end: everything that runs after these tests would be slower for them."""
    yield
    files.cache_clear()


@functools.cache
def files():
    """Return the program as syntax trees, by file; read when it is asked for, and not by each worker of a run."""
    return {
        path: ast.parse(path.read_text()) for path in ROOT.rglob("*.py") if "migrations" not in path.parts
    }


def refusals():
    """Return the named errors of the verbs: name, its class, and where it stands."""
    return {
        node.name: (node, path)
        for path, tree in files().items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and path.relative_to(ROOT).parts[0] in ROOMS
        and "actions" in path.relative_to(ROOT).parts
        and {ast.unparse(base) for base in node.bases}
        & {"ValueError", "Exception", "RuntimeError", "LookupError"}
    }


def names(node):
    """Yield the last part of each name in a tuple or by itself."""
    for one in node.elts if isinstance(node, ast.Tuple) else [node]:
        yield ast.unparse(one).rpartition(".")[2]


def caught_on_pages():
    """Return the errors that views and forms catch, those behind a name for several included."""
    found = set()
    for path, tree in files().items():
        inside = path.relative_to(ROOT).parts
        if "views" not in inside and path.stem not in {"views", "forms"} and not path.stem.endswith("_forms"):
            continue
        groups = {
            target.id: set(names(node.value))
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Tuple)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and node.type:
                for name in names(node.type):
                    found |= groups.get(name, {name})
    return found


def test_every_refusal_of_a_verb_is_told_on_a_page_or_met_elsewhere():
    known = refusals()
    assert len(known) > 40
    parents = {name: {ast.unparse(base) for base in node.bases} for name, (node, _path) in known.items()}
    caught = caught_on_pages()
    untold = {name for name in known if name not in caught and not parents[name] & caught - {"ValueError"}}
    assert untold - ELSEWHERE.keys() == set()


def test_every_refusal_has_words_that_say_what_is_wrong():
    raised = {}
    for tree in files().values():
        for one in ast.walk(tree):
            if isinstance(one, ast.Raise) and one.exc is not None:
                called = one.exc.func if isinstance(one.exc, ast.Call) else one.exc
                is_told = isinstance(one.exc, ast.Call) and bool(one.exc.args)
                raised.setdefault(ast.unparse(called).rpartition(".")[2], []).append(is_told)
    wordless = {
        name
        for name, (node, _path) in refusals().items()
        if not any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body)
        and not all(raised.get(name, []))
    }
    assert wordless == set()
    assert all(ast.get_docstring(node) for node, _path in refusals().values())


def test_every_refusal_is_brought_about_by_a_test():
    written = "\n".join(path.read_text() for path in Path(__file__).resolve().parents[1].rglob("test_*.py"))
    untried = {name for name in refusals() if not re.search(rf"\b{name}\b", written.replace(__doc__, ""))}
    assert untried - TRIED_BY_THEIR_WORDS.keys() == set()
    for said in TRIED_BY_THEIR_WORDS.values():
        assert said in written, said


# Brought about through a page or a command, and known by what comes of it there; or code's own.
TRIED_BY_THEIR_WORDS = {
    "CannotFinish": "SegmentsOpen",  # what its two kinds have in common
    "NotTaken": "status_code == 415",
    "NoteMissing": '{"say": "change", "note": " "}).status_code == 422',
    "PageClosed": "test_a_page_that_is_closed_expired_or_unknown_shows_nothing",
    "UnknownRole": '"--role"',
    "WeakPassword": "password",
    "NotAllEnded": "publish_due",
    "ReadsNothing": "newsroom:correct",
    "CannotApprove": "NothingToApprove",
}


def test_a_finding_is_let_stand_for_a_reason_and_only_where_it_is_found(newsroom):
    asked = {"key": "numbers", "by": cast.vera(), "now": cast.NOW}
    with pytest.raises(NoReason, match="Say why"):
        ignore_finding(segment=Segment(), reason=" ", **asked)
    original = cast.an_original()
    piece = cast.a_translation(original)
    job = start_job(article=piece, snapshot=original.snapshots.first(), by=cast.vera(), now=cast.NOW)
    with pytest.raises(NothingFound, match="no more"):
        ignore_finding(segment=job.segments.first(), reason="It is a name.", **asked)


def test_a_press_review_of_nothing_is_refused(newsroom):
    with pytest.raises(NothingChosen, match="Choose the pieces"):
        review(originals=[], language="fr", by=cast.vera(), now=cast.NOW)


def test_pictures_are_not_credited_to_nobody(newsroom):
    with pytest.raises(NoCredit, match="Say who made"):
        credit_pictures(numbers=[1], credit="  ", by=cast.vera(), now=cast.NOW)


def test_what_was_not_taken_back_is_not_brought_back_and_the_desk_says_so(at_desk):
    piece = cast.published(cast.an_exclusive())
    with pytest.raises(NotWithdrawn, match="is not withdrawn"):
        bring_back(article=piece, by=cast.vera(), now=cast.NOW)
    answer = at_desk().post(reverse("newsroom:bring-back", args=[piece.pk]), follow=True)
    assert "not withdrawn" in answer.content.decode()


def test_a_reading_without_a_snapshot_is_not_pointed_at_and_the_desk_says_so(at_desk):
    original = cast.an_original()
    original.snapshots.all().delete()
    with pytest.raises(NothingToPointAt):
        look_at_original(original, rules={}, marks={})
    answer = at_desk().get(reverse("newsroom:correct", args=[original.pk]), follow=True)
    assert "No snapshot of this piece was kept" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "refusal", "said"),
    [
        ("fr", HasVersion, "This piece has a version in this language already: go on with that."),
        ("en", NotOurLanguage, "“en” is not among the languages of this publication."),
        ("xx", NotOurLanguage, "“xx” is not among the languages of this publication."),
    ],
)
def test_a_piece_has_one_version_in_each_language_of_ours_and_the_desk_says_so(
    at_desk, language, refusal, said
):
    source = cast.published(cast.an_exclusive(language="en"))
    start_own_job(source=source, language="fr", by=cast.vera(), now=cast.NOW)
    with pytest.raises(refusal, match=said):
        start_own_job(source=source, language=language, by=cast.vera(), now=cast.NOW)
    answer = at_desk().post(reverse("newsroom:translate-own", args=[source.pk]), {"language": language})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("is_reserved", [False, True])
def test_a_machine_that_is_not_there_or_may_not_is_not_asked_and_the_desk_says_so(
    at_desk, settings, is_reserved
):
    settings.DATELINE_MACHINES = ["pseudo"] if is_reserved else []
    signals = [{"signal": "tdm-reservation", "value": "1", "where": "page"}] if is_reserved else []
    piece = cast.a_translation(cast.an_original(signals=signals))
    type(piece.permission.agreement).objects.update(may_by_machine=False)
    job = start_job(article=piece, snapshot=None, by=cast.vera(), now=cast.NOW)
    one = job.segments.first()
    said = (
        "keeps machines from its text" if is_reserved else "No machine is set up for this pair of languages."
    )
    with pytest.raises(NobodyToAsk, match=said):
        ask_for_suggestion(segment=one, machine="", now=cast.NOW)
    answer = at_desk().post(reverse("translation:machine", args=[job.pk, one.pk]))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    answer = at_desk().post(reverse("translation:job", args=[job.pk]), {"machine": f"{one.pk}:"}, follow=True)
    assert said in answer.content.decode()
    assert not Suggestion.objects.exists()


@pytest.fixture
def everything(newsroom, tmp_path, settings):
    """A row for whatever an address of the desk names."""
    settings.MEDIA_ROOT = tmp_path
    outlet = cast.an_outlet()
    original = cast.an_original(outlet)
    cast.a_channel(outlet)
    piece = cast.published(cast.a_translation())
    vera, english = cast.vera(), cast.a_language("en")
    Idea.objects.create(title="Idea", locale=english, by=vera, at=cast.NOW)
    Submission.objects.create(by=vera, locale=english, headline="Piece", text="Text", at=cast.NOW)
    return {"originals": original.pk, "articles": piece.pk, "outlets": outlet.pk}


GARBAGE = ("x", "9" * 20)
FIELD = re.compile(r"""(?:POST|GET)(?:\.get|\.getlist)?[\[(]\s*["']([\w-]+)["']""")


def fields():
    """Return every field that a view of the desk asks a form for by itself."""
    text = "\n".join(path.read_text() for path in (ROOT / "desk" / "views").glob("*.py"))
    return sorted({*FIELD.findall(text), "p", "next", "act", "answer", "text", "reason"})


def address(pattern, rows):
    path = f"/desk/{pattern}"
    noun = str(pattern).split("/")[0]
    given = {"int:pk": rows.get(noun, 1), "uuid:pk": uuid.UUID(int=1), "str:kind": "csv", "str:key": "fees"}
    return re.sub(r"<([^>]+)>", lambda found: str(given.get(found[1], "x")), path)


@pytest.mark.parametrize("rubbish", GARBAGE)
def test_no_door_of_the_desk_crashes_over_what_is_sent(everything, rubbish):
    client = Client(raise_request_exception=False)
    client.force_login(cast.somebody("olga", role="owner", is_superuser=True))
    sent = dict.fromkeys(fields(), rubbish)
    crashed = []
    for one in urls.urlpatterns:
        place = address(one.pattern, everything)
        for method in ("get", "post") if rubbish == "x" else ("post",):
            answer = getattr(client, method)(place, sent)
            if answer.status_code >= 500:
                crashed.append((method, place, repr(rubbish)))
            if answer.streaming:
                list(answer.streaming_content)
    assert crashed == []


def test_the_home_of_the_desk_is_among_its_doors():
    assert reverse("newsroom:board").startswith("/desk/")
