"""Editions that close, readers who want them, and a sink: what the tests of the letter share."""

from datetime import date, time

import cast

from dateline.articles.kinds import Kind
from dateline.editions.actions import close, open_edition
from dateline.editions.models import Letter, Placement, Run, Subscription
from dateline.editions.queries.readers import mark_of
from dateline.editions.reader_address import read_address

NOW = cast.NOW
DAY = date(2026, 3, 14)


def a_run(**fields):
    return Run.objects.get_or_create(
        code=fields.pop("code", "morning"), defaults={"name": "Morning", "closes": time(6), **fields}
    )[0]


def a_letter(language="en", **fields):
    row, _made = Letter.objects.get_or_create(kind="daily", language=language, defaults=fields)
    return row


def a_reader(email, letter=None, **fields):
    letter = letter or a_letter()
    address = read_address(email)
    return Subscription.objects.create(
        **{
            "letter": letter,
            "email": address.text,
            "reader": mark_of(address),
            "domain": address.domain,
            "state": "confirmed",
            "asked_at": NOW,
            "confirmed_at": NOW,
            "consent_at": NOW,
            "consent_text": "2026-11",
            **fields,
        }
    )


def readers(many, letter=None, *, domains=7, **fields):
    letter = letter or a_letter()
    rows = []
    for number in range(many):
        address = read_address(f"reader{number}.{letter.language}@d{number % domains}.example.org")
        rows.append(
            Subscription(
                letter=letter,
                email=address.text,
                reader=mark_of(address),
                domain=address.domain,
                state="confirmed",
                asked_at=NOW,
                confirmed_at=NOW,
                consent_at=NOW,
                consent_text="2026-11",
                **fields,
            )
        )
    return Subscription.objects.bulk_create(rows, batch_size=500)


def an_edition(language="en", *, articles=None, now=NOW, day=DAY, **fields):
    """Return an open edition with two pieces that readers may see."""
    edition = open_edition(run=a_run(), language=language, day=day, by=None, now=now)
    if articles is None:
        articles = [
            cast.published(
                cast.an_exclusive(headline=f"The ferry sails again ({language})", language=language)
            ),
            cast.published(cast.a_translation(headline=f"A bridge & a tide <{language}>", language=language)),
        ]
    for place, article in enumerate(articles):
        slot = "lead" if place == 0 else "five"
        Placement.objects.create(edition=edition, slot=slot, position=place, article=article)
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()
    return edition


def closed(edition, *, now=NOW):
    return close(edition=edition, by=None, now=now)


__all__ = ["DAY", "NOW", "Kind", "a_letter", "a_reader", "a_run", "an_edition", "closed", "readers"]
