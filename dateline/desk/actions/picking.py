"""Verbs of the newsroom's workbench: pick, spike, find the permission that covers a piece."""

import json
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from dateline.agreements.concerned import Work, concerns
from dateline.agreements.may import Wish, objections
from dateline.agreements.models import Agreement
from dateline.articles.bodies import word_count
from dateline.articles.kinds import USE_OF_KIND, CreditRole, Kind
from dateline.articles.models import Article, Contributor, Credit, Section
from dateline.desk.actions.writing import propose_idea
from dateline.desk.bodies import opening, reprinted
from dateline.desk.models import Gist, Idea, LabelRoute, Pick, Spike
from dateline.desk.queries import in_words, section_by_beat, site_codes
from dateline.desk.slugs import slug_for
from dateline.desk.ways import own_language
from dateline.intake.actions.beats import note_judgement
from dateline.intake.models import Entry, Original
from dateline.intake.queries import latest_snapshot, reading_for
from dateline.lib.scripts import primary
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.rights.actions import record_grant, take_from_agreement
from dateline.rights.models import Permission, Withdrawal
from dateline.site.actions import speak
from dateline.site.queries import identity, own_name
from dateline.translation.actions import start_job
from dateline.work.actions import enqueue_by_name

# Words of an excerpt where no agreement says how many.
EXCERPT_WORDS: Final = 120


class AlreadyPicked(ValueError):
    """Somebody picked the original in this way. `pick` leads to the article."""

    def __init__(self, pick: Pick) -> None:
        self.pick = pick
        self.article = pick.article
        super().__init__(
            _("“%(original)s” is picked already, by %(who)s: go on with “%(article)s”.")
            % {"original": pick.original, "who": pick.by or _("somebody"), "article": pick.article}
        )


class AlreadyAnIdea(ValueError):
    """Somebody proposed an idea of the original, and it waits for its answer."""

    def __init__(self, idea: Idea) -> None:
        self.idea = idea
        super().__init__(
            _("%(who)s proposed it as an idea already: “%(idea)s”.")
            % {"who": idea.by or _("somebody"), "idea": idea}
        )


class NoSuchLanguage(ValueError):
    """The site has no pages in that language, or the piece is written in it."""


class DoesNotCover(ValueError):
    """The agreement does not allow this use. `reasons` says why, in words."""

    def __init__(self, agreement: Agreement, reasons: tuple[str, ...]) -> None:
        self.agreement = agreement
        self.reasons = reasons
        super().__init__(
            _("“%(agreement)s” does not cover this. %(why)s")
            % {"agreement": agreement, "why": " ".join(reasons)}
        )


class OtherPermission(ValueError):
    """The permission is not for what the article does with its original."""


class NeedsNoPermission(ValueError):
    """The article is not made from an original, so there is nothing to permit."""


def pick_as_reprint(
    *, original: Original, agreement: Agreement | None, by: User | None, now: datetime
) -> Article:
    """Make a draft of the original in its own words and language, under `agreement` where there is one.

    Its pictures do not come along. Raises AlreadyPicked, NoSuchLanguage, DoesNotCover.
    """
    language = own_language(original.language, site_codes())
    if not language:
        raise NoSuchLanguage(
            _("The site has no pages in %s. Add the language on the identity page, or pick a translation.")
            % own_name(original.language)
        )
    return _picked(
        original=original, kind=Kind.REPRINT, language=language, agreement=agreement, by=by, now=now
    )


def pick_as_translation(
    *, original: Original, language: str, agreement: Agreement | None, by: User | None, now: datetime
) -> Article:
    """Make a draft to be translated into `language`, and lay it on the translation desk.

    Raises AlreadyPicked, NoSuchLanguage, DoesNotCover, translation's AlreadyStarted.
    """
    codes = site_codes()
    if language not in codes:
        raise NoSuchLanguage(
            _("The site has no pages in %(language)s; it has: %(languages)s.")
            % {"language": own_name(language), "languages": ", ".join(codes)}
        )
    if language == own_language(original.language, codes):
        raise NoSuchLanguage(_("The piece is written in %s: pick it as a reprint.") % own_name(language))
    return _picked(
        original=original, kind=Kind.TRANSLATION, language=language, agreement=agreement, by=by, now=now
    )


def pick_as_excerpt(
    *, original: Original, agreement: Agreement | None, by: User | None, now: datetime
) -> Article:
    """Make a draft of the original's opening in its own language, as long as `agreement` lets an excerpt be.

    Raises AlreadyPicked, NoSuchLanguage, DoesNotCover.
    """
    language = own_language(original.language, site_codes())
    if not language:
        raise NoSuchLanguage(_("The site has no pages in %s.") % own_name(original.language))
    return _picked(
        original=original, kind=Kind.EXCERPT, language=language, agreement=agreement, by=by, now=now
    )


@transaction.atomic
def pick_as_idea(*, original: Original, language: str, by: User | None, now: datetime) -> Idea:
    """Propose a piece of our own that an original gave the idea for, in `language` of the site.

    Nothing of the original is used, so no permission is needed. Raises AlreadyAnIdea while one waits.
    """
    waiting = Idea.objects.filter(original=original, state=Idea.State.PROPOSED).select_related("by").first()
    if waiting:
        raise AlreadyAnIdea(waiting)
    reading = reading_for(original)
    headline = cut(one_line(reading.headline), 200)
    known = Gist.objects.filter(original=original, language=primary(language)).exclude(text="").first()
    idea = propose_idea(
        title=cut(one_line(known.text), 200) if known else headline,
        locale=Locale.objects.get(language_code=language),
        section=section_by_beat(original, language),
        note=f"{headline}\n{original.outlet.shown_name}\n{original.url}",
        original=original,
        by=by,
        now=now,
    )
    Spike.objects.filter(original=original).delete()
    note_judgement(original=original, is_wanted=True, by=by, now=now)
    return idea


@transaction.atomic
def spike(*, original: Original, by: User | None, now: datetime) -> Spike:
    """Put the original aside; a second time changes nothing. Raises AlreadyPicked where work on it has begun."""
    pick = original.picks.select_related("article", "by").first()
    if pick:
        raise AlreadyPicked(pick)
    row, made = Spike.objects.get_or_create(original=original, defaults={"by": by, "at": now})
    if made:
        note_judgement(original=original, is_wanted=False, by=by, now=now)
        write_down(verb="spike", subject=original, by=by, now=now, summary=original.headline)
    return row


@transaction.atomic
def unspike(*, original: Original, by: User | None, now: datetime) -> Original:
    """Bring a spiked original back; one that is not spiked stays as it is."""
    if Spike.objects.filter(original=original).delete()[0]:
        note_judgement(original=original, is_wanted=None, by=by, now=now)
        write_down(verb="unspike", subject=original, by=by, now=now, summary=original.headline)
    return original


@transaction.atomic
def cover_by_agreement(*, article: Article, agreement: Agreement, by: User | None, now: datetime) -> Article:
    """Let an agreement of its outlet cover an article that is being worked on.

    What readers see changes when it is published again. Raises NeedsNoPermission, DoesNotCover.
    """
    draft = _draft_of(article)
    original, use = _original_and_use(draft)
    _refuse_uncovered(agreement, original, use, draft.language, words=word_count(draft), now=now)
    permission = take_from_agreement(
        original=original, agreement=agreement, use=use, language=draft.language, by=by, now=now
    )
    return _cover(draft, permission, by=by)


@transaction.atomic
def cover_by_grant(*, article: Article, evidence: str, by: User | None, now: datetime) -> Article:
    """Record that the outlet granted this piece, and let that cover the article. `evidence`: who, when and how.

    Raises NeedsNoPermission, ValidationError where the evidence is empty.
    """
    draft = _draft_of(article)
    original, use = _original_and_use(draft)
    permission = record_grant(
        original=original, use=use, language=draft.language, evidence=evidence.strip(), by=by, now=now
    )
    return _cover(draft, permission, by=by)


@transaction.atomic
def cover_by_permission(*, article: Article, permission: Permission, by: User | None) -> Article:
    """Let a permission that was granted for its piece cover an article. Raises NeedsNoPermission, OtherPermission."""
    draft = _draft_of(article)
    original, use = _original_and_use(draft)
    held = (permission.original_id, permission.use, permission.language)
    if held != (original.pk, use, draft.language):
        raise OtherPermission(_("The permission is for another piece, use or language."))
    return _cover(draft, permission, by=by)


@transaction.atomic
def note_refusal_seen(*, article: Article, by: User | None, now: datetime) -> Article:
    """Take the refusal of a schedule from the newslist, once somebody has read it."""
    if article.trouble:
        write_down(verb="see-refusal", subject=article, by=by, now=now, summary=article.trouble)
        article.trouble = ""
        article.save(update_fields=["trouble"])
    return article


@transaction.atomic
def try_entry_again(*, entry: Entry) -> Entry:
    """Have a worker take an entry that failed, at once."""
    enqueue_by_name("intake.take_entry", entry_id=entry.pk)
    return entry


@transaction.atomic
def route_label(*, label: str, section: Section | None, by: User | None, now: datetime) -> LabelRoute | None:
    """Let what the beat gives this label go to `section` when it is picked; None: it chooses no section."""
    if section is None:
        LabelRoute.objects.filter(label=label).delete()
        return None
    row, _made = LabelRoute.objects.update_or_create(label=label, defaults={"section": section})
    write_down(verb="route-label", subject=row, by=by, now=now, summary=str(row))
    return row


# A pick, step by step.


def _picked(
    *,
    original: Original,
    kind: Kind,
    language: str,
    agreement: Agreement | None,
    by: User | None,
    now: datetime,
) -> Article:
    try:
        with transaction.atomic():
            _refuse_second(original, kind, language)
            article = _drafted(original, kind, language, agreement, by=by)
            article.permission = _permission(original, kind, language, agreement, by=by, now=now)
            article.full_clean()
            article.save()
            article.save_revision(user=by)
            _write_pick(article, original, by=by, now=now)
            if kind == Kind.TRANSLATION:
                start_job(article=article, snapshot=latest_snapshot(original), by=by, now=now)
    except IntegrityError:  # somebody picked it in the same moment
        _refuse_second(original, kind, language)
        raise
    picked: Article = Article.objects.get(pk=article.pk)
    return picked


def _refuse_second(original: Original, kind: Kind, language: str) -> None:
    picks = Pick.objects.filter(original=original, kind=kind, language=language)
    for taken in picks.select_related("article", "by"):
        if Withdrawal.objects.filter(piece=taken.article.uid).exists():
            taken.delete()  # what was withdrawn never comes back: a new article may be made of the original
        else:
            raise AlreadyPicked(taken)


def _drafted(
    original: Original, kind: Kind, language: str, agreement: Agreement | None, *, by: User | None
) -> Article:
    speak([language])
    reading = reading_for(original)
    names = reading.author_names
    article = Article(
        kind=kind,
        locale=Locale.objects.get(language_code=language),
        headline=cut(one_line(reading.headline), 300),
        standfirst=reading.standfirst,
        slug=_slug(original, language),
        original=original,
        is_unsigned_at_source=not names,
        section=section_by_beat(original, language),
        live=False,
    )
    if kind == Kind.REPRINT:
        _own_words(article, original, language)
    elif kind == Kind.EXCERPT:
        agreed = agreement.max_words if agreement else None
        _own_words(article, original, language, most=agreed or EXCERPT_WORDS)
    _credit(article, names, by=by)
    return article


def _slug(original: Original, language: str) -> str:
    return slug_for(
        reading_for(original).headline,
        keeps_script=own_language(original.language, [language]) == language,
        is_taken=lambda slug: Article.objects.in_language(language).filter(slug=slug).exists(),
    )


def _own_words(article: Article, original: Original, language: str, *, most: int | None = None) -> None:
    """Let an article say what its original says. most: words that it may have in all, None for any number."""
    reading = reading_for(original)
    words = reprinted(
        headline=reading.headline,
        standfirst=reading.standfirst,
        body_html=reading.body_html,
        language=language,
        key=article.uid,
    )
    if most is not None:
        words = opening(words, most=most - len(article.headline.split()))
    article.standfirst = words.standfirst
    article.body = json.dumps(words.body)


def _credit(article: Article, names: list[str], *, by: User | None) -> None:
    known = {person.name: person for person in Contributor.objects.filter(name__in=names)}
    rows = [
        Credit(
            role=CreditRole.AUTHOR,
            contributor=known.get(name),
            name="" if name in known else cut(one_line(name), 160),
        )
        for name in names
    ]
    if article.kind == Kind.TRANSLATION and by:
        rows += _translator(by)
    for order, row in enumerate(rows):
        row.sort_order = order
    article.credits = rows


def _translator(by: User) -> list[Credit]:
    """Return the credit of who picks it to translate: their profile, else their name, else none."""
    profile = Contributor.objects.filter(user=by).first()
    name = "" if profile else cut(one_line(by.get_full_name()), 160)
    known = profile or name
    return [Credit(role=CreditRole.TRANSLATOR, contributor=profile, name=name)] if known else []


def _permission(
    original: Original,
    kind: Kind,
    language: str,
    agreement: Agreement | None,
    *,
    by: User | None,
    now: datetime,
) -> Permission | None:
    if agreement is None:
        return None
    use = USE_OF_KIND[kind]
    words = len(reading_for(original).body_text.split()) if kind == Kind.REPRINT else 0
    _refuse_uncovered(agreement, original, use, language, words=words, now=now)
    return take_from_agreement(
        original=original, agreement=agreement, use=use, language=language, by=by, now=now
    )


def _refuse_uncovered(
    agreement: Agreement, original: Original, use: str, language: str, *, words: int, now: datetime
) -> None:
    work = Work(outlet=original.outlet.slug, authors=frozenset(original.author_names))
    if not concerns(agreement.scope(), work):
        raise DoesNotCover(agreement, (_("It was made with another outlet."),))
    wish = Wish(
        use=use, language=language, on=now.date(), words=words, is_commercial=identity().is_commercial
    )
    found = objections(wish, agreement.terms())
    if found:
        raise DoesNotCover(agreement, tuple(in_words(one) for one in found))


def _write_pick(article: Article, original: Original, *, by: User | None, now: datetime) -> None:
    Spike.objects.filter(original=original).delete()
    pick = Pick(
        original=original, kind=article.kind, language=article.language, article=article, by=by, at=now
    )
    pick.save(force_insert=True)
    note_judgement(original=original, is_wanted=True, by=by, now=now)
    write_down(
        verb="pick",
        subject=original,
        by=by,
        now=now,
        summary=original.headline,
        after={"article": article.pk, "kind": article.kind, "language": article.language},
    )


# A permission for an article that exists.


def _draft_of(article: Article) -> Article:
    draft: Article = article.get_latest_revision_as_object()
    return draft


def _original_and_use(article: Article) -> tuple[Original, str]:
    use = USE_OF_KIND.get(Kind(article.kind))
    if use is None or article.original is None:
        raise NeedsNoPermission(
            _("“%s” is not made from an original, so it needs no permission of an outlet.") % article
        )
    return article.original, use


def _cover(draft: Article, permission: Permission, *, by: User | None) -> Article:
    draft.permission = permission
    draft.save_revision(user=by, log_action=True)
    if not draft.live:
        Article.objects.filter(pk=draft.pk).update(permission=permission)
    covered: Article = Article.objects.get(pk=draft.pk)
    return covered
