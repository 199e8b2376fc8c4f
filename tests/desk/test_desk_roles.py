"""Who may pass which door of the desk, on a real login, for every role."""

import cast
import pytest
from django.test import Client
from django.urls import reverse

from dateline.articles.models import Article
from dateline.intake.actions.beats import describe_beat
from dateline.intake.models import Proposal
from dateline.people.roles import ROLES
from dateline.rights.models import Permission
from dateline.work.models import Job

EDITORS = {"owner", "editor-in-chief", "editor"}
CHIEFS = {"owner", "editor-in-chief"}
READERS = EDITORS | {"translator", "rights-manager"}
KEEPERS = CHIEFS | {"rights-manager"}

# Each door: how it is tried, and who gets through.
DOORS = [
    ("get", "newsroom:original", "original", READERS),
    ("post", "newsroom:pick", "original", EDITORS),
    ("post", "newsroom:spike", "original", EDITORS),
    ("post", "newsroom:unspike", "original", EDITORS),
    ("get", "newsroom:outlets", None, READERS),
    ("get", "newsroom:editions", None, EDITORS),
    ("post", "newsroom:open-editions", None, EDITORS),
    ("get", "newsroom:add-run", None, CHIEFS),
    ("get", "newsroom:outlet", "outlet", READERS),
    ("get", "newsroom:add-outlet", None, CHIEFS),
    ("post", "newsroom:check-channel", "channel", KEEPERS),
    ("post", "newsroom:stop-channel", "channel", KEEPERS),
    ("post", "newsroom:watch-channel", "channel", KEEPERS),
    ("post", "newsroom:try-entry", "entry", EDITORS),
    ("get", "newsroom:add-page", None, CHIEFS),
    ("get", "newsroom:correct", "original", EDITORS),
    ("get", "newsroom:correct-frame", "original", EDITORS),
    ("post", "newsroom:undo-correction", "original", EDITORS),
    ("get", "newsroom:site-rules", None, EDITORS),
    ("post", "newsroom:run-job", "job", CHIEFS),
    ("get", "newsroom:cover", "reprint", EDITORS | KEEPERS),
    ("get", "newsroom:withdraw", "reprint", KEEPERS),
    ("post", "newsroom:refusal-seen", "reprint", EDITORS),
    ("get", "newsroom:beat", None, READERS),
    ("get", "newsroom:describe-beat", None, CHIEFS),
    ("post", "newsroom:try-beat", None, READERS),
    ("get", "newsroom:beat-file", None, READERS),
    ("post", "newsroom:load-beat", None, CHIEFS),
    ("post", "newsroom:lay-down-beat", None, CHIEFS),
    ("post", "newsroom:route-label", None, CHIEFS),
    ("get", "newsroom:beat-proposals", None, READERS),
    ("post", "newsroom:accept-proposal", "proposal", CHIEFS),
    ("post", "newsroom:refuse-proposal", "proposal", CHIEFS),
    ("get", "rights:permissions", None, EDITORS | KEEPERS),
    ("get", "rights:grant", "original", KEEPERS),
    ("get", "rights:revoke", "permission", KEEPERS),
    ("get", "rights:withdrawals", None, EDITORS | KEEPERS),
    ("get", "agreements:evidence", "agreement", READERS),
    ("get", "agreements:revoke", "agreement", KEEPERS),
    ("get", "wagtailsnippets_agreements_agreement:list", None, READERS),
    ("get", "wagtailsnippets_agreements_agreement:add", None, KEEPERS),
    ("get", "wagtailsnippets_agreements_agreement:edit", "agreement", KEEPERS),
    ("get", "picture-rights:index", None, EDITORS | KEEPERS),
    ("get", "picture-rights:add", None, KEEPERS),
    ("get", "outlet-facts:edit", "outlet", KEEPERS),
    ("get", "wagtailsnippets_articles_article:add", None, EDITORS | {"contributor"}),
    ("get", "wagtailsnippets_articles_article:edit", "reprint", EDITORS),
    ("get", "wagtailsnippets_articles_section:add", None, CHIEFS),
    ("get", "wagtailimages:index", None, EDITORS),
    ("get", "wagtailimages:add", None, EDITORS),
    ("get", "wagtailusers_users:index", None, {"owner"}),
]


def a_proposal():
    beat = describe_beat(
        description={"name": "Ferries", "concepts": [{"name": "ferry", "forms": {"fr": ["bac"]}}]},
        by=None,
        now=cast.NOW,
    )
    return Proposal.objects.create(
        beat=beat,
        key="k",
        change={"do": "ask-company", "concept": "ferry"},
        why={"code": "nothing", "values": []},
        made_at=cast.NOW,
    )


def a_dead_job():
    return Job.objects.create(
        task="sources.check_due", state=Job.State.DEAD, enqueued_at=cast.NOW, run_after=cast.NOW
    )


@pytest.fixture
def things(newsroom, tmp_path, settings):
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from dateline.intake.models import Entry

    settings.MEDIA_ROOT = tmp_path
    outlet = cast.an_outlet()
    agreement = cast.an_agreement(outlet)
    agreement.evidence.save("letter.txt", ContentFile(b"yes"))
    original = cast.an_original(outlet)
    reprint = cast.a_reprint(original)
    channel = cast.a_channel(outlet)
    entry = Entry.objects.create(channel=channel, guid="1", url="https://x.example/1", seen_at=timezone.now())
    return {
        "outlet": outlet,
        "agreement": agreement,
        "original": original,
        "reprint": reprint,
        "channel": channel,
        "entry": entry,
        "permission": Permission.objects.get(),
        "job": a_dead_job(),
        "proposal": a_proposal(),
    }


def logged_in(role):
    """Log somebody of that role in through the form, as a person does."""
    fields = {"is_superuser": True} if ROLES[role].is_owner else {}
    user = cast.somebody(f"one-{role}", role=role, **fields)
    client = Client()
    answer = client.post(
        reverse("wagtailadmin_login"), {"username": user.username, "password": "a long pass phrase"}
    )
    assert answer.status_code == 302
    return client


def is_let_through(answer):
    turned_away = answer.status_code == 302 and answer["Location"] in {"/desk/", "/desk/login/"}
    return not turned_away and answer.status_code not in {403, 404}


def let_go_of_the_file(answer):
    """Read it to its end, so that it is closed; `answer.close()` would also end the connection to the database."""
    if answer.streaming:
        list(answer.streaming_content)


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_passes_its_own_doors_and_no_others(things, role):
    client = logged_in(role)
    wrong = []
    for method, name, of, allowed in DOORS:
        address = reverse(name, args=[things[of].pk] if of else [])
        asked = {"next": "/desk/?state=all", "way": "reprint:fr", "reprint:fr-cover": "none"}
        answer = getattr(client, method)(address, asked if method == "post" else {})
        let_go_of_the_file(answer)
        if is_let_through(answer) != (role in allowed):
            wrong.append((name, answer.status_code, answer.get("Location")))
    assert wrong == []


def test_nobody_gets_past_the_first_door(things):
    client = Client()
    client.force_login(cast.nobody())
    for method, name, of, _allowed in DOORS:
        answer = getattr(client, method)(reverse(name, args=[things[of].pk] if of else []))
        assert answer.status_code in {302, 403}
        assert "login" in answer.get("Location", "login")


def test_a_stranger_is_asked_who_they_are(newsroom):
    answer = Client().get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("role", list(ROLES))
def test_every_role_has_a_first_page_without_an_error(newsroom, role):
    answer = logged_in(role).get("/desk/")
    assert answer.status_code == 200


def test_a_contributor_sees_nothing_of_what_came_in(things):
    client = logged_in("contributor")
    text = client.get("/desk/").content.decode()
    assert things["original"].headline not in text
    assert client.get(reverse("original-chooser:choose"))["Location"] == "/desk/"
    assert client.get(reverse("permission-chooser:choose"))["Location"] == "/desk/"


def test_a_contributor_writes_and_does_not_publish(newsroom):
    client = logged_in("contributor")
    add = reverse("wagtailsnippets_articles_article:add")
    assert "action-publish" not in client.get(add).content.decode()
    answer = client.post(add, {**new_article(), "action-publish": "yes"})
    assert answer.status_code in {200, 302}
    assert not Article.objects.filter(live=True).exists()


def test_an_editor_writes_an_exclusive_and_publishes_it(newsroom):
    client = logged_in("editor")
    section = cast.a_section()
    person = cast.a_contributor()
    add = reverse("wagtailsnippets_articles_article:add")
    answer = client.post(
        add,
        {
            **new_article(),
            "section": section.pk,
            "credits-TOTAL_FORMS": 1,
            "credits-0-role": "author",
            "credits-0-contributor": person.pk,
            "credits-0-name": "",
            "credits-0-ORDER": 1,
            "action-publish": "yes",
        },
    )
    assert answer.status_code == 302
    assert Article.objects.get().live


def new_article():
    paragraph = (
        '{"blocks":[{"key":"a","text":"The ferry sails.","type":"unstyled","depth":0,'
        '"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}'
    )
    formset = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {
        "kind": "exclusive",
        "genre": "report",
        "headline": "The ferry",
        "slug": "the-ferry",
        "machine_help": "none",
        "body-count": 1,
        "body-0-deleted": "",
        "body-0-order": 0,
        "body-0-type": "paragraph",
        "body-0-value": paragraph,
        **{f"credits-{name}": value for name, value in formset.items()},
        **{f"answers-{name}": value for name, value in formset.items()},
        **{f"issuers-{name}": value for name, value in formset.items()},
    }


def menu_of(role):
    """Return the lines of a role's menu as a browser shows them: a name, or a name with those inside."""
    from wagtail.admin.menu import admin_menu

    request = logged_in(role).get("/desk/today/").wsgi_request
    request.user = cast.somebody(f"one-{role}")
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    return {
        item.name.removeprefix("group-"): [
            one.name
            for one in sorted(item.menu.menu_items_for_request(request), key=lambda inner: inner.order)
        ]
        if hasattr(item, "menu")
        else []
        for item in items
    }


def test_the_menu_is_grouped_as_an_editor_thinks(newsroom):
    lines = menu_of("editor-in-chief")
    assert list(lines) == [
        "today", "newslist", "news", "work", "paper", "going-out", "rights", "sources", "overview", "audit",
        "settings",
    ]  # fmt: skip
    assert lines["news"][:2] == ["stories", "had"]
    assert lines["paper"][:3] == ["write", "articles", "sections"]
    assert lines["going-out"] == ["editions", "letters-out"]
    assert lines["rights"][0] == "rights-ahead"
    everything = {*lines, *(name for inside in lines.values() for name in inside)}
    assert not {"documents", "help", "snippets", "images", "reports"} & everything


def test_every_line_of_the_menu_stands_where_the_table_says(newsroom):
    from dateline.desk.menu import LINES

    lines = menu_of("owner")
    for line in LINES:
        assert line.name in (lines[line.group] if line.group else lines), line.name


def test_a_group_with_one_line_is_that_line(newsroom):
    lines = menu_of("reader-support")
    assert "had" in lines
    assert "news" not in lines
    assert "rights" not in lines


def test_the_desk_asks_no_other_server_for_anything(at_desk, things):
    text = at_desk().get("/desk/").content.decode()
    assert "gravatar" not in text.lower()
    assert "releases.wagtail.io" not in text
