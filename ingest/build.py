"""A whole build: documents and registers to a published version of a dataset folder."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, parse

from ingest import resources, workers
from ingest.clocks.conclusions import Chronicle, Chronicles, conclusions
from ingest.dataset import Dataset, results, said, write_version
from ingest.dataset.results import Result
from ingest.errors import IngestError
from ingest.graph import provenance
from ingest.graph.findings import finding_key, write_findings
from ingest.graph.iris import DEFAULT_BASE, SAMPLE_BASE, file_key
from ingest.graph.knowledge import Knowledge
from ingest.graph.triples import Graph, write_held
from ingest.inference import Account, doubts
from ingest.inference.novelty import told
from ingest.model import Finding, Source
from ingest.pipeline import Task, cache_key
from ingest.sources import checksum as checksum_of
from ingest.sources import gather
from ontology.prefixes import expand


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a build. base None: the default, or that of samples for restatements.

    known is an ISO day: only documents and register rows that were surely known then are used.
    """

    places: tuple[Path, ...]
    out: Path
    registers: tuple[Path, ...]
    workers: int = 2
    dask: str | None = None
    base: str | None = None
    add: bool = False
    use_source_registers: bool = True
    strict: bool = False
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to. version is the published folder; unchanged if it was there already."""

    version: Path
    build: str
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    kept_out: tuple[str, ...]
    unchanged: bool
    seconds: float


Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


def build(order: Order, progress: Progress) -> Outcome:
    """Read, resolve, validate, publish. Raises IngestError where nothing can be published."""
    started = time.perf_counter()
    dataset = Dataset(order.out)
    with dataset.lock():
        sources = _sources(order, dataset)
        base = order.base or (SAMPLE_BASE if any(s.restates for s in sources) else DEFAULT_BASE)
        knowledge = Knowledge.load(order.registers, base, order.known)
        versions = provenance.versions(knowledge.register.digest)
        tasks = _tasks(sources, order, versions, base)
        key = provenance.build_key((task.key for task in tasks), versions, f"{base}@{order.known or 'all'}")
        kept = dataset.manifest()
        if kept is not None and kept["build"] == key and dataset.current() is not None:
            return _same(dataset, kept, started)
        tasks, found = _known(tasks, _read(tasks, dataset, order, progress), order.known)
        kept_out = [result.name for result in found if not result.kept]
        if kept_out and order.strict:
            raise IngestError(f"Nothing published: {', '.join(kept_out)} kept out. Build without --strict to see why.")
        progress("publishing", 0, 1)
        outcome = _publish(dataset, key, found, tasks, knowledge, versions, order, started)
        progress("publishing", 1, 1)
        return outcome


def _known(tasks: list[Task], found: list[Result], day: str | None) -> tuple[list[Task], list[Result]]:
    """The tasks and results of the documents that were known on a day; undated ones were not."""
    if day is None:
        return tasks, found
    known = [each.latest is not None and each.latest <= day for each in found]
    return list(compress(tasks, known)), list(compress(found, known))


def _sources(order: Order, dataset: Dataset) -> tuple[Source, ...]:
    places = list(order.places)
    if order.add:
        manifest = dataset.manifest()
        if manifest is None:
            raise IngestError(f"{dataset.folder}: there is no dataset to add to. Build it without --add first.")
        places = [*(Path(place) for place in manifest["places"]), *places]
    return gather(places, use_registers=order.use_source_registers)


def _tasks(sources: Sequence[Source], order: Order, versions: Mapping[str, str], base: str) -> list[Task]:
    """A task per document, each file's bytes once, in the order of their checksums."""
    said = [f"{name}={value}" for name, value in sorted(versions.items())] + [f"known={order.known}"]
    tasks: dict[str, Task] = {}
    for source in sources:
        checksum = checksum_of(source.path)
        if source.checksum and source.checksum.removeprefix("sha256:") != checksum:
            raise IngestError(
                f"{source.path}: its checksum is {checksum}, the register says {source.checksum}. "
                "Fetch the file again, or mend the register."
            )
        if checksum not in tasks:
            key = cache_key(source, checksum, said, base)
            tasks[checksum] = Task(source, order.registers, base, key, known=order.known)
    return [tasks[checksum] for checksum in sorted(tasks)]


def _read(tasks: Sequence[Task], dataset: Dataset, order: Order, progress: Progress) -> list[Result]:
    """The results of all tasks, from the cache where nothing has changed, in the order of the tasks."""
    found: dict[str, Result] = {}
    for task in tasks:
        kept = results.read(dataset.cache / f"{task.key}.json")
        if kept is not None:
            found[task.key] = kept
    left = [task for task in tasks if task.key not in found]
    progress("reading", len(found), len(tasks))
    if left:
        for task, result in workers.run(left, workers=min(order.workers, len(left)), dask=order.dask):
            results.write(result, dataset.cache / f"{task.key}.json")
            found[task.key] = result
            progress("reading", len(found), len(tasks))
    wanted = {f"{task.key}.json" for task in tasks}
    for path in dataset.cache.glob("*.json"):
        if path.name not in wanted and not order.add:
            path.unlink()
    return [found[task.key] for task in tasks]


def _publish(
    dataset: Dataset,
    key: str,
    found: Sequence[Result],
    tasks: Sequence[Task],
    knowledge: Knowledge,
    versions: Mapping[str, str],
    order: Order,
    started: float,
) -> Outcome:
    record = chronicles(found, knowledge)
    between, about_them = _between(found, record, knowledge)
    lines = stated(found, record, knowledge) | about_them.lines | _ontology_lines()
    for result in found:
        lines.update(result.finding_lines)
    about = Graph(knowledge.minter, f"{knowledge.minter.base}graph/build")
    provenance.describe_build(about, key, [r for r in found if r.kept], _rules(lines, knowledge), versions)
    lines |= about.lines
    findings = tuple(
        sorted((*between, *(f for r in found for f in r.findings)), key=lambda f: (f.document or "", finding_key(f)))
    )
    ordered = sorted(lines)
    counts = _counts(found, ordered, findings)
    manifest = {
        "build": key,
        "base": knowledge.minter.base,
        "title": "Recalling dataset",
        "known": order.known,
        "restated": any(result.restated for result in found),
        "versions": dict(versions),
        "places": sorted({str(place.resolve()) for place in _places(order, dataset)}),
        "inputs": [_input(task, result) for task, result in zip(tasks, found, strict=True)],
        "counts": counts,
        "timings": {**_timings(found), "build": round(time.perf_counter() - started, 3)},
    }
    kept = [result for result in found if result.kept]

    def write(folder: Path) -> None:
        write_version(folder, lines=ordered, results=kept, findings=findings, manifest=manifest)
        said.write(folder / "search.sqlite", told(record.archive()))

    version = dataset.publish(key, write)
    kept_out = tuple(result.name for result in found if not result.kept)
    return Outcome(version, key, counts, findings, kept_out, False, time.perf_counter() - started)


def _places(order: Order, dataset: Dataset) -> tuple[Path, ...]:
    earlier = (dataset.manifest() or {}).get("places", ()) if order.add else ()
    return (*map(Path, earlier), *order.places)


def stated(found: Sequence[Result], record: Chronicles, knowledge: Knowledge) -> set[str]:
    """The quads of all that documents and registers say, and of what follows from it."""
    inferred = Graph(knowledge.minter, f"{knowledge.minter.base}graph/inferences")
    concluded = tuple(conclusions(record))
    write_held(inferred, concluded, labels=knowledge.labels)
    said.quote_passages(inferred, concluded, (result for result in found if result.kept))
    return inferred.lines.union(knowledge.lines, *(result.lines for result in found))


def chronicles(found: Sequence[Result], knowledge: Knowledge) -> Chronicles:
    """The documents that are kept and the registers, each with the time for which its claims are known."""
    kept = [result for result in found if result.kept]
    accounts = (Account(r.file, (), r.text, r.earliest, r.latest, r.sentences) for r in kept)
    documents = tuple(Chronicle(account, r.claims) for account, r in zip(accounts, kept, strict=True))
    return Chronicles(documents, knowledge.claims, knowledge.register)


def _between(found: Sequence[Result], record: Chronicles, knowledge: Knowledge) -> tuple[tuple[Finding, ...], Graph]:
    """What does not add up between documents, as findings and as quads."""
    graph = Graph(knowledge.minter, f"{knowledge.minter.base}graph/findings")
    archive = record.archive()
    entities = {account.name: account.document for account in archive.accounts if account.document is not None}
    addresses = {name: knowledge.minter.iri(entity) for name, entity in entities.items()}
    passages = {result.file: result.passages for result in found if result.kept}
    checksums = {result.file: result.checksum for result in found}
    findings = []
    for each in doubts(archive):
        files = [file_key(checksum) for checksum, _ in each.passages]
        whole = tuple((checksums[file], span) for file, (_, span) in zip(files, each.passages, strict=True))
        document = next((addresses[file] for file in reversed(files)), None)
        findings.append(replace(each, passages=whole, document=document))
    write_findings(graph, findings, entities, passages)
    return tuple(findings), graph


def _ontology_lines() -> set[str]:
    """The ontology, its schemes and alignments, as plain triples."""
    lines: set[str] = set()
    for path in sorted(resources.ontology().rglob("*.ttl")):
        if "examples" not in path.parts:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                lines.add(f"{quad.subject} {quad.predicate} {quad.object} .")
    return lines


def _rules(lines: Iterable[str], knowledge: Knowledge) -> dict[str, str]:
    """The names of the rules that made an assertion."""
    mark = f"<{expand('prov:wasGeneratedBy')}> <{knowledge.minter.base}rule/"
    names: set[str] = set()
    for line in lines:
        if mark in line:
            names.add(line.split(mark, 1)[1].split(">", 1)[0])
    known = provenance.definitions()
    return {name: known.get(name, "") for name in names}


def _counts(found: Sequence[Result], lines: Sequence[str], findings: Sequence[Finding]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    counts["documents"] = sum(result.kept for result in found)
    counts["documents kept out"] = sum(not result.kept for result in found)
    counts["paragraphs"] = sum(len(result.paragraphs) for result in found)
    counts["quads"] = len(lines)
    counts["findings"] = len(findings)
    for result in found:
        counts["assertions"] += sum(held.known.until is None for held in result.claims)
        counts["assertions overturned"] += sum(held.known.until is not None for held in result.claims)
        for mention in result.mentions:
            counts["mentions"] += 1
            counts[f"mentions: {mention.kind}"] += 1
    return dict(sorted(counts.items()))


def _timings(found: Sequence[Result]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for result in found:
        total.update(result.seconds)
    return {stage: round(seconds, 3) for stage, seconds in total.items()}


def _input(task: Task, result: Result) -> dict[str, Any]:
    return {
        "file": task.source.path.name,
        "checksum": result.checksum,
        "document": result.document,
        "kept": result.kept,
        "quads": len(result.lines),
    }


def _same(dataset: Dataset, manifest: Mapping[str, Any], started: float) -> Outcome:
    version = dataset.current()
    assert version is not None  # noqa: S101  # the caller looked
    lines = (version / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    findings = tuple(results.finding(json.loads(line)) for line in lines)
    kept_out = tuple(each["file"] for each in manifest["inputs"] if not each["kept"])
    return Outcome(
        version, manifest["build"], manifest["counts"], findings, kept_out, True, time.perf_counter() - started
    )
