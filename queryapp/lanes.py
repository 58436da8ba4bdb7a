"""How topics moved through the meetings of a body: rows of a query to lanes, columns and marks.

A column is a meeting; meetings of which no document is loaded, and numbers that the record skips, become one
gap column that says so in words. A mark is one recorded status with its sentence. Nothing is drawn here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from queryapp.evidence import Known

OUTCOMES = (
    # outcome        letter  in words
    ("proposed", "P", "proposed"),
    ("discussed", "D", "discussed"),
    ("no-consensus", "X", "no consensus"),
    ("divided", "V", "divided"),
    ("agreed", "A", "agreed"),
    ("launched", "L", "launched"),
    ("summarised", "S", "summarised"),
    ("deferred", "W", "deferred"),
    ("requested", "R", "requested"),
    ("noted", "N", "noted"),
    ("for-information", "I", "for information"),
    ("planned", "Z", "planned"),
    ("reported", "T", "reported"),
    ("adopted", "O", "adopted"),
    ("approved", "B", "approved"),
    ("not-agreed", "Y", "not agreed"),
    ("rejected", "J", "rejected"),
    ("withdrawn", "U", "withdrawn"),
    ("completed", "C", "completed"),
)  # fmt: skip
"""Every outcome that has a shape of its own, in the order of the legend."""


@dataclass(frozen=True, slots=True)
class Column:
    """A meeting, or a gap: then meeting is empty and label says in words what is missing."""

    label: str
    meeting: str = ""
    date: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether the column stands for meetings of which nothing is loaded."""
        return not self.meeting


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the body. loaded: a document that reports on it, was filed for it or discussed at it is loaded."""

    iri: str
    label: str
    ordinal: int | None = None
    date: str = ""
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One status of one topic at one meeting, as one source has it."""

    topic: str
    meeting: str
    outcome: str
    known: Known
    iri: str

    @property
    def letter(self) -> str:
        """The outcome's letter, "?" for one without a shape of its own."""
        return next((letter for code, letter, _ in OUTCOMES if code == self.outcome), "?")

    @property
    def words(self) -> str:
        """The outcome in words."""
        return next((words for code, _, words in OUTCOMES if code == self.outcome), self.outcome.replace("-", " "))


@dataclass(frozen=True, slots=True)
class Bar:
    """The window between launch and summary, as column numbers; how is that of its weaker end."""

    start: int
    end: int
    how: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A topic with its marks by column number."""

    topic: str
    label: str
    marks: dict[int, tuple[Mark, ...]] = field(default_factory=dict)
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Lanes:
    """Columns in the order of the meetings, lanes in the order in which topics first appear."""

    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]

    @property
    def outcomes(self) -> frozenset[str]:
        """The outcomes that have a mark."""
        return frozenset(m.outcome for lane in self.lanes for marks in lane.marks.values() for m in marks)

    def last(self, count: int) -> Lanes:
        """Only the last columns, and the lanes that have a mark there."""
        skip = max(0, len(self.columns) - count)
        lanes = (
            replace(
                lane,
                marks={at - skip: marks for at, marks in lane.marks.items() if at >= skip},
                bars=tuple(Bar(max(0, b.start - skip), b.end - skip, b.how) for b in lane.bars if b.end >= skip),
            )
            for lane in self.lanes
        )
        return Lanes(self.columns[skip:], tuple(lane for lane in lanes if lane.marks))


def build(meetings: Iterable[Meeting], marks: Iterable[Mark], labels: dict[str, str]) -> Lanes:
    """Lay the marks out. Marks of one topic at one meeting with one outcome and one modality become one mark."""
    kept = _merge(marks)
    columns = _columns(meetings, {mark.meeting for mark in kept})
    place = {column.meeting: at for at, column in enumerate(columns) if column.meeting}
    by_topic: dict[str, dict[int, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in kept:
        if mark.meeting in place:
            by_topic[mark.topic][place[mark.meeting]].append(mark)
    order = {code: at for at, (code, _, _) in enumerate(OUTCOMES)}
    lanes = [
        Lane(
            topic,
            labels.get(topic, topic),
            {
                at: tuple(sorted(cell, key=lambda m: (order.get(m.outcome, 99), m.known.how)))
                for at, cell in cells.items()
            },
            _bars(cells),
        )
        for topic, cells in by_topic.items()
    ]
    lanes.sort(key=lambda lane: (min(lane.marks), lane.label.casefold()))
    return Lanes(tuple(columns), tuple(lanes))


def _merge(marks: Iterable[Mark]) -> list[Mark]:
    """One mark for one account; a register row is no second witness of what a sentence states."""
    found: dict[tuple[str, str, str, str], Mark] = {}
    for mark in marks:
        key = (mark.topic, mark.meeting, mark.outcome, mark.known.how)
        if (other := found.get(key)) is not None:
            mark = replace(other, known=other.known.joined(mark.known))
        found[key] = mark
    stated = {(mark.topic, mark.meeting, mark.outcome) for mark in found.values() if mark.known.how == "stated"}
    return [
        mark
        for mark in found.values()
        if mark.known.basis != "register" or (mark.topic, mark.meeting, mark.outcome) not in stated
    ]


def _columns(meetings: Iterable[Meeting], marked: set[str]) -> list[Column]:
    """The meetings with a mark or a document, and between them what is missing, in words."""
    columns: list[Column] = []
    missing: list[int] = []
    dateless = 0
    before: int | None = None

    def close_gap() -> None:
        nonlocal dateless
        if missing or dateless:
            numbers = _ranges(missing)
            columns.append(Column(f"{numbers}: no document loaded" if numbers else "no document loaded"))
        missing.clear()
        dateless = 0

    for meeting in sorted(meetings, key=lambda m: (m.ordinal is None, m.ordinal or 0, m.date, m.iri)):
        if before is not None and meeting.ordinal is not None:
            missing.extend(range(before + 1, meeting.ordinal))
        if meeting.loaded or meeting.iri in marked:
            if columns:
                close_gap()
            else:
                missing.clear()  # what came before the first known meeting is no gap between two
                dateless = 0
            columns.append(Column(meeting.label, meeting.iri, meeting.date))
        elif meeting.ordinal is not None:
            missing.append(meeting.ordinal)
        else:
            dateless += 1
        before = meeting.ordinal if meeting.ordinal is not None else before
    return columns


def _ranges(numbers: Sequence[int]) -> str:
    """[12, 15, 16, 17] as "12, 15–17"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _bars(cells: dict[int, list[Mark]]) -> tuple[Bar, ...]:
    """From each launch to the next summary of the same topic; a plan at either end makes the bar a plan.

    Of several accounts of one launch the stated one counts, and of several planned ones the last.
    """
    launches = sorted(
        ((at, mark) for at, cell in cells.items() for mark in cell if mark.outcome == "launched"), key=_place
    )
    summaries = sorted(
        ((at, mark) for at, cell in cells.items() for mark in cell if mark.outcome == "summarised"), key=_place
    )
    bars: dict[int, Bar] = {}
    for at, launch in launches:
        until = next(((end, mark) for end, mark in summaries if end > at), None)
        if until is None:
            continue
        end, summary = until
        how = next((m.known.how for m in (launch, summary) if m.known.how != "stated"), "stated")
        if end not in bars or how == "stated" or bars[end].how != "stated":
            bars[end] = Bar(at, end, how)
    return tuple(bars[end] for end in sorted(bars))


def _place(found: tuple[int, Mark]) -> tuple[int, str]:
    return found[0], found[1].iri
