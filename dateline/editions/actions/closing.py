"""Opening an edition, closing it, and opening it again."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.editions.models import Edition, Run
from dateline.editions.queries.contents import contents_of
from dateline.editions.queries.keeping_time import editions_due, next_day_of, next_number
from dateline.editions.signals import edition_changed, edition_closed
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.site.queries import identity, languages, zone
from dateline.work.actions import enqueue_by_name

# A job waits for the closing time from so long before, so that nothing is between it and the stroke.
AWAKE_AHEAD: Final = timedelta(seconds=2)


class NotOpen(ValueError):
    """The edition is closed: what comes now is an update or a correction."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(_("%s is closed. Add an update or a correction.") % edition)


class NothingToRead(ValueError):
    """An edition goes out with at least one piece that readers may see."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(
            _("Nothing in %s can be read now. Choose pieces that are live, or publish those chosen.")
            % edition
        )


class AlreadyOut(ValueError):
    """An edition that was sent stays closed."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(_("%s was sent to readers and stays closed.") % edition)


class NotLater(ValueError):
    """A closing time lies ahead."""


@transaction.atomic
def open_edition(*, run: Run, language: str, day: date, by: User | None, now: datetime) -> Edition:
    """Open the edition of a run, a language and a day; made once, then found. It closes by itself at its hour."""
    closes_at = run.closes_on(day, zone=zone(identity()))
    edition, is_new = Edition.objects.get_or_create(
        run=run, language=language, date=day, defaults={"closes_at": closes_at}
    )
    if is_new:
        wake_up_for(edition)
        write_down(verb="open-edition", subject=edition, by=by, now=now, summary=str(edition))
    return edition


def open_next(*, now: datetime) -> list[Edition]:
    """Open the next edition of every run in use in every language of the site, where it is not open yet.

    Returns those that are new.
    """
    codes = [row.code for row in languages(identity())]
    new = []
    for run in Run.objects.running():
        day = next_day_of(run, now=now)
        known = set(Edition.objects.filter(run=run, date=day).values_list("language", flat=True))
        new += [
            open_edition(run=run, language=code, day=day, by=None, now=now)
            for code in codes
            if code not in known
        ]
    return new


def wake_up_for(edition: Edition) -> None:
    """Have a worker wait for the closing time from a little before."""
    told = edition.closes_at.isoformat()
    enqueue_by_name(
        "editions.close_due", key=f"close:{told}", run_after=edition.closes_at - AWAKE_AHEAD, moment=told
    )


@transaction.atomic
def close(*, edition: Edition, by: User | None, now: datetime) -> Edition:
    """Close an edition: it gets its number, and readers may see it from now on.

    Raises NotOpen, NothingToRead.
    """
    row = Edition.objects.select_for_update().select_related("run").get(pk=edition.pk)
    if not row.is_open:
        raise NotOpen(row)
    if not contents_of(row, now=now).items:
        raise NothingToRead(row)
    row.number = row.number or next_number(row.language)
    row.state, row.closed_at, row.closed_by, row.trouble = Edition.State.CLOSED, now, by, ""
    row.version += 1
    row.full_clean()
    row.save()
    write_down(
        verb="close-edition", subject=row, by=by, now=now, summary=str(row), after={"number": row.number}
    )
    edition_closed.send(sender=Edition, edition=row, now=now)
    return row


def close_due(*, now: datetime) -> list[Edition]:
    """Close every edition whose hour has come. One that cannot close stays open and says why, once.

    Returns those that closed.
    """
    closed = []
    for edition in editions_due(now=now):
        try:
            closed.append(close(edition=edition, by=None, now=now))
        except NotOpen:
            continue  # somebody closed it this second
        except NothingToRead as refusal:
            _note_trouble(edition, str(refusal), now=now)
    return closed


@transaction.atomic
def _note_trouble(edition: Edition, why: str, *, now: datetime) -> None:
    if Edition.objects.open().filter(pk=edition.pk, trouble="").update(trouble=why):
        write_down(verb="refuse-closing", subject=edition, by=None, now=now, summary=why)


@transaction.atomic
def reopen(*, edition: Edition, closes_at: datetime, by: User | None, now: datetime) -> Edition:
    """Open a closed edition again until another hour. It keeps number and address; readers do not see it meanwhile.

    Raises AlreadyOut where it was sent, NotLater where the hour is past.
    """
    row = Edition.objects.select_for_update().get(pk=edition.pk)
    if row.is_open:
        return row
    if row.state == Edition.State.SENT:
        raise AlreadyOut(row)
    if closes_at <= now:
        raise NotLater(_("That hour is past. Choose one to come."))
    row.state, row.closes_at = Edition.State.OPEN, closes_at
    row.version += 1
    row.full_clean()
    row.save()
    wake_up_for(row)
    write_down(verb="reopen-edition", subject=row, by=by, now=now, summary=str(row))
    edition_changed.send(sender=Edition, edition=row, now=now)
    return row
