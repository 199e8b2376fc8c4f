"""A site of its own for each test, with its identity in three languages."""

import cast
import pytest

from dateline.lib.home import Home
from dateline.publishing.actions import store


@pytest.fixture
def site(db, settings, tmp_path):
    """Return the store of an empty site in English, French and Persian."""
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_URL = "https://digest.example"
    cast.an_identity()
    return store()


@pytest.fixture
def read(site):
    """Return a reader of baked files by their address."""
    from dateline.publishing.leaf import file_of

    return lambda path: (site.root / file_of(path)).read_text()
