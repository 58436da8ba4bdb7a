"""Spells tests/data/small/graph.trig out into the quads that a build would write.

graph.trig there is a shorthand (its first lines say how to read it): quotes are written once, and their
offsets, evidence nodes and assertions are computed here from the texts: no number is counted by hand.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ontology.prefixes import PREFIXES, expand

SMALL = Path(__file__).parent / "data" / "small"
BASE = PREFIXES["id"]

Node = NamedNode | BlankNode | Triple
Term = NamedNode | BlankNode | Literal | Triple
Graph = NamedNode | BlankNode | DefaultGraph


def term(curie: str) -> NamedNode:
    """The node that a prefixed name stands for."""
    return NamedNode(expand(curie))


def thing(path: str) -> NamedNode:
    """The node of a thing, by its address below the base: thing("meeting/cwg-harbour/7")."""
    return NamedNode(BASE + path)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text: a block as the readers cut them. position counts from 1."""

    position: int
    start: int
    end: int
    number: str | None
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read, with the short form of its checksum."""

    name: str
    text: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def file(self) -> str:
        return self.checksum[:20]

    def paragraphs(self) -> Iterator[Paragraph]:
        for position, line in enumerate(re.finditer(r"[^\n]+", self.text), 1):
            number = re.match(r"(\d+(?:\.\d+)*|[a-z]\))\s+", line[0])
            words = line[0][number.end() :] if number else line[0]
            kind = "item" if number and number[1].endswith(")") else "paragraph"
            if number and number[1].isdecimal() and not words.endswith((".", ";", ",")):
                kind = "heading"
            yield Paragraph(position, *line.span(), number[1] if number else None, kind, words)

    def paragraph_at(self, offset: int) -> Paragraph:
        return next(p for p in self.paragraphs() if p.start <= offset < p.end)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text that graph.trig marks, with their offsets; what they name, if they are a mention."""

    text: Text
    start: int
    end: int
    kind: str | None
    names: NamedNode | None
    reason: str | None

    @property
    def exact(self) -> str:
        return self.text.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Small:
    """The small graph spelt out: its quads, texts and marked words."""

    quads: tuple[Quad, ...]
    texts: tuple[Text, ...]
    quotes: dict[str, Quote]


REVISED = SMALL.parent / "revised"
"""Another record in the same shorthand: one resolution in three revisions, and what became of its clauses."""


@cache
def small(folder: Path = SMALL) -> Small:
    """The small graph, computed once; another record where its folder is given."""
    texts = {path.stem: Text(path.stem, path.read_text("utf-8")) for path in sorted((folder / "texts").glob("*.txt"))}
    written = list(parse(path=str(folder / "graph.trig"), format=RdfFormat.TRIG))
    quotes = _quotes(written, texts)
    quads = _Spelling(written, texts, quotes).quads()
    return Small(tuple(sorted(quads, key=str)), tuple(texts.values()), quotes)


def _quotes(written: Iterable[Quad], texts: dict[str, Text]) -> dict[str, Quote]:
    """The words marked by <span/~name>, each found exactly once in its text."""
    marks: dict[str, dict[str, Term]] = defaultdict(dict)
    for quad in written:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE + "span/~"):
            marks[quad.subject.value.removeprefix(BASE + "span/~")][quad.predicate.value] = quad.object
    return {name: _quote(name, mark, texts) for name, mark in marks.items()}


def _quote(name: str, mark: dict[str, Term], texts: dict[str, Text]) -> Quote:
    def words(curie: str) -> str | None:
        value = mark.get(expand(curie))
        return value.value if isinstance(value, Literal) else None

    source, body = mark[expand("oa:hasSource")], mark.get(PREFIXES["oa"] + "hasBody")
    assert isinstance(source, NamedNode)
    text = texts[source.value.rpartition("~")[2]]
    before, exact = words("oa:prefix") or "", words("oa:exact") or ""
    count = text.text.count(before + exact)
    assert count == 1, f"{name}: {count} times in {text.name}: {before}{exact}"
    start = text.text.index(before + exact) + len(before)
    return Quote(
        text,
        start,
        start + len(exact),
        words("dcterms:type"),
        body if isinstance(body, NamedNode) else None,
        words("rdfs:comment"),
    )


class _Spelling:
    """The shorthand's quads, turned into those of a build."""

    def __init__(self, written: list[Quad], texts: dict[str, Text], quotes: dict[str, Quote]) -> None:
        self.written, self.texts, self.quotes = written, texts, quotes
        self.found: set[Quad] = set()
        self.said: dict[str, list[NamedNode]] = defaultdict(list)
        self.dates = {
            self.iri(q.subject).value: q.object
            for q in written
            if q.predicate == term("dcterms:date") and isinstance(q.subject, NamedNode)
        }

    def quads(self) -> set[Quad]:
        """Everything: plain triples, assertions, records, evidence, files."""
        notes: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        stated: dict[tuple[Graph, Triple], Term] = {}
        for quad in self.written:
            if quad.predicate == term("rdf:reifies") and isinstance(quad.object, Triple):
                stated[quad.graph_name, quad.object] = quad.subject
            elif isinstance(quad.subject, BlankNode):
                notes[quad.subject][quad.predicate].append(quad.object)
        accounts = {triple.object: notes[note] for (_, triple), note in stated.items()}
        for quad in self.written:
            if not isinstance(quad.subject, NamedNode) or quad.subject.value.startswith(BASE + "span/"):
                continue
            if (quad.graph_name, quad.triple) not in stated:
                self.describe(quad, accounts.get(quad.subject))
        last = thing("graph/inferences")  # its premises must have been met
        for graph, triple in sorted(stated, key=lambda key: (key[0] == last, str(key))):
            assert isinstance(graph, NamedNode)
            self.assertion(graph, triple, notes[stated[graph, triple]])
        self.files()
        return self.found

    def add(self, subject: NamedNode, predicate: NamedNode, value: Term, *graphs: Graph) -> None:
        for graph in graphs:
            self.found.add(Quad(subject, predicate, value, graph))

    def iri(self, node: Term) -> NamedNode:
        """An IRI with ~name replaced by the offsets of those words."""
        assert isinstance(node, NamedNode)
        head, tilde, rest = node.value.partition("~")
        if not tilde:
            return node
        name, slash, tail = rest.partition("/")
        kind = head.removeprefix(BASE).partition("/")[0]
        if kind == "file":
            return NamedNode(head + self.texts[name].file + slash + tail)
        quote = self.quotes[name]
        match kind:
            case "evidence" | "citation":
                place = f"{quote.text.file}/{quote.start}-{quote.end}"
            case "finding":
                place = hashlib.sha256(name.encode()).hexdigest()[:16]
            case _:
                place = f"{quote.text.file}/{quote.start}"
        return NamedNode(head + place + slash + tail)

    def term(self, value: Term) -> Term:
        return self.iri(value) if isinstance(value, NamedNode) else value

    def describe(self, quad: Quad, account: dict[NamedNode, list[Term]] | None) -> None:
        """A triple without braces: plain, of a record, of a register row, or of a finding."""
        graphs: list[Graph] = [quad.graph_name]
        kind = _graph_kind(quad.graph_name)
        if kind == "register" or (kind == "document" and account is not None and _asserted(account)):
            graphs.append(DefaultGraph())
        self.add(self.iri(quad.subject), quad.predicate, self.term(quad.object), *graphs)
        if quad.predicate == term("rc:evidence"):
            self.evidence(quad.object, quad.graph_name)

    def assertion(self, graph: NamedNode, triple: Triple, note: dict[NamedNode, list[Term]]) -> None:
        """An assertion, its plain triple if it is asserted, and the account that a record takes over."""
        subject, value = self.iri(triple.subject), self.term(triple.object)
        said: dict[NamedNode, list[Term]] = {key: list(values) for key, values in note.items()}
        said.setdefault(term("rc:modality"), [term("rcs:modality/asserted")])
        said.setdefault(term("rc:basis"), [term("rcs:basis/" + BASIS[_graph_kind(graph)])])
        said.setdefault(term("prov:wasGeneratedBy"), [thing("rule/hand-made")])
        date = self.dates.get(BASE + graph.value.removeprefix(BASE + "graph/"))
        if date is not None:
            said.setdefault(term("rc:knownSince"), [date])
        key = "\x1f".join(map(str, (graph, subject, triple.predicate, value, said[term("rc:modality")])))
        node = thing("assertion/" + hashlib.sha256(key.encode()).hexdigest()[:16])
        self.add(node, term("rdf:type"), term("rc:Assertion"), graph)
        self.add(node, term("rdf:subject"), subject, graph)
        self.add(node, term("rdf:predicate"), triple.predicate, graph)
        self.add(node, term("rdf:object"), value, graph)
        for predicate, values in said.items():
            for each in values:
                for spelt in self.premises(each) if predicate == term("rc:premise") else [self.term(each)]:
                    self.add(node, predicate, spelt, graph)
                    if predicate in RECORD_ACCOUNT and self.is_record(triple.object, graph):
                        self.add(self.iri(triple.object), predicate, spelt, graph)
                if predicate == term("rc:evidence"):
                    self.evidence(each, graph)
                    self.said[self.name(each)].append(node)
        if _asserted(said):
            self.add(subject, triple.predicate, value, DefaultGraph())

    def premises(self, named: Term) -> list[Term]:
        """The assertions that rest on the words which <premise/~name> names."""
        return list(self.said[self.name(named)])

    def is_record(self, node: Term, graph: Graph) -> bool:
        """Whether the graph itself describes the thing."""
        return any(
            q.subject == node and q.graph_name == graph and q.predicate == term("rdf:type") for q in self.written
        )

    def name(self, node: Term) -> str:
        assert isinstance(node, NamedNode)
        return node.value.rpartition("~")[2]

    def evidence(self, node: Term, graph: Graph) -> None:
        """The annotation, its target and selectors, and the paragraph."""
        quote, root = self.quotes[self.name(node)], self.iri(node)
        file = thing("file/" + quote.text.file)
        target, exact, position = (NamedNode(f"{root.value}/{part}") for part in ("target", "quote", "position"))
        found = quote.text.paragraph_at(quote.start)
        paragraph = NamedNode(f"{file.value}/p/{found.position}")
        for subject, predicate, value in (
            (root, "rdf:type", term("oa:Annotation")),
            (root, "rc:paragraph", paragraph),
            (root, "dcterms:language", Literal("en")),
            (root, "oa:hasTarget", target),
            (target, "rdf:type", term("oa:SpecificResource")),
            (target, "oa:hasSource", file),
            (target, "oa:hasSelector", exact),
            (target, "oa:hasSelector", position),
            (exact, "rdf:type", term("oa:TextQuoteSelector")),
            (exact, "oa:exact", Literal(quote.exact)),
            (position, "rdf:type", term("oa:TextPositionSelector")),
            (position, "oa:start", Literal(str(quote.start), datatype=term("xsd:nonNegativeInteger"))),
            (position, "oa:end", Literal(str(quote.end), datatype=term("xsd:nonNegativeInteger"))),
            (paragraph, "rdf:type", term("eli:WorkSubdivision")),
            (paragraph, "dcterms:isPartOf", file),
            (paragraph, "rc:position", Literal(found.position)),
        ):
            self.add(subject, term(predicate), value, graph)
        if found.number:
            self.add(paragraph, term("rc:numberAsPrinted"), Literal(found.number), graph)

    def files(self) -> None:
        """The files as read, in the default graph."""
        for text in self.texts.values():
            file = thing("file/" + text.file)
            for predicate, value in (
                ("rdf:type", term("eli:Format")),
                ("rdfs:label", Literal(f"{text.name}.txt", language="en")),
                ("dcterms:format", Literal("text/plain")),
                ("dcterms:language", Literal("en")),
                ("rc:checksum", Literal(text.checksum)),
                ("rc:textChecksum", Literal(text.checksum)),
                ("rc:fileName", Literal(f"{text.name}.txt")),
            ):
                self.add(file, term(predicate), value, DefaultGraph())


RECORD_ACCOUNT = tuple(map(term, ("rc:basis", "rc:modality", "rc:evidence")))
"""What a record says of its own account: in its named graph alone."""

BASIS = {"document": "text", "register": "register", "inferences": "rule"}
"""What an assertion rests on, by the kind of its graph."""


def _graph_kind(graph: Graph) -> str:
    return graph.value.removeprefix(BASE + "graph/").partition("/")[0] if isinstance(graph, NamedNode) else ""


def _asserted(account: dict[NamedNode, list[Term]]) -> bool:
    return account.get(term("rc:modality"), [term("rcs:modality/asserted")]) == [term("rcs:modality/asserted")]
