"""What a dataset's N-Quads hold as known on a day: statements, told without the addresses of assertions.

This is a second reading of "Two clocks" in `ontology/README.md`, kept apart from the code that writes the dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ontology.prefixes import expand

Statement: TypeAlias = tuple[str, ...]
"""graph, subject, predicate, object, modality, basis; of a property of a record only the first four."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OF_A_RECORD = frozenset(map(expand, ("rc:basis", "rc:modality", "rc:evidence", "rdfs:label", "rc:knownSince")))
"""Properties of a record's node that are no facts about it, or that only help people to read."""


class Assertions:
    """The assertions of a dataset, and the properties of the records that they state."""

    def __init__(self, quads: Iterable[str]) -> None:
        """quads are lines of N-Quads."""
        self.about: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in parse("\n".join(quads), format=RdfFormat.N_QUADS):
            self._add(quad)
        self.assertions = [
            (graph, said) for (graph, _), said in self.about.items() if expand("rc:Assertion") in said[f"{RDF}type"]
        ]

    def _add(self, quad: Quad) -> None:
        if isinstance(quad.graph_name, NamedNode) and isinstance(quad.subject, NamedNode):
            said = quad.object.value if isinstance(quad.object, NamedNode) else str(quad.object)
            self.about[quad.graph_name.value, quad.subject.value][quad.predicate.value].append(said)

    def known_on(self, day: str) -> frozenset[Statement]:
        """Every statement that was surely known on a day and not yet overturned."""
        found: set[Statement] = set()
        own = self._with_assertions_of_their_own()
        for graph, said in self.assertions:
            if not _known(said, day):
                continue
            subject, predicate, value = (said[f"{RDF}{name}"][0] for name in ("subject", "predicate", "object"))
            if (graph, subject, predicate, value) in own:
                found.add((graph, subject, predicate, value))
            else:
                found.add((graph, subject, predicate, value, *said[expand("rc:modality")], *said[expand("rc:basis")]))
            for statement in self._properties(graph, value):
                if statement not in own:
                    found.add(statement)
        return frozenset(found)

    def _properties(self, graph: str, record: str) -> Iterable[Statement]:
        """The properties of a record in the graph that states it."""
        said: Mapping[str, list[str]] = self.about.get((graph, record), {})
        if expand("rc:basis") in said:
            for predicate, values in said.items():
                if predicate not in OF_A_RECORD:
                    yield from ((graph, record, predicate, value) for value in values)

    def _with_assertions_of_their_own(self) -> frozenset[Statement]:
        """Statements about records that say for themselves when they were known."""
        records = {(graph, subject) for (graph, subject), said in self.about.items() if expand("rc:basis") in said}
        return frozenset(
            (graph, said[f"{RDF}subject"][0], said[f"{RDF}predicate"][0], said[f"{RDF}object"][0])
            for graph, said in self.assertions
            if (graph, said[f"{RDF}subject"][0]) in records
        )


def _known(said: Mapping[str, list[str]], day: str) -> bool:
    since = _day(said, "rc:knownSince") or _day(said, "rc:knownSinceLatest")
    until = _day(said, "rc:knownUntil")
    return since is not None and since <= day and (until is None or day < until)


def _day(said: Mapping[str, list[str]], curie: str) -> str | None:
    """The day in a literal such as "2018-01-29"^^xsd:date."""
    values = said.get(expand(curie), [])
    return values[0].split('"')[1] if values else None
