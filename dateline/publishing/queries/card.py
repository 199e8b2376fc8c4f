"""What the picture says that stands for an article where it is linked."""

from dateline.articles.addresses import card_path
from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import Article
from dateline.lib.scripts import direction
from dateline.publishing.pages import PictureView
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import Press
from dateline.publishing.social_card import HEIGHT, WIDTH, Told, has_letters


def told_on_card(press: Press, article: Article) -> Told:
    """Return what an article's card says."""
    outlet = article.original.outlet.shown_name if article.original and article.kind in USE_OF_KIND else ""
    kind = str(article.get_kind_display())
    return Told(
        kind=article.kind,
        label=f"{kind} · {outlet}" if outlet else kind,
        headline=article.headline,
        site=frame(press, article.language).site_name,
        direction="rtl" if direction(article.language) == "rtl" else "ltr",
    )


def card_view(press: Press, article: Article) -> PictureView | None:
    """Return the card of an article as a picture; None where our fonts lack its letters, and it has none."""
    told = told_on_card(press, article)
    if not has_letters(told):
        return None
    path = card_path(article.get_absolute_url())
    return PictureView(
        src=path,
        width=WIDTH,
        height=HEIGHT,
        alt=f"{told.label}: {told.headline}",
        absolute=press.absolute(path),
    )
