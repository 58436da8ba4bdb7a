"""Compare the clauses that a reading claims with those that the gold has: which are found, and what is right of them.

A clause is found where a clause that was read begins at the same word; a number, or a governing verb with its
addressee, may be left out at the front.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SKOS

from ingest import register, resources
from ingest.model import Claim, Entity, Value
from tests.gold.clauses.records import GoldClause, ReadClause, Text, read_clauses, words

FOLDER = Path(__file__).parent
REGISTERS = (*resources.register_folders(), FOLDER / "register")
"""The project's registers and one of the invented bodies, so that what is measured is the reading of clauses."""

SCHEME = "https://w3id.org/recalling/scheme/clause-role"
FOOTNOTE = re.compile(r"(?<!\d)[1-9]\d?$")
"""A footnote's mark, alone or stuck to a word; a year is none."""

LITTLE = {"the", "a", "of", "all", "and", "et", "le", "la", "les", "l", "aux", "au", "des", "du", "de", "two", "three"}


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """One text compared: pairs found, gold clauses missed, clauses read that are none; the marks that were given.

    It is not printed: a failing test must not show what is held out.
    """

    pairs: tuple[tuple[GoldClause, ReadClause], ...]
    missed: tuple[GoldClause, ...]
    false: tuple[ReadClause, ...]
    marks: tuple[tuple[str, bool, str], ...]  # what was marked, whether it is right, what to show where it is not
    lost: tuple[str, ...]  # beginnings of gold clauses that do not stand in the text as read


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
    """Whether a clause read from word `first` on is the one that begins at word `start`, maybe its number in front."""
    return first <= start and list(text.said[first:start]) in ([], words(gold.number or ""))


def begins_behind_verb(gold: GoldClause, start: int, first: int, text: Text) -> bool:
    """Whether a clause read from word `first` on leaves out no more than the governing verb and its addressee."""
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


def compare(gold: Sequence[GoldClause], text_as_read: str, claims: Iterable[Claim]) -> Outcome:
    """One text's reading against its gold."""
    text = Text.of(text_as_read)
    left = read_clauses(claims, text)
    starts = locate(gold, text)
    found: dict[int, ReadClause] = {}
    placed = [(order, start) for order, start in enumerate(starts) if start is not None]
    for order, start in placed:
        if hit := next((r for r in left if begins_at(gold[order], start, r.first, text)), None):
            left.remove(hit)
            found[order] = hit
    taken = {first for order, start in placed for first in (start, start - len(words(gold[order].number or "")))}
    for order, start in placed:  # a list's opening words must not take its first item
        free = (r for r in left if r.first not in taken and begins_behind_verb(gold[order], start, r.first, text))
        if order not in found and (hit := next(free, None)):
            left.remove(hit)
            found[order] = hit
    pairs = [(gold[order], hit) for order, hit in sorted(found.items())]
    missed = [clause for order, clause in enumerate(gold) if order not in found]
    gold_of = {read.key: clause for clause, read in pairs}
    marks = [mark for clause, read in pairs for mark in _marks(clause, read, gold_of, text)]
    if any(clause.instrument > 1 for clause in gold):
        marks.extend(_instrument_marks(pairs))
    false = tuple(clause for clause in left if clause.key.kind != "excerpt")  # a clause of another text, quoted here
    lost = tuple(clause.begins for clause, start in zip(gold, starts, strict=True) if start is None)
    return Outcome(tuple(pairs), tuple(missed), false, tuple(marks), lost)


def _marks(
    gold: GoldClause, read: ReadClause, gold_of: Mapping[Entity, GoldClause], text: Text
) -> Iterator[tuple[str, bool, str]]:
    ends = _ends(gold, read, text)
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


def _ends(gold: GoldClause, read: ReadClause, text: Text) -> list[str]:
    """As many words from the end of what was read as the gold gives, without a footnote mark stuck on."""
    sought = words(gold.ends)[-3:]
    ends = list(text.said[max(read.last - len(sought), 0) : read.last + 1])
    plain = ends[:-1] if FOOTNOTE.fullmatch(ends[-1]) else [*ends[:-1], FOOTNOTE.sub("", ends[-1])]
    return sought if plain[-len(sought) :] == sought else ends[-len(sought) :]


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
