"""The second factor: its codes, its tries, its door."""

import re
from datetime import timedelta

import cast
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dateline.people.actions import (
    NotTheCode,
    TooManyTries,
    begin_second_factor,
    confirm_second_factor,
    pass_second_factor,
    renew_recovery_codes,
    reset_second_factor,
)
from dateline.people.actions.second_factor import secret_of
from dateline.people.apps import lay_groups
from dateline.people.exempting import _TESTS, sign_in
from dateline.people.models import AuditEntry, SecondFactor
from dateline.people.sealing import SealBroken, seal, unseal
from dateline.people.totp import code_at, key_address, matching_step, spelled, step_of

NOW = cast.NOW
HALF_MINUTE = timedelta(seconds=30)
DOOR = "/desk/second-factor/"


# RFC 6238, appendix B: eight digits, SHA-1.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds, code):
    assert code_at(b"12345678901234567890", step_of(seconds), digits=8) == code


@given(st.binary(min_size=20, max_size=20), st.integers(1000, 10**10), st.integers(-3, 3))
def test_a_code_opens_for_a_minute_and_a_half_and_only_once(secret, seconds, late):
    step = step_of(seconds)
    found = matching_step(secret, code_at(secret, step), seconds=seconds + 30 * late, after=0)
    if abs(late) <= 1:
        assert found is not None
        assert matching_step(secret, code_at(secret, step), seconds=seconds, after=max(found, step)) is None


def test_the_address_for_apps_is_whole_and_quoted():
    address = key_address(b"12345678901234567890", account="vera", issuer="Tide: & Co")
    assert address == (
        "otpauth://totp/Tide%20%20%26%20Co%3Avera?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tide%20%20%26%20Co"
    )
    assert spelled(b"1" * 20).isalnum()


def test_a_sealed_secret_opens_with_its_own_key_alone():
    sealed = seal(b"secret", key="one")
    assert unseal(sealed, key="one") == b"secret"
    with pytest.raises(SealBroken):
        unseal(sealed, key="two")


def code_of(factor, at):
    return code_at(secret_of(factor), step_of(at.timestamp()))


@pytest.fixture
def confirmed(db):
    factor = begin_second_factor(user=cast.vera(), now=NOW)
    codes = confirm_second_factor(factor=factor, code=code_of(factor, NOW), now=NOW)
    return factor, codes


def test_the_secret_does_not_lie_open_in_the_database(confirmed):
    factor, codes = confirmed
    assert spelled(secret_of(factor)) not in factor.secret
    assert codes[0].replace("-", "") not in factor.recovery_codes.values_list("digest", flat=True)
    assert begin_second_factor(user=cast.vera(), now=NOW).secret == factor.secret


def test_no_code_opens_twice(confirmed):
    factor, _codes = confirmed
    with pytest.raises(NotTheCode):
        pass_second_factor(factor=factor, code=code_of(factor, NOW), now=NOW)
    later = NOW + 2 * HALF_MINUTE
    pass_second_factor(factor=factor, code=code_of(factor, later), now=later)
    with pytest.raises(NotTheCode):
        pass_second_factor(factor=factor, code=code_of(factor, later), now=later)


def test_a_recovery_code_opens_once_and_is_in_the_audit(confirmed):
    factor, codes = confirmed
    pass_second_factor(factor=factor, code=codes[3].lower(), now=NOW)
    assert AuditEntry.objects.get(verb="use-recovery-code").after == {"left": 9}
    with pytest.raises(NotTheCode):
        pass_second_factor(factor=factor, code=codes[3], now=NOW)
    fresh = renew_recovery_codes(factor=factor, now=NOW)
    with pytest.raises(NotTheCode):
        pass_second_factor(factor=factor, code=codes[4], now=NOW)
    pass_second_factor(factor=factor, code=fresh[0], now=NOW)


def test_wrong_codes_close_the_door_longer_each_time(confirmed):
    factor, codes = confirmed
    for _one in range(5):
        with pytest.raises(NotTheCode):
            pass_second_factor(factor=factor, code="ünsinn", now=NOW)
    with pytest.raises(TooManyTries):
        pass_second_factor(factor=factor, code=codes[0], now=NOW + timedelta(seconds=29))
    with pytest.raises(NotTheCode):
        pass_second_factor(factor=factor, code="000", now=NOW + timedelta(seconds=31))
    with pytest.raises(TooManyTries):
        pass_second_factor(factor=factor, code=codes[0], now=NOW + timedelta(seconds=80))
    pass_second_factor(factor=factor, code=codes[0], now=NOW + timedelta(seconds=100))
    factor.refresh_from_db()
    assert (factor.failures, factor.closed_until) == (0, None)
    assert AuditEntry.objects.filter(verb="close-second-factor").count() == 2


# The door.


@pytest.fixture
def newsroom(db, settings):
    settings.DATELINE_SECOND_FACTOR = True
    cast.an_identity()
    lay_groups()


def logged_in(user):
    client = Client()
    client.post(reverse("wagtailadmin_login"), {"username": user.username, "password": "a long pass phrase"})
    return client


def test_an_editor_sets_up_an_app_at_the_next_login_and_shows_a_code_at_each_after(newsroom):
    vera = cast.vera()
    client = logged_in(vera)
    answer = client.get("/desk/outlets/?q=x")
    assert answer["Location"] == f"{DOOR}?next=%2Fdesk%2Foutlets%2F%3Fq%3Dx"
    page = client.get(answer["Location"]).content.decode()
    assert re.findall(r'<img[^>]* src="([^"]{20})', page) == ["data:image/svg+xml;c"]
    assert client.post(DOOR, {"code": "000"}).status_code == 422
    factor = SecondFactor.objects.get()
    answer = client.post(DOOR, {"code": code_of(factor, timezone.now()), "next": "/desk/outlets/"})
    listed = re.findall(r"<li>([A-Z2-7-]{19})</li>", answer.content.decode())
    assert len(listed) == 10
    assert client.get("/desk/outlets/").status_code == 200

    again = logged_in(vera)
    assert again.get("/desk/outlets/")["Location"].startswith(DOOR)
    assert again.post("/desk/beat/try/")["Location"] == f"{DOOR}?next=%2Fdesk%2F"
    assert listed[0] not in again.get(DOOR).content.decode()
    answer = again.post(DOOR, {"code": listed[0], "next": "/desk/outlets/"})
    assert answer["Location"] == "/desk/outlets/"
    assert again.get("/desk/outlets/").status_code == 200


def test_the_way_on_never_leads_to_another_server(newsroom, confirmed):
    client = logged_in(cast.vera())
    answer = client.post(f"{DOOR}?next=https://evil.example/", {"code": confirmed[1][0]})
    assert answer["Location"] == "/desk/"


def test_a_reset_closes_every_session_that_had_passed(newsroom, confirmed):
    client = logged_in(cast.vera())
    client.post(DOOR, {"code": confirmed[1][0]})
    assert client.get("/desk/outlets/").status_code == 200
    assert reset_second_factor(user=cast.vera(), by=None, now=NOW)
    assert client.get("/desk/outlets/")["Location"].startswith(DOOR)
    assert not reset_second_factor(user=cast.vera(), by=None, now=NOW)


def test_who_may_not_publish_is_asked_for_nothing(newsroom):
    assert logged_in(cast.tomas()).get("/desk/").status_code == 200


def test_whoever_set_an_app_up_is_asked_though_they_may_not_publish(newsroom):
    factor = begin_second_factor(user=cast.tomas(), now=NOW)
    confirm_second_factor(factor=factor, code=code_of(factor, NOW), now=NOW)
    assert logged_in(cast.tomas()).get("/desk/")["Location"].startswith(DOOR)


def test_the_sample_newsroom_asks_nobody_and_says_so_on_each_page(newsroom, monkeypatch):
    monkeypatch.setitem(_TESTS, "x", None)
    sign_in("x", holds=lambda: True, words="This is a rehearsal.")
    client = logged_in(cast.vera())
    for address in ("/desk/", "/desk/outlets/", "/desk/board/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "This is a rehearsal." in answer.content.decode()


def test_one_can_leave_from_the_door(newsroom):
    client = logged_in(cast.vera())
    client.post(reverse("wagtailadmin_logout"))
    assert client.get("/desk/")["Location"].startswith("/desk/login/")


def test_the_door_itself_has_its_icons(newsroom):
    client = logged_in(cast.vera())
    assert client.get("/desk/outlets/").status_code == 302
    assert client.get(reverse("wagtailadmin_sprite")).status_code == 200
