"""The voices of a press review as a page shows them. Plain data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VoiceView:
    """One voice: our headline, the paper with its country and language, its words in ours, and the way to it.

    excerpt: empty where its right has ended; then the way to it stays. original: its own words, empty where its
    outlet does not want them shown, or it speaks our language. machine: what a machine did, in the reader's words.
    """

    headline: str
    outlet: str
    outlet_language: str
    country: str
    language: str
    language_name: str
    href: str
    excerpt: str
    original: str = ""
    title: str = ""
    credit: str = ""
    machine: str = ""
    is_taken_off: bool = False


@dataclass(frozen=True)
class Paper:
    """A voice in short: the paper, where and in which language it speaks, its words, and ours."""

    outlet: str
    outlet_language: str
    outlet_direction: str
    place: str
    language: str
    direction: str
    language_name: str
    said: str
    headline: str


@dataclass(frozen=True)
class Papers:
    """One story as several papers tell it. href: the press review."""

    name: str
    headline: str
    href: str
    standfirst: str
    papers: tuple[Paper, ...]
