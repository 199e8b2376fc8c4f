"""Excerpts in our language: from the memory where a person said it before, else by a machine that may read them."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from dateline.articles.kinds import MachineHelp
from dateline.articles.models import Article
from dateline.editions.excerpts import LEFT_OUT
from dateline.editions.models import Voice
from dateline.editions.queries.reviewing import may_machine_read, speaks_already
from dateline.lib.text import cut
from dateline.translation.actions.machine_calls import ask_machines
from dateline.translation.machines.base import Unit
from dateline.translation.machines.registry import machines_for
from dateline.translation.queries.memory import exact_matches

# Seconds that a machine may take for one voice: somebody waits.
SECONDS: Final = 20.0
_HEADLINE: Final = "headline"


def draft_voices(*, article: Article, now: datetime) -> int:
    """Draft the excerpts, and headlines, of a review that are still empty. Returns how many voices got words.

    Call it outside a transaction. What somebody wrote meanwhile stays; why there is no draft stands in `trouble`.
    """
    waiting = Voice.objects.of(article).filter(excerpt="")
    return sum(_draft(article, voice, now=now) for voice in waiting)


def _draft(article: Article, voice: Voice, *, now: datetime) -> bool:
    if not voice.quoted or speaks_already(voice.original, article.language):
        return False
    if not may_machine_read(voice):
        _note(
            voice,
            _("Its source keeps machines from its text, and no agreement allows them. Translate it by hand."),
        )
        return False
    known = _remembered(article, voice)
    drafted, machine, trouble = _asked(article, voice, besides=known, now=now)
    found = known | drafted
    if len([key for key in found if key != _HEADLINE]) < len(voice.quoted):
        _note(voice, trouble or _("No machine is set up for this pair of languages. Translate it by hand."))
        return False
    return _kept(voice, found, machine=machine)


def _remembered(article: Article, voice: Voice) -> dict[str, str]:
    sources = {one.text: str(one.number) for one in voice.sentences}
    found = exact_matches(sources, source_language=voice.original.language, language=article.language)
    return {sources[source]: unit.text for source, unit in found.items()}


def _asked(
    article: Article, voice: Voice, *, besides: dict[str, str], now: datetime
) -> tuple[dict[str, str], str, str]:
    """Return what a machine says, by the place of the sentence; its name; and why it says nothing."""
    source, target = voice.original.language, article.language
    texts = {str(one.number): one.text for one in voice.sentences if str(one.number) not in besides}
    texts |= {} if voice.headline else {_HEADLINE: voice.original.headline}
    machines = machines_for(source=source, target=target)
    if not machines or not texts:
        return {}, "", ""
    units = [Unit(key, text, context=voice.original.headline) for key, text in texts.items()]
    drafts = ask_machines(machines, units, source=source, target=target, deadline=SECONDS, now=now)
    said = {draft.id: draft.text for draft in drafts.done}
    names = sorted({draft.machine for draft in drafts.done})
    return said, ", ".join(names), " ".join(sorted(set(drafts.errors.values())))


def _kept(voice: Voice, found: dict[str, str], *, machine: str) -> bool:
    text = ""
    before: int | None = None
    for one in voice.sentences:
        if before is not None:
            text += " " if one.number == before + 1 else LEFT_OUT
        text += found[str(one.number)]
        before = one.number
    by_machine = (
        {"machine_name": machine, "machine_help": MachineHelp.RAW, "machine_text": text} if machine else {}
    )
    rows = Voice.objects.filter(pk=voice.pk, excerpt="", quoted=voice.quoted)
    is_kept = bool(rows.update(excerpt=text, trouble="", **by_machine))
    if is_kept and _HEADLINE in found:
        Voice.objects.filter(pk=voice.pk, headline="").update(headline=cut(found[_HEADLINE], 200))
    return is_kept


def _note(voice: Voice, why: str) -> None:
    Voice.objects.filter(pk=voice.pk).update(trouble=cut(why, 300))
