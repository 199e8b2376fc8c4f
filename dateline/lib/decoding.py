"""Bytes to text as browsers do it, and never an error."""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_LOOKED_AT = 4_096
# What pages call Latin-1 and its kin is read by browsers as Windows'; UTF-7 and UTF-16 cannot be declared in text.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "utf-7": "utf-8",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
_TEXT_CODECS_ONLY = re.compile(
    r"(base64|hex|zlib|bz2|rot|quopri|uu|idna|punycode|unicode_?escape|undefined|raw)"
)


def decode(content: bytes, *, declared: str | None = None) -> str:
    """Return `content` as text: by its byte order mark, UTF-8 if it fits, then `declared`, then its own word.

    declared: the charset of the HTTP header, whatever it says; a charset that nobody knows counts as none.
    UTF-8 goes before declarations since text that is valid in it is hardly ever anything else. Where every
    declaration fails the encoding is guessed, and what fits nothing becomes U+FFFD.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    names = [declared or "", *_own_words(content)]
    if not any(_is_stateful(name) for name in names):
        names.insert(0, "utf-8")
    for named in map(_known, names):
        if named and (text := _strictly(content, named)) is not None:
            return text
    return _guessed(content, [name for name in map(_known, names) if name])


def _own_words(content: bytes) -> list[str]:
    found = _DECLARED.findall(content[:_LOOKED_AT])
    return [(xml or meta).decode("ascii", "replace") for xml, meta in found]


def _is_stateful(name: str) -> bool:
    """Encodings that write other scripts with ASCII bytes look like valid UTF-8."""
    return name.lower().startswith(("iso-2022", "iso2022", "hz"))


def _known(name: str) -> str | None:
    name = name.strip().strip("\"'").lower()
    if not name or _TEXT_CODECS_ONLY.match(name):
        return None
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return _MEANT.get(known, known)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        text: object = content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _guessed(content: bytes, named: list[str]) -> str:
    """A few bad bytes in a page do not unmake its declaration; a page full of them was declared wrongly."""
    for encoding in named:
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") * 200 < len(text):
            return text
    guess = from_bytes(content[: 64 * 1024]).best()
    return content.decode(guess.encoding if guess else "utf-8", "replace")
