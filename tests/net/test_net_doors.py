"""The settings make the doors, and nothing but the exact pairs loosens the guard."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation
from net_world import NOW, page

from dateline.net import verdicts
from dateline.net.addresses import BadAllowEntry
from dateline.net.doors import check_allowed_pairs, explain, guarded_door, service_door
from dateline.net.errors import AddressRefused, TooSlow
from dateline.net.guarded import fetch
from dateline.net.letters import Request

PROJECT = Path(__file__).resolve().parent.parent.parent


def test_the_door_says_the_sites_address(settings):
    settings.DATELINE_URL = "https://digest.example"
    assert guarded_door().user_agent.startswith("Dateline/")
    assert guarded_door().user_agent.endswith("(+https://digest.example)")
    assert service_door().user_agent == guarded_door().user_agent


@pytest.mark.django_db  # the installation's door takes turns, and those are rows
def test_a_pair_in_the_settings_opens_exactly_itself(settings, serve):
    outlet, neighbour = serve(page(b"news")), serve(page(b"secret"))
    settings.DATELINE_NET_ALLOW = f"127.0.0.1:{outlet.port}"
    assert fetch(Request(outlet.url), door=guarded_door(), now=NOW).body == b"news"
    with pytest.raises(AddressRefused):
        fetch(Request(neighbour.url), door=guarded_door(), now=NOW)
    assert neighbour.heads == []


@pytest.mark.django_db  # the installation's door takes turns, and those are rows
def test_debug_does_not_loosen_the_guard(settings, serve, dialled):
    inside = serve(page(b"secret"))
    settings.DEBUG = True
    settings.DATELINE_NET_ALLOW = ""
    settings.ALLOWED_HOSTS = ["*"]
    settings.INTERNAL_IPS = ["127.0.0.1"]
    for url in (inside.url, "http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/"):
        with pytest.raises(AddressRefused):
            fetch(Request(url), door=guarded_door(), now=NOW)
    assert dialled == []


def test_a_wrong_pair_is_told_at_start_and_opens_nothing(settings):
    settings.DATELINE_NET_ALLOW = "*:80"
    assert [error.id for error in check_allowed_pairs()] == ["net.E001"]
    with pytest.raises(BadAllowEntry):
        guarded_door()
    settings.DATELINE_NET_ALLOW = "127.0.0.1:8001"
    assert check_allowed_pairs() == []


def test_an_error_explains_itself_in_the_editors_language():
    error = TooSlow("https://paper.example/100%/", seconds=30)
    error.asked = "https://paper.example/"
    with translation.override("en"):
        assert explain(error) == str(error)
        assert "100%" in explain(error)


def test_each_sentence_of_the_guard_has_its_own_words_for_the_catalogues():
    refused = AddressRefused(
        "http://10.0.0.1/", verdicts.NOT_PUBLIC, address="10.0.0.1", kind="a private network"
    )
    assert refused.sentences()[0].template == verdicts.NOT_PUBLIC
    with translation.override("en"):
        assert "a private network" in explain(refused)


def test_the_doors_open_without_django():
    words = "import sys, dateline.net.guarded, dateline.net.configured, dateline.net.verdicts; print('django' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", words], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert told.stdout == "False\n"


def test_the_verdict_is_given_without_any_client():
    words = "import sys, dateline.net.verdicts; print({'aiohttp', 'socket', 'asyncio'} & set(sys.modules))"
    told = subprocess.run(
        [sys.executable, "-c", words], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert told.stdout == "set()\n"
