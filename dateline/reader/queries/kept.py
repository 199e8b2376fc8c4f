"""What a reader with an account keeps, as it stands now: what is withdrawn, or has ended, is not on the list."""

import re
from typing import Final
from urllib.parse import unquote

from dateline.articles.addresses import outlet_path, topic_path
from dateline.articles.models import Article, Topic
from dateline.lib.scripts import direction
from dateline.people.models import User
from dateline.publishing.queries.listed import listed
from dateline.reader.models import Followed
from dateline.site.queries import identity, languages
from dateline.sources.models import Outlet

# As the lists of a device have them: address, name, language, direction.
Line = dict[str, str]
_NOUN: Final = re.compile(r"/([^/]+)/(topic|outlet)/([^/]+)/")


def saved(reader: User) -> list[Line]:
    """Return the pieces that a reader saved and that stand, the last one first."""
    keys = list(reader.saved.values_list("piece", flat=True))
    standing = {row.uid: row for row in listed().filter(uid__in=keys).select_related("locale")}
    return [_piece(standing[key]) for key in keys if key in standing]


def followed(reader: User) -> list[Line]:
    """Return the topics and outlets that a reader follows, the last one first."""
    rows = reader.followed.select_related("topic__locale", "outlet")
    return [_noun(row) for row in rows]


def noun_at(path: str) -> tuple[Topic | Outlet, str] | None:
    """Return the topic or outlet whose page is at an address of ours, with the language; None where there is none."""
    found = _NOUN.fullmatch(path)
    if found is None:
        return None
    language, kind, slug = found[1], found[2], unquote(found[3])
    if language not in {row.code for row in languages(identity())}:
        return None
    if kind == "outlet":
        row: Topic | Outlet | None = Outlet.objects.filter(slug=slug).first()
    else:
        row = Topic.objects.filter(slug=slug, locale__language_code=language).first()
    return (row, language) if row else None


def _piece(row: Article) -> Line:
    return _line(row.get_absolute_url(), row.headline, row.language)


def _noun(row: Followed) -> Line:
    if row.topic is not None:
        language = str(row.topic.locale.language_code)
        return _line(topic_path(language=language, slug=row.topic.slug), row.topic.name, language)
    assert row.outlet is not None  # noqa: S101  # a constraint of the table
    return _line(
        outlet_path(language=row.language, slug=row.outlet.slug), row.outlet.shown_name, row.language
    )


def _line(href: str, name: str, language: str) -> Line:
    return {"href": href, "name": name, "lang": language, "dir": direction(language)}
