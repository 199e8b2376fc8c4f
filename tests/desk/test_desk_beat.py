"""The beat on the desk: described without script, tried, proposed to, and the newslist folded by it."""

import json

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dateline.desk.actions import pick_as_reprint, route_label, spike, unspike
from dateline.desk.models import LabelRoute
from dateline.intake.actions import scoring
from dateline.intake.actions.beats import describe_beat
from dateline.intake.embeddings.char_tfidf import CharTfidf
from dateline.intake.models import Beat, Judgement, Proposal
from dateline.work.testing import run_all_jobs

NOW = cast.NOW
FERRY = {
    "name": "The ferry",
    "labels": ["sea"],
    "concepts": [
        {
            "name": "ferry",
            "weight": "decisive",
            "forms": {"fr": ["bac"], "en": ["ferry"]},
            "labels": ["boats"],
        },
        {"name": "Port Salin", "kind": "place", "weight": "strong", "forms": {"fr": ["Port-Salin"]}},
    ],
}


@pytest.fixture(autouse=True)
def _by_letters(monkeypatch):
    monkeypatch.setattr(scoring, "engine", CharTfidf)
    scoring._scorer.cache_clear()
    yield
    scoring._scorer.cache_clear()


@pytest.fixture
def ferry(newsroom):
    return describe_beat(description=FERRY, by=cast.vera(), now=NOW)


@pytest.fixture
def chief(at_desk):
    return at_desk(cast.somebody("ines", role="editor-in-chief"))


def filled(**fields):
    """What the form sends for one concept."""
    return {
        "beat-name": "The ferry",
        "beat-about": "The boat to the islands.",
        "beat-line": "0.5",
        "beat-labels": "sea",
        "beat-outlets": "Harbour Courier: decisive",
        "beat-examples_for": "Le bac reprend la mer.",
        "beat-examples_against": "",
        "beat-version": "0",
        "concept-TOTAL_FORMS": "1",
        "concept-INITIAL_FORMS": "0",
        "concept-MIN_NUM_FORMS": "0",
        "concept-MAX_NUM_FORMS": "1000",
        "concept-0-name": "ferry",
        "concept-0-kind": "term",
        "concept-0-weight": "strong",
        "concept-0-words": "fr: bac, traversier\nen: ferry",
        "concept-0-not_with": "",
        "concept-0-labels": "boats",
        **fields,
    }


def test_the_beat_is_described_in_one_form(chief):
    address = reverse("newsroom:describe-beat")
    assert chief.get(address).status_code == 200
    answer = chief.post(address, filled())
    assert answer["Location"] == reverse("newsroom:beat")
    told = Beat.objects.active().read()
    assert told.concepts[0].forms == {"fr": ("bac", "traversier"), "en": ("ferry",)}
    assert told.outlets == {"Harbour Courier": "decisive"}
    assert told.examples_for[0].text == "Le bac reprend la mer."
    text = chief.get(address).content.decode()
    assert "fr: bac, traversier" in text


def test_what_is_wrong_is_said_and_nothing_is_lost_of_what_was_filled_in(chief):
    address = reverse("newsroom:describe-beat")
    wrong = {"concept-0-words": "bac, traversier", "beat-outlets": "Courier: heavy"}
    answer = chief.post(address, filled(**wrong))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Begin each line with a language and a colon" in text
    assert "bac, traversier" in text
    answer = chief.post(address, filled(**{"beat-outlets": "Courier: heavy"}))
    assert answer.status_code == 422
    assert "one of decisive, strong, usual, weak" in answer.content.decode()
    assert not Beat.objects.exists()


def test_two_people_do_not_overwrite_each_other(chief, ferry):
    answer = chief.post(reverse("newsroom:describe-beat"), filled(**{"beat-version": "0"}))
    assert answer.status_code == 422
    assert "changed by somebody else" in answer.content.decode()


def test_a_text_is_tried_without_script_and_nothing_is_written(at_desk, ferry):
    answer = at_desk().post(
        reverse("newsroom:try-beat"),
        {"title": "Le bac de Port-Salin reprend la mer", "text": "", "language": "fr"},
    )
    text = answer.content.decode()
    assert "Over the line" in text
    assert "names ferry, Port Salin in the headline" in text
    assert not ferry.scores.exists()


def test_an_original_is_tried_by_its_number(at_desk, ferry):
    original = cast.an_original(headline="Rien de nouveau", standfirst="", body_text="Rien.")
    text = at_desk().post(reverse("newsroom:try-beat"), {"original": original.pk}).content.decode()
    assert "Under the line" in text
    assert "names nothing of the beat" in text
    answer = at_desk().post(reverse("newsroom:try-beat"), {})
    assert answer.status_code == 422


def test_what_is_saved_as_a_file_can_be_taken_in_again(chief, ferry):
    saved = chief.get(reverse("newsroom:beat-file")).content
    file = SimpleUploadedFile("beat.json", saved.replace(b"The ferry", b"The boats"))
    answer = chief.post(reverse("newsroom:load-beat"), {"file": file, "version": ferry.version})
    assert answer["Location"] == reverse("newsroom:beat")
    now = Beat.objects.active()
    assert now.name == "The boats"
    assert now.description == {**json.loads(saved), "name": "The boats"}


@pytest.mark.parametrize(
    ("content", "words"), [(b"{", "is not JSON"), (b'{"name": "x"}', "name at least one")]
)
def test_a_file_that_is_no_beat_says_why(chief, newsroom, content, words):
    file = SimpleUploadedFile("beat.json", content)
    answer = chief.post(reverse("newsroom:load-beat"), {"file": file, "version": 0})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def newslist(client, **asked):
    return client.get("/desk/", asked).content.decode()


def test_without_a_beat_the_newslist_is_as_it_was(at_desk):
    cast.an_original(headline="Open piece")
    text = newslist(at_desk())
    assert "Open piece" in text
    assert 'name="fold"' not in text
    assert "folded away" not in text


def test_what_is_under_the_line_is_folded_away_with_its_count_and_not_lost(at_desk, ferry):
    cast.an_original(headline="Le bac de Port-Salin")
    cast.an_original(headline="Tout autre chose", standfirst="", body_text="Rien.")
    run_all_jobs()
    client = at_desk()
    text = newslist(client)
    assert "Le bac de Port-Salin" in text
    assert "Tout autre chose" not in text
    assert "1 piece under the line is folded away" in text
    assert "names ferry, Port Salin in the headline" in text
    assert "Tout autre chose" in newslist(client, fold="under")
    both = newslist(client, fold="all")
    assert "Tout autre chose" in both
    assert "Le bac de Port-Salin" in both


def test_a_piece_that_waits_for_its_score_is_shown(at_desk, ferry):
    cast.an_original(headline="Tout autre chose", standfirst="", body_text="Rien.")
    assert "Tout autre chose" in newslist(at_desk())


def test_the_strongest_of_a_day_comes_first_and_labels_narrow(at_desk, ferry):
    cast.an_original(headline="Le bac de Port-Salin", taken_at=NOW)
    weaker = {"standfirst": "", "body_text": "Rien."}
    cast.an_original(cast.an_outlet(), headline="Port-Salin ce jour", taken_at=NOW, **weaker)
    cast.an_original(headline="Un autre bac", taken_at=NOW, standfirst="", body_text="Le bac.")
    run_all_jobs()
    client = at_desk()
    text = newslist(client, fold="all")
    assert text.index("Le bac de Port-Salin") < text.index("Un autre bac") < text.index("Port-Salin ce jour")
    narrowed = newslist(client, label="boats", fold="all")
    assert "Un autre bac" in narrowed
    assert "Port-Salin ce jour" not in narrowed


def test_a_hostile_name_in_a_beat_stays_text(at_desk, newsroom, hostile):
    describe_beat(
        description={"name": hostile[:150], "concepts": [{"name": hostile[:150], "forms": {"fr": ["bac"]}}]},
        by=cast.vera(),
        now=NOW,
    )
    cast.an_original()
    run_all_jobs()
    client = at_desk()
    for text in (newslist(client, fold="all"), client.get(reverse("newsroom:beat")).content.decode()):
        assert "<script>alert(1)" not in text
        assert "\u202e" not in text


def test_picks_and_spikes_are_remembered_for_proposals(newsroom):
    picked, spiked = cast.an_original(), cast.an_original()
    pick_as_reprint(original=picked, agreement=None, by=cast.vera(), now=NOW)
    spike(original=spiked, by=cast.vera(), now=NOW)
    assert set(Judgement.objects.values_list("original", "is_wanted")) == {
        (picked.pk, True),
        (spiked.pk, False),
    }
    unspike(original=spiked, by=cast.vera(), now=NOW)
    assert Judgement.objects.get().original == picked


def test_a_label_leads_a_pick_to_its_section_in_the_language_of_the_article(newsroom, ferry):
    english = cast.a_section("Sea", language="en")
    french = cast.a_section("Mer", language="fr", translation_key=english.translation_key)
    route_label(label="boats", section=english, by=cast.vera(), now=NOW)
    original = cast.an_original(headline="Le bac de Port-Salin")
    run_all_jobs()
    article = pick_as_reprint(original=original, agreement=None, by=cast.vera(), now=NOW)
    assert article.section == french


def test_a_label_is_routed_on_the_page_of_the_beat(chief, ferry):
    section = cast.a_section("Sea")
    chief.post(reverse("newsroom:route-label"), {"label": "boats", "section": section.pk})
    assert LabelRoute.objects.get().section == section
    assert "Sea" in chief.get(reverse("newsroom:beat")).content.decode()
    chief.post(reverse("newsroom:route-label"), {"label": "boats", "section": ""})
    assert not LabelRoute.objects.exists()


@pytest.fixture
def proposal(ferry):
    return Proposal.objects.create(
        beat=ferry,
        key="k",
        change={"do": "add-term", "term": "harbour", "language": "en", "weight": "usual"},
        why={"code": "shared-by-picks", "values": ["6", "7"]},
        originals=[cast.an_original().pk],
        made_at=NOW,
    )


def test_a_proposal_is_shown_with_its_reason_and_accepted_by_a_person(chief, proposal):
    address = reverse("newsroom:beat-proposals")
    text = chief.get(address).content.decode()
    assert "Add the term “harbour”" in text
    assert "6 of 7 pieces that you picked share it" in text
    chief.post(reverse("newsroom:accept-proposal", args=[proposal.pk]))
    assert [concept.name for concept in Beat.objects.active().read().concepts][-1] == "harbour"
    again = chief.post(reverse("newsroom:accept-proposal", args=[proposal.pk]), follow=True)
    assert "decided this already" in again.content.decode()


def test_a_refused_proposal_changes_nothing(chief, proposal):
    chief.post(reverse("newsroom:refuse-proposal", args=[proposal.pk]))
    assert Beat.objects.active().version == 1
    assert "refused" in chief.get(reverse("newsroom:beat-proposals")).content.decode()


def test_the_desk_works_without_a_beat_when_it_is_laid_down(chief, ferry):
    cast.an_original(headline="Tout autre chose", standfirst="", body_text="Rien.")
    run_all_jobs()
    assert "Tout autre chose" not in newslist(chief)
    chief.post(reverse("newsroom:lay-down-beat"))
    assert "Tout autre chose" in newslist(chief)


def test_a_page_asks_the_database_no_more_for_more_pieces(at_desk, ferry, django_assert_max_num_queries):
    for _ in range(30):
        cast.an_original()
    run_all_jobs()
    client = at_desk()
    newslist(client)
    with django_assert_max_num_queries(55):
        newslist(client, fold="all")
