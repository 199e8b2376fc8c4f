"""Taking a piece by hand, and the page of what was brought."""

from datetime import timedelta

import cast
import pytest
from django.urls import reverse
from django.utils import timezone
from imap_server import a_letter

from dateline.intake.actions.drops import drop_of, open_drop
from dateline.intake.actions.keeping import keep_raw
from dateline.intake.actions.mailboxes import read_letter
from dateline.intake.models import Delivery, Drop, Entry, Original, Particulars
from dateline.intake.snapshots_evidence import brought
from dateline.sources.models import Channel, Outlet, Subscription

TEXT = (
    "Le bac de Port-Salin reprendra la mer lundi, a annoncé la capitainerie dimanche soir.\n\n"
    "Les insulaires l'attendaient depuis neuf semaines. La mairie avait promis une solution avant la fin de l'hiver, "
    "et le conseil a voté la somme nécessaire à l'unanimité, malgré les réserves de deux élus."
)


@pytest.fixture
def vera(at_desk):
    return at_desk(cast.vera())


@pytest.fixture
def chief(at_desk):
    return at_desk(cast.somebody("ines", role="editor-in-chief", first_name="Ines"))


def body(answer):
    return answer.content.decode()


def text_form(**fields):
    return {"do": "text", "headline": "Le bac reprend la mer", "text": TEXT, **fields}


def test_nobody_may_neither_take_nor_see_deliveries(at_desk):
    client = at_desk(cast.somebody("reader", role="nothing"))
    for name in ("take", "deliveries"):
        assert client.get(reverse(f"newsroom:{name}")).status_code in (302, 403)
    assert client.post(reverse("newsroom:take"), text_form()).status_code in (302, 403)
    assert not Original.objects.exists()


def test_a_text_is_taken_once_its_language_was_looked_at(vera):
    outlet = cast.an_outlet()
    form = text_form(outlet=outlet.pk, author="Salma Verrin")
    first = vera.post(reverse("newsroom:take"), form)
    assert "Look at the language" in body(first)
    assert '<option value="fr" selected' in body(first)
    assert not Original.objects.exists()
    answer = vera.post(reverse("newsroom:take"), {**form, "language": "fr"})
    original = Original.objects.get()
    assert answer["Location"] == reverse("newsroom:original", args=[original.pk])
    assert (original.outlet, original.language, original.author_names) == (outlet, "fr", ["Salma Verrin"])
    assert "capitainerie" in original.body_text
    assert original.snapshots.get().was_brought


def test_the_editors_word_on_the_language_counts(vera):
    vera.post(reverse("newsroom:take"), text_form(outlet=cast.an_outlet().pk, language="de"))
    assert Original.objects.get().language == "de"


def test_the_same_text_again_is_told_and_linked(vera):
    form = text_form(outlet=cast.an_outlet().pk, language="fr")
    vera.post(reverse("newsroom:take"), form)
    again = body(vera.post(reverse("newsroom:take"), form))
    assert "We have this piece already" in again
    assert reverse("newsroom:original", args=[Original.objects.get().pk]) in again
    assert Original.objects.count() == 1


def test_a_text_without_outlet_and_address_says_what_is_missing(vera):
    answer = vera.post(reverse("newsroom:take"), text_form(language="fr"))
    assert answer.status_code == 422
    assert "Say whose text it is" in body(answer)


def test_an_address_that_the_guard_refuses_says_so(vera):
    answer = vera.post(reverse("newsroom:take"), {"do": "address", "url": "http://127.0.0.1:9/piece"})
    assert answer.status_code == 422
    assert "DATELINE_NET_ALLOW" in body(answer)


def test_the_bookmarklet_fills_the_page_in_and_does_nothing_by_itself(vera):
    link = {"url": "https://post.example/1", "title": "A </textarea><script>1</script>", "text": TEXT}
    answer = vera.get(reverse("newsroom:take"), link)
    text = body(answer)
    assert 'value="https://post.example/1"' in text
    assert "<script>1</script>" not in text
    assert "javascript:(()=&gt;" in text or "javascript:(()=>" in text
    assert not Entry.objects.exists()
    assert "javascript:alert" not in body(vera.get(reverse("newsroom:take"), {"url": "javascript:alert(1)"}))


def lying_letter(subject, sender):
    content = a_letter(subject, sender=sender, html=f"<p>{TEXT}</p>")
    sha256 = keep_raw(brought(content, name="urn:x", came_at=cast.NOW))
    delivery = Delivery.objects.create(
        kind=Delivery.Kind.LETTER, received_at=cast.NOW, sha256=sha256, size=len(content)
    )
    return read_letter(delivery=delivery, now=cast.NOW)


def test_letters_of_strangers_are_listed_and_become_an_outlet(chief):
    one = lying_letter("La semaine <b>1</b>", "Courrier <lettre@courrier.example>")
    two = lying_letter("La semaine 2", "Courrier <lettre@courrier.example>")
    text = body(chief.get(reverse("newsroom:deliveries")))
    assert "Letters from senders without an outlet" in text
    assert "2 letters" in text
    assert "<b>1</b>" not in text
    fields = {f"{two.pk}-name": "Courrier", f"{two.pk}-home_url": "courrier.example"}
    chief.post(reverse("newsroom:claim-letters", args=[two.pk]), fields)
    outlet = Outlet.objects.get()
    channel = outlet.channels.get()
    assert (outlet.name, channel.address) == ("Courrier", "mailbox:lettre@courrier.example")
    for delivery in (one, two):
        delivery.refresh_from_db()
        assert (delivery.state, delivery.channel) == ("waiting", channel)
    chief.post(reverse("newsroom:read-letters-as", args=[one.pk]), {"letter": "links"})
    channel.refresh_from_db()
    assert channel.rules == {"letter": "links"}


def test_a_claim_without_outlet_and_name_says_what_is_missing(chief):
    one = lying_letter("La semaine 1", "lettre@courrier.example")
    answer = chief.post(reverse("newsroom:claim-letters", args=[one.pk]), {f"{one.pk}-home_url": "nowhere"})
    assert answer.status_code == 422
    assert "Say what it is called" in body(answer)


def test_a_drops_address_is_shown_once_and_can_be_renewed(chief):
    outlet = cast.an_outlet()
    text = body(chief.post(reverse("newsroom:open-drop"), {"outlet": outlet.pk}))
    drop = Drop.objects.get()
    address = text.split("http://testserver/drop/")[1].split("/<")[0]
    assert drop_of(address) == drop
    assert "/drop/" not in body(chief.get(reverse("newsroom:deliveries"))).replace(
        f"drops/{drop.folder}/", ""
    )
    chief.post(reverse("newsroom:renew-token", args=[drop.pk]))
    assert drop_of(address) is None


def test_a_feed_is_read_as_another_digests(chief):
    channel = cast.a_channel(body_hash="x", etag='"1"')
    chief.post(reverse("newsroom:read-as-digest"), {"channel": channel.pk, "is_digest": "on"})
    channel.refresh_from_db()
    assert (channel.kind, channel.body_hash, channel.etag) == (Channel.Kind.DATELINE, "", "")


def test_stopped_and_embargoed_pieces_and_silent_hubs_are_shown(chief):
    original = cast.an_original()
    channel = cast.a_channel(original.outlet)
    entries = [
        Entry.objects.create(channel=channel, guid=name, title=name, seen_at=cast.NOW, original=original)
        for name in ("stopped piece", "embargoed piece")
    ]
    Particulars.objects.create(
        entry=entries[0], status="canceled", stopped_at=cast.NOW, note="Names confused."
    )
    later = timezone.now() + timedelta(days=1)
    Particulars.objects.create(
        entry=entries[1], embargo_until=later, rights="Not for print.", via_name="Agency"
    )
    Subscription.objects.create(
        channel=channel, hub="https://h.example/", topic="https://t.example/", token="t"
    )
    text = body(chief.get(reverse("newsroom:deliveries")))
    for shown in ("canceled by its publisher", "Names confused.", "embargoed piece", "offered by the feed"):
        assert shown in text
    page = body(chief.get(reverse("newsroom:original", args=[original.pk])))
    for shown in ("Under embargo until", "Not for print.", "Agency"):
        assert shown in page


def test_a_folder_is_named_for_its_outlet_and_a_second_one_is_numbered(newsroom):
    outlet = cast.an_outlet("Marsh Herald", slug="marsh-herald")
    first, _token = open_drop(outlet=outlet, by=None, now=cast.NOW)
    second, _token = open_drop(outlet=outlet, by=None, now=cast.NOW)
    assert (first.folder, second.folder) == ("marsh-herald", "marsh-herald-2")
