"""Looks at a dataset again: its shapes, its findings, and what its registers do not know."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ingest import resources
from ingest.dataset import Dataset, results
from ingest.errors import IngestError
from ingest.model import Finding
from ingest.validation.referee import referee as judged_by_pyshacl
from ingest.validation.shape_queries import shape_files
from ingest.validation.validate import Validator


def _version(folder: Path) -> Path:
    version = Dataset(folder).current()
    if version is None:
        raise IngestError(f"{folder}: no dataset here. Make one with: recalling build --out {folder}")
    return version


def check_dataset(folder: Path, *, referee: bool = False) -> tuple[Finding, ...]:
    """The findings of a dataset: those of its build, and the shapes judged anew, document by document.

    With referee, plain pySHACL with all shapes judges too; where it finds something else, that is a finding.
    """
    version = _version(folder)
    with (version / "findings.jsonl").open(encoding="utf-8") as lines:
        known = [results.finding(json.loads(line)) for line in lines]
    validator = Validator.load()
    found: list[Finding] = [each for each in known if each.code != "shape-violation"]
    plain, graphs = _graphs(version / "graph.nq")
    for name in sorted(graphs):
        quads = _with_needed(graphs[name], plain)
        found.extend(validator.validate(quads))
        if referee:
            found.extend(_differences(name, validator, quads))
    found.extend(validator.validate_whole(validator.store((version / "graph.nq").read_bytes())))
    return tuple(found)


def _graphs(path: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The plain triples by subject, and the lines of each named graph that holds what a source states."""
    plain: dict[str, list[str]] = defaultdict(list)
    graphs: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            head, _, graph = line[: -len(" .")].rpartition(" <")
            if line.endswith("> .") and head.count(" ") >= 2 and "/graph/" in graph:
                graphs[graph.rstrip(">")].append(line)
            else:
                plain[line.split(" ", 1)[0]].append(line)
    return plain, graphs


def _with_needed(lines: list[str], plain: dict[str, list[str]]) -> bytes:
    """A graph's lines with the plain triples about what it names, and about what those lead to."""
    needed: set[str] = set(lines)
    waiting = {word for line in lines for word in line.split(" ")[:3] if word.startswith("<")}
    for _ in range(2):
        reached: set[str] = set()
        for subject in waiting:
            for line in plain.get(subject, ()):
                if line not in needed:
                    needed.add(line)
                    reached.add(line.split(" ", 2)[2].removesuffix(" ."))
        waiting = reached
    return "\n".join(sorted(needed)).encode()


def _differences(graph: str, validator: Validator, quads: bytes) -> Iterator[Finding]:
    """Where plain pySHACL with all shapes judges otherwise than the compiled rules."""
    store = validator.store(quads)
    mine = {(breach.rule.shape, breach.focus) for breach in validator.breaches(store)}
    theirs = judged_by_pyshacl(store, shape_files(resources.folder("shapes")))
    for shape, focus in sorted(mine ^ theirs):
        side = "only the referee finds" if (shape, focus) in theirs else "the referee does not find"
        message = f"{graph}: {side} that {focus} breaks {shape.rsplit('/', 1)[-1]}"
        yield Finding("referee-differs", "violation", message, "Which of the two is right?")


def coverage(folder: Path) -> Iterator[tuple[int, str, str, str]]:
    """How often, of what kind, which words, why: the mentions that no register knows, most often first."""
    connection = sqlite3.connect(f"file:{_version(folder) / 'search.sqlite'}?mode=ro", uri=True)
    try:
        texts = {path.stem: path.read_bytes().decode() for path in (_version(folder) / "texts").glob("*.txt")}
        counts: dict[tuple[str, str, str], int] = defaultdict(int)
        rows = connection.execute('SELECT file, start, "end", kind, label, reason, iri FROM mention')
        for file, start, end, kind, label, reason, address in rows:
            if address is None or "not in the register" in reason:
                counts[kind, label or " ".join(texts[file][start:end].split()), reason] += 1
    finally:
        connection.close()
    for (kind, label, reason), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield count, kind, label, reason
