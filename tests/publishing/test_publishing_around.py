import cast
import pytest

from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import open_press
from dateline.site.models import Identity


def framed(language="en"):
    return frame(open_press(now=cast.NOW), language)


@pytest.mark.parametrize("bar", ["", "notice", "consent"])
def test_the_bar_is_the_owners_choice_and_there_is_none_by_default(site, bar):
    assert framed().notice == ""
    Identity.objects.update(notice=bar)
    assert framed().notice == bar


def test_every_page_leads_to_search_to_what_is_saved_and_to_the_account(site):
    held = framed("fa")
    assert held.search == "/-/search/"
    assert held.saved.endswith("?in=fa")
    assert held.account.endswith("?in=fa")


def test_the_foot_says_under_which_licence_others_may_take_our_own_pieces(site):
    assert framed().licence is None
    Identity.objects.update(republish_licence="CC-BY-4.0")
    assert (framed("fr").licence.name, framed("fr").licence.href) == ("CC-BY-4.0", "/fr/republish/")
