"""Outlets, rights, withdrawals; and that a hostile headline is inert on every page."""

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dateline.agreements.models import Agreement
from dateline.articles.models import Article
from dateline.desk.actions import pick_as_reprint
from dateline.intake.models import Entry, Original
from dateline.people.models import AuditEntry
from dateline.rights.models import Permission, Withdrawal
from dateline.sources import finding
from dateline.sources.finding import FoundFeed, NoFeedFound
from dateline.sources.models import Outlet
from dateline.work.testing import run_all_jobs

NOW = cast.NOW


@pytest.fixture
def chief(at_desk):
    return at_desk(cast.somebody("ines", role="editor-in-chief", first_name="Ines"))


def body(answer):
    return answer.content.decode()


def test_the_list_of_outlets_says_how_each_does(chief):
    well = cast.an_outlet("Harbour Courier")
    cast.a_channel(well, last_success_at=NOW)
    ill = cast.an_outlet("Marsh Herald")
    cast.a_channel(ill, trouble="Its name cannot be found.", failures=1, trouble_since=NOW)
    cast.an_agreement(well, title="Letter of 2020")
    text = body(chief.get(reverse("newsroom:outlets")))
    assert "Read without trouble." in text
    assert "Its name cannot be found. The last check went wrong." in text
    assert "Letter of 2020" in text


@pytest.fixture
def finder():
    """Return how another finder of feeds signs in, for one test."""
    before = list(finding._signed_in)
    yield finding.sign_in
    finding._signed_in[:] = before


def test_an_outlet_is_added_by_its_address(chief, finder):
    found = FoundFeed(
        address="https://courier.example/feed.xml",
        title="Courier",
        language="fr",
        home_url="https://courier.example/",
    )
    finder(lambda _address: found)
    answer = chief.post(reverse("newsroom:add-outlet"), {"url": "courier.example", "country": "Port Salin"})
    outlet = Outlet.objects.get()
    assert answer["Location"] == reverse("newsroom:outlet", args=[outlet.pk])
    assert (outlet.name, outlet.country, outlet.language) == ("Courier", "Port Salin", "fr")
    again = chief.post(reverse("newsroom:add-outlet"), {"url": "courier.example"})
    assert again.status_code == 422
    assert "is already a feed of Courier" in body(again)


def test_an_address_without_a_feed_is_told_at_the_field(chief, finder):
    def nothing(_address):
        raise NoFeedFound("There is no feed at this address.", looked_at=[])

    finder(nothing)
    answer = chief.post(reverse("newsroom:add-outlet"), {"url": "https://x.example/"})
    assert answer.status_code == 422
    assert "There is no feed at this address." in body(answer)


def test_a_refused_address_is_told_in_the_guards_words(chief):
    answer = chief.post(reverse("newsroom:add-outlet"), {"url": "http://127.0.0.1:9/feed"})
    assert answer.status_code == 422
    assert "DATELINE_NET_ALLOW" in body(answer)
    assert not Outlet.objects.exists()


def test_the_page_of_an_outlet_shows_channels_agreements_and_pieces(chief):
    outlet = cast.an_outlet()
    channel = cast.a_channel(outlet)
    cast.an_agreement(outlet, title="Letter of 2020")
    cast.an_original(outlet, headline="A piece of theirs")
    text = body(chief.get(reverse("newsroom:outlet", args=[outlet.pk])))
    for shown in (channel.address, "Letter of 2020", "A piece of theirs", "Stop watching"):
        assert shown in text
    chief.post(reverse("newsroom:stop-channel", args=[channel.pk]))
    assert "somebody stopped it" in body(chief.get(reverse("newsroom:outlet", args=[outlet.pk])))
    chief.post(reverse("newsroom:watch-channel", args=[channel.pk]))
    channel.refresh_from_db()
    assert channel.is_watched


def agreement_fields(outlet, **fields):
    return {
        "outlet": outlet.pk,
        "title": "Letter of 2026",
        "uses": ["reprint", "translation"],
        "languages": ["en", "fa"],
        "starts_on": "2026-01-01",
        "canonical": "original",
        "fee_kind": "none",
        "fee_amount": "0",
        **fields,
    }


def test_an_agreement_is_written_on_the_desk_with_its_evidence(chief, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    outlet = cast.an_outlet()
    letter = SimpleUploadedFile("letter.eml", b"<script>alert(1)</script>", content_type="text/html")
    add = reverse("wagtailsnippets_agreements_agreement:add")
    assert f'value="{outlet.pk}" selected' in body(chief.get(add, {"outlet": outlet.pk}))
    answer = chief.post(add, agreement_fields(outlet, evidence=letter))
    assert answer.status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.uses, agreement.languages) == (["reprint", "translation"], ["en", "fa"])
    assert AuditEntry.objects.get(verb="agree").by.username == "ines"
    edit = body(chief.get(reverse("wagtailsnippets_agreements_agreement:edit", args=[agreement.pk])))
    evidence = reverse("agreements:evidence", args=[agreement.pk])
    assert evidence in edit
    assert "/media/" not in edit
    file = chief.get(evidence)
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Content-Type"] == "application/octet-stream"
    assert b"".join(file.streaming_content) == b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"uses": []}, "This field is required."),
        ({"uses": ["everything"]}, "Select a valid choice."),
        ({"languages": ["xx"]}, "Select a valid choice."),
        ({"ends_on": "2025-01-01"}, "An agreement cannot end before it starts."),
        ({"evidence": SimpleUploadedFile("run.html", b"x")}, "Take one of these"),
    ],
)
def test_an_agreement_that_makes_no_sense_is_told(chief, fields, told):
    outlet = cast.an_outlet()
    answer = chief.post(
        reverse("wagtailsnippets_agreements_agreement:add"), agreement_fields(outlet, **fields)
    )
    assert answer.status_code == 200
    assert told in body(answer)
    assert not Agreement.objects.exists()


def test_the_evidence_that_is_gone_is_told_and_no_error(chief, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    agreement = cast.an_agreement(evidence="agreements/lost.pdf")
    assert chief.get(reverse("agreements:evidence", args=[agreement.pk])).status_code == 404


def test_a_grant_is_recorded_and_revoked_on_the_desk(chief):
    original = cast.an_original()
    address = reverse("rights:grant", args=[original.pk])
    asked = {"use": "reprint", "language": "fr", "evidence": "Rahim, by mail"}
    assert chief.post(address, {**asked, "evidence": " "}).status_code == 422
    chief.post(address, asked)
    permission = Permission.objects.get()
    assert "Rahim, by mail" in body(chief.get(reverse("rights:permissions")))
    revoke = reverse("rights:revoke", args=[permission.pk])
    assert chief.post(revoke, {}).status_code == 422
    chief.post(revoke, {"reason": "They took it back."})
    permission.refresh_from_db()
    assert permission.state == "revoked"
    assert "Revoke…" not in body(chief.get(reverse("rights:permissions"), {"state": "revoked"}))


def test_an_agreement_is_revoked_on_the_desk_and_what_stands_under_it_goes(chief):
    piece = cast.published(cast.a_translation())
    agreement = piece.permission.agreement
    edit = reverse("wagtailsnippets_agreements_agreement:edit", args=[agreement.pk])
    revoke = reverse("agreements:revoke", args=[agreement.pk])
    assert revoke in body(chief.get(edit))
    assert agreement.title in body(chief.get(revoke))
    assert chief.post(revoke, {"reason": " "}).status_code == 422
    agreement.refresh_from_db()
    assert agreement.revoked_at is None
    chief.post(revoke, {"reason": "Their letter of today"})
    entry = AuditEntry.objects.get(verb="revoke-agreement")
    assert (entry.by.username, entry.summary) == ("ines", "Their letter of today")
    again = body(chief.get(edit))
    assert revoke not in again
    assert "revoked on" in again
    run_all_jobs()
    piece.refresh_from_db()
    assert not piece.live
    assert Withdrawal.objects.get(piece=piece.uid).ground == Withdrawal.Ground.RIGHTS


def test_taking_an_article_back_asks_for_a_reason_and_asks_again(chief):
    article = cast.published(cast.an_exclusive())
    address = reverse("newsroom:withdraw", args=[article.pk])
    assert chief.post(address, {"ground": "legal", "reason": ""}).status_code == 422
    asked = {"ground": "legal", "reason": "Order of a court"}
    text = body(chief.post(address, asked))
    assert "Yes, withdraw it" in text
    assert Article.objects.get().live
    chief.post(address, {**asked, "confirmed": "yes"})
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.status, withdrawal.by.username) == (451, "ines")
    assert not Article.objects.get().live
    assert "Order of a court" in body(chief.get(reverse("rights:withdrawals")))


def test_what_is_not_live_is_not_withdrawn(chief):
    article = cast.an_exclusive()
    address = reverse("newsroom:withdraw", args=[article.pk])
    assert "nothing to withdraw" in body(chief.get(address))
    chief.post(address, {"ground": "legal", "reason": "x", "confirmed": "yes"})
    assert not Withdrawal.objects.exists()


@pytest.fixture
def hostile_world(newsroom, hostile):
    """Everything that comes from outside wears the hostile headline."""
    outlet = cast.an_outlet(
        name=hostile, name_here=hostile, country=hostile[:60], home_url="javascript:alert(1)"
    )
    channel = cast.a_channel(
        outlet, address="https://x.example/feed", title=hostile, trouble=hostile, trouble_since=NOW
    )
    cast.an_agreement(outlet, title=hostile, uses=["excerpt"])
    original = Original(
        outlet=outlet,
        headline=hostile,
        language="fr",
        taken_at=NOW,
        body_text=hostile,
        standfirst=hostile,
        authors=[{"name": hostile, "kind": "person"}],
        url="javascript:alert(3)",
        identity="x",
        body_html=f"<p onclick='alert(4)'>{hostile}</p><iframe src='//x'></iframe>",
        is_suspect=True,
        reasons=[hostile],
    )
    original.save()
    cast.a_snapshot(original)
    Entry.objects.create(
        channel=channel,
        guid="1",
        url="javascript:alert(5)",
        title=hostile,
        seen_at=timezone.now(),
        state=Entry.State.FAILED,
        trouble=hostile,
    )
    article = pick_as_reprint(original=original, agreement=None, by=cast.vera(), now=NOW)
    Article.objects.filter(pk=article.pk).update(trouble=hostile)
    permission = Permission.objects.create(
        original=original,
        use="reprint",
        language="fr",
        state="granted",
        starts_on=NOW.date(),
        evidence=hostile,
    )
    Withdrawal.objects.create(piece=article.uid, address="/x/", title=hostile, reason=hostile, at=NOW)
    return {"outlet": outlet, "original": original, "article": article, "permission": permission}


def test_a_hostile_headline_is_inert_on_every_page_of_the_desk(chief, hostile_world):
    addresses = [
        "/desk/?state=all",
        reverse("newsroom:original", args=[hostile_world["original"].pk]),
        reverse("newsroom:outlets"),
        reverse("newsroom:outlet", args=[hostile_world["outlet"].pk]),
        reverse("newsroom:cover", args=[hostile_world["article"].pk]),
        reverse("newsroom:withdraw", args=[hostile_world["article"].pk]),
        reverse("rights:permissions"),
        reverse("rights:grant", args=[hostile_world["original"].pk]),
        reverse("rights:revoke", args=[hostile_world["permission"].pk]),
        reverse("rights:withdrawals"),
    ]
    for address in addresses:
        answer = chief.get(address)
        text = body(answer)
        assert answer.status_code == 200, address
        assert "txt.exe" in text, address
        assert "<script>alert" not in text, address
        assert "<img src=x" not in text, address
        assert "onclick" not in text.split("newsroom", 1)[-1], address
        assert 'href="javascript' not in text, address
        assert "\u202e" not in text, address


def test_a_message_about_a_hostile_headline_is_inert_too(chief, hostile_world):
    answer = chief.post(
        reverse("newsroom:spike", args=[cast.an_original(headline="<script>alert(9)</script>").pk]),
        follow=True,
    )
    text = body(answer)
    assert "Spiked:" in text
    assert "<script>alert(9)" not in text
