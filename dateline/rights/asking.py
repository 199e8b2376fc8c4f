"""How a request for permission goes on: its steps as data, checked when the class is made, and its days. Pure.

proposed → accepted → asked → granted | refused | silent; an answer may still come after silence.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar


class BrokenGraph(TypeError):
    """A graph of steps leads to a state that does not exist, or has one that nothing leads to."""


class WrongStep(ValueError):
    """Something was asked of a row whose state does not allow it."""

    def __init__(self, *, was: str, wanted: str, allowed: frozenset[str]) -> None:
        self.was, self.wanted = was, wanted
        ways = ", ".join(sorted(allowed)) or "nothing"
        super().__init__(f"It is {was}, so it cannot become {wanted}; from there it can become {ways}.")


class Graph:
    """States and the steps between them. A subclass that does not hang together cannot be made."""

    start: ClassVar[str]
    steps: ClassVar[Mapping[str, frozenset[str]]]

    def __init_subclass__(cls) -> None:
        """Raise BrokenGraph where a step leads nowhere, or a state is out of reach."""
        unknown = {target for targets in cls.steps.values() for target in targets} - cls.steps.keys()
        if unknown or cls.start not in cls.steps:
            missing = sorted(unknown or {cls.start})
            raise BrokenGraph(f"{cls.__name__} names {missing[0]!r}, which is none of its states.")
        lost = cls.steps.keys() - cls._reached()
        if lost:
            raise BrokenGraph(f"Nothing in {cls.__name__} leads to {min(lost)!r}.")

    @classmethod
    def _reached(cls) -> set[str]:
        reached, ahead = {cls.start}, [cls.start]
        while ahead:
            found = cls.steps[ahead.pop()] - reached
            reached |= found
            ahead += found
        return reached

    @classmethod
    def may_become(cls, was: str, wanted: str) -> bool:
        """Return whether one step leads from the one to the other."""
        return wanted in cls.steps[was]

    @classmethod
    def check(cls, was: str, wanted: str) -> None:
        """Raise WrongStep where no step leads from the one to the other."""
        if not cls.may_become(was, wanted):
            raise WrongStep(was=was, wanted=wanted, allowed=cls.steps[was])

    @classmethod
    def ends(cls) -> frozenset[str]:
        """Return the states that nothing leads away from."""
        return frozenset(state for state, following in cls.steps.items() if not following)


class Asking(Graph):
    """The steps of a request to an outlet. Dropped: we did not want it any more."""

    start = "proposed"
    steps: ClassVar[Mapping[str, frozenset[str]]] = {
        "proposed": frozenset({"accepted", "dropped"}),
        "accepted": frozenset({"asked", "dropped"}),
        "asked": frozenset({"granted", "refused", "silent", "dropped"}),
        "silent": frozenset({"granted", "refused", "dropped"}),
        "granted": frozenset(),
        "refused": frozenset(),
        "dropped": frozenset(),
    }


def answer_day(today: date, *, days: int) -> date:
    """Return the day until which we ask for an answer."""
    return today + timedelta(days=days)


def is_silent(*, answer_by: date, today: date) -> bool:
    """Return whether the day is over until which we asked for an answer."""
    return today > answer_by


def reminder_at(asked_at: datetime, *, days: int) -> datetime:
    """Return when a reminder is due."""
    return asked_at + timedelta(days=days)
