"""Cuts from a body what is no part of the article: the headline again, calls to subscribe, lists of other pieces.

The rules are about words and shapes that publishers everywhere use; none names a site.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from dateline.intake.extract_blocks import Block, key_of
from dateline.intake.metadata_authors import is_signature
from dateline.intake.metadata_printed import printed_dates
from dateline.lib.dates import parse_moment
from dateline.lib.text import words

_HEAD = 6
_SHORT = 160
_PROMOTION = 300
_LINKED = 0.65
_WHOLLY_LINKED = 0.85
_SAME = 0.9
_FEW = 3
_DATE_LINE = 48
_DATE_WORDS = 8

_ELSEWHERE = re.compile(
    r"^\W*(?:"
    r"(?:read|see|watch|listen|view)\s+(?:more|also|next|now|related)\b|also\s+(?:read|see|watch|on)\b|more\s*:|"
    r"more\s+(?:from|on|about|in|stories|news|must|coverage|reading)\b|related(?:\s+\w+){0,2}\s*:?$|"
    r"related\s*:|recommended(?:\s+\w+){0,3}\s*:?$|trending(?:\s+\w+){0,2}\s*:?$|"
    r"you\s+(?:may|might)\s+(?:also\s+)?(?:like|be interested)|"
    r"(?:don'?t|do not)\s+miss\b|must[- ]reads?\b|up\s+next\b|most\s+(?:read|popular|viewed|shared)\b|"
    r"latest\s+(?:news|stories)\s*:?$|"
    r"popular\s+(?:now|stories|posts|articles)\b|editor'?s?'?\s+picks?\b|top\s+stories\b|further\s+reading\b|"
    r"watch\s*[:|]|listen\s*[:|]|story\s+continues|article\s+continues|continue\s+reading|keep\s+reading|"
    r"lesen\s+sie\s+auch|mehr\s+(?:zum\s+thema|dazu)|auch\s+interessant|siehe\s+auch|"
    r"lire\s+(?:aussi|également)|à\s+lire|voir\s+aussi|lisez\s+aussi|sur\s+le\s+même\s+sujet|"
    r"(?:lea|lee)\s+(?:también|más)|leer\s+(?:también|más)|te\s+puede\s+interesar|más\s+información|ver\s+también|"
    r"leia\s+(?:também|mais)|veja\s+(?:também|mais)|saiba\s+mais|leggi\s+anche|lees\s+ook|läs\s+(?:också|mer)|les\s+også|læs\s+også|"
    r"czytaj\s+(?:też|także|więcej)|zobacz\s+(?:też|także)|čtěte\s+také|citește\s+și|"
    r"читайте\s+(?:также|ещё|еще)|смотрите\s+также|по\s+теме|читайте\s+також|дивіться\s+також|"
    r"ayrıca\s+(?:oku|bak)|ilgili\s+haber|bunlar\s+da\s+ilgi|bunu\s+da\s+oxu|həmçinin\s+oxu|oxşar\s+xəbər|"
    r"կարդալ\s+նաև|կարդացեք\s+նաև|წაიკითხეთ\s+(?:ასევე|აგრეთვე)|اقرأ\s+أيضا|اقرأ\s+أيضًا|إقرأ\s+أيضا|بیشتر\s+بخوانید|همچنین\s+بخوانید|مطالب\s+مرتبط"
    r")",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:sign\s+up\s+(?:for|to|here|now|today)|subscribe\s+(?:to|now|here|today|for)|subscribe\s+with|newsletters?\b.{0,60}\b(?:inbox|sign|subscri)|"
    r"follow\s+(?:us|him|her|them|me|\w+(?:\s\w+)?)\s+(?:on|at)\s+(?:x|twitter|facebook|instagram|threads|tiktok|linkedin|telegram|whatsapp|youtube|google|bluesky|mastodon)\b|"
    r"all\s+rights\s+reserved|download\s+(?:the|our)\s+(?:\w+\s+){0,3}app\b|install\s+the\s+(?:\w+\s+){0,3}app\b|"
    r"thank\s+you\s+for\s+(?:subscribing|signing\s+up)|(?:direct|directly|straight|available|deals)\s+(?:in|to|into)\s+your\s+inbox|"
    r"bookmark\s+(?:this|your)|independently\s+(?:selected|chosen|reviewed)|(?:earn|receive)\s+(?:an?\s+)?(?:affiliate\s+)?commissions?\b|"
    r"terms\s+of\s+(?:use|service)|privacy\s+policy|enable\s+javascript|cookies?\s+(?:policy|settings|preferences)|"
    r"get\s+(?:the\s+)?(?:latest|breaking|our)\s+\w+.{0,50}\b(?:inbox|email|newsletter|app)|delivered\s+(?:straight\s+|directly\s+)?to\s+your\s+inbox|"
    r"support\s+(?:our|independent|quality)\s+(?:journalism|newsroom|reporting)|contribut\w+\s+(?:of\s+)?as\s+little\s+as|"
    r"(?:make|consider|send)\s+(?:making\s+)?an?\s+(?:\w+\s+)?(?:donation|gift|contribution)|will\s+you\s+(?:join|support|help)\s+(?:us|them)\b|"
    r"keep\s+(?:our|these)\s+(?:\w+\s+)?(?:stories|news|journalism|pages)\s+(?:free|open)|join\s+(?:the\s+)?(?:conversation|discussion)|"
    r"this\s+(?:article|story|piece|post)\s+(?:was\s+)?(?:originally|first)\s+(?:appeared|published)|have\s+been\s+made\s+possible|"
    r"suscríb(?:a|e)te|inscreva-se|assine\b|abonnez-vous|inscrivez-vous|iscriviti|abonnieren\s+sie|jetzt\s+anmelden|"
    r"подпи(?:шитесь|сывайтесь)|підпи(?:шіться|суйтесь)|abone\s+ol|abunə\s+ol|բաժանորդագրվ|გამოიწერეთ|اشترك|مشترک\s+شوید)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"^\W*(?:©|\(c\)\s|copyright\b)|^\W*(?:photos?|image|picture|gallery|getty)\s*(?:credit|by|courtesy|:)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^\W*(?:contact\s+\w+.{0,80}@|(?:you\s+can\s+)?(?:reach|email|e-mail)\s+.{0,80}@|contributing\s*:|\W*\[?email[\s\xa0]protected)|"
    r"^\W*(?:comments?|replies|reply|share|share\s+this(?:\s+\w+)?|tweet|print|save|advertisement|anzeige|publicité|publicidad|"
    r"publicidade|реклама|reklam|գովազդ|რეკლამა|إعلان|تبلیغات|link\s+copied!?|copy\s+link|topics?|tags?|filed\s+under|in\s+this\s+article|references?)\s*:?\W*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^\W*(?:published|updated|posted|last\s+(?:updated|modified)|first\s+published)?\W*(?:(?:on|at)\W+)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\W+)?"
    r"(?:\d{1,2}\W+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\W+\d{1,2}"
    r"|\d{1,2}[./-]\d{1,2})\W+\d{4}\b.{0,40}$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^\W*by\s+[A-Z][\w.'’-]+(?:\s+[\w.'’-]+){0,5}(?:\W+(?:and|&)\s+[\w.'’ -]{3,40})?\W*$")
_REPEATABLE = 80
# How a sentence about an author goes on: not in the past, in which an article tells of the people in it.
_LIVES = (
    r"(?:is\s+(?:an?|the|our)\s|is\s+\w+(?:'s|’s)\s|covers\s|writes\s|reports\s+on\s|has\s+(?:been\s+)?(?:written|writing|covered|"
    r"covering|reported|reporting|worked)\b|can\s+be\s+reached|est\s+journaliste|ist\s+(?:Redakteur|Journalist|Korrespondent)|es\s+periodista)"
)
_REFERENCE = re.compile(r"@|://|www\.|^\W*\[?\d+\]")


def trimmed(blocks: list[Block], *, headline: str, authors: list[str]) -> list[Block]:
    """Return `blocks` without what is not the article: at its head, at its end, and in between."""
    kept = [
        b
        for i, b in enumerate(blocks)
        if not is_furniture(b)
        and not _is_signed(b)
        and not (i < _HEAD and _is_heading_matter(b, headline, authors))
    ]
    kept = _once(_without_lists_elsewhere(kept))
    while len(kept) > _FEW and _is_biography(kept[-1], authors):
        kept.pop()
    while kept and (kept[-1].is_heading or _is_link_list(kept[-1])):
        kept.pop()
    return kept or blocks


def _is_heading_matter(block: Block, headline: str, authors: list[str]) -> bool:
    """True where a block repeats what has fields of its own: the headline, the byline, the date."""
    if len(block.text) > max(_SHORT, len(headline) + 40):
        return False
    if headline and _same(block.text, headline):
        return True
    if _DATELINE.match(block.text) or _BYLINE.match(block.text) or _is_date_line(block.text):
        return True
    bare = re.sub(r"^\W*by\s+", "", block.text, flags=re.IGNORECASE)
    return any(_same(bare, name) for name in authors) or parse_moment(block.text) is not None


def _once(blocks: list[Block]) -> list[Block]:
    """Return blocks with each longer paragraph once: pages repeat a text for phones, or in a box to be shared."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        key = key_of(block.text)
        if len(key) < _REPEATABLE or key not in seen:
            kept.append(block)
        seen.add(key)
    return kept


def _is_biography(block: Block, authors: list[str]) -> bool:
    """True for a paragraph that tells who the author is, as outlets put behind the text."""
    starts = [name for author in authors if len(author.split()) > 1 for name in (author, author.split()[0])]
    return any(re.match(rf"\W*{re.escape(name)}(?:\s+\w+)?\s+{_LIVES}", block.text) for name in starts)


def _is_signed(block: Block) -> bool:
    """True for a line that names the author after a word that says so, wherever it stands."""
    return block.tag == "p" and is_signature(block.text)


def _is_date_line(text: str) -> bool:
    """True for a short line that is a date as printed, in any language, with few words around it."""
    return len(text) <= _DATE_LINE and len(words(text)) <= _DATE_WORDS and bool(printed_dates(text))


def _same(left: str, right: str) -> bool:
    a, b = words(left), words(right)
    if not a or not b:
        return False
    return a == b or (
        min(len(a), len(b)) > _FEW and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _SAME
    )


def is_furniture(block: Block, *, limit: int = _PROMOTION) -> bool:
    """True where a block is no text to be read but a call, a pointer, a notice.

    limit: characters beyond which a call is held to be part of the prose.
    """
    text = block.text
    if len(text) < limit and _calls(text):
        return True
    return len(text) < _SHORT and bool(_ELSEWHERE.match(text)) and not _runs_on(text)


@lru_cache(maxsize=1_000)
def _calls(text: str) -> bool:
    """True for a call, a notice of rights, a contact; kept, since both opinions hold the same texts."""
    return bool(_CONTACT.match(text) or _CALL.search(text) or _RIGHTS.match(text))


def _runs_on(text: str) -> bool:
    """True where a line that begins like a pointer goes on as prose."""
    return text.count(". ") > 0 and len(text) > _SHORT // 2


def _is_link_list(block: Block) -> bool:
    if block.tag in ("ul", "ol"):
        return block.link_ratio >= _LINKED
    wholly = block.tag == "p" and block.link_ratio >= _WHOLLY_LINKED and len(block.text) < _SHORT
    return wholly and not _REFERENCE.search(block.text)


def _without_lists_elsewhere(blocks: list[Block]) -> list[Block]:
    """Drop runs of links to other pieces, with the heading that announces them."""
    kept: list[Block] = []
    for block in blocks:
        if _is_link_list(block):
            if block.tag in ("ul", "ol") and kept and kept[-1].is_heading:
                kept.pop()
            continue
        kept.append(block)
    return kept
