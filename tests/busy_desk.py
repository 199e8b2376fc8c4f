"""A newsroom in the middle of a day: the sample, and on top of it one of everything that a desk meets.

`pages()` are the addresses of all its pages, found from the desk's own table of addresses: a new page is walked
by the tests that ask here without a word from anybody, as soon as there is a row for what its address names.
"""

import sys
from datetime import timedelta
from pathlib import Path

import cast
from django.urls import reverse
from django.utils import timezone

from dateline.agreements.models import Agreement
from dateline.articles.actions import plan_reply
from dateline.articles.models import Article
from dateline.audience.actions import receive
from dateline.audience.models import ReaderLetter
from dateline.desk.actions.accounts import keep, open_accounts
from dateline.desk.actions.assigning import assign
from dateline.desk.actions.commenting import comment
from dateline.desk.actions.looking import make_rule
from dateline.desk.actions.writing import hand_in, propose_idea
from dateline.desk.models import Submission
from dateline.exchange.actions.sample import load_sample
from dateline.intake.actions.beats import describe_beat
from dateline.intake.actions.changed import enter_change
from dateline.intake.changes import Comparison
from dateline.intake.changes_told import Kind, fact
from dateline.intake.models import Change, Entry, Original, Proposal, Snapshot, Story
from dateline.people.apps import lay_groups
from dateline.rights.accounts import month_before
from dateline.rights.actions import accept_asking, hold, propose_asking
from dateline.rights.models import Account, Request, Use
from dateline.sources.models import Channel, Outlet

SUPPORT = Path(__file__).resolve().parent / "support"


def a_busy_desk():
    """Load the sample and begin one of everything. Returns the owner, who may pass every door."""
    now = timezone.now()
    load_sample(now=now)
    lay_groups()
    owner = cast.somebody("olga", role="owner", first_name="Olga", last_name="Renn", is_superuser=True)
    writer = cast.somebody("sami", role="contributor", first_name="Sami", last_name="Aho")
    tomas = cast.tomas()
    live = Article.objects.filter(live=True, kind="exclusive").first()
    made = Article.objects.filter(live=True, original__isnull=False).first()
    fresh = Original.objects.filter(articles=None, answered_by=None).order_by("pk")
    english = cast.a_language("en")
    assign(who=owner, task="edit", by=owner, now=now, article=live, due_at=now - timedelta(hours=2))
    assign(who=tomas, task="write", by=owner, now=now, idea="How the ferry is paid for", due_at=now)
    comment(text="@olga is this the right day?", by=tomas, now=now, article=made)
    comment(text="Somebody should look at this.", by=owner, now=now, original=fresh[0])
    make_rule(owner=owner, now=now, words="ferry")
    plan_reply(article=made, of_whom="The Harbour Office", by=owner, now=now, due_on=now.date())
    propose_idea(title="Who keeps the lighthouse", locale=english, by=owner, now=now, note="Ask the council.")
    hand_in(piece=a_submission(writer, english), now=now)
    request = propose_asking(original=fresh[1], use="translation", language="en", by=owner, now=now)
    accept_asking(request=request, by=owner, now=now)
    propose_asking(original=fresh[2], use="reprint", language=fresh[2].language, by=owner, now=now)
    hold(piece=made.uid, reason="A court asked for it.", by=owner, now=now)
    told = Comparison(kind=Kind.CORRECTION, facts=[fact("note", words="It was Tuesday.")], passages=[])
    before = made.original.snapshots.order_by("pk").first() or cast.a_snapshot(made.original, fetched_at=now)
    after = cast.a_snapshot(made.original, fetched_at=now)
    enter_change(told, original=made.original, before=before, after=after, now=now)
    a_proposal(now)
    an_account(now)
    receive(kind="access", text="What do you keep?", email="lea@reader.example", language="en", now=now)
    receive(kind="error", text="It was Monday.", language="fr", piece=made.uid, now=now)
    if not Story.objects.exists():
        Story.objects.create(title="The ferry is late", opened_at=now, last_at=now)
    return owner


def a_submission(writer, language):
    """Return what a contributor is about to hand in."""
    return Submission(
        by=writer,
        headline="A night at the lock",
        standfirst="Who works there.",
        text="It is cold.",
        locale=language,
    )


def an_account(now):
    """Keep the account of an outlet from the month before, and close that month."""
    Use.objects.update(began_at=now - timedelta(days=now.day + 3))
    open_accounts(now=now)
    keep(account=Account.objects.filter(kind="outlet").first(), now=now)


def a_proposal(now):
    """Let the beat be described, and ask for more of it."""
    concepts = [{"name": "ferry", "forms": {"fr": ["bac"], "en": ["ferry"]}}]
    beat = describe_beat(description={"name": "Ferries", "concepts": concepts}, by=None, now=now)
    change = {"do": "ask-company", "concept": "ferry"}
    return Proposal.objects.create(
        beat=beat, key="k", change=change, why={"code": "nothing", "values": []}, made_at=now
    )


def pages(client):
    """Return the addresses of the desk that answer with a page, for whoever `client` is."""
    sys.path[:0] = [] if str(SUPPORT) in sys.path else [str(SUPPORT)]
    from doors import doors

    rows = _rows()
    listed = [address for door in doors() for address in _addresses(door.path, rows)]
    return [
        address for address in dict.fromkeys([*listed, *_pages_of_other_rooms()]) if _is_page(client, address)
    ]


def _is_page(client, address):
    answer = client.get(address)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    if answer.streaming:
        list(answer.streaming_content)
        return False
    # What is archived is shown in a frame that runs no script: others' pages, and none of ours.
    is_frame = "sandbox" in answer.get("Content-Security-Policy", "")
    return is_page and not is_frame and b"</html>" in answer.content


def _rows():
    """Return by the first word of an address what stands in its place."""
    of_nouns = {
        "articles": Article.objects.filter(live=True, original__isnull=False).order_by("pk")[:1],
        "originals": Original.objects.filter(articles=None, answered_by=None).order_by("pk")[:1],
        "channels": Channel.objects.all()[:1],
        "changes": Change.objects.all()[:1],
        "entries": Entry.objects.all()[:1],
        "outlets": Outlet.objects.order_by("pk")[:1],
        "picker": Channel.objects.filter(kind="page")[:1],
        "requests": Request.objects.order_by("pk")[:2],
        "snapshots": Snapshot.objects.all()[:1],
        "stories": Story.objects.all()[:1],
        "writing": Submission.objects.all()[:1],
    }
    of_nouns["accounts"] = Account.objects.order_by("kind", "pk")[:1]
    of_nouns["readers"] = ReaderLetter.objects.order_by("pk")[:2]
    return {noun: [row.pk for row in rows] for noun, rows in of_nouns.items()}


def _addresses(path, rows):
    """Yield the addresses that a pattern of the table stands for; none where no row fits."""
    if "<" not in path:
        yield path
    elif "/letters/" in path:
        yield path.replace("<slug:kind>", "request").replace("<slug:language>", "en")
    elif path.endswith("<int:pk>/<slug:month>/"):
        for account in rows["accounts"]:
            month = month_before(timezone.now().date())
            yield path.replace("<int:pk>", str(account)).replace("<slug:month>", f"{month:%Y-%m}")
    elif path.count("<") == 1 and "<int:pk>" in path:
        noun = path.split("/")[2]
        # A piece that is made from another has all that one of our own has, and its rights.
        for pk in rows.get(noun, []):
            yield path.replace("<int:pk>", str(pk))


def _pages_of_other_rooms():
    """Return what stands on the desk and belongs to rooms before it."""
    article, original = Article.objects.filter(live=True).first(), Original.objects.first()
    agreement = Agreement.objects.first()
    return [
        reverse("wagtailadmin_home"),
        reverse("rights:permissions"),
        reverse("rights:withdrawals"),
        reverse("rights:grant", args=[original.pk]),
        reverse("translation:index"),
        reverse("wagtailsnippets_articles_article:list"),
        reverse("wagtailsnippets_articles_article:add"),
        reverse("wagtailsnippets_articles_article:edit", args=[article.pk]),
        reverse("wagtailsnippets_agreements_agreement:edit", args=[agreement.pk]),
        reverse("agreements:revoke", args=[agreement.pk]),
        reverse("picture-rights:index"),
    ]
