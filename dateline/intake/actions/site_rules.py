"""Correcting an extraction by pointing at its snapshot; the correction becomes the rule of the site."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.intake import pointing_apart
from dateline.intake.actions.asking import NotRead, world_in_words
from dateline.intake.actions.taking import read_snapshot
from dateline.intake.channels.page_rules import BadRule
from dateline.intake.feeds import NotAFeed
from dateline.intake.models import Correction, Original, SiteRule, Snapshot
from dateline.intake.models.site_rule import site_of
from dateline.intake.pointing import State
from dateline.intake.pointing_article import ArticleLook
from dateline.intake.queries import latest_snapshot
from dateline.intake.reading import LONGEST_HEADLINE, moment_of
from dateline.intake.rules import FIELDS, LEAVE_OUT, check
from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing, SnapshotStore
from dateline.lib.floods import HostileMarkup
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User


class NothingToPointAt(LookupError):
    """The original has no snapshot that can be shown: none was kept, or it was thinned out or is damaged."""


class ReadsNothing(ValueError):
    """Under these rules the page gives no article; the message says why."""


def look_at_original(
    original: Original,
    *,
    rules: Mapping[str, Any] | None = None,
    marks: Mapping[str, str] | None = None,
    store: SnapshotStore | None = None,
) -> ArticleLook:
    """Return how the original's snapshot reads under `rules`, with what was pointed at made into rules.

    Raises NothingToPointAt, NotRead.
    """
    with _in_words():
        content, words = _page_of(original, store)
        return pointing_apart.look_at_article(
            content, **words, rules=dict(rules or {}), marks=dict(marks or {})
        )


def frame_of_original(
    original: Original,
    *,
    rules: Mapping[str, Any] | None = None,
    state: State,
    role: str,
    store: SnapshotStore | None = None,
) -> dict[str, str]:
    """Return the snapshot fit to be pointed at, its body outlined. Raises NothingToPointAt, NotRead."""
    with _in_words():
        content, words = _page_of(original, store)
        return pointing_apart.frame_of_article(
            content, **words, rules=dict(rules or {}), state=dict(state), role=role
        )


def correct(
    *,
    original: Original,
    rules: Mapping[str, Any],
    is_for_site: bool,
    by: User | None,
    now: datetime,
    path_pattern: str = "",
    store: SnapshotStore | None = None,
) -> Correction:
    """Read the original by `rules` from now on; where `is_for_site`, every page of its site that fits the pattern too.

    The original stays as it was first read; what was already made from it stays as well.
    Raises BadRule, ReadsNothing, NothingToPointAt, NotRead.
    """
    check(rules)
    look = look_at_original(original, rules=rules, store=store)
    if look.read is None:
        raise ReadsNothing(look.trouble)
    with transaction.atomic():
        rule = (
            _write_rule(original, look.rules, path_pattern=path_pattern, by=by, now=now)
            if is_for_site
            else None
        )
        correction = _write_correction(original, look.read, rule=rule, by=by, now=now)
        write_down(
            verb="correct-reading",
            subject=original,
            by=by,
            now=now,
            summary=correction.headline,
            after={"rules": dict(look.rules), "rule": rule.pk if rule else None},
        )
    return correction


@transaction.atomic
def forget_rule(*, rule: SiteRule, by: User | None, now: datetime) -> None:
    """Obey a site's rule no more. What it corrected stays corrected."""
    write_down(verb="forget-rule", subject=rule, by=by, now=now, summary=str(rule), before=rule.as_rules())
    rule.delete()


@transaction.atomic
def undo_correction(*, original: Original, by: User | None, now: datetime) -> None:
    """Read the original again as it was first read."""
    found = Correction.objects.filter(original=original).first()
    if found is not None:
        write_down(verb="undo-correction", subject=original, by=by, now=now, summary=found.headline)
        found.delete()


def _page_of(original: Original, store: SnapshotStore | None) -> tuple[bytes, dict[str, Any]]:
    snapshot = latest_snapshot(original)
    if snapshot is None:
        raise NothingToPointAt(_("No snapshot of this piece was kept, so there is nothing to point at."))
    try:
        content = read_snapshot(snapshot, store=store)
    except (SnapshotMissing, SnapshotDamaged) as error:
        raise NothingToPointAt(str(error)) from error
    return content, {
        "url": snapshot.final_url,
        "content_type": _content_type(snapshot),
        "title": original.headline,
    }


def _content_type(snapshot: Snapshot) -> str:
    return next((value for name, value in snapshot.headers if name.lower() == "content-type"), "")


def _write_rule(
    original: Original, rules: Mapping[str, Any], *, path_pattern: str, by: User | None, now: datetime
) -> SiteRule:
    host = site_of(original.url)
    rule = SiteRule.objects.select_for_update().filter(host=host, path_pattern=path_pattern).first()
    before = rule.as_rules() if rule else {}
    rule = rule or SiteRule(host=host, path_pattern=path_pattern, version=0)
    for name in FIELDS:
        setattr(rule, name, rules.get(name, ""))
    rule.leave_out = list(rules.get(LEAVE_OUT) or ())
    rule.version += 1
    rule.made_by, rule.made_at, rule.from_original = by, now, original
    rule.full_clean(validate_unique=False, validate_constraints=False)
    rule.save()
    write_down(
        verb="write-rule",
        subject=rule,
        by=by,
        now=now,
        summary=str(rule),
        before=before,
        after=rule.as_rules(),
    )
    return rule


def _write_correction(
    original: Original, read: Mapping[str, Any], *, rule: SiteRule | None, by: User | None, now: datetime
) -> Correction:
    fields = {
        "rule": rule,
        "headline": cut(one_line(read["headline"]) or original.headline, LONGEST_HEADLINE),
        "standfirst": read["standfirst"],
        "authors": read["authors"] or original.authors,
        "published_at": _moment(read["published_at"], original),
        "body_html": read["body_html"],
        "body_text": read["body_text"],
        "reasons": [reason for reason in read["reasons"] if reason.startswith("rule:")],
        "by": by,
        "at": now,
    }
    correction, _made = Correction.objects.update_or_create(original=original, defaults=fields)
    return correction


def _moment(told: str | None, original: Original) -> datetime | None:
    """Return the moment that was read; where it is only a day, and the day is the one we know, what we know."""
    moment = moment_of(told)
    known = original.published_at
    if moment is None or (known and "T" not in (told or "") and known.date() == moment.date()):
        return known
    return moment


@contextmanager
def _in_words() -> Iterator[None]:
    with world_in_words():
        try:
            yield
        except BadRule:
            raise
        except (NotAFeed, HostileMarkup) as error:
            raise NotRead(_(str(error)), is_final=True) from error
