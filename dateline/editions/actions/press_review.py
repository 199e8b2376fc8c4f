"""Making a press review: its voices, the sentences they say, and what these are in our language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.agreements.models import Agreement
from dateline.articles.kinds import CreditRole, Kind, MachineHelp
from dateline.articles.models import Article, Contributor, Credit, Section
from dateline.editions.actions.voicing import settle_voices
from dateline.editions.excerpts import MOST_VOICES, Quoted
from dateline.editions.models import Voice
from dateline.editions.queries.reviewing import covering, quota_of, sentences_of, speaks_already, within
from dateline.intake.models import Original
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions import take_from_agreement
from dateline.rights.models import Permission
from dateline.work.actions import enqueue_by_name


class Overtaken(ValueError):
    """Somebody else saved the review after it was opened; nothing was written over."""

    def __init__(self, article: Article) -> None:
        self.article = article
        super().__init__(
            _(
                "Somebody else changed “%s” while you wrote. Your words are still in the form: compare and save again."
            )
            % article
        )


class TooManyVoices(ValueError):
    """A press review has eight voices at most."""

    def __init__(self) -> None:
        super().__init__(_("A press review has %s voices at most. Take one away first.") % MOST_VOICES)


@dataclass(frozen=True, kw_only=True)
class VoiceWords:
    """What an editor wrote for a voice. voice: its number. quoted: the places of the chosen sentences."""

    voice: int
    position: int
    headline: str
    quoted: tuple[int, ...]
    excerpt: str


@transaction.atomic
def add_voices(
    *, article: Article, originals: Sequence[Original], by: User | None, now: datetime
) -> list[Voice]:
    """Let originals speak in a review, each with the first sentences that fit into its quota; drafts are asked for.

    One that speaks already is left as it is. Raises TooManyVoices.
    """
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    known = set(article.voices.values_list("original", flat=True))
    new = [one for one in dict.fromkeys(originals) if one.pk not in known]
    if len(known) + len(new) > MOST_VOICES:
        raise TooManyVoices
    made = [
        _voice(article, original, position=len(known) + place, by=by, now=now)
        for place, original in enumerate(new)
    ]
    ask_for_drafts(article=article)
    return made


def ask_for_drafts(*, article: Article) -> None:
    """Have the memory and a machine put into our language what nobody has written yet."""
    enqueue_by_name("editions.draft_voices", key=str(article.pk), article=article.pk)


def cover_voice(*, original: Original, language: str, by: User | None, now: datetime) -> Permission | None:
    """Return the permission under which an original speaks; None where it is quoted as anybody may."""
    found = covering(original, language=language, on=now.date())
    if isinstance(found, Agreement):
        return take_from_agreement(
            original=original, agreement=found, use="excerpt", language=language, by=by, now=now
        )
    return found


@transaction.atomic
def write_review(
    *,
    article: Article,
    version: int,
    headline: str,
    standfirst: str,
    words: Sequence[VoiceWords],
    by: User | None,
    now: datetime,
    section: Section | None = None,
    byline: str = "",
    slug: str = "",
) -> Article:
    """Save a review as the editor wrote it. version: the revision that they saw (`version_of`).

    section, byline, slug: what is empty stays as it is.
    Voices that are not among `words` are left as they are. Of a live one readers see what its permission allows,
    at once. Raises Overtaken.
    """
    row = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if version_of(row) != version:
        raise Overtaken(row)
    draft: Article = row.get_latest_revision_as_object() if row.latest_revision_id else row
    draft.headline, draft.standfirst = one_line(headline), standfirst.strip()
    draft.section = section or draft.section
    draft.slug = slug or draft.slug
    if byline and [credit.shown_name for credit in draft.credits_of(CreditRole.AUTHOR)] != [byline]:
        draft.credits = [_author(byline)]
    draft.full_clean()
    if row.live:
        draft.save_revision(user=by)
    else:
        draft.live = False
        draft.save()
        draft.save_revision(user=by, clean=False)
    for one in words:
        _write(row, one, by=by, now=now)
    if row.live:
        settle_voices(article=row, now=now)
    ask_for_drafts(article=row)
    write_down(verb="write-review", subject=row, by=by, now=now, summary=draft.headline)
    saved: Article = Article.objects.get(pk=row.pk)
    return saved


@transaction.atomic
def drop_voice(*, voice: Voice, by: User | None, now: datetime) -> None:
    """Take a voice out of its review."""
    article = voice.article
    summary = str(voice.original)
    voice.delete()
    write_down(verb="drop-voice", subject=article, by=by, now=now, summary=cut(summary, 300))
    if article.live:
        settle_voices(article=article, now=now)


@transaction.atomic
def stand_for_drafts(*, article: Article, by: User | None, now: datetime) -> int:
    """Say that a person read what machines drafted in a review and stands for it. Returns how many voices."""
    raw = Voice.objects.filter(article=article, machine_help=MachineHelp.RAW).exclude(excerpt="")
    count = raw.update(machine_help=MachineHelp.REVISED)
    if count:
        write_down(verb="read-drafts", subject=article, by=by, now=now, summary=article.headline)
    return count


def version_of(article: Article) -> int:
    """Return the version of a review that somebody sees: who saves over another one is refused."""
    return int(article.latest_revision_id or 0)


def is_review(article: Article) -> bool:
    """Is it a press review?"""
    return bool(article.kind == Kind.PRESS_REVIEW)


def _author(name: str) -> Credit:
    contributor = Contributor.objects.filter(name=name).first()
    return Credit(
        role=CreditRole.AUTHOR,
        contributor=contributor,
        name="" if contributor else cut(name, 160),
        sort_order=0,
    )


def _voice(article: Article, original: Original, *, position: int, by: User | None, now: datetime) -> Voice:
    permission = cover_voice(original=original, language=article.language, by=by, now=now)
    voice = Voice(article=article, original=original, permission=permission, position=position)
    chosen = within(sentences_of(original), most=quota_of(voice), language=original.language)
    _quote(voice, chosen)
    if speaks_already(original, article.language):
        voice.excerpt = voice.source_text
        voice.headline = cut(one_line(original.headline), 200)
    voice.full_clean()
    voice.save()
    return voice


def _quote(voice: Voice, sentences: Sequence[Quoted]) -> None:
    voice.quoted = [{"number": one.number, "text": one.text} for one in sentences]


def _write(article: Article, told: VoiceWords, *, by: User | None, now: datetime) -> None:
    voice = (
        Voice.objects.select_related("original", "permission__agreement")
        .filter(article=article, pk=told.voice)
        .first()
    )
    if voice is None:
        return  # somebody took it out meanwhile
    was = voice.source_text
    offered = {one.number: one for one in sentences_of(voice.original)}
    _quote(voice, [offered[number] for number in sorted(set(told.quoted)) if number in offered])
    voice.position, voice.headline = told.position, cut(one_line(told.headline), 200)
    _put_into_words(article, voice, told.excerpt.strip(), is_same=voice.source_text == was)
    voice.permission = cover_voice(original=voice.original, language=article.language, by=by, now=now)
    voice.full_clean()
    voice.save()


def _put_into_words(article: Article, voice: Voice, excerpt: str, *, is_same: bool) -> None:
    """Keep what a person wrote. A machine's draft of sentences that were changed since is let go, to be made anew."""
    if speaks_already(voice.original, article.language):
        voice.excerpt = voice.source_text
        return
    is_its_draft = bool(voice.machine_text) and excerpt in {"", voice.machine_text}
    if is_its_draft and is_same:
        voice.excerpt = voice.machine_text
        return
    if is_its_draft or not voice.source_text:
        voice.excerpt = voice.machine_text = voice.machine_name = ""
        voice.machine_help = MachineHelp.NONE
        return
    voice.excerpt = excerpt
    if voice.machine_text:
        voice.machine_help = MachineHelp.REVISED
