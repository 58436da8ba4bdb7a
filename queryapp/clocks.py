"""The two clocks: what held on a day (?on=), and what was known on a day (?known=).

Every question that reads assertions has the columns `known` and `knownUntil`. A row is known on a day if it was
known by then and nothing had overturned it yet; without a day, overturned rows are left out. The facts in its cells
are judged one by one as well, by the assertions that say them. How a question's rows are judged by ?on= stands in
its front matter:

    #+ on: by start             what had begun, or existed, by the day
    #+ on: between from until   what held on the day; the last day is no longer in it
    #+ on: during start end     the same with the last day in it
    #+ on: no, people have no dates       the day makes no difference, and why

Nothing is left out silently: `Kept` counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from queryapp.days import BOUNDS, known_on, rule_of
from queryapp.patterns import ABOUT, Pattern, patterns
from queryapp.queries import Question
from queryapp.rows import Row, Term, iri

PAIRED = frozenset({"property", "tie", "step", "subject", "citation", "membership", "observation", "status"})
"""Where one of these is shown, a row is one statement; elsewhere rows about one first thing become one row."""

JUDGING = ("day", "last", "of", *(name + bound for name in ("day", "last", "from", "until") for bound in BOUNDS))
"""Columns that no page shows: days by which a row is judged, their bounds, and whose days they are."""

ASSERTED = "/asserted"

Fact = tuple[str, str, str]
"""Subject, property and value, as text."""

Asking = Callable[[str, Mapping[str, Sequence[Term]]], Sequence[Row]]
"""Answers a stored question, given by name, with these terms in its VALUES."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that a panel shows, and how much it does not.

    later and undated count facts that were not known on the day or cannot be dated, past rows that did not hold
    on the day asked for; undecided counts rows that are shown although no date says whether they did. notes say in
    words what else the days do, or do not.
    """

    rows: tuple[Row, ...]
    later: int = 0
    undated: int = 0
    past: int = 0
    undecided: int = 0
    notes: tuple[str, ...] = ()


def together(*kept: Kept) -> Kept:
    """The rows and counts of several questions."""
    return Kept(
        tuple(row for each in kept for row in each.rows),
        *(sum(getattr(each, name) for each in kept) for name in ("later", "undated", "past", "undecided")),
    )


def is_exempt(question: Question) -> bool:
    """Whether a question is not judged by what was known: because it shows the dates itself, or has nothing dated.

    Then its front matter has `known: shown` or `known: no, <why>`.
    """
    return question.front.get("known", "") != ""


@dataclass(slots=True)
class Facts:
    """What assertions say of the facts in some rows: for each fact, whether any of them was known on the day."""

    held: dict[Fact, bool] = field(default_factory=dict)
    dated: dict[Fact, bool] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, Term]] = field(default_factory=dict)

    def said(self, row: Row, plain_only: bool, day: str) -> None:
        """Take in an assertion. plain_only: one that is not asserted says nothing about a plain triple."""
        if plain_only and not row.words("modality").endswith(ASSERTED):
            return
        fact = (row.words("thing"), row.words("property"), row.words("value"))
        holds = known_on(row.words("known"), row.words("knownUntil"), day)
        self.held[fact] = holds or self.held.get(fact, False)
        self.dated[fact] = "known" in row or self.dated.get(fact, False)
        if holds:
            self.values.setdefault(fact[:2], {})[fact[2]] = row["value"]


@dataclass(slots=True)
class Clocks:
    """Judges rows of a question by ?on= and ?known= (ISO dates, "" for today's view)."""

    ask: Asking
    overturned: frozenset[Fact]
    on: str = ""
    known: str = ""

    def kept(self, question: Question, rows: Sequence[Row], about: str = "") -> Kept:
        """The rows as they stood on the days asked for."""
        later = undated = 0
        known = list(rows)
        if not is_exempt(question):
            for step in (self._as_known, self._named, self._facts):
                known, more, few = step(question, known, about)
                later, undated = later + more, undated + few
        kept, past, undecided = self._as_of(question, known)
        return Kept(tuple(kept), later, undated, past, undecided)

    def _as_known(self, question: Question, rows: list[Row], _: str) -> tuple[list[Row], int, int]:
        """The rows whose assertion was known."""
        if "knownUntil" not in dict(question.columns):
            return rows, 0, 0
        kept = [
            row
            for row in rows
            if ("modality" not in row and "assertion" not in row)  # no assertion behind it: nothing to date
            or known_on(row.words("known"), row.words("knownUntil"), self.known)
        ]
        if not self.known:
            return kept, 0, 0
        shown = {_counted(question, row) for row in kept}
        lost: dict[tuple[str, ...], bool] = {}
        for row in rows:
            if (key := _counted(question, row)) not in shown:
                lost[key] = "known" in row or lost.get(key, False)
        return kept, sum(lost.values()), len(lost) - sum(lost.values())

    def _named(self, question: Question, rows: list[Row], _: str) -> tuple[list[Row], int, int]:
        """Of rows without an assertion of their own, those about things that some source had named by the day."""
        columns = dict(question.columns)
        if not self.known or not columns:
            return rows, 0, 0
        bare = [row for row in rows if "modality" not in row and "assertion" not in row]
        ends = {next(iter(columns)), *(each.subject for each in patterns(question) if each.subject in columns)}
        things = sorted({row[end].value for row in bare for end in ends if end in row and row[end].is_iri})
        named: dict[str, bool] = {}
        dated: dict[str, bool] = {}
        for start in range(0, len(things), 200):
            for row in self.ask("things_named", {"thing": [iri(each) for each in things[start : start + 200]]}):
                thing = row.words("thing")
                holds = known_on(row.words("known"), row.words("knownUntil"), self.known)
                named[thing] = holds or named.get(thing, False)
                dated[thing] = "known" in row or dated.get(thing, False)
        lost = {thing for thing, was in named.items() if not was}
        later = sum(dated[thing] for thing in lost)
        left = {id(row) for row in bare if any(row.words(end) in lost for end in ends)}
        return [row for row in rows if id(row) not in left], later, len(lost) - later

    def _facts(self, question: Question, rows: list[Row], about: str) -> tuple[list[Row], int, int]:
        """The rows with only those cells, and only those rows, whose facts were known."""
        wanted = patterns(question)
        if not wanted or not (self.known or self.overturned):
            return rows, 0, 0
        named, plain = self._assertions(wanted, rows, about)
        lost: dict[Fact, bool] = {}
        kept: list[Row] = []
        for row in rows:
            kept.extend(self._judged(row, wanted, about, named, plain, lost))
        return kept, *((sum(lost.values()), len(lost) - sum(lost.values())) if self.known else (0, 0))

    def _assertions(self, wanted: Sequence[Pattern], rows: Sequence[Row], about: str) -> tuple[Facts, Facts]:
        named, plain = Facts(), Facts()
        if not self.known:
            for fact in self.overturned:
                named.held[fact] = plain.held[fact] = False
            return named, plain
        ends = {_end(row, each.subject, about) for row in rows for each in wanted}
        things = sorted(term.value for term in ends if term is not None and term.is_iri)
        named_by = {name for row in rows for each in wanted if (name := _property(row, each))}
        properties = [iri(each) for each in sorted(named_by)]
        for start in range(0, len(things), 200):
            terms = [iri(each) for each in things[start : start + 200]]
            for row in self.ask("facts_dated", {"thing": terms, "property": properties}):
                named.said(row, False, self.known)
                plain.said(row, True, self.known)
        return named, plain

    def _judged(
        self, row: Row, wanted: Iterable[Pattern], about: str, named: Facts, plain: Facts, lost: dict[Fact, bool]
    ) -> list[Row]:
        """The row without what was not known, and with what was known instead; several rows if several things were."""
        made = [row]
        for each in wanted:
            facts = named if each.named else plain
            subject, value = _end(row, each.subject, about), _end(row, each.object, about)
            if subject is None:
                continue
            fact = (subject.value, _property(row, each), value.value if value else "")
            if value and facts.held.get(fact, True):
                continue
            if value and each.object not in JUDGING:
                lost[fact] = facts.dated.get(fact, True)
            if each.required:
                if value:
                    return []
                continue
            others = facts.values.get(fact[:2], {}).values() if self.known else ()
            made = [
                Row({**{k: v for k, v in old.items() if k != each.object}, **({each.object: other} if other else {})})
                for old in made
                for other in (others or (None,))
            ]
        return made

    def _as_of(self, question: Question, rows: list[Row]) -> tuple[list[Row], int, int]:
        rule = rule_of(question)
        if not self.on or not rule.name:
            return rows, 0, 0
        judged = [(row, rule.holds(row, self.on)) for row in rows]
        kept = [row for row, holds in judged if holds is not False]
        shown = {_counted(question, row) for row in kept}
        past = {_counted(question, row) for row, holds in judged if holds is False} - shown
        sure = {_counted(question, row) for row, holds in judged if holds}
        return kept, len(past), len({_counted(question, row) for row in kept} - sure)


def _counted(question: Question, row: Row) -> tuple[str, ...]:
    """What counts as one: a statement where rows are statements, else the thing in the first column."""
    columns = [name for name, _ in question.columns]
    if "assertion" in row and PAIRED & set(columns):
        return (row.words("assertion"),)
    return (row.words(columns[0]),)


def _property(row: Row, pattern: Pattern) -> str:
    return row.words(pattern.property[1:]) if pattern.property.startswith("?") else pattern.property


def _end(row: Row, name: str, about: str) -> Term | None:
    """The term at one end of a pattern: a column's, or what the panel is about."""
    if name == ABOUT and about:
        return iri(about)
    return row.get(name)
