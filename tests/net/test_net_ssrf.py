"""No address of the attack corpus makes a socket leave for a network that is not public."""

import json

import pytest
from net_world import HOUSE, PUBLIC, get, page

from dateline.net.addresses import is_public
from dateline.net.errors import AddressRefused, CannotConnect, CannotResolve, FetchError, TooSlow
from dateline.net.verdicts import judge

pytestmark = pytest.mark.corpus

PRIVATE_NAMES = {
    "localhost": [["127.0.0.1", "::1"]],
    "localhost.localdomain": [["127.0.0.1"]],
    "ip6-localhost": [["::1"]],
    "kubernetes.default.svc": [["10.96.0.1"]],
    "host.docker.internal": [["192.168.65.2"]],
}
PUBLIC_NAMES = {name: [[PUBLIC]] for name in ("good.example", "example.com", "www.voxeurop.eu")}
DNS_PLAYS = {
    "dns:ttl0-public-then-loopback": [[PUBLIC], ["127.0.0.1"]],
    "dns:multi-A-public+loopback": [[PUBLIC, "127.0.0.1"]],
    "dns:cname-to-localhost": [["127.0.0.1", "::1"]],
    "dns:public-then-metadata": [[PUBLIC], ["169.254.169.254"]],
}


@pytest.fixture(scope="session")
def attacks(corpus):
    lines = (corpus / "security" / "ssrf.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def of_kind(attacks, *kinds, other=()):
    chosen = [row for row in attacks if (row["cls"] in kinds if kinds else row["cls"] not in other)]
    assert chosen, "the corpus has none of these any more"
    return chosen


def test_every_written_attack_is_refused_before_any_socket(attacks, dialled):
    rows = of_kind(attacks, other=("allow", "redirect", "second-order", "dns"))
    assert len(rows) > 200
    let_through = []
    for row in rows:
        try:
            get(row["url"], names=PRIVATE_NAMES | PUBLIC_NAMES)
        except (AddressRefused, CannotResolve):
            continue
        except FetchError as other:
            let_through.append((row["url"], other))
    assert let_through == []
    assert dialled == []


def test_what_a_second_look_finds_is_refused_like_a_first(attacks, dialled):
    for row in of_kind(attacks, "second-order"):
        url = "http://" + row["url"].rpartition("http://")[2].replace("PORT", "8000")
        with pytest.raises(AddressRefused):
            get(url)
    assert dialled == []


def test_every_redirect_inwards_ends_at_the_guard(attacks, dialled, serve):
    for row in of_kind(attacks, "redirect"):
        _, status, location = row["url"].split(":", 2)
        outlet = serve(page(b"", f"Location: {location}", status=f"{status} Elsewhere"))
        names = PUBLIC_NAMES | {"rebind.test": [["127.0.0.1"]]}
        if status in {"300", "305"}:
            response = get(outlet.url, allowed=[outlet.pair], names=names)
            assert (response.status, response.hops) == (int(status), ())
        else:
            with pytest.raises(AddressRefused) as refused:
                get(outlet.url, allowed=[outlet.pair], names=names)
            assert refused.value.asked == outlet.url
            assert outlet.url in str(refused.value)
        assert len(outlet.heads) == 1
    assert len(dialled) == len(of_kind(attacks, "redirect"))


@pytest.mark.parametrize("play", DNS_PLAYS)
def test_no_play_of_names_reaches_a_private_address(play, attacks, dialled):
    assert play in {row["url"] for row in of_kind(attacks, "dns")}
    for _ in range(3):
        with pytest.raises((AddressRefused, CannotConnect)):
            get("http://play.test/", names={"play.test": DNS_PLAYS[play]})
    assert all(is_public(address) for address in dialled)


def test_a_name_is_asked_once_so_that_a_second_answer_changes_nothing(dialled):
    with pytest.raises(CannotConnect):
        get("http://rebind.test/", names={"rebind.test": [[PUBLIC], ["127.0.0.1"]]})
    assert dialled == [PUBLIC]


def test_a_resolver_that_never_answers_is_cut_by_the_deadline(dialled):
    with pytest.raises(TooSlow):
        get("http://play.test/", silent=["play.test"], deadline_seconds=0.1)
    assert dialled == []


def test_what_must_be_let_through_is_dialled_at_its_own_address(attacks, dialled):
    for row in of_kind(attacks, "allow"):
        dialled.clear()
        with pytest.raises(CannotConnect):
            get(row["url"], names=PUBLIC_NAMES)
        assert dialled in ([PUBLIC], ["2606:4700:4700::1111"])


def test_the_verdict_says_the_same_without_any_network(attacks):
    for row in attacks:
        if row["cls"] in {"redirect", "second-order", "dns"}:
            continue
        verdict = judge(row["url"], addresses=[PUBLIC] if row["cls"] == "allow" else [])
        assert verdict.verdict == ("refuse" if row["must_block"] else "allow"), row["url"]
        assert bool(verdict.reason) == row["must_block"]


def test_one_private_answer_among_public_ones_refuses_the_name(dialled):
    verdict = judge("https://mixed.test/", addresses=[PUBLIC, HOUSE, "2606:4700::1"])
    assert verdict.verdict == "refuse"
    assert HOUSE in verdict.reason
    assert dialled == []
