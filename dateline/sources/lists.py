"""Lists of outlets that people bring, in one shape, whatever the file was."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from dateline.lib.countries import country_code
from dateline.lib.formats.opml import Opml, Subscription
from dateline.lib.text import cut, one_line
from dateline.lib.urls import gettext_noop, is_web_address
from dateline.sources.spelling import place_on_site, site_of

LONGEST_ADDRESS: Final = 1000
LONGEST_NAME: Final = 160

# Types of outlines, in lower case, and as which kind of channel they are read.
_KINDS: Final = {"html+xpath": "page", "xml+xpath": "page", "sitemap": "sitemap", "dateline": "dateline"}
_JSON: Final = re.compile(r"json\+|\+json", re.IGNORECASE)
_WORD: Final = re.compile(r"\w{3,}")

NO_ADDRESS: Final = gettext_noop("names no feed")
NOT_ON_THE_WEB: Final = gettext_noop("its address is no http or https address that can be read")
BY_JSON: Final = gettext_noop("is read by paths in JSON, which we cannot do")
NO_RULE: Final = gettext_noop("is a page without a feed, and no rule says what its pieces are (xPathItem)")
TOO_LONG: Final = gettext_noop("its address is longer than 1000 characters")


@dataclass(frozen=True, kw_only=True)
class ListedChannel:
    """A channel of an outlet. kind: as `Channel.Kind` has it. folders: outermost first."""

    address: str
    kind: str = "feed"
    title: str = ""
    folders: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ListedOutlet:
    """An outlet of a list. country: a code where one is known, else as written. line: of the file, from 1."""

    name: str
    name_here: str = ""
    kind: str = ""
    home: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    owner: str = ""
    channels: tuple[ListedChannel, ...] = ()
    line: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the values as they are kept in a row."""
        return asdict(self)

    @property
    def site(self) -> str:
        """The host that stands for it: of its home page, else of its first channel."""
        return site_of(self.home) or site_of(self.channels[0].address if self.channels else "")


@dataclass(frozen=True)
class Unusable:
    """A line that cannot be used. why: a text of this file, for the catalogue of translations."""

    line: int
    words: str
    why: str


@dataclass(frozen=True, kw_only=True)
class BroughtList:
    """A list as it was brought, in the file's order."""

    title: str = ""
    outlets: tuple[ListedOutlet, ...] = ()
    unusable: tuple[Unusable, ...] = ()


def from_json(told: Mapping[str, Any]) -> ListedOutlet:
    """Return what `as_json` kept."""
    channels = tuple(
        ListedChannel(**{**channel, "folders": tuple(channel["folders"])}) for channel in told["channels"]
    )
    return ListedOutlet(**{**told, "languages": tuple(told["languages"]), "channels": channels})


def from_opml(opml: Opml, *, name: str = "") -> BroughtList:
    """Return an outlet for each site of a list in OPML, with its channels in their order.

    name: of the file. Where that, the list or a folder bears the name of a country, the outlets are from there.
    """
    name = re.sub(r"\.\w{2,5}$", "", one_line(name))
    country = country_code(opml.title) or country_code(name)
    unusable = [Unusable(one.line, one.title, NO_ADDRESS) for one in opml.unusable]
    outlets: list[ListedOutlet] = []
    for one in opml.subscriptions:
        if why := _why_unusable(one):
            unusable.append(Unusable(one.line, cut(one.title or one.address, 200), why))
        else:
            outlets.append(_outlet(one, country=country))
    return BroughtList(
        title=opml.title or name,
        outlets=tuple(joined(outlets)),
        unusable=tuple(sorted(unusable, key=lambda line: line.line)),
    )


def why_not(address: str) -> str:
    """Return why a channel cannot have this address, empty where it can."""
    if len(address) > LONGEST_ADDRESS:
        return TOO_LONG
    return "" if is_web_address(address) else NOT_ON_THE_WEB


def _why_unusable(one: Subscription) -> str:
    if _JSON.search(one.type):
        return BY_JSON
    if _KINDS.get(one.type.lower()) == "page" and not {"xPathItem", "cssItem"} & one.rules.keys():
        return NO_RULE
    return why_not(with_scheme(one.address))


def with_scheme(address: str) -> str:
    """Return a feed's address as the web knows it: `feed:` is what readers once called it."""
    plain = re.sub(r"^(?:feed|pcast|itpc)://", "http://", address, flags=re.IGNORECASE)
    return re.sub(r"^feed:(?=https?://)", "", plain, flags=re.IGNORECASE)


def _outlet(one: Subscription, *, country: str) -> ListedOutlet:
    kind = _KINDS.get(one.type.lower(), "feed")
    channel = ListedChannel(
        address=with_scheme(one.address),
        kind=kind,
        title=cut(one.title, 200),
        folders=one.folders,
        rules=dict(one.rules),
    )
    return ListedOutlet(
        name=cut(one.title, LONGEST_NAME),
        home=one.home if is_web_address(one.home) else "",
        country=next(filter(None, map(country_code, one.folders)), country),
        languages=(one.language,) if one.language else (),
        channels=(channel,),
        line=one.line,
    )


def joined(outlets: Iterable[ListedOutlet]) -> list[ListedOutlet]:
    """Return the outlets with those that are one put together, at the place of the first."""
    kept: list[ListedOutlet] = []
    by_site: dict[str, list[int]] = {}
    for outlet in outlets:
        places = by_site.setdefault(outlet.site, []) if outlet.site else []
        same = next((place for place in places if is_one(kept[place], outlet)), None)
        if same is None:
            places.append(len(kept))
            kept.append(outlet)
        else:
            kept[same] = _both(kept[same], outlet)
    return kept


def is_one(outlet: ListedOutlet, other: ListedOutlet) -> bool:
    """Whether two outlets of one site are the same.

    Of those with home pages the places on the site must agree; without, their names must begin alike: many
    outlets live with one host.
    """
    if outlet.home and other.home:
        return place_on_site(outlet.home) == place_on_site(other.home)
    return are_called_alike(outlet.name, other.name)


def are_called_alike(name: str, other: str) -> bool:
    """Whether two names begin with the same word, or one of them is missing."""
    first, second = _first_word(name), _first_word(other)
    return not first or not second or first == second


def _first_word(name: str) -> str:
    words = [
        word for word in _WORD.findall(one_line(name).casefold()) if word not in {"the", "der", "die", "das"}
    ]
    return words[0] if words else ""


def _both(outlet: ListedOutlet, other: ListedOutlet) -> ListedOutlet:
    return ListedOutlet(
        name=min(filter(None, (outlet.name, other.name)), key=len, default=""),
        name_here=outlet.name_here or other.name_here,
        kind=outlet.kind or other.kind,
        home=outlet.home or other.home,
        country=outlet.country or other.country,
        languages=tuple(dict.fromkeys((*outlet.languages, *other.languages))),
        owner=outlet.owner or other.owner,
        channels=(*outlet.channels, *other.channels),
        line=outlet.line,
    )
