"""The registers as a build uses them: loaded once, with their labels and quads at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingest.clocks.registers import known, register_history, register_of
from ingest.graph.iris import Minter
from ingest.graph.labels import Labels
from ingest.graph.triples import Graph, dates_known, iri, literal, merged, write_claims, write_held
from ingest.model import Entity, Held, Known, Value
from ingest.register import Register, load
from ontology.prefixes import expand


@dataclass(frozen=True)
class Knowledge:
    """What is known before any document is read."""

    register: Register
    minter: Minter
    labels: Labels

    @classmethod
    def load(cls, folders: Sequence[Path], base: str, on: str | None = None) -> Knowledge:
        """Load the registers in these folders: all that they hold, or what was known on a day."""
        register = load(folders) if on is None else load(folders).known_on(on)
        names: dict[Entity, str] = {}
        for claim in register.claims():
            if claim.predicate == "rdfs:label" and isinstance(claim.object, Value) and claim.object.language == "en":
                names.setdefault(claim.subject, claim.object.text)
        return cls(register, Minter(base), Labels(names, {slug: register.short_name(slug) for slug in register.bodies}))

    @cached_property
    def claims(self) -> tuple[Held, ...]:
        """Every fact of the registers with the time for which it is known."""
        return tuple(register_history(self.register))

    @cached_property
    def lines(self) -> frozenset[str]:
        """The quads of all registers: their rows, and what they say, each register in a graph of its own."""
        lines, _ = _rows(self.register, self.minter)
        by_register: dict[str, list[Held]] = defaultdict(list)
        for held in self.claims:
            by_register[register_of(held.claim)].append(held)
        for name, held_there in by_register.items():
            graph = Graph(self.minter, f"{self.minter.base}graph/register/{name}")
            write_held(graph, held_there, labels=self.labels)
            lines |= graph.lines
        return frozenset(lines)

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[str, ...]]:
        """The registers' plain triples about each thing, for judging a document together with the rows it needs."""
        _, plain = _rows(self.register, self.minter)
        graph = Graph(self.minter, f"{self.minter.base}graph/register")
        write_claims(graph, merged("register", self.register.claims()), labels=self.labels, known=Known())
        found: dict[str, list[str]] = defaultdict(list)
        for line in plain | graph.plain:
            found[line.split(" ", 1)[0]].append(line)
        return {subject: tuple(sorted(group)) for subject, group in found.items()}

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
        for predicate, value in dates_known(known(row)):
            graph.add(node, predicate, literal(value), plain=True)
        if row.derived_from:
            graph.add(node, "rc:derivedFrom", literal(Value(row.derived_from, language="en")), plain=True)
        lines |= graph.lines
        plain |= graph.plain
    return lines, plain
