"""Films, posts and charts that a page embeds, as cards: a link with a name, never a frame."""

import html
import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from dateline.intake.extract_blocks import Block, inner_text, key_of
from dateline.intake.extract_page import Page
from dateline.lib.sanitise import web_address
from dateline.lib.text import cut, one_line
from dateline.lib.urls import NotAWebAddress, read

_MOST: Final = 20
_LONGEST_TITLE: Final = 160
# Who is called what, by the end of the host. Frames of others are mostly advertisements and are left out.
_PROVIDERS: Final = {
    "youtube.com": "YouTube", "youtube-nocookie.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion", "rutube.ru": "Rutube", "vk.com": "VK", "vkvideo.ru": "VK", "ok.ru": "OK",
    "t.me": "Telegram", "facebook.com": "Facebook", "instagram.com": "Instagram", "twitter.com": "X", "x.com": "X",
    "tiktok.com": "TikTok", "soundcloud.com": "SoundCloud", "spotify.com": "Spotify", "aparat.com": "Aparat",
    "datawrapper.de": "Datawrapper", "datawrapper.dwcdn.net": "Datawrapper", "flourish.studio": "Flourish",
    "bsky.app": "Bluesky", "openstreetmap.org": "OpenStreetMap", "podcasts.apple.com": "Apple Podcasts",
}  # fmt: skip
_YOUTUBE: Final = re.compile(
    r"^https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})", re.IGNORECASE
)


@dataclass(frozen=True)
class Embed:
    """What a frame shows. `follows` is the key of the text before it."""

    url: str
    provider: str
    title: str
    follows: str

    def block(self) -> Block:
        """Return the embed as a card: a figure with a link."""
        name = html.escape(self.title or self.provider)
        said = f"<figcaption>{html.escape(self.provider)}</figcaption>"
        return Block("figure", "-", f'<figure><a href="{html.escape(self.url)}">{name}</a>{said}</figure>')


def embeds(page: Page) -> list[Embed]:
    """Return what the page embeds from providers that we know, in order."""
    found: list[Embed] = []
    before: list[etree._Element] = []
    for element in page.tree.iter("p", "h2", "h3", "li", "blockquote", "iframe"):
        if element.tag != "iframe":
            before.append(element)
        elif len(found) < _MOST and (told := _told(element, page.url)):
            keys = (key_of(inner_text(text)) for text in reversed(before))
            found.append(Embed(*told, follows=next(filter(None, keys), "")))
    return found


def _told(frame: etree._Element, base: str) -> tuple[str, str, str] | None:
    """Return address, provider and title of a frame, None where we do not know its provider."""
    url = web_address(frame.get("src") or frame.get("data-src") or "", base=base)
    provider = provider_of(url) if url else ""
    if not url or not provider:
        return None
    film = _YOUTUBE.match(url)
    address = f"https://www.youtube.com/watch?v={film[1]}" if film else url
    return address, provider, cut(one_line(frame.get("title") or ""), _LONGEST_TITLE)


def provider_of(url: str) -> str:
    """Return what the provider at an address is called, else an empty text."""
    try:
        host = read(url).host
    except NotAWebAddress:
        return ""
    return next((name for end, name in _PROVIDERS.items() if host == end or host.endswith(f".{end}")), "")
