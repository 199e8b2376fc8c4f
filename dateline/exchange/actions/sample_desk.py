"""The sample's desk in the middle of its day: what the house calls things, what waits for whom.

Nobody is named as who did it: an installation's first account is its owner's own.
"""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

from dateline.audience.actions import receive
from dateline.desk.actions import pick_one_way
from dateline.desk.actions.writing import propose_idea
from dateline.desk.ways import TRANSLATION, Way
from dateline.exchange.actions.sample_loading import Loading, locale_of, note
from dateline.exchange.sample.desk import Pair, pairs, read_desk
from dateline.lib.formats import tmx
from dateline.lib.formats.bitext import Entry, Variant
from dateline.lib.formats.terms import FORBIDDEN, KEEP, PREFERRED, Concept, Form
from dateline.rights.actions import accept_asking, propose_asking, sent_by_hand
from dateline.translation.actions import save_segment
from dateline.translation.actions.glossary import write_term
from dateline.translation.actions.memory_files import Terms, bring_memory
from dateline.translation.models import Job
from dateline.translation.segments import split_paragraph


def desk(loading: Loading) -> None:
    """Bring what lies on the desk."""
    told = read_desk()
    for term in told["glossary"]:
        note(write_term(concept=_concept(term), by=None, now=loading.now))
    _memory(loading, name=told["memory"])
    _translation(loading, told["translation"])
    for idea in told["ideas"]:
        _idea(loading, idea)
    _request(loading, told["request"])
    for letter in told["letters"]:
        _letter(loading, letter)


def _concept(told: dict[str, Any]) -> Concept:
    status = KEEP if told.get("keep") else PREFERRED
    forms = [(status, told["forms"]), (FORBIDDEN, told.get("forbidden", {}))]
    return Concept(
        concept=told["concept"],
        definition=told.get("definition", ""),
        forms=tuple(
            Form(language=language, form=form, status=kind)
            for kind, by_language in forms
            for language, spellings in by_language.items()
            for form in spellings
        ),
    )


def _memory(loading: Loading, *, name: str) -> None:
    """Bring what was translated before as a file, sentence by sentence where both sides have as many."""
    entries = [entry for pair in pairs(loading.newsroom) for entry in _entries(pair)]
    file = "".join(tmx.write(entries, source_language="", at=loading.now))
    note(bring_memory(file=BytesIO(file.encode()), name=name, terms=Terms(), by=None, now=loading.now))


def _entries(pair: Pair) -> Iterator[Entry]:
    theirs, ours = pair.languages
    sources = split_paragraph(pair.source, language=theirs)
    texts = split_paragraph(pair.text, language=ours)
    whole = [(pair.source, pair.text)]
    for source, text in zip(sources, texts, strict=True) if len(sources) == len(texts) else whole:
        yield Entry(
            variants=(Variant(language=theirs, parts=(source,)), Variant(language=ours, parts=(text,))),
            said={"document": pair.document},
        )


def _translation(loading: Loading, told: dict[str, Any]) -> None:
    """Begin a translation, as an editor picks it, with its first sentences written."""
    way = Way(TRANSLATION, told["language"])
    article = pick_one_way(original=loading.originals[told["original"]], way=way, by=None, now=loading.now)
    if article.permission:
        note(article.permission)
    note(article)
    job = Job.objects.get(article=article)
    note(job)
    for segment in job.segments.order_by("position"):
        if text := told["sentences"].get(str(segment.position)):
            save_segment(segment=segment, text=text, version=segment.version, by=None, now=loading.now)


def _idea(loading: Loading, told: dict[str, Any]) -> None:
    section = loading.sections[told["section"], told["language"]]
    original = loading.originals[told["original"]] if "original" in told else None
    note(
        propose_idea(
            title=told["title"],
            note=told["note"],
            locale=locale_of(told["language"]),
            section=section,
            original=original,
            by=None,
            now=loading.now,
        )
    )


def _request(loading: Loading, told: dict[str, Any]) -> None:
    """Ask for the piece that nothing covers yet: the letter went by hand, and the answer is awaited."""
    asked_at = loading.now - timedelta(days=told["days_ago"])
    request = propose_asking(
        original=loading.originals[told["original"]],
        use=told["use"],
        language=told["language"],
        by=None,
        now=asked_at,
    )
    note(request.permission)
    note(request.letter)
    note(request)
    accept_asking(request=request, by=None, now=asked_at)
    sent_by_hand(request=request, by=None, now=asked_at)


def _letter(loading: Loading, told: dict[str, Any]) -> None:
    key, language = told["article"]
    article = loading.articles[key, language]
    note(
        receive(
            kind=told["kind"],
            text=told["text"],
            language=told["language"],
            name=told["name"],
            email=told["email"],
            piece=article.uid,
            now=loading.now - timedelta(days=told["days_ago"], hours=2),
        )
    )
