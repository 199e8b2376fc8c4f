"""What a host says of machine use for all its pages: asked once a week, in the host's turn, and kept in a row."""

from datetime import datetime, timedelta
from typing import Final

from dateline.intake.actions.asking import NotRead, NotYet, ask_page, world_in_words
from dateline.intake.models import TdmPolicy
from dateline.intake.signals import Signal, path_of, signals_of_robots_txt, signals_of_tdmrep
from dateline.lib.decoding import decode
from dateline.lib.text import without_controls
from dateline.lib.urls import read
from dateline.net.turns import turn_name
from dateline.sources.models import Host
from dateline.work.actions import enqueue_by_name

GOOD_FOR: Final = timedelta(days=7)
WELL_KNOWN: Final = "/.well-known/tdmrep.json"
POLICY_BYTES: Final = 256 * 1024


def reservations_for(url: str, *, now: datetime) -> list[Signal]:
    """Return what the host of `url` says of the page, as far as we read it, and have it read where that is old."""
    address = read(url)
    name = turn_name(address)
    policy = TdmPolicy.objects.filter(host=name).first()
    if policy is None or policy.asked_at + GOOD_FOR <= now:
        enqueue_by_name("intake.read_tdm_policy", origin=f"{address.scheme}://{address.authority}")
    robots = Host.objects.filter(name=name).values_list("robots_text", flat=True).first()
    licences = signals_of_robots_txt(robots or "", base=url)
    return [*signals_of_tdmrep(policy.text if policy else "", path=path_of(url)), *licences]


def read_policy(*, origin: str, now: datetime) -> TdmPolicy:
    """Ask the host for its policy and keep what it says; one that fails or has none is asked again in a week.

    origin: scheme and host. Raises NotYet where the host's turn has not come.
    """
    try:
        with world_in_words():
            url = origin + WELL_KNOWN
            answer = ask_page(url, headers={"Accept": "application/json"}, limit_bytes=POLICY_BYTES, now=now)
        text = without_controls(decode(answer.body)) if answer.is_success else ""
        text = (
            text if text.lstrip().startswith("[") else ""
        )  # not the page that a server shows for everything
    except NotYet:
        raise
    except NotRead:
        text = ""
    values = {"asked_at": now, "text": text}
    return TdmPolicy.objects.update_or_create(host=turn_name(read(origin)), defaults=values)[0]
