"""The text of an article as an outlet is shown it. Pure: rows are handed in."""

from typing import TYPE_CHECKING

from dateline.articles.bodies import block_text
from dateline.rights.approvals import ShownText

if TYPE_CHECKING:
    from dateline.articles.models import Article


def shown_text(article: "Article") -> ShownText:
    """Return headline, standfirst, the blocks that have words, and the credit line that would stand below."""
    held = article.permission
    agreed = held.agreement.credit_line if held and held.agreement else ""
    return ShownText(
        language=article.language,
        headline=article.headline,
        standfirst=article.standfirst,
        paragraphs=tuple(filter(None, (block_text(block).strip() for block in article.body))),
        credit_line=(held.credit_line if held else "") or agreed,
    )
