"""A translation from its start to its article: memory, machines, people, and none overwriting another."""

import pytest
from cast import (
    NOW,
    a_language,
    a_snapshot,
    a_translation,
    an_exclusive,
    an_identity,
    an_original,
    tomas,
    vera,
)

from dateline.articles import gate
from dateline.articles.actions import publish, withdraw
from dateline.articles.gate import NotCleared
from dateline.articles.kinds import MachineHelp
from dateline.articles.models import Article
from dateline.people.models import AuditEntry
from dateline.translation.actions import (
    AlreadyStarted,
    MarksLost,
    NotATranslation,
    NothingToApprove,
    SegmentChanged,
    SegmentsOpen,
    approve_all,
    approve_segment,
    compose_article,
    draft_job,
    drafting,
    finish_job,
    save_segment,
    start_job,
    unapprove,
)
from dateline.translation.machines.base import ANY_PAIR, Capability, Drafted, MachineFailed
from dateline.translation.models import Job, MemoryUnit, Segment
from dateline.translation.queries import exact_matches, progress
from dateline.work.models import Job as QueuedJob
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db

BODY = (
    "<p>Le bac repart lundi. Voir <a href='https://courier.example/h'>les horaires</a> ici.</p>"
    "<h2>Le quai</h2><ul><li>Un</li><li>Deux</li></ul>"
    "<blockquote><p>Enfin.</p><footer>Salma Verrin</footer></blockquote>"
    "<figure><img src='https://courier.example/a.jpg' alt=''><figcaption>Le bac</figcaption></figure>"
)
REL = 'rel="nofollow noopener noreferrer"'
LINKED = "Voir ⟦1⟧les horaires⟦/1⟧ ici."


@pytest.fixture(autouse=True)
def _site(db, settings):
    settings.DATELINE_MACHINES = []
    an_identity()


def a_job(*, language="en", body_html=BODY, article=None, **original):
    article = article or a_translation(an_original(body_html=body_html, **original), language=language)
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


def state_of(job):
    return [
        (segment.source, segment.text, str(segment.state), str(segment.origin))
        for segment in job.segments.order_by("position")
    ]


def segment_of(job, source):
    return job.segments.get(source=source)


def write(job, source, text, *, by=None):
    one = segment_of(job, source)
    return save_segment(segment=one, text=text, version=one.version, by=by or tomas(), now=NOW)


def write_everything(job, words="EN {}"):
    for one in job.segments.all():
        save_segment(segment=one, text=words.format(one.source), version=one.version, by=tomas(), now=NOW)


def finished(job):
    write_everything(job, "EN {}")
    approve_all(job=job, by=vera(), now=NOW)
    return finish_job(job=job, by=vera(), now=NOW)


def queued():
    return QueuedJob.objects.ready().filter(task="translation.draft").count()


def draft_of(article):
    return Article.objects.get(pk=article.pk).get_latest_revision_as_object()


class Broken:
    """A machine that knows two sentences, then fails, as one does whose process is killed."""

    capability = Capability(name="pseudo", label="pseudo", batch=2, is_offline=True)

    def __init__(self, *, calls):
        self.calls = calls

    def pairs(self):
        return frozenset({ANY_PAIR})

    def draft(self, units, *, source, target, deadline):
        if not self.calls:
            raise KeyboardInterrupt
        self.calls -= 1
        return [Drafted(unit.id, unit.text.upper()) for unit in units]


def only(machine, monkeypatch):
    monkeypatch.setattr(drafting, "machines_for", lambda **_pair: [machine])


# Starting


def test_an_original_is_laid_on_the_desk_sentence_by_sentence():
    job = a_job(standfirst="Neuf semaines")
    assert [(one.block, one.block_kind, one.source) for one in job.segments.order_by("position")] == [
        (0, "headline", "Le bac reprend la mer"),
        (1, "standfirst", "Neuf semaines"),
        (2, "paragraph", "Le bac repart lundi."),
        (2, "paragraph", LINKED),
        (3, "heading", "Le quai"),
        (4, "list-item", "Un"),
        (5, "list-item", "Deux"),
        (6, "quote", "Enfin."),
        (7, "attribution", "Salma Verrin"),
    ]
    assert (job.source_language, job.language, job.translator) == ("fr", "en", tomas())
    assert set(job.segments.values_list("state", flat=True)) == {"empty"}


def test_a_job_remembers_the_snapshot_that_was_read():
    original = an_original()
    snapshot = a_snapshot(original)
    job = start_job(article=a_translation(original), snapshot=snapshot, by=tomas(), now=NOW)
    assert job.snapshot == snapshot


def test_an_exclusive_cannot_be_translated_from_nowhere():
    with pytest.raises(NotATranslation, match="set its kind"):
        start_job(article=an_exclusive(), snapshot=None, by=tomas(), now=NOW)
    assert not Job.objects.exists()


def test_an_original_is_translated_once_into_a_language():
    job = a_job()
    with pytest.raises(AlreadyStarted) as refusal:
        a_job(article=a_translation(job.original))
    assert refusal.value.job == job
    assert a_job(article=a_translation(job.original, language="fa")).language == "fa"


# Memory


def test_a_second_job_is_filled_with_what_people_approved_in_the_first():
    first = a_job()
    write_everything(first, "EN {}")
    approve_segment(segment=segment_of(first, LINKED), version=1, by=vera(), now=NOW)
    second = a_job(url="https://other.example/2")
    assert [row for row in state_of(second) if row[1]] == [(LINKED, f"EN {LINKED}", "draft", "memory")]


def test_the_memory_of_one_language_does_not_speak_another():
    first = a_job()
    finished(first)
    other = a_job(url="https://other.example/2", language="fa")
    assert not [row for row in state_of(other) if row[1]]


def test_the_newest_approved_words_are_taken():
    for number, words in enumerate(("Old.", "New.")):
        job = a_job(url=f"https://other.example/{number}")
        one = write(job, "Enfin.", words)
        approve_segment(segment=one, version=one.version, by=vera(), now=NOW.replace(hour=number))
    found = exact_matches(["Enfin."], source_language="fr", language="en")
    assert found["Enfin."].text == "New."


def test_the_memory_forgets_an_approval_that_was_taken_back():
    job = a_job()
    one = write(job, "Enfin.", "At last.")
    one = approve_segment(segment=one, version=one.version, by=vera(), now=NOW)
    assert MemoryUnit.objects.get().by == vera()
    unapprove(segment=one, version=one.version, by=vera(), now=NOW)
    assert not MemoryUnit.objects.exists()
    assert segment_of(job, "Enfin.").state == Segment.State.DRAFT


def test_words_changed_after_their_approval_leave_the_memory_until_approved_again():
    job = a_job()
    one = write(job, "Enfin.", "At last.")
    one = approve_segment(segment=one, version=one.version, by=vera(), now=NOW)
    one = write(job, "Enfin.", "Finally.")
    assert (one.state, MemoryUnit.objects.count()) == (Segment.State.DRAFT, 0)
    approve_segment(segment=one, version=one.version, by=vera(), now=NOW)
    assert MemoryUnit.objects.get().text == "Finally."


# Machines


def test_a_machine_drafts_in_the_background_what_the_memory_does_not_know(settings):
    first = a_job()
    one = write(first, "Enfin.", "At last.")
    approve_segment(segment=one, version=one.version, by=vera(), now=NOW)
    settings.DATELINE_MACHINES = ["pseudo"]
    second = a_job(url="https://other.example/2")
    assert queued() == 1
    run_all_jobs()
    rows = {source: (text, state, origin) for source, text, state, origin in state_of(second)}
    assert rows["Enfin."] == ("At last.", "draft", "memory")
    assert rows[LINKED] == ("[en] Vóír ⟦1⟧léš hóráíréš⟦/1⟧ íçí.", "draft", "machine")
    second.refresh_from_db()
    assert (second.machine, second.trouble) == ("pseudo", "")


def test_a_desk_without_machine_waits_for_people():
    job = a_job()
    assert queued() == 0
    draft_job(job=job, now=NOW)
    job.refresh_from_db()
    assert job.trouble == "No machine is set up for fr → en."
    assert progress(job).empty == progress(job).total


def test_a_deleted_job_needs_no_drafts(settings):
    settings.DATELINE_MACHINES = ["pseudo"]
    job = a_job()
    assert queued() == 1
    job.delete()
    run_all_jobs()
    assert queued() == 0


def test_drafting_again_after_a_kill_does_only_what_is_left(monkeypatch):
    job = a_job()
    only(Broken(calls=2), monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        draft_job(job=job, now=NOW)
    drafted = [row for row in state_of(job) if row[1]]
    assert len(drafted) == 4
    monkeypatch.undo()
    only(Broken(calls=99), monkeypatch)
    draft_job(job=job, now=NOW)
    assert [row for row in state_of(job) if row[1]][:4] == drafted
    assert progress(job).empty == 0
    assert set(job.segments.values_list("version", flat=True)) == {1}
    draft_job(job=job, now=NOW)
    assert set(job.segments.values_list("version", flat=True)) == {1}


def test_a_person_who_writes_while_the_machine_thinks_is_not_overwritten(monkeypatch):
    job = a_job()

    class Slow(Broken):
        def draft(self, units, **kwargs):
            if self.calls == 99:
                write(job, "Enfin.", "At last.")
            return super().draft(units, **kwargs)

    only(Slow(calls=99), monkeypatch)
    draft_job(job=job, now=NOW)
    one = segment_of(job, "Enfin.")
    assert (one.text, one.origin, one.by) == ("At last.", "person", tomas())


def test_what_the_machine_could_not_do_stays_empty_and_the_job_says_why(monkeypatch):
    class Picky(Broken):
        def draft(self, units, **_kwargs):
            return [
                Drafted(unit.id, error="Too short.") if len(unit.text) < 5 else Drafted(unit.id, unit.text)
                for unit in units
            ]

    job = a_job()
    only(Picky(calls=0), monkeypatch)
    draft_job(job=job, now=NOW)
    job.refresh_from_db()
    assert job.trouble == "2 sentences have no draft. Too short."
    assert segment_of(job, "Un").state == Segment.State.EMPTY
    assert segment_of(job, LINKED).origin == Segment.Origin.MACHINE


def test_a_machine_out_of_order_is_told_in_its_own_words(monkeypatch):
    class Out(Broken):
        def draft(self, units, **_kwargs):
            raise MachineFailed("The quota is used up.")

    job = a_job()
    only(Out(calls=0), monkeypatch)
    draft_job(job=job, now=NOW)
    job.refresh_from_db()
    assert job.trouble == "9 sentences have no draft. The quota is used up."


def test_markup_and_marks_of_a_machine_come_to_nothing(monkeypatch):
    class Hostile(Broken):
        def draft(self, units, **_kwargs):
            return [
                Drafted(unit.id, f"<script>x</script> <a href='//evil.test'>{unit.text}</a>⟦9⟧")
                for unit in units
            ]

    job = a_job()
    only(Hostile(calls=0), monkeypatch)
    draft_job(job=job, now=NOW)
    compose_article(job=job, by=None, now=NOW)
    written = str(draft_of(job.article).body)
    assert "<script" not in written
    assert '="//evil' not in written
    assert "⟦" not in written
    assert written.count("<a ") == 1
    assert 'href="https://courier.example/h"' in written


# People


def test_two_editors_clash_and_neither_loses_a_word():
    job = a_job()
    seen = segment_of(job, "Enfin.")
    write(job, "Enfin.", "At last.", by=vera())
    with pytest.raises(SegmentChanged, match="Vera Lindholm") as clash:
        save_segment(segment=seen, text="Finally.", version=seen.version, by=tomas(), now=NOW)
    assert clash.value.theirs.text == "At last."
    assert segment_of(job, "Enfin.").text == "At last."


def test_two_editors_with_the_same_words_do_not_clash():
    job = a_job()
    seen = segment_of(job, "Enfin.")
    write(job, "Enfin.", "At last.", by=vera())
    save_segment(segment=seen, text="At  last.\r\n", version=seen.version, by=tomas(), now=NOW)
    assert segment_of(job, "Enfin.").by == vera()


def test_nobody_approves_words_that_they_have_not_seen():
    job = a_job()
    seen = write(job, "Enfin.", "At last.")
    write(job, "Enfin.", "Never.", by=vera())
    with pytest.raises(SegmentChanged):
        approve_segment(segment=seen, version=seen.version, by=tomas(), now=NOW)
    assert segment_of(job, "Enfin.").state == Segment.State.DRAFT


def test_a_cleared_segment_is_empty_again_and_can_be_drafted(monkeypatch):
    job = a_job()
    write(job, "Enfin.", "At last.")
    one = write(job, "Enfin.", "  ")
    assert (one.state, one.origin, one.machine_text) == ("empty", "", "")
    only(Broken(calls=99), monkeypatch)
    draft_job(job=job, now=NOW)
    assert segment_of(job, "Enfin.").text == "ENFIN."


def test_nothing_cannot_be_approved():
    job = a_job()
    with pytest.raises(NothingToApprove):
        approve_segment(segment=segment_of(job, "Enfin."), version=0, by=vera(), now=NOW)
    one = write(job, LINKED, "⟦1⟧⟦/1⟧")
    with pytest.raises(NothingToApprove):
        approve_segment(segment=one, version=one.version, by=vera(), now=NOW)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See the timetable.", "missing: ⟦1⟧ ⟦/1⟧"),
        ("See ⟦1⟧the timetable⟦/1⟧ ⟦2⟧here⟦/2⟧.", "not in the original: ⟦2⟧ ⟦/2⟧"),
        ("See ⟦/1⟧the timetable⟦1⟧.", "must end"),
    ],
)
def test_a_translation_that_lost_a_mark_is_not_approved(text, said):
    job = a_job()
    one = write(job, LINKED, text)
    with pytest.raises(MarksLost, match=said):
        approve_segment(segment=one, version=one.version, by=vera(), now=NOW)


def test_approving_all_leaves_out_what_is_not_fit():
    job = a_job()
    write_everything(job)
    write(job, LINKED, "See here.")
    write(job, "Un", "")
    outcome = approve_all(job=job, by=vera(), now=NOW)
    assert {refusal.segment.source for refusal in outcome.refused} == {LINKED, "Un"}
    assert outcome.approved == progress(job).approved == progress(job).total - 2
    assert AuditEntry.objects.get(verb="approve-segments").by == vera()


# Finishing


def test_an_unfinished_translation_says_how_many_sentences_are_open():
    job = a_job()
    with pytest.raises(SegmentsOpen, match="9 sentences are not approved yet"):
        finish_job(job=job, by=vera(), now=NOW)


def test_the_article_is_composed_from_the_approved_sentences():
    job = a_job(standfirst="Neuf semaines")
    words = {
        "Le bac reprend la mer": "The ferry’s back at sea",
        LINKED: "See ⟦1⟧the timetable⟦/1⟧ & more.",
        "Enfin.": "At last.",
    }
    write_everything(job)
    for source, text in words.items():
        write(job, source, text)
    approve_all(job=job, by=vera(), now=NOW)
    finish_job(job=job, by=vera(), now=NOW)
    article = draft_of(job.article)
    assert (article.headline, article.standfirst) == ("The ferry’s back at sea", "EN Neuf semaines")
    assert article.slug == "the-ferrys-back-at-sea"
    assert [(block.block_type, str(block.value)) for block in article.body][0:3] == [
        (
            "paragraph",
            f'<p>EN Le bac repart lundi. See <a href="https://courier.example/h" {REL}>the timetable</a> &amp; more.</p>',
        ),
        ("heading", "EN Le quai"),
        ("list", "<ul><li>EN Un</li><li>EN Deux</li></ul>"),
    ]
    quote = article.body[3].value
    assert (str(quote["text"]), quote["attribution"]) == ("<p>At last.</p>", "EN Salma Verrin")
    assert article.machine_help == MachineHelp.NONE
    assert {"finish-translation", "compose-translation"} <= set(
        AuditEntry.objects.values_list("verb", flat=True)
    )


def test_a_standfirst_of_our_own_stays_where_the_original_has_none():
    job = a_job(standfirst="")
    assert draft_of(finished(job).article).standfirst == "Nine weeks without a boat end on Monday."


def test_a_slug_that_a_person_chose_stays():
    job = a_job()
    article = draft_of(job.article)
    article.slug = "chosen-by-vera"
    article.save_revision()
    finished(job)
    assert draft_of(job.article).slug == "chosen-by-vera"


def test_a_better_headline_brings_a_better_slug_until_readers_know_it():
    job = a_job()
    finished(job)
    assert draft_of(job.article).slug == "en-le-bac-reprend-la-mer"
    write(job, "Le bac reprend la mer", "Back at sea")
    compose_article(job=job, by=vera(), now=NOW)
    assert draft_of(job.article).slug == "back-at-sea"


def test_credits_and_places_that_the_desk_gave_survive_composing():
    job = a_job()
    finished(job)
    article = draft_of(job.article)
    assert [credit.shown_name for credit in article.credits.all()] == ["Salma Verrin", "Tomas Arden"]
    assert article.section is not None


def test_composing_shows_readers_nothing():
    job = a_job()
    publish(article=finished(job).article, by=vera(), now=NOW)
    write(job, "Le bac reprend la mer", "Back at sea")
    compose_article(job=job, by=vera(), now=NOW)
    live = Article.objects.get(pk=job.article.pk)
    assert live.headline == "EN Le bac reprend la mer"
    assert draft_of(live).headline == "Back at sea"


def test_raw_machine_words_are_told_and_revised_ones_too(settings):
    settings.DATELINE_MACHINES = ["pseudo"]
    job = a_job()
    run_all_jobs()
    compose_article(job=job, by=tomas(), now=NOW)
    assert (draft_of(job.article).machine_help, draft_of(job.article).machine_name) == (
        MachineHelp.RAW,
        "pseudo",
    )
    approve_all(job=job, by=vera(), now=NOW)
    finish_job(job=job, by=vera(), now=NOW)
    assert draft_of(job.article).machine_help == MachineHelp.REVISED


def test_the_memory_tells_that_a_machine_helped(settings):
    settings.DATELINE_MACHINES = ["pseudo"]
    first = a_job()
    run_all_jobs()
    approve_all(job=first, by=vera(), now=NOW)
    second = a_job(url="https://other.example/2")
    assert set(second.segments.values_list("machine", flat=True)) == {"pseudo"}


def test_a_change_opens_a_finished_translation_again():
    job = finished(a_job())
    write(job, "Enfin.", "Finally.")
    job.refresh_from_db()
    assert job.state == Job.State.DRAFT


# The gate


def translation_lacks(article):
    return {lack.code for lack in gate.lacks(article, now=NOW) if lack.check == "translation"}


def test_a_translation_with_an_open_sentence_stays_on_the_desk():
    job = a_job()
    with pytest.raises(NotCleared, match="9 of 9 sentences"):
        publish(article=job.article, by=vera(), now=NOW)
    write_everything(job)
    approve_all(job=job, by=vera(), now=NOW)
    assert translation_lacks(job.article) == {"not-finished"}
    finish_job(job=job, by=vera(), now=NOW)
    assert translation_lacks(job.article) == set()
    assert publish(article=draft_of(job.article), by=vera(), now=NOW).live


def test_a_translation_that_was_made_elsewhere_needs_no_job():
    assert translation_lacks(a_translation()) == set()


def test_a_persian_translation_is_finished_like_any_other():
    a_language("fa")
    job = a_job(language="fa")
    write_everything(job, "سلام، این جمله را مترجم به زبان فارسی نوشته است و دیگر هیچ {}")
    approve_all(job=job, by=vera(), now=NOW)
    finish_job(job=job, by=vera(), now=NOW)
    assert (
        draft_of(job.article).headline
        == "سلام، این جمله را مترجم به زبان فارسی نوشته است و دیگر هیچ Le bac reprend la mer"
    )


def test_an_original_may_be_translated_anew_after_its_translation_was_withdrawn():
    original = an_original()
    first = a_translation(original)
    job = start_job(article=first, snapshot=None, by=tomas(), now=NOW)
    finished(job)
    article = publish(article=first, by=None, now=NOW)
    withdraw(article=article, reason="The outlet asked", by=None, now=NOW)
    again = start_job(article=a_translation(original), snapshot=None, by=tomas(), now=NOW)
    assert again.pk != job.pk
    job.refresh_from_db()
    assert job.is_released


def test_what_its_source_reserves_from_machines_is_drafted_by_none_unless_the_agreement_allows_it(settings):
    settings.DATELINE_MACHINES = ["pseudo"]
    job = a_job(signals=[{"signal": "tdm-reservation", "value": "1", "where": "page"}])
    agreement = job.article.permission.agreement
    agreement.may_by_machine = False
    agreement.save()
    job = draft_job(job=Job.objects.get(pk=job.pk), now=NOW)
    assert not job.segments.exclude(machine="").exists()
    assert "keeps machines from its text (tdm-reservation)" in job.trouble
    agreement.may_by_machine = True
    agreement.save()
    job = draft_job(job=Job.objects.get(pk=job.pk), now=NOW)
    assert job.segments.filter(machine="pseudo").exists()
    assert job.trouble == ""
