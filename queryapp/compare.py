"""Two revisions of a resolution clause by clause, from the record of what became of each clause.

Revisions that are not neighbours are compared through those between them: a clause of one goes with a clause of the
other where changes lead from one to the other. What the record does not compare is said not to be compared: a clause
is new or dropped only where every text on the way is loaded in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from queryapp.evidence import Known, weakest
from queryapp.lineage import KINDS, Change, Changes, in_order
from queryapp.provisions import Clause, Provisions
from queryapp.wording import Runs, differences, same_words, unmarked

OPEN = "open"
"""The kind of a row that holds a clause of one side for which the record has no counterpart and no verdict."""

WORDS = {**KINDS, OPEN: "not compared"}


@dataclass(frozen=True, slots=True)
class Pairing:
    """A row of a comparison: clauses of the earlier text, clauses of the later, and what lies between.

    before and after have the words of each clause in runs. steps are the records that it rests on, oldest first. score
    is the least likeness on the way. also are other quotations of a clause that is known from excerpts alone: they are
    one clause, and the row shows the likest.
    """

    kinds: tuple[str, ...]
    earlier: tuple[Clause, ...]
    later: tuple[Clause, ...]
    steps: tuple[Change, ...] = ()
    before: tuple[Runs, ...] = ()
    after: tuple[Runs, ...] = ()
    also: tuple[Clause, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether any step compares with an excerpt."""
        return any(step.is_partial for step in self.steps)

    @property
    def score(self) -> Decimal | None:
        """The least likeness on the way; None where no step has one."""
        return min((step.score for step in self.steps if step.score is not None), default=None)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Other readings of the steps, in words."""
        return tuple(dict.fromkeys(doubt for step in self.steps for doubt in step.doubts))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that found the steps."""
        return tuple(dict.fromkeys(step.rule for step in self.steps if step.rule))

    @property
    def known(self) -> Known | None:
        """How the weakest step is known."""
        return weakest(step.known for step in self.steps if step.known)

    @property
    def words(self) -> tuple[str, ...]:
        """What happened, in words, beside the differing words themselves."""
        return tuple(_in_words(self))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows in the order of the later text, with what was dropped where it stood in the earlier one."""

    rows: tuple[Pairing, ...]
    between: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_recorded(self) -> bool:
        """Whether the record compares the two texts at all."""
        return any(row.steps for row in self.rows)

    def of(self, kinds: Sequence[str]) -> tuple[Pairing, ...]:
        """The rows of these kinds; all rows for none."""
        return tuple(row for row in self.rows if not kinds or set(kinds) & set(row.kinds))


def compare(found: Provisions, changes: Changes, line: Sequence[str]) -> Comparison:
    """Compare the first with the last of a line of revisions, oldest first, that follow one another.

    The clauses of both ends have their words (`provisions.worded`).
    """
    earlier, later = found.text_of(line[0]), found.text_of(line[-1])
    steps = [change for change in changes.all if change.revision in line[1:]]
    linked = {clause.iri: _forward(clause.iri, steps) for clause in earlier}
    rows = [_row(group, steps, found, line) for group in _groups(earlier, later, linked)]
    counts = Counter(kind for row in rows for kind in row.kinds)
    return Comparison(_ordered(rows), tuple(line[1:-1]), {kind: counts[kind] for kind in in_order(counts)})


def _forward(start: str, steps: Sequence[Change]) -> set[str]:
    """The clauses that these changes lead to from one."""
    met, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for step in steps:
            if at in step.earlier:
                fresh = set(step.later) - met
                met |= fresh
                waiting.extend(fresh)
    return met


_Group = tuple[tuple[Clause, ...], tuple[Clause, ...]]


def _groups(earlier: Sequence[Clause], later: Sequence[Clause], linked: dict[str, set[str]]) -> Iterator[_Group]:
    """Clauses that hang together, joined over splits and mergers; a clause without a counterpart by itself."""
    left = {clause.iri: clause for clause in earlier}
    taken: set[str] = set()
    for clause in later:
        if clause.iri in taken:
            continue
        olds: dict[str, Clause] = {}
        news = {clause.iri: clause}
        grew = True
        while grew:
            more = {iri: c for iri, c in left.items() if iri not in olds and linked[iri] & news.keys()}
            olds |= more
            reach = set().union(*(linked[iri] for iri in olds)) if olds else set()
            fresh = {c.iri: c for c in later if c.iri in reach and c.iri not in news}
            news |= fresh
            grew = bool(more or fresh)
        taken |= news.keys()
        for iri in olds:
            del left[iri]
        yield tuple(olds.values()), tuple(news.values())
    for clause in left.values():
        yield (clause,), ()


def _row(group: _Group, steps: Sequence[Change], found: Provisions, line: Sequence[str]) -> Pairing:
    (earlier, later), own, also = _likest(group, _steps(group, steps))
    kinds = _kinds(earlier, later, own, found, line)
    if not (earlier and later):
        own = tuple(step for step in own if set(kinds) & set(step.kinds))
    if "same" in kinds or not (earlier and later):
        before = tuple(unmarked(clause.words) for clause in earlier)
        after = tuple(unmarked(clause.words) for clause in later)
    else:
        old, new = differences([c.words for c in earlier], [c.words for c in later])
        before, after = tuple(old), tuple(new)
    return Pairing(kinds, earlier, later, own, before, after, also)


def _likest(group: _Group, steps: tuple[Change, ...]) -> tuple[_Group, tuple[Change, ...], tuple[Clause, ...]]:
    """Of several quotations of one clause the one that is likest its counterpart, and the others."""
    quoted = [clause for side in group for clause in side if clause.is_excerpt]
    if len(steps) < 2 or not all(step.is_partial for step in steps) or not quoted:
        return group, steps, ()
    best = max(steps, key=lambda step: (step.score or Decimal(0), step.iri))
    ends = {*best.earlier, *best.later}
    left = [clause for side in group for clause in side if clause.iri not in ends]
    if not left or not all(clause.is_excerpt for clause in left):
        return group, steps, ()
    earlier, later = (tuple(clause for clause in side if clause.iri in ends) for side in group)
    return (earlier, later), (best,), tuple(left)


def _steps(group: _Group, steps: Sequence[Change]) -> tuple[Change, ...]:
    """The changes on the ways between the two sides of a group; for one side alone, those that begin or end there."""
    earlier, later = ({clause.iri for clause in side} for side in group)
    ahead = set().union(*(_forward(iri, steps) for iri in earlier)) if earlier else set()
    back = set().union(*(_backward(iri, steps) for iri in later)) if later else set()
    if earlier and later:
        way = ahead & back
        return tuple(step for step in steps if way & set(step.earlier) and way & set(step.later))
    return tuple(step for step in steps if (ahead & set(step.earlier)) or (back & set(step.later)))


def _backward(start: str, steps: Sequence[Change]) -> set[str]:
    met, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for step in steps:
            if at in step.later:
                fresh = set(step.earlier) - met
                met |= fresh
                waiting.extend(fresh)
    return met


def _kinds(
    earlier: Sequence[Clause], later: Sequence[Clause], steps: Sequence[Change], found: Provisions, line: Sequence[str]
) -> tuple[str, ...]:
    """The kinds of a row: as recorded between neighbours; over several revisions, from its two ends."""
    if earlier and later:
        return steps[0].kinds if len(steps) == 1 else _from_ends(earlier, later, steps)
    ends = {kind for step in steps for kind in step.kinds if kind in ("new", "dropped")}
    wanted = "new" if later else "dropped"
    complete = all(found.loaded(revision) == "full" for revision in line)
    return (wanted,) if wanted in ends and complete else (OPEN,)


def _from_ends(earlier: Sequence[Clause], later: Sequence[Clause], steps: Sequence[Change]) -> tuple[str, ...]:
    kinds = set()
    words = [" ".join(clause.words for clause in side) for side in (earlier, later)]
    if all(words):
        kinds.add("same" if same_words(*words) else "edited")
    else:
        kinds.add("edited" if any("edited" in step.kinds for step in steps) else "same")
    if len(later) > len(earlier):
        kinds.add("split")
    if len(earlier) > len(later):
        kinds.add("merged")
    if {(c.role_code, c.addressees) for c in earlier} != {(c.role_code, c.addressees) for c in later}:
        kinds.add("moved")
    elif not {c.number for c in earlier} & {c.number for c in later}:
        kinds.add("renumbered")
    return in_order(kinds)


def _ordered(rows: Sequence[Pairing]) -> tuple[Pairing, ...]:
    """Rows of the later text in its order; each row that has none follows what stood before it in the earlier text."""
    made = [row for row in rows if row.later]
    for row in (row for row in rows if not row.later):
        place = _place(row.earlier[0])
        before = [at for at, other in enumerate(made) if other.earlier and _place(other.earlier[-1]) < place]
        made.insert(max(before, default=-1) + 1, row)
    return tuple(made)


def _place(clause: Clause) -> tuple[bool, int, str]:
    return clause.position is None, clause.position or 0, clause.iri


def _in_words(row: Pairing) -> Iterator[str]:
    if "renumbered" in row.kinds:
        yield f"number {_numbers(row.earlier)} became {_numbers(row.later)}"
    if "moved" in row.kinds:
        yield f"from “{_headings(row.earlier)}” to “{_headings(row.later)}”"
    if {"split", "merged"} & set(row.kinds):
        yield f"{_count(row.earlier)} became {_count(row.later)}"


def _numbers(clauses: Sequence[Clause]) -> str:
    return " and ".join(clause.number or "none" for clause in clauses)


def _headings(clauses: Sequence[Clause]) -> str:
    return " and ".join(dict.fromkeys(clause.heading for clause in clauses))


def _count(clauses: Sequence[Clause]) -> str:
    return "one clause" if len(clauses) == 1 else f"{len(clauses)} clauses"
