"""Who we are and what we published, as ActivityStreams: in the shapes that Mastodon reads.

Pure. Source: ActivityStreams 2.0, ActivityPub; Mastodon's documentation of what it reads and shows
(docs.joinmastodon.org, spec/activitypub), where an Article is shown by its `name`, with its language from `nameMap` and
its pictures from
`attachment`; `attributionDomains` lets `fediverse:creator` on our pages name our accounts.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from dateline.publishing.told import Told

Node = dict[str, Any]

PUBLIC: Final = "https://www.w3.org/ns/activitystreams#Public"
MIME: Final = "application/activity+json"
_STREAMS: Final = "https://www.w3.org/ns/activitystreams"
_SECURITY: Final = "https://w3id.org/security/v1"
_MASTODON: Final = {
    "toot": "http://joinmastodon.org/ns#",
    "discoverable": "toot:discoverable",
    "indexable": "toot:indexable",
    "attributionDomains": {"@id": "toot:attributionDomains", "@type": "@id"},
}
_CONTEXT: Final = [_STREAMS, {"Hashtag": "as:Hashtag", "sensitive": "as:sensitive"}]


@dataclass(frozen=True, kw_only=True)
class Account:
    """One of our accounts: the site in a language, or a section. base: the site's address, without a slash."""

    base: str
    handle: str
    name: str
    summary: str
    page: str
    language: str
    key_pem: str
    made_at: datetime
    icon: str = ""

    @property
    def uri(self) -> str:
        """Who it is; its document stands there."""
        return actor_uri(self.base, self.handle)

    @property
    def host(self) -> str:
        """The part after the `@`."""
        return self.base.partition("://")[2]


def actor_uri(base: str, handle: str) -> str:
    """Return who an account is."""
    return f"{base}/fediverse/{handle}.activity"


def actor_path(handle: str) -> str:
    """Return the address of an account's document."""
    return f"/fediverse/{handle}.activity"


def outbox_path(handle: str, number: int | None = None) -> str:
    """Return the address of an outbox, or of one of its pages: 0 is the newest."""
    if number is None:
        return f"/fediverse/{handle}/outbox.activity"
    return f"/fediverse/{handle}/outbox-{number or 'newest'}.activity"


def inbox_path(handle: str) -> str:
    """Return where letters to an account are taken; without a handle, those to all of them."""
    return f"/-/fediverse/{handle}/inbox" if handle else "/-/fediverse/inbox"


def followers_path(handle: str) -> str:
    """Return where it is told how many follow an account; who they are is told to nobody."""
    return f"/-/fediverse/{handle}/followers"


def actor(account: Account) -> Node:
    """Return the document of an account."""
    base, uri = account.base, account.uri
    node: Node = {
        "@context": [_STREAMS, _SECURITY, _MASTODON],
        "id": uri,
        "type": "Organization",
        "preferredUsername": account.handle,
        "name": account.name,
        "summary": f"<p>{escape(account.summary)}</p>" if account.summary else "",
        "url": account.page,
        "published": _iso(account.made_at),
        "inbox": f"{base}{inbox_path(account.handle)}",
        "outbox": f"{base}{outbox_path(account.handle)}",
        "followers": f"{base}{followers_path(account.handle)}",
        "endpoints": {"sharedInbox": f"{base}{inbox_path('')}"},
        "manuallyApprovesFollowers": False,
        "discoverable": True,
        "indexable": True,
        "attributionDomains": [account.host.partition(":")[0]],
        "publicKey": {"id": key_id(uri), "owner": uri, "publicKeyPem": account.key_pem},
    }
    if account.icon:
        node["icon"] = {"type": "Image", "url": account.icon}
    return node


def key_id(uri: str) -> str:
    """Return the name of an account's key."""
    return f"{uri}#main-key"


def webfinger(account: Account) -> Node:
    """Return what is said where somebody looks for an account by its name. Source: RFC 7033, RFC 7565."""
    return {
        "subject": f"acct:{account.handle}@{account.host}",
        "aliases": [account.uri, account.page],
        "links": [
            {"rel": "self", "type": MIME, "href": account.uri},
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": account.page},
        ],
    }


def article(piece: Told, *, by: str, followers: str, uri: str) -> Node:
    """Return a piece as readers elsewhere see it: its headline, standfirst, picture, and the way to its page.

    by: the uri of the account. Of its text nothing is sent but the standfirst: the piece is read on its page.
    """
    said = f"<p>{escape(piece.standfirst)}</p>" if piece.standfirst else ""
    origin = _origin(piece)
    content = "".join((said, origin, f'<p><a href="{escape(piece.href)}">{escape(piece.href)}</a></p>'))
    node: Node = {
        "@context": _CONTEXT,
        "id": uri,
        "type": "Article",
        "attributedTo": by,
        "name": piece.headline,
        "nameMap": {piece.language: piece.headline},
        "content": content,
        "contentMap": {piece.language: content},
        "url": piece.href,
        "published": _iso(piece.published_at),
        "to": [PUBLIC],
        "cc": [followers],
        "sensitive": False,
        "tag": [
            {"type": "Hashtag", "name": f"#{_hashtag(name)}", "href": href}
            for name, href in piece.topics
            if _hashtag(name)
        ],
    }
    if piece.standfirst:
        node |= {"summary": piece.standfirst, "summaryMap": {piece.language: piece.standfirst}}
    if piece.changed_at > piece.published_at:
        node["updated"] = _iso(piece.changed_at)
    if piece.picture:
        node["attachment"] = [_picture(piece)]
        node["image"] = node["attachment"][0]
    return node


def _origin(piece: Told) -> str:
    source = piece.original
    if source is None:
        return ""
    by = ", ".join((*piece.authors, source.outlet))
    return f'<p>{escape(by)}: <a href="{escape(source.url)}">{escape(source.headline or source.url)}</a></p>'


def _picture(piece: Told) -> Node:
    shown = piece.picture
    assert shown is not None  # noqa: S101 — asked by the caller
    return {
        "type": "Image",
        "mediaType": shown.mime,
        "url": shown.href,
        "name": shown.alt,
        "width": shown.width,
        "height": shown.height,
    }


def _hashtag(name: str) -> str:
    return "".join(
        part[:1].upper() + part[1:] for part in "".join(c if c.isalnum() else " " for c in name).split()
    )


def tombstone(*, uri: str, at: datetime) -> Node:
    """Return what stands in the place of a piece that was taken back."""
    return {"@context": _STREAMS, "id": uri, "type": "Tombstone", "deleted": _iso(at)}


# Activities


def create(piece: Node) -> Node:
    """Return that a piece came out. Its name is the piece's, so that nobody takes it in twice."""
    return _activity(
        "Create", f"{piece['id']}#create", piece["attributedTo"], piece, at=piece["published"], piece=piece
    )


def update(piece: Node) -> Node:
    """Return that a piece changed; each change has a name of its own."""
    at = piece.get("updated") or piece["published"]
    return _activity("Update", f"{piece['id']}#update-{at}", piece["attributedTo"], piece, at=at, piece=piece)


def delete(gone: Node, *, by: str, followers: str) -> Node:
    """Return that a piece was taken back: whoever has it is to forget it."""
    bare = {name: value for name, value in gone.items() if name != "@context"}
    said = {"to": [PUBLIC], "cc": [followers]}
    return _activity("Delete", f"{gone['id']}#delete", by, bare, at=gone["deleted"], piece=said)


def announce(piece: Node, *, by: str, followers: str) -> Node:
    """Return that an account of ours passes a piece on that another of ours has published."""
    name = by.rpartition("/")[2].removesuffix(".activity")
    said = {"to": [PUBLIC], "cc": [followers, piece["attributedTo"]]}
    return _activity(
        "Announce", f"{piece['id']}#announce-{name}", by, piece["id"], at=piece["published"], piece=said
    )


def accept(follow: Node, *, by: str, uri: str) -> Node:
    """Return that we take somebody as a follower."""
    told = {name: follow[name] for name in ("id", "type", "actor", "object") if name in follow}
    return {
        "@context": _STREAMS,
        "id": uri,
        "type": "Accept",
        "actor": by,
        "to": [follow["actor"]],
        "object": told,
    }


def _activity(kind: str, uri: str, by: str, about: Any, *, at: str, piece: Node) -> Node:
    bare = (
        {name: value for name, value in about.items() if name != "@context"}
        if isinstance(about, dict)
        else about
    )
    return {
        "@context": _CONTEXT,
        "id": uri,
        "type": kind,
        "actor": by,
        "published": at,
        "to": piece["to"],
        "cc": piece["cc"],
        "object": bare,
    }


# Collections


def outbox(*, uri: str, total: int, first: str) -> Node:
    """Return an outbox: how much there is, and where to begin."""
    return {
        "@context": _STREAMS,
        "id": uri,
        "type": "OrderedCollection",
        "totalItems": total,
        "first": first,
    }


def outbox_page(*, uri: str, part_of: str, items: list[Node], older: str = "", newer: str = "") -> Node:
    """Return a page of an outbox, the newest first."""
    node: Node = {"@context": _STREAMS, "id": uri, "type": "OrderedCollectionPage", "partOf": part_of}
    node |= {"next": older} if older else {}
    node |= {"prev": newer} if newer else {}
    return {**node, "orderedItems": items}


def outbox_item(*, piece: str, by: str, author: str, at: datetime, followers: str) -> Node:
    """Return a line of an outbox: by name alone, the piece stands at its own address."""
    is_own = by == author
    name = by.rpartition("/")[2].removesuffix(".activity")
    return {
        "id": f"{piece}#create" if is_own else f"{piece}#announce-{name}",
        "type": "Create" if is_own else "Announce",
        "actor": by,
        "published": _iso(at),
        "to": [PUBLIC],
        "cc": [followers],
        "object": piece,
    }


def followers(*, uri: str, total: int) -> Node:
    """Return how many follow."""
    return {"@context": _STREAMS, "id": uri, "type": "OrderedCollection", "totalItems": total}


def nodeinfo(*, version: str, posts: int, accounts: int) -> Node:
    """Return what servers ask each other. Source: NodeInfo 2.1."""
    return {
        "version": "2.1",
        "software": {"name": "dateline", "version": version},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["rss2.0", "atom1.0"]},
        "openRegistrations": False,
        "usage": {"users": {"total": accounts}, "localPosts": posts},
        "metadata": {},
    }


def as_bytes(node: Node) -> bytes:
    """Return a node as it is baked and sent."""
    said = {name: value for name, value in node.items() if value not in ("", None)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
