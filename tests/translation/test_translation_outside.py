"""A translation that another tool works on: what comes back is written whole, and over nobody's words."""

import io

import pytest
from cast import NOW, a_translation, an_identity, an_original, nobody, tomas, vera
from django.urls import reverse

from dateline.lib.formats import xliff
from dateline.people.models import AuditEntry
from dateline.translation.actions import save_segment, start_job
from dateline.translation.actions.sending import FORMS, PO, XLIFF_NEW, NotThisTranslation, send_out, take_back
from dateline.translation.models import Segment

pytestmark = pytest.mark.django_db
BODY = (
    "<p>Le bac repart lundi. Voir <a href='https://courier.example/h'>les horaires</a> ici.<br>Deux lignes.</p>"
    "<p>Rien de neuf.</p>"
)
LINKED = "Voir ⟦1⟧les horaires⟦/1⟧ ici.⟦2/⟧"


@pytest.fixture(autouse=True)
def _site(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()


def a_job():
    article = a_translation(an_original(body_html=BODY), language="en")
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


def write(job, source, text):
    one = job.segments.get(source=source)
    return save_segment(segment=one, text=text, version=one.version, by=vera(), now=NOW)


def sent(job, form=XLIFF_NEW):
    return "".join(send_out(job=job, form=form, by=tomas(), now=NOW))


def back(job, content, name="back.xlf"):
    return take_back(job=job, file=io.BytesIO(content.encode()), name=name, by=tomas(), now=NOW)


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_back_as_it_went_changes_nothing(form):
    job = a_job()
    write(job, LINKED, "See ⟦1⟧the times⟦/1⟧ here.⟦2/⟧")
    write(job, "Rien de neuf.", "Nothing new & <b>bold</b>.")
    before = list(job.segments.values())
    outcome = back(job, sent(job, form), name="a.po" if form == PO else "a.xlf")
    assert (outcome.changed, outcome.refused, outcome.unchanged) == ((), (), job.segments.count())
    assert list(job.segments.values()) == before


def test_a_sentence_done_outside_comes_in_as_a_draft_with_its_marks():
    job = a_job()
    write(job, LINKED, "See ⟦1⟧the times⟦/1⟧ here.⟦2/⟧")
    outcome = back(job, sent(job).replace("the times", "every time").replace(" here.", " &lt;now>"))
    one = job.segments.get(source=LINKED)
    assert [changed.pk for changed in outcome.changed] == [one.pk]
    assert (one.text, one.by, one.state) == ("See ⟦1⟧every time⟦/1⟧ <now>⟦2/⟧", tomas(), Segment.State.DRAFT)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {
        "send-out-translation",
        "take-back-translation",
    }


def test_what_somebody_changed_meanwhile_stays():
    job = a_job()
    write(job, "Rien de neuf.", "No news.")
    content = sent(job).replace("No news.", "Nothing new.")
    write(job, "Rien de neuf.", "Nothing happened.")
    outcome = back(job, content)
    assert job.segments.get(source="Rien de neuf.").text == "Nothing happened."
    assert "while you had it open" in outcome.refused[0].message


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.replace("dateline-", "dateline-9"),
        lambda content: content.replace('id="s', 'id="x'),
        lambda content: content[: len(content) // 2],
        lambda content: content.replace('id="s', 'id="s999'),
        lambda _: "words",
    ],
)
def test_of_a_file_that_is_not_its_own_nothing_is_written(spoil):
    job = a_job()
    write(job, "Rien de neuf.", "No news.")
    with pytest.raises(NotThisTranslation):
        back(job, spoil(sent(job).replace("No news.", "Nothing new.")))
    assert job.segments.get(source="Rien de neuf.").text == "No news."


def test_marks_of_another_tool_are_told_at_the_desk_and_never_markup():
    job = a_job()
    units = list(xliff.read(io.BytesIO(sent(job).encode())))
    document, unit = next(pair for pair in units if pair[1].source[0] == "Voir ")
    new = xliff.Unit(id=unit.id, name=unit.name, source=unit.source, target=("<script>x</script>",))
    back(job, "".join(xliff.write(document, [new])))
    assert job.segments.get(source=LINKED).text == "<script>x</script>"


def test_the_desk_sends_out_and_takes_back(client):
    job = a_job()
    write(job, "Rien de neuf.", "No news.")
    client.force_login(tomas())
    page = reverse("newsroom:translation-files", args=[job.pk])
    assert "XLIFF 2.1" in client.get(page).content.decode()
    answer = client.post(reverse("newsroom:translation-send", args=[job.pk]), {"form": XLIFF_NEW})
    content = b"".join(answer.streaming_content).replace(b"No news.", b"Nothing new.")
    file = io.BytesIO(content)
    file.name = "back.xlf"
    answer = client.post(page, {"file": file})
    assert answer.url == reverse("translation:job", args=[job.pk])
    assert job.segments.get(source="Rien de neuf.").text == "Nothing new."
    file = io.BytesIO(b"words")
    file.name = "words.xlf"
    answer = client.post(page, {"file": file})
    assert answer.status_code == 422
    assert "no sound XML" in answer.content.decode()


def test_who_may_not_translate_gets_no_file(client):
    job = a_job()
    client.force_login(nobody())
    answer = client.post(reverse("newsroom:translation-send", args=[job.pk]), {"form": XLIFF_NEW})
    assert answer.status_code == 302
    assert not AuditEntry.objects.filter(verb="send-out-translation").exists()
