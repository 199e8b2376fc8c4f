"""The sample's outlets, agreements and originals, written as rows."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from dateline.agreements.models import Agreement
from dateline.exchange.actions.sample_loading import Loading, note
from dateline.exchange.sample import shapes
from dateline.exchange.sample.raw import body_html, page_html
from dateline.intake.actions.beats import describe_beat
from dateline.intake.models import Beat, Original, Snapshot
from dateline.intake.snapshots import Kept
from dateline.intake.snapshots_evidence import Evidence
from dateline.intake.stores.disk import DiskStore
from dateline.lib.urls import normalise
from dateline.site.actions import speak
from dateline.sources.models import Outlet
from dateline.work.actions import enqueue_by_name

BEAT_FILE: Final = Path(__file__).parents[1] / "sample" / "beat.json"
HEADERS = (("content-type", "text/html; charset=utf-8"),)
KINDS = {"institution": Outlet.Kind.OFFICE, "association": Outlet.Kind.SOCIETY}


def languages(loading: Loading) -> None:
    speak(loading.newsroom.identity.languages)


def outlets(loading: Loading) -> None:
    for key, told in loading.newsroom.outlets.items():
        outlet = Outlet(
            name=told.name,
            name_here=told.english_name if told.english_name != told.name else "",
            slug=key,
            kind=KINDS.get(told.kind, told.kind),
            home_url=told.url,
            country=told.place,
            language=told.languages[0],
            contact_email=told.mail,
        )
        outlet.full_clean()
        outlet.save()
        note(outlet)
        loading.outlets[key] = outlet


def agreements(loading: Loading) -> None:
    today = loading.now.astimezone(loading.zone).date()
    for told in loading.newsroom.agreements:
        agreement = Agreement(
            outlet=loading.outlets[told.outlet],
            title=told.note.split(".")[0][:200] or told.key,
            licence=told.licence,
            uses=list(told.uses),
            languages=list(told.languages),
            starts_on=today - timedelta(days=told.starts_days_ago),
            ends_on=None if told.ends_in_days is None else today + timedelta(days=told.ends_in_days),
            credit_line=told.credit_line,
            canonical=told.canonical,
            is_noindex=told.noindex,
            may_show_original=told.show_original,
            note=told.note,
        )
        agreement.full_clean()
        agreement.save()
        note(agreement)
        loading.agreements.setdefault(told.outlet, agreement)


def originals(loading: Loading) -> None:
    store = DiskStore(settings.HOME.snapshots)
    for key, told in loading.newsroom.originals.items():
        page, html = page_html(told), body_html(told.blocks)
        published_at = loading.moment(told.days_ago, told.time)
        original = Original(
            outlet=loading.outlets[told.outlet],
            url=told.url,
            identity=normalise(told.url),
            headline=told.headline,
            standfirst=told.standfirst,
            authors=[{"name": name, "kind": "person"} for name in told.authors],
            language=told.language,
            published_at=published_at,
            taken_at=min(published_at + timedelta(minutes=40), loading.now),
            body_html=html,
            body_text=_text(told.blocks),
        )
        original.full_clean()
        original.save()
        note(original)
        note(_snapshot(original, page, store.keep(_evidence(original, page))))
        loading.originals[key] = original
        enqueue_by_name("intake.gather_original", original_id=original.pk)


def beat(loading: Loading) -> None:
    """Describe what the sample is about, where nobody has described a beat of their own."""
    if not Beat.objects.filter(is_active=True).exists():
        told = json.loads(BEAT_FILE.read_text(encoding="utf-8"))
        note(describe_beat(description=told, by=None, now=loading.now))


def _evidence(original: Original, page: bytes) -> Evidence:
    return Evidence(url=original.url, body=page, came_at=original.taken_at, status=200, headers=HEADERS)


def _snapshot(original: Original, page: bytes, kept: Kept) -> Snapshot:
    snapshot: Snapshot = Snapshot.objects.create(
        original=original,
        url=original.url,
        final_url=original.url,
        status=200,
        headers=[list(header) for header in HEADERS],
        fetched_at=original.taken_at,
        sha256=kept.sha256,
        size=len(page),
        packed_size=kept.packed_bytes,
        text_sha256=kept.sha256,
        headline=original.headline,
        body_text=original.body_text,
    )
    return snapshot


def _text(blocks: tuple[shapes.Block, ...]) -> str:
    from dateline.exchange.sample.markup import lines

    return "\n\n".join(" ".join(lines(block)) for block in blocks)
