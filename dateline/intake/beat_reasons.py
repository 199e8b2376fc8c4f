"""Why a piece got its score, as codes that the desk says in words, and what routes it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from dateline.intake.beat import WEIGHTS, Beat, Piece, Reason
from dateline.intake.beat_weighing import Evidence, Tally

_TOLD: Final = 4
_OFTEN: Final = 3
_COMPANY: Final = 3
# A likeness that adds less to the odds than this is not worth a word.
_FELT: Final = 0.5


def reasons(beat: Beat, piece: Piece, evidence: Evidence, shares: Mapping[str, float]) -> tuple[Reason, ...]:
    """Return the reasons of a score, what adds most first. shares: what each measure adds to the odds."""
    ranked = sorted(_weighed(beat, piece, evidence, shares), key=lambda one: -one[0])
    told = [reason for _share, reason in ranked]
    if not evidence.tallies and not evidence.said:
        told.append(Reason("nothing"))
    return (*told, *evidence.said)


def labels_of(beat: Beat, evidence: Evidence) -> tuple[str, ...]:
    """Return what routes a piece over the line: the beat's labels, and those of what it names not only in passing."""
    named = (at for at, tally in evidence.tallies.items() if not tally.is_passing)
    own = [label for at in sorted(named) for label in beat.concepts[at].labels]
    return tuple(dict.fromkeys((*beat.labels, *own)))


def _weighed(
    beat: Beat, piece: Piece, evidence: Evidence, shares: Mapping[str, float]
) -> Iterable[tuple[float, Reason]]:
    tallies = evidence.tallies
    if in_title := _names(beat, tallies, lambda tally: bool(tally.title)):
        yield shares["title"] + shares["bare_title"], Reason("title", in_title)
    if in_lede := _names(beat, tallies, lambda tally: bool(tally.lede and not tally.title)):
        yield shares["lede"], Reason("lede", in_lede)
    for at, tally in tallies.items():
        if tally.text >= _OFTEN:
            yield shares["text"], Reason("often", (beat.concepts[at].name, str(tally.text)))
    if len(tallies) >= _COMPANY:
        yield shares["company"], Reason("several", (str(len(tallies)),))
    if tallies and all(tally.is_passing for tally in tallies.values()):
        yield 0.0, Reason("passing", _names(beat, tallies, lambda tally: tally.is_passing))
    elif tallies and not (in_title or in_lede):
        yield 0.0, Reason("late", _names(beat, tallies, lambda _tally: True))
    if evidence.outlet:
        yield shares["outlet"], Reason("outlet", (piece.outlet,))
    yield from _likenesses(shares)


def _likenesses(shares: Mapping[str, float]) -> Iterable[tuple[float, Reason]]:
    if shares["about"] >= _FELT:
        yield shares["about"], Reason("about")
    if shares["examples_for"] >= _FELT:
        yield shares["examples_for"], Reason("like-for")
    if shares["examples_against"] <= -_FELT:
        yield shares["examples_against"], Reason("like-against")


def _names(beat: Beat, tallies: Mapping[int, Tally], chosen: Callable[[Tally], bool]) -> tuple[str, ...]:
    found = [at for at, tally in sorted(tallies.items()) if chosen(tally)]
    found.sort(key=lambda at: -WEIGHTS[beat.concepts[at].weight])
    return tuple(beat.concepts[at].name for at in found[:_TOLD])
