"""What each voice of a press review may say: asked of the rights for each piece and each outlet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.agreements.may import Answer
from dateline.agreements.terms import Wish
from dateline.articles.gate import Lack
from dateline.articles.kinds import Kind, MachineHelp
from dateline.articles.models import Article
from dateline.articles.queries import reserved_from_machines
from dateline.articles.refusals import in_words
from dateline.editions.excerpts import FEWEST_VOICES, MOST_VOICES, taken_words
from dateline.editions.models import Voice
from dateline.rights.queries import answer_for, answer_for_quotation
from dateline.rights.quoting import QUOTED_WORDS
from dateline.site.queries import identity, zone


@dataclass(frozen=True)
class Standing:
    """A voice and what the rights say of its excerpt now. words: that it takes of the quota of its outlet."""

    voice: Voice
    answer: Answer
    words: int

    @property
    def may_be_shown(self) -> bool:
        """May readers see its excerpt?"""
        return bool(self.voice.excerpt.strip()) and self.answer.is_yes

    @property
    def why_not(self) -> str:
        """What stands against it, in words; empty where nothing does."""
        if self.voice.permission is None and not self.answer.is_yes:
            return _(
                "Without a permission %(number)s words of it may be quoted, and no machine may read what its"
                " source reserves."
            ) % {"number": QUOTED_WORDS}
        return " ".join(in_words(one) for one in self.answer.objections)


def words_of(voice: Voice, *, language: str) -> int:
    """Return how many words a voice takes of its quota."""
    return taken_words(
        source=voice.source_text,
        source_language=voice.original.language,
        excerpt=voice.excerpt,
        language=language,
    )


def standings(article: Article, *, now: datetime) -> list[Standing]:
    """Return the voices of a review in order, each with what the rights say.

    Words are counted for each outlet: two voices of one paper share what one piece may quote of it.
    """
    voices = list(Voice.objects.of(article))
    own = {voice.pk: words_of(voice, language=article.language) for voice in voices}
    of_outlet: dict[int, int] = {}
    for voice in voices:
        number = voice.original.outlet_id
        of_outlet[number] = of_outlet.get(number, 0) + own[voice.pk]
    return [
        Standing(
            voice, _answer(article, voice, words=of_outlet[voice.original.outlet_id], now=now), own[voice.pk]
        )
        for voice in voices
    ]


def _answer(article: Article, voice: Voice, *, words: int, now: datetime) -> Answer:
    here = zone(identity())
    first = Article.objects.filter(pk=article.pk).values_list("first_published_at", flat=True).first()
    wish = Wish(
        use="excerpt",
        language=article.language,
        on=timezone.localtime(now, here).date(),
        words=words,
        published_on=timezone.localtime(first, here).date() if first else None,
        is_by_machine=voice.machine_help != MachineHelp.NONE,
        reserved=reserved_from_machines(voice.original),
    )
    if voice.permission is None:
        return answer_for_quotation(wish)
    return answer_for(voice.permission, wish, piece=article.uid)


def voices(article: Article, now: datetime) -> Iterator[Lack]:
    """Judge for the gate: a press review has four to eight voices, each whole and within its permission.

    One that is live keeps standing: an excerpt that lost its right is taken off by itself, and the others stay. One
    that was written into its body (as imported ones are) has no voices of its own.
    """
    if article.kind != Kind.PRESS_REVIEW or Article.objects.filter(pk=article.pk, live=True).exists():
        return
    held = standings(article, now=now)
    if held or not len(article.body):
        yield from _count(held)
    for one in held:
        yield from (
            Lack("voices", code, f"{one.voice.original.outlet}: {said}") for code, said in _faults(one)
        )


def _count(held: Sequence[Standing]) -> Iterator[Lack]:
    if not FEWEST_VOICES <= len(held) <= MOST_VOICES:
        words = ngettext(
            "A press review has %(fewest)s to %(most)s voices; this one has %(number)s.",
            "A press review has %(fewest)s to %(most)s voices; this one has %(number)s.",
            len(held),
        )
        told = {"fewest": FEWEST_VOICES, "most": MOST_VOICES, "number": len(held)}
        yield Lack("voices", "count", words % told)


def _faults(one: Standing) -> Iterator[tuple[str, str]]:
    if not one.voice.headline.strip():
        yield "headline", _("Give the voice a short headline.")
    if not one.voice.excerpt.strip():
        yield "excerpt", _("Choose what it says, and put it into the language of the review.")
    elif one.voice.machine_help == MachineHelp.RAW:
        yield "machine", _("Read what the machine drafted, and say that you stand for it.")
    if not one.answer.is_yes:
        yield "rights", one.why_not
