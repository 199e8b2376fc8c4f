"""What machines are asked is counted, kept, kept within its budget, and left off while they are not well."""

import json
from datetime import timedelta

import machine_worlds
import pytest
from cast import NOW, a_translation, an_identity, an_original, tomas
from django.utils import timezone
from machine_servers import KEY, serving

from dateline.cli.examination import _machines
from dateline.desk.queries.overview import figure
from dateline.translation.actions import draft_job, start_job
from dateline.translation.actions.machine_calls import ask_machines, forget_answers
from dateline.translation.machines.base import Unit
from dateline.translation.machines.registry import machine_named, machines_for
from dateline.translation.metering import FAILURES, LOST_FOR, PAUSE
from dateline.translation.models import MachineAnswer, MachineCall, Segment, Term, TermForm
from dateline.translation.queries.machines import characters_left, machines_this_month

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def server(monkeypatch, settings):
    an_identity()
    settings.DATELINE_MACHINES = ["deepl", "libretranslate"]
    with serving() as running:
        machine_worlds.services_at(running, monkeypatch)
        yield running


def asked(*texts, names=("deepl",), now=NOW, source="en"):
    machines = [machine_named(name) for name in names]
    units = [Unit(str(at), text) for at, text in enumerate(texts)]
    drafts = ask_machines(machines, units, source=source, target="pt", deadline=5, now=now)
    return {draft.id: (draft.machine, draft.text) for draft in drafts.done}, drafts.errors


def calls():
    return [(call.machine, str(call.state), call.characters) for call in MachineCall.objects.order_by("pk")]


# Kept


def test_the_same_question_is_asked_and_charged_once(server):
    first, _ = asked("Ferry", "Quay", "Ferry")
    again, errors = asked("Quay", "Ferry", now=NOW + 2 * HOUR)
    assert first == {"0": ("deepl", "PT Ferry"), "1": ("deepl", "PT Quay"), "2": ("deepl", "PT Ferry")}
    assert (again, errors) == ({"0": ("deepl", "PT Quay"), "1": ("deepl", "PT Ferry")}, {})
    assert server.texts == {"Ferry": 1, "Quay": 1}
    assert calls() == [("deepl", "answered", 9)]


def test_another_language_machine_or_glossary_is_another_question(server, monkeypatch):
    asked("Ferry")
    asked("Ferry", source="fr")
    asked("Ferry", names=("libretranslate",))
    monkeypatch.setenv("DATELINE_DEEPL_GLOSSARIES", "en>pt=g-2")
    asked("Ferry")
    assert server.texts["Ferry"] == 4


def test_a_machine_that_costs_nothing_here_leaves_no_rows():
    done, _ = asked("Ferry", names=("pseudo",))
    assert done["0"][0] == "pseudo"
    assert not MachineCall.objects.exists()


def test_answers_are_forgotten_after_a_month_and_their_cost_is_not(server):
    asked("Ferry")
    assert forget_answers(now=NOW + timedelta(days=29)) == 0
    assert forget_answers(now=NOW + timedelta(days=31)) == 1
    assert (MachineAnswer.objects.count(), MachineCall.objects.count()) == (0, 1)


def test_no_key_stands_in_any_row_or_error(server):
    server.next = [(400, {}, json.dumps({"message": f"bad {KEY}"}).encode())]
    _, errors = asked("Ferry")
    rows = [str(vars(row)) for row in [*MachineCall.objects.all(), *MachineAnswer.objects.all()]]
    assert KEY not in "".join([*rows, *errors.values()])


# Lost and spoiled


def test_what_may_have_been_charged_is_not_asked_again_before_its_time_and_the_next_machine_takes_it(server):
    server.next = [b"<h1>Welcome</h1>"]
    done, errors = asked("Ferry", names=("deepl", "libretranslate"))
    assert (done, errors) == ({"0": ("libretranslate", "PT Ferry")}, {})
    _, errors = asked("Ferry", now=NOW + LOST_FOR / 2)
    assert "not JSON" in errors["0"]
    assert "asked again from" in errors["0"]
    assert server.paths.count("/v2/translate") == 1
    done, _ = asked("Ferry", now=NOW + LOST_FOR + HOUR)
    assert done == {"0": ("deepl", "PT Ferry")}
    assert calls() == [("deepl", "spoiled", 5), ("libretranslate", "answered", 5), ("deepl", "answered", 5)]


def test_an_answer_that_never_came_back_from_a_dead_process_is_not_asked_for_again_at_once(
    server, monkeypatch
):
    monkeypatch.setattr(
        "dateline.translation.machines.deepl.DeepL.draft", lambda *_a, **_k: (_ for _ in ()).throw(SystemExit)
    )
    with pytest.raises(SystemExit):
        asked("Ferry")
    monkeypatch.undo()
    machine_worlds.services_at(server, monkeypatch)
    _, errors = asked("Ferry", now=NOW + timedelta(minutes=10))
    assert "its answer is not there" in errors["0"]
    assert server.asked == []
    assert characters_left("deepl", now=NOW) is None
    assert machines_this_month(now=NOW)[0].characters == 5


def test_what_was_refused_costs_nothing_and_is_asked_again(server):
    server.next = [500]
    _, errors = asked("Ferry")
    assert "out of order" in errors["0"]
    done, _ = asked("Ferry")
    assert done
    assert calls() == [("deepl", "refused", 5), ("deepl", "answered", 5)]
    [month] = machines_this_month(now=NOW)
    assert (month.calls, month.failed, month.sentences, month.characters) == (2, 1, 2, 5)


def test_one_sentence_without_words_is_kept_beside_the_others(server):
    server.next = [lambda _: {"translations": [{"text": "Balsa"}, {"text": ""}]}]
    done, errors = asked("Ferry", "Quay")
    assert (done, set(errors)) == ({"0": ("deepl", "Balsa")}, {"1"})
    assert MachineAnswer.objects.exclude(trouble="").count() == 1


# Budget


def test_a_month_s_budget_is_kept_to_the_sentence_and_the_next_month_begins_anew(server, settings):
    settings.DATELINE_MACHINE_BUDGETS = "deepl=12, openai=5"
    done, errors = asked("Ferry", "Quay", "Harbour")
    assert [text for _, text in done.values()] == ["PT Ferry", "PT Quay"]
    assert errors == {"2": "The month's budget of DeepL is spent."}
    done, _ = asked("Harbour", names=("deepl", "libretranslate"))
    assert done["0"][0] == "libretranslate"
    assert characters_left("deepl", now=NOW) == 3
    done, _ = asked("Harbour", now=NOW + timedelta(days=40))
    assert done["0"][0] == "deepl"


def test_what_a_model_is_asked_again_is_counted_again(server):
    server.next = [b'{"choices": [{"message": {"content": "{}"}}]}']
    asked("Ferry", names=("openai",))
    assert calls() == [("openai", "answered", 10)]


def test_the_overview_and_the_doctor_tell_what_was_asked_and_what_is_spent(server, settings):
    settings.DATELINE_MACHINES = ["deepl"]
    settings.DATELINE_MACHINE_BUDGETS = "deepl=5"
    now = timezone.now()
    asked("Ferry", now=now)
    assert figure("asked", now=now).rows == (("deepl", "", 1, 0, 1, 5, 5),)
    [spent] = list(_machines())
    assert (spent.degree, "are spent" in spent.message) == ("warning", True)


def test_the_doctor_names_a_machine_that_lacks_its_key(settings, monkeypatch):
    monkeypatch.delenv("DATELINE_DEEPL_KEY")
    [fault] = list(_machines())
    assert (fault.degree, fault.message) == ("fault", "Machine deepl: DATELINE_DEEPL_KEY is not set.")


# Breaker


def test_a_machine_that_keeps_failing_is_left_alone_and_then_tried_once(server):
    server.next = [500] * (FAILURES + 1)
    for at in range(FAILURES):
        asked(f"Ferry {at}", now=NOW)
    _, errors = asked("Quay", now=NOW + PAUSE / 2)
    assert "left alone until" in errors["0"]
    assert len(server.asked) == FAILURES
    asked("Quay", now=NOW + 2 * PAUSE)
    assert len(server.asked) == FAILURES + 1
    _, errors = asked("Quay", now=NOW + 3 * PAUSE)
    assert "left alone" in errors["0"]
    done, _ = asked("Quay", now=NOW + 6 * PAUSE)
    assert done
    asked("Harbour", now=NOW + 6 * PAUSE)
    assert len(server.asked) == FAILURES + 3


def test_a_machine_that_asks_for_time_gets_it(server):
    server.next = [(429, {"Retry-After": "600"})]
    asked("Ferry")
    _, errors = asked("Ferry", now=NOW + timedelta(seconds=500))
    assert "left alone" in errors["0"]
    done, _ = asked("Ferry", now=NOW + timedelta(seconds=700))
    assert done
    assert len(server.asked) == 2


# The job


def a_job(body="<p>Le bac part <a href='https://courier.example/h'>lundi</a>.</p>"):
    article = a_translation(an_original(headline="Le bac reprend", body_html=body), language="en")
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


def test_a_job_is_drafted_with_context_and_the_terms_of_the_house(server, settings):
    settings.DATELINE_MACHINES = ["openai"]
    term = Term.objects.create(name="ferry", changed_at=NOW)
    for language, form, status in (
        ("fr", "bac", "preferred"),
        ("en", "ferry", "preferred"),
        ("en", "barge", "forbidden"),
    ):
        TermForm.objects.create(term=term, language=language, form=form, status=status)
    job = draft_job(job=a_job(), now=NOW)
    assert set(job.segments.values_list("machine", "origin")) == {("openai", Segment.Origin.MACHINE)}
    assert "PT Le bac part ⟦1⟧lundi⟦/1⟧." in job.segments.values_list("text", flat=True)
    told = json.loads(server.asked[0]["messages"][1]["content"])
    assert told["terms"] == {"bac": "ferry"}
    assert told["context"] == "Le bac reprend"


def test_a_job_says_why_it_has_no_draft_and_the_editor_goes_on(server, settings):
    settings.DATELINE_MACHINES = ["deepl"]
    server.next = [456]
    job = draft_job(job=a_job(), now=NOW)
    assert "quota" in job.trouble
    assert job.segments.filter(state=Segment.State.EMPTY).count() == job.segments.count()
    job = draft_job(job=job, now=NOW + 2 * HOUR)
    assert (job.trouble, job.segments.filter(state=Segment.State.EMPTY).count()) == ("", 0)


def test_machines_are_asked_in_the_order_of_the_pair(server, settings):
    settings.DATELINE_MACHINES_FOR = "fr>en=libretranslate,deepl"
    job = draft_job(job=a_job(), now=NOW)
    assert set(job.segments.values_list("machine", flat=True)) == {"libretranslate"}
    assert [one.capability.name for one in machines_for(source="fr", target="pt")] == [
        "deepl",
        "libretranslate",
    ]
