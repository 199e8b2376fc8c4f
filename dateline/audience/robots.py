"""Which programs that ask for a page are no readers, by what they call themselves. Pure.

Robots that say nothing of themselves are left out as well where they run no script or show no page to anybody.
Words from the public lists of crawlers (monperrus/crawler-user-agents, COUNTER-Robots), the general ones alone.
"""

import re
from typing import Final

_ROBOT: Final = re.compile(
    r"bot\b|bot[/_;-]|crawl|spider|slurp|scrap|fetch|archiv|monitor|preview|headless|phantom|selenium|puppeteer|playwright"
    r"|lighthouse|pagespeed|gtmetrix|validator|checker|probe|uptime|pingdom|libwww|python|curl|wget|java/|okhttp|go-http"
    r"|axios|node|ruby|perl|php|httpclient|facebookexternalhit|whatsapp|telegram|embedly|feed|rss|reader/|mediapartners"
    r"|gpt|claude|perplexity|bytespider|ccbot",
    re.IGNORECASE,
)
_SHORTEST: Final = 20


def is_robot(user_agent: str) -> bool:
    """Does it call itself a robot, or nothing that a browser calls itself?"""
    return (
        len(user_agent) < _SHORTEST
        or not user_agent.startswith("Mozilla/")
        or bool(_ROBOT.search(user_agent))
    )
