"""The table of runs of words stays bounded: by the age of its texts, and by how many of a site it holds."""

from datetime import timedelta

import pytest
from cast import NOW, an_original, an_outlet

from dateline.intake.actions.forgetting import KEPT, forget_runs
from dateline.intake.actions.likening import liken
from dateline.intake.models import Fingerprint, Likeness, Run

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def a_text(outlet, number, *, taken_at):
    words = " ".join(f"word{number}x{place}" for place in range(60))
    original = an_original(outlet, body_text=words, taken_at=taken_at)
    liken(original=original)
    return original


def known():
    return set(Run.objects.values_list("fingerprint__original", flat=True))


def test_texts_over_their_time_lose_their_runs_in_batches_and_keep_their_fingerprint():
    outlet = an_outlet()
    old = [a_text(outlet, number, taken_at=NOW - KEPT - DAY) for number in range(3)]
    young = a_text(outlet, 9, taken_at=NOW - DAY)
    runs = Run.objects.filter(fingerprint__original__in=old).count()
    assert forget_runs(now=NOW, batch=7) == runs > 7
    assert known() == {young.pk}
    assert Fingerprint.objects.count() == 4
    assert forget_runs(now=NOW) == 0


def test_an_exact_copy_of_a_forgotten_text_is_still_known():
    outlet = an_outlet()
    first = a_text(outlet, 1, taken_at=NOW - KEPT - DAY)
    forget_runs(now=NOW)
    a_text(an_outlet("Harbour Echo"), 1, taken_at=NOW)
    likeness = Likeness.objects.get()
    assert (likeness.earlier, likeness.kind) == (first, "exact")


def test_of_a_site_with_very_many_texts_the_newest_are_found_by_a_part():
    large, small = an_outlet("Wire"), an_outlet("Lake Post")
    texts = [a_text(large, number, taken_at=NOW - DAY) for number in range(5)]
    other = a_text(small, 8, taken_at=NOW - 2 * DAY)
    assert forget_runs(now=NOW, most_of_a_site=2, batch=7) > 0
    assert known() == {*(text.pk for text in texts[3:]), other.pk}
