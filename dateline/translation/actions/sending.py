"""A translation goes to another tool as a file, and comes back: whole or not at all, and over nobody's words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.lib.formats import po, xliff
from dateline.lib.formats.inline import marked
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.actions.approving import Refusal, SegmentChanged, save_segment
from dateline.translation.memory.codes import codes_of, with_codes
from dateline.translation.memory.hashing import normalised
from dateline.translation.models import Job, Segment

XLIFF_OLD, XLIFF_NEW, PO = "xliff-1.2", "xliff-2.1", "po"
FORMS: Final = (XLIFF_NEW, XLIFF_OLD, PO)
ENDINGS: Final = {XLIFF_NEW: "xlf", XLIFF_OLD: "xlf", PO: "po"}
LONGEST_BYTES: Final = 20 * 1024 * 1024
_NAME = re.compile(r"dateline-([0-9]{1,18})")
_SEGMENT = re.compile(r"s([0-9]{1,18})(?:/.*)?")
_VERSION = re.compile(r"v([0-9]{1,9})")


class NotThisTranslation(ValueError):
    """The file is not the one that this translation was sent out in; the message says what it is."""


@dataclass(frozen=True)
class Sent:
    """A sentence as it came back. version: of the segment when it went out."""

    segment: int
    version: int
    source: str
    text: str


@dataclass(frozen=True)
class TakenBack:
    """What came of a file: segments with new words, how many stayed, and those that were left alone, with why."""

    changed: tuple[Segment, ...]
    unchanged: int
    refused: tuple[Refusal, ...]


def send_out(*, job: Job, form: str, by: User | None, now: datetime) -> Iterator[str]:
    """Return the job's sentences as a file, part by part: each with its translation, if it has one.

    form: one of FORMS. Its units bear the numbers and versions by which they are known when they come back.
    """
    write_down(verb="send-out-translation", subject=job, by=by, now=now, summary=f"{job} ({form})")
    segments = job.segments.order_by("position").iterator(chunk_size=500)
    if form == PO:
        messages = (_message(segment) for segment in segments)
        return po.write(messages, source_language=job.source_language, language=job.language)
    document = xliff.Document(
        original=f"dateline-{job.pk}", source_language=job.source_language, language=job.language
    )
    units = (_unit(segment) for segment in segments)
    return xliff.write(document, units, version=form.removeprefix("xliff-"))


@transaction.atomic
def take_back(*, job: Job, file: IO[bytes], name: str, by: User | None, now: datetime) -> TakenBack:
    """Write the translations of a file that `send_out` wrote, as drafts of `by`. What is empty in it changes nothing.

    Words that somebody changed while the file was away stay, and the file's are refused. Raises NotThisTranslation,
    before anything is written.
    """
    sent = _read(job, file, name)
    segments = {segment.pk: segment for segment in job.segments.select_related("job")}
    changed, unchanged, refused = list[Segment](), 0, list[Refusal]()
    for one in sent:
        segment = segments.get(one.segment)
        if segment is None:
            raise NotThisTranslation(
                _("The file has a sentence that this translation has not: number %d.") % one.segment
            )
        try:
            saved = _write(segment, one, by, now)
        except (SegmentChanged, SourceChanged) as error:
            refused.append(Refusal(segment, str(error)))
            continue
        if saved is None:
            unchanged += 1
        else:
            changed.append(saved)
    write_down(verb="take-back-translation", subject=job, by=by, now=now, summary=f"{job}: {len(changed)}")
    return TakenBack(tuple(changed), unchanged, tuple(refused))


class SourceChanged(ValueError):
    """The sentence is not the one that was sent out."""

    def __init__(self) -> None:
        super().__init__(_("The original sentence is another one now: translate it here."))


def _unit(segment: Segment) -> xliff.Unit:
    codes = codes_of(segment.marks)
    state = xliff.FINAL if segment.state == Segment.State.APPROVED else xliff.TRANSLATED
    return xliff.Unit(
        id=f"s{segment.pk}",
        name=f"v{segment.version}",
        source=with_codes(segment.source, codes),
        target=with_codes(segment.text, codes) if segment.text else None,
        state=state if segment.text else xliff.OPEN_STATE,
        note=segment.block_kind,
    )


def _message(segment: Segment) -> po.Message:
    return po.Message(
        source=segment.source,
        text=segment.text,
        context=f"s{segment.pk}",
        id=f"v{segment.version}",
        note=segment.block_kind,
    )


def _read(job: Job, file: IO[bytes], name: str) -> list[Sent]:
    """Read the whole file before anything is written. Raises NotThisTranslation."""
    reader = _po_sentences if name.lower().endswith(".po") else _xliff_sentences
    try:
        return list(reader(job, file))
    except Unreadable as error:
        raise NotThisTranslation(str(error)) from error


def _xliff_sentences(job: Job, file: IO[bytes]) -> Iterator[Sent]:
    for document, unit in xliff.read(file):
        named = _NAME.fullmatch(document.original)
        if named is None or int(named[1]) != job.pk:
            raise NotThisTranslation(
                _("This is the file of “%s”, not of this translation.") % document.original
            )
        text = "" if unit.target is None else marked(unit.target).text
        yield _sent(unit.id, unit.name, marked(unit.source).text, text)


def _po_sentences(_job: Job, file: IO[bytes]) -> Iterator[Sent]:
    for message in po.read(file):
        if message.source:
            text = "" if message.is_fuzzy else message.text
            yield _sent(message.context, message.id, message.source, text)


def _sent(identity: str, name: str, source: str, text: str) -> Sent:
    segment, version = _SEGMENT.fullmatch(identity), _VERSION.fullmatch(name)
    if segment is None or version is None:
        raise NotThisTranslation(
            _("The file does not say which sentences it holds (%s): the tool has changed their numbers.")
            % identity
        )
    return Sent(int(segment[1]), int(version[1]), normalised(source), one_line(text))


def _write(segment: Segment, one: Sent, by: User | None, now: datetime) -> Segment | None:
    if not one.text or one.text == segment.text:
        return None
    if normalised(segment.source) != one.source:
        raise SourceChanged
    return save_segment(segment=segment, text=one.text, version=one.version, by=by, now=now)
