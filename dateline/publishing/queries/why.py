"""Why a baked file stands as it does: what it rests on, when it was made, and what made it due."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings

from dateline.articles.models import Article
from dateline.publishing.models import BakedFile, Due, Raised


@dataclass(frozen=True)
class Why:
    """What is known of a file. due: why it is to be made again, empty where it is not; trouble: why it could not be."""

    row: BakedFile
    pieces: tuple[tuple[str, str, bool], ...]
    tags: tuple[str, ...]
    due: str
    trouble: str
    is_as_written: bool

    @property
    def made_at(self) -> datetime:
        """When it last changed."""
        return self.row.baked_at


class NoSuchFile(LookupError):
    """Nothing is baked at an address."""


def path_of(address: str) -> str:
    """Return the path of an address of ours, whole or not. Raises NoSuchFile for one of another site."""
    ours, theirs = urlsplit(settings.DATELINE_URL), urlsplit(address)
    if theirs.netloc and theirs.netloc != ours.netloc:
        raise NoSuchFile(f"{address} is on another site than {settings.DATELINE_URL}.")
    return theirs.path or "/"


def found_at(address: str) -> BakedFile:
    """Return what is baked at an address of ours. Raises NoSuchFile, with what stands near it."""
    path = path_of(address)
    row = BakedFile.objects.filter(path=path).first()
    if row is None:
        near = BakedFile.objects.filter(path__startswith=path.rstrip("/")).order_by("path").first()
        hint = f" There is {near.path}." if near else " `dateline urls` lists all there is."
        raise NoSuchFile(f"Nothing is baked at {path}.{hint}")
    return row


def why(address: str) -> Why:
    """Return all that is known of the file at an address of ours. Raises NoSuchFile."""
    row = found_at(address)
    shown = dict(row.shown.values_list("piece", "is_present"))
    headlines = dict(Article.objects.filter(uid__in=shown).values_list("uid", "headline"))
    tags = tuple(row.carried.order_by("tag__name").values_list("tag__name", flat=True))
    waiting = Due.objects.filter(kind=row.kind, key=row.key).first()
    raised = Raised.objects.filter(tag__in=tags).first()
    file = settings.HOME.site / row.file
    return Why(
        row=row,
        pieces=tuple(
            (str(uid), headlines.get(uid, "(not ours any more)"), is_present)
            for uid, is_present in shown.items()
        ),
        tags=tags,
        due=waiting.why if waiting else f"{raised.tag} changed" if raised else "",
        trouble=waiting.trouble if waiting else "",
        is_as_written=file.is_file() and sha256(file.read_bytes()).hexdigest() == row.sha256,
    )
