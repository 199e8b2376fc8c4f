"""The newslist: what came in, what covers it, who has it, and what is wrong."""

import re
from datetime import timedelta
from html import unescape

import cast
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dateline.articles.kinds import Kind
from dateline.articles.models import Article
from dateline.desk.actions import pick_as_reprint, spike
from dateline.desk.models import Spike
from dateline.intake.models import Entry
from dateline.rights.actions import record_grant, revoke
from dateline.rights.models import Withdrawal, WithdrawalStep
from dateline.work.models import Job

NOW = cast.NOW


def page(client, **asked):
    answer = client.get("/desk/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_opens_with_what_came_in(at_desk):
    original = cast.an_original(cast.an_outlet("Harbour Courier", country="Port Salin"))
    text = page(at_desk())
    assert original.headline in text
    assert "Harbour Courier" in text
    assert "Port Salin" in text
    assert "Français" in text


def test_a_headline_stands_in_its_own_language_and_direction(at_desk):
    cast.an_original(headline="کشتی به دریا می‌رود", language="fa")
    assert '<bdi lang="fa" dir="rtl">کشتی به دریا می‌رود</bdi>' in page(at_desk())


def test_an_apostrophe_in_a_headline_is_shown_as_one(at_desk):
    cast.an_original(headline="Le bac s'échoue & repart", language="fr")
    text = page(at_desk())
    assert "Le bac s&#x27;échoue &amp; repart</bdi>" in text
    assert "&amp;#x27;" not in text


def test_without_an_agreement_the_light_says_that_one_must_ask(at_desk):
    cast.an_original()
    text = page(at_desk())
    assert "no agreement covers it: ask" in text
    assert "newsroom-light--green" not in text


@pytest.mark.parametrize(
    ("uses", "words"),
    [
        (["reprint", "translation"], "covered: reprint and translation"),
        (["reprint"], "covered: reprint"),
        (["translation"], "covered: translation"),
        (["excerpt"], "no agreement covers it: ask"),
    ],
)
def test_the_light_says_in_words_what_is_covered(at_desk, uses, words):
    outlet = cast.an_outlet()
    cast.an_agreement(outlet, uses=uses)
    cast.an_original(outlet)
    assert words in page(at_desk())


def test_a_doubtful_reading_says_why(at_desk):
    cast.an_original(is_suspect=True, reasons=["very short", "no paragraph"])
    assert "very short; no paragraph" in page(at_desk())


def test_what_is_picked_or_spiked_leaves_the_open_list_and_is_found_again(at_desk):
    picked = cast.an_original(headline="Picked piece")
    spiked = cast.an_original(headline="Spiked piece")
    cast.an_original(headline="Open piece")
    pick_as_reprint(original=picked, agreement=None, by=cast.vera(), now=NOW)
    spike(original=spiked, by=cast.vera(), now=NOW)
    client = at_desk()
    shown = {state: page(client, state=state) for state in ("open", "picked", "spiked", "all")}
    seen = {
        state: [name for name in ("Picked", "Spiked", "Open") if f"{name} piece" in text]
        for state, text in shown.items()
    }
    assert seen == {
        "open": ["Open"],
        "picked": ["Picked"],
        "spiked": ["Spiked"],
        "all": ["Picked", "Spiked", "Open"],
    }
    assert "Vera Lindholm" in shown["picked"]
    assert "spiked by Vera Lindholm" in shown["spiked"]


def test_the_newslist_narrows_by_outlet_language_and_words(at_desk):
    outlet = cast.an_outlet("Marsh Herald")
    cast.an_original(outlet, headline="Marsh piece", language="de")
    cast.an_original(headline="Other piece")
    client = at_desk()
    for asked in ({"outlet": outlet.pk}, {"language": "de"}, {"q": "marsh"}):
        text = page(client, **asked)
        assert "Marsh piece" in text
        assert "Other piece" not in text


def test_nonsense_in_the_address_narrows_nothing(at_desk):
    cast.an_original(headline="Open piece")
    text = page(at_desk(), state="x", outlet="y", language="zz", p="-9")
    assert "Open piece" in text


def test_the_newslist_is_paged_and_asks_the_database_no_more_for_more_pieces(at_desk):
    client = at_desk()

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, state="all")
        return len(asked)

    for _ in range(2):
        cast.an_original(cast.an_outlet())
    queries()
    few = queries()
    for number in range(58):
        outlet = cast.an_outlet()
        if number % 2:
            cast.an_agreement(outlet)
        original = cast.an_original(outlet)
        if number % 3 == 0:
            pick_as_reprint(original=original, agreement=None, by=cast.vera(), now=NOW)
    many = queries()
    assert many <= few + 2
    assert many <= 52
    seen, address = [], "/desk/?state=all"
    while address:
        text = client.get(address).content.decode()
        seen.append(text.count("data-newsroom-piece="))
        found = re.search(r'href="([^"]*)"[^>]*data-newsroom-older', text)
        address = unescape(found[1]) if found else ""
    assert seen == [25, 25, 10]


def test_further_lines_come_alone_to_the_script_that_asks_for_them(at_desk):
    for _ in range(27):
        cast.an_original()
    client = at_desk()
    older = unescape(re.search(r'href="([^"]*)"[^>]*data-newsroom-older', page(client))[1])
    more = client.get(older, headers={"X-Newsroom": "fetch"}).content.decode()
    assert more.count("data-newsroom-piece=") == 2
    assert "<html" not in more
    assert "data-newsroom-older" not in more


def test_what_the_panel_narrows_is_told_above_the_list_and_taken_away_by_a_link(at_desk):
    cast.an_original(language="fr")
    client = at_desk()
    text = page(client, q="bac", language="fr", unread="on")
    chips = re.search(r'class="newslist-narrowing".*?</ul>', text, re.DOTALL)[0]
    assert re.sub(r"<[^>]+>|\s+", " ", chips).split()
    assert "Language: <bdi>" in chips
    assert "only what I have not seen" in chips
    without = [unescape(one) for one in re.findall(r'href="([^"]*)"', chips)]
    assert without == ["/desk/?q=bac&unread=on", "/desk/?q=bac&language=fr"]
    assert "newslist-narrowing" not in page(client, q="bac", state="all", view="stories")


def test_a_channel_in_trouble_is_told_in_plain_words_and_tried_again(at_desk):
    channel = cast.a_channel(
        trouble="The server does not answer.", trouble_since=NOW, failures=3, next_check_at=NOW
    )
    chief = at_desk(cast.somebody("ines", role="editor-in-chief"))
    text = page(chief)
    assert "The server does not answer." in text
    assert "The last 3 checks went wrong." in text
    answer = chief.post(reverse("newsroom:check-channel", args=[channel.pk]), {"next": "/desk/?state=all"})
    assert answer["Location"] == "/desk/?state=all"
    assert Job.objects.filter(task__contains="check_channel").exists()


def test_the_way_back_never_leads_away_from_the_desk(at_desk):
    original = cast.an_original()
    answer = at_desk().post(
        reverse("newsroom:spike", args=[original.pk]), {"next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/desk/"


def test_a_piece_that_could_not_be_taken_says_why(at_desk):
    Entry.objects.create(
        channel=cast.a_channel(),
        guid="1",
        url="https://x.example/1",
        title="Lost piece",
        seen_at=timezone.now(),
        state=Entry.State.FAILED,
        trouble="The page is gone (404).",
    )
    text = page(at_desk())
    assert "Lost piece" in text
    assert "The page is gone (404)." in text


def test_a_refused_schedule_stays_on_top_until_somebody_has_seen_it(at_desk):
    article = cast.an_exclusive()
    Article.objects.filter(pk=article.pk).update(trouble="Choose a section.")
    client = at_desk()
    assert "Choose a section." in page(client)
    client.post(reverse("newsroom:refusal-seen", args=[article.pk]))
    assert "Choose a section." not in page(client)


def test_a_withdrawal_that_is_not_done_everywhere_is_told(at_desk):
    withdrawal = Withdrawal.objects.create(
        piece=cast.an_exclusive().uid, address="/en/x/", title="Taken back", reason="Wrong", at=NOW
    )
    WithdrawalStep.objects.create(withdrawal=withdrawal, surface="pages", trouble="The disk is full.")
    text = page(at_desk())
    assert "Taken back" in text
    assert "The disk is full." in text


def test_pairs_that_the_operator_lets_through_are_shown(at_desk, settings):
    settings.DATELINE_NET_ALLOW = "127.0.0.1:8031"
    assert "127.0.0.1:8031" in page(at_desk())


def test_background_work_that_failed_is_told_and_can_be_tried_again(at_desk):
    told = {"task": "publishing.bake_around", "enqueued_at": NOW, "run_after": NOW}
    Job.objects.create(**told, attempt=2, error="No space left on device")
    dead = Job.objects.create(**told, state=Job.State.DEAD, error="The disk is full")
    chief = at_desk(cast.somebody("ines", role="editor-in-chief"))
    text = page(chief)
    assert "No space left on device" in text
    assert "attempt 2 of 5" in text
    assert "given up" in text
    chief.post(reverse("newsroom:run-job", args=[dead.pk]))
    dead.refresh_from_db()
    assert dead.state == Job.State.READY


def test_without_trouble_there_is_no_trouble(at_desk):
    assert "newsroom-trouble" not in page(at_desk())


def test_spiking_from_the_list_comes_back_to_the_list(at_desk):
    original = cast.an_original()
    client = at_desk()
    address = "/desk/?state=all&p=1"
    answer = client.post(reverse("newsroom:spike", args=[original.pk]), {"next": address})
    assert answer["Location"] == address
    assert Spike.objects.filter(original=original).exists()
    client.post(reverse("newsroom:unspike", args=[original.pk]))
    assert not Spike.objects.exists()


def test_times_are_the_publications(at_desk, newsroom):
    newsroom.time_zone = "Asia/Tehran"
    newsroom.save()
    cast.an_original(taken_at=NOW)
    local = (NOW + timedelta(hours=3, minutes=30)).strftime("%H:%M").lstrip("0")
    text = page(at_desk())
    assert f'datetime="{NOW + timedelta(hours=3, minutes=30):%Y-%m-%dT%H:%M}' in text
    assert local.split(":")[1] in text


def test_an_editor_picks_from_the_page_of_an_original(at_desk):
    original = cast.an_original()
    client = at_desk()
    answer = client.post(
        reverse("newsroom:pick", args=[original.pk]), {"way": "reprint:fr", "reprint:fr-cover": "none"}
    )
    article = Article.objects.get()
    assert article.kind == Kind.REPRINT
    assert answer["Location"] == reverse("wagtailsnippets_articles_article:edit", args=[article.pk])
    again = client.post(
        reverse("newsroom:pick", args=[original.pk]),
        {"way": "reprint:fr", "reprint:fr-cover": "none"},
        follow=True,
    )
    assert Article.objects.count() == 1
    assert "is picked already, by Vera Lindholm" in again.content.decode()


def test_a_translation_leads_to_the_translation_desk(at_desk):
    original = cast.an_original()
    agreement = cast.an_agreement(original.outlet)
    answer = at_desk().post(
        reverse("newsroom:pick", args=[original.pk]),
        {"way": "translation:en", "translation:en-cover": str(agreement.pk)},
    )
    article = Article.objects.get()
    assert answer["Location"] == reverse("translation:job", args=[article.job.pk])
    assert article.permission.agreement == agreement


def test_the_page_of_an_original_says_why_an_agreement_does_not_fit(at_desk):
    original = cast.an_original()
    cast.an_agreement(original.outlet, title="Old letter", ends_on=cast.LONG_AGO, languages=["de"])
    text = at_desk().get(reverse("newsroom:original", args=[original.pk])).content.decode()
    assert "Old letter" in text
    assert "It ended on 2020-01-01." in text
    assert "It covers other languages only: de." in text


def test_the_page_of_an_original_shows_its_snapshot_and_the_way_out(at_desk):
    original = cast.an_original()
    snapshot = original.snapshots.get()
    text = at_desk().get(reverse("newsroom:original", args=[original.pk])).content.decode()
    assert snapshot.sha256 in text
    assert re.search(rf'href="{re.escape(original.url)}"\s+rel="noreferrer noopener"', text)
    assert "Les insulaires" in text


def test_a_grant_is_recorded_with_the_pick_by_those_who_keep_the_rights(at_desk):
    original = cast.an_original()
    chief = at_desk(cast.somebody("ines", role="editor-in-chief"))
    address = reverse("newsroom:pick", args=[original.pk])
    asked = {"way": "reprint:fr", "reprint:fr-cover": "grant"}
    answer = chief.post(address, asked)
    assert answer.status_code == 422
    assert "Say who granted it, when and how." in answer.content.decode()
    chief.post(address, {**asked, "reprint:fr-evidence": "Rahim, by mail"})
    assert Article.objects.get().permission.evidence == "Rahim, by mail"


def test_an_editor_finds_the_permission_of_a_piece_afterwards(at_desk):
    original = cast.an_original()
    article = pick_as_reprint(original=original, agreement=None, by=cast.vera(), now=NOW)
    client = at_desk()
    address = reverse("newsroom:cover", args=[article.pk])
    assert "Choose a section." in client.get(address).content.decode()
    agreement = cast.an_agreement(original.outlet)
    client.post(address, {"cover": str(agreement.pk)})
    assert Article.objects.get().permission.agreement == agreement


def test_a_grant_that_the_rights_manager_recorded_is_offered_to_the_editor(at_desk):
    original = cast.an_original()
    keeper = at_desk(cast.somebody("rafa", role="rights-manager"))
    granted = {"use": "reprint", "language": "fr", "evidence": "Rahim, by mail"}
    keeper.post(reverse("rights:grant", args=[original.pk]), granted)
    permission = original.permissions.get()
    editor = at_desk()
    assert "covered: reprint" in page(editor)
    text = editor.get(reverse("newsroom:original", args=[original.pk])).content.decode()
    assert "granted for this piece: Rahim, by mail" in text
    editor.post(
        reverse("newsroom:pick", args=[original.pk]),
        {"way": "reprint:fr", "reprint:fr-cover": f"permission:{permission.pk}"},
    )
    assert Article.objects.get().permission == permission


def test_a_revoked_grant_is_not_offered(at_desk):
    original = cast.an_original()
    permission = record_grant(
        original=original, use="reprint", language="fr", evidence="Rahim", by=cast.vera(), now=NOW
    )
    revoke(permission=permission, reason="Taken back", by=cast.vera(), now=NOW)
    client = at_desk()
    assert "no agreement covers it: ask" in page(client)
    answer = client.post(
        reverse("newsroom:pick", args=[original.pk]),
        {"way": "reprint:fr", "reprint:fr-cover": f"permission:{permission.pk}"},
    )
    assert answer.status_code == 422
    assert not Article.objects.exists()
