"""Writing down an outlet that has no feed yet: whoever brings its pieces otherwise says what it is called."""

from datetime import datetime

from dateline.lib.urls import read
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.sources.models import Outlet
from dateline.sources.naming import name_for, slug_for


def add_outlet_by_hand(*, name: str, home_url: str, by: User | None, now: datetime) -> Outlet:
    """Return a new outlet; where no name is given its host is its name. Raises NotAWebAddress, ValidationError.

    To be called in a transaction.
    """
    home = read(home_url)
    called = name_for(given=name, title="", host=home.host)
    outlet = Outlet(
        name=called,
        slug=slug_for(
            name=called, host=home.host, is_taken=lambda slug: Outlet.objects.filter(slug=slug).exists()
        ),
        home_url=f"{home.scheme}://{home.authority}/",
    )
    outlet.full_clean(exclude=["home_url"])  # read by our own reader, which takes more hosts than Django's
    outlet.save()
    write_down(verb="add-outlet", subject=outlet, by=by, now=now, summary=outlet.home_url)
    return outlet
