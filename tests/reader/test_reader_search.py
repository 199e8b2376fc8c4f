"""Search: it follows publishing, forgives, filters, shows only what readers may see, and gives way under load."""

import json

import cast
import pytest
from django.test import Client

from dateline.articles.actions import withdraw
from dateline.lib.home import Home
from dateline.reader import actions
from dateline.reader.machines.choice import engine
from dateline.reader.models import Indexed
from dateline.reader.search.engine import Question, SearchUnavailable
from dateline.reader.views import search as view
from dateline.work.testing import run_all_jobs

WHERE = "/-/search/"


@pytest.fixture
def site(db, settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_SEARCH = "embedded"
    settings.DATELINE_URL = "https://digest.example"
    settings.ALLOWED_HOSTS = ["testserver"]
    return cast.an_identity()


@pytest.fixture
def ferry(site):
    """A piece that went out, and whose jobs are done."""
    piece = cast.published(
        cast.an_exclusive(
            headline="The ferry sails again",
            section=cast.a_section("Harbour"),
            body=cast.a_body("Officials of the harbour <b>opened</b> the government's new quay & the gates."),
        )
    )
    run_all_jobs()
    return piece


def found(**asked):
    answer = Client().get(WHERE, asked)
    assert answer.status_code == 200
    page = answer.content.decode()
    return [
        line.partition('href="')[2].partition('"')[0]
        for line in page.partition("</main>")[0].split("<h2")[1:]
    ], page


@pytest.mark.parametrize("query", ["ferries", "goverment officials", "HARBOURS", "ferry opening"])
def test_a_piece_that_went_out_is_found_by_other_forms_and_with_a_slip(ferry, query):
    hrefs, page = found(q=query)
    assert hrefs == [ferry.get_absolute_url()]
    assert "<mark>" in page


def test_the_page_can_be_handed_on_and_is_in_no_search_engine(ferry):
    answer = Client().get(WHERE, {"q": "ferry", "kind": "exclusive", "since": "2026-01-01"})
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert 'value="ferry"' in page
    assert "<details open" in page


def test_what_was_asked_and_found_is_never_markup(site):
    cast.published(
        cast.an_exclusive(
            headline="Tags <script>alert(1)</script>", body=cast.a_body("a <i>zebra</i> &lt;img&gt;")
        )
    )
    run_all_jobs()
    hrefs, page = found(q='zebra "><script>x</script>')
    assert len(hrefs) == 1
    assert "<script>" not in page.partition("<main")[2].partition("<script type")[0]


def test_filters_let_through_what_they_name(ferry):
    other = cast.published(
        cast.a_translation(headline="Another ferry arrives", section=cast.a_section("Sea"))
    )
    run_all_jobs()
    assert len(found(q="ferry")[0]) == 2
    assert found(q="ferry", kind="translation")[0] == [other.get_absolute_url()]
    assert found(q="ferry", outlet=str(other.original.outlet_id))[0] == [other.get_absolute_url()]
    assert found(q="ferry", section=str(ferry.section.translation_key))[0] == [ferry.get_absolute_url()]
    assert found(q="ferry", since="2030-01-01")[0] == []
    assert found(q="ferry", **{"in": "fr"})[0] == []
    assert len(found(q="ferry", language="all", **{"in": "fr"})[0]) == 2


def test_answers_come_in_pages(site, monkeypatch):
    monkeypatch.setattr(view, "PAGE", 2)
    section = cast.a_section()
    for number in range(3):
        cast.published(cast.an_exclusive(headline=f"Lighthouse number {number}", section=section))
    run_all_jobs()
    first, page = found(q="lighthouse")
    second, last = found(q="lighthouse", page="2")
    assert len(first) == 2
    assert len(second) == 1
    assert not set(first) & set(second)
    assert 'rel="next"' in page
    assert 'rel="prev"' in last


def test_headlines_come_while_somebody_types(ferry):
    answer = Client().get(f"{WHERE}suggest/", {"q": "the fer"})
    assert json.loads(answer.content) == {
        "suggestions": [{"headline": ferry.headline, "href": ferry.get_absolute_url(), "language": "en"}]
    }
    assert json.loads(Client().get(f"{WHERE}suggest/", {"q": "zeb"}).content) == {"suggestions": []}


def test_a_withdrawn_piece_is_found_no_more_at_once(ferry):
    withdraw(article=ferry, reason="It was wrong", by=None, now=cast.NOW)
    assert found(q="ferry")[0] == []
    run_all_jobs()
    assert engine().ask(Question(query="ferry", languages=("en",))).count == 0
    assert not Indexed.objects.exists()


def test_an_index_that_was_lost_is_made_again_and_the_rest_is_let_be(ferry):
    assert actions.renew_index() == 0
    engine().clear()
    assert found(q="ferry")[0] == []
    assert actions.renew_index() == 1
    assert found(q="ferry")[0] == [ferry.get_absolute_url()]
    assert actions.rebuild(anew=True) == 1


def test_a_renewal_takes_up_what_happened_past_the_jobs(ferry):
    type(ferry).objects.filter(pk=ferry.pk).update(live=False)
    assert actions.renew_index() == 1
    assert engine().count() == 0


def test_what_went_live_past_the_gate_is_not_shown(ferry):
    from dateline.publishing.models import Clearance

    Clearance.objects.all().delete()
    assert found(q="ferry")[0] == []


def test_too_many_searches_are_turned_away_and_told_when_to_come_back(ferry, monkeypatch):
    monkeypatch.setattr(view, "PATIENCE_SECONDS", 0.01)
    for _turn in range(view.AT_ONCE):
        assert view._turns.acquire(timeout=1)
    try:
        answer = Client().get(WHERE, {"q": "ferry"})
        typed = Client().get(f"{WHERE}suggest/", {"q": "fer"})
    finally:
        for _turn in range(view.AT_ONCE):
            view._turns.release()
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    assert typed.status_code == 503
    assert found(q="ferry")[0]


def test_an_index_that_cannot_be_read_says_so(ferry, settings):
    settings.DATELINE_SEARCH = "nothing"
    assert Client().get(WHERE, {"q": "ferry"}).status_code == 503
    with pytest.raises(SearchUnavailable, match="say embedded"):
        engine()


def test_a_site_may_have_no_search(ferry, settings):
    settings.DATELINE_SEARCH = "off"
    assert Client().get(WHERE, {"q": "ferry"}).status_code == 404
    assert actions.renew_index() == 0


def test_an_empty_search_shows_the_form_alone(site):
    assert found(q="  ")[0] == []
    assert found(q="ferry", since="never")[0] == []
