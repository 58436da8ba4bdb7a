"""What the page of a resolution, and of a dated revision of it, shows beside its panels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from ontology.prefixes import expand
from queryapp.evidence import Known, shown
from queryapp.panels import Cell, Line, Panel, Reader, account, panel
from queryapp.provisions import Clause, Provisions, provisions, worded
from queryapp.queries import load
from queryapp.revisions import Told, neighbours, notations, revisions
from queryapp.rows import Row
from queryapp.strip import Ahead, revision_strip
from queryapp.views.frame import href, the_day

SHOWN_ELSEWHERE = frozenset(map(expand, ("eli:has_part", "rc:laysDown", "rc:clauseChange", "eli:is_member_of")))
"""Properties of a revision that its page shows elsewhere than in the list of its facts."""

INTENDED = {
    "planned": "planned",
    "proposed": "proposed",
    "conditional": "on a condition",
    "inferred": "inferred",
    "unverified": "by a register row that nobody verified",
}
"""What is said of the date of a coming occasion, by how it is known; nothing of a date that is stated."""


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that stand together under one heading of a part of the text. part is "" where it is not known."""

    part: str
    heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many citations have one verdict, and what took the place of what they cite."""

    verdict: str
    count: int
    successors: tuple[tuple[str, str], ...]


def whole_of(reader: Reader, iri: str) -> str:
    """The resolution as such that a revision belongs to; a resolution itself."""
    rows = reader.rows("revision_whole", thing=iri)
    return rows[0]["resolution"].value if rows else iri


def resolution(reader: Reader, iri: str, made: dict[str, Panel]) -> dict[str, Any]:
    """The strip, the revisions, the clauses of one of them, and what its citations come to."""
    known, day = the_day("known"), the_day("on") or date.today().isoformat()
    whole = whole_of(reader, iri)
    texts = provisions(reader, whole, known=known)
    cited = made.get("resolution_citations")
    every = cited if cited and whole == iri else panel(reader, "resolution_citations", about=whole, known=known)
    told = revisions(reader, whole, day, known=known, texts=texts, citations=every)
    shown = iri if whole != iri else chosen(told)
    clauses = worded(reader, texts.text_of(shown)) if shown else ()
    last = max((each.begins for each in told.revisions), default="")
    next_one = ahead(reader, whole, day, known, last, made.get("resolution_duties"))
    return {
        "strip": revision_strip(told.revisions, day, href, ahead=next_one, here=iri),
        "ahead": next_one,
        "day": day,
        "told": told,
        "holds": [each for each in told.revisions if each.holds],
        "doubtful": [each for each in told.revisions if each.holds is None],
        "here": told.get(iri),
        "text": told.get(shown),
        "texts": texts,
        "groups": grouped(clauses),
        "whole": whole,
        "pairs": neighbours(told.revisions),
        "notations": notations(cited.rows) if cited else (),
        "verdicts": verdicts(cited) if cited else [],
        "hanging": by_tie(made["resolution_hangs"]) if "resolution_hangs" in made else [],
        "named": Named(reader, texts, told),
        "said": without(made["thing_facts"], SHOWN_ELSEWHERE),
    }


@dataclass(frozen=True, slots=True)
class Named:
    """Short names of provisions for a page that says which resolution it is about: "2018, instructs Council 2"."""

    reader: Reader
    texts: Provisions
    told: Told

    def __call__(self, iri: str) -> str:
        """The year of a revision, and the name of a clause after it; else the label."""
        clause = self.texts.get(iri)
        revision = self.told.get(clause.revision if clause else iri)
        if revision is None:
            return self.reader.label(iri)
        return f"{revision.short}, {clause.name}" if clause else revision.short


def by_tie(hanging: Panel) -> list[tuple[str, list[Line]]]:
    """What hangs on it by the tie in words, each tie in the order in which it is first met."""
    found: dict[str, list[Line]] = {}
    for row in hanging.rows:
        found.setdefault(row.says("tie"), []).append(row)
    return list(found.items())


def without(facts: Panel, properties: frozenset[str]) -> Panel:
    """The facts but those whose property the page shows elsewhere."""
    return replace(facts, rows=tuple(row for row in facts.rows if row.first("property") not in properties))


def chosen(told: Told) -> str:
    """The revision whose clauses the page of a resolution shows: the one in force, else the latest with any text."""
    held = [each for each in told.revisions if each.holds and each.loaded != "none"]
    known = [each for each in told.revisions if each.loaded != "none"]
    return (held or known)[-1].iri if held or known else ""


def grouped(clauses: tuple[Clause, ...]) -> list[Group]:
    """Clauses by part of the text and by the words that govern them, in the order of the text."""
    return [
        Group(part, heading, tuple(group))
        for (part, heading), group in groupby(clauses, key=lambda clause: (clause.part, clause.heading))
    ]


def verdicts(citations: Panel) -> list[Verdict]:
    """What the record says of the citations, by verdict: the most frequent first."""
    by_verdict: dict[str, list[Line]] = {}
    for row in citations.rows:
        by_verdict.setdefault(row.says("verdict") or "not judged", []).append(row)
    made = [
        Verdict(
            verdict,
            len(rows),
            tuple(dict.fromkeys(_successor(row) for row in rows if row.first("successor"))),
        )
        for verdict, rows in by_verdict.items()
    ]
    return sorted(made, key=lambda each: (-each.count, each.verdict))


def _successor(row: Line) -> tuple[str, str]:
    return row.first("successor"), row.says("successor")


def ahead(reader: Reader, whole: str, day: str, known: str, last: str, duties: Panel | None) -> Ahead | None:
    """The next conference or session at which the body that made it can revise it, with what falls due there.

    last is the day or year of its latest revision. An occasion that was only planned counts when its day has passed as
    well, as long as no source says that it was held.
    """
    events = [row.words("event") for row in reader.rows("resolution_next", thing=whole)]
    rows = reader.rows("resolution_occasions", event=events) if events else []
    kept = reader.clocks(known=known).kept(load("resolution_occasions"), rows).rows
    held = {row.words("event") for row in kept if row.words("modality").endswith("/asserted")}
    coming = [row for row in kept if row.words("start") > max(day, last)] or [
        row for row in kept if row.words("start") > last and row.words("event") not in held
    ]
    if not coming:
        return None
    event, when, how = coming[0].words("event"), coming[0].words("start")[:10], (account([coming[0]]) or Known()).how
    due = len({row.first("duty") for row in duties.rows if row.first("dueEvent") == event}) if duties else 0
    words = INTENDED.get(how, "") + (", not known to have been held" if when <= day else "")
    return Ahead(event, reader.label(event), when, words, due)


def references(reader: Reader, found: Panel) -> Panel:
    """What points at it, with the document, the paragraph and the sentence in which that is said."""
    wanted = sorted({iri for row in found.rows if row.known for iri in row.known.evidence})
    quotes = {row.words("thing"): row for row in reader.rows("evidence_quote", thing=wanted)} if wanted else {}
    labels = reader.labels(row.words("document") for row in quotes.values() if "document" in row)
    verified = _verified(reader, {row.known.row for row in found.rows if row.known and row.known.row})
    rows = tuple(
        replace(
            row,
            cells={**row.cells, **_said_in(row, quotes, labels)},
            known=replace(row.known, verified=verified.get(row.known.row)) if row.known else None,
        )
        for row in found.rows
    )
    columns = [column for column in found.columns if column != "rule"]
    return replace(found, columns=(*columns, "document", "paragraph", "sentence", "rule"), rows=rows)


def _verified(reader: Reader, rows: set[str]) -> dict[str, bool]:
    """Whether these rows of registers are verified. Asked apart: within the question it takes seconds."""
    found = reader.rows("resolution_rows", row=sorted(rows)) if rows else []
    return {row.words("row"): row.words("verified") in ("true", "1") for row in found}


def _said_in(row: Line, quotes: dict[str, Row], labels: dict[str, str]) -> dict[str, Cell]:
    said = [quotes[iri] for iri in row.known.evidence if iri in quotes] if row.known else []
    documents = dict.fromkeys(each["document"] for each in said if "document" in each)
    numbers = dict.fromkeys(each["number"] for each in said if "number" in each)
    words = dict.fromkeys(each["quote"] for each in said)
    cells = {
        "document": Cell(tuple(documents), tuple(labels[each.value] for each in documents)),
        "paragraph": Cell(tuple(numbers), tuple(each.value for each in numbers)),
        "sentence": Cell(tuple(words), tuple(shown(each.value) for each in words)),
    }
    return {name: cell for name, cell in cells.items() if cell.values}
