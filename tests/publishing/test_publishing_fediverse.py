"""Followed from the fediverse: shapes as Mastodon documents them, letters that are signed, told once, and believed."""

import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cast
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.actions import withdraw
from dateline.cli.main import main as dateline
from dateline.net.letters import HeaderNotAllowed
from dateline.net.signed import Letter
from dateline.publishing.actions import announcing, bake, bake_article
from dateline.publishing.actions.fediverse import announce, ensure_accounts
from dateline.publishing.actions.followers import (
    GIVEN_UP_AFTER,
    KEPT,
    LOST_AFTER,
    deliver,
    deliver_all_due,
    prune_deliveries,
)
from dateline.publishing.fediverse import reading, shapes, signing
from dateline.publishing.fediverse.reading import NoActivity, read_activity, read_actor
from dateline.publishing.fediverse.signing import BadSignature
from dateline.publishing.models import (
    Correspondent,
    Delivery,
    Due,
    FediverseAccount,
    Follower,
    InboxHost,
    IncomingLetter,
    Outgoing,
    PieceDue,
    Raised,
)
from dateline.publishing.queries.baked import Errand
from dateline.publishing.queries.fediverse import key_store
from dateline.publishing.queries.press import open_press
from dateline.publishing.recipes import fediverse
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

OURS = "https://digest.example"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=30)
    | st.sampled_from(["Follow", "https://e.example/a"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "actor", "object", "id", "x"]), inner, max_size=5)
    ),
    max_leaves=12,
)
KEY = signing.make_key()
PEM = signing.public_part(KEY)


class Elsewhere:
    """A server with one account, Rahim's. heard: letters to its inbox; answers: statuses for the next of them."""

    def __init__(self):
        self.heard, self.asked, self.answers = [], [], []
        self.knows = {}
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                headers = {name.lower(): value for name, value in self.headers.items()}
                found = signing.read_signature(headers.get("signature", ""))
                signing.verify(found, headers, method="GET", path=self.path, public=server.knows["en"])
                server.asked.append(self.path)
                self.say(200, json.dumps(server.document()).encode())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                found = signing.read_signature(headers["signature"])
                handle = found.key_id.rpartition("/")[2].partition(".activity")[0]
                signing.check_letter(found, headers, body=body, host=server.host, now=timezone.now())
                signing.verify(found, headers, method="POST", path=self.path, public=server.knows[handle])
                status = server.answers.pop(0) if server.answers else 202
                server.heard.append((self.path, json.loads(body), status))
                self.say(status, b"")

            def say(self, status, content):
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.actor = f"http://{self.host}/users/rahim"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def document(self):
        return {
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": self.actor,
            "type": "Person",
            "preferredUsername": "rahim",
            "inbox": f"{self.actor}/inbox",
            "outbox": f"{self.actor}/outbox",
            "endpoints": {"sharedInbox": f"http://{self.host}/inbox"},
            "publicKey": {"id": f"{self.actor}#main-key", "owner": self.actor, "publicKeyPem": PEM},
        }

    def says(self, kind, about, *, number=1):
        """Return an activity of Rahim's, as Mastodon writes it."""
        return {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{self.actor}#{kind.lower()}s/{number}",
            "type": kind,
            "actor": self.actor,
            "object": about,
        }

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def elsewhere(settings):
    server = Elsewhere()
    settings.DATELINE_NET_ALLOW = server.host
    yield server
    server.close()


@pytest.fixture
def followed(site, settings, elsewhere, monkeypatch):
    """A site in English that can be followed, with a section whose slug is plain and one whose is not; nothing baked."""
    monkeypatch.setattr(
        announcing, "QUIET", timedelta(hours=1)
    )  # on a slow machine five seconds are soon over
    settings.DATELINE_FEDIVERSE = True
    settings.ALLOWED_HOSTS = ["*"]
    cast.an_identity(languages=("en",))
    cast.a_section("Harbour")
    cast.a_section("بندر")
    ensure_accounts(now=timezone.now())
    forget_jobs()
    for row in FediverseAccount.objects.all():
        elsewhere.knows[row.handle] = signing.public_part(key_store().private(row.handle))
    return site


def forget_jobs():
    for rows in (Job, Due, Raised, PieceDue):
        rows.objects.all().delete()


def post(client, told, *, actor, to="en", key=KEY, now=None, **more):
    """Send a letter to an inbox of ours, signed as Mastodon does."""
    body, path = json.dumps(told).encode(), f"/-/fediverse/{to}/inbox" if to else "/-/fediverse/inbox"
    headers = signing.signed(
        f"{OURS}{path}", method="POST", key_id=f"{actor}#main-key", private=key, now=now or timezone.now(), body=body
    )  # fmt: skip
    headers = {name: value for name, value in {**headers, **more}.items() if value is not None}
    return client.post(path, body, content_type="application/activity+json", headers=headers)


def test_who_follows_is_told_of_a_piece_once_of_its_changes_and_of_its_end(  # noqa: PLR0915 — a whole story
    followed, elsewhere, client, read, settings
):
    [harbour] = FediverseAccount.objects.filter(handle__startswith="en.harbour")
    assert {row.handle.split(".")[0] for row in FediverseAccount.objects.all()} == {"en"}
    # Who we are.
    press = open_press(now=timezone.now())
    for key in fediverse.RECIPE.keys(press):
        bake(press, Errand("fediverse", key))
    told = client.get("/.well-known/webfinger", {"resource": "acct:EN@digest.example"}).json()
    [me] = [link["href"] for link in told["links"] if link["rel"] == "self"]
    actor = json.loads(read(me.removeprefix(OURS)))
    assert (actor["id"], actor["type"], actor["preferredUsername"]) == (me, "Organization", "en")
    assert actor["publicKey"]["publicKeyPem"] == elsewhere.knows["en"]
    assert client.get("/.well-known/webfinger", {"resource": "acct:nobody@digest.example"}).status_code == 404
    assert client.get("/.well-known/webfinger", {"resource": "acct:en@other.example"}).status_code == 404
    nodeinfo = json.loads(read("/.well-known/nodeinfo"))["links"][0]["href"]
    assert json.loads(read(nodeinfo.removeprefix(OURS)))["protocols"] == ["activitypub"]
    # Rahim follows the site and a section.
    whom = {"en": me, harbour.handle: shapes.actor_uri(OURS, harbour.handle)}
    for number, (handle, uri) in enumerate(whom.items()):
        follow = elsewhere.says("Follow", uri, number=number)
        assert post(client, follow, actor=elsewhere.actor, to=handle).status_code == 202
        run_all_jobs()
    assert Follower.objects.count() == 2
    assert elsewhere.asked == ["/users/rahim"]  # the second time his key is known
    assert [(path, told["type"], told["object"]["object"]) for path, told, _status in elsewhere.heard] == [
        ("/users/rahim/inbox", "Accept", uri) for uri in whom.values()
    ]
    assert client.get("/-/fediverse/en/followers").json()["totalItems"] == 1
    elsewhere.heard.clear()
    # A piece comes out.
    piece = cast.published(cast.a_translation(headline="The ferry & the bread", section=harbour.section))
    run_all_jobs()
    path = f"{piece.get_absolute_url()}article.activity"
    now = timezone.now()
    assert (announce(path=path, now=now), announce(path=path, now=now)) == (2, 0)
    run_all_jobs()
    assert sorted((where, told["type"]) for where, told, _status in elsewhere.heard) == [
        ("/inbox", "Announce"),
        ("/inbox", "Create"),
    ]
    [made] = [told["object"] for _where, told, _status in elsewhere.heard if told["type"] == "Create"]
    assert made == {name: value for name, value in json.loads(read(path)).items() if name != "@context"}
    assert (made["type"], made["nameMap"]) == ("Article", {"en": "The ferry & the bread"})
    assert (made["attributedTo"], made["url"]) == (me, f"{OURS}{piece.get_absolute_url()}")
    assert piece.original.url in made["content"]
    page = read(piece.get_absolute_url())
    assert f'<link rel="alternate" type="application/activity+json" href="{path}">' in page
    assert '<meta name="fediverse:creator" content="@en@digest.example">' in page
    assert json.loads(read("/fediverse/en/outbox.activity"))["totalItems"] == 1
    [line] = json.loads(read(f"/fediverse/{harbour.handle}/outbox-newest.activity"))["orderedItems"]
    assert (line["type"], line["object"]) == ("Announce", f"{OURS}{path}")
    # It changes.
    elsewhere.heard.clear()
    piece.headline = "The ferry and the bread"
    piece.save_revision()
    cast.published(piece, now=now + timedelta(hours=1))
    run_all_jobs()
    assert (announce(path=path, now=now), announce(path=path, now=now)) == (1, 0)
    run_all_jobs()
    [(where, told, _status)] = elsewhere.heard
    assert (where, told["type"], told["object"]["name"]) == ("/inbox", "Update", "The ferry and the bread")
    # It is taken back: what stands there says so, and so is everybody told who had it.
    elsewhere.heard.clear()
    withdraw(article=piece, reason="A letter", by=None, now=now)
    run_all_jobs()
    assert json.loads(read(path))["type"] == "Tombstone"
    assert followed.status_of(path[1:]) == 410
    assert (announce(path=path, now=now), announce(path=path, now=now)) == (1, 0)
    run_all_jobs()
    [(where, told, _status)] = elsewhere.heard
    assert (where, told["type"], told["object"]["type"]) == ("/inbox", "Delete", "Tombstone")
    assert "ferry" not in json.dumps(told).replace(path, "")
    # Rahim follows no more, then his account ends.
    undo = elsewhere.says("Undo", elsewhere.says("Follow", me))
    assert post(client, undo, actor=elsewhere.actor).status_code == 202
    assert [row.account.handle for row in Follower.objects.all()] == [harbour.handle]
    assert (
        post(client, elsewhere.says("Delete", elsewhere.actor), actor=elsewhere.actor, to="").status_code
        == 202
    )
    assert not Follower.objects.exists()
    # Turned off, nobody is there.
    settings.DATELINE_FEDIVERSE = False
    assert client.get("/-/fediverse/en/followers").status_code == 404
    assert post(client, undo, actor=elsewhere.actor).status_code == 404


def follower(elsewhere, *, handle="en"):
    who = Correspondent.objects.create(
        uri=elsewhere.actor, host=elsewhere.host, inbox=f"{elsewhere.actor}/inbox", shared_inbox="",
        key_id=f"{elsewhere.actor}#main-key", key_pem=PEM, seen_at=timezone.now(),
    )  # fmt: skip
    account = FediverseAccount.objects.get(handle=handle)
    return Follower.objects.create(account=account, correspondent=who, since=timezone.now())


def told_of_a_piece():
    piece = cast.published(cast.an_exclusive())
    bake_article(piece=piece.uid, now=timezone.now())
    forget_jobs()
    path = f"{piece.get_absolute_url()}article.activity"
    announce(path=path, now=timezone.now())
    return piece, path


def test_a_server_that_misbehaves_is_left_alone_and_given_up_and_nothing_is_told_twice(
    followed, elsewhere, capsys
):
    follower(elsewhere)
    now = timezone.now()
    elsewhere.answers = [503]
    _piece, path = told_of_a_piece()
    run_all_jobs()
    row = Delivery.objects.get()
    assert (row.state, row.trouble) == ("waiting", "It answered with status 503.")
    assert deliver(host=elsewhere.host, now=timezone.now()) == 0  # left alone
    server = InboxHost.objects.get()
    assert server.retry_at > now
    assert len(elsewhere.heard) == 1
    assert deliver_all_due(now=timezone.now()) == 0
    assert deliver(host=elsewhere.host, now=server.retry_at) == 1
    assert Delivery.objects.get().state == "sent"
    assert InboxHost.objects.get().failures == 0
    # Who sent it died in the middle: what came out is not told again, that it was taken back is.
    row = Delivery.objects.get()
    Delivery.objects.update(state="sending", touched_at=now - LOST_AFTER - timedelta(seconds=1))
    deliver(host=elsewhere.host, now=now)
    assert Delivery.objects.get().state == "unknown"
    assert len(elsewhere.heard) == 2
    Outgoing.objects.update(kind="Delete")
    Delivery.objects.update(state="sending", touched_at=now - LOST_AFTER - timedelta(seconds=1))
    assert deliver(host=elsewhere.host, now=server.retry_at) == 1
    assert len(elsewhere.heard) == 3
    # It refuses: that is its word. It says that it is gone: that is believed.
    for status, state, followers in ((403, "refused", 1), (410, "refused", 0)):
        Delivery.objects.update(state="waiting")
        elsewhere.answers = [status]
        deliver(host=elsewhere.host, now=server.retry_at)
        assert (Delivery.objects.get().state, Follower.objects.count()) == (state, followers)
    # It is silent for a fortnight.
    Correspondent.objects.all().delete()
    follower(elsewhere)
    Delivery.objects.update(state="waiting")
    InboxHost.objects.update(silent_since=now - GIVEN_UP_AFTER, retry_at=None)
    elsewhere.answers = [500]
    deliver(host=elsewhere.host, now=now)
    assert Delivery.objects.get().state == "dropped"
    assert not Follower.objects.exists()
    assert announce(path=path, now=now) == 0
    assert prune_deliveries(now=now + KEPT - timedelta(hours=1)) == 0
    assert not Job.objects.filter(task="publishing.deliver", state="dead").exists()
    for words, said in ((["fediverse"], "@en@digest.example\t0"), (["fediverse", "--letters"], "dropped\t1")):
        with pytest.raises(SystemExit) as ended:
            dateline(words)
        assert not ended.value.code
        assert said in capsys.readouterr().out
    # Where a letter went is forgotten after a month, and that it was told is not.
    assert prune_deliveries(now=timezone.now() + KEPT) == 1
    Outgoing.objects.update(kind="Create")
    assert announce(path=path, now=now) == 0


def test_what_came_out_before_the_site_could_be_followed_is_not_told_anew(followed, elsewhere):
    follower(elsewhere)
    FediverseAccount.objects.update(made_at=timezone.now() + timedelta(hours=1))
    _piece, path = told_of_a_piece()
    assert not Outgoing.objects.exists()
    assert announcing.announce_soon([path], now=timezone.now()) == 0
    FediverseAccount.objects.update(made_at=timezone.now() - timedelta(hours=1))
    assert announcing.announce_soon([path, "/en/"], now=timezone.now()) == 1


def test_a_piece_that_is_taken_back_before_it_was_told_is_not_told(followed, elsewhere):
    follower(elsewhere)
    piece, path = told_of_a_piece()
    withdraw(article=piece, reason="A letter", by=None, now=timezone.now())
    bake_article(piece=piece.uid, now=timezone.now())
    forget_jobs()
    announce(path=path, now=timezone.now())
    run_all_jobs()
    assert Delivery.objects.get(letter__kind="Create").state == "dropped"
    assert [told["type"] for _where, told, _status in elsewhere.heard] == ["Delete"]


def test_letters_that_are_not_what_they_say_are_refused(followed, elsewhere, client):
    follower(elsewhere)
    me = shapes.actor_uri(OURS, "en")
    follow, now = elsewhere.says("Follow", me), timezone.now()
    answers = {
        "unsigned": post(client, follow, actor=elsewhere.actor, signature=None),
        "another body": post(client, follow, actor=elsewhere.actor, digest=signing.digest_of(b"{}")),
        "old": post(client, follow, actor=elsewhere.actor, now=now - timedelta(hours=13)),
        "of a time to come": post(client, follow, actor=elsewhere.actor, now=now + timedelta(hours=2)),
        "for another host": post(client, follow, actor=elsewhere.actor, host="other.example"),
        "another key": post(client, follow, actor=elsewhere.actor, key=signing.make_key()),
        "somebody else's": post(client, follow, actor="https://other.example/users/x"),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 401)
    assert post(client, {"type": "Follow"}, actor=elsewhere.actor).status_code == 400
    assert post(client, follow, actor=elsewhere.actor, to="nobody").status_code == 404
    where = "/-/fediverse/en/inbox"
    assert client.post(where, b"{}", content_type="text/html").status_code == 415
    assert (
        client.post(where, b" " * (reading.LARGEST + 1), content_type="application/json").status_code == 413
    )
    assert client.get(where).status_code == 405
    assert not IncomingLetter.objects.exists()
    assert not Job.objects.filter(task="publishing.hear_letters").exists()


def test_who_cannot_be_looked_up_is_not_believed_and_who_follows_nobody_takes_nothing_back(
    followed, elsewhere, client, settings
):
    me = shapes.actor_uri(OURS, "en")
    delete = elsewhere.says("Delete", elsewhere.actor)
    assert post(client, delete, actor=elsewhere.actor, to="").status_code == 202
    assert not IncomingLetter.objects.exists()
    # His server says another key.
    other = signing.make_key()
    assert post(client, elsewhere.says("Follow", me), actor=elsewhere.actor, key=other).status_code == 202
    run_all_jobs()
    assert not Follower.objects.exists()
    # His address is none of the public internet: nobody goes there.
    settings.DATELINE_NET_ALLOW = ""
    Correspondent.objects.all().delete()
    elsewhere.asked.clear()
    assert post(client, elsewhere.says("Follow", me), actor=elsewhere.actor).status_code == 202
    run_all_jobs()
    assert elsewhere.asked == []
    assert not IncomingLetter.objects.exists()


# Pure


@contextmanager
def refused(kind):
    with pytest.raises(kind) as error:
        yield
    assert str(error.value)


def test_a_signature_is_over_what_mastodon_signs():
    now = timezone.now()
    body = b'{"a": 1}'
    headers = signing.signed(
        "https://social.example/inbox?x=1", method="POST", key_id=f"{OURS}/a#main-key", private=KEY, now=now, body=body
    )  # fmt: skip
    assert 'headers="(request-target) host date digest"' in headers["signature"]
    assert signing.digest_of(b"") == "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    found = signing.read_signature(headers["signature"])
    assert found.owner_hint == f"{OURS}/a"
    signing.check_letter(found, headers, body=body, host="social.example", now=now)
    signing.verify(found, headers, method="POST", path="/inbox?x=1", public=PEM)
    for change in ({"date": "x"}, {"host": "y"}, {"digest": "SHA-256=AAAA"}):
        with refused(BadSignature):
            signing.verify(found, {**headers, **change}, method="POST", path="/inbox?x=1", public=PEM)
    with refused(BadSignature):
        signing.verify(found, headers, method="POST", path="/other", public=PEM)
    with refused(BadSignature):
        signing.verify(found, headers, method="POST", path="/inbox?x=1", public="no key")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "x" * 5000,
        'keyId="https://e.example/a",headers="(request-target) host",signature="AAAA"',
        'keyId="https://e.example/a",algorithm="hmac-sha256",headers="(request-target) host date",signature="AAAA"',
        'keyId="file:///etc/passwd",headers="(request-target) host date",signature="AAAA"',
        'keyId="https://e.example/a",headers="(request-target) host date",signature="@@"',
        'keyId="https://e.example/a",headers="(request-target) host date"',
    ],
)
def test_a_signature_that_says_too_little_is_none(header):
    with refused(BadSignature):
        signing.read_signature(header)


def test_a_letter_whose_body_is_not_signed_is_not_taken():
    found = signing.read_signature(
        'keyId="https://e.example/a",headers="(request-target) host date",signature="AAAA"'
    )
    headers = {"host": "d.example", "date": "Mon, 23 Nov 2026 12:00:00 GMT"}
    with refused(BadSignature):
        signing.check_letter(found, headers, body=b"{}", host="d.example", now=cast.NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"type": 1, "actor": "https://e.example/a"}',
        b'{"type": "Follow", "actor": "javascript:alert(1)"}',
        b'{"type": "Follow", "actor": "https://e.example/a", "object": NaN}',
        b'{"type": "Undo", "actor": "https://e.example/a", "object": {"type": "Follow", "actor": "https://e.example/b"}}',
        b'{"type": "Follow", "actor": "https://e.example/a", "object": ' + b"[" * 100_000,
        b'{"type": "Follow", "actor": "https://e.example/a", "object": ' + b"[" * 50 + b"]" * 50 + b"}",
        b" " * (reading.LARGEST + 1),
    ],
)  # fmt: skip
def test_what_is_no_activity_is_refused(body):
    with refused(NoActivity):
        read_activity(body)


@given(st.binary(max_size=400) | JSON.map(lambda told: json.dumps(told).encode()))
def test_whatever_is_sent_is_an_activity_or_refused(body):
    try:
        heard = read_activity(body)
    except NoActivity:
        return
    assert heard.actor.startswith(("https://", "http://"))
    assert heard.what in {"follow", "unfollow", "gone", "other"}


@given(st.text(max_size=300))
def test_whatever_stands_in_a_header_is_a_signature_or_refused_in_words(header):
    with refused(BadSignature):
        signing.read_signature(header)


def test_an_account_is_believed_only_about_itself():
    uri = "https://e.example/a"
    told = {
        "id": uri, "inbox": f"{uri}/inbox", "endpoints": {"sharedInbox": "https://victim.example/inbox"},
        "publicKey": {"id": f"{uri}#k", "owner": uri, "publicKeyPem": PEM},
    }  # fmt: skip
    found = read_actor(json.dumps(told).encode(), uri=uri)
    assert (found.inbox, found.shared_inbox) == (f"{uri}/inbox", "")
    for change in (
        {"id": "https://e.example/b"},
        {"inbox": "https://victim.example/inbox"},
        {"publicKey": {"id": "x", "owner": "https://e.example/b", "publicKeyPem": PEM}},
        {"publicKey": "none"},
    ):
        with refused(NoActivity):
            read_actor(json.dumps({**told, **change}).encode(), uri=uri)


def test_a_signed_letter_carries_no_cookie():
    with pytest.raises(HeaderNotAllowed):
        Letter("https://e.example/", {"cookie": "x"})
