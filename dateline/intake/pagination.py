"""An article on several pages: which link leads to its next page, and how the pages become one text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dateline.intake.extract_blocks import from_markup, html_of, key_of, text_of
from dateline.intake.extract_page import Page
from dateline.lib.sanitise import web_address
from dateline.lib.text import names, one_line

MOST_PAGES: Final = 12
_MOST_NUMBER: Final = 99
_LONGEST_LABEL: Final = 40
_PARAMETERS: Final = names(
    "page p pg pageno pagenum page_num paged pagina seite sayfa str lapa start-page sida strona"
)
_STEM: Final = r"(?P<stem>.+?)"
_NUMBER: Final = r"(?P<number>\d{1,2})"
_TAIL: Final = r"(?P<tail>/?(?:\.\w{3,5})?)"
# The number of a page in a path: /piece/2/, /piece/page/2, /piece-page-2.html, /piece,2.html, /piece_2.html.
_IN_PATH: Final = (
    re.compile(rf"^{_STEM}/(?:page|p|pagina|seite|sayfa|страница)[/-]?{_NUMBER}{_TAIL}$", re.IGNORECASE),
    re.compile(rf"^{_STEM}[-_,.](?:page|p|pagina|seite)[-_]?{_NUMBER}{_TAIL}$", re.IGNORECASE),
    re.compile(rf"^{_STEM}/{_NUMBER}(?P<tail>/?)$"),
    re.compile(rf"^{_STEM}[_,]{_NUMBER}(?P<tail>\.\w{{3,5}})$"),
)  # fmt: skip
# A link that only says "next" may lead to the next article; the address must show that it does not.
_NEXT: Final = re.compile(
    r"^\W*(?:next(?:\s+page)?|page\s+suivante|suivante?|nächste(?:\s+seite)?|weiter|siguiente|página\s+siguiente|próxima(?:\s+página)?|"
    r"avanti|pagina\s+successiva|volgende(?:\s+pagina)?|nästa(?:\s+sida)?|neste(?:\s+side)?|następna(?:\s+strona)?|další(?:\s+strana)?|"
    r"következő(?:\s+oldal)?|pagina\s+următoare|следующая(?:\s+страница)?|дал(?:ее|ьше)|наступна(?:\s+сторінка)?|далі|"
    r"sonraki(?:\s+sayfa)?|növbəti(?:\s+səhifə)?|sonrakı(?:\s+səhifə)?|հաջորդ(?:\s+էջը?)?|შემდეგი(?:\s+გვერდი)?|"
    r"صفحه\s*(?:ی\s+)?بعد(?:ی)?|بعدی|(?:الصفحة\s+)?التالية?|次(?:の|へ)(?:ページ)?|次へ|下一(?:页|頁)|다음(?:\s*페이지)?|>|»|›|→)\W*$",
    re.IGNORECASE,
)


def next_page(page: Page) -> str | None:
    """Return the address of the next page of the article on `page`, or None where this is the last or only one.

    Believed only where the address is this one's own with the following number, so that the next *article* is not
    taken for it. Where this address itself ends with a number, that may be an article's: see `is_page`.
    """
    for address in _candidates(page):
        stem, number = numbered(page.url)
        if is_page(address, number=2, of=page.url) or (
            number > 1 and is_page(address, number=number + 1, of=stem)
        ):
            return address
    return None


def is_page(address: str, *, number: int, of: str) -> bool:
    """True where `address` is page `number` of the article that begins at the address `of`."""
    first, one = numbered(of)
    stem, found = numbered(address)
    return found == number <= _MOST_NUMBER and _same_piece(stem, first if one == 1 else of)


def numbered(url: str) -> tuple[str, int]:
    """Return an address without its page number, and the number; 1 where it has none."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    told = [(k, v) for k, v in query if k.lower() in _PARAMETERS and re.fullmatch(r"\d{1,2}", v)]
    if len(told) == 1:
        rest = urlencode([pair for pair in query if pair not in told])
        return urlunsplit((parts.scheme, parts.netloc, parts.path, rest, "")), int(told[0][1])
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
    for shape in _IN_PATH:
        found = shape.match(parts.path)
        if found and int(found["number"]) > 0:
            path = found["stem"] + found["tail"]
            return urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), int(found["number"])
    return bare, 1


def joined(pages: Iterable[str]) -> tuple[str, str]:
    """Return the markup and the text of pages of one article as one body, each paragraph once.

    pages: sanitised bodies in order. Short lines may come twice in an article; what is repeated and long is a
    teaser or a summary that each page carries.
    """
    seen: set[str] = set()
    kept = []
    for number, markup in enumerate(pages):
        for block in from_markup(markup):
            key = key_of(block.html if block.tag == "figure" else block.text)
            if number and key in seen:
                continue
            seen.add(key)
            kept.append(block)
    return html_of(kept), text_of(kept)


def _candidates(page: Page) -> Iterator[str]:
    """Yield where links lead that say that they go on, those that say it to machines first."""
    declared, labelled, counted = [], [], []
    for element in page.tree.iter("link", "a"):
        label = _label(element) if element.tag == "a" else ""
        if "next" in (element.get("rel") or "").lower().split():
            declared.append(element)
        elif label and _NEXT.match(label):
            labelled.append(element)
        elif label.strip(" []").isdecimal():
            counted.append(element)
    for element in (*declared, *labelled, *counted):
        address = web_address(element.get("href") or "", base=page.url)
        if address and address.rstrip("/") != page.url.rstrip("/"):
            yield address


def _label(link: object) -> str:
    said = one_line(link.text_content())  # type: ignore[attr-defined]
    told = said or one_line(link.get("aria-label") or link.get("title") or "")  # type: ignore[attr-defined]
    return told if len(told) <= _LONGEST_LABEL else ""


def _same_piece(left: str, right: str) -> bool:
    a, b = urlsplit(left), urlsplit(right)
    same_host = a.netloc.lower().removeprefix("www.") == b.netloc.lower().removeprefix("www.")
    return same_host and _stem(a.path) == _stem(b.path) and _same_query(a.query, b.query)


def _stem(path: str) -> str:
    return re.sub(r"\.\w{3,5}$", "", path.rstrip("/")).lower()


def _same_query(left: str, right: str) -> bool:
    """A piece named by its query (?id=7) must be the same; what only this address has may be a tracker."""
    return set(parse_qsl(left)) <= set(parse_qsl(right)) or set(parse_qsl(right)) <= set(parse_qsl(left))
