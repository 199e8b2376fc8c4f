"""Money and percent: what the source counts in, the translation counts in."""

import re
from collections.abc import Iterator
from typing import Final

from dateline.translation.checks.base import Finding, Pair, Severity, whole
from dateline.translation.spelling import low

_NAME: Final = "currencies"
_PERCENT: Final = re.compile(
    r"[%٪]|per ?cent|por ?cent|por cien|pour ?cent|prozent|процент|відсот|yüzde|faiz"
    r"|بالمئة|بالمائة|في المئة|في المائة|درصد|տոկոս|პროცენტ"
)
# Signs and words by currency; words of any language, in lower case, by their beginning.
_CURRENCIES: Final = {
    "$": r"\$|\busd\b|dollar|dólar|доллар|долар|dolar|دولار|دلار|դոլար|დოლარ|cents?\b|цент|سنت",
    "€": r"€|\beur\b|\beuros?\b|евро|євро|avro\b|avro'|يورو|یورو|եվրո|ევრო",
    "£": r"£|\bgbp\b|pounds?\b|sterling|libras?\b|livres? |фунт|sterlin|إسترليني|جنيه|پوند|ֆունտ|ფუნტ",
    "₽": r"₽|\brub\b|rubl|roubl|rublo|рубл|روبل|ռուբլ|რუბლ",
    "¥": r"¥|\bjpy\b|\bcny\b|\byen|yuan|иен|йен|юан|ين\b|يوان|ین\b|یوان|իեն|յուան|იენ|იუან",
    "₼": r"₼|\bazn\b|manat|манат|مانات|մանաթ|მანათ",
    "₾": r"₾|\bgel\b|\blari|лари|ларі|لاري|لاری|լարի|ლარ",
    "֏": r"֏|\bamd\b|\bdram|драм|درام|դրամ|დრამ",
    "₺": r"₺|\btry\b|turkish lira|türk liras|tl\b|lirası",
    "₴": r"₴|\buah\b|hryvn|гривн|гривен",
}
_PATTERNS: Final = {sign: re.compile(pattern) for sign, pattern in _CURRENCIES.items()}
_MONEY: Final = re.compile(r"(?:US|C|A|NZ|HK)?([$€£₽¥₼₾֏₺₴])\s?\d|\d\s?([$€£₽¥₼₾֏₺₴])")


class Currencies:
    """What money and shares are counted in."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield where a sign of money became that of another, or percent got lost."""
        source, text = low(pair.source), low(pair.text)
        if "%" in source and not _PERCENT.search(text):
            yield Finding(_NAME, "percent-lost", Severity.WARN, *whole(pair))
        asked = {sign for found in _MONEY.finditer(pair.source) for sign in found.groups() if sign}
        for found in _MONEY.finditer(pair.text):
            sign = found[1] or found[2]
            lost = sorted(one for one in asked if not _PATTERNS[one].search(text))
            if sign not in asked and lost and not _PATTERNS[sign].search(source):
                yield Finding(_NAME, "currency-changed", Severity.WARN, *found.span(), (lost[0], sign))


CHECK: Final = Currencies()
