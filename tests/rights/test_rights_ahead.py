"""The desk is warned ahead, and can act on each warning."""

from datetime import UTC, date, datetime, timedelta

import cast
import pytest
from django.urls import reverse

from dateline.articles import actions as articles
from dateline.articles.models import Article
from dateline.desk.queries import ahead
from dateline.rights import actions
from dateline.rights.models import Ending, Hold
from dateline.translation.actions import purge_memory
from dateline.translation.models import MemoryUnit
from dateline.work.testing import run_all_jobs


@pytest.fixture
def desk(site, client):
    """Return a browser in which the owner is at the desk."""
    owner = cast.somebody("olga", role="owner", is_superuser=True)
    client.force_login(owner)
    return client


def a_live_translation(clock, **agreement):
    outlet = cast.an_outlet()
    cast.an_agreement(outlet, **agreement)
    return cast.published(cast.a_translation(cast.an_original(outlet)), now=clock())


def a_unit(original):
    return MemoryUnit.objects.create(
        source_language="fr",
        language="en",
        source="Le bac",
        text="The ferry",
        original=original,
        approved_at=cast.NOW,
    )


def test_the_desk_warns_thirty_seven_and_one_day_ahead(site, clock):
    a_live_translation(clock, ends_on=date(2027, 3, 1))
    piece = a_live_translation(clock, ends_on=date(2026, 11, 28))
    assert [(one.article, one.days) for one in ahead.endings_ahead(now=clock())] == [(piece, 26)]
    assert ahead.most_pressing(now=clock()) == (1, 30)
    clock.go(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    assert ahead.most_pressing(now=clock()) == (1, 7)
    clock.go(datetime(2026, 11, 28, 9, 0, tzinfo=UTC))
    assert ahead.endings_ahead(now=clock())[0].days == 0
    assert ahead.most_pressing(now=clock()) == (1, 1)


def test_the_days_are_a_setting(site, clock, settings):
    a_live_translation(clock, ends_on=date(2026, 11, 28))
    settings.DATELINE_RIGHTS_WARN_DAYS = (14, 2)
    assert ahead.most_pressing(now=clock()) == (0, 0)


def test_the_page_says_what_ends_when_and_what_to_do(site, clock, desk):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 10))
    page = desk.get(reverse("newsroom:rights-ahead")).content.decode()
    assert piece.headline in page
    assert "10 Nov 2026" in page or "11 Nov 2026" in page
    assert "Renew the agreement" in page


def test_a_takedown_is_called_off_on_the_desk(site, clock, desk):
    piece = a_live_translation(clock)
    at = clock() + timedelta(hours=5)
    articles.withdraw_at(article=piece, at=at, reason="Order 3", by=None, now=clock())
    desk.post(reverse("newsroom:call-off-takedown", args=[piece.pk]))
    assert not Ending.objects.filter(piece=piece.uid, kind="takedown").exists()


def test_a_piece_comes_back_from_the_desk_when_its_rights_are_renewed(site, clock, desk):
    piece = a_live_translation(clock, ends_on=date(2026, 11, 2))
    clock.go(datetime(2026, 11, 3, 0, 0, tzinfo=UTC))
    run_all_jobs()
    answer = desk.post(reverse("newsroom:bring-back", args=[piece.pk]), follow=True)
    assert "permission ended" in answer.content.decode()
    agreement = piece.permission.agreement
    agreement.ends_on = None
    agreement.save()
    desk.post(reverse("newsroom:bring-back", args=[piece.pk]))
    assert Article.objects.get(pk=piece.pk).live


def test_a_hold_is_set_and_lifted_with_its_reason_on_the_desk(site, clock, desk):
    piece = a_live_translation(clock)
    set_it = reverse("newsroom:legal-hold", args=[piece.pk])
    assert desk.post(set_it, {"reason": " "}).status_code == 422
    desk.post(set_it, {"reason": "Court of Ansel"})
    hold = Hold.objects.standing().get()
    assert "Court of Ansel" in desk.get(reverse("newsroom:rights-ahead")).content.decode()
    desk.post(reverse("newsroom:lift-hold", args=[hold.pk]), {"reason": "Closed"})
    assert not Hold.objects.standing().exists()


def test_the_memory_of_a_withdrawn_source_is_purged_unless_it_is_held(site, clock, desk):
    piece = a_live_translation(clock)
    a_unit(piece.original)
    hold = actions.hold(piece=piece.uid, reason="Case 4", by=None, now=clock())
    with pytest.raises(actions.Held):
        purge_memory(original=piece.original, reason="Asked to", by=None, now=clock())
    address = reverse("newsroom:purge-memory", args=[piece.pk])
    assert "legal hold" in desk.post(address, {"reason": "Asked to"}, follow=True).content.decode()
    actions.lift_hold(hold=hold, reason="Closed", by=None, now=clock())
    desk.post(address, {"reason": "Asked to"})
    assert not MemoryUnit.objects.exists()


@pytest.mark.parametrize("name", ["call-off-takedown", "bring-back", "purge-memory", "legal-hold"])
def test_a_translator_may_do_none_of_it(site, clock, client, name):
    piece = a_live_translation(clock)
    client.force_login(cast.tomas())
    answer = client.post(reverse(f"newsroom:{name}", args=[piece.pk]), {"reason": "Because"})
    assert answer.status_code in (302, 403)
    assert not Hold.objects.exists()


def test_a_takedown_is_planned_on_the_desk_to_the_second_on_the_sites_clocks(site, clock, desk):
    piece = a_live_translation(clock)
    form = {"ground": "legal", "reason": "Order 3", "at": "2026-11-05T06:30:15"}
    address = reverse("newsroom:withdraw", args=[piece.pk])
    page = desk.post(address, form).content.decode()
    assert "5 Nov 2026, 06:30:15" in page
    assert 'value="2026-11-05T06:30:15"' in page
    desk.post(address, form | {"confirmed": "yes"})
    ending = Ending.objects.get(piece=piece.uid, kind="takedown")
    assert (ending.at, ending.ground) == (datetime(2026, 11, 5, 6, 30, 15, tzinfo=UTC), "legal")


def test_the_newslist_has_a_line_for_what_ends_soon(site, clock, desk):
    a_live_translation(clock, ends_on=date(2026, 11, 10))
    assert "1 right ends within 30 days" in desk.get(reverse("wagtailadmin_home")).content.decode()
