"""What a reader with an account keeps: by script, by plain form, merged at sign-in, gone when it is withdrawn."""

import json

import cast
import pytest
from django.test import Client

from dateline.articles.actions import unpublish
from dateline.people.models import User
from dateline.publishing.models import Clearance
from dateline.reader.actions import keeping
from dateline.reader.queries import kept
from dateline.site.models import Identity

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def reader(db, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    cast.an_identity()
    Identity.objects.update(accounts=True)
    return User.objects.create(username="reader-1", kind="reader")


def signed_in(reader):
    client = Client()
    client.force_login(reader, backend="dateline.reader.views.door.ReaderBackend")
    client.cookies["reader"] = client.cookies["sessionid"].value
    return client


def a_piece(headline="The ferry comes back"):
    piece = cast.published(cast.an_exclusive(headline=headline))
    Clearance.objects.update_or_create(piece=piece.uid, defaults={"cleared_at": cast.NOW})
    return piece


def form(client, do, shelf, href):
    return client.post("/-/saved/", {"do": do, "shelf": shelf, "href": href}, headers=OURS)


def test_a_piece_is_saved_and_removed_by_plain_forms(reader):
    piece, client = a_piece(), signed_in(reader)
    place = piece.get_absolute_url()
    assert form(client, "keep", "saved", place).status_code == 303
    page = client.get("/-/saved/").content.decode()
    assert "The ferry comes back" in page
    assert "Kept with your account" in page
    form(client, "let-go", "saved", place)
    assert "The ferry comes back" not in client.get("/-/saved/").content.decode()


def test_a_topic_and_an_outlet_are_followed(reader):
    topic, outlet, client = cast.a_topic(), cast.an_outlet(), signed_in(reader)
    form(client, "keep", "followed", f"/en/topic/{topic.slug}/")
    form(client, "keep", "followed", f"/fr/outlet/{outlet.slug}/")
    told = client.get("/-/me/").json()["followed"]
    assert [(row["href"], row["lang"]) for row in told] == [
        (f"/fr/outlet/{outlet.slug}/", "fr"),
        (f"/en/topic/{topic.slug}/", "en"),
    ]


def test_what_a_device_kept_is_brought_in_and_nothing_is_lost_or_twice(reader):
    first, second, client = a_piece("First"), a_piece("Second"), signed_in(reader)
    keeping.keep(reader=reader, shelf="saved", path=first.get_absolute_url(), now=cast.NOW)
    brought = {
        "saved": [second.get_absolute_url(), first.get_absolute_url(), "/en/2020/01/01/gone/", 7],
        "followed": "no list",
    }
    answer = client.post("/-/me/", json.dumps(brought), content_type="application/json", headers=OURS)
    assert [row["name"] for row in answer.json()["saved"]] == ["Second", "First"]
    assert [row["name"] for row in kept.saved(reader)] == ["Second", "First"]


def test_what_is_taken_down_is_on_nobodys_list(reader):
    piece = a_piece()
    keeping.keep(reader=reader, shelf="saved", path=piece.get_absolute_url(), now=cast.NOW)
    unpublish(article=piece, by=None, now=cast.NOW)
    assert kept.saved(reader) == []
    assert "The ferry" not in signed_in(reader).get("/-/me/").content.decode()


def test_another_sites_page_keeps_nothing_in_a_readers_name(reader):
    piece, client = a_piece(), signed_in(reader)
    given = {"do": "keep", "shelf": "saved", "href": piece.get_absolute_url()}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://else.example"}, {}):
        assert client.post("/-/saved/", given, headers=headers).status_code == 403
        told = client.post("/-/me/", "{}", content_type="text/plain", headers=headers)
        assert told.status_code == 403
    assert not reader.saved.exists()


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '"saved"'])
def test_what_is_no_list_is_refused(reader, body):
    answer = signed_in(reader).post("/-/me/", body, content_type="application/json", headers=OURS)
    assert answer.status_code == 422


def test_nobody_is_told_of_others_and_who_is_not_in_is_asked_to_sign_in(reader):
    piece = a_piece()
    keeping.keep(reader=reader, shelf="saved", path=piece.get_absolute_url(), now=cast.NOW)
    assert Client().get("/-/me/").status_code == 401
    answer = form(Client(), "keep", "saved", piece.get_absolute_url())
    assert "told=sign-in" in answer["Location"]
    other = User.objects.create(username="reader-2", kind="reader")
    assert signed_in(other).get("/-/me/").json() == {"saved": [], "followed": []}


def test_a_list_has_an_end_and_says_so(reader, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    client = signed_in(reader)
    form(client, "keep", "saved", a_piece("First").get_absolute_url())
    assert "told=full" in form(client, "keep", "saved", a_piece("Second").get_absolute_url())["Location"]
    assert "told=nothing" in form(client, "keep", "saved", "/en/2020/01/01/gone/")["Location"]


def test_only_those_who_are_signed_in_carry_a_sign_of_it_and_it_names_nobody(reader):
    assert "here" not in Client().get("/-/saved/").cookies
    client = signed_in(reader)
    hint = client.get("/-/saved/").cookies["here"]
    assert len(hint.value) == 8
    assert not hint["httponly"]
    client.cookies["here"] = hint.value
    del client.cookies["reader"], client.cookies["sessionid"]
    assert client.get("/-/me/").cookies["here"]["max-age"] == 0
