"""What editors' judgements say about a beat: changes that a person may accept. Nothing here changes anything."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.intake.beat import Beat, Piece, Reason
from dateline.intake.beat_changes import Change, can_weaken
from dateline.intake.beat_finding import Finder
from dateline.intake.beat_letters import tokens
from dateline.intake.beat_likeness import first_words
from dateline.lib.text import cut, one_line

# Fewer judgements than this are chance.
FEWEST: Final = 5
_SHARE_WANTED: Final = 0.2
_TIMES_COMMONER: Final = 5.0
_WANTED_AT_MOST: Final = 0.1
_SHORTEST_TERM: Final = 4
_MOST_OF_A_KIND: Final = 3
_TITLE: Final = 120


@dataclass(frozen=True)
class Ruling:
    """A piece that an editor judged, with its number and the score that it had."""

    original: int
    piece: Piece
    is_wanted: bool
    score: float


@dataclass(frozen=True)
class Suggestion:
    """A change with why, and the pieces that it follows from."""

    change: Change
    why: Reason
    originals: tuple[int, ...]


def suggestions(beat: Beat, rulings: Sequence[Ruling], *, others: Sequence[Piece] = ()) -> list[Suggestion]:
    """Return the changes that the rulings speak for. others: what came in unjudged, to tell common words by."""
    return [
        *_terms(beat, rulings, others),
        *_misleading(beat, rulings),
        *_outlets(beat, rulings),
        *_examples(beat, rulings),
    ]


def _terms(beat: Beat, rulings: Sequence[Ruling], others: Sequence[Piece]) -> Iterator[Suggestion]:
    """Words that wanted pieces share, and spiked and other ones do not."""
    wanted = [ruling for ruling in rulings if ruling.is_wanted]
    if len(wanted) < FEWEST:
        return
    against = [ruling.piece for ruling in rulings if not ruling.is_wanted] + list(others)
    known = Finder(beat.concepts)
    having: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in wanted:
        for word in _words(ruling.piece):
            having[word].append(ruling)
    common = Counter(word for piece in against for word in _words(piece))
    needed = max(FEWEST, _SHARE_WANTED * len(wanted))
    rated = []
    for word, found in having.items():
        share = len(found) / len(wanted)
        usual = (common[word] + 1) / (len(against) + FEWEST)
        if len(found) >= needed and share >= _TIMES_COMMONER * usual and not known.find(word).mentions:
            rated.append((share / usual, word, found))
    for _rate, word, found in sorted(rated, key=lambda one: (-one[0], one[1]))[:_MOST_OF_A_KIND]:
        language = Counter(ruling.piece.language for ruling in found).most_common(1)[0][0]
        change = {"do": "add-term", "term": word, "language": language or "en", "weight": "usual"}
        counts = (str(len(found)), str(len(wanted)))
        yield Suggestion(change, Reason("shared-by-picks", counts), _numbers(found))


def _misleading(beat: Beat, rulings: Sequence[Ruling]) -> Iterator[Suggestion]:
    """Concepts that lead to spikes only."""
    finder = Finder(beat.concepts)
    having: dict[int, list[tuple[Ruling, bool]]] = defaultdict(list)
    for ruling in rulings:
        piece = ruling.piece
        text = f"{piece.title}\n{piece.standfirst}\n{piece.text}"
        named = {mention.concept for mention in finder.find(text, language=piece.language).mentions}
        for at in named:
            having[at].append((ruling, len(named) == 1))
    for at, found in sorted(having.items()):
        wanted = sum(ruling.is_wanted for ruling, _alone in found)
        if len(found) < FEWEST or wanted > _WANTED_AT_MOST * len(found):
            continue
        concept, alone = beat.concepts[at], sum(is_alone for _ruling, is_alone in found)
        why = Reason("leads-to-spikes", (str(len(found) - wanted), str(len(found))))
        numbers = _numbers(ruling for ruling, _alone in found)
        if not concept.needs_company and 2 * alone >= len(found):
            yield Suggestion({"do": "ask-company", "concept": concept.name}, why, numbers)
        elif can_weaken(concept):
            yield Suggestion({"do": "weaken", "concept": concept.name, "was": concept.weight}, why, numbers)


def _outlets(beat: Beat, rulings: Sequence[Ruling]) -> Iterator[Suggestion]:
    """Outlets whose every piece was picked."""
    having: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        having[ruling.piece.outlet].append(ruling)
    for outlet, found in sorted(having.items()):
        is_new = outlet and outlet not in beat.outlets
        if is_new and len(found) >= FEWEST and all(ruling.is_wanted for ruling in found):
            change = {"do": "add-outlet", "outlet": outlet, "weight": "strong"}
            yield Suggestion(change, Reason("every-piece-picked", (str(len(found)),)), _numbers(found))


def _examples(beat: Beat, rulings: Sequence[Ruling]) -> Iterator[Suggestion]:
    """Pieces that the beat judged otherwise than the editors: the farthest first."""
    missed = sorted(
        (r for r in rulings if r.is_wanted and r.score < beat.line), key=lambda r: (r.score, r.original)
    )
    for ruling in missed[:_MOST_OF_A_KIND]:
        yield _example("example-for", "picked-below", ruling)
    mistaken = [r for r in rulings if not r.is_wanted and r.score >= beat.line]
    for ruling in sorted(mistaken, key=lambda r: (-r.score, r.original))[:_MOST_OF_A_KIND]:
        yield _example("example-against", "spiked-above", ruling)


def _example(do: str, why: str, ruling: Ruling) -> Suggestion:
    piece = ruling.piece
    change = {
        "do": do,
        "text": one_line(first_words(piece)),
        "language": piece.language,
        "title": cut(one_line(piece.title), _TITLE),
    }
    return Suggestion(change, Reason(why, (f"{ruling.score:.2f}",)), (ruling.original,))


def _words(piece: Piece) -> set[str]:
    return {token.word for token in tokens(first_words(piece)) if len(token.word) >= _SHORTEST_TERM}


def _numbers(found: Iterable[Ruling]) -> tuple[int, ...]:
    return tuple(sorted(ruling.original for ruling in found))
