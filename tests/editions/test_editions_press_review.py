"""A press review: voices within the quota of each, counted in the ledger; what loses its right is taken off."""

from datetime import date, timedelta

import cast
import pytest

from dateline.articles.gate import NotCleared, lacks
from dateline.articles.kinds import MachineHelp
from dateline.articles.models import Article
from dateline.desk.actions import review
from dateline.editions import actions
from dateline.editions.excerpts import Quoted, counted_words, joined
from dateline.editions.models import Voice
from dateline.editions.queries.voices import standings
from dateline.lib.home import Home
from dateline.publishing.actions import bake_around
from dateline.publishing.leaf import file_of
from dateline.rights.actions import revoke
from dateline.rights.models import Use
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
SECRET = "The islanders had waited long for it"


@pytest.fixture
def house(settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    cast.an_identity()


def an_original_of(name, *, language="fr", agreement=None, **fields):
    outlet = cast.an_outlet(name, language=language, country="FR")
    if agreement is not None:
        cast.an_agreement(outlet, **agreement)
    return cast.an_original(outlet, language=language, **fields)


def begun(*, agreements=({}, {}, None, None), **fields):
    originals = [an_original_of(f"Paper {n}", agreement=one) for n, one in enumerate(agreements)]
    article = review(originals=originals, language="en", by=cast.vera(), now=cast.NOW)
    article.section = cast.a_section()
    article.credits.create(name="Vera Lindholm", role="author")
    article.save()
    article.save_revision()
    return article


def said(article, words=SECRET):
    for voice in Voice.objects.filter(article=article):
        voice.headline, voice.excerpt = f"{voice.original.outlet} is glad", f"{words} {voice.position}."
        voice.save()


def written(article, **changed):
    article.refresh_from_db()
    voice = article.voices.first()
    told = actions.VoiceWords(
        voice=voice.pk,
        position=0,
        headline="Glad",
        **{"quoted": (0, 2), "excerpt": "The boat sails. They waited.", **changed},
    )
    actions.write_review(
        article=article,
        version=actions.version_of(article),
        headline="Who gains?",
        standfirst="",
        words=[told],
        by=cast.vera(),
        now=cast.NOW,
    )
    voice.refresh_from_db()
    return voice


def test_what_is_left_out_of_an_excerpt_is_marked_and_not_counted():
    text = joined([Quoted(0, "One two."), Quoted(1, "Three."), Quoted(4, "Four.")])
    assert text == "One two. Three. […] Four."
    assert counted_words(text, language="fr") == 4
    assert counted_words("世界新聞五字", language="zh") == 3


def test_a_review_has_four_voices_each_whole_before_it_goes_out(house):
    article = begun(agreements=({}, None))
    codes = {one.code for one in lacks(article, now=cast.NOW) if one.check == "voices"}
    assert codes == {"count", "headline", "excerpt"}
    with pytest.raises(NotCleared, match="4 to 8"):
        cast.published(article)


def test_each_voice_is_entered_into_the_ledger_with_its_words_and_ends_with_the_review(house):
    article = begun()
    said(article)
    live = cast.published(article)
    uses = Use.objects.filter(piece=live.uid, ended_at=None)
    assert {use.permission.use for use in uses} == {"excerpt"}
    assert [use.words for use in uses.order_by("pk")] == [
        one.words for one in standings(live, now=cast.NOW)[:2]
    ]
    live.save()
    assert Use.objects.filter(piece=live.uid).count() == 2, "saving it again counts nothing twice"
    live.unpublish()
    assert not Use.objects.filter(piece=live.uid, ended_at=None).exists()


def test_an_excerpt_longer_than_its_quota_keeps_the_review_back_and_two_voices_of_a_paper_share_it(house):
    article = begun(agreements=({"max_words": 30}, {}, {}, {}))
    said(article)
    assert not [one for one in lacks(article, now=cast.NOW) if one.check == "voices"]
    twin = cast.an_original(article.voices.first().original.outlet)
    actions.add_voices(article=article, originals=[twin], by=cast.vera(), now=cast.NOW)
    said(article, SECRET + " and longer, much longer than one would think")
    faults = [one.message for one in lacks(article, now=cast.NOW) if one.check == "voices"]
    assert len(faults) == 2
    assert all("30 words" in one for one in faults)


def test_without_a_permission_a_paper_may_be_quoted_briefly_and_no_longer(house):
    article = begun(agreements=({}, {}, {}, None))
    said(article)
    assert not lacks(article, now=cast.NOW)
    said(article, "word " * 60)
    [fault] = [one for one in lacks(article, now=cast.NOW) if one.check == "voices"]
    assert "40 words" in fault.message


def test_a_permission_that_is_taken_back_takes_the_excerpt_off_the_page_and_leaves_the_others(
    house, settings
):
    article = begun()
    said(article)
    live = cast.published(article)
    bake_around(piece=live.uid, now=cast.NOW)
    page = settings.HOME.site / file_of(live.get_absolute_url())
    assert page.read_text().count(SECRET) == 4
    feed = settings.HOME.site / "en" / "feed.xml"
    assert feed.read_text().count(SECRET) == 4
    first = live.voices.first()
    revoke(permission=first.permission, reason="A letter", by=None, now=cast.NOW)
    run_all_jobs(limit=1000)
    shown = page.read_text()
    assert shown.count(SECRET) == feed.read_text().count(SECRET) == 3
    assert "the right to it has ended" in shown
    assert first.original.url in shown
    first.refresh_from_db()
    assert not first.is_shown
    assert not Use.objects.filter(permission=first.permission, ended_at=None).exists()


def test_what_stands_under_an_agreement_that_ends_is_due_at_that_midnight(house):
    article = begun(agreements=({"ends_on": date(2099, 1, 1)}, {}, {}, {}))
    said(article)
    live = cast.published(article)
    actions.settle_voices(article=live, now=cast.NOW)
    first = live.voices.first()
    assert first.is_shown
    assert actions.settle_due(now=first.shown_until - timedelta(seconds=1)) == 0
    assert actions.settle_due(now=first.shown_until) == 1


def test_who_saves_over_somebody_elses_words_is_refused(house):
    article = begun()
    seen = actions.version_of(Article.objects.get(pk=article.pk))
    written(article)
    told = {"headline": "Mine", "standfirst": "", "words": [], "by": cast.tomas(), "now": cast.NOW}
    with pytest.raises(actions.Overtaken, match="Somebody else"):
        actions.write_review(article=article, version=seen, **told)


def test_a_machines_draft_goes_with_the_sentences_it_was_made_of_and_a_person_stands_for_it(house):
    article = begun()
    Voice.objects.filter(article=article).update(
        excerpt="A draft.", machine_text="A draft.", machine_help=MachineHelp.RAW, machine_name="A machine"
    )
    assert written(article, excerpt="A draft.", quoted=(0,)).excerpt == ""
    mine = written(article, excerpt="My words.", quoted=(0,))
    assert (mine.excerpt, mine.machine_help) == ("My words.", MachineHelp.NONE)
    assert [one.code for one in lacks(article, now=cast.NOW) if one.check == "voices"].count("machine") == 3
    assert actions.stand_for_drafts(article=article, by=cast.vera(), now=cast.NOW) == 3
    assert "machine" not in {one.code for one in lacks(article, now=cast.NOW)}
