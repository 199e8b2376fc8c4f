"""Sending what is due: never twice, never lost.

Each letter is written down as handed over, and committed, before the mail server hears of it; what the server said is
written with the next one. Whoever dies in between leaves exactly one of which nobody knows, and a person decides.
Everything else goes on by itself: what was claimed and not handed over waits again.
"""

import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Count, F
from django.utils.translation import gettext as _

from dateline.editions import letter_states as states
from dateline.editions import mime
from dateline.editions.actions.carrying import Carrier, carrier
from dateline.editions.actions.composing import (
    NoMailYet,
    NoSender,
    NothingLeft,
    need_mail,
    sheet_of_wording,
    word,
)
from dateline.editions.actions.readers import refuse_reader
from dateline.editions.models import Delivery, Edition, Issue, Wording
from dateline.editions.models.issue import DeliveryQuerySet
from dateline.editions.pace import MINUTE_SECONDS, Brake, Pace, read_pace
from dateline.editions.queries.readers import address_for, message_id
from dateline.lib.crash import crash_point
from dateline.net.mail_line import Came, ServerTrouble, Verdict
from dateline.work.actions import enqueue_by_name

BATCH: Final = 100
TURN_SECONDS: Final = 5.0
MOST_TRIES: Final = 8
MOST_UNKNOWN: Final = 3
FIRST_PAUSE: Final = timedelta(minutes=5)
SERVER_PAUSE: Final = timedelta(seconds=30)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Ready:
    """An issue ready to be personalised."""

    issue: Issue
    wording: Wording
    sheet: mime.Sheet
    pressed: mime.Pressed


@dataclass(frozen=True)
class Answered:
    """What the server said to one letter, not written down yet."""

    delivery: Delivery
    verdict: Verdict


@dataclass
class Turn:
    """One turn of sending. again_at: when it should go on; None where nothing is due."""

    now: Clock
    claim: str
    pace: Pace
    brake: Brake = field(default_factory=Brake)
    ready: dict[int, Ready] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    pending: Answered | None = None
    noted: set[int] = field(default_factory=set)
    unknown_in_a_row: int = 0
    is_over: bool = False
    again_at: datetime | None = None


def send_due(
    *, now: Clock, should_stop: Callable[[], bool] = lambda: False, seconds: float = TURN_SECONDS
) -> Turn:
    """Send what is due, for at most `seconds`, and say when to go on. One turn runs at a time.

    now: is asked for the time again and again.
    """
    turn = Turn(now=now, claim=uuid.uuid4().hex, pace=_pace(now()))
    recover(now=now())
    if not Delivery.objects.due(now=now()).exists():
        _finish(turn)
        return turn
    try:
        need_mail()
    except NoMailYet as trouble:
        Issue.objects.filter(state=states.SENDING).update(trouble=str(trouble))
        return turn
    line, end = carrier(), time.monotonic() + seconds
    try:
        while not turn.is_over and time.monotonic() < end and not should_stop():
            if not _batch(turn, line, end=end, should_stop=should_stop):
                break
    finally:
        _write(turn)
        _give_back(turn)
        line.close()
    _finish(turn)
    return turn


def recover(*, now: datetime) -> int:
    """Put right what a turn left that did not end: what was claimed waits again, what was handed over nobody knows."""
    Delivery.objects.in_state(states.CLAIMED).update(state=states.WAITING, claim="")
    lost = Delivery.objects.in_state(states.HANDED)
    return lost.update(
        state=states.UNKNOWN, ended_at=now, said=_("We ended before the mail server had answered.")
    )


def _batch(turn: Turn, line: Carrier, *, end: float, should_stop: Callable[[], bool]) -> bool:
    """Send a batch; return whether there may be more."""
    rows = _claimed(turn)
    for row in rows:
        if turn.is_over or time.monotonic() > end or should_stop():
            break
        if not turn.pace.may(row.domain):
            continue
        _one(turn, line, row)
    _write(turn)
    _give_back(turn)
    return bool(rows)


def _claimed(turn: Turn) -> list[Delivery]:
    """Claim the next batch, and commit it."""
    with transaction.atomic():
        due = Delivery.objects.due(now=turn.now()).exclude(domain__in=turn.pace.full())
        keys = list(due.values_list("pk", flat=True)[:BATCH])
        Delivery.objects.filter(pk__in=keys, state=states.WAITING).update(
            state=states.CLAIMED, claim=turn.claim
        )
    crash_point("editions.claimed")
    rows = Delivery.objects.filter(pk__in=keys, state=states.CLAIMED, claim=turn.claim)
    return list(rows.select_related("subscription", "issue").order_by("due_at", "pk"))


def _one(turn: Turn, line: Carrier, row: Delivery) -> None:
    """Send one letter: written down and committed first, then said, then remembered."""
    held = _ready(turn, row.issue_id)
    if held is None or not _handed(turn, row, held):
        return
    reader = row.subscription
    assert reader is not None  # noqa: S101 - `_handed` asked for a confirmed one
    own = mime.Own(
        to=reader.email,
        message_id=message_id(held.issue, row.reader),
        stop=address_for("stop", reader),
        manage=address_for("manage", reader),
    )
    crash_point("editions.handed")
    try:
        verdict = line.hand_over(held.sheet, held.pressed, own, now=turn.now())
    except ServerTrouble as trouble:
        verdict = _no_server(turn, str(trouble))
    crash_point("editions.answered")
    turn.pending = Answered(row, verdict)
    turn.pace.note(row.domain)
    turn.told[verdict.came.value] += 1
    _heed(turn, row, verdict)


def _handed(turn: Turn, row: Delivery, held: Ready) -> bool:
    """Write down that a letter is handed over, with what became of the one before. False where it must not go."""
    now, before = turn.now(), turn.pending
    try:
        with transaction.atomic():
            _write(turn)
            return _marked(turn, row, held, now=now)
    except DatabaseError:
        turn.pending = before  # it was not written down: whoever ends the turn tries once more
        raise


def _marked(turn: Turn, row: Delivery, held: Ready, *, now: datetime) -> bool:
    mine = Delivery.objects.filter(pk=row.pk, state=states.CLAIMED, claim=turn.claim)
    may_go = mine.filter(
        issue__state=states.SENDING,
        issue__wording=held.wording,
        subscription__state=states.CONFIRMED,
        subscription__reader=row.reader,
    )
    if may_go.update(state=states.HANDED, handed_at=now, wording=held.wording, tries=F("tries") + 1):
        row.tries += 1
        return True
    if mine.exclude(subscription__state=states.CONFIRMED, subscription__reader=row.reader).exists():
        mine.update(
            state=states.LEFT_OUT, claim="", ended_at=now, said=_("They do not get the letter any more.")
        )
    else:  # paused, stopped, or worded anew meanwhile: the row waits, and the issue is looked at again
        turn.ready.pop(row.issue_id, None)
    return False


def _write(turn: Turn) -> None:
    """Write down what the server said last."""
    held, turn.pending = turn.pending, None
    if held is None:
        return
    row, verdict, now = held.delivery, held.verdict, turn.now()
    mine = Delivery.objects.filter(pk=row.pk, claim=turn.claim, state__in=[states.HANDED, states.UNKNOWN])
    told = {"said": verdict.words, "ended_at": now}
    if verdict.came == Came.TAKEN:
        mine.update(state=states.DONE, **told)
        _note_first(turn, row.issue_id, now=now)
    elif verdict.came == Came.UNKNOWN:
        mine.update(state=states.UNKNOWN, **told)
    elif verdict.came == Came.REFUSED and not verdict.is_sender:
        mine.update(state=states.REFUSED, **told)
    elif verdict.is_sender:  # about us: no try of this reader's
        _wait(mine, verdict, until=now + SERVER_PAUSE, tries=row.tries - 1)
    elif row.tries >= MOST_TRIES:
        mine.update(state=states.REFUSED, **told)
    else:
        _wait(mine, verdict, until=now + FIRST_PAUSE * 2 ** (row.tries - 1), tries=row.tries)


def _wait(mine: DeliveryQuerySet, verdict: Verdict, *, until: datetime, tries: int) -> None:
    mine.update(state=states.WAITING, claim="", handed_at=None, said=verdict.words, due_at=until, tries=tries)


def _note_first(turn: Turn, issue_id: int, *, now: datetime) -> None:
    """Note, once a turn, that letters of an issue are taken."""
    if issue_id in turn.noted:
        return
    turn.noted.add(issue_id)
    Issue.objects.filter(pk=issue_id).exclude(trouble="").update(trouble="")
    Issue.objects.filter(pk=issue_id, first_handed_at=None).update(first_handed_at=now)


def _heed(turn: Turn, row: Delivery, verdict: Verdict) -> None:
    """Draw conclusions beyond one letter: readers who are gone, a server that refuses or swallows all."""
    turn.unknown_in_a_row = turn.unknown_in_a_row + 1 if verdict.came == Came.UNKNOWN else 0
    if verdict.came == Came.TAKEN:
        _stop_readers(turn, turn.brake.taken())
    elif verdict.is_reader:
        _stop_readers(turn, turn.brake.refused(row.pk))
    if verdict.is_sender and verdict.came == Came.REFUSED:
        _pause(turn, _("The mail server does not take letters from us: %s") % verdict.words)
    elif turn.brake.must_stop:
        _write(turn)
        Delivery.objects.filter(pk__in=turn.brake.held, state=states.REFUSED).update(
            state=states.WAITING, claim="", handed_at=None, ended_at=None, tries=0
        )
        _pause(
            turn,
            _("The mail server refuses every address, so it is not about the readers: %s") % verdict.words,
        )
    elif turn.unknown_in_a_row >= MOST_UNKNOWN:
        _pause(turn, _("The mail server does not answer to whole letters: %s") % verdict.words)


def _stop_readers(turn: Turn, deliveries: list[int]) -> None:
    for row in Delivery.objects.filter(pk__in=deliveries):
        said = row.said or (turn.pending.verdict.words if turn.pending else "")
        refuse_reader(reader=row.reader, why=said, now=turn.now())


def _pause(turn: Turn, why: str) -> None:
    """Hold everything back that goes out by mail, and say why. A person resumes it."""
    turn.is_over = True
    _write(turn)
    Issue.objects.filter(state=states.SENDING, pk__in=list(turn.ready)).update(
        state=states.PAUSED, trouble=why[:400]
    )


def _no_server(turn: Turn, why: str) -> Verdict:
    """End the turn where there is no server to talk to: nothing was said, so everything waits a little."""
    turn.is_over, turn.again_at = True, turn.now() + SERVER_PAUSE
    Issue.objects.filter(state=states.SENDING).update(trouble=why[:400])
    return Verdict(Came.LATER, why[:300], is_sender=True)


def _ready(turn: Turn, issue_id: int) -> Ready | None:
    """Return an issue worded as it stands now; None where it must not go."""
    if issue_id not in turn.ready:
        issue = Issue.objects.select_related("letter", "edition__run").get(pk=issue_id)
        if issue.state != states.SENDING or not _is_out(issue):
            return None
        try:
            wording = word(issue, now=turn.now())
            sheet = sheet_of_wording(issue, wording)
        except (NoSender, NothingLeft) as trouble:
            Issue.objects.filter(pk=issue_id, state=states.SENDING).update(
                state=states.PAUSED, trouble=str(trouble)[:400]
            )
            return None
        turn.ready[issue_id] = Ready(issue, wording, sheet, mime.press(sheet))
    return turn.ready[issue_id]


def _is_out(issue: Issue) -> bool:
    """From the first letter on the edition is sent, and stays closed. False for one that was opened again."""
    Edition.objects.filter(pk=issue.edition_id, state=Edition.State.CLOSED).update(state=Edition.State.SENT)
    return Edition.objects.filter(pk=issue.edition_id, state=Edition.State.SENT).exists()


def _give_back(turn: Turn) -> None:
    Delivery.objects.filter(claim=turn.claim, state=states.CLAIMED).update(state=states.WAITING, claim="")


def _finish(turn: Turn) -> None:
    """Say which issues are done, and when to go on with the others."""
    now = turn.now()
    for issue in Issue.objects.filter(state=states.SENDING, laid_at__isnull=False):
        if not issue.deliveries.in_state(*states.OPEN).exists():
            Issue.objects.filter(pk=issue.pk, state=states.SENDING).update(
                state=states.SENT, done_at=now, trouble=""
            )
    if turn.again_at is None and Delivery.objects.due(now=now).exists():
        is_held = not Delivery.objects.due(now=now).exclude(domain__in=turn.pace.full()).exists()
        turn.again_at = now + timedelta(seconds=5) if is_held else now
    if turn.again_at is not None:
        enqueue_by_name("editions.send_letters", run_after=turn.again_at)


def _pace(now: datetime) -> Pace:
    """Return the pace, with what went out in the last minute."""
    since = now - timedelta(seconds=MINUTE_SECONDS)
    rows = Delivery.objects.filter(handed_at__gt=since).order_by().values_list("domain")
    gone = dict(rows.annotate(many=Count("pk")))
    return Pace(limits=read_pace(settings.DATELINE_MAIL_PACE), sent=Counter(gone))
