"""What the gate warns of is asked by every way out: the desk's button, the schedule, the command line."""

from datetime import timedelta

import cast
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dateline.articles.actions import publish_despite, publish_due
from dateline.articles.gate import cautions
from dateline.articles.models import Answer, Article
from dateline.articles.models.statement import Relation
from dateline.cli.verbs import publish as command
from dateline.people.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute():
    """A statement that disputes something, without a link to it and without asking anybody."""
    cast.an_identity()
    piece = cast.a_statement()
    Answer.objects.create(article=piece, relation=Relation.DISPUTES, claim="The ferry is safe.")
    return Article.objects.get(pk=piece.pk)


def scheduled(piece, *, at):
    draft = piece.get_latest_revision_as_object()
    draft.go_live_at = at
    draft.save_revision()
    return Article.objects.get(pk=piece.pk)


def its_hour_comes(piece):
    """Let the hour for which it is scheduled be past: Wagtail looks at the clock itself. Returns what went out."""
    revision = Article.objects.get(pk=piece.pk).scheduled_revision
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save(update_fields=["content", "approved_go_live_at"])
    return publish_due(now=timezone.now())


def ask(*words):
    from argparse import ArgumentParser

    parser = ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(list(words)))


def test_the_command_line_shows_the_warnings_and_publishes_nothing(dispute, capsys):
    assert ask(str(dispute.pk)) == 1
    told = capsys.readouterr().err
    assert all(one.message in told for one in cautions(dispute, now=cast.NOW))
    assert "--despite" in told
    assert not Article.objects.get(pk=dispute.pk).live


def test_with_a_reason_it_publishes_and_the_audit_keeps_the_reason(dispute, capsys):
    assert ask(str(dispute.pk), "--despite", "The link follows on Monday.") == 0
    assert Article.objects.get(pk=dispute.pk).live
    entry = AuditEntry.objects.get(verb="override-warnings")
    assert entry.after["reason"] == "The link follows on Monday."
    assert [one["code"] for one in entry.after["warnings"]] == ["no-link", "nobody-asked"]


def test_the_desk_asks_when_a_piece_is_scheduled_and_then_it_goes_out_at_its_time(dispute):
    at = timezone.now() + timedelta(hours=1)
    piece = scheduled(dispute, at=at)
    desk = Client()
    desk.force_login(cast.somebody("owner", role="owner", is_superuser=True))
    shown = [one.message for one in cautions(piece.get_latest_revision_as_object(), now=timezone.now())]
    answer = desk.post(reverse("articles:cautions", args=[piece.pk]), {"seen": shown}, follow=True)
    assert "Scheduled. What the gate warned of" in answer.content.decode()
    assert not Article.objects.get(pk=piece.pk).live
    its_hour_comes(piece)
    assert Article.objects.get(pk=piece.pk).live


def test_what_came_to_be_warned_of_after_the_scheduling_keeps_it_on_the_desk(dispute):
    at = timezone.now() + timedelta(hours=1)
    piece = scheduled(dispute, at=at)
    piece.latest_revision.publish()  # as a way that asks nobody would
    assert its_hour_comes(piece) == []
    kept = Article.objects.get(pk=piece.pk)
    assert not kept.live
    assert "Look at this before" in kept.trouble
    assert kept.scheduled_revision is None
    assert AuditEntry.objects.filter(verb="refuse", subject_id=str(piece.pk)).exists()


def test_a_warning_that_was_read_in_another_language_is_not_asked_again(dispute):
    from django.utils import translation

    at = timezone.now() + timedelta(hours=1)
    piece = scheduled(dispute, at=at)
    with translation.override("fr"):
        shown = [one.message for one in cautions(piece.get_latest_revision_as_object(), now=timezone.now())]
        publish_despite(article=piece, seen=shown, by=None, now=timezone.now())
    its_hour_comes(piece)
    assert Article.objects.get(pk=piece.pk).live
