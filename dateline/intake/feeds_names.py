"""The names of a feed's elements as the thorough parser sees them, and which of them say nothing to us."""

from functools import lru_cache

from dateline.lib.text import names


class Odd(ValueError):
    """Something in a feed that the thorough parser treats in a way of its own."""


# Namespaces whose elements count as the format's own.
_OWN = names(
    "http://blogs.law.harvard.edu/tech/rss http://purl.org/rss/1.0/ http://my.netscape.com/rdf/simple/0.9/ "
    "http://purl.org/atom/ns# http://www.w3.org/2005/atom"
)
_USERLAND = "backend.userland.com/rss"
_KNOWN = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://webns.net/mvcb/": "admin",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://web.resource.org/cc/": "cc",
    "http://podlove.org/simple-chapters": "psc",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
}
# Prefixes that mean something by themselves, so that no other namespace may borrow them.
_TAKEN = frozenset(_KNOWN.values()) | names("gml")

# In an entry: names that change what we take from it, and that we do not read.
_MEANINGFUL = names(
    "abstract body channel contributor email enclosures entry feed fullitem height homepage image item links authors "
    "name newlocation rss tags textinput title_detail uri url width "
    "dc_contributor dc_title itunes_link itunes_name itunes_email itunes_owner xhtml_body"
)
_IN_IMAGE = names("title link url width height description")
_WITH_PARTS = names("author contributor items skipdays skiphours managingeditor webmaster")


@lru_cache(maxsize=4096)
def plain_name(tag: str, prefix: str | None) -> str:
    """Return an element's name without its namespace: `title`, or `dc_creator` for those of another vocabulary.

    Raises Odd where a prefix or the namespace would mislead.
    """
    namespace, _, local = tag.rpartition("}")
    namespace = namespace[1:].lower()
    known = _KNOWN.get(namespace)
    if prefix and prefix.lower() in _TAKEN and prefix != known:
        raise Odd
    if known:
        return f"{known}_{local.lower()}"
    if not namespace or namespace in _OWN or _USERLAND in namespace:
        return local.lower()
    if prefix is None:
        return _own_of_a_stranger(local.lower())
    return f"{prefix}_{local}".lower()


def _own_of_a_stranger(local: str) -> str:
    """An unknown default namespace leaves a bare name; one with a hyphen cannot be taken for the format's own."""
    if "-" not in local:
        raise Odd
    return local


def pass_over(name: str, *, parts: int) -> None:
    """Return if an entry's element says nothing that we take. Raises Odd where it might."""
    if parts or name in _MEANINGFUL or name.endswith("_parsed"):
        raise Odd


def pass_over_in_channel(name: str, *, parts: list[str]) -> None:
    """The same for a channel, some of whose elements have `parts`: the names of their children."""
    if name in ("dc_title", "media_title", "feed", "channel"):
        raise Odd
    if name in ("image", "textinput"):
        allowed = set(parts) <= _IN_IMAGE | {"name"}
    else:
        allowed = not parts or name in _WITH_PARTS or all(part.startswith("itunes_") for part in parts)
    if not allowed:
        raise Odd
