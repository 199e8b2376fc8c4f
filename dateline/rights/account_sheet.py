"""A statement of use as people read it, in plain text and as the rows of a table. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from dateline.rights.accounts import Balance, Entry, amount, money
from dateline.rights.accounts_words import WORDS
from dateline.rights.letters import fitting
from dateline.rights.letters_shipped import WORDS as USE_WORDS

Row = tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class PieceUsed:
    """A piece in a statement. began, ended: days of the publication's zone, ended empty while it stands.

    is_new: it first came out in this month; else it came down in it. views: None where nobody counted.
    """

    headline: str
    original: str
    address: str
    use: str
    language: str
    words: int
    began: date
    ended: date | None
    views: int | None
    is_new: bool

    def kept(self) -> dict[str, Any]:
        """Return it as JSON values."""
        days = {"began": self.began.isoformat(), "ended": self.ended.isoformat() if self.ended else None}
        return {**asdict(self), **days}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return it as it was kept."""
        ended = date.fromisoformat(kept["ended"]) if kept["ended"] else None
        return cls(**{**kept, "began": date.fromisoformat(kept["began"]), "ended": ended})


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment, in smallest coins."""

    on: date
    reference: str
    currency: str
    minor: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A month of an account, closed or as it stands until now. month: its first day."""

    month: date
    pieces: Sequence[PieceUsed]
    standing: int
    lines: Sequence[Entry]
    paid: Sequence[Paid]
    balances: Sequence[Balance]

    @property
    def new(self) -> list[PieceUsed]:
        """What came out in the month."""
        return [piece for piece in self.pieces if piece.is_new]

    @property
    def words(self) -> int:
        """How many words came out in the month."""
        return sum(piece.words for piece in self.new)

    @property
    def languages(self) -> list[str]:
        """Into which languages."""
        return sorted({piece.language for piece in self.new})

    @property
    def fees(self) -> list[Entry]:
        """The lines that say something: pieces, or an amount."""
        return [line for line in self.lines if line.minor or line.pieces]

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to tell: nothing used, nothing owed, nothing paid."""
        return not (
            self.pieces or self.fees or self.paid or any(one.now or one.carried for one in self.balances)
        )


class Teller:
    """Tells a sheet in one language. language_name: how it calls a language."""

    def __init__(self, language: str, language_name: Callable[[str], str]) -> None:
        tag = fitting(language, WORDS)
        self._said, self._uses, self._language = WORDS[tag], USE_WORDS[tag], language_name

    def text(self, sheet: Sheet) -> str:
        """Return the sheet as plain text."""
        parts = [
            self._pieces(sheet),
            self._fees(sheet),
            *(self._account(sheet, one) for one in sheet.balances),
        ]
        return "\n\n".join("\n".join(part) for part in parts if part)

    def head(self) -> Row:
        """Return the head of the table."""
        names = ("what", "headline", "original", "address", "use", "language", "pieces", "words")
        return tuple(self._said[name] for name in (*names, "from", "until", "views", "amount", "currency"))

    def rows(self, sheet: Sheet) -> list[Row]:
        """Return the table: pieces, fees, then the account of each currency."""
        rows: list[Row] = [self._piece_row(piece) for piece in sheet.pieces]
        rows += [self._fee_row(sheet, line) for line in sheet.fees]
        for one in sheet.balances:
            rows += self._account_rows(sheet, one)
        return rows

    def _pieces(self, sheet: Sheet) -> list[str]:
        said, new = self._said, sheet.new
        lines = [f"{said['nothing']}"]
        if new:
            names = ", ".join(self._language(code) for code in sheet.languages)
            uses = ", ".join(sorted({self._use(piece) for piece in new}))
            lines = [
                f"{said['pieces']}: {len(new)}",
                f"{said['words']}: {sheet.words}",
                f"{said['languages']}: {names}",
                f"{said['uses']}: {uses}",
            ]
        for piece in sheet.pieces:
            lines += self._piece(piece)
        if sheet.standing:
            lines += ["", f"{said['standing']}: {sheet.standing}"]
        return lines

    def _piece(self, piece: PieceUsed) -> list[str]:
        said = self._said
        theirs = f" ({piece.original})" if piece.original and piece.original != piece.headline else ""
        facts = [self._use(piece), self._language(piece.language), f"{said['words']}: {piece.words}"]
        facts.append(f"{said['from']} {piece.began}")
        if piece.ended:
            facts.append(f"{said['until']} {piece.ended}")
        if piece.views is not None:
            facts.append(f"{said['views']}: {piece.views}")
        mark = "" if piece.is_new else f"{said['ended']}: "
        return ["", f"- {mark}{piece.headline}{theirs}", f"  {piece.address}", f"  {'; '.join(facts)}"]

    def _fees(self, sheet: Sheet) -> list[str]:
        said = self._said
        if not any(line.currency for line in sheet.fees):
            return [] if sheet.balances or not sheet.new else [said["free"]]
        return [f"{said['fee']}:", *(f"- {self._fee(sheet, line)}" for line in sheet.fees if line.currency)]

    def _fee(self, sheet: Sheet, line: Entry) -> str:
        said = self._said
        counted = f"{said['pieces']}: {line.pieces}, {said['words']}: {line.words}"
        return (
            f"{self._named(sheet, line)}: {line.unit.normalize():f} {line.currency} {said[line.kind]}; "
            f"{counted}; {money(line.minor, line.currency)}"
        )

    def _named(self, sheet: Sheet, line: Entry) -> str:
        if line.month == sheet.month:
            return line.title
        return f"{self._said['correction']} {line.month:%Y-%m}: {line.title}"

    def _account(self, sheet: Sheet, one: Balance) -> list[str]:
        said = self._said
        lines = [
            f"{said['account']}, {one.currency}:",
            f"{said['carried']}: {money(one.carried, one.currency)}",
        ]
        lines.append(f"{said['added']}: {money(one.added, one.currency)}")
        lines += [
            f"{said['paid']} {paid.on} ({paid.reference}): {money(paid.minor, paid.currency)}"
            for paid in _in(sheet.paid, one.currency)
        ]
        return [*lines, f"{said['balance']}: {money(one.now, one.currency)}"]

    def _piece_row(self, piece: PieceUsed) -> Row:
        what = self._said["headline" if piece.is_new else "ended"]
        about = (
            piece.headline,
            piece.original,
            piece.address,
            self._use(piece),
            self._language(piece.language),
        )
        return (what, *about, 1, piece.words, piece.began, piece.ended or "", piece.views, None, "")

    def _fee_row(self, sheet: Sheet, line: Entry) -> Row:
        is_own = line.month == sheet.month
        what = self._said["fee"] if is_own else f"{self._said['correction']} {line.month:%Y-%m}"
        rate = f"{line.unit.normalize():f} {line.currency} {self._said[line.kind]}".strip()
        told = (line.title, "", "", rate, "", line.pieces, line.words, line.month, "", None)
        return (what, *told, amount(line.minor, line.currency), line.currency)

    def _account_rows(self, sheet: Sheet, one: Balance) -> list[Row]:
        said = self._said

        def row(what: str, minor: int, *, told: str = "", on: date | str = "") -> Row:
            empty = ("", "", "", "", None, None)
            return (what, told, *empty, on, "", None, amount(minor, one.currency), one.currency)

        paid = [
            row(said["paid"], -paid.minor, told=paid.reference, on=paid.on)
            for paid in _in(sheet.paid, one.currency)
        ]
        return [row(said["carried"], one.carried), *paid, row(said["balance"], one.now)]

    def _use(self, piece: PieceUsed) -> str:
        return self._uses.get(piece.use, piece.use)


def _in(paid: Iterable[Paid], currency: str) -> list[Paid]:
    return [one for one in paid if one.currency == currency]
