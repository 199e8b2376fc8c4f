"""The translation desk's pages, as a browser without script sends them, and what its script asks."""

import re

import pytest
from cast import NOW, a_translation, an_identity, an_original, nobody, somebody, tomas, vera
from django.contrib.auth.models import Permission
from django.urls import reverse
from lxml import html

from dateline.translation.actions import approve_all, save_segment, start_job
from dateline.translation.models import Job, Segment
from dateline.work.models import Job as QueuedJob

pytestmark = pytest.mark.django_db

BODY = "<h2>Le quai</h2><p>Un pas. <a href='https://courier.example/h'>Deux</a> pas.</p><blockquote>Trois.</blockquote>"
LINKED = "⟦1⟧Deux⟦/1⟧ pas."


@pytest.fixture(autouse=True)
def _site(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()


@pytest.fixture
def job():
    return make_job()


def make_job(*, language="en", **original):
    article = a_translation(
        an_original(**{"body_html": BODY, "standfirst": "", **original}), language=language
    )
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


def allowed(user):
    """Give somebody the way into the admin, which a test database without roles lacks."""
    names = ("access_admin", "change_job", "change_article", "view_article", "publish_article")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


@pytest.fixture
def desk(client):
    client.force_login(allowed(tomas()))
    return client


def address(job):
    return reverse("translation:job", args=[job.pk])


def page_of(response):
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def form_of(page):
    """Return what a browser would post from the form, without any button."""
    [form] = page.xpath("//form[@data-translation-desk]")
    return dict(form.form_values())


def field_of(page, segment):
    [field] = page.xpath(f"//*[@id='segment-{segment.pk}']//textarea")
    return field.get("name")


def segment_of(job, source):
    return Segment.objects.get(job=job, source=source)


def write(job, source, text, *, by=None):
    one = segment_of(job, source)
    return save_segment(segment=one, text=text, version=one.version, by=by or vera(), now=NOW)


def write_everything(job):
    for one in job.segments.all():
        save_segment(segment=one, text=f"EN {one.source}", version=one.version, by=tomas(), now=NOW)


def fill(desk, job, texts, button):
    """Open the page, type `texts` by source, press a button; return the answer."""
    page = page_of(desk.get(address(job)))
    posted = form_of(page)
    for source, text in texts.items():
        posted[field_of(page, segment_of(job, source))] = text
    return desk.post(address(job), {**posted, **button})


# What stands on the page


def test_original_and_translation_stand_side_by_side_in_the_structure_of_the_page(desk, job):
    page = page_of(desk.get(address(job)))
    kinds = [
        re.search(r"desk-part--(\S+)", one.get("class"))[1]
        for one in page.xpath("//*[contains(@class, 'desk-part ')]")
    ]
    assert kinds == ["headline", "heading", "paragraph", "quote"]
    sources = [one.text_content() for one in page.xpath("//*[contains(@class, 'desk-source')]")]
    assert sources == ["Le bac reprend la mer", "Le quai", "Un pas.", LINKED, "Trois."]
    [mark] = page.xpath("//*[@data-desk-mark='⟦1⟧']")
    assert mark.get("title") == "https://courier.example/h"


def test_every_cell_has_its_language_and_direction(desk):
    page = page_of(desk.get(address(make_job(language="fa"))))
    assert {(cell.get("lang"), cell.get("dir")) for cell in page.xpath("//textarea")} == {("fa", "rtl")}
    sources = page.xpath("//*[contains(@class, 'desk-source')]")
    assert {(cell.get("lang"), cell.get("dir")) for cell in sources} == {("fr", "ltr")}


def test_a_field_begins_with_its_own_words_and_no_line_of_the_page(desk, job):
    write(job, "Un pas.", "One step.")
    page = page_of(desk.get(address(job)))
    assert form_of(page)[field_of(page, segment_of(job, "Un pas."))] == "One step."


def test_hostile_words_are_only_words_on_the_page(desk):
    job = make_job(headline="<script>alert(1)</script>")
    write(job, "Un pas.", "</textarea><script>alert(2)</script>")
    body = desk.get(address(job)).content.decode()
    assert "<script>alert" not in body


def test_a_long_article_fits_into_one_form(desk):
    job = make_job(body_html="".join(f"<p>Le pas {number}.</p>" for number in range(900)))
    answer = fill(desk, job, {"Le pas 7.": "Step 7."}, {"save": "all"})
    assert answer.status_code == 302
    assert segment_of(job, "Le pas 7.").text == "Step 7."


def test_a_long_article_asks_the_database_no_more_often(desk, django_assert_max_num_queries):
    counts = []
    for length in (3, 60):
        body = "".join(f"<p>Le pas {number}.</p>" for number in range(length))
        job = make_job(body_html=body, url=f"https://other.example/{length}")
        write_everything(job)
        with django_assert_max_num_queries(40) as asked:
            desk.get(address(job))
        counts.append(len(asked))
    assert counts[0] >= counts[1]


def test_the_open_translations_are_listed(desk, job):
    page = page_of(desk.get(reverse("translation:index")))
    assert "0 / 5" in page.text_content()
    assert page.xpath(f"//a[@href='{address(job)}']")


def test_a_desk_without_work_says_where_work_comes_from(desk):
    assert "newslist" in desk.get(reverse("translation:index")).content.decode()


# Saving and approving without script


def test_saving_keeps_every_field_that_was_touched(desk, job):
    answer = fill(desk, job, {"Un pas.": "One step.", "Trois.": "Three."}, {"save": "all"})
    assert answer.status_code == 302
    assert (segment_of(job, "Un pas.").text, segment_of(job, "Trois.").text) == ("One step.", "Three.")
    assert set(job.segments.filter(version=0).values_list("text", flat=True)) == {""}


def test_approving_and_going_on_leads_to_the_next_open_sentence(desk, job):
    answer = fill(desk, job, {"Un pas.": "One step."}, {"approve-next": segment_of(job, "Un pas.").pk})
    assert segment_of(job, "Un pas.").state == "approved"
    following = segment_of(job, LINKED).pk
    assert answer["Location"].endswith(f"?at={following}#segment-{following}")
    page = page_of(desk.get(answer["Location"].split("#")[0]))
    [focused] = page.xpath("//textarea[@autofocus]")
    assert focused.get("name").startswith(f"text-{following}-")


def test_after_the_last_sentence_the_first_open_one_follows(desk, job):
    answer = fill(desk, job, {"Trois.": "Three."}, {"approve-next": segment_of(job, "Trois.").pk})
    assert answer["Location"].endswith(f"#segment-{segment_of(job, 'Le bac reprend la mer').pk}")


def test_an_approval_can_be_taken_back(desk, job):
    pk = segment_of(job, "Un pas.").pk
    fill(desk, job, {"Un pas.": "One step."}, {"approve": pk})
    fill(desk, job, {}, {"unapprove": pk})
    assert segment_of(job, "Un pas.").state == "draft"


def test_a_lost_mark_is_told_at_its_sentence_and_the_words_are_kept(desk, job):
    one = segment_of(job, LINKED)
    page = page_of(fill(desk, job, {LINKED: "Two steps."}, {"approve": one.pk}))
    assert "⟦1⟧ ⟦/1⟧" in page.xpath(f"//*[@id='trouble-{one.pk}']")[0].text_content()
    one.refresh_from_db()
    assert (one.text, one.state) == ("Two steps.", "draft")


def test_approving_all_tells_what_was_left_out(desk, job):
    write_everything(job)
    write(job, LINKED, "Two.")
    page = page_of(fill(desk, job, {}, {"approve-all": "1"}))
    assert "4 sentences approved" in page.text_content()
    assert len([one for one in page.xpath("//*[@data-desk-trouble]") if one.get("hidden") is None]) == 1


def test_finishing_opens_the_article(client, job):
    client.force_login(allowed(vera()))
    write_everything(job)
    approve_all(job=job, by=vera(), now=NOW)
    answer = fill(client, job, {}, {"finish": "1"})
    assert answer["Location"] == reverse("wagtailsnippets_articles_article:edit", args=[job.article_id])
    assert Job.objects.get().state == "approved"


def test_finishing_too_early_leads_to_the_first_open_sentence(desk, job):
    answer = fill(desk, job, {"Un pas.": "One."}, {"finish": "1"})
    assert answer["Location"].endswith(f"#segment-{segment_of(job, 'Le bac reprend la mer').pk}")
    assert "5 sentences are not approved yet" in desk.get(answer["Location"]).content.decode()
    assert segment_of(job, "Un pas.").text == "One."


def test_the_machine_can_be_asked_where_one_is_set_up(desk, job, settings):
    assert not page_of(desk.get(address(job))).xpath("//button[@name='draft']")
    settings.DATELINE_MACHINES = ["pseudo"]
    assert page_of(desk.get(address(job))).xpath("//button[@name='draft']")
    for _ in range(2):
        fill(desk, job, {}, {"draft": "1"})
    assert QueuedJob.objects.ready().filter(task="translation.draft").count() == 1


# Two people at one page


def test_a_clash_shows_both_texts_and_overwrites_neither(desk, job):
    page = page_of(desk.get(address(job)))
    posted = form_of(page)
    one = write(job, "Un pas.", "A single step.", by=vera())
    posted[field_of(page, one)] = "One step."
    again = page_of(desk.post(address(job), {**posted, "save": "all"}))
    [row] = again.xpath(f"//*[@id='segment-{one.pk}']")
    assert "Vera Lindholm" in row.text_content()
    assert row.xpath(".//blockquote")[0].text == "A single step."
    assert form_of(again)[field_of(again, one)] == "One step."
    one.refresh_from_db()
    assert one.text == "A single step."
    desk.post(address(job), {**form_of(again), "save": "all"})
    one.refresh_from_db()
    assert one.text == "One step."


def test_a_page_that_was_open_long_puts_nothing_old_back(desk, job):
    page = page_of(desk.get(address(job)))
    posted = form_of(page)
    write(job, "Un pas.", "A single step.", by=vera())
    posted[field_of(page, segment_of(job, "Trois."))] = "Three."
    assert desk.post(address(job), {**posted, "save": "all"}).status_code == 302
    assert segment_of(job, "Un pas.").text == "A single step."
    assert segment_of(job, "Trois.").text == "Three."


def test_nobody_approves_from_an_old_page_what_has_changed(desk, job):
    page = page_of(desk.get(address(job)))
    one = write(job, "Un pas.", "A single step.", by=vera())
    again = page_of(desk.post(address(job), {**form_of(page), "approve": one.pk}))
    assert "changed this sentence" in again.text_content()
    assert segment_of(job, "Un pas.").state == "draft"


def test_clashes_stop_the_finish(desk, job):
    write_everything(job)
    approve_all(job=job, by=vera(), now=NOW)
    page = page_of(desk.get(address(job)))
    posted = form_of(page)
    one = segment_of(job, "Un pas.")
    posted[field_of(page, one)] = "Mine."
    write(job, "Un pas.", "Theirs.")
    approve_all(job=job, by=vera(), now=NOW)
    page_of(desk.post(address(job), {**posted, "finish": "1"}))
    assert Job.objects.get().state == "draft"


# What the script asks


def ask(desk, one, **posted):
    url = reverse("translation:segment", args=[one.job_id, one.pk])
    return desk.post(url, {"version": one.version, **posted}, headers={"X-Requested-With": "XMLHttpRequest"})


def test_the_script_saves_one_sentence_and_hears_how_it_stands(desk, job):
    one = segment_of(job, "Un pas.")
    told = ask(desk, one, text="One  step.").json()
    assert (told["text"], told["state"], told["version"], told["trouble"]) == ("One step.", "draft", 1, "")
    assert told["name"].startswith(f"text-{one.pk}-1-")
    assert told["origin_label"] == "person"
    assert (told["words"], told["mine"], told["who"]) == (2, "1", "Tomas Arden")


def test_the_script_approves_with_the_words_it_saves(desk, job):
    told = ask(desk, segment_of(job, "Un pas."), text="One step.", approve="1").json()
    assert (told["state"], told["mine"]) == ("approved", "")


def test_the_script_hears_of_a_clash_with_the_other_words(desk, job):
    seen = segment_of(job, "Un pas.")
    write(job, "Un pas.", "Theirs.")
    answer = ask(desk, seen, text="Mine.")
    assert answer.status_code == 409
    assert answer.json()["theirs"] == "Theirs."
    assert answer.json()["version"] == 1


def test_the_script_hears_of_lost_marks_and_the_words_are_kept(desk, job):
    answer = ask(desk, segment_of(job, LINKED), text="Two steps.", approve="1")
    assert answer.status_code == 422
    assert "⟦1⟧" in answer.json()["trouble"]
    assert segment_of(job, LINKED).text == "Two steps."


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_request_without_a_version_writes_nothing(desk, job, version):
    assert ask(desk, segment_of(job, "Un pas."), text="x", version=version).status_code == 400
    assert segment_of(job, "Un pas.").text == ""


# Who may


def test_nobody_may_not(client, job):
    user = nobody()
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    for where in (address(job), reverse("translation:index")):
        assert client.get(where).status_code == 302
    assert client.post(address(job), {"approve-all": "1"}).status_code == 302
    assert ask(client, segment_of(job, "Un pas."), text="x").status_code == 403
    assert set(job.segments.values_list("state", flat=True)) == {"empty"}


def test_a_stranger_is_led_to_the_door(client, job):
    assert "login" in client.get(address(job))["Location"]


def test_a_segment_of_another_job_is_not_reached(desk, job):
    other = make_job(language="fa")
    url = reverse("translation:segment", args=[other.pk, segment_of(job, "Un pas.").pk])
    assert desk.post(url, {"text": "x", "version": 0}).status_code == 404
    answer = desk.post(address(other), {"approve": segment_of(job, "Un pas.").pk})
    assert answer.status_code == 404


def test_somebody_inside_who_may_change_articles_may_translate(client, job):
    user = somebody("una", role="translator")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_article"]))
    client.force_login(user)
    assert client.get(address(job)).status_code == 200
