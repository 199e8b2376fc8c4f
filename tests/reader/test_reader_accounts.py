"""Readers' accounts: opened, confirmed, used, told, deleted; and apart from the desk by two doors."""

import json
import re

import cast
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from dateline.people.models import User
from dateline.people.views.doors import DeskBackend
from dateline.reader.actions import leaving
from dateline.reader.views.door import ReaderBackend
from dateline.site.models import Identity
from dateline.work.testing import run_all_jobs

PASSWORD = "a lamp, a boat, a bridge"
ADDRESS = "lena@reader.example"


@pytest.fixture
def site(db, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    cast.an_identity()
    Identity.objects.update(accounts=True)
    cache.clear()


def page_of(answer):
    return answer.content.decode()


def post(client, path, *, follow=True, **fields):
    return client.post(path, fields, follow=follow, headers={"Sec-Fetch-Site": "same-origin"})


def link_in(letter):
    found = re.search(r"(https?://\S+)", letter.body)
    return re.sub(r"https?://[^/]+", "", found[1])


def a_reader(address=ADDRESS):
    """Return a reader whose address is confirmed, as registering leaves one behind."""
    reader = User(username=f"reader-{address}", kind=User.Kind.READER)
    reader.set_password(PASSWORD)
    reader.save()
    EmailAddress.objects.create(user=reader, email=address, verified=True, primary=True)
    return reader


def signed_in(address=ADDRESS, password=PASSWORD):
    client = Client()
    post(client, "/-/account/login/", follow=False, login=address, password=password)
    return client


def surely(client):
    """Return the client of a reader who has shown once more who they are."""
    post(client, "/-/account/reauthenticate/", follow=False, password=PASSWORD)
    return client


def test_an_account_is_opened_confirmed_by_mail_and_used(site):
    client = Client()
    answer = post(client, "/-/account/signup/?in=en", email=ADDRESS, password1=PASSWORD)
    assert "We have sent you a mail" in page_of(answer)
    run_all_jobs()
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    assert not EmailAddress.objects.get().verified
    assert "Is this your address?" in page_of(client.get(link_in(mail.outbox[0])))
    assert not EmailAddress.objects.get().verified  # a program that looks at links confirms nothing
    post(client, link_in(mail.outbox[0]))
    assert EmailAddress.objects.get().verified
    reader = User.objects.get()
    assert (reader.kind, reader.email, reader.is_staff) == ("reader", "", False)
    assert ADDRESS in page_of(signed_in().get("/-/account/"))


def test_without_a_confirmed_address_nobody_is_in(site):
    post(Client(), "/-/account/signup/", email=ADDRESS, password1=PASSWORD)
    answer = post(Client(), "/-/account/login/", login=ADDRESS, password=PASSWORD)
    assert "We have sent you a mail" in page_of(answer)


def test_the_pages_are_the_sites_own_in_its_languages_and_strict(site):
    answer = Client().get("/-/account/?in=fa")
    page = page_of(answer)
    assert '<html lang="fa" dir="rtl"' in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "same-origin")
    assert "no-store" in answer["Cache-Control"]
    assert "<script>" not in page.partition("<main")[2]
    assert " style=" not in page.partition("<main")[2]


def test_registering_in_persian_is_asked_for_in_persian_with_its_digits(site):
    form = page_of(Client().get("/-/account/signup/?in=fa")).partition("<main")[2].partition("</main>")[0]
    assert "نشانی ایمیل" in form
    assert "۱۰" in form
    assert "E-mail" not in form


def test_the_language_stays_from_page_to_page(site):
    client = Client()
    client.get("/-/account/?in=fa")
    assert '<html lang="fa"' in page_of(client.get("/-/account/signup/"))


@pytest.mark.parametrize("path", ["/-/account/", "/-/account/login/", "/-/account/signup/", "/-/me/"])
def test_an_owner_without_accounts_has_no_such_pages(site, path):
    Identity.objects.update(accounts=False)
    assert Client().get(path, follow=True).status_code == 404


def hashings(monkeypatch):
    """Count how often a password is turned into a digest: it is what takes the time."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    counted = []
    plain = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: counted.append(1) or plain(self, *given)
    )
    return counted


def test_a_lost_password_tells_nobody_who_has_an_account(site, monkeypatch, django_assert_num_queries):
    a_reader()
    mail.outbox.clear()
    counted, told = hashings(monkeypatch), []
    for address in (ADDRESS, "nobody@reader.example"):
        client = Client()
        client.get("/-/account/password/reset/")
        with django_assert_num_queries(_QUERIES_OF_A_RESET):
            answer = post(client, "/-/account/password/reset/", follow=False, email=address)
        told.append((answer.status_code, answer["Location"], len(counted)))
    assert told[0] == told[1] == (302, "/-/account/password/reset/asked/", 0)
    run_all_jobs()
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


_QUERIES_OF_A_RESET = 4


def test_registering_tells_nobody_who_has_an_account(site, monkeypatch):
    a_reader()
    mail.outbox.clear()
    counted, told = hashings(monkeypatch), []
    for address in (ADDRESS, "new@reader.example"):
        counted.clear()
        answer = post(Client(), "/-/account/signup/", follow=False, email=address, password1=PASSWORD)
        told.append((answer.status_code, answer["Location"], len(counted)))
    assert told[0] == told[1]
    run_all_jobs()
    assert sorted(letter.to[0] for letter in mail.outbox) == [ADDRESS, "new@reader.example"]
    assert "already" in next(letter.subject for letter in mail.outbox if letter.to == [ADDRESS])


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(site, monkeypatch):
    a_reader()
    counted, told = hashings(monkeypatch), []
    for address in (ADDRESS, "nobody@reader.example"):
        counted.clear()
        answer = post(Client(), "/-/account/login/", login=address, password="not it")
        told.append((answer.status_code, "do not fit" in page_of(answer), len(counted)))
    assert told[0] == told[1] == (422, True, 1)


def test_another_password_is_set_by_the_link_of_the_mail_and_once(site):
    a_reader()
    mail.outbox.clear()
    client = Client()
    post(client, "/-/account/password/reset/", follow=False, email=ADDRESS)
    run_all_jobs()
    place = link_in(mail.outbox[0])
    form = client.get(place, follow=True)
    assert "Set another password" in page_of(form)
    another = "another lamp, another boat"
    done = post(client, form.redirect_chain[-1][0], password1=another, password2=another)
    assert "the new password holds" in page_of(done)
    assert "Your account" in page_of(signed_in(password=another).get("/-/account/"))
    assert "too old" in page_of(Client().get(place, follow=True))


def test_too_many_wrong_passwords_close_the_door_for_a_while(site):
    a_reader()
    for _try in range(6):
        answer = post(Client(), "/-/account/login/", login=ADDRESS, password="not it")
    assert "too often" in page_of(answer)


# Two doors


def test_a_reader_never_opens_the_desk(site):
    reader = a_reader()
    client = signed_in()
    assert client.get("/desk/").status_code == 302
    client.cookies["sessionid"] = client.cookies["reader"].value
    answer = client.get("/desk/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/desk/login/")
    reader.groups.add(Group.objects.get(name="editor"))
    assert not User.objects.get(pk=reader.pk).has_perm("wagtailadmin.access_admin")
    by_the_desks_door = Client()
    by_the_desks_door.post("/desk/login/", {"username": ADDRESS, "password": PASSWORD})
    by_the_desks_door.post("/desk/login/", {"username": reader.username, "password": PASSWORD})
    assert by_the_desks_door.get("/desk/").status_code == 302


def test_whoever_works_at_the_desk_is_nobody_at_the_readers_door(site):
    vera = cast.vera()
    vera.email = "vera@paper.example"
    vera.set_password(PASSWORD)
    vera.save()
    for name in (vera.email, vera.username):
        client = Client()
        post(client, "/-/account/login/", follow=False, login=name, password=PASSWORD)
        assert client.get("/-/me/").status_code == 401
    post(Client(), "/-/account/password/reset/", follow=False, email=vera.email)
    run_all_jobs()
    assert not mail.outbox
    desk = Client()
    desk.force_login(vera)
    assert desk.get("/-/me/").status_code == 401
    desk.cookies["reader"] = desk.cookies["sessionid"].value
    assert desk.get("/-/me/").status_code == 401


def test_a_session_of_one_door_is_nobody_at_the_other(site):
    reader, vera = a_reader(), cast.vera()
    assert ReaderBackend().get_user(vera.pk) is None
    assert DeskBackend().get_user(reader.pk) is None
    assert ReaderBackend().get_user(reader.pk) == reader
    assert DeskBackend().get_user(vera.pk) == vera


def test_the_database_lets_no_reader_be_staff(site):
    reader = a_reader()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=reader.pk).update(is_superuser=True)


def test_readers_are_on_no_list_of_the_desk(site):
    reader = a_reader()
    owner = cast.somebody("olga", role="owner", is_superuser=True)
    desk = Client()
    desk.force_login(owner)
    page = page_of(desk.get("/desk/users/"))
    assert owner.username in page
    assert reader.username not in page
    assert desk.get(f"/desk/users/edit/{reader.pk}/").status_code == 404
    assert desk.get(f"/desk/users/delete/{reader.pk}/").status_code == 404


# Second factor


def test_codes_of_an_app_are_asked_for_once_they_are_set_up(site, monkeypatch):
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    a_reader()
    client = surely(signed_in())
    page = page_of(client.get("/-/account/app/"))
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)[1]
    assert client.get("/-/account/app/code.svg")["Content-Type"] == "image/svg+xml"

    def code():
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    done = post(client, "/-/account/app/", code=code())
    assert "Recovery codes" in page_of(done)
    held = Authenticator.objects.get(type="totp")
    assert secret not in json.dumps(held.data)
    recovery = re.findall(r"<li><code>([^<]+)</code>", page_of(done))
    again = Client()
    asked = post(again, "/-/account/login/", login=ADDRESS, password=PASSWORD)
    assert "Your code, please" in page_of(asked)
    assert again.get("/-/me/").status_code == 401
    assert "not the code" in page_of(post(again, "/-/account/second/", code="000000"))
    post(again, "/-/account/second/", code=recovery[0])
    assert again.get("/-/me/").status_code == 200


def test_a_passkey_is_made_for_this_site_and_for_its_owner(site, settings):
    settings.DATELINE_URL = "https://paper.example"
    a_reader()
    page = page_of(surely(signed_in()).get("/-/account/passkeys/new/"))
    told = json.loads(re.search(r'data-options="([^"]+)"', page)[1].replace("&quot;", '"'))["publicKey"]
    assert (told["rp"]["id"], told["user"]["name"]) == ("paper.example", ADDRESS)
    assert told["challenge"]


# One's own data


def test_everything_that_is_kept_is_handed_out_and_nothing_that_opens_the_account(site):
    reader = a_reader()
    answer = surely(signed_in()).get("/-/account/data/")
    told = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert told["account"]["addresses"] == [{"address": ADDRESS, "confirmed": True}]
    assert set(told) == {"account", "keys", "saved", "followed", "letters", "post"}
    assert User.objects.get(pk=reader.pk).password not in page_of(answer)


def test_what_is_kept_about_the_same_address_elsewhere_goes_with_it(site):
    from dateline.audience.models import ReaderLetter
    from dateline.editions.models import Letter, Subscription
    from dateline.editions.queries.readers import mark_of_text

    letter = Letter.objects.create(kind="daily", language="en")
    ReaderLetter.objects.create(kind="error", language="en", email=ADDRESS, text="A slip.", at=cast.NOW)
    Subscription.objects.create(
        letter=letter, reader=mark_of_text(ADDRESS), email=ADDRESS, asked_at=cast.NOW, zone="UTC"
    )
    a_reader()
    client = surely(signed_in())
    told = json.loads(client.get("/-/account/data/").content)
    assert told["post"][0]["text"] == "A slip."
    assert told["letters"][0]["subscriptions"][0]["email"] == ADDRESS
    assert "Stop my letters as well" in page_of(client.get("/-/account/delete/"))
    gone = post(client, "/-/account/delete/", letters="on")
    assert "Your account is deleted" in page_of(gone)
    assert not Subscription.objects.exists()
    assert not User.objects.readers().exists()
    assert not EmailAddress.objects.exists()
    assert "do not fit" in page_of(post(Client(), "/-/account/login/", login=ADDRESS, password=PASSWORD))


def test_before_what_guards_the_account_a_reader_shows_once_more_who_they_are(site):
    a_reader()
    client = signed_in()
    for path in ("/-/account/data/", "/-/account/delete/", "/-/account/passkeys/new/"):
        assert client.get(path)["Location"].startswith("/-/account/reauthenticate/")


def test_accounts_that_nobody_confirmed_are_forgotten_after_a_week(site):
    from datetime import timedelta

    from django.utils import timezone

    a_reader()
    post(Client(), "/-/account/signup/", follow=False, email="else@reader.example", password1=PASSWORD)
    assert leaving.forget(now=timezone.now() + timedelta(days=6)) == 0
    assert leaving.forget(now=timezone.now() + timedelta(days=8)) == 1
    assert [row.email for row in EmailAddress.objects.all()] == [ADDRESS]


def test_a_job_for_a_mail_shows_no_address(site):
    from dateline.work.models import Job

    post(Client(), "/-/account/signup/", follow=False, email=ADDRESS, password1=PASSWORD)
    assert ADDRESS not in json.dumps(list(Job.objects.values_list("args", "kwargs")))


def test_who_runs_the_machine_closes_an_account_opens_it_and_deletes_it(site, capsys):
    from argparse import ArgumentParser

    from dateline.cli.verbs import readers

    parser = ArgumentParser()
    readers.add_arguments(parser)

    def told(*words):
        return readers.run(parser.parse_args(words)), capsys.readouterr().out.strip()

    a_reader()
    cast.vera()
    client = signed_in()
    assert told("count") == (0, "1")
    told("close", ADDRESS.upper())
    assert client.get("/-/me/").status_code == 401
    told("open", ADDRESS)
    assert signed_in().get("/-/me/").status_code == 200
    assert told("close", "vera@paper.example")[0] == 1
    told("delete", ADDRESS)
    assert not User.objects.readers().exists()
