"""A panel is a stored query with its heading, its question and its rows, each row with how it is known.

Columns named in ACCOUNT say how a row is known; all others are shown. Rows that say the same thing with several
sentences become one row with several sentences. What ?known= and ?on= leave out (queryapp.clocks) is counted, and
where a day makes no difference to a panel, it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ontology.prefixes import expand
from queryapp.clocks import JUDGING, PAIRED, Clocks, Fact, is_exempt
from queryapp.days import rule_of
from queryapp.evidence import Known
from queryapp.queries import Question, load
from queryapp.rows import Row, Term, best_label, iri, is_iri, typed
from queryapp.store import Store

ACCOUNT = ("modality", "basis", "evidence", "row", "verified", "assertion", "known", "knownUntil")
HIDDEN = (*ACCOUNT, *JUDGING)
"""Columns that no page shows: how a row is known, days that are there only to judge it by, and whose days they are."""

AS_OF, AS_KNOWN = "asOf", "asKnown"
"""Parameters of the questions that ask what there is not: they must know the two days themselves."""

RESTATED = "restated, not the institution's words"


@dataclass(slots=True)
class Reader:
    """Reads the graph through stored queries, and remembers the labels it has met.

    A reader belongs to one build: labels cannot change while it lives.
    """

    store: Store
    base: str
    remembered: dict[str, str] = field(default_factory=dict)
    overturned: frozenset[Fact] | None = None

    def clocks(self, *, on: str = "", known: str = "") -> Clocks:
        """What judges rows by two days; what later knowledge overturned is read once in the life of a build."""
        if self.overturned is None:
            rows = self.rows("facts_overturned")
            self.overturned = frozenset((r.words("thing"), r.words("property"), r.words("value")) for r in rows)
        return Clocks(self._asked, self.overturned, on, known)

    def _asked(self, name: str, terms: Mapping[str, Sequence[Term]]) -> Sequence[Row]:
        return self.store.select(load(name).fill(terms))

    def current(self, name: str, *, known: str = "", **iris: str) -> list[Row]:
        """The rows of a stored question about one thing, without what is not known any more, or was not on a day."""
        [about] = iris.values() or [""]
        return list(self.clocks(known=known).kept(load(name), self.rows(name, **iris), about).rows)

    def rows(self, name: str, **iris: str | Sequence[str]) -> list[Row]:
        """The solutions of a stored query about some things. Several IRIs ask about all of them at once."""
        terms = {
            key: [iri(value)] if isinstance(value, str) else [iri(v) for v in value] for key, value in iris.items()
        }
        return list(self.store.select(load(name).fill(terms)))

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """What people read for each of these; a shortened IRI where the graph has no label. Words stay words."""
        wanted = sorted(set(iris))
        for words in (address for address in wanted if not is_iri(address)):
            self.remembered[words] = words
        missing = [address for address in wanted if address not in self.remembered]
        for start in range(0, len(missing), 200):
            found: dict[str, list[Term]] = {}
            for row in self.rows("labels", thing=missing[start : start + 200]):
                found.setdefault(row["thing"].value, []).append(row["label"])
            for address in missing[start : start + 200]:
                self.remembered[address] = best_label(found.get(address, ())) or self.short(address)
        return {address: self.remembered[address] for address in wanted}

    def label(self, address: str) -> str:
        """The label of one thing."""
        return self.labels([address])[address]

    def short(self, address: str) -> str:
        """The part of an IRI that tells it apart: for terms of a vocabulary its words, for things their path."""
        if address.startswith(self.base):
            return address.removeprefix(self.base)
        return NAMES.get(address) or in_words(code(address))


def code(address: str) -> str:
    """The last part of an IRI, as code lists and vocabularies use it: "no-consensus", "launchedAt"."""
    return address.rstrip("/#").rpartition("/")[2].rpartition("#")[2]


def in_words(name: str) -> str:
    """stakeholderGroup as "stakeholder group"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("-", " ").replace("_", " ").strip().lower()


NAMES = {
    expand(curie): words
    for curie, words in {
        "eli:ComplexWork": "resolutions and decisions",
        "eli:LegalResource": "revisions of them",
        "eli:LegalResourceSubdivision": "part of a text",
        "eli-dl:Decision": "decision or request",
        "pso:StatusInTime": "status of a topic",
        "qb:Observation": "count of responses",
        "cito:Citation": "citation",
        "odrl:Duty": "duty",
        "skos:Concept": "topics",
        "foaf:Person": "people",
        "org:Organization": "body",
        "schema:Event": "event",
        "eli:is_member_of": "revision of",
        "eli:is_part_of": "part of",
        "pso:holdsStatusInTime": "has the status",
        "org:subOrganizationOf": "part of",
    }.items()
}
"""Words for terms of standard vocabularies, of which the graph carries no labels."""

LINKED = {"asWritten": "citation", "outcome": "status", "responses": "observation", "role": "membership"}
"""Columns whose words lead to the record that another column names; that column is not shown for itself."""

HEADINGS = {
    "asWritten": "as written", "dueEvent": "due at", "from": "from", "until": "until", "quantifier": "who, as worded",
    "count": "number", "number": "no.", "laysDown": "laid down in", "source": "laid down in", "tie": "how",
    "cited": "revision", "document": "document", "citations": "cited", "year": "latest", "group": "group, as worded",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: one value or several."""

    values: tuple[Term, ...]
    labels: tuple[str, ...]

    @property
    def text(self) -> str:
        """All its labels in one line."""
        return "; ".join(self.labels)

    @property
    def pairs(self) -> list[tuple[Term, str]]:
        """Each value with its label."""
        return list(zip(self.values, self.labels, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """A row with how it is known; known is None where the query says nothing about that."""

    cells: dict[str, Cell]
    known: Known | None

    def first(self, column: str) -> str:
        """The first value of a column, "" if there is none."""
        cell = self.cells.get(column)
        return cell.values[0].value if cell and cell.values else ""

    def says(self, column: str) -> str:
        """What people read in a column, "" if nothing."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A query's answer, ready to be drawn.

    later, undated and past count what ?known= and ?on= leave out, undecided rows that no date decides; notes say in
    words where a day makes no difference.
    """

    name: str
    title: str
    question: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    about: str = ""
    later: int = 0
    undated: int = 0
    past: int = 0
    undecided: int = 0
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that a page draws; exports have all of them."""
        hidden = {record for words, record in LINKED.items() if words in self.columns}
        return tuple(column for column in self.columns if column not in hidden)

    @property
    def has_account(self) -> bool:
        """Whether any row says how it is known."""
        return any(row.known is not None for row in self.rows)

    def heading(self, column: str) -> str:
        """The words above a column."""
        return HEADINGS.get(column, in_words(column))


def panel(reader: Reader, name: str, *, about: str = "", on: str = "", known: str = "", var: str = "thing") -> Panel:
    """Run a panel's query. about fills its VALUES; on and known are ISO dates, "" for today's view."""
    question = load(name)
    given = {var: iri(about)} if about else {}
    asked = {parameter.name for parameter in question.parameters}
    given |= {key: typed(day, "date") for key, day in ((AS_OF, on), (AS_KNOWN, known)) if day and key in asked}
    rows = reader.store.select(question.fill(given))
    kept = reader.clocks(on=on, known=known).kept(question, rows, about)
    counted = counts(question) if on or known else ()
    columns = tuple(c for c, _ in question.columns if c not in HIDDEN and c not in counted)
    made = _rows(reader, list(kept.rows), columns)
    used = tuple(c for at, c in enumerate(columns) if at == 0 or any(c in row.cells for row in made))
    return Panel(
        name, question.title, question.question, used, tuple(made), about,
        kept.later, kept.undated, kept.past, kept.undecided, tuple(_notes(question, on, known)),
    )  # fmt: skip


def counts(question: Question) -> tuple[str, ...]:
    """Columns that count, or take the last of several: of the whole record, so for a past day they say nothing."""
    counted = re.findall(r"\bAS\s+\?(\w+)\)", question.query.partition("WHERE")[0])
    return tuple(column for column in counted if column not in HIDDEN)


def _notes(question: Question, on: str, known: str) -> Iterable[str]:
    """In words, where the days asked for make no difference to a panel."""
    rule = rule_of(question)
    if on and not rule.name:
        yield f"Not dated: {rule.reason or 'nothing here has a day on which it held'}."
    if known and is_exempt(question):
        why = question.front["known"].removeprefix("no").lstrip(", ")
        yield f"The same whatever was known on {known}: {why}."
    if (on or known) and (left := counts(question)):
        yield f"Counted over the whole record, so left out for a past day: {', '.join(map(in_words, left))}."


def _rows(reader: Reader, solutions: list[Row], columns: tuple[str, ...]) -> list[Line]:
    grouped: dict[tuple[str, ...], list[Row]] = {}
    by_statement = bool(PAIRED & set(columns))
    for row in solutions:
        key_columns = columns if by_statement else columns[:1]
        key = tuple(row[c].value if c in row else "" for c in (*key_columns, "modality", "basis"))
        grouped.setdefault(key, []).append(row)
    named = {v.value for row in solutions for c, v in row.items() if v.is_iri and c not in ACCOUNT}
    labels = reader.labels(named)
    return [Line(_cells(group, columns, labels), account(group)) for group in grouped.values()]


def _cells(group: list[Row], columns: tuple[str, ...], labels: dict[str, str]) -> dict[str, Cell]:
    cells = {}
    for column in columns:
        values = tuple(dict.fromkeys(row[column] for row in group if column in row))
        if values:
            cells[column] = Cell(values, tuple(labels[v.value] if v.is_iri else plain(v) for v in values))
    return cells


def plain(value: Term) -> str:
    """A literal as people read it."""
    if (value.datatype or "").endswith("#boolean"):
        return "yes" if value.value in ("true", "1") else "no"
    return value.value


def account(group: Sequence[Row]) -> Known | None:
    """How a group of solutions is known: their evidence together, register rows unverified if one is."""
    first = group[0]
    if not {"modality", "basis"} & first.keys() and not any("evidence" in row for row in group):
        return None

    def one(column: str) -> str:
        return next((row[column].value for row in group if column in row), "")

    verified = {row["verified"].value in ("true", "1") for row in group if "verified" in row}
    return Known(
        basis=code(one("basis")) or "text",
        modality=code(one("modality")) or ("asserted" if one("basis") else "quoted"),
        evidence=tuple(dict.fromkeys(row["evidence"].value for row in group if "evidence" in row)),
        assertion=one("assertion"),
        row=one("row"),
        verified=all(verified) if verified else None,
        since=min((row["known"].value for row in group if "known" in row), default=""),
    )
