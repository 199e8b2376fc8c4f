"""The other side: an outlet reads a text before it goes out, on a page of its own, and the gate waits for its yes."""

from datetime import timedelta

import cast
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dateline.articles.gate import NotCleared
from dateline.desk.models import Comment, Mention
from dateline.people.models import AuditEntry
from dateline.rights.models import Approval
from dateline.work.testing import run_all_jobs


@pytest.fixture(autouse=True)
def _calm():
    cache.clear()


@pytest.fixture
def editor(at_desk):
    return at_desk(cast.vera())


@pytest.fixture
def article(newsroom):
    outlet = cast.an_outlet()
    cast.an_agreement(outlet, needs_approval=True)
    piece = cast.a_translation(cast.an_original(outlet))
    piece.save_revision()
    return piece


@pytest.fixture
def outlet():
    """Rahim's browser: no account, and checks of forms as in earnest."""
    return Client(enforce_csrf_checks=True)


def body(answer):
    return answer.content.decode()


def show(editor, article):
    editor.post(reverse("newsroom:approval", args=[article.pk]))
    return Approval.objects.order_by("-pk").first()


def where(approval):
    return reverse("for-outlet", args=[approval.token])


def approve(outlet, approval):
    return outlet.post(where(approval), {"say": "approve"})


def test_the_gate_waits_until_the_outlet_has_approved(editor, article, outlet):
    with pytest.raises(NotCleared, match="has not approved this text"):
        cast.published(article)
    approve(outlet, show(editor, article))
    assert cast.published(article).live


def test_an_agreement_that_demands_nothing_lets_it_out(newsroom):
    assert cast.published(cast.a_translation()).live


def test_a_changed_text_is_another_text_and_is_asked_for_again(editor, article, outlet):
    first = show(editor, article)
    approve(outlet, first)
    live = cast.published(article)
    live.headline = "The ferry does not sail"
    live.save_revision()
    with pytest.raises(NotCleared, match="has not approved"):
        cast.published(live)
    assert "The text was changed since" in body(editor.get(reverse("newsroom:approval", args=[article.pk])))
    second = show(editor, live)
    assert second.pk != first.pk
    first.refresh_from_db()
    assert first.state == "closed"


def test_what_stands_keeps_standing_when_they_begin_to_demand_it(newsroom):
    live = cast.published(cast.a_translation())
    agreement = live.permission.agreement
    agreement.needs_approval = True
    agreement.save()
    live.slugline = "ferry"
    live.save_revision()
    assert cast.published(live).live


def test_the_letter_leads_to_a_page_in_the_outlets_language(editor, article, outlet):
    approval = show(editor, article)
    run_all_jobs()
    (message,) = mail.outbox
    assert where(approval) in message.body
    text = body(outlet.get(where(approval)))
    assert '<html lang="fr"' in text
    assert "Approuver" in text
    assert article.headline in text
    assert "The islanders waited nine weeks." in text
    assert approval.credit_line in text
    assert article.original.url in text


def test_the_page_sets_no_cookie_and_is_kept_from_everybody_else(editor, article, outlet):
    answer = outlet.get(where(show(editor, article)))
    assert not answer.cookies
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_asking_for_a_change_says_which_and_the_desk_reads_it(editor, article, outlet):
    approval = show(editor, article)
    assert outlet.post(where(approval), {"say": "change", "note": " "}).status_code == 422
    assert outlet.post(where(approval), {"say": "change", "note": "Monday, not Tuesday"}).status_code == 302
    assert "Monday, not Tuesday" in body(editor.get(reverse("newsroom:approval", args=[article.pk])))
    assert approve(outlet, approval).status_code == 409
    with pytest.raises(NotCleared):
        cast.published(article)
    assert AuditEntry.objects.filter(verb="outlet-change", by=None).exists()


def test_a_change_that_is_asked_for_reaches_the_desk_as_a_comment_for_whoever_asked(editor, article, outlet):
    approval = show(editor, article)
    outlet.post(where(approval), {"say": "change", "note": "Monday, not Tuesday"})
    row = Comment.objects.get(article=article)
    assert "Monday, not Tuesday" in row.text
    assert "Harbour Courier" in row.text
    assert row.by is None
    assert Mention.objects.get(comment=row).who == cast.vera()
    assert "Monday, not Tuesday" in body(editor.get(reverse("newsroom:today")))
    assert "Monday, not Tuesday" in body(editor.get(reverse("newsroom:article-comments", args=[article.pk])))


def test_what_was_approved_is_shown_until_the_page_expires_and_no_longer(editor, article, outlet):
    approval = show(editor, article)
    approve(outlet, approval)
    assert article.headline in body(outlet.get(where(approval)))
    Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = outlet.get(where(approval))
    assert answer.status_code == 410
    assert article.headline not in body(answer)
    assert cast.published(article).live


def test_a_yes_makes_no_comment(editor, article, outlet):
    approve(outlet, show(editor, article))
    assert not Comment.objects.exists()


def test_a_page_that_is_closed_expired_or_unknown_shows_nothing(editor, article, outlet):
    approval = show(editor, article)
    Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert outlet.get(where(approval)).status_code == 410
    assert approve(outlet, approval).status_code == 410
    Approval.objects.update(expires_at=timezone.now() + timedelta(days=1))
    editor.post(reverse("newsroom:close-approval", args=[approval.pk]))
    answer = outlet.get(where(approval))
    assert answer.status_code == 404
    assert article.headline not in body(answer)
    assert outlet.get(reverse("for-outlet", args=["guess"])).status_code == 404


def test_an_address_that_knocks_too_often_has_to_wait(newsroom, outlet):
    guess = reverse("for-outlet", args=["guess"])
    assert {outlet.post(guess).status_code for _try in range(6)} == {404}
    answer = outlet.post(guess)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_a_text_that_is_approved_is_not_shown_again(editor, article, outlet):
    approval = show(editor, article)
    approve(outlet, approval)
    assert show(editor, article) == approval


def test_a_hostile_headline_stays_text(editor, article, outlet, hostile):
    article.headline = hostile
    article.save_revision()
    text = body(outlet.get(where(show(editor, article))))
    assert "<script>" not in text
    assert "\u202e" not in text


def test_without_mail_the_address_is_there_to_be_copied(editor, article, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    approval = show(editor, article)
    text = body(editor.get(reverse("newsroom:approval", args=[article.pk])))
    assert "send them the address" in text
    assert where(approval) in text


def test_a_translator_asks_no_outlet(at_desk, article):
    answer = at_desk(cast.tomas()).post(reverse("newsroom:approval", args=[article.pk]))
    assert answer.status_code in {302, 403}
    assert not Approval.objects.exists()
