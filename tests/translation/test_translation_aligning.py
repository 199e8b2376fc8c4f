"""What an editor does to the alignment stays, reaches the article, and is lossless for words and inline marks."""

import io

import pytest
from cast import NOW, a_translation, an_identity, an_original, tomas, vera
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dateline.translation.actions import (
    CannotAlign,
    SegmentChanged,
    add_segment,
    approve_all,
    approve_segment,
    finish_job,
    merge_with_next,
    move_block,
    omit_segment,
    remove_added,
    save_segment,
    set_adapted,
    set_paragraph,
    split_segment,
    start_job,
    take_in,
)
from dateline.translation.actions.sending import send_out, take_back
from dateline.translation.aligning import merged, split_marked, split_places
from dateline.translation.marks import check_marks, plain, restored
from dateline.translation.models import MemoryUnit
from dateline.translation.ordering import Block, in_order, moved
from dateline.translation.queries import composed
from dateline.translation.queries.findings import findings_of
from dateline.translation.queries.history import history_of

BODY = (
    "<p>Le bac part. Voir <a href='https://courier.example/h'>les horaires</a> ici, tout de suite.</p>"
    "<p>Le port est plein.</p><ul><li>Un</li><li>Deux</li></ul>"
)


@pytest.fixture
def job(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()
    job = start_job(article=a_translation(an_original(body_html=BODY)), snapshot=None, by=tomas(), now=NOW)
    for one in job.segments.all():
        save_segment(segment=one, text=f"EN {one.source}", version=one.version, by=tomas(), now=NOW)
    approve_all(job=job, by=vera(), now=NOW)
    return job


def of(job, start):
    return job.segments.get(source__startswith=start)


def do(verb, one, **words):
    return verb(segment=one, version=one.version, by=vera(), now=NOW, **words)


def body(job):
    job.refresh_from_db()
    return [(block["type"], block["value"]) for block in composed(job, key=job.article.uid).body]


def positions(job):
    return list(job.segments.order_by("position").values_list("position", flat=True))


def test_two_sentences_become_one_with_both_translations_and_all_marks(job):
    one = do(merge_with_next, of(job, "Le bac part"))
    assert one.source == "Le bac part. Voir ⟦1⟧les horaires⟦/1⟧ ici, tout de suite."
    assert one.text == "EN Le bac part. EN Voir ⟦1⟧les horaires⟦/1⟧ ici, tout de suite."
    assert (one.state, len(one.sources), positions(job)) == ("draft", 2, list(range(6)))
    assert not MemoryUnit.objects.filter(source__startswith="Voir").exists()
    assert len(history_of(one)) == 5
    with pytest.raises(CannotAlign):
        do(merge_with_next, one)


def test_a_sentence_is_split_with_its_translation_and_merged_again_it_is_what_it_was(job):
    whole = of(job, "Voir")
    place = next(place for place in split_places(whole.source) if place.after.startswith("horaires"))
    left, right = do(split_segment, whole, at=place.at)
    assert (left.source, right.source) == ("Voir ⟦1⟧les⟦/1⟧", "⟦1⟧horaires⟦/1⟧ ici, tout de suite.")
    assert left.text
    assert right.text
    assert not check_marks(right.source, right.source)
    assert positions(job) == list(range(8))
    again = do(merge_with_next, left)
    assert (again.source, again.marks, again.sources) == (whole.source, whole.marks, [])
    assert not check_marks(again.source, again.text)


def test_nobody_merges_over_what_they_have_not_seen(job):
    one = of(job, "Le bac part")
    with pytest.raises(SegmentChanged):
        merge_with_next(segment=one, version=one.version - 1, by=vera(), now=NOW)


def test_what_is_left_out_is_not_missing_and_comes_back_with_its_words(job):
    one = do(omit_segment, of(job, "Le port"))
    assert (one.state, one.text, findings_of(one)) == ("approved", "", [])
    assert "port" not in str(body(job))
    finish_job(job=job, by=vera(), now=NOW)
    back = do(take_in, of(job, "Le port"))
    assert (back.state, back.text, back.alignment) == ("draft", "EN Le port est plein.", "")


def test_words_of_ours_stand_where_they_were_added_and_are_not_extra(job):
    note = add_segment(
        after=of(job, "Voir"), text="Le Courier is a daily of 1871.", kind="note", by=vera(), now=NOW
    )
    add_segment(after=of(job, "Le bac part"), text="It is new.", in_paragraph=True, by=vera(), now=NOW)
    assert [kind for kind, _value in body(job)] == ["paragraph", "note", "paragraph", "list"]
    assert body(job)[0][1].startswith("<p>EN Le bac part. It is new. EN Voir")
    assert findings_of(note) == []
    note = approve_segment(segment=note, version=note.version, by=vera(), now=NOW)
    assert note.state == "approved"
    assert not MemoryUnit.objects.filter(text__startswith="Le Courier").exists()
    do(remove_added, note)
    assert [kind for kind, _value in body(job)] == ["paragraph", "paragraph", "list"]
    assert positions(job) == list(range(len(positions(job))))


def test_behind_a_list_means_behind_all_of_it(job):
    add_segment(after=of(job, "Un"), text="After the list.", by=vera(), now=NOW)
    assert [kind for kind, _value in body(job)][-2:] == ["list", "paragraph"]
    with pytest.raises(CannotAlign):
        add_segment(after=of(job, "Un"), text="A cell.", kind="cell", by=vera(), now=NOW)


def test_what_is_adapted_may_lose_marks_and_is_not_learned(job):
    one = of(job, "Voir")
    one = save_segment(
        segment=one, text="See the timetable of 2031.", version=one.version, by=tomas(), now=NOW
    )
    one = do(set_adapted, one, is_adapted=True)
    assert approve_segment(segment=one, version=one.version, by=vera(), now=NOW).state == "approved"
    assert not MemoryUnit.objects.filter(text__startswith="See").exists()
    assert {str(seen.severity) for seen in findings_of(one)} <= {"warn", "inform"}


def test_paragraphs_are_joined_divided_and_moved(job):
    do(set_paragraph, of(job, "Le port"), paragraph="joined")
    assert [kind for kind, _value in body(job)] == ["paragraph", "list"]
    do(set_paragraph, of(job, "Le port"), paragraph="")
    do(set_paragraph, of(job, "Voir"), paragraph="begun")
    assert [kind for kind, _value in body(job)] == ["paragraph", "paragraph", "paragraph", "list"]
    move_block(job=job, block=of(job, "Un").block, places=-1, by=vera(), now=NOW)
    assert [kind for kind, _value in body(job)] == ["paragraph", "paragraph", "list", "paragraph"]
    with pytest.raises(CannotAlign):
        move_block(job=job, block=0, places=1, by=vera(), now=NOW)
    ids = [block["id"] for block in composed(job, key=job.article.uid).body]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("form", ["xliff-1.2", "xliff-2.1", "po"])
def test_a_translation_with_all_of_that_goes_out_and_comes_back_unchanged(job, form):
    do(merge_with_next, of(job, "Le bac part"))
    do(omit_segment, of(job, "Le port"))
    add_segment(after=of(job, "Un"), text="Ours alone & <ours>.", by=vera(), now=NOW)
    before = list(job.segments.order_by("position").values_list("source", "text", "state", "alignment"))
    file = io.BytesIO("".join(send_out(job=job, form=form, by=vera(), now=NOW)).encode())
    name = "back.po" if form == "po" else "back.xlf"
    told = take_back(job=job, file=file, name=name, by=tomas(), now=NOW)
    assert (told.changed, told.refused) == ((), ())
    assert (
        list(job.segments.order_by("position").values_list("source", "text", "state", "alignment")) == before
    )


MARKS = {"1": {"element": "b"}, "2": {"element": "br"}, "3": {"element": "i"}}
words = st.lists(
    st.sampled_from(["a", "bc", "⟦1⟧d", "e⟦/1⟧", "f⟦2/⟧", "⟦3⟧g⟦/3⟧", "h,"]), min_size=2, max_size=9
)


@given(words, st.integers(0, 20))
@settings(max_examples=80)
def test_splitting_and_merging_lose_neither_words_nor_marks(parts, where):
    source = " ".join(dict.fromkeys(parts))
    assume(not check_marks(source, source) and source.count("⟦2") < 2)
    places = split_places(source)
    assume(places)
    marks = {number: mark for number, mark in MARKS.items() if f"⟦{number}" in source}
    halves = split_marked(source, marks, at=places[where % len(places)].at)
    for text, own in halves:
        assert not check_marks(text, text)
        assert restored(text, own).count("<") == text.count("⟦")
    whole, _marks = merged(halves, between=" ")
    assert plain(whole) == plain(source)


def test_an_order_of_ones_own_outlives_new_blocks_and_blocks_that_go():
    assert in_order([0, 1, 2, 3, 4], []) == [0, 1, 2, 3, 4]
    assert in_order([0, 2, 3, 9], [0, 3, 7, 2]) == [0, 3, 9, 2]
    blocks = [Block(0, 0), Block(2, 0), Block(3, 5), Block(4, 5), Block(6, 0)]
    assert moved(blocks, 4, places=-1) == [0, 3, 4, 2, 6]
    assert moved(blocks, 2, places=-1) is None
