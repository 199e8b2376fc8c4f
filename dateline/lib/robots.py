"""robots.txt: what a site lets programs read.

Source: RFC 9309; crawl-delay as most sites and crawlers understand it. Matching takes time in proportion to
pattern times path whatever the pattern, since it comes from outside: no regular expressions are made of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_letters, digits
from typing import Final
from urllib.parse import quote

LONGEST: Final = 500 * 1024  # RFC 9309, 2.5: the least that a reader has to take
_LONGEST_LINE: Final = 2_000
_MOST_RULES: Final = 20_000
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_TOKEN: Final = re.compile(r"[A-Za-z_-]+")
_QUOTED: Final = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset(ascii_letters + digits + "-._~")
_LONGEST_DELAY: Final = 10**6


@dataclass(frozen=True)
class Rule:
    """One line: a pattern of paths that are open or closed. text: as it stands in the file."""

    pattern: str
    is_open: bool
    text: str


@dataclass
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None
    is_begun: bool = False


@dataclass(frozen=True)
class Robots:
    """A robots.txt that was read. Agents are product tokens in lower case, `*` for all others."""

    groups: tuple[_Group, ...] = ()

    def closing_rule(self, path: str, *, agent: str) -> Rule | None:
        """Return the rule that closes `path` (with its query) to `agent`, None where it is open.

        The longest pattern that fits decides; where an open and a closed one are as long, the open one.
        """
        path = _comparable(path)
        if path == "/robots.txt":
            return None
        fitting = [rule for rule in self._rules(agent) if _fits(rule.pattern, path)]
        best = max(fitting, key=lambda rule: (len(rule.pattern), rule.is_open), default=None)
        return None if best is None or best.is_open else best

    def crawl_delay(self, *, agent: str) -> float:
        """Return the pause in seconds that `agent` is asked to make, 0 where none is named."""
        return max((group.delay or 0.0 for group in self._groups(agent)), default=0.0)

    def names(self, agent: str) -> bool:
        """Whether a group is for `agent` by its name."""
        return any(agent.lower() in group.agents for group in self.groups)

    def agents_shut_out(self) -> tuple[str, ...]:
        """Return the names, `*` among them, that may not read the front page, in the order of the file."""
        named = dict.fromkeys(agent for group in self.groups for agent in group.agents)
        return tuple(agent for agent in named if self.closing_rule("/", agent=agent))

    def _groups(self, agent: str) -> list[_Group]:
        named = [group for group in self.groups if agent.lower() in group.agents]
        return named or [group for group in self.groups if "*" in group.agents]

    def _rules(self, agent: str) -> Iterator[Rule]:
        for group in self._groups(agent):
            yield from group.rules


def read_robots(text: str) -> Robots:
    """Return the rules of a robots.txt. What is no rule is passed over; no text is refused."""
    groups: list[_Group] = []
    rules = 0
    for line in _LINE_END.split(text[:LONGEST].removeprefix("\ufeff")):
        key, value = _parts(line)
        if key == "user-agent":
            if not groups or groups[-1].is_begun:
                groups.append(_Group())
            groups[-1].agents.append(_agent(value))
        elif groups and key in ("allow", "disallow") and rules < _MOST_RULES:
            groups[-1].is_begun = True
            rules += 1
            if value:
                groups[-1].rules.append(Rule(_pattern(value), key == "allow", line.strip()))
        elif groups and key == "crawl-delay":
            groups[-1].is_begun = True
            groups[-1].delay = _delay(value)
    return Robots(tuple(groups))


def _parts(line: str) -> tuple[str, str]:
    if len(line) > _LONGEST_LINE:
        return "", ""
    key, colon, value = line.partition("#")[0].partition(":")
    return (key.strip().lower(), value.strip()) if colon else ("", "")


def _agent(value: str) -> str:
    found = _TOKEN.match(value)
    return "*" if value.startswith("*") else (found[0].lower() if found else value.lower())


def _delay(value: str) -> float | None:
    try:
        delay = float(value)
    except ValueError:
        return None
    return delay if 0 <= delay <= _LONGEST_DELAY else None


def _pattern(value: str) -> str:
    """Return a pattern in comparable form, with `*` for anything, many of them as one."""
    value = value if value.startswith(("/", "*")) else f"/{value}"
    ends = value.endswith("$")
    parts = [_comparable(part) for part in value.removesuffix("$").split("*")]
    return re.sub(r"\*+", "*", "*".join(parts)) + ("$" if ends else "")


def _comparable(path: str) -> str:
    """Return a path in one spelling: quoted letters stand plain, foreign ones and signs stay or become quoted."""
    return _QUOTED.sub(_plain_letter, quote(path, safe="/?&=:;,@!$'()*+~[]%"))


def _plain_letter(quoted: re.Match[str]) -> str:
    letter = chr(int(quoted[1], 16))
    return letter if letter in _UNRESERVED else quoted[0].upper()


def _fits(pattern: str, path: str) -> bool:
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not anchored or path == first
    at = len(first)
    *middle, last = rest
    for part in middle:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if anchored:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
