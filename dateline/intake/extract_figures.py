"""Pictures in a body: where they stand, what is said of them, whose they are."""

import html
import re
from dataclasses import dataclass

from lxml import etree

from dateline.intake.extract_blocks import Block, inner_text, key_of
from dateline.intake.extract_embeds import Embed
from dateline.intake.extract_page import Page
from dateline.intake.metadata_pictures import MOST, Picture, merged, pixels
from dateline.lib.sanitise import web_address
from dateline.lib.text import one_line

_CREDIT = re.compile(
    r"[\[(]\s*(?:photo|image|picture|foto|fotoğraf|фото|լուսանկար(?:ը|ներ)?|ֆոտո|ფოტო|عکس|صورة|تصویر|credit|©|source)\s*(?:by|credit|de|:)?\s*[:©]?\s*([^)\]]{2,80})[)\]]\s*$"
    r"|(?:photo(?:graph)?\s*(?:by|credit|:)|image\s*(?:credit|:)|picture\s*:|credit\s*:|foto\s*:|фото\s*:|լուսանկար(?:ը|ներ)?\s*[՝:]|ֆոտո\s*[՝:]|ფოტო\s*:|fotoğraf\s*:|عکس\s*(?:از)?\s*:|صورة\s*:|©)\s*(.{2,80})$",
    re.IGNORECASE,
)
_LAZY = ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
_SMALLEST = 100
_MOST = 40


@dataclass(frozen=True)
class Figure:
    """A picture of the page; `follows` is the key of the text before it."""

    picture: Picture
    follows: str

    def block(self) -> Block:
        """Return the figure as a block of the body."""
        said = html.escape(self.picture.caption)
        caption = f"<figcaption>{said}</figcaption>" if said else ""
        source, alt = html.escape(self.picture.url), html.escape(self.picture.alt)
        return Block(
            "figure",
            self.picture.caption or "-",
            f'<figure><img src="{source}" alt="{alt}">{caption}</figure>',
        )


def figures(page: Page) -> list[Figure]:
    """Return the pictures that the page shows as figures, in order."""
    found: list[Figure] = []
    before: list[etree._Element] = []
    for element in page.tree.iter("p", "h2", "h3", "li", "blockquote", "figure"):
        if element.tag != "figure":
            before.append(element)
        elif (picture := _picture(element, page.url)) and len(found) < _MOST:
            keys = (key_of(inner_text(text)) for text in reversed(before))
            found.append(Figure(picture, follows=next(filter(None, keys), "")))
    return found


def placed(blocks: list[Block], found: list[Figure], embedded: list[Embed]) -> list[Block]:
    """Return `blocks` with each figure and card after the block it follows in the page, others left out."""
    after: dict[str, list[Block]] = {}
    both: list[Figure | Embed] = [*found, *embedded]
    for one in both:
        after.setdefault(one.follows, []).append(one.block())
    captions = {key_of(figure.picture.caption) for figure in found if figure.picture.caption}
    whole: list[Block] = []
    for block in blocks:
        key = key_of(block.text)
        if block.tag == "p" and key in captions:
            continue
        whole += [block, *after.pop(key, ())]
    return whole


def of_the_article(found: list[Figure], blocks: list[Block], told: list[Picture]) -> list[Figure]:
    """Return the figures that stand in the text, or that the page names as the article's; others are teasers'."""
    keys = {key_of(block.text) for block in blocks}
    named = {_file(picture.url) for picture in told}
    ours = [figure for figure in found if figure.follows in keys or _file(figure.picture.url) in named]
    return ours if ours or told else found[:1]


def candidates(told: list[Picture], found: list[Figure]) -> list[Picture]:
    """Return the pictures that an editor may choose from, the lead first, each once with all that is said of it.

    told: what the page names to machines; found: what it shows in the article.
    """
    shown = [figure.picture for figure in found]
    by_file = {_file(picture.url): picture for picture in reversed(shown)}
    named = [_described(one, by_file.get(_file(one.url))) for one in told]
    known = {_file(picture.url) for picture in named}
    return [*named, *(one for one in shown if _file(one.url) not in known)][:MOST]


def _described(told: Picture, shown: Picture | None) -> Picture:
    """Return a picture with the words of its figure, which readers see, before those for machines."""
    if shown is None:
        return told
    words = Picture(told.url, told.alt, shown.caption, shown.credit, told.width, told.height, told.origin)
    return merged(merged(words, told), shown)


def _picture(figure: etree._Element, base: str) -> Picture | None:
    image = next(figure.iter("img"), None)
    if image is None or _is_small(image):
        return None
    told = next((image.get(name) or "" for name in _LAZY if _is_address(image.get(name))), "")
    url = web_address(told.split(",")[0].split()[0], base=base) if told.strip() else None
    if not url:
        return None
    caption = next(figure.iter("figcaption"), None)
    said = one_line(" ".join(map(str, caption.itertext()))) if caption is not None else ""
    return Picture(
        url,
        alt=one_line(image.get("alt") or ""),
        caption=said,
        credit=credit_in(said),
        width=pixels(image.get("width") or ""),
        height=pixels(image.get("height") or ""),
        origin="figure",
    )


def credit_in(caption: str) -> str:
    """Return whom a caption credits at its end, else an empty text."""
    found = _CREDIT.search(caption)
    return next((part.strip(" .") for part in found.groups() if part), "") if found else ""


def _is_address(value: str | None) -> bool:
    return bool(value) and not str(value).strip().startswith("data:")


def _is_small(image: etree._Element) -> bool:
    sides = [image.get(side) or "" for side in ("width", "height")]
    return any(side.isdigit() and int(side) < _SMALLEST for side in sides)


def _file(url: str) -> str:
    return url.split("?", maxsplit=1)[0].rpartition("/")[2]
