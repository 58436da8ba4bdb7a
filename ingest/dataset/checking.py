"""Looks at a dataset again: its shapes, its findings, and what its registers do not know."""

from __future__ import annotations

import json
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
