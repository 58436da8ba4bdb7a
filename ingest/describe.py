"""One document's claims to its quads, judged by the shapes: what a build keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.clocks import Kept
from ingest.context import Document
from ingest.dataset.results import Named, Paragraph, Result
from ingest.graph.evidence import Passages
from ingest.graph.findings import write_findings
from ingest.graph.knowledge import Knowledge
from ingest.graph.labels import KNOWN_BY_KEY
from ingest.graph.triples import RECORDS, Graph, iri, literal, text_checksum, write_held
from ingest.model import Entity, Finding, Held, Known, Link, Source, Value
from ingest.validation.validate import Validator
from ontology.prefixes import expand


@cache
def _validator() -> Validator:
    return Validator.load()


@dataclass(frozen=True, slots=True)
class Told:
    """All that one document tells: what it claims, with the time for which each claim is known, and its doubts."""

    document: Document
    claims: tuple[Held, ...]
    findings: tuple[Finding, ...]


def dated(document: Document, kept: Sequence[Kept]) -> tuple[Held, ...]:
    """The claims of a document with the time for which they are known.

    One that the document makes from the first on is known since the document's own date, which may be bounded; one that
    needed rows of a later day, since that day.
    """
    first, last = bounds(document)
    known_rows = document.register.bounds_of_days
    found = []
    for each in kept:
        if last is None:
            known = Known(first, None)
        elif each.since == last:
            known = Known(first, last, each.until)
        else:
            known = Known(max(first or "", known_rows.get(each.since, each.since)), each.since, each.until)
        found.append(Held(each.key, each.claim, known))
    return tuple(found)


def bounds(document: Document) -> tuple[str | None, str | None]:
    """The first and the last day that the document can be of."""
    metadata = document.metadata
    return metadata.date or metadata.not_before, metadata.date or metadata.not_after


def describe(told: Told, knowledge: Knowledge, *, validate: bool, seconds: Mapping[str, float]) -> Result:
    """The document's quads and findings, and what else a build keeps of it."""
    document = told.document
    reading, metadata, source = document.reading, document.metadata, document.source
    language = source.language or reading.language
    passages = Passages.of(reading, document.clean, language)
    graph = Graph(knowledge.minter, knowledge.minter.graph(document.entity))
    write_held(graph, told.claims, labels=knowledge.labels, passages=passages)
    label = _label(document, knowledge)
    _write_document(graph, document, passages, label)
    _write_row(graph, source)
    findings = list(told.findings)
    if validate:
        own = "\n".join(sorted(graph.lines)).encode()
        findings.extend(_validator().validate(own, needed=_register_lines(told.claims, knowledge)))
    kept = not any(each.code == "shape-violation" and each.severity == "violation" for each in findings)
    about = Graph(knowledge.minter, f"{knowledge.minter.base}graph/findings")
    address = knowledge.minter.iri(document.entity)
    findings = [Finding(f.code, f.severity, f.message, f.question, address, f.passages) for f in findings]
    write_findings(about, findings, {passages.file: document.entity}, {passages.file: passages} if kept else {})
    earliest, latest = bounds(document)
    return Result(
        name=source.path.name,
        checksum=reading.checksum,
        file=passages.file,
        document=address,
        label=label,
        kind=metadata.kind,
        date=metadata.date,
        earliest=earliest,
        latest=latest,
        language=language,
        media_type=reading.media_type,
        text=reading.text,
        lines=tuple(sorted(graph.lines)) if kept else (),
        finding_lines=tuple(sorted(about.lines)),
        claims=told.claims if kept else (),
        findings=tuple(findings),
        paragraphs=tuple(_paragraphs(document)),
        mentions=tuple(_named(document.links, knowledge)),
        sentences=passages.bounds,
        kept=kept,
        restated=source.restates is not None,
        seconds=seconds,
    )


def _write_document(graph: Graph, document: Document, passages: Passages, label: str) -> None:
    """The file as read, and the work's own name."""
    reading, source = document.reading, document.source
    file = graph.term(Entity("file", (passages.file,)))
    work = graph.term(document.entity)
    graph.add(work, "rdfs:label", literal(Value(label, language="en")), plain=True)
    graph.add(file, "rdf:type", iri(expand("eli:Format")), plain=True)
    graph.add(file, "rdfs:label", literal(Value(source.path.name)), plain=True)
    graph.add(file, "dcterms:format", literal(Value(reading.media_type)), plain=True)
    graph.add(file, "rc:checksum", literal(Value(reading.checksum)), plain=True)
    graph.add(file, "rc:textChecksum", literal(Value(text_checksum(reading.text))), plain=True)
    graph.add(file, "rc:fileName", literal(Value(source.path.name)), plain=True)
    if passages.language:
        graph.add(file, "dcterms:language", literal(Value(passages.language)), plain=True)
    if source.address:
        graph.add(file, "schema:url", iri(source.address), plain=True)
    if source.restates:
        graph.add(work, "dcterms:source", iri(source.restates), plain=True)


def _write_row(graph: Graph, source: Source) -> None:
    """The row of the register of documents that facts of basis "register" rest on."""
    if source.row is None:
        return
    row = graph.term(Entity("row", tuple(source.row.split("/", 1))))
    graph.add(row, "rdf:type", iri(expand("rc:RegisterRow")), plain=True)
    graph.add(
        row,
        "rdfs:label",
        literal(Value(f"Register of documents, {source.row.split('/', 1)[1]}", language="en")),
        plain=True,
    )
    graph.add(row, "rc:verified", literal(Value(str(source.verified).lower(), "xsd:boolean")), plain=True)
    graph.add(row, "rc:rowSource", literal(Value(source.basis or "no source given", language="en")), plain=True)


def _label(document: Document, knowledge: Knowledge) -> str:
    """What people read for a document: its number, else its title, its kind and meetings, or the file's name."""
    source, metadata = document.source, document.metadata
    titles = [c.object.text for c in metadata.claims if c.predicate == "dcterms:title" and isinstance(c.object, Value)]
    title = titles[0] if titles else source.title
    if metadata.entity.kind == "document" and len(metadata.entity.key) > 1:
        return knowledge.labels.of(metadata.entity)
    if title:
        return title
    kind = (metadata.kind or "document").replace("-", " ").capitalize()
    if metadata.meetings:
        ordinals = [meeting.key[-1] for meeting in metadata.meetings]
        body = knowledge.labels.body(metadata.meetings[0].key[0])
        return f"{kind}, {body}, meeting{'s' if len(ordinals) > 1 else ''} {', '.join(ordinals)}"
    return f"{kind} ({source.path.name})"


def _register_lines(held: Sequence[Held], knowledge: Knowledge) -> bytes:
    """The registers' plain triples that the document's own quads are judged with."""
    things: set[Entity] = set()
    for claim in (each.claim for each in held):
        for value in (claim.subject, claim.object, *(value for _, value in claim.details)):
            if isinstance(value, Entity):
                things.add(value)
    return "\n".join(sorted(knowledge.lines_about(things))).encode()


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for block in document.clean.blocks:
        span = document.reading.blocks[block.order - 1].span
        words = document.clean.text[block.content : block.end]
        yield Paragraph(block.order, block.number, block.kind, block.level, block.page, span.start, span.end, words)


def _named(links: Sequence[Link], knowledge: Knowledge) -> Iterator[Named]:
    for link in links:
        mention, entity = link.mention, link.entity
        has_page = entity is not None and entity.kind in KNOWN_BY_KEY | RECORDS
        yield Named(
            mention.span.start,
            mention.span.end,
            mention.kind,
            knowledge.minter.iri(entity) if entity is not None and has_page else None,
            knowledge.labels.of(entity) if entity is not None and has_page else None,
            link.reason,
            mention.block,
        )
