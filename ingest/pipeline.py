"""The stages in their order: the only module that knows it. One document in, its result out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest import audit, claims, finders, readers, resolve, text
from ingest.clocks import Answer, history, mattering
from ingest.context import Document
from ingest.dataset.results import Result
from ingest.describe import Told, bounds, dated, describe
from ingest.errors import IngestError
from ingest.graph.findings import write_findings
from ingest.graph.iris import Minter, digest, file_key
from ingest.graph.knowledge import Knowledge
from ingest.graph.triples import Graph, merged
from ingest.metadata import identify
from ingest.model import Claim, Entity, Finding, Reading, Source
from ingest.register import Register
from ingest.sources import checksum as checksum_of


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read. registers are folders; base is that of the build; key names the result in the cache.

    known is a day: the registers are taken as they were known then. None: all that they hold. history tells whether the
    document is read again with what was known on earlier days; else all its claims count as old as itself.
    """

    source: Source
    registers: tuple[Path, ...]
    base: str
    key: str
    validate: bool = True
    known: str | None = None
    history: bool = True


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
def _knowledge(registers: tuple[Path, ...], base: str, known: str | None) -> Knowledge:
    return Knowledge.load(registers, base, known)


def process(task: Task) -> Result:
    """Read one document and say all it contributes. What cannot be read gives a result with a finding."""
    clock = Clock()
    try:
        reading = readers.read(task.source.path)
    except IngestError as error:
        return unread(task, error)
    clock.lap("read")
    knowledge = _knowledge(task.registers, task.base, task.known)
    told = _read_on_all_days(task, reading, knowledge.register, clock)
    result = describe(told, knowledge, validate=task.validate, seconds=clock.seconds)
    clock.lap("describe and validate")
    return result


def _read_on_all_days(task: Task, reading: Reading, register: Register, clock: Clock) -> Told:
    """Read with all that is known, and again with what was known on each day since the document that matters."""
    clean = text.clean(reading)
    clock.lap("clean")
    document, found = _understand(task.source, reading, clean, register, clock)
    findings = (
        *reading.findings,
        *text.findings(reading, clean),
        *claims.all_findings(document),
        *audit.audit(document),
    )
    clock.lap("audit")
    file = file_key(reading.checksum)
    now = dict(merged(file, found))
    last = bounds(document)[1]
    days = mattering.days(document, now.values(), register, last) if last is not None and task.history else []

    def ask(day: str) -> Answer:
        if not days or day == days[-1]:
            return now
        return dict(merged(file, _understand(task.source, reading, clean, register.known_on(day), Clock())[1]))

    kept = history([last or "", *days], ask)
    told = Told(document, dated(document, tuple(kept)), findings)
    clock.lap("earlier days")
    return told


def _understand(
    source: Source, reading: Reading, clean: text.Clean, register: Register, clock: Clock
) -> tuple[Document, list[Claim]]:
    """Identify, find, resolve, claim, with the registers as given."""
    metadata = identify(source, reading, clean, register)
    document = Document(source, reading, clean, metadata, register)
    mentions = tuple(finders.find_all(clean, register))
    clock.lap("find")
    links = resolve.resolve(mentions, document)
    document = Document(source, reading, clean, metadata, register, links)
    clock.lap("resolve")
    found = [*_about_file(document), *metadata.claims, *claims.all_claims(document)]
    clock.lap("claim")
    return document, found


def unread(task: Task, error: IngestError) -> Result:
    """The result of a document that could not be read: a finding and nothing else."""
    code = str(getattr(error, "code", "unreadable"))
    finding = Finding(code, "violation", error.message, "Can a readable copy be had?")
    checksum = checksum_of(task.source.path)
    graph = Graph(Minter(task.base), f"{task.base}graph/findings")
    write_findings(graph, [finding], {}, {})
    return Result(
        name=task.source.path.name, checksum=checksum, file=file_key(checksum), document=None,
        label=task.source.path.name, kind=None, date=None, earliest=None, latest=None, language=None, media_type=None,
        text="", lines=(), finding_lines=tuple(sorted(graph.lines)), claims=(), findings=(finding,), paragraphs=(),
        mentions=(), sentences=(), kept=False,
    )  # fmt: skip


def _about_file(document: Document) -> Iterator[Claim]:
    """The link from the work to the file as read: a fact of the build itself, whose premise is the file."""
    file = Entity("file", (file_key(document.reading.checksum),))
    yield Claim(document.entity, "rc:embodiedBy", file, "asserted", "rule", "file-as-read")


def cache_key(source: Source, checksum: str, versions: Sequence[str], base: str) -> str:
    """What a kept result depends on: the file's bytes, what a register says of it, code, rules, registers, base."""
    said = [str(getattr(source, name)) for name in Source.__slots__ if name != "path"]
    return digest((checksum, source.path.name, *said, *versions, base))
