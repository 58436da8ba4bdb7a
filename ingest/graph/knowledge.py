"""The registers as a build uses them: loaded once, with their labels and quads at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.graph.iris import Minter
from ingest.graph.labels import Labels
from ingest.graph.triples import Graph, KnownSince, iri, literal, merged, write_claims
from ingest.model import Claim, Entity, Value
from ingest.register import Register, load
from ontology.prefixes import expand


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before any document is read.

    lines are the quads of all registers. by_subject gives the plain triples about a thing, for validating a
    document together with the rows it needs. claims are pairs of assertion key and claim, for inference.
    """

    register: Register
    minter: Minter
    labels: Labels
    lines: frozenset[str]
    by_subject: dict[str, tuple[str, ...]]
    claims: tuple[tuple[str, Claim], ...]

    @classmethod
    def load(cls, folders: Sequence[Path], base: str) -> Knowledge:
        """Load the registers in these folders and describe them."""
        register = load(folders)
        minter = Minter(base)
        by_register: dict[str, list[Claim]] = defaultdict(list)
        names: dict[Entity, str] = {}
        for claim in register.claims():
            by_register[(claim.row or "unknown/").split("/", 1)[0]].append(claim)
            if claim.predicate == "rdfs:label" and isinstance(claim.object, Value) and claim.object.language == "en":
                names.setdefault(claim.subject, claim.object.text)
        labels = Labels(names, {slug: register.short_name(slug) for slug in register.bodies})
        lines, plain, pairs = _described(by_register, register, minter, labels)
        return cls(register, minter, labels, frozenset(lines), _by_subject(plain), tuple(pairs))

    def lines_about(self, things: Iterable[Entity]) -> set[str]:
        """The registers' plain triples about these things, and about the things they lead to."""
        found: set[str] = set()
        waiting = [self.minter.iri(thing) for thing in things]
        for _ in range(2):
            reached: list[str] = []
            for address in waiting:
                for line in self.by_subject.get(f"<{address}>", ()):
                    if line not in found:
                        found.add(line)
                        reached.append(line.split(" ", 2)[2].rstrip(" .").strip("<>"))
            waiting = reached
        return found


def _described(
    by_register: dict[str, list[Claim]], register: Register, minter: Minter, labels: Labels
) -> tuple[set[str], set[str], list[tuple[str, Claim]]]:
    """The registers' quads, those of them that are plain triples, and their claims with their keys."""
    lines, plain = _rows(register, minter)
    pairs: list[tuple[str, Claim]] = []
    known_since = {row.name: row.known_since for row in register.rows()}
    for name, claims in by_register.items():
        graph = Graph(minter, f"{minter.base}graph/register/{name}")
        dated: dict[str | None, list[tuple[str, Claim]]] = defaultdict(list)
        for key, claim in merged(f"register/{name}", claims):
            dated[known_since.get(claim.row or "")].append((key, claim))
            pairs.append((key, claim))
        for day, group in dated.items():
            write_claims(graph, group, labels=labels, known_since=_since(day))
        lines |= graph.lines
        plain |= graph.plain
    return lines, plain, pairs


def _since(known: str | None) -> KnownSince:
    """A register's known_since: a day, or the two days that bound it with a slash between them."""
    if known is None or "/" not in known:
        return KnownSince(known)
    earliest, _, latest = known.partition("/")
    return KnownSince(None, earliest or None, latest or None)


def _rows(register: Register, minter: Minter) -> tuple[set[str], set[str]]:
    lines: set[str] = set()
    plain: set[str] = set()
    for row in register.rows():
        graph = Graph(minter, f"{minter.base}graph/register/{row.register}")
        node = graph.term(Entity("row", (row.register, row.key)))
        graph.add(node, "rdf:type", iri(expand("rc:RegisterRow")), plain=True)
        graph.add(
            node, "rdfs:label", literal(Value(f"Register of {row.register}, {row.key}", language="en")), plain=True
        )
        graph.add(node, "rc:rowSource", literal(Value(row.source, language="en")), plain=True)
        graph.add(node, "rc:verified", literal(Value(str(row.verified).lower(), "xsd:boolean")), plain=True)
        for predicate, value in _since(row.known_since).pairs():
            graph.add(node, predicate, literal(value), plain=True)
        if row.derived_from:
            graph.add(node, "rc:derivedFrom", literal(Value(row.derived_from, language="en")), plain=True)
        lines |= graph.lines
        plain |= graph.plain
    return lines, plain


def _by_subject(plain: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in plain:
        found[line.split(" ", 1)[0]].append(line)
    return {subject: tuple(sorted(group)) for subject, group in found.items()}
