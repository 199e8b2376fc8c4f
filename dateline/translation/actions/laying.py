"""Laying a new reading of a source beside a job's segments: which stay, which are opened, where each stands now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from dateline.translation.actions.history import Verb, note_all
from dateline.translation.actions.source_reading import SourceReading
from dateline.translation.aligning import merged
from dateline.translation.documents import Sentence
from dateline.translation.languages import joiner
from dateline.translation.marks import plain
from dateline.translation.memory.hashing import normalised
from dateline.translation.models import Job, MemoryUnit, Segment
from dateline.translation.rereading import What, compared

# Blocks of our own are numbered from here, so that those of no source ever meet them.
OUR_BLOCKS: Final = 1_000_000
_KEPT: Final = (What.SAME, What.MOVED)


class _Atom(NamedTuple):
    """A sentence of the old reading."""

    number: int
    text: str


class _Group:
    """Segments that share sentences: one, or the parts of one that was split. atoms: places in the old reading."""

    def __init__(self) -> None:
        self.rows: list[Segment] = []
        self.atoms: list[int] = []


class Laying:
    """A job's rows, in the order of the source, and a new reading of it.

    `steps` says what became of each sentence. After `lay`, `rows` are the segments in their new order, of which
    `changed`, `new` and `dropped` have to be written; `block_order` is the editor's order in the new numbers.
    """

    def __init__(self, job: Job, rows: Sequence[Segment], reading: SourceReading) -> None:
        self.job, self.old_rows, self.reading = job, list(rows), reading
        self.atoms: list[_Atom] = []
        self.groups: dict[int, _Group] = {}
        self._gather()
        own = [_key(atom.text, is_bare=reading.is_bare) for atom in self.atoms]
        self.steps = compared(own, [_key(one.source, is_bare=reading.is_bare) for one in reading.sentences])
        self.by_old = {step.old: step for step in self.steps if step.old is not None}
        self.rows: list[Segment] = []
        self.changed: list[Segment] = []
        self.new: list[Segment] = []
        self.moved: list[Segment] = []
        self.dropped: list[Segment] = []
        self.block_order: list[int] = list(job.block_order)
        self._places: dict[int, tuple[int, int, int]] = {}

    @property
    def differs(self) -> bool:
        """Whether a reader of the source would find anything else than before: other sentences, or another order."""
        return any(step.what is not What.SAME for step in self.steps) or any(
            row.change == Segment.Change.GONE and self._step_of(row) in _KEPT for row in self.old_rows
        )

    def lay(self) -> None:
        """Change the rows, which nobody has written yet."""
        blocks = [row.block for row in self.old_rows]
        taken: set[int] = set()
        for group in self._each_group():
            taken |= self._lay_group(group)
        fresh = [
            step.new
            for step in self.steps
            if step.new is not None and (step.what is What.NEW or step.new not in taken)
        ]
        for place in fresh:
            row = self._new_row(place)
            self.new.append(row)
            self._places[id(row)] = (place, 0, 0)
        self._place_the_others(blocks)
        gone = {id(row) for row in self.dropped}
        kept = [row for row in self.old_rows if id(row) not in gone]
        self.rows = sorted([*kept, *self.new], key=lambda row: self._places[id(row)])
        self._renumber_order(dict(zip(map(id, self.old_rows), blocks, strict=True)))

    def _gather(self) -> None:
        known: dict[int, int] = {}
        for row in self.old_rows:
            if row.alignment == Segment.Alignment.ADDED:
                continue
            sources = sources_of(row)
            shared = next((known[one["n"]] for one in sources if one["n"] in known), None)
            group = self.groups[id(self._first_of(shared))] if shared is not None else _Group()
            for one in sources:
                if one["n"] not in known:
                    known[one["n"]] = len(self.atoms)
                    group.atoms.append(len(self.atoms))
                    self.atoms.append(_Atom(one["n"], one["text"]))
            group.rows.append(row)
            self.groups[id(row)] = group

    def _first_of(self, atom: int) -> Segment:
        return next(
            row for row in self.old_rows if id(row) in self.groups and atom in self.groups[id(row)].atoms
        )

    def _each_group(self) -> Iterable[_Group]:
        return {id(group): group for group in self.groups.values()}.values()

    def _step_of(self, row: Segment) -> What:
        group = self.groups[id(row)]
        return self.by_old[group.atoms[0]].what

    def _lay_group(self, group: _Group) -> set[int]:
        """Place the rows of a group; return which sentences of the new reading they stand for now."""
        steps = [self.by_old[atom] for atom in group.atoms]
        places = [step.new for step in steps if step.new is not None]
        if not places:
            for row in group.rows:
                self._gone(row)
            return set()
        run = _run_of(places, self.reading.sentences)
        if len(run) == len(steps) and all(step.what in _KEPT for step in steps):
            self._stay(group, run)
        else:
            self._edit(group, run)
        return set(run)

    def _stay(self, group: _Group, run: list[int]) -> None:
        first = self.reading.sentences[run[0]]
        for number, row in enumerate(group.rows):
            self._at(row, first, run[0], number)
            if not row.sources and not self.reading.is_bare and row.marks != first.marks:
                row.marks = first.marks  # the words are the same, a link leads elsewhere
                self.moved.append(row)
            if row.change == Segment.Change.GONE:
                self._restored(row)

    def _edit(self, group: _Group, run: list[int]) -> None:
        lead, rest = group.rows[0], group.rows[1:]
        before = lead.source if not rest else self._whole_of(group)
        between = joiner(self.job.language)
        if rest:
            lead.text = merged([(row.text, row.marks) for row in group.rows], between=between)[0]
            self.dropped += rest
            for row in rest:
                hand_over(row, to=lead)
        sentences = [self.reading.sentences[place] for place in run]
        self._at(lead, sentences[0], run[0], 0)
        _remember_before(lead, before)
        lead.sources = (
            []
            if len(run) == 1
            else [
                {"n": -lead.pk * 1000 - place, "text": one.source, "marks": one.marks}
                for place, one in enumerate(sentences)
            ]
        )
        lead.source, lead.marks = (
            merged([(one.source, one.marks) for one in sentences], between=joiner(self.job.source_language))
            if len(run) > 1
            else (sentences[0].source, sentences[0].marks)
        )
        if lead.change != Segment.Change.NEW:
            lead.change = Segment.Change.EDITED
        if lead.source == lead.source_before and lead.text == lead.text_before:
            self._restored(lead)
        else:
            self._opened(lead)

    def _whole_of(self, group: _Group) -> str:
        return joiner(self.job.source_language).join(self.atoms[atom].text for atom in group.atoms)

    def _gone(self, row: Segment) -> None:
        if not row.text:
            self.dropped.append(row)
            return
        if row.change != Segment.Change.GONE:
            _remember_before(row, row.source)
            row.change = Segment.Change.GONE
            row.state = Segment.State.DRAFT
            self._touch(row)

    def _restored(self, row: Segment) -> None:
        """Let a row be as it was, whose source is again what it was."""
        row.state = Segment.State(row.state_before or Segment.State.DRAFT)
        if not row.text and row.state != Segment.State.EMPTY:
            row.alignment = Segment.Alignment.OMITTED
        row.change = Segment.Change.NONE
        row.source_before = row.text_before = row.state_before = ""
        self._touch(row)

    def _opened(self, row: Segment) -> None:
        if row.alignment == Segment.Alignment.OMITTED:
            row.alignment = Segment.Alignment.FULL
        row.state = Segment.State.DRAFT if row.text else Segment.State.EMPTY
        self._touch(row)

    def _touch(self, row: Segment) -> None:
        row.version += 1
        self.changed.append(row)

    def _at(self, row: Segment, sentence: Sentence, place: int, number: int) -> None:
        self._places[id(row)] = (place, 0, number)
        if row.block != sentence.block:
            row.block = sentence.block
            self.moved.append(row)
        if self.reading.is_bare:
            return
        if row.block_kind != sentence.kind or row.place != sentence.place.as_json():
            row.block_kind, row.place = str(sentence.kind), sentence.place.as_json()
            self.moved.append(row)

    def _new_row(self, place: int) -> Segment:
        one = self.reading.sentences[place]
        return Segment(
            job=self.job,
            block=one.block,
            block_kind=str(one.kind),
            place=one.place.as_json(),
            position=place,
            source=one.source,
            marks=one.marks,
            change=Segment.Change.NEW,
        )

    def _place_the_others(self, blocks: list[int]) -> None:
        """Place what has no sentence in the new reading, ours and gone ones, behind what it stood behind."""
        last, number = -1, 0
        for at, row in enumerate(self.old_rows):
            if id(row) in self._places:
                last = self._places[id(row)][0]
                continue
            number += 1
            self._places[id(row)] = (last, 1, number)
            block = self._block_beside(at, blocks)
            if row.block != block:
                row.block = block
                self.moved.append(row)

    def _block_beside(self, at: int, blocks: list[int]) -> int:
        """Return the block of a row that follows its neighbours of the same block; one of its own if all are gone."""
        row = self.old_rows[at]
        if row.block >= OUR_BLOCKS:
            return int(row.block)
        beside = [*range(at - 1, -1, -1), *range(at + 1, len(self.old_rows))]
        for other in beside:
            neighbour = self.old_rows[other]
            if blocks[other] == blocks[at] and self._places.get(id(neighbour), (0, 1, 0))[1] == 0:
                return int(neighbour.block)
        return OUR_BLOCKS * 2 + blocks[at]

    def _renumber_order(self, before: dict[int, int]) -> None:
        now: dict[int, int] = {}
        for row in self.rows:
            if id(row) in before:
                now.setdefault(before[id(row)], row.block)
        numbers = (now.get(number) for number in self.block_order)
        self.block_order = list(dict.fromkeys(number for number in numbers if number is not None))


def write(laying: Laying, *, now: datetime) -> None:
    """Write what was laid: rows that changed with their history, new ones, and the places of all."""
    Segment.objects.filter(pk__in=[row.pk for row in laying.dropped]).delete()
    left = {row.pk for row in laying.dropped}
    changed = [row for row in laying.changed if row.pk not in left]
    # What the memory learned from them is true of the old source, and stays without them.
    MemoryUnit.objects.filter(segment__in=[row.pk for row in changed]).update(segment=None)
    for row in {row.pk: row for row in [*laying.moved, *changed] if row.pk not in left}.values():
        row.full_clean(validate_constraints=False)
        row.save()
    note_all(changed, Verb.SOURCE_CHANGED, by=None, now=now)


def hand_over(segment: Segment, *, to: Segment) -> None:
    """Let what later rooms keep about a segment that goes, such as comments, be about the one that it went into."""
    own = Segment._meta.app_label
    for relation in Segment._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model._meta.app_label != own:
            model._base_manager.filter(**{name: segment}).update(**{name: to})


def sources_of(segment: Segment) -> list[dict[str, Any]]:
    """Return the sentences of the reading that a segment stands for, each with a number of its own in the job."""
    own = {"n": segment.pk, "text": segment.source, "marks": segment.marks}
    return list(segment.sources) or [own]


def _remember_before(row: Segment, source: str) -> None:
    """Keep what a row was when it was last as its source was; what is kept already stays."""
    if row.change == Segment.Change.NONE:
        row.source_before, row.text_before, row.state_before = source, row.text, row.state


def _run_of(places: list[int], sentences: Sequence[Sentence]) -> list[int]:
    """Return the first of `places` with those that follow it at once in its paragraph."""
    ordered = sorted(places)
    run = ordered[:1]
    for place in ordered[1:]:
        if place != run[-1] + 1 or sentences[place].block != sentences[run[0]].block:
            break
        run.append(place)
    return run


def _key(source: str, *, is_bare: bool) -> str:
    return normalised(plain(source) if is_bare else source)
