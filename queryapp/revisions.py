"""The revisions of a resolution: when each held, how sure that is, how often it is cited, how much of it is here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ontology.prefixes import expand
from queryapp.days import BOUNDS
from queryapp.force import IN_FORCE
from queryapp.panels import Line, Panel, Reader
from queryapp.provisions import Loaded, Provisions
from queryapp.queries import load
from queryapp.rows import Row, Term

Interval = Literal["closed", "open", "bounded", "unverified"]

TITLE, YEAR, ADOPTED, SINCE, UNTIL = (
    expand(name)
    for name in (
        "eli:title", "rc:revisionYear", "rc:adoptedAt", "eli:first_date_entry_in_force", "eli:date_no_longer_in_force",
    )
)  # fmt: skip

PERIOD = {
    "from": SINCE,
    "until": UNTIL,
    **{
        column: expand(f"rc:{name}")
        for column, name in {
            "fromEarliest": "inForceFromEarliest", "fromLatest": "inForceFromLatest",
            "untilEarliest": "noLongerInForceEarliest", "untilLatest": "noLongerInForceLatest",
        }.items()
    },
}  # fmt: skip
"""The properties that say when a text held, by the columns of the rule that judges them."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A dated text. since and until are ISO dates, "" where not known; until is the first day on which it is not held.

    interval says how sure these are, reason why they are not. holds is None where nobody can say for the day asked.
    cited counts citations, documents the documents that have them; notations how each citation writes it.
    """

    iri: str
    label: str
    year: str = ""
    since: str = ""
    until: str = ""
    titles: tuple[str, ...] = ()
    adopted_at: str = ""
    interval: Interval = "bounded"
    reason: str = ""
    holds: bool | None = None
    cited: int = 0
    documents: int = 0
    notations: tuple[tuple[str, int], ...] = ()
    loaded: Loaded = "none"
    clauses: int = 0

    @property
    def begins(self) -> str:
        """The day from which it held, else its year; "" if neither is known."""
        return self.since or self.year

    @property
    def short(self) -> str:
        """Its year, as a label in a drawing; its name where that is not known."""
        return self.begins[:4] or self.label


@dataclass(frozen=True, slots=True)
class Told:
    """The revisions in the order of their dates; later and undated count what ?known= leaves out."""

    revisions: tuple[Revision, ...]
    later: int = 0
    undated: int = 0

    def get(self, iri: str) -> Revision | None:
        """A revision by its IRI."""
        return next((each for each in self.revisions if each.iri == iri), None)

    def line(self, first: str, last: str) -> tuple[str, ...]:
        """The revisions from one to another, both included, oldest first; () if they are not of this line."""
        order = [each.iri for each in self.revisions]
        if first not in order or last not in order or first == last:
            return ()
        ends = sorted((order.index(first), order.index(last)))
        return tuple(order[ends[0] : ends[1] + 1])


@dataclass(slots=True)
class _Facts:
    """What the record says of one revision, by property."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def values(self, name: str) -> list[str]:
        return list(dict.fromkeys(row["value"].value for row in self.rows.get(name, ())))

    def one(self, name: str) -> str:
        return next(iter(self.values(name)), "")

    @property
    def period(self) -> Row:
        """What is known of the days on which it held, as a row of a question has it."""
        return Row({column: self.rows[name][0]["value"] for column, name in PERIOD.items() if name in self.rows})

    @property
    def doubts(self) -> str:
        """Why a day is only bounded, in the words of the record."""
        told = (row.words("doubt") for name in PERIOD.values() for row in self.rows.get(name, ()))
        return "; ".join(dict.fromkeys(words for words in told if words))

    def is_unverified(self, *names: str) -> bool:
        return any(row.words("verified") in ("false", "0") for name in names for row in self.rows.get(name, ()))


def revisions(
    reader: Reader, whole: str, day: str, *, known: str = "", texts: Provisions, citations: Panel | None = None
) -> Told:
    """The revisions of a resolution as such, judged by a day, as far as they were known on another."""
    listed: dict[str, Row] = {row.words("revision"): row for row in reader.rows("resolution_revisions", thing=whole)}
    rows = reader.rows("revision_dates", revision=list(listed)) if listed else []
    found = reader.clocks(known=known).kept(load("revision_dates"), rows)
    facts: dict[str, _Facts] = {}
    for row in found.rows:
        facts.setdefault(row.words("revision"), _Facts()).rows.setdefault(row.words("property"), []).append(row)
    if not known:  # a revision may have nothing but its place in the line and the year in its key
        for iri, row in listed.items():
            own = facts.setdefault(iri, _Facts()).rows
            if "year" in row and YEAR not in own:
                own[YEAR] = [Row(value=row["year"])]
    labels = reader.labels(facts)
    order = sorted(facts, key=lambda iri: (facts[iri].one(SINCE) or facts[iri].one(YEAR) or "9", iri))
    made = []
    for place, iri in enumerate(order):
        following = facts[order[place + 1]] if place + 1 < len(order) else None
        made.append(_revision(iri, labels[iri], facts[iri], following, day, texts, citations))
    return Told(tuple(made), found.later, found.undated)


def _revision(
    iri: str, label: str, facts: _Facts, following: _Facts | None, day: str, texts: Provisions, citations: Panel | None
) -> Revision:
    since, until = facts.one(SINCE)[:10], facts.one(UNTIL)[:10]
    year, after = facts.one(YEAR)[:4], _begins(following)
    interval, reason = _interval(facts, since, until, year, following, after)
    own = [row for row in citations.rows if row.first("cited") == iri] if citations else []
    return Revision(
        iri,
        label,
        year,
        since,
        until,
        tuple(facts.values(TITLE)),
        facts.one(ADOPTED),
        interval,
        reason,
        _holds(facts.period, year, after, day),
        len(own),
        len({row.first("document") for row in own}),
        notations(own),
        texts.loaded(iri),
        len(texts.text_of(iri)),
    )


def _begins(facts: _Facts | None) -> str:
    return (facts.one(SINCE)[:10] or facts.one(YEAR)[:4]) if facts else ""


def _interval(
    facts: _Facts, since: str, until: str, year: str, following: _Facts | None, after: str
) -> tuple[Interval, str]:
    bounded = [
        words for column, word in (("from", "began"), ("until", "ceased")) if (words := _bounds(facts, column, word))
    ]
    if bounded:
        return "bounded", "; ".join((*bounded, *filter(None, [facts.doubts])))
    if not since:
        told = f"only its year is known ({year})" if year else "no date of it is known"
        return "bounded", f"{told}, not the day from which it held"
    if not until and following is not None:
        return "bounded", f"until when it held is not known; the next revision is of {after[:4] or 'an unknown date'}"
    if facts.is_unverified(SINCE, UNTIL):
        return "unverified", "its dates are of a register row that nobody verified"
    return ("closed", "") if until else ("open", "no end is in the record")


def _bounds(facts: _Facts, column: str, word: str) -> str:
    """Between which days it began or ceased to be in force, in words; "" where a day is known, or nothing is."""
    row = facts.period
    earliest, latest = (row.words(column + bound)[:10] for bound in BOUNDS)
    if column in row or not (earliest or latest):
        return ""
    days = [f"on {earliest} at the earliest"] * bool(earliest) + [f"on {latest} at the latest"] * bool(latest)
    return f"it {word} to be in force {' and '.join(days)}"


def _holds(period: Row, year: str, after: str, day: str) -> bool | None:
    """Whether a text held on a day. Of its last day only bounds may be known, of its first only the year."""
    if not any(column.startswith("from") for column in period):
        if not year or year == day[:4]:
            return None
        if day < year:
            return False
        period = Row({**period, "from": Term("literal", f"{year}-01-01")})
    said = IN_FORCE.holds(period, day)
    ends = any(column.startswith("until") for column in period)
    return None if said and not ends and after and day >= after[: len(day)] else said


def notations(rows: Iterable[Line]) -> tuple[tuple[str, int], ...]:
    """How citations write it, the most frequent first, then by the words."""
    counted: dict[str, int] = {}
    for row in rows:
        for words in row.cells["asWritten"].labels if "asWritten" in row.cells else ():
            counted[words] = counted.get(words, 0) + 1
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def neighbours(told: Sequence[Revision]) -> list[tuple[Revision, Revision]]:
    """Each two revisions that follow one another, the latest first."""
    return list(pairwise(told))[::-1]
