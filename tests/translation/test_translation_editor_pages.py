"""What the translation desk offers beside a sentence, without a browser: suggestions, company, history, shapes, talk."""

import pytest
from cast import NOW, a_translation, an_identity, an_original, nobody, tomas, vera
from django.contrib.auth.models import Permission
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from dateline.articles.gate import cautions
from dateline.desk.models import Comment
from dateline.translation.actions import approve_segment, save_segment, start_job
from dateline.translation.actions.ignoring import ignore_in_whole
from dateline.translation.actions.suggesting import answer_suggestion
from dateline.translation.differences import Change, difference
from dateline.translation.models import AtWork, Segment, Suggestion, Term, TermForm
from dateline.translation.queries.document_findings import whole_of
from dateline.translation.rows import word_count

pytestmark = pytest.mark.django_db

BODY = "<p>Le bac part lundi. Le Parlement a payé 40 euros.</p><p>Trois.</p><p>Quatre.</p>"
FERRY, PAID = "Le bac part lundi.", "Le Parlement a payé 40 euros."
FETCH = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def _site(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()


@pytest.fixture
def job():
    return a_job()


def a_job(**original):
    article = a_translation(an_original(**{"body_html": BODY, "standfirst": "", **original}))
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


@pytest.fixture
def remembered():
    """Vera translated a sentence like it, and one in other words."""
    other = a_job(body_html="<p>Le bac part mardi.</p>", headline="Autre")
    one = other.segments.get(source="Le bac part mardi.")
    saved = save_segment(segment=one, text="The ferry leaves on Tuesday.", version=0, by=vera(), now=NOW)
    return approve_segment(segment=saved, version=saved.version, by=vera(), now=NOW)


@pytest.fixture
def desk(client):
    return allowed(client, tomas())


def allowed(client, user, *more):
    names = ("access_admin", "change_job", "view_own_work", *more)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def at(job, source):
    return Segment.objects.get(job=job, source=source)


def address(name, job, *more):
    return reverse(f"translation:{name}", args=[job.pk, *more])


def tree(answer, status=200):
    assert answer.status_code == status, answer.content[:500]
    return html.fromstring(answer.content.decode())


def press(client, job, **button):
    """Press a button of the form; fields that nobody touched are not looked at."""
    return client.post(address("job", job), {name.replace("_", "-"): value for name, value in button.items()})


# Beside a sentence


def test_offers_say_how_like_they_are_what_differs_and_where_they_are_from(desk, job, remembered):
    one = at(job, FERRY)
    page = tree(desk.get(address("panes", job), {"of": str(one.pk)}))
    [offer] = page.xpath("//*[@data-desk-use]")
    assert offer.get("data-desk-use") == f"memory:{remembered.unit.pk}"
    assert page.xpath("//*[@data-desk-words]")[0].text_content() == "The ferry leaves on Monday."
    assert "mardi" in page.xpath("//del")[0].text_content()
    assert "lundi" in page.xpath("//ins")[0].text_content()
    assert "Vera Lindholm" in page.text_content()
    assert "numbers were adapted" in page.text_content()


def test_the_houses_words_stand_beside_a_sentence_that_has_them(desk, job):
    term = Term.objects.create(name="Parliament", changed_at=NOW, definition="both houses")
    for language, form, status in (
        ("fr", "Parlement", "preferred"),
        ("en", "Parliament", "preferred"),
        ("en", "Congress", "forbidden"),
    ):
        TermForm.objects.create(term=term, language=language, form=form, status=status)
    page = tree(desk.get(address("panes", job), {"of": str(at(job, PAID).pk)}))
    assert [one.text_content().split()[0] for one in page.xpath("//*[contains(@class, 'desk-term ')]")] == [
        "Parliament",
        "Congress",
    ]
    assert page.xpath("//s")[0].text == "Congress"
    assert "both houses" in page.text_content()


def test_panes_of_many_sentences_cost_no_more_questions_than_of_one(
    desk, job, remembered, django_assert_max_num_queries
):
    counts = []
    everyone = list(job.segments.values_list("pk", flat=True))
    for wanted in (everyone[:1], everyone):
        with django_assert_max_num_queries(30) as asked:
            desk.get(address("panes", job), {"of": ",".join(map(str, wanted))})
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2


def test_words_of_the_memory_stay_known_as_such_and_changed_ones_are_the_writers(desk, job, remembered):
    one = at(job, FERRY)
    press(desk, job, use=f"{one.pk}:memory:{remembered.unit.pk}")
    one.refresh_from_db()
    assert (one.text, one.origin, one.state) == ("The ferry leaves on Monday.", "memory", "draft")
    assert one.versions.order_by("pk").last().unit == remembered.unit.pk
    press(desk, job, clear=one.pk)
    press(desk, job, copy=one.pk)
    one.refresh_from_db()
    assert (one.text, one.origin) == (FERRY, "person")


def test_a_number_that_is_no_offer_of_the_sentence_writes_nothing(desk, job, remembered):
    one = at(job, "Trois.")
    press(desk, job, use=f"{one.pk}:memory:{remembered.unit.pk}")
    one.refresh_from_db()
    assert one.text == ""


def test_a_machine_is_asked_for_one_sentence_and_its_words_stay_its_own(desk, job, settings):
    one = at(job, FERRY)
    assert "No machine is set up" in desk.post(address("machine", job, one.pk)).content.decode()
    settings.DATELINE_MACHINES = ["pseudo"]
    page = tree(desk.post(address("machine", job, one.pk), {"machine": "pseudo"}))
    assert page.xpath("//*[@data-desk-waiting]")
    asked = answer_suggestion(suggestion=Suggestion.objects.get(), now=NOW)
    page = tree(desk.get(address("panes", job), {"of": str(one.pk)}))
    assert page.xpath("//*[@data-desk-words]")[0].text_content() == asked.text
    posted = {"text": asked.text, "version": one.version, "taken": f"machine:{asked.pk}"}
    assert desk.post(address("segment", job, one.pk), posted).json()["origin_label"] == "machine"
    one.refresh_from_db()
    assert (one.origin, one.machine, one.machine_text) == ("machine", "pseudo", asked.text)


def test_a_machine_that_is_not_set_up_is_asked_nothing(desk, job, settings):
    settings.DATELINE_MACHINES = ["pseudo"]
    assert press(desk, job, machine=f"{at(job, FERRY).pk}:nonsense").status_code == 302
    assert not Suggestion.objects.exists()


def test_past_translations_are_found_by_any_form_of_their_words(desk, job, remembered):
    page = tree(desk.get(address("past", job), {"words": "bac part"}))
    assert [one.text for one in page.xpath("//mark")] == ["bac part"]
    page = tree(desk.get(address("past", job), {"words": "leaves", "in": "translation"}))
    assert [one.text for one in page.xpath("//mark")] == ["leaves"]
    assert "No past translation" in desk.get(address("past", job), {"words": "xyzzy"}).content.decode()


def test_the_history_names_each_hand_with_what_it_changed(desk, job):
    one = at(job, FERRY)
    saved = save_segment(segment=one, text="The ferry goes.", version=0, by=tomas(), now=NOW)
    save_segment(segment=saved, text="The boat goes.", version=1, by=vera(), now=NOW)
    page = tree(desk.get(address("history", job, one.pk)))
    steps = [" ".join(one.text_content().split()) for one in page.xpath("//ol[@class='desk-steps']/li")]
    assert "Vera Lindholm" in steps[0]
    assert "Tomas Arden" in steps[1]
    assert "ferry" in page.xpath("//del")[0].text_content()


def test_the_preview_shows_the_page_of_the_words_as_they_stand(desk, job):
    one = at(job, FERRY)
    save_segment(segment=one, text="The ferry leaves, a draft.", version=0, by=tomas(), now=NOW)
    assert "The ferry leaves, a draft." in desk.get(address("preview", job)).content.decode()
    job.article.refresh_from_db()
    assert "draft" not in str(job.article.body)


# Two at one page


def test_the_page_hears_who_is_there_and_what_changed_since_it_looked(client, desk, job):
    one, other = at(job, FERRY), at(job, "Trois.")
    seen = ",".join(f"{pk}:{version}" for pk, version in job.segments.values_list("pk", "version"))
    assert desk.post(address("at-work", job), {"at": one.pk, "seen": seen, "writing": "1"}).json() == {
        "people": [],
        "changed": [],
        "is_divided": False,
        "job_state": "draft",
    }
    save_segment(segment=other, text="Three.", version=0, by=vera(), now=NOW)
    allowed(client, vera())
    told = client.post(address("at-work", job), {"seen": seen}).json()
    assert [(who["who"], who["segment"], who["is_writing"]) for who in told["people"]] == [
        ("Tomas Arden", one.pk, True)
    ]
    assert [(one["segment"], one["text"], one["version"]) for one in told["changed"]] == [
        (other.pk, "Three.", 1)
    ]
    assert client.post(address("at-work", job), {"seen": f"{one.pk}:0"}).json()["is_divided"]
    assert client.post(address("at-work", job), {"leave": "1"}).status_code == 204
    assert [row.user for row in AtWork.objects.all()] == [tomas()]


# What is done to a sentence


def test_sentences_are_merged_split_left_out_taken_in_and_added_by_buttons(desk, job):
    one = at(job, FERRY)
    press(desk, job, merge=one.pk)
    whole = at(job, f"{FERRY} {PAID}")
    desk.post(address("job", job), {"split": whole.pk, f"split-at-{whole.pk}": len(FERRY)})
    assert list(job.segments.order_by("position").values_list("source", flat=True)[1:3]) == [FERRY, PAID]
    third = at(job, "Trois.")
    press(desk, job, omit=third.pk)
    third.refresh_from_db()
    assert (third.alignment, third.state) == ("omitted", "approved")
    press(desk, job, take_in=third.pk)
    desk.post(
        address("job", job),
        {"add": third.pk, f"added-{third.pk}": "A note of ours.", f"added-as-{third.pk}": "note"},
    )
    added = job.segments.get(alignment="added")
    assert (added.text, added.block_kind, added.position) == ("A note of ours.", "note", third.position + 1)
    page = tree(desk.post(address("job", job), {"add": third.pk, f"added-{third.pk}": " "}))
    assert "Write the words" in page.text_content()
    press(desk, job, remove_added=added.pk)
    assert not job.segments.filter(alignment="added").exists()


def test_a_paragraph_moves_and_the_page_shows_it_in_its_new_place(desk, job):
    press(desk, job, move_up=at(job, "Quatre.").pk)
    page = tree(desk.get(address("job", job)))
    sources = [one.text_content() for one in page.xpath("//*[contains(@class, 'desk-source')]")]
    assert sources[-2:] == ["Quatre.", "Trois."]


def test_a_reviser_says_what_they_think_and_sends_back(client, job):
    one = save_segment(segment=at(job, FERRY), text="The ferry go.", version=0, by=tomas(), now=NOW)
    approve_segment(segment=one, version=one.version, by=tomas(), now=NOW)
    allowed(client, vera())
    client.post(
        address("job", job),
        {"judge": one.pk, f"verdict-{one.pk}": "fluency", f"send-back-{one.pk}": "1"},
    )
    one.refresh_from_db()
    assert (one.state, one.quality_marks.get().verdict) == ("draft", "fluency")
    assert "fluency" in client.get(address("shape", job, one.pk)).content.decode()


def test_only_who_may_edit_answers_for_the_source_and_only_who_publishes_corrects(client, job):
    allowed(client, tomas())
    assert client.post(address("no-change", job)).status_code == 302
    assert client.get(address("correction", job)).status_code == 302
    allowed(client, vera(), "change_article", "publish_article")
    assert "What was wrong" in client.get(address("correction", job)).content.decode()
    page = tree(client.post(address("correction", job), {"was_wrong": "This.", "said": "That."}), 422)
    assert "not approved" in page.text_content()


def test_an_editor_says_who_reads_after_the_translator_and_the_page_says_whom_a_sentence_waits_for(
    client, job
):
    allowed(client, tomas())
    assert client.get(address("people", job)).status_code == 302
    allowed(client, vera(), "change_article")
    twice = {"translator": tomas().pk, "reviser": tomas().pk}
    assert "translates this" in tree(client.post(address("people", job), twice), 422).text_content()
    client.post(address("people", job), {"translator": tomas().pk, "reviser": vera().pk})
    one = save_segment(segment=at(job, FERRY), text="The ferry leaves.", version=0, by=tomas(), now=NOW)
    approve_segment(segment=one, version=one.version, by=tomas(), now=NOW)
    [state] = tree(client.get(address("job", job))).xpath(f"//*[@id='segment-{one.pk}']//*[@data-desk-state]")
    assert state.text == "translated, waits for its reviser"


# Talk


def test_a_sentence_is_talked_about_and_the_page_counts_what_is_open(desk, job):
    one = at(job, FERRY)
    talk = reverse("newsroom:segment-comments", args=[one.pk])
    assert desk.post(talk, {"text": "Ferry or boat, @vera?"}).status_code == 302
    thread = Comment.objects.get()
    assert (thread.article, thread.segment) == (job.article, one)
    desk.post(talk, {"thread": thread.pk, "text": "Ferry."})
    [told] = tree(desk.get(address("job", job))).xpath(f"//*[@id='segment-{one.pk}']//*[@data-desk-remarks]")
    assert told.get("hidden") is None
    assert "1" in told.text_content()
    fragment = desk.post(talk, {"thread": thread.pk, "resolve": "1"}, headers=FETCH).content.decode()
    assert "Resolved by" in fragment
    assert "<html" not in fragment
    assert desk.post(talk, {"text": " "}).status_code == 422
    assert press(desk, job, comment=one.pk)["Location"] == talk


def test_nobody_reaches_what_lies_beside_a_sentence(client, job):
    one = at(job, FERRY)
    user = nobody()
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    for name in ("panes", "past", "preview"):
        assert client.get(address(name, job)).status_code == 302
    for name in ("history", "shape"):
        assert client.get(address(name, job, one.pk)).status_code == 302
    assert client.post(address("at-work", job), headers=FETCH).status_code == 403
    assert client.post(address("machine", job, one.pk), headers=FETCH).status_code == 403
    assert client.get(reverse("newsroom:segment-comments", args=[one.pk])).status_code == 302


# Pure parts


@given(st.lists(st.sampled_from(["bac", "le", "12,5", "–", "l'île", "。", "part"])), st.data())
def test_a_difference_makes_both_texts_again(words, data):
    old = " ".join(words)
    new = " ".join(data.draw(st.permutations(words))[: len(words) // 2 + 1])
    parts = difference(old, new)
    assert "".join(one.text for one in parts if one.change is not Change.GONE).split() == new.split()
    assert "".join(one.text for one in parts if one.change is not Change.NEW).split() == old.split()


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("⟦1⟧Deux⟦/1⟧ pas.", 2), ("l’île – c’est loin", 3), ("今日は晴れ", 5), ("12 000 euros", 3)],
)
def test_words_are_counted_without_marks(text, count):
    assert word_count(text) == count


# Before it goes out


def approved_job(**texts):
    """A translation whose sentences are approved: as they stand in the source, but for those of `texts`."""
    job = a_job()
    for one in job.segments.order_by("position"):
        text = texts.get(one.source, f"In English: {one.pk}.")
        saved = save_segment(segment=one, text=text, version=one.version, by=vera(), now=NOW)
        saved.state = Segment.State.APPROVED
        saved.save()
    return job


def test_what_must_not_go_out_keeps_a_translation_from_being_finished_until_it_is_mended_or_let_stand(desk):
    job = approved_job(**{PAID: "Parliament has paid 90 euros."})
    one = at(job, PAID)
    answer = press(desk, job, finish="1")
    assert answer.headers["Location"] == address("before", job)
    page = tree(desk.get(answer.headers["Location"]))
    assert "must not go out stands in" in page.text_content()
    assert page.xpath(f"//a[@href='{address('findings', job, one.pk)}']")
    blocking = [one for one in whole_of(job).open if one.seen.severity == "block"]
    assert {found.segment for found in blocking} == {one}
    for found in whole_of(job).open:
        desk.post(
            address("findings", job, found.segment.pk),
            {"key": found.seen.key, "reason": "A test.", "ignore": "1"},
        )
    assert whole_of(job).open == []
    assert "A test." in tree(desk.get(address("before", job))).text_content()
    press(desk, job, finish="1")
    job.refresh_from_db()
    assert job.state == "approved"
    one.refresh_from_db()
    save_segment(segment=one, text="Parliament paid 91 euros.", version=one.version, by=vera(), now=NOW)
    assert any(found.segment == one for found in whole_of(job).blocking)


def test_who_is_not_named_is_let_stand_for_a_reason_and_raised_again_when_the_credits_change(desk):
    job = a_job(published_at=None)
    job.article.credits.clear()
    job.article.save()
    page = tree(desk.get(address("before", job)))
    key = page.xpath("//form[contains(., 'date of the original')]//input[@name='key']/@value")[0]
    said = {"key": key, "ignore": "1"}
    assert "Say why" in tree(desk.post(address("before", job), {**said, "reason": " "}), 422).text_content()
    desk.post(address("before", job), {**said, "reason": "The page gives none."})
    assert "lets it stand: The page gives none." in tree(desk.get(address("before", job))).text_content()
    unnamed = len(whole_of(job).unnamed)
    desk.post(address("before", job), {"key": key, "heed": "1"})
    assert len(whole_of(job).unnamed) == unnamed + 1
    ignore_in_whole(job=job, key=key, reason="The page gives none.", by=tomas(), now=NOW)
    job.article.credits.create(name="Vera Lindholm", role="translator")
    assert not any(one.ignored for one in whole_of(job).credit)


def test_the_gate_warns_of_what_the_checks_find_and_nobody_let_stand(desk):
    job = approved_job(**{PAID: "Parliament has paid 90 euros."})
    found = cautions(job.article, now=NOW)
    assert any("Sentence" in one.message and one.check == "translation-checks" for one in found)
    assert len({one.code for one in found}) == len(found)
    page = tree(desk.get(address("job", job)))
    assert page.xpath(f"//a[@data-desk-before and @href='{address('before', job)}']")


def test_names_and_turns_of_phrase_lie_beside_the_sentence(desk):
    old = a_job(
        body_html="<p>Le ministre de la pêche part en vacances avec tous les siens.</p>", headline="Un"
    )
    one = old.segments.get(source__startswith="Le ministre")
    saved = save_segment(segment=one, text="The minister of fisheries is off.", version=0, by=vera(), now=NOW)
    approve_segment(segment=saved, version=saved.version, by=vera(), now=NOW)
    words = "<p>Hier soir, dans la capitale, le ministre de la pêche a vu Ouroudjov.</p>"
    job = a_job(body_html=words, headline="Deux")
    term = Term.objects.create(name="Urujov", changed_at=NOW)
    for language, form in (("fr", "Ouroudjov"), ("en", "Urujov")):
        TermForm.objects.create(term=term, language=language, form=form)
    page = tree(desk.get(address("panes", job), {"of": str(job.segments.get(source__startswith="Hier").pk)}))
    assert page.xpath("//*[@class='desk-fragments']//mark")[0].text == "Le ministre de la pêche"
    assert "The minister of fisheries is off." in page.text_content()
    assert "Urujov" in page.text_content()
