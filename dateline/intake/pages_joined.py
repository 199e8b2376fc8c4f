"""Several pages of one article, read one by one, as one reading."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.intake.counting import count_words
from dateline.intake.extract import Extract
from dateline.intake.pagination import joined

PAGES = "pages"


def as_one(pages: Sequence[Extract], *, trouble: str) -> Extract:
    """Return the first of `pages` with the text of all; what it says of itself stands.

    trouble: why pages are missing, empty where none is. It takes the place of the first page's own doubt that it
    has further ones.
    """
    first = pages[0]
    reasons = [reason for reason in first.reasons if trouble or not reason.startswith(f"{PAGES}:")]
    reasons = [f"{PAGES}: {trouble}" if reason.startswith(f"{PAGES}:") else reason for reason in reasons]
    for page in pages[1:]:
        reasons += [
            reason for reason in page.reasons if not reason.startswith((f"{PAGES}:", "short:", "elsewhere:"))
        ]
    html, text = (
        joined([page.body_html for page in pages]) if len(pages) > 1 else (first.body_html, first.body_text)
    )
    known = {picture["url"] for picture in first.pictures}
    return replace(
        first,
        body_html=html,
        body_text=text,
        word_count=count_words(text),
        pictures=[
            *first.pictures,
            *(p for page in pages[1:] for p in page.pictures if p["url"] not in known),
        ],
        is_paywalled=any(page.is_paywalled for page in pages),
        reasons=list(dict.fromkeys(reasons)),
        suspect=bool(reasons),
        next_page=None,
    )
