"""The graph of a dataset as it was known on a day.

In the graph of a build an overturned assertion stays in its named graph, with the day on which it was overturned. Here
that day is not yet known: of every named graph the assertions and records known by the day remain, without their end,
and the default graph holds what they assert. So a query of today's view, asked of this graph, answers as it would have
on that day. What nothing dates is left out and counted; classes and names of things stay for whatever is still there,
and so do their sentences, files and register rows. Findings are those of a build and belong to no day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from ontology.prefixes import expand
from queryapp.dataset import Dataset
from queryapp.days import known_on
from queryapp.errors import QueryError

NAMING = frozenset(map(expand, ("rdf:type", "rdfs:label", "skos:prefLabel")))
"""What a thing is and is called: kept for every thing that is still spoken of, whoever said it and when."""

_PARTS = {
    expand(name): key
    for name, key in {
        "rdf:subject": "subject", "rdf:predicate": "predicate", "rdf:object": "object", "rc:modality": "modality",
        "rc:knownSince": "since", "rc:knownSinceLatest": "since", "rc:knownUntil": "until",
    }.items()
}  # fmt: skip

UNTIL = expand("rc:knownUntil")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Fact = tuple[str, str, str]
Quads = Callable[[], Iterator[ox.Quad]]


@dataclass(slots=True)
class Said:
    """An assertion as far as the view needs it: its parts, and the named graph that it stands in."""

    graph: ox.NamedNode
    subject: Term | None = None
    predicate: Term | None = None
    object: Term | None = None
    modality: Term | None = None
    since: Term | None = None
    until: Term | None = None

    def known(self, day: str) -> bool:
        """Whether it was known on the day, and not overturned by then."""
        since, until = (each.value if isinstance(each, ox.Literal) else "" for each in (self.since, self.until))
        return known_on(since, until, day)

    @property
    def asserted(self) -> bool:
        """Whether it makes a plain triple."""
        return isinstance(self.modality, ox.NamedNode) and self.modality.value.endswith("/asserted")

    @property
    def fact(self) -> Fact:
        """What it says, whoever says it."""
        return str(self.subject), str(self.predicate), str(self.object)


@dataclass(frozen=True, slots=True)
class View:
    """The quads of a view. later, undated and overturned count the assertions that it leaves out, by why."""

    quads: tuple[ox.Quad, ...]
    later: int
    undated: int
    overturned: int


def as_known(dataset: Dataset, day: str) -> View:
    """The dataset's graph as known on a day (an ISO date). Raises QueryError where there is only an endpoint."""
    if dataset.folder is None:
        raise QueryError(
            "An endpoint gives no graph as known on a day: that needs the N-Quads of a dataset folder. "
            "Ask its named graphs for rc:knownSince and rc:knownUntil instead (help: SPARQL)."
        )
    path = dataset.folder / "graph.nq"
    return view(lambda: _read(path), dataset.base, day)


def view(quads: Quads, base: str, day: str) -> View:
    """The same for quads that can be gone through several times; base is what the IRIs of things begin with."""
    made = _Viewing(base, day)
    for quad in quads():
        made.learn(quad)
    made.decide()
    for quad in quads():
        made.follow(quad)
    reached = made.reached()
    kept = dict.fromkeys(made.asserted())
    kept.update(dict.fromkeys(quad for quad in quads() if made.keeps(quad, reached)))
    return View(tuple(kept), made.later, made.undated, made.overturned)


def store_of(made: View, folder: Path) -> Path:
    """Write a view as a store into a new folder below this one, for queries that run in processes; its path."""
    path = folder / "store"
    store = ox.Store(str(path))
    store.bulk_extend(made.quads)
    store.flush()
    return path


def _read(path: Path) -> Iterator[ox.Quad]:
    return iter(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))


@dataclass(slots=True)
class _Viewing:
    base: str
    day: str
    said: dict[str, Said] = field(default_factory=dict)
    records: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    graphs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    known: set[str] = field(default_factory=set)
    known_records: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    plain_records: set[str] = field(default_factory=set)
    own: dict[tuple[str, Fact], bool] = field(default_factory=dict)
    direct: set[tuple[str, str, str]] = field(default_factory=set)
    plain: set[Fact] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    leads: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    later: int = 0
    undated: int = 0
    overturned: int = 0

    def learn(self, quad: ox.Quad) -> None:
        """First pass: the assertions, and which things are records (they carry a modality without being one)."""
        part = _PARTS.get(quad.predicate.value)
        if part is None or not isinstance(quad.graph_name, ox.NamedNode):
            return
        if part == "modality":
            self.records[quad.graph_name.value].add(str(quad.subject))
        said = self.said.setdefault(str(quad.subject), Said(quad.graph_name))
        setattr(said, part, quad.object)

    def decide(self) -> None:
        """Which assertions and records were known, and what they said."""
        self.said = {node: said for node, said in self.said.items() if said.predicate is not None}
        for graph, found in self.records.items():
            found -= self.said.keys()
            for record in found:
                self.graphs[record].append(graph)
        for node, said in self.said.items():
            graph, known = said.graph.value, said.known(self.day)
            self.plain.add(said.fact)
            if str(said.subject) in self.records[graph]:
                self.own[graph, said.fact] = known or self.own.get((graph, said.fact), False)
            if known:
                self.known.add(node)
                self.held |= {str(said.subject), str(said.object), str(said.graph)}
                if str(said.object) in self.records[graph]:
                    self.known_records[graph].add(str(said.object))
                    self.plain_records |= {str(said.object)} if said.asserted else set()
            else:
                self._count(said)

    def _count(self, said: Said) -> None:
        if said.since is None:
            self.undated += 1
        elif isinstance(said.since, ox.Literal) and said.since.value[:10] > self.day:
            self.later += 1
        else:
            self.overturned += 1

    def asserted(self) -> Iterator[ox.Quad]:
        """The plain triples of known assertions, and the properties of records that had an assertion of their own."""
        for node in self.known:
            said = self.said[node]
            subject, predicate, value = said.subject, said.predicate, said.object
            assert isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode)  # noqa: S101, PT018
            assert value is not None  # noqa: S101  # an assertion has all three
            if said.asserted:
                yield ox.Quad(subject, predicate, value)
            if (said.graph.value, str(subject), predicate.value) in self.direct:
                yield ox.Quad(subject, predicate, value, said.graph)

    def follow(self, quad: ox.Quad) -> None:
        """Second pass: what is kept leads to, so that its classes, names, sentences and rows can be kept as well."""
        if isinstance(quad.graph_name, ox.NamedNode) and str(quad.subject) in self.records[quad.graph_name.value]:
            self.direct.add((quad.graph_name.value, str(quad.subject), quad.predicate.value))
        if isinstance(quad.object, ox.Literal) or not str(quad.object).startswith(f"<{self.base}"):
            return
        subject = str(quad.subject)
        if self._stated(quad):
            if self._holds(quad):
                self.held.add(str(quad.object))
        elif subject not in self.said:
            self.leads[subject].add(str(quad.object))

    def reached(self) -> set[str]:
        """Everything that is spoken of, and what that leads to."""
        seen, left = set(self.held), list(self.held)
        while left:
            for other in self.leads.get(left.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    left.append(other)
        return seen

    def keeps(self, quad: ox.Quad, reached: set[str]) -> bool:
        """Whether a quad of the build is in the view."""
        if self._stated(quad):
            return self._holds(quad)
        subject = str(quad.subject)
        return not subject.startswith(f"<{self.base}") or subject in reached

    def _stated(self, quad: ox.Quad) -> bool:
        """Whether an assertion, a record, or an assertion's plain triple says this; else it only describes."""
        subject = str(quad.subject)
        if isinstance(quad.graph_name, ox.NamedNode):
            return subject in self.said or subject in self.records[quad.graph_name.value]
        return subject in self.graphs or (quad.predicate.value not in NAMING and _fact(quad) in self.plain)

    def _holds(self, quad: ox.Quad) -> bool:
        """Whether what a quad states was known; plain triples of assertions come from the assertions themselves."""
        subject, fact = str(quad.subject), _fact(quad)
        if isinstance(quad.graph_name, ox.NamedNode):
            if subject in self.said:
                return subject in self.known and quad.predicate.value != UNTIL
            graph = quad.graph_name.value
            return subject in self.known_records[graph] and self.own.get((graph, fact), True)
        own = [self.own[graph, fact] for graph in self.graphs.get(subject, ()) if (graph, fact) in self.own]
        return subject in self.plain_records and (not own or any(own))


def _fact(quad: ox.Quad) -> Fact:
    return str(quad.subject), str(quad.predicate), str(quad.object)
