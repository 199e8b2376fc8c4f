"""The configured door reaches the operator's services with their keys, and tells no key to anybody else."""

import json

import pytest
from net_world import Names, page

from dateline.net.configured import ServiceCall, ServiceDoor, get_json, post_json, send
from dateline.net.errors import (
    AddressRefused,
    BadStatus,
    BrokenResponse,
    CannotConnect,
    CannotResolve,
    TooLarge,
    TooSlow,
)

KEY = "sesame-0451"


@pytest.fixture
def door():
    return ServiceDoor(user_agent="Dateline/1", resolver=Names({"machine": [["127.0.0.1"]]}))


def test_a_machine_on_the_inner_network_gets_its_key_and_answers(serve, door):
    machine = serve(page(b'{"text": "Gr\xc3\xbc\xc3\x9fe"}', "Content-Type: application/json"))
    call = ServiceCall(
        f"http://machine:{machine.port}/translate?key={KEY}", headers={"Authorization": f"Bearer {KEY}"}
    )
    assert post_json(call, {"q": "Greetings", "to": "дэ"}, door=door) == {"text": "Grüße"}
    head, _, body = machine.heads[0].partition("\r\n\r\n")
    assert head.startswith(f"POST /translate?key={KEY} HTTP/1.1")
    assert f"Authorization: Bearer {KEY}" in head
    assert "Content-Type: application/json" in head
    assert json.loads(body.encode("latin-1")) == {"q": "Greetings", "to": "дэ"}


def test_any_verb_and_status_comes_back_as_it_is(serve, door):
    store = serve(page(b"gone", status="404 Not Found"))
    answer = send(ServiceCall(store.url + "a", method="DELETE"), door=door)
    assert (answer.status, answer.body, answer.is_success) == (404, b"gone", False)
    assert store.heads[0].startswith("DELETE /a ")


def test_a_redirect_is_not_followed_so_that_the_key_stays_here(serve, door):
    other = serve(page(b"{}"))
    machine = serve(page(b"", f"Location: {other.url}", status="307 Elsewhere"))
    with pytest.raises(BadStatus, match="status 307"):
        get_json(ServiceCall(machine.url, headers={"Authorization": KEY}), door=door)
    assert other.heads == []


def test_an_error_of_the_service_is_told_without_the_key(serve, door):
    machine = serve(page(b"quota\nused up", status="429 Slow Down"))
    with pytest.raises(BadStatus) as told:
        get_json(ServiceCall(f"{machine.url}?key={KEY}", headers={"X-Key": KEY}), door=door)
    assert told.value.status == 429
    assert "quota" in str(told.value)
    assert KEY not in str(told.value) + repr(told.value)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_told(body, serve, door):
    machine = serve(page(body))
    with pytest.raises(BrokenResponse, match="else than JSON"):
        get_json(ServiceCall(machine.url), door=door)


def test_limits_hold_for_services_too(serve, door):
    machine = serve(page(b"x" * 2000))
    with pytest.raises(TooLarge):
        send(ServiceCall(machine.url, limit_bytes=1000), door=door)
    silent = serve(lambda *_: silent.closing.wait(5))
    with pytest.raises(TooSlow):
        send(ServiceCall(f"{silent.url}?key={KEY}", deadline_seconds=0.1), door=door)


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "ftp://machine/", f"http://me:{KEY}@machine/", "machine:80"]
)
def test_only_web_addresses_without_user_names_are_called(url, door):
    with pytest.raises(AddressRefused, match="in the settings") as refused:
        send(ServiceCall(url), door=door)
    assert KEY not in str(refused.value)


def test_an_unknown_name_and_a_deaf_machine_are_told(serve, door):
    with pytest.raises(CannotResolve, match="unknown"):
        send(ServiceCall(f"http://unknown/?key={KEY}"), door=door)
    machine = serve(page(b""))
    machine.close()
    with pytest.raises(CannotConnect) as told:
        send(ServiceCall(f"{machine.url}?key={KEY}"), door=door)
    assert KEY not in str(told.value)


def test_a_call_does_not_show_its_key():
    assert KEY not in repr(ServiceCall("http://machine/", headers={"X-Key": KEY}, body=KEY.encode()))
