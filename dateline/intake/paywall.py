"""Whether a piece is behind a paywall, and by what evidence. A wall is told, never got around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from dateline.intake.counting import counted
from dateline.intake.extract_page import Page, elements
from dateline.lib.text import names, one_line

_SHORT_WORDS: Final = 250
_NEAR_THE_END: Final = 600
_LOCKED_TIERS: Final = names("locked paid premium subscriber subscribers paywall plus gated")
_TIER_META: Final = ("article:content_tier", "og:article:content_tier", "content_tier", "contenttier")
_PAY_META: Final = ("paywall", "is_paywalled", "premium", "article:paywall", "cxense:paywall")
_YES: Final = names("true 1 yes locked hard y on")
_WALL_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:paywall|pay-wall|regwall|piano-(?:offer|container)|subscriber-only|premium-(?:wall|lock|gate)|"
    r"metered-wall|article-gate|content-gate|leaky-paywall)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What a wall says, in the words of many languages: read on only if you subscribe, log in or pay.
_WORDS: Final = re.compile(
    r"subscrib\w*\s+(?:now\s+)?to\s+(?:continue|read|keep\s+reading|unlock|access)|to\s+(?:continue|keep)\s+reading\b|"
    r"(?:this|the)\s+(?:article|story|content)\s+is\s+(?:for|reserved\s+for|available\s+(?:only\s+)?to|exclusive(?:ly)?\s+(?:for|to))"
    r"\s+(?:our\s+)?(?:paying\s+|registered\s+)?(?:subscribers|members)|subscribers?[\s-]+only|"
    r"already\s+a\s+(?:subscriber|member)\s*\?|unlock\s+(?:this|the|full)\s+(?:article|story)|"
    r"you(?:'|’)ve\s+(?:reached|read)\s+your\s+(?:limit|last\s+free)|"
    r"(?:article|contenu|suite)\s+(?:est\s+)?réservée?\s+(?:à\s+nos|aux)\s+abonnés|pour\s+lire\s+la\s+suite|déjà\s+abonné|"
    r"(?:weiterlesen|jetzt\s+lesen)\s+mit|nur\s+für\s+abonnent|bereits\s+abonnent|exklusiv\s+für\s+abonnent|"
    r"(?:contenido|artículo|noticia)\s+(?:exclusiv[oa]|sol[oa])\s+para\s+suscriptores|suscríbete\s+para\s+(?:seguir|continuar)|"
    r"(?:conteúdo|matéria)\s+exclusiv[oa]\s+para\s+assinantes|contenuto\s+(?:riservato|esclusivo)\s+(?:agli|per\s+gli)\s+abbonati|"
    r"treść\s+dostępna\s+(?:tylko\s+)?dla\s+(?:subskrybentów|prenumeratorów)|alleen\s+voor\s+abonnees|"
    r"(?:материал|статья|текст)\s+доступ\w*\s+(?:только\s+)?(?:по\s+подписке|подписчикам)|чтобы\s+(?:про)?читать\s+(?:дальше|полностью)|"
    r"матеріал\s+доступний\s+(?:лише\s+)?(?:за\s+передплатою|передплатникам)|"
    r"okumaya\s+devam\s+etmek\s+için\s+abone|(?:sadece|yalnızca)\s+abonelere|yazının\s+davamı\s+abunə|yalnız\s+abunəçilər|"
    r"միայն\s+բաժանորդներ|შემდგომი\s+წაკითხვისთვის\s+გამოიწერ|მხოლოდ\s+გამომწერ|"
    r"ویژه\s+مشترک|برای\s+ادامه\s+مطلب\s+مشترک|(?:هذا\s+)?المحتوى\s+(?:حصري|متاح)\s+للمشتركين|"
    r"この記事は(?:有料)?会員限定|続きを読むには|(?:订阅|訂閱)(?:后|後)(?:可|继续|繼續)?(?:阅读|閱讀)|구독자\s*전용",
    re.IGNORECASE,
)
_CONSENT: Final = re.compile(
    r"\bcookies?\b|\bconsent\b|gdpr|accept\s+all|reject\s+all|vendors|partners\s+(?:store|process)|"
    r"zustimm\w*|einwillig\w*|consentement|accepter\s+(?:et|tout)|consentimiento|aceptar\s+todo|acconsent\w*|accetta\w*|"
    r"куки|файл\w*\s+cookie|çerez\w*|kukiləri?|թխուկ\w*|ქუქი\w*|ملفات\s+تعريف\s+الارتباط|کوکی|クッキー|쿠키",
    re.IGNORECASE,
)
_MARKED: Final = etree.XPath(".//*[@itemprop='isAccessibleForFree']")
_CONSENT_HITS: Final = 3
_CONSENT_WORDS: Final = 300
_CONSENT_SHARE: Final = 0.03
_OPEN_END: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")


@dataclass(frozen=True)
class Paywall:
    """evidence: sentences for the editor, one a witness; empty where none spoke."""

    is_paywalled: bool
    evidence: list[str]


def paywall_of(page: Page, *, text: str) -> Paywall:
    """Return whether the article on `page`, of which `text` was read, is behind a wall.

    The publisher's own mark decides. Words and shapes of a wall count only where the text is short or breaks off:
    many pages carry an offer below a whole article.
    """
    marks = [*_marks(page)]
    is_cut = counted(text).total() < _SHORT_WORDS or ends_open(text)
    walls = [*_walls(page, text)] if is_cut else []
    return Paywall(bool(marks or walls), marks + walls)


def ends_open(text: str) -> bool:
    """True where a text breaks off with dots, as a teaser does."""
    return _OPEN_END.search(text[-40:]) is not None


def is_consent_wall(text: str) -> bool:
    """True where a short text is mostly about cookies and consent: the wall before an article, not the article."""
    count = counted(text).total()
    if count >= _CONSENT_WORDS:
        return False
    hits = len(_CONSENT.findall(text))
    return hits >= _CONSENT_HITS and hits >= count * _CONSENT_SHARE


def _marks(page: Page) -> Iterator[str]:
    article = page.article
    if _is_false(article.get("isAccessibleForFree")):
        yield "JSON-LD: the publisher marks the article as not free."
    for part in _listed(article.get("hasPart")):
        if isinstance(part, dict) and _is_false(part.get("isAccessibleForFree")):
            selector = one_line(str(part.get("cssSelector") or ""))[:100]
            yield f"JSON-LD: the publisher marks a part of the article as not free ({selector or 'no selector'})."
            break
    for name in _TIER_META:
        if page.first(name).lower() in _LOCKED_TIERS:
            yield f"Meta {name}: {page.first(name).lower()}."
    for name in _PAY_META:
        if page.first(name).lower() in _YES:
            yield f"Meta {name}: {page.first(name).lower()}."
    for element in elements(_MARKED, page.tree):
        if _is_false(element.get("content") or element.text_content()):
            yield "Microdata: the publisher marks the article as not free."
            break


def _walls(page: Page, text: str) -> Iterator[str]:
    if found := _WORDS.search(text[-_NEAR_THE_END:]):
        yield f"The text ends with: “{one_line(found.group())}”."
        return
    for element in page.tree.iter("div", "section", "aside"):
        if _WALL_CLASS.search(element.get("class") or "") and not _is_hidden(element):
            said = one_line(element.text_content())
            if 0 < len(said) < _NEAR_THE_END * 3 and _WORDS.search(said):
                yield f"The page shows an offer that bars the rest: “{one_line(_WORDS.search(said).group())}”."  # type: ignore[union-attr]
                return


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().rsplit("/", 1)[-1] == "false")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
