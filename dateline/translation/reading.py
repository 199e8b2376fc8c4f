"""Reads an original's markup into blocks.

Pictures of the source never ride along: neither they nor their captions are read. Text that the source
struck out is left out.
"""

from lxml import etree, html

from dateline.lib.sanitise import BLOCKS, sanitise, web_address
from dateline.lib.text import one_line
from dateline.translation.documents import Block, BlockKind, Place
from dateline.translation.marks import disarmed
from dateline.translation.runs import BREAK, Mark, Run, tidied, words_of


def read_document(*, headline: str, standfirst: str, body_html: str) -> list[Block]:
    """Return the blocks of an original: 0 is the headline, 1 the standfirst, the body begins at 2.

    Raises HostileMarkup where the markup would hang a parser.
    """
    blocks = [
        Block(number, kind, (Run(disarmed(one_line(text))),))
        for number, kind, text in ((0, BlockKind.HEADLINE, headline), (1, BlockKind.STANDFIRST, standfirst))
        if text.strip()
    ]
    body = _Reader().read(body_html)
    return blocks + [Block(number, *block) for number, block in enumerate(body, start=2)]


_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LEFT_OUT = frozenset(["del", "img", "rp", "rt", "s"])
_MARKS = {"a": "a", "b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
_CELLS = frozenset({"td", "th"})


class _Reader:
    """Walks over markup and gathers blocks; the stack holds the block elements that are open."""

    def __init__(self) -> None:
        self.blocks: list[tuple[BlockKind, tuple[Run, ...], Place]] = []
        self.stack: list[etree._Element] = []
        self.runs: list[Run] = []
        self.marks: list[Mark] = []
        self.numbers: dict[etree._Element, int] = {}
        self.count = 0
        self.row: etree._Element | None = None
        self.columns: dict[etree._Element, int] = {}

    def read(self, fragment: str) -> list[tuple[BlockKind, tuple[Run, ...], Place]]:
        root = html.fragment_fromstring(sanitise(fragment), create_parent="div")
        left_out: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if left_out is None and event == "start" and _is_left_out(element):
                left_out = element
            if left_out is None:
                (self.begin if event == "start" else self.end)(element)
            if event == "end" and left_out is element:
                left_out = None
            if event == "end" and left_out is None and element is not root:
                self.add(element.tail)
        self.finish_block()
        return self.blocks

    def begin(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in BLOCKS:
            self.finish_block()
            self.stack.append(element)
        elif tag == "br":
            self.add_break()
        elif tag in _MARKS:
            self.open_mark(tag, element)
        self.add("“" if tag == "q" else "")
        self.add(element.text)

    def end(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in BLOCKS:
            self.finish_block()
            self.stack.pop()
        elif tag in _MARKS and self.numbers.pop(element, 0):
            self.marks.pop()
        self.add("”" if tag == "q" else "")

    def open_mark(self, tag: str, element: etree._Element) -> None:
        href = (element.get("href") or "") if tag == "a" else ""
        if tag == "a" and not (web_address(href) or href.startswith("mailto:")):
            return
        self.numbers[element] = self.next_number()
        self.marks.append(Mark(self.numbers[element], _MARKS[tag], href))

    def add(self, text: str | None) -> None:
        if text:
            kept = disarmed(text).replace(BREAK, " ")
            self.runs.append(Run(kept, tuple(self.marks)))

    def add_break(self) -> None:
        """A break is a line's end; two in a row are a paragraph's."""
        last = next((run for run in reversed(self.runs) if run.text.strip(" ")), None)
        if last is not None and last.text == BREAK:
            self.finish_block()
        else:
            self.runs.append(Run(BREAK, tuple(self.marks)))

    def finish_block(self) -> None:
        runs = tidied(self.runs)
        self.runs = []
        if words_of(runs).strip():
            self.blocks.append((self.kind(), tuple(runs), self.place()))

    def kind(self) -> BlockKind:
        tags = {str(element.tag) for element in self.stack}
        for kind, signs in (
            (BlockKind.CELL, _CELLS),
            (BlockKind.ATTRIBUTION, {"footer"} if "blockquote" in tags else frozenset()),
            (BlockKind.QUOTE, {"blockquote"}),
            (BlockKind.LIST_ITEM, {"li"}),
            (BlockKind.HEADING, _HEADINGS),
            (BlockKind.CAPTION, {"caption", "figcaption"}),
        ):
            if tags & signs:
                return kind
        return BlockKind.PARAGRAPH

    def place(self) -> Place:
        kind = self.kind()
        if kind is BlockKind.CELL:
            return self.place_in_table()
        if kind in {BlockKind.QUOTE, BlockKind.ATTRIBUTION}:
            return Place(group=self.number_of(self.outermost("blockquote")))
        if kind is BlockKind.LIST_ITEM:
            outer = self.outermost("ol", "ul", "li")
            return Place(
                group=self.number_of(outer),
                part=self.number_of(self.innermost("li")),
                is_ordered=outer.tag == "ol",
            )
        return Place()

    def place_in_table(self) -> Place:
        cell = self.outermost("td", "th")
        row = self.outermost("tr", "td", "th")
        return Place(
            group=self.number_of(self.outermost("table", "td", "th")),
            part=self.number_of(cell),
            row=self.number_of(row),
            column=self.column_of(cell, row),
            colspan=_span(cell, "colspan"),
            rowspan=_span(cell, "rowspan"),
            is_head=cell.tag == "th",
        )

    def column_of(self, cell: etree._Element, row: etree._Element) -> int:
        if self.row is not row:
            self.row = row
            self.columns = {one: number for number, one in enumerate(row)}
        return self.columns.get(cell, 0)

    def outermost(self, *tags: str) -> etree._Element:
        return next(element for element in self.stack if element.tag in tags)

    def innermost(self, *tags: str) -> etree._Element:
        return next(element for element in reversed(self.stack) if element.tag in tags)

    def number_of(self, element: etree._Element) -> int:
        if element not in self.numbers:
            self.numbers[element] = self.next_number()
        return self.numbers[element]

    def next_number(self) -> int:
        self.count += 1
        return self.count


def _is_left_out(element: etree._Element) -> bool:
    if element.tag == "figcaption":
        return any(True for figure in element.iterancestors("figure") for _ in figure.iter("img"))
    return not isinstance(element.tag, str) or element.tag in _LEFT_OUT


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "")
    return min(max(int(value), 1), 100) if value.isdigit() else 1
