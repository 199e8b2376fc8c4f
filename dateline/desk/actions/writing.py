"""Verbs of writing: propose, accept or decline an idea; hand in, accept, return or decline a piece."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from dateline.articles.kinds import CreditRole, Kind
from dateline.articles.models import Article, Contributor, Credit, Section
from dateline.desk.actions.assigning import assign
from dateline.desk.actions.submitting import take_submitted_pictures
from dateline.desk.models import Assignment, Idea, Submission
from dateline.desk.slugs import slug_for
from dateline.desk.written import paragraphs
from dateline.intake.models import Original
from dateline.people.actions import write_down
from dateline.people.models import User


class NotOpen(ValueError):
    """It has its answer already, or lies with somebody else."""


class SaysNothing(ValueError):
    """Somebody gets a piece back without being told why."""


@transaction.atomic
def propose_idea(
    *,
    title: str,
    locale: Locale,
    by: User | None,
    now: datetime,
    note: str = "",
    section: Section | None = None,
    who: User | None = None,
    due_at: datetime | None = None,
    original: Original | None = None,
) -> Idea:
    """Write an idea down. original: what gave it. Raises ValidationError."""
    idea = Idea(
        title=title.strip(),
        note=note,
        locale=locale,
        section=section,
        original=original,
        who=who,
        due_at=due_at,
        by=by,
        at=now,
    )
    idea.full_clean()
    idea.save()
    write_down(verb="propose-idea", subject=idea, by=by, now=now, summary=idea.title)
    return idea


@transaction.atomic
def accept_idea(*, idea: Idea, by: User | None, now: datetime, who: User | None = None) -> Article:
    """Begin the article of an idea, with its writer on the byline and the writing given to them.

    who: instead of whom the idea names. Raises NotOpen, assigning.NotOurs.
    """
    _refuse_unless(idea, is_open=idea.state == Idea.State.PROPOSED)
    writer = who or idea.who
    article = _begun(
        headline=idea.title,
        locale=idea.locale,
        section=idea.section,
        writer=writer,
        key=f"idea {idea.pk}",
        by=by,
    )
    idea.state, idea.article, idea.who = Idea.State.ACCEPTED, article, writer
    idea.full_clean()
    idea.save()
    if writer is not None:
        assign(
            who=writer,
            task=Assignment.Task.WRITE,
            article=article,
            due_at=idea.due_at,
            note=idea.note[:2000],
            by=by,
            now=now,
        )
    write_down(
        verb="accept-idea", subject=idea, by=by, now=now, summary=idea.title, after={"article": article.pk}
    )
    return article


@transaction.atomic
def decline_idea(*, idea: Idea, answer: str, by: User | None, now: datetime) -> Idea:
    """Say no to an idea. Raises NotOpen."""
    _refuse_unless(idea, is_open=idea.state == Idea.State.PROPOSED)
    idea.state, idea.answer = Idea.State.DECLINED, answer.strip()[:500]
    idea.full_clean()
    idea.save()
    write_down(verb="decline-idea", subject=idea, by=by, now=now, summary=idea.answer or idea.title)
    return idea


@transaction.atomic
def hand_in(*, piece: Submission, now: datetime) -> Submission:
    """Lay a piece before the desk, for the first time or again. Raises NotOpen, ValidationError."""
    _refuse_unless(piece, is_open=piece.state in {Submission.State.HANDED_IN, Submission.State.RETURNED})
    piece.state, piece.at = Submission.State.HANDED_IN, now
    piece.full_clean()
    piece.save()
    write_down(verb="hand-in", subject=piece, by=piece.by, now=now, summary=piece.headline)
    return piece


@transaction.atomic
def accept_submission(
    *, piece: Submission, by: User, now: datetime, section: Section | None = None, answer: str = ""
) -> Article:
    """Begin the article of a piece that was handed in: its words, its pictures, its writer on the byline.

    Raises NotOpen.
    """
    _refuse_unless(piece, is_open=piece.state == Submission.State.HANDED_IN)
    article = _begun(
        headline=piece.headline,
        standfirst=piece.standfirst,
        text=piece.text,
        locale=piece.locale,
        section=section,
        writer=piece.by,
        key=f"submission {piece.pk}",
        by=by,
    )
    article = take_submitted_pictures(piece=piece, article=article, by=by, now=now)
    piece.article = article
    _answered(piece, Submission.State.ACCEPTED, answer, by=by, now=now)
    return article


@transaction.atomic
def return_submission(*, piece: Submission, answer: str, by: User, now: datetime) -> Submission:
    """Give a piece back to its writer, who may hand it in again. Raises NotOpen, SaysNothing."""
    return _given_back(piece, Submission.State.RETURNED, answer, by=by, now=now)


@transaction.atomic
def decline_submission(*, piece: Submission, answer: str, by: User, now: datetime) -> Submission:
    """Say no to a piece. Raises NotOpen, SaysNothing."""
    return _given_back(piece, Submission.State.DECLINED, answer, by=by, now=now)


def _given_back(
    piece: Submission, state: Submission.State, answer: str, *, by: User, now: datetime
) -> Submission:
    _refuse_unless(piece, is_open=piece.state == Submission.State.HANDED_IN)
    if not answer.strip():
        raise SaysNothing(_("Say why it does not go out like this."))
    return _answered(piece, state, answer, by=by, now=now)


def _answered(
    piece: Submission, state: Submission.State, answer: str, *, by: User, now: datetime
) -> Submission:
    piece.state, piece.answer, piece.answered_by, piece.answered_at = state, answer.strip(), by, now
    piece.full_clean()
    piece.save()
    verbs = {
        "accepted": "accept-submission",
        "returned": "return-submission",
        "declined": "decline-submission",
    }
    write_down(
        verb=verbs[state],
        subject=piece,
        by=by,
        now=now,
        summary=piece.headline,
        after={"answer": piece.answer, "article": piece.article_id},
    )
    return piece


def _begun(
    *,
    headline: str,
    locale: Locale,
    section: Section | None,
    writer: User | None,
    key: str,
    by: User | None,
    standfirst: str = "",
    text: str = "",
) -> Article:
    """Return a draft of ours, with its writer on the byline."""
    language = str(locale.language_code)
    article = Article(
        kind=Kind.EXCLUSIVE,
        locale=locale,
        headline=headline,
        standfirst=standfirst,
        slugline=key,
        slug=slug_for(
            headline,
            keeps_script=True,
            is_taken=lambda slug: Article.objects.in_language(language).filter(slug=slug).exists(),
        ),
        section=section if section and section.locale_id == locale.pk else None,
        live=False,
    )
    article.body = json.dumps(paragraphs(text, key=article.uid))
    if writer is not None:
        known = Contributor.objects.filter(user=writer).first()
        article.credits = [
            Credit(
                role=CreditRole.AUTHOR,
                contributor=known,
                name="" if known else str(writer)[:160],
                sort_order=0,
            )
        ]
    article.full_clean()
    article.save()
    article.save_revision(user=writer or by)
    begun: Article = Article.objects.get(pk=article.pk)
    return begun


def _refuse_unless(piece: Idea | Submission, *, is_open: bool) -> None:
    if not is_open:
        raise NotOpen(_("“%s” has its answer already.") % piece)
