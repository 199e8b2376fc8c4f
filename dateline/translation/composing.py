"""From translated sentences back to an article: headline, standfirst, and the body as the desk's blocks.

The only markup in a body is that of the source's own marks and of the blocks around them; words are escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from dateline.lib.sanitise import sanitise
from dateline.translation.documents import BlockKind, Place
from dateline.translation.languages import joiner
from dateline.translation.marks import Marks, plain, restored

RawBlock = dict[str, Any]


@dataclass(frozen=True)
class Translated:
    """A sentence of the original with the words that stand for it; empty ones are left out of the page.

    paragraph: `joined` where it runs on from the sentence before it though the source begins a paragraph here, `begun`
    where it begins one though the source does not.
    """

    block: int
    kind: BlockKind
    place: Place
    text: str
    marks: Marks
    paragraph: str = ""


JOINED = "joined"
BEGUN = "begun"


@dataclass(frozen=True)
class Composed:
    """An article's words. `body` is what its StreamField is read from."""

    headline: str = ""
    standfirst: str = ""
    body: list[RawBlock] = field(default_factory=list)


@dataclass(frozen=True)
class _Written:
    """One block with its sentences joined, as text and as markup."""

    number: int
    kind: BlockKind
    place: Place
    text: str
    markup: str
    part: int = 0


def compose(sentences: Iterable[Translated], *, language: str, key: UUID) -> Composed:
    """Return the article that the sentences, in the order of the page, make.

    language: of the translation. key: of the article, so that a block keeps its id when it is composed again.
    """
    blocks = [
        _joined(group, joiner(language), part)
        for group, part in _paragraphs(one for one in sentences if one.text.strip())
    ]
    texts = {block.kind: block.text for block in blocks if block.kind in _ABOVE}
    body = [
        {**_as_raw(group), "id": str(uuid5(key, _name(group[0])))}
        for group in _grouped([block for block in blocks if block.kind not in _ABOVE])
    ]
    return Composed(texts.get(BlockKind.HEADLINE, ""), texts.get(BlockKind.STANDFIRST, ""), body)


_ABOVE = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST})


def _paragraphs(sentences: Iterable[Translated]) -> list[tuple[list[Translated], int]]:
    """Return the sentences of each block of the page, with which part of its source's block it is, from 0."""
    found: list[tuple[list[Translated], int]] = []
    for one in sentences:
        last = found[-1][0][-1] if found else None
        if last is not None and _runs_on(last, one):
            found[-1][0].append(one)
        else:
            is_part = last is not None and last.block == one.block
            found.append(([one], found[-1][1] + 1 if is_part else 0))
    return found


def _runs_on(last: Translated, one: Translated) -> bool:
    can_choose = last.kind is one.kind is BlockKind.PARAGRAPH
    if can_choose and one.paragraph:
        return one.paragraph == JOINED
    return last.block == one.block


def _name(block: _Written) -> str:
    return f"{block.kind}-{block.number}" + (f"-{block.part}" if block.part else "")


def _joined(sentences: Sequence[Translated], between: str, part: int) -> _Written:
    first = sentences[0]
    return _Written(
        part=part,
        number=first.block,
        kind=first.kind,
        place=first.place,
        text=between.join(plain(one.text) for one in sentences),
        markup=between.join(restored(one.text.strip(), one.marks) for one in sentences),
    )


def _grouped(blocks: Iterable[_Written]) -> list[list[_Written]]:
    """Return the blocks that make one list, quote or table together, all others alone."""
    return [
        list(group)
        for _, group in groupby(
            blocks, key=lambda block: (block.place.group, block.place.group or (block.number, block.part))
        )
    ]


def _as_raw(group: Sequence[_Written]) -> RawBlock:
    kind = group[0].kind
    if kind is BlockKind.HEADING:
        return {"type": "heading", "value": group[0].text}
    if kind is BlockKind.LIST_ITEM:
        return {"type": "list", "value": _list(group)}
    if kind in {BlockKind.QUOTE, BlockKind.ATTRIBUTION}:
        return {"type": "quote", "value": _quote(group)}
    if kind is BlockKind.CELL:
        return {"type": "table", "value": _table(group)}
    return {"type": "note" if kind is BlockKind.NOTE else "paragraph", "value": f"<p>{group[0].markup}</p>"}


def _list(items: Sequence[_Written]) -> str:
    element = "ol" if items[0].place.is_ordered else "ul"
    return f"<{element}>{''.join(f'<li>{part.markup}</li>' for part in _by_part(items))}</{element}>"


def _quote(blocks: Sequence[_Written]) -> dict[str, str]:
    said = [block.markup for block in blocks if block.kind is BlockKind.QUOTE]
    by = [block.text for block in blocks if block.kind is BlockKind.ATTRIBUTION]
    return {"text": "".join(f"<p>{words}</p>" for words in said), "attribution": " ".join(by).lstrip("—–- ")}


def _table(cells: Sequence[_Written]) -> str:
    rows = groupby(_by_part(cells), key=lambda cell: cell.place.row)
    return sanitise(f"<table>{''.join(f'<tr>{_row(list(row))}</tr>' for _, row in rows)}</table>")


def _row(cells: Sequence[_Written]) -> str:
    """Return the cells, with empty ones where the source had no words."""
    out, column = "", 0
    for cell in cells:
        out += "<td></td>" * (cell.place.column - column) + _cell(cell)
        column = cell.place.column + 1
    return out


def _cell(cell: _Written) -> str:
    element = "th" if cell.place.is_head else "td"
    spans = f' colspan="{cell.place.colspan}" rowspan="{cell.place.rowspan}"'
    return (
        f"<{element}{spans if cell.place.colspan * cell.place.rowspan > 1 else ''}>{cell.markup}</{element}>"
    )


def _by_part(blocks: Sequence[_Written]) -> list[_Written]:
    """Return one block for each list item or cell; its paragraphs become lines."""
    parts = (list(group) for _, group in groupby(blocks, key=lambda block: block.place.part))
    return [replace(part[0], markup="<br>".join(block.markup for block in part)) for part in parts]
