"""What the desk's tests share: a newsroom with its roles laid, and somebody at the desk."""

import cast
import pytest
from django.test import Client

from dateline.people.apps import lay_groups


@pytest.fixture
def newsroom(db):
    """A site in three languages, with the roles' groups as `migrate` lays them."""
    identity = cast.an_identity()
    lay_groups()
    return identity


@pytest.fixture
def at_desk(newsroom):
    """Return how to sit somebody down at the desk: a client that is logged in."""

    def sit(user=None):
        client = Client()
        client.force_login(user or cast.vera())
        return client

    return sit


@pytest.fixture
def hostile():
    """A headline that wants to run a script, and to turn the line around."""
    return "\u202etxt.exe</a><script>alert(1)</script><img src=x onerror=alert(2)> \u2066“&amp;"
