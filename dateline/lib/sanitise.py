"""The one sanitiser: markup from outside becomes the markup of an article, or nothing."""

import re
from html import escape
from urllib.parse import urljoin, urlsplit

import nh3

from dateline.lib.floods import HostileMarkup, refuse_floods
from dateline.lib.text import names, without_controls

__all__ = ["HostileMarkup", "sanitise", "sanitise_page", "web_address"]

BLOCKS = names(
    "address article aside blockquote caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main ol p pre section table tbody td tfoot th thead tr ul"
)
INLINE = names(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub "
    "sup time u var wbr"
)
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
DROPPED_WITH_CONTENT = names("iframe math noembed noframes script style svg template xmp")
# Of a whole page nothing is wanted that a reader could not read: neither its head nor what could be filled in.
DROPPED_OF_PAGES = DROPPED_WITH_CONTENT | names(
    "audio canvas datalist head object select textarea title video"
)
REL = "nofollow noopener noreferrer"

_HTTP = re.compile(r"https?://", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:([^\s<>\"'?&,;:@]+@[\w.-]+)(?:\?.*)?", re.IGNORECASE)
_UNSEEN = re.compile(r"[\s\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_UNSAFE_IN_ADDRESS = str.maketrans(
    {'"': "%22", "<": "%3C", ">": "%3E", "`": "%60", "\\": "%5C", "{": "%7B", "}": "%7D"}
)
_VALUES = {
    "lang": re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"),
    "hreflang": re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"),
    "dir": re.compile(r"(ltr|rtl|auto)\Z", re.IGNORECASE),
    "scope": re.compile(r"(row|col|rowgroup|colgroup)\Z", re.IGNORECASE),
    "datetime": re.compile(r"[0-9A-Za-z:+. -]{1,40}\Z"),
    "reversed": re.compile(r"(reversed)?\Z", re.IGNORECASE),
    **dict.fromkeys(("width", "height", "start", "value"), re.compile(r"[0-9]{1,5}\Z")),
    **dict.fromkeys(("colspan", "rowspan"), re.compile(r"[0-9]{1,3}\Z")),
}
_LEADING_LINES = re.compile(r"<pre([^<>]*)>\n+")
_ROUNDS = 5
# The markup of pictures and links as nh3 writes it: names in lower case, values in double quotes.
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def sanitise(fragment: str, *, base: str | None = None) -> str:
    """Return `fragment` with an article's elements and attributes only; nothing in it can act.

    Ids, classes and styles go; addresses stay where they are http or https (links also mailto); every link
    gets `rel`. Text is kept, save that of scripts and styles. Cleaning the result again changes nothing.
    base: the address that relative ones start from; without it they are dropped.
    Raises HostileMarkup where the markup would hang a parser.
    """
    refuse_floods(fragment)
    clean = _once(fragment, base)
    for _ in range(_ROUNDS):
        again = _once(clean, None)
        if again == clean:
            return clean
        clean = again
    return _text_only(clean)


def sanitise_page(markup: str, *, base: str, picture: str) -> str:
    """Return a whole page as markup that loads nothing and leads nowhere: to be looked at, years later.

    Pictures become a line of text with what they show and their address, links underlined text with their address as
    title. base: the page's own address. picture: the word that stands before what a picture shows.
    Raises HostileMarkup where the markup would hang a parser.
    """
    refuse_floods(markup)
    dropped = set(DROPPED_OF_PAGES)
    body = nh3.clean(
        without_controls(markup), tags=set(BLOCKS | INLINE), clean_content_tags=dropped,
        attributes=ATTRIBUTES,
    )  # fmt: skip
    clean = sanitise(body, base=base)
    clean = _PICTURE.sub(lambda found: _told_picture(found[1], picture), clean)
    clean = _LINK.sub(lambda found: f'<u title="{_attributes(found[1]).get("href", "")}">', clean)
    inert = nh3.clean(
        clean.replace("</a>", "</u>"),
        tags=set(BLOCKS | INLINE) - {"a", "img"},
        attributes={**ATTRIBUTES, "u": {"title"}},
        link_rel=None,
    )
    return without_controls(inert)


def web_address(address: str, *, base: str | None = None) -> str | None:
    """Return `address` as an absolute http or https URL that is safe in an attribute, else None.

    Characters that nobody sees are taken out first, as a browser would. Names and passwords before the host
    are refused: they make one host look like another.
    """
    seen = _UNSEEN.sub("", address)
    try:
        absolute = urljoin(base, seen) if base else seen
        if absolute.startswith("//"):
            absolute = "https:" + absolute
        parts = urlsplit(absolute)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:
        return None
    if not _HTTP.match(absolute) or not parts.hostname or "@" in parts.netloc or "\\" in parts.netloc:
        return None
    return absolute.translate(_UNSAFE_IN_ADDRESS)


def _told_picture(attributes: str, word: str) -> str:
    told = _attributes(attributes)
    shows = told.get("alt") or told.get("title") or ""
    return f"<samp>[{escape(word)}: {' — '.join(filter(None, (shows, told.get('src'))))}]</samp>"


def _attributes(written: str) -> dict[str, str]:
    """Return attributes by their names; values stay as they are written in markup."""
    return {
        name: value.replace("<", "&lt;").replace(">", "&gt;") for name, value in _ATTRIBUTE.findall(written)
    }


def _once(fragment: str, base: str | None) -> str:
    def keep(element: str, attribute: str, value: str) -> str | None:
        return _kept_value(element, attribute, value, base)

    clean = nh3.clean(
        without_controls(fragment),
        tags=set(BLOCKS | INLINE),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        link_rel=REL,
    )
    return _LEADING_LINES.sub(r"<pre\1>", without_controls(clean))


def _kept_value(element: str, attribute: str, value: str, base: str | None) -> str | None:
    if attribute == "href":
        mail = _MAILTO.fullmatch(_UNSEEN.sub("", value))
        return f"mailto:{mail[1]}" if mail else web_address(value, base=base)
    if attribute == "src":
        return web_address(value, base=base)
    if attribute in _VALUES:
        return value if _VALUES[attribute].match(value) else None
    if element == "a" and attribute == "rel":
        return REL
    return without_controls(value)


def _text_only(markup: str) -> str:
    return without_controls(nh3.clean(markup, tags=set(), clean_content_tags=set(DROPPED_WITH_CONTENT)))
