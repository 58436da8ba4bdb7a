"""Compare the clauses that a reading claims with those that the gold has: which are found, and what is right of them.

A clause is found where a clause that was read begins at the same word; a number, or a governing verb with its
addressee, may be left out at the front.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SKOS

from ingest import register, resources
from ingest.dataset.results import Result
from ingest.model import Claim, Entity, Value

FOLDER = Path(__file__).parent
REGISTERS = (*resources.register_folders(), FOLDER / "register")
"""The project's registers and one of the invented bodies, so that what is measured is the reading of clauses."""

SCHEME = "https://w3id.org/recalling/scheme/clause-role"
WORD = re.compile(r"[^\W_]+")
LITTLE = {"the", "a", "of", "all", "and", "et", "le", "la", "les", "l", "aux", "au", "des", "du", "de", "two", "three"}


@dataclass(frozen=True, slots=True)
class GoldClause:
    """A clause as the gold has it; roles are the terms that are right, the first preferred.

    instrument counts the instruments of the text, from 1; parties are the addressees one by one.
    """

    instrument: int
    position: int
    part: str
    roles: tuple[str, ...]
    addressee: str | None
    parties: tuple[str, ...]
    number: str | None
    parent: int | None
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause as it was read; first and last are the numbers of its words in the text as read."""

    instrument: Entity
    key: Entity
    first: int
    last: int
    role: str
    addressees: tuple[Entity | Value, ...]
    number: str | None
    parent: Entity | None


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """One text compared: pairs found, gold clauses missed, clauses read that are none; the marks that were given.

    It is not printed: a failing test must not show what is held out.
    """

    name: str
    language: str
    format: str
    pairs: tuple[tuple[GoldClause, ReadClause], ...]
    missed: tuple[GoldClause, ...]
    false: tuple[ReadClause, ...]
    marks: tuple[tuple[str, bool, str], ...]  # what was marked, whether it is right, what to show where it is not
    lost: tuple[str, ...]  # beginnings of gold clauses that do not stand in the text as read


def words(text: str) -> list[str]:
    """The words of a text: lower case, plain letters, no signs."""
    plain = unicodedata.normalize("NFKD", text)
    return WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).lower())


# --- gold and reading -----------------------------------------------------------------------------------------------


def gold_clauses(path: Path) -> tuple[str, tuple[GoldClause, ...]]:
    """The language of a gold file, and its clauses in the order of the text."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    return gold["language"], tuple(
        _gold(order, clause)
        for order, instrument in enumerate(gold["instruments"], 1)
        for clause in instrument["clauses"]
    )


def _gold(instrument: int, clause: Mapping[str, Any]) -> GoldClause:
    addressee = clause["addressee"]
    return GoldClause(
        instrument,
        clause["position"],
        clause["part"],
        (clause["role"], *clause.get("also", ())),
        addressee,
        tuple(clause.get("addressees", (addressee,) if addressee else ())),
        clause["number"],
        clause["parent"],
        clause["begins"],
        clause["ends"],
    )


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text as read, each with its start and end in it."""

    said: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Cut a text into words."""
        found = [
            (word, match.start(), match.end()) for match in WORD.finditer(text) for word in words(match[0])[:1] or [""]
        ]
        return cls(tuple(word for word, _, _ in found), tuple((start, end) for _, start, end in found))

    def after(self, offset: int) -> int:
        """The number of the first word that ends behind an offset."""
        return bisect_right(self.spans, offset, key=lambda span: span[1])

    def before(self, offset: int) -> int:
        """The number of the last word that begins before an offset."""
        return bisect_left(self.spans, offset, key=lambda span: span[0]) - 1

    def find(self, sought: Sequence[str], start: int) -> int | None:
        """Where words stand, from the start-th word on."""
        size = len(sought)
        return next(
            (i for i in range(start, len(self.said) - size + 1) if list(self.said[i : i + size]) == list(sought)), None
        )


def read_clauses(result: Result, text: Text) -> list[ReadClause]:
    """The clauses that a reading claims, in the order of their first words."""
    clauses = [
        _read(claim, claim.object, text)
        for _, claim in result.claims
        if claim.predicate == "eli:has_part" and isinstance(claim.object, Entity) and claim.spans
    ]
    return sorted(clauses, key=lambda clause: (clause.first, clause.last))


def _read(claim: Claim, key: Entity, text: Text) -> ReadClause:
    said: dict[str, list[Entity | Value]] = {}
    for name, value in claim.details:
        said.setdefault(name, []).append(value)
    role, number, parent = (
        next(iter(said.get(name, ())), None) for name in ("rc:clauseRole", "rc:numberAsPrinted", "rc:parentClause")
    )
    return ReadClause(
        claim.subject,
        key,
        text.after(claim.spans[0].start),
        text.before(claim.spans[-1].end),
        role.key[-1] if isinstance(role, Entity) else "",
        tuple(said.get("rc:addressee", ())),
        number.text if isinstance(number, Value) else None,
        parent if isinstance(parent, Entity) else None,
    )


# --- the comparison -------------------------------------------------------------------------------------------------


@cache
def roles() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Each role: the part of a resolution that it belongs to, and how the words of its verbs begin."""
    graph = Graph().parse(resources.ontology() / "schemes" / "clause-role.ttl")
    parts = {"preambular": "preamble", "operative": "operative"}
    return {
        str(role).rpartition("/")[2]: (
            parts[str(broader).rpartition("/")[2]],
            frozenset(w[:4] for label in graph.objects(role, RDFS.label) for w in words(str(label)) if len(w) > 2),
        )
        for role, broader in graph.subject_objects(SKOS.broader)
        if isinstance(role, URIRef) and str(role).startswith(SCHEME)
    }


def begins_at(gold: GoldClause, start: int, first: int, text: Text) -> bool:
    """Whether a clause read from word `first` on is the gold's that begins at word `start`."""
    if first <= start:
        return list(text.said[first:start]) in ([], words(gold.number or ""))
    stems = frozenset[str]().union(*(roles()[role][1] for role in gold.roles))
    verb = any(word[:4] in stems for word in text.said[start : min(first, start + 3)])
    return verb and first - start <= 4 + len(words(gold.addressee or ""))


def locate(gold: Sequence[GoldClause], text: Text) -> list[int | None]:
    """The word at which each clause of the gold begins in the text as read; None where its words are not there.

    Clauses are sought in order, each behind the one before; where the number as printed stands in front, there first.
    """
    starts: list[int | None] = []
    behind = 0
    for clause in gold:
        number, begins = words(clause.number or ""), words(clause.begins)
        numbered = text.find([*number, *begins], behind)
        plain = text.find(begins, behind)
        start = plain if numbered is None or not number else numbered + len(number)
        starts.append(start)
        behind = behind if start is None else start + 1
    return starts


def compare(name: str, language: str, form: str, gold: Sequence[GoldClause], result: Result) -> Outcome:
    """One text's reading against its gold."""
    text = Text.of(result.text)
    left = read_clauses(result, text)
    starts = locate(gold, text)
    pairs, missed = [], []
    for clause, start in zip(gold, starts, strict=True):
        hit = next((r for r in left if start is not None and begins_at(clause, start, r.first, text)), None)
        if hit is None:
            missed.append(clause)
        else:
            left.remove(hit)
            pairs.append((clause, hit))
    gold_of = {read.key: clause for clause, read in pairs}
    marks = [mark for clause, read in pairs for mark in _marks(clause, read, gold_of, text)]
    if any(clause.instrument > 1 for clause in gold):
        marks.extend(_instrument_marks(pairs))
    false = tuple(clause for clause in left if clause.key.kind != "excerpt")  # a clause of another text, quoted here
    lost = tuple(clause.begins for clause, start in zip(gold, starts, strict=True) if start is None)
    return Outcome(name, language, form, tuple(pairs), tuple(missed), false, tuple(marks), lost)


def _marks(
    gold: GoldClause, read: ReadClause, gold_of: Mapping[Entity, GoldClause], text: Text
) -> Iterator[tuple[str, bool, str]]:
    ends = list(text.said[max(read.last - 2, 0) : read.last + 1])[-len(words(gold.ends)) :]
    yield "end", ends == words(gold.ends)[-3:], f"{gold.ends!r}, read {' '.join(ends)!r}"
    yield "role", read.role in gold.roles, f"{gold.roles[0]}, read {read.role}"
    part = roles().get(read.role, ("none",))[0]
    yield "part", part == gold.part, f"{gold.part}, read {part}"
    if gold.parties or read.addressees:
        said = " | ".join(str(a) if isinstance(a, Entity) else a.text for a in read.addressees)
        yield "addressee", same_parties(gold.parties, read.addressees), f"{gold.addressee}, read {said or None}"
    if words(gold.number or "") or words(read.number or ""):
        right = words(gold.number or "") == words(read.number or "")
        yield "number", right, f"{gold.number}, read {read.number}"
    if gold.parent or read.parent:
        above = gold_of.get(read.parent) if read.parent else None
        found = above.position if above else read.parent
        yield "parent", found == gold.parent, f"{gold.parent}, read {found}"


def _instrument_marks(pairs: Sequence[tuple[GoldClause, ReadClause]]) -> Iterator[tuple[str, bool, str]]:
    """Whether each clause hangs on the instrument on which most of its instrument's do, and no other's do."""
    hung = Counter((gold.instrument, read.instrument) for gold, read in pairs)
    mostly = {order: thing for (order, thing), _ in reversed(hung.most_common())}
    for gold, read in pairs:
        alone = list(mostly.values()).count(read.instrument) == 1
        shown = f"instrument {gold.instrument}, read as of {read.instrument}"
        yield "instrument", alone and mostly[gold.instrument] == read.instrument, shown


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("sx") for word in words(text) if word not in LITTLE)


@cache
def _names(entity: Entity) -> tuple[frozenset[str], ...]:
    """The words of each name that the registers have for an office, a body or another thing."""
    known = _register().names(entity.kind, context=True)
    return (_stems(entity.key[-1]), *(_stems(name) for name, named in known if named == entity))


@cache
def _register() -> register.Register:
    return register.load(REGISTERS)


def same_parties(parties: Sequence[str], read: Sequence[Entity | Value]) -> bool:
    """Whether each party of the gold was read, and nobody else; one text for all of them will do."""
    together = frozenset[str]().union(*map(_stems, parties))

    def fits(party: str, said: Entity | Value) -> bool:
        if isinstance(said, Value):
            return _stems(said.text) in (_stems(party), together)
        return any(name <= _stems(party) or _stems(party) <= name for name in _names(said) if name)

    return all(any(fits(p, r) for r in read) for p in parties) and all(any(fits(p, r) for p in parties) for r in read)
