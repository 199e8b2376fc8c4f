"""PO, the messages of gettext: read and written entry by entry. A text is its words, with no inline codes.

Source: GNU gettext manual, the format of PO files. Plural forms are read as entries of their own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from dateline.lib.formats.bitext import LONGEST_TEXT, Entry, Variant
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.text import without_controls

LONGEST_LINE: Final = 100_000
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*$')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,2})\])?\s+(?=\")")
_ESCAPED = re.compile(r'\\([abfnrtv"\\]|[0-7]{1,3}|x[0-9a-fA-F]{1,2})')
_MEANINGS: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "", "b": "", "f": "", "v": ""}
_OWN = re.compile(r"^Language:[ \t]*(\S+)", re.MULTILINE)
_SOURCE = re.compile(r"^X-Source-Language:[ \t]*(\S+)", re.MULTILINE)


class NotPo(Unreadable):
    """The file is no PO that we can read; the message names the line."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message with its translation, empty where there is none. `id` is the reference that its writer gave it."""

    source: str
    text: str = ""
    context: str = ""
    id: str = ""
    note: str = ""
    is_fuzzy: bool = False


@dataclass
class _Draft:
    """An entry that is being read."""

    texts: dict[str, str] = field(default_factory=dict)
    note: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    is_fuzzy: bool = False


def read(source: IO[bytes]) -> Iterator[Message]:
    """Yield the messages; the first has no source and is the file's head. Raises NotPo, also while it is read."""
    draft, at = _Draft(), ""
    for number, line in enumerate(_lines(source), start=1):
        if draft.texts and (not line or (at.startswith("msgstr") and _begins(line))):
            yield from _messages(draft)
            draft, at = _Draft(), ""
        if line.startswith("#"):
            _remark(draft, line)
        elif line:
            at = _take(draft, line, at, number)
    yield from _messages(draft)


def entries(source: IO[bytes], *, source_language: str = "", language: str = "") -> Iterator[Entry]:
    """Yield the translated messages, doubtful ones left out, as a memory's entries. Raises NotPo.

    The languages are those that the file's head names, else those handed in.
    """
    for message in read(source):
        if not message.source:
            own, other = _OWN.search(message.text), _SOURCE.search(message.text)
            language = own[1].replace("_", "-") if own else language
            source_language = other[1].replace("_", "-") if other else source_language
        elif message.text and not message.is_fuzzy:
            variants = (
                Variant(language=source_language or "en", parts=(message.source,)),
                Variant(language=language, parts=(message.text,)),
            )
            yield Entry(id=message.id or message.context, variants=variants, note=message.note)


def write(messages: Iterable[Message], *, source_language: str, language: str) -> Iterator[str]:
    """Yield a file part by part, in UTF-8."""
    head = (
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        f"Language: {language}\nX-Source-Language: {source_language}\n"
    )
    yield _written(Message(source="", text=head))
    yield from map(_written, messages)


def _lines(source: IO[bytes]) -> Iterator[str]:
    source.seek(0)
    while raw := source.readline(LONGEST_LINE + 1):
        if len(raw) > LONGEST_LINE:
            raise NotPo(f"A line has more than {LONGEST_LINE} bytes: this is no PO.")
        try:
            yield raw.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            raise NotPo("It is not in UTF-8: save it so, and bring it again.") from None


def _begins(line: str) -> bool:
    return line.startswith(("#", "msgctxt")) or (
        line.startswith("msgid") and not line.startswith("msgid_plural")
    )


def _remark(draft: _Draft, line: str) -> None:
    kind, words = line[:2], line[2:].strip()
    if kind == "#,":
        draft.is_fuzzy = draft.is_fuzzy or "fuzzy" in words
    elif kind == "#:":
        draft.references.append(words)
    elif kind == "#.":
        draft.note.append(without_controls(words))


def _take(draft: _Draft, line: str, at: str, number: int) -> str:
    keyword = _KEYWORD.match(line)
    rest = line[keyword.end() :] if keyword else line
    at = f"{keyword[1]}{keyword[2] or ''}" if keyword else at
    found = _STRING.fullmatch(rest)
    if found is None or not at:
        raise NotPo(f"Line {number} is no PO: {line[:40]}")
    draft.texts[at] = draft.texts.get(at, "") + found[1]
    if len(draft.texts[at]) > LONGEST_TEXT * 2:
        raise NotPo(f"The text that ends in line {number} is too long.")
    return at


def _messages(draft: _Draft) -> Iterator[Message]:
    texts = {name: without_controls(_ESCAPED.sub(_meaning, one)) for name, one in draft.texts.items()}
    if "msgid" not in texts:
        return
    pairs = [("msgid", "msgstr"), ("msgid", "msgstr0"), ("msgid_plural", "msgstr1")]
    for source, text in pairs:
        if source in texts and text in texts:
            yield Message(
                source=texts[source],
                text=texts[text],
                context=texts.get("msgctxt", ""),
                id=" ".join(draft.references),
                note=" ".join(draft.note),
                is_fuzzy=draft.is_fuzzy,
            )


def _meaning(found: re.Match[str]) -> str:
    sign = found[1]
    if sign[0] == "x":
        return chr(int(sign[1:], 16))
    return _MEANINGS[sign] if sign in _MEANINGS else chr(int(sign, 8) & 0xFF)


def _written(message: Message) -> str:
    out = [f"#. {line}" for line in without_controls(message.note).split("\n") if message.note]
    out += [f"#: {without_controls(message.id)}"] if message.id else []
    out += ["#, fuzzy"] if message.is_fuzzy else []
    out += [f"msgctxt {_quoted(message.context)}"] if message.context else []
    return "\n".join([*out, f"msgid {_quoted(message.source)}", f"msgstr {_quoted(message.text)}", "", ""])


def _quoted(text: str) -> str:
    safe = without_controls(text).replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    lines = safe.split("\n")
    ended = [f'"{line}\\n"' for line in lines[:-1]] + (
        [f'"{lines[-1]}"'] if lines[-1] or len(lines) == 1 else []
    )
    return "\n".join(ended if len(ended) == 1 else ['""', *ended])
