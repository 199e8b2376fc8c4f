"""The sample newsroom's letters and a few readers of them, at addresses that nobody has (RFC 2606).

Its letters wait for a person, so that nothing goes out by itself wherever a sample is loaded.
"""

from typing import Final

from dateline.editions import letter_states as states
from dateline.editions.consent import CURRENT
from dateline.editions.models import Issue, Letter, Subscription
from dateline.editions.queries.readers import mark_of
from dateline.editions.reader_address import read_address
from dateline.exchange.actions.sample_loading import Loading, note

# Who reads, the hour by their clocks, and where these stand.
READERS: Final = (
    ("lea", 7, "Europe/Paris"),
    ("omid", 6, "Asia/Tehran"),
    ("nour", None, "UTC"),
    ("sam", 8, "America/New_York"),
)


def readers(loading: Loading) -> None:
    """Bring a letter in each language, and its readers."""
    for language in loading.newsroom.identity.languages:
        letter = Letter(kind="daily", language=language, is_by_hand=True)
        letter.full_clean()
        letter.save()
        note(letter)
        for name, hour, zone in READERS:
            _reader(loading, letter, f"{name}.{language}@example.org", hour=hour, zone=zone)


def issues_of_letters() -> None:
    """Note what was made of today's editions, so that it goes with the sample."""
    for issue in Issue.objects.order_by("pk"):
        note(issue)


def _reader(loading: Loading, letter: Letter, email: str, *, hour: int | None, zone: str) -> None:
    address, now = read_address(email), loading.now
    row = Subscription(
        letter=letter,
        email=address.text,
        reader=mark_of(address),
        domain=address.domain,
        state=states.CONFIRMED,
        hour=hour,
        zone=zone,
        asked_at=now,
        confirmed_at=now,
        consent_at=now,
        consent_text=CURRENT,
    )
    row.full_clean()
    row.save()
    note(row)
