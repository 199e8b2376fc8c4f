"""Text in runs, each with the marks around it: what can be cut at a sentence's end without losing a mark."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.translation.marks import Marks

BREAK = "\n"  # a line break inside a paragraph; all other white space is single spaces


@dataclass(frozen=True)
class Mark:
    """One inline element of the source. `number` tells it from others of its kind in the block."""

    number: int
    element: str
    href: str = ""


@dataclass(frozen=True)
class Run:
    """Words, and the marks around them from outside in."""

    text: str
    marks: tuple[Mark, ...] = ()


def words_of(runs: Sequence[Run]) -> str:
    """Return the bare text, line breaks as spaces; offsets are those of the runs."""
    return "".join(run.text for run in runs).replace(BREAK, " ")


def tidied(runs: Sequence[Run]) -> list[Run]:
    """Return the runs with white space as a browser shows it: single, none at the ends or beside a break."""
    kept: list[Run] = []
    last = BREAK
    for run in runs:
        text = run.text if run.text == BREAK else _single_spaced(run.text, after=last)
        if text == BREAK and kept:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        if text:
            kept.append(replace(run, text=text))
            last = text[-1]
    return cut(kept, *_inner(kept))


def cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """Return what stands between two offsets, with its marks."""
    kept, offset = [], 0
    for run in runs:
        text = run.text[max(start - offset, 0) : max(end - offset, 0)]
        if text:
            kept.append(replace(run, text=text))
        offset += len(run.text)
    return kept


def sentences_of(runs: Sequence[Run], sentences: Sequence[str]) -> list[list[Run]]:
    """Cut the runs where `sentences`, the parts of `words_of(runs)` in order, end.

    A line break between two sentences stays with the first. Where the parts leave out words, nothing is cut.
    """
    text = words_of(runs)
    spans = _spans(text, sentences)
    if spans is None:
        return [list(runs)]
    raw = "".join(run.text for run in runs)
    ends = [*(start for start, _ in spans[1:]), len(raw)]
    return [
        cut(runs, start, _past_the_break(raw, end, limit))
        for (start, end), limit in zip(spans, ends, strict=True)
    ]


def written(runs: Sequence[Run]) -> tuple[str, Marks]:
    """Return the runs as one text with placeholders, numbered from 1, and what these stand for."""
    marks: Marks = {}
    out: list[str] = []
    around: list[tuple[Mark, str]] = []
    for run in runs:
        shared = _shared([mark for mark, _ in around], run.marks)
        out += [f"⟦/{number}⟧" for _, number in reversed(around[shared:])]
        around = around[:shared]
        for mark in run.marks[shared:]:
            around.append((mark, _numbered(marks, mark)))
            out.append(f"⟦{around[-1][1]}⟧")
        is_break = run.text == BREAK
        out.append(f"⟦{_numbered(marks, Mark(0, 'br'))}/⟧" if is_break else run.text)
    out += [f"⟦/{number}⟧" for _, number in reversed(around)]
    return "".join(out), marks


def _numbered(marks: Marks, mark: Mark) -> str:
    number = str(len(marks) + 1)
    marks[number] = {"element": mark.element, **({"href": mark.href} if mark.href else {})}
    return number


def _shared(one: Sequence[Mark], other: Sequence[Mark]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _single_spaced(text: str, *, after: str) -> str:
    kept = " ".join(text.split())
    before = " " if text[:1].isspace() and after not in {" ", BREAK} else ""
    behind = " " if kept and text[-1:].isspace() else ""
    return f"{before}{kept}{behind}"


def _inner(runs: Sequence[Run]) -> tuple[int, int]:
    raw = "".join(run.text for run in runs)
    return len(raw) - len(raw.lstrip()), len(raw.rstrip())


def _spans(text: str, sentences: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return where each sentence stands in `text`, or None where they are not all of its words."""
    spans: list[tuple[int, int]] = []
    end = 0
    for sentence in (part.strip() for part in sentences):
        start = text.find(sentence, end)
        if not sentence or start < 0 or text[end:start].strip():
            return None
        end = start + len(sentence)
        spans.append((start, end))
    return spans if spans and not text[end:].strip() else None


def _past_the_break(raw: str, end: int, limit: int) -> int:
    return max(end, raw.rfind(BREAK, end, limit) + 1)
