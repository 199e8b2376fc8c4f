"""Web addresses: read strictly, compared by one canonical form, stripped of what tracks readers.

One reader serves everyone. The guarded door dials what `read` understood, so that no second
parser can understand something else.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urljoin

import idna

DEFAULT_PORTS: Final = {"http": 80, "https": 443}
LONGEST_ADDRESS: Final = 8000
LONGEST_HOST: Final = 253

# Source: the parameters that mail, advertising and analytics systems add to links of the press.
TRACKING_PREFIXES: Final = ("utm_", "mtm_", "matomo_", "piwik_", "pk_", "hsa_", "trk_", "at_", "ns_")
_TRACKING_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid msclkid yclid ysclid twclid ttclid
    ymclid li_fat_id igsh igshid srsltid epik mc_cid mc_eid mc_tc mkt_tok _ga _gl _hsenc _hsmi __hstc
    __hssc __hsfp hsctatracking oly_anon_id oly_enc_id vero_id vero_conv wickedid rb_clickid s_cid sc_cid
    wt_mc wt.mc_id xtor _openstat
    fb_action_ids fb_action_types fb_source fb_ref ga_source ga_medium ga_campaign ga_term
    ga_content guccounter guce_referrer guce_referrer_sig ocid cmpid __twitter_impression action_object_map
    action_ref_map action_type_map ml_subscriber ml_subscriber_hash ck_subscriber_id
"""
TRACKING: Final = frozenset(_TRACKING_NAMES.split())

_PARTS = re.compile(
    r"([a-z][a-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL
)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/:@!$&'()*+,;=%-._~"
_QUERY_SAFE = _PATH_SAFE + "?[]"


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogues of translations, and return it as it is."""
    return text


TOO_LONG: Final = gettext_noop("is longer than 8000 characters")


class NotAWebAddress(ValueError):
    """The text is no address on the web. The message says why, as the end of a sentence."""


@dataclass(frozen=True)
class WebAddress:
    """An http or https address in its parts, or one of another scheme that its reader refuses.

    scheme: lower case. host: lower case, IDNA, without brackets or a final dot; IP addresses in
    their one usual spelling. port: never absent. path: starts with a slash. query: without its
    question mark. Path and query are as they came, but that what a URL cannot hold is quoted.
    """

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if DEFAULT_PORTS.get(self.scheme) == self.port else f"{host}:{self.port}"

    @property
    def ip(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
        """The host where it is an IP address, None where it is a name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    def __str__(self) -> str:
        """The address as a browser would ask for it, without fragment."""
        return f"{self.scheme}://{self.authority}{self.path}" + (f"?{self.query}" if self.query else "")


def read(url: str) -> WebAddress:
    """Return the parts of an absolute http or https address.

    Raises NotAWebAddress where it has another scheme, a user name, control characters, a host
    that is none (an IP address in an odd spelling among them) or a port out of range.
    """
    if len(url) > LONGEST_ADDRESS:
        raise NotAWebAddress(TOO_LONG)
    if _CONTROLS.search(url):
        raise NotAWebAddress(gettext_noop("has control characters or broken letters in it"))
    parts = _PARTS.fullmatch(url)
    if parts is None:
        raise NotAWebAddress(gettext_noop("does not start with http:// or https://"))
    scheme, authority, path, query = parts[1].lower(), parts[2], parts[3], parts[4]
    if scheme not in DEFAULT_PORTS:
        raise NotAWebAddress(gettext_noop("has another scheme than http and https"))
    host, port = _read_authority(authority)
    address = WebAddress(
        scheme=scheme,
        host=host,
        port=port or DEFAULT_PORTS[scheme],
        path=_quote_illegal(path or "/", safe=_PATH_SAFE),
        query=_quote_illegal(query or "", safe=_QUERY_SAFE),
    )
    if len(str(address)) > LONGEST_ADDRESS:
        raise NotAWebAddress(TOO_LONG)
    return address


def _read_authority(authority: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise NotAWebAddress(gettext_noop("has a user name in front of its host"))
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise NotAWebAddress(gettext_noop("has a host or port that cannot be read"))
    port = int(parts[2]) if parts[2] else None
    if port is not None and not 0 < port < 65536:  # noqa: PLR2004 — the highest port there is
        raise NotAWebAddress(gettext_noop("has a port that does not exist"))
    return canonical_host(parts[1]), port


def canonical_host(host: str) -> str:
    """Return a host in its one spelling: lower case, IDNA, no brackets, no final dot.

    Raises NotAWebAddress where it is neither a name nor an IP address in its usual spelling.
    Short, octal, hexadecimal and whole-number forms of IPv4 are refused, as are zones of IPv6:
    two programs read them as two addresses.
    """
    if host.startswith("["):
        return _canonical_ipv6(host[1:-1])
    name = _to_ascii(host).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _canonical_ipv4(name)
    if len(name) > LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotAWebAddress(gettext_noop("has a host that is no name and no IP address"))
    return name


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    if len(host) > LONGEST_HOST:
        raise NotAWebAddress(gettext_noop("has a host that is too long"))
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise NotAWebAddress(gettext_noop("has a host whose letters cannot stand in a name")) from error


def _canonical_ipv4(text: str) -> str:
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError as error:
        raise NotAWebAddress(gettext_noop("spells an IP address in an unusual way")) from error


def _canonical_ipv6(text: str) -> str:
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError as error:
        raise NotAWebAddress(gettext_noop("has an IPv6 address that cannot be read")) from error
    if address.scope_id is not None:
        raise NotAWebAddress(gettext_noop("has an IPv6 address with a zone"))
    return str(address)


def _quote_illegal(text: str, *, safe: str) -> str:
    whole = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(whole, safe=safe)


def is_web_address(url: str) -> bool:
    """Whether `url` is an absolute http or https address that could be fetched and linked to."""
    try:
        read(url)
    except NotAWebAddress:
        return False
    return True


def absolute(url: str, base: str) -> str | None:
    """Return the address that a link `url` means on the page `base`, with its fragment.

    None where it is no web address (mailto:, javascript:, a broken host). Space around the link
    and line breaks inside it go, as in a browser.
    """
    link = re.sub(r"[\t\r\n]", "", url).strip()
    try:
        joined = urljoin(base, link)
    except ValueError:
        return None
    return joined if is_web_address(joined) else None


def normalise(url: str) -> str:
    """Return the one form of an address by which two links to the same page are known as one.

    Lower-case scheme and IDNA host, no default port, no fragment, no dot segments, percent
    signs only where needed, tracking parameters gone; the other parameters keep their order.
    Applying it twice changes nothing. Raises NotAWebAddress.
    Source: RFC 3986 section 6.2.
    """
    address = read(url.strip())
    return str(
        WebAddress(
            scheme=address.scheme,
            host=address.host,
            port=address.port,
            path=_without_dots(_plain_percents(address.path)),
            query=_plain_percents(without_tracking(address.query)),
        )
    )


def _plain_percents(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    return _PERCENT.sub(plain, text)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def without_tracking(query: str) -> str:
    """Return a query without the parameters that only tell who followed the link from where."""
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part))


def untracked(url: str) -> str:
    """Return an address without what only tells who followed it from where; all else stays as it is written."""
    page, mark, fragment = url.partition("#")
    return _untracked(page) + (mark + fragment if without_tracking(fragment) else "")


def _untracked(url: str) -> str:
    page, _mark, query = url.partition("?")
    if not any(_is_tracking(part) for part in query.split("&")):
        return url
    left = without_tracking(query)
    return f"{page}?{left}" if left else page


def _is_tracking(parameter: str) -> bool:
    name = unquote(parameter.partition("=")[0]).lower().removeprefix("amp;")
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
