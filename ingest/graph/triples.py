"""Claims to quads: the only module that adds to a graph.

Quads are lines of N-Quads, so that a graph is a set of strings: sorted, they are canonical, because the
published data has no blank nodes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode

from ingest.graph.evidence import Passages
from ingest.graph.iris import Minter, digest
from ingest.graph.labels import KNOWN_BY_KEY, Labels, described_by_key
from ingest.model import Claim, Entity, Held, Known, Span, Value
from ontology.prefixes import expand

RECORDS = frozenset({"citation", "count", "status", "decision", "position", "duty", "excerpt", "membership"})
"""Kinds that exist only in what a source states: they carry evidence, basis and modality themselves."""

CONCLUDED = frozenset({"change"})
"""Kinds that exist only in what a rule concludes: records too, with their premises at the assertion."""

CLASSES: dict[str, tuple[str, ...]] = {
    "instrument": ("eli:ComplexWork",),
    "revision": ("eli:LegalResource",),
    "clause": ("eli:LegalResourceSubdivision", "rc:Clause"),
    "excerpt": ("eli:LegalResourceSubdivision", "rc:Clause", "rc:Excerpt"),
    "conference": ("eli-dl:Activity", "schema:Event", "rc:Conference"),
    "session": ("eli-dl:Activity", "schema:Event", "rc:Session"),
    "meeting": ("eli-dl:Activity", "schema:Event", "rc:Meeting"),
    "event": ("schema:Event",),
    "body": ("org:Organization",),
    "office": ("org:Post",),
    "state": ("schema:Country",),
    "person": ("foaf:Person",),
    "membership": ("org:Membership",),
    "document": ("eli:Work", "rc:Document"),
    "restatement": ("eli:Work", "rc:Document", "rc:Restatement"),
    "citation": ("cito:Citation",),
    "consultation": ("eli-dl:Process", "rc:OpenConsultation"),
    "count": ("qb:Observation",),
    "topic": ("skos:Concept",),
    "status": ("pso:StatusInTime",),
    "decision": ("eli-dl:Decision",),
    "position": ("rc:Position",),
    "duty": ("rc:Instruction", "odrl:Duty"),
    "change": ("rc:ClauseChange",),
    "scheme": ("skos:ConceptScheme",),
    "row": ("rc:RegisterRow",),
    "rule": ("prov:Activity", "rc:Rule"),
}
"""The classes of a thing by the kind of its key."""

INSTRUMENT_CLASSES = {
    "resolution": "undo:Resolution",
    "decision": "undo:Decision",
    "recommendation": "undo:Recommendation",
}


def dates_known(known: Known) -> Iterator[tuple[str, Value]]:
    """The properties that say since when a fact is known, and until when."""
    if known.latest is not None and known.earliest == known.latest:
        yield "rc:knownSince", Value(known.latest, "xsd:date")
    else:
        if known.earliest:
            yield "rc:knownSinceEarliest", Value(known.earliest, "xsd:date")
        if known.latest:
            yield "rc:knownSinceLatest", Value(known.latest, "xsd:date")
    if known.until:
        yield "rc:knownUntil", Value(known.until, "xsd:date")


@dataclass(slots=True)
class Graph:
    """Quads of one source, as lines of N-Quads: a named graph, and its share of the default graph (plain)."""

    minter: Minter
    name: str
    named: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)

    @property
    def lines(self) -> set[str]:
        """All quads, of the named graph and of the default graph."""
        return self.named | self.plain

    def term(self, value: Entity | Value) -> str:
        """An entity's IRI or a literal, as N-Quads writes it."""
        if isinstance(value, Entity):
            return f"<{self.minter.iri(value)}>"
        return literal(value)

    def add(self, subject: str, predicate: str, value: str, *, named: bool = True, plain: bool = False) -> None:
        """One triple, of terms as N-Quads writes them, into the named graph, the default graph or both."""
        triple = f"{subject} <{expand(predicate)}> {value}"
        if named:
            self.named.add(f"{triple} <{self.name}> .")
        if plain:
            self.plain.add(f"{triple} .")

    def describe(self, entity: Entity, labels: Labels) -> None:
        """The classes, the label and what else the key itself says of a thing, into the default graph."""
        subject = self.term(entity)
        for curie in classes(entity):
            self.add(subject, "rdf:type", iri(expand(curie)), named=False, plain=True)
        for predicate, value in described_by_key(entity, labels):
            self.add(subject, predicate, self.term(value), named=False, plain=True)


def iri(address: str) -> str:
    """An absolute IRI, checked, as N-Quads writes it. Raises ValueError for what is none."""
    return str(NamedNode(address))


def literal(value: Value) -> str:
    """A literal as N-Quads writes it; the pseudo-datatype "curie" makes an IRI of a prefixed name."""
    match value.datatype:
        case "curie":
            return iri(expand(value.text))
        case "iri":
            return iri(value.text)
        case None if value.language:
            return str(OxLiteral(value.text, language=value.language))
        case None:
            return str(OxLiteral(value.text))
        case datatype:
            return str(OxLiteral(value.text, datatype=NamedNode(expand(datatype))))


def classes(entity: Entity) -> tuple[str, ...]:
    """The classes of a thing, as far as its key tells."""
    known = CLASSES.get(entity.kind, ())
    if entity.kind == "instrument" and entity.key[0] in INSTRUMENT_CLASSES:
        return (*known, INSTRUMENT_CLASSES[entity.key[0]])
    return known


def assertion_key(source: str, claim: Claim) -> str:
    """What makes two claims one assertion: their source, subject, predicate, object and modality."""
    said = claim.object
    words = (said.text, said.datatype or "", said.language or "") if isinstance(said, Value) else (str(said),)
    return digest((source, str(claim.subject), claim.predicate, *words, claim.modality))


def merged(source: str, claims: Iterable[Claim]) -> list[tuple[str, Claim]]:
    """One claim per assertion, with the words of all; in the order of their first statement."""
    found: dict[str, Claim] = {}
    for claim in claims:
        key = assertion_key(source, claim)
        if key not in found:
            found[key] = claim
            continue
        first = found[key]
        spans = (*first.spans, *(span for span in claim.spans if span not in first.spans))
        details = (*first.details, *(detail for detail in claim.details if detail not in first.details))
        premises = (*first.premises, *(p for p in claim.premises if p not in first.premises))
        found[key] = Claim(
            first.subject, first.predicate, first.object, first.modality, first.basis, first.rule,
            spans, first.row, premises, details, first.doubt or claim.doubt, first.score,
        )  # fmt: skip
    return list(found.items())


def write_held(graph: Graph, held: Iterable[Held], *, labels: Labels, passages: Passages | None = None) -> None:
    """Claims with the time for which each is known; see write_claims."""
    by_time: dict[Known, list[tuple[str, Claim]]] = {}
    for each in held:
        by_time.setdefault(each.known, []).append((each.key, each.claim))
    for known, claims in by_time.items():
        write_claims(graph, claims, labels=labels, known=known, passages=passages)


def write_claims(
    graph: Graph,
    claims: Sequence[tuple[str, Claim]],
    *,
    labels: Labels,
    known: Known,
    passages: Passages | None = None,
) -> None:
    """Assertions with their evidence, and the plain triples of those that are asserted and still held.

    claims are pairs of assertion key and claim, all known for the same time. passages is the text that spans refer to;
    None for registers and inferences, whose claims have rows and premises instead.
    """
    met: set[Entity] = set()
    for key, claim in claims:
        _write_claim(graph, key, claim, known, passages, labels)
        met.update(_entities(claim))
    for entity in sorted(met, key=str):
        if entity.kind in KNOWN_BY_KEY:
            graph.describe(entity, labels)


def _write_claim(graph: Graph, key: str, claim: Claim, known: Known, passages: Passages | None, labels: Labels) -> None:
    node = graph.term(Entity("assertion", (key,)))
    subject, said = graph.term(claim.subject), graph.term(claim.object)
    asserted = claim.modality == "asserted" and known.until is None
    evidence = _evidence(graph, claim, passages)
    graph.add(node, "rdf:type", iri(expand("rc:Assertion")))
    graph.add(node, "rdf:subject", subject)
    graph.add(node, "rdf:predicate", iri(expand(claim.predicate)))
    graph.add(node, "rdf:object", said)
    graph.add(node, "prov:wasGeneratedBy", graph.term(Entity("rule", (claim.rule,))))
    _write_account(graph, node, claim, evidence)
    for predicate, value in dates_known(known):
        graph.add(node, predicate, graph.term(value))
    if claim.row:
        graph.add(node, "rc:registerRow", graph.term(Entity("row", tuple(claim.row.split("/", 1)))))
    for premise in claim.premises:
        graph.add(node, "rc:premise", graph.term(Entity("assertion", (premise,))))
    if claim.doubt:
        graph.add(node, "rc:doubt", literal(Value(claim.doubt, language="en")))
    if claim.score is not None:
        graph.add(node, "rc:score", literal(Value(f"{claim.score:.3f}", "xsd:decimal")))
    if asserted:
        graph.add(subject, claim.predicate, said, named=False, plain=True)
    if claim.predicate == "foaf:name" and isinstance(claim.object, Value) and not labels.knows(claim.subject):
        label = literal(Value(claim.object.text, language="en"))
        graph.add(subject, "rdfs:label", label, named=False, plain=True)
    states_record = isinstance(claim.object, Entity) and claim.object.kind in RECORDS | {"clause"} and claim.details
    concluded = isinstance(claim.object, Entity) and claim.object.kind in CONCLUDED
    if concluded or (states_record and claim.basis != "rule"):  # else an inference speaks of records stated elsewhere
        _write_record(graph, claim, evidence, asserted=asserted, passages=passages, labels=labels)


def _write_account(graph: Graph, node: str, claim: Claim, evidence: Sequence[str]) -> None:
    """What a source's statement rests on and how it is put: the same for an assertion and for a record."""
    graph.add(node, "rc:basis", graph.term(Entity("concept", ("basis", claim.basis))))
    graph.add(node, "rc:modality", graph.term(Entity("concept", ("modality", claim.modality))))
    for passage in evidence:
        graph.add(node, "rc:evidence", passage)


def _write_record(
    graph: Graph, claim: Claim, evidence: Sequence[str], *, asserted: bool, passages: Passages | None, labels: Labels
) -> None:
    assert isinstance(claim.object, Entity)  # noqa: S101  # the caller looked
    record = graph.term(claim.object)
    _write_account(graph, record, claim, evidence)
    types = {value.text for predicate, value in claim.details if predicate == "rdf:type" and isinstance(value, Value)}
    for curie in sorted(types | set(classes(claim.object))):
        graph.add(record, "rdf:type", iri(expand(curie)), plain=asserted)
    label = next((value.text for p, value in claim.details if p == "rdfs:label" and isinstance(value, Value)), None)
    label = label or labels.record(claim, passages)
    graph.add(record, "rdfs:label", literal(Value(label, language="en")), plain=asserted)
    for predicate, value in claim.details:
        if predicate not in ("rdf:type", "rdfs:label"):
            graph.add(record, predicate, graph.term(value), plain=asserted)


def _evidence(graph: Graph, claim: Claim, passages: Passages | None) -> list[str]:
    """The evidence nodes of a claim, written on the way: the sentence or block that holds each of its spans.

    A clause is quoted as it is, for several may share a sentence.
    """
    if passages is None:
        return []
    is_clause = isinstance(claim.object, Entity) and claim.object.kind == "clause"
    quoted = passages.exactly(claim.spans) if is_clause else passages.sentences(claim.spans)
    return [write_evidence(graph, passages, passage) for passage in quoted]


def write_evidence(graph: Graph, passages: Passages, passage: tuple[int, int, int]) -> str:
    """The annotation that quotes a passage (start, end, order of its block), both selectors; its IRI."""
    start, end, block = passage
    node = graph.minter.evidence(passages.file, Span(start, end))
    target, quoted, position = f"<{node}/target>", f"<{node}/quote>", f"<{node}/position>"
    if f"<{node}> <{expand('oa:hasTarget')}> {target} <{graph.name}> ." in graph.named:
        return f"<{node}>"
    file = graph.term(Entity("file", (passages.file,)))
    paragraph = f"<{graph.minter.paragraph(passages.file, block)}>"
    graph.add(f"<{node}>", "rdf:type", iri(expand("oa:Annotation")))
    graph.add(f"<{node}>", "oa:hasTarget", target)
    graph.add(f"<{node}>", "rc:paragraph", paragraph)
    if passages.language:
        graph.add(f"<{node}>", "dcterms:language", literal(Value(passages.language)))
    graph.add(target, "rdf:type", iri(expand("oa:SpecificResource")))
    graph.add(target, "oa:hasSource", file)
    graph.add(target, "oa:hasSelector", quoted)
    graph.add(target, "oa:hasSelector", position)
    graph.add(quoted, "rdf:type", iri(expand("oa:TextQuoteSelector")))
    graph.add(quoted, "oa:exact", literal(Value(passages.text[start:end])))
    graph.add(position, "rdf:type", iri(expand("oa:TextPositionSelector")))
    graph.add(position, "oa:start", literal(Value(str(start), "xsd:nonNegativeInteger")))
    graph.add(position, "oa:end", literal(Value(str(end), "xsd:nonNegativeInteger")))
    found = passages.block(block)
    graph.add(paragraph, "rdf:type", iri(expand("eli:WorkSubdivision")))
    graph.add(paragraph, "dcterms:isPartOf", file)
    graph.add(paragraph, "rc:position", literal(Value(str(block), "xsd:integer")))
    if found.number:
        graph.add(paragraph, "rc:numberAsPrinted", literal(Value(found.number)))
    if found.page:
        graph.add(paragraph, "rc:page", literal(Value(str(found.page), "xsd:integer")))
    return f"<{node}>"


def _entities(claim: Claim) -> Iterator[Entity]:
    for value in (claim.subject, claim.object, *(value for _, value in claim.details)):
        if isinstance(value, Entity):
            yield value


def text_checksum(text: str) -> str:
    """SHA-256 of a text as read, in UTF-8: what position selectors count in."""
    return hashlib.sha256(text.encode()).hexdigest()
