"""Verbs of a reader with an account: keep a piece, a topic or an outlet, and let it go again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from dateline.articles.models import Article, Topic
from dateline.audience.queries import piece_at
from dateline.people.models import User
from dateline.publishing.queries.listed import listed
from dateline.reader.models import Followed, Saved
from dateline.reader.queries.kept import noun_at

SAVED: Final = "saved"
FOLLOWED: Final = "followed"
# As many as a device keeps.
MOST: Final = 500


class NothingThere(ValueError):
    """At that address is nothing that can be kept."""


class TooMuch(ValueError):
    """The list is full."""


@transaction.atomic
def keep(*, reader: User, shelf: str, path: str, now: datetime) -> None:
    """Put what stands at an address of ours on a reader's list. Safe to repeat. Raises NothingThere, TooMuch."""
    if shelf == SAVED:
        Saved.objects.get_or_create(reader=reader, **_to_save(reader, path), defaults={"kept_at": now})
    else:
        Followed.objects.get_or_create(reader=reader, **_to_follow(reader, path), defaults={"kept_at": now})


@transaction.atomic
def let_go(*, reader: User, shelf: str, path: str) -> None:
    """Take what stands at an address off a reader's list. Raises NothingThere."""
    if shelf == SAVED:
        piece = piece_at(path)
        if piece is None:
            raise NothingThere(f"There is no piece at {path}.")
        Saved.objects.filter(reader=reader, piece=piece.uid).delete()
    else:
        Followed.objects.filter(reader=reader, **_noun(path)).delete()


def bring_in(*, reader: User, shelf: str, paths: Iterable[str], now: datetime) -> None:
    """Add what a device kept, first things first, to a reader's list. What is gone is left out."""
    for place, path in enumerate(paths):
        try:
            keep(reader=reader, shelf=shelf, path=path, now=now - timedelta(milliseconds=place))
        except NothingThere:
            continue
        except TooMuch:
            return


def _piece(path: str) -> Article:
    piece = piece_at(path)
    if piece is None or not listed().filter(pk=piece.pk).exists():
        raise NothingThere(f"There is no piece at {path}.")
    return piece


def _noun(path: str) -> dict[str, object]:
    found = noun_at(path)
    if found is None:
        raise NothingThere(f"There is no topic and no outlet at {path}.")
    noun, language = found
    return {"topic": noun} if isinstance(noun, Topic) else {"outlet": noun, "language": language}


def _to_save(reader: User, path: str) -> dict[str, object]:
    piece = _piece(path)
    if reader.saved.count() >= MOST:
        raise TooMuch(f"{MOST} pieces are saved: remove some first.")
    return {"piece": piece.uid}


def _to_follow(reader: User, path: str) -> dict[str, object]:
    noun = _noun(path)
    if reader.followed.count() >= MOST:
        raise TooMuch(f"{MOST} topics and outlets are followed: remove some first.")
    return noun
