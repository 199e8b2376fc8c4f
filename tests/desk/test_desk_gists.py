"""Gists: what a machine says that a piece is about, on the newslist alone."""

from datetime import timedelta

import cast
import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

from dateline.articles.queries import reserved_from_machines
from dateline.desk.actions import spike
from dateline.desk.actions.gisting import gist_some
from dateline.desk.models import Gist
from dateline.desk.tasks import gist_what_came
from dateline.intake.actions.beats import describe_beat
from dateline.intake.models import BeatScore
from dateline.translation.machines import registry
from dateline.translation.machines.pseudo import Pseudo

RESERVED = [{"signal": "tdm-reservation", "value": "1", "where": "header"}]


class Counting(Pseudo):
    """Counts what it is asked."""

    asked = ()

    def draft(self, units, *, source, target, deadline):
        Counting.asked += tuple(unit.text for unit in units)
        return super().draft(units, source=source, target=target, deadline=deadline)


@pytest.fixture
def machine(newsroom, settings):
    """A machine that is set up and counts what it is asked."""
    settings.DATELINE_MACHINES = ["counting"]
    registry.MACHINES["counting"] = Counting
    Counting.asked = ()
    yield Counting
    del registry.MACHINES["counting"]


def a_piece(**told):
    return cast.an_original(**{"taken_at": timezone.now(), "body_text": "First. Second.", **told})


def gists():
    return {row.original_id: row for row in Gist.objects.all()}


def test_the_newslist_shows_the_gist_with_its_mark(at_desk, machine):
    piece = a_piece(headline="Le bac repart", standfirst="Neuf semaines plus tard. Enfin.")
    assert gist_what_came.call() == "1 gists"
    assert machine.asked == ("Le bac repart", "Neuf semaines plus tard.")
    row = gists()[piece.pk]
    text = at_desk().get("/desk/").content.decode()
    assert row.text in text
    assert "by machine" in text
    assert row.language == "en"


def test_nothing_is_asked_where_no_machine_is_set_up(newsroom, settings):
    settings.DATELINE_MACHINES = []
    a_piece()
    assert gist_some(now=timezone.now()) == 0
    assert not Gist.objects.exists()


def test_what_is_reserved_from_machines_is_never_sent_to_one(machine):
    piece = a_piece(signals=RESERVED)
    assert reserved_from_machines(piece)
    assert gist_some(now=timezone.now()) == 0
    assert machine.asked == ()
    assert gists()[piece.pk].text == ""


def test_the_same_words_are_asked_for_once(machine):
    a_piece(headline="Le bac")
    gist_some(now=timezone.now())
    asked = machine.asked
    a_piece(headline="Le bac")
    assert gist_some(now=timezone.now()) == 1
    assert gist_some(now=timezone.now()) == 0
    assert machine.asked == asked
    assert len({row.text for row in gists().values()}) == 1


def test_a_day_asks_for_no_more_than_its_budget(machine, settings):
    settings.DATELINE_GIST_CHARACTERS = 25
    now = timezone.now()
    for number in range(3):
        a_piece(
            headline=f"Douze lettr{number}",
            standfirst="",
            body_text="",
            taken_at=now - timedelta(minutes=number),
        )
    assert gist_some(now=now) == 2
    assert gist_some(now=now) == 0
    assert len(machine.asked) == 2
    assert gist_some(now=now + timedelta(hours=25)) == 1


def test_only_what_passes_the_line_and_is_new_open_and_in_another_language_is_asked_for(machine):
    now = timezone.now()
    beat = describe_beat(
        description={"name": "Ferries", "concepts": [{"name": "ferry", "forms": {"en": ["ferry"]}}]},
        by=None,
        now=now,
    )
    over, under, old, own, spiked = (
        a_piece(headline="Over"),
        a_piece(headline="Under"),
        a_piece(headline="Old", taken_at=now - timedelta(days=5)),
        a_piece(headline="Own", language="en-GB"),
        a_piece(headline="Spiked"),
    )
    for piece in (over, under, old, own, spiked):
        BeatScore.objects.update_or_create(
            beat=beat,
            original=piece,
            defaults={
                "score": 0.9,
                "is_over_the_line": piece != under,
                "version": beat.version,
                "scored_at": now,
            },
        )
    spike(original=spiked, by=cast.vera(), now=now)
    a_piece(headline="Not scored")
    gist_some(now=now)
    assert set(gists()) == {over.pk}


def test_each_language_of_the_desk_has_its_gist(machine):
    persian = cast.somebody("ines", role="editor-in-chief")
    UserProfile.objects.update_or_create(user=persian, defaults={"preferred_language": "fa"})
    piece = a_piece()
    gist_some(now=timezone.now())
    assert set(piece.gists.values_list("language", flat=True)) == {"en", "fa"}
