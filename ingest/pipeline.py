"""The stages in their order: the only module that knows it. One document in, its result out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest import audit, claims, finders, readers, resolve, text
from ingest.context import Document
from ingest.dataset.results import Named, Paragraph, Result
from ingest.errors import IngestError
from ingest.graph.evidence import Passages
from ingest.graph.findings import write_findings
from ingest.graph.iris import Minter, digest, file_key
from ingest.graph.knowledge import Knowledge
from ingest.graph.labels import KNOWN_BY_KEY
from ingest.graph.triples import RECORDS, Graph, KnownSince, iri, literal, merged, text_checksum, write_claims
from ingest.metadata import identify
from ingest.model import Claim, Entity, Finding, Link, Source, Value
from ingest.sources import checksum as checksum_of
from ingest.validation.validate import Validator
from ontology.prefixes import expand


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read. registers are folders; base is that of the build; key names the result in the cache."""

    source: Source
    registers: tuple[Path, ...]
    base: str
    key: str
    validate: bool = True


@dataclass(slots=True)
class Clock:
    """Seconds spent in each stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """What passed since the last lap was this stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now


@cache
def _knowledge(registers: tuple[Path, ...], base: str) -> Knowledge:
    return Knowledge.load(registers, base)


@cache
def _validator() -> Validator:
    return Validator.load()


def process(task: Task) -> Result:
    """Read one document and say all it contributes. What cannot be read gives a result with a finding."""
    clock = Clock()
    try:
        reading = readers.read(task.source.path)
    except IngestError as error:
        return unread(task, error)
    clock.lap("read")
    knowledge = _knowledge(task.registers, task.base)
    clean = text.clean(reading)
    clock.lap("clean")
    metadata = identify(task.source, reading, clean, knowledge.register)
    document = Document(task.source, reading, clean, metadata, knowledge.register)
    mentions = tuple(finders.find_all(clean, knowledge.register))
    clock.lap("find")
    links = resolve.resolve(mentions, document)
    document = Document(task.source, reading, clean, metadata, knowledge.register, links)
    clock.lap("resolve")
    found = list(claims.all_claims(document))
    clock.lap("claim")
    findings = [
        *reading.findings,
        *text.findings(reading, clean),
        *claims.all_findings(document),
        *audit.audit(document),
    ]
    clock.lap("audit")
    return _describe(task, document, [*_about_file(document), *metadata.claims, *found], findings, knowledge, clock)


def unread(task: Task, error: IngestError) -> Result:
    """The result of a document that could not be read: a finding and nothing else."""
    code = str(getattr(error, "code", "unreadable"))
    finding = Finding(code, "violation", error.message, "Can a readable copy be had?")
    checksum = checksum_of(task.source.path)
    graph = Graph(Minter(task.base), f"{task.base}graph/findings")
    write_findings(graph, [finding], None, None)
    return Result(
        name=task.source.path.name, checksum=checksum, file=file_key(checksum), document=None,
        label=task.source.path.name, kind=None, date=None, earliest=None, latest=None, language=None, media_type=None,
        text="", lines=(), finding_lines=tuple(sorted(graph.lines)), claims=(), findings=(finding,), paragraphs=(),
        mentions=(), kept=False,
    )  # fmt: skip


def _about_file(document: Document) -> Iterator[Claim]:
    """The link from the work to the file as read: a fact of the build itself, whose premise is the file."""
    file = Entity("file", (file_key(document.reading.checksum),))
    yield Claim(document.entity, "rc:embodiedBy", file, "asserted", "rule", "file-as-read")


def _describe(
    task: Task,
    document: Document,
    found: Sequence[Claim],
    findings: list[Finding],
    knowledge: Knowledge,
    clock: Clock,
) -> Result:
    reading, metadata = document.reading, document.metadata
    language = task.source.language or reading.language
    passages = Passages.of(reading, document.clean, language)
    graph = Graph(knowledge.minter, knowledge.minter.graph(document.entity))
    pairs = merged(passages.file, found)
    since = KnownSince(metadata.date, metadata.not_before, metadata.not_after)
    write_claims(graph, pairs, labels=knowledge.labels, known_since=since, passages=passages)
    label = _label(document, knowledge)
    _write_document(graph, document, passages, label)
    _write_row(graph, task.source)
    clock.lap("describe")
    if task.validate:
        own = "\n".join(sorted(graph.lines)).encode()
        findings.extend(_validator().validate(own, needed=_register_lines(pairs, knowledge)))
        clock.lap("validate")
    kept = not any(each.code == "shape-violation" and each.severity == "violation" for each in findings)
    about = Graph(knowledge.minter, f"{knowledge.minter.base}graph/findings")
    iri_of_document = knowledge.minter.iri(document.entity)
    findings = [Finding(f.code, f.severity, f.message, f.question, iri_of_document, f.passages) for f in findings]
    write_findings(about, findings, passages if kept else None, document.entity)
    return Result(
        name=task.source.path.name,
        checksum=reading.checksum,
        file=passages.file,
        document=iri_of_document,
        label=label,
        kind=metadata.kind,
        date=metadata.date,
        earliest=metadata.date or metadata.not_before,
        latest=metadata.date or metadata.not_after,
        language=language,
        media_type=reading.media_type,
        text=reading.text,
        lines=tuple(sorted(graph.lines)) if kept else (),
        finding_lines=tuple(sorted(about.lines)),
        claims=tuple(pairs) if kept else (),
        findings=tuple(findings),
        paragraphs=tuple(_paragraphs(document)),
        mentions=tuple(_named(document.links, knowledge)),
        kept=kept,
        restated=task.source.restates is not None,
        seconds=clock.seconds,
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


def _register_lines(pairs: Sequence[tuple[str, Claim]], knowledge: Knowledge) -> bytes:
    """The registers' plain triples that the document's own quads are judged with."""
    things: set[Entity] = set()
    for _, claim in pairs:
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


def cache_key(source: Source, checksum: str, versions: Sequence[str], base: str) -> str:
    """What a kept result depends on: the file's bytes, what a register says of it, code, rules, registers, base."""
    said = [str(getattr(source, name)) for name in Source.__slots__ if name != "path"]
    return digest((checksum, source.path.name, *said, *versions, base))
