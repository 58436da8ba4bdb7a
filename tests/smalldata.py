"""Writes tests/data/small as a complete dataset folder, as a build would (queryapp/decisions/0002)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from tests.smallgraph import BASE, Quote, Small, Text, small, term, thing

__all__ = ["BASE", "BUILD", "small", "term", "thing", "write_small_dataset"]

BUILD = "5ma11da7a0000001"

SCHEMA = """
CREATE TABLE document (iri TEXT PRIMARY KEY, label TEXT, kind TEXT, date TEXT, language TEXT, file TEXT,
    restated INTEGER);
CREATE TABLE paragraph (id INTEGER PRIMARY KEY, document TEXT, file TEXT, position INTEGER, number TEXT,
    kind TEXT, level INTEGER, page INTEGER, start INTEGER, end INTEGER, text TEXT);
CREATE VIRTUAL TABLE paragraph_fts USING fts5(text, content='paragraph', content_rowid='id',
    tokenize='unicode61');
CREATE TABLE mention (id INTEGER PRIMARY KEY, file TEXT, start INTEGER, end INTEGER, kind TEXT, iri TEXT,
    label TEXT, reason TEXT, paragraph INTEGER);
CREATE TABLE thing (iri TEXT PRIMARY KEY, label TEXT, kind TEXT, alternatives TEXT);
CREATE VIRTUAL TABLE thing_fts USING fts5(label, alternatives, content='thing', content_rowid='rowid',
    tokenize='unicode61');
"""

PAGES = frozenset(
    """
    body conference consultation document meeting office person resolution session state topic
    """.split()  # noqa: SIM905  # a list of words reads better
)
"""First words of the addresses of things that have a page."""


def write_small_dataset(
    folder: Path, *, build: str = BUILD, add: tuple[Quad, ...] = (), data: Small | None = None
) -> Path:
    """A dataset folder of the small graph, `current` switched to the build; returns the folder.

    Called again with another build, it writes the new version beside the old one and switches in one rename.
    add are quads that this build has more; data is the record, by default the small one.
    """
    data = data or small()
    version = folder / "versions" / build
    (version / "texts").mkdir(parents=True)
    quads = [*data.quads, *add]
    store = Store(str(version / "store"))
    store.bulk_extend(quads)
    store.flush()
    del store
    (version / "graph.nq").write_text("".join(sorted(f"{quad} .\n" for quad in quads)), "utf-8")
    for text in data.texts:
        (version / "texts" / f"{text.file}.txt").write_text(text.text, "utf-8")
    found = list(_findings(data))
    lines = [json.dumps(finding, ensure_ascii=False, sort_keys=True) for finding in found]
    (version / "findings.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
    _write_search(version / "search.sqlite", data)
    (version / "manifest.json").write_text(
        json.dumps(_manifest(build, data, len(quads), len(found)), indent=1), "utf-8"
    )
    fresh = folder / "current.new"
    fresh.symlink_to(Path("versions") / build)
    fresh.rename(folder / "current")
    return folder


def _manifest(build: str, data: Small, quads: int, findings: int) -> dict[str, object]:
    documents = _documents(data)
    return {
        "build": build,
        "base": BASE,
        "title": "The harbour record (invented)",
        "restated": False,
        "created": "2033-01-15T10:00:00Z",
        "versions": {"code": "0.1.0", "ontology": "0.1.0", "registers": "small", "rules": "small"},
        "inputs": [
            {"file": f"{text.name}.txt", "checksum": text.checksum, "document": documents[text.file]}
            for text in data.texts
        ],
        "counts": {"documents": len(data.texts), "quads": quads, "findings": findings},
        "timings": {"total": 0.1},
    }


def _documents(data: Small) -> dict[str, str]:
    """The document of each file, by the short form of its checksum."""
    return {
        quad.object.value.rpartition("/")[2]: quad.subject.value
        for quad in data.quads
        if quad.predicate == term("rc:embodiedBy")
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    }


def _plain(data: Small, subject: str, predicate: str) -> list[str]:
    """What the default graph says of a thing, as strings."""
    node = NamedNode(subject)
    return [
        quad.object.value
        for quad in data.quads
        if quad.subject == node and quad.predicate == term(predicate) and isinstance(quad.object, NamedNode | Literal)
    ]


def _findings(data: Small) -> Iterator[dict[str, object]]:
    for quad in data.quads:
        if quad.object != term("rc:Finding") or not isinstance(quad.subject, NamedNode):
            continue
        finding = quad.subject.value
        passages = []
        for evidence in _plain(data, finding, "rc:evidence"):
            file, _, offsets = evidence.removeprefix(BASE + "evidence/").partition("/")
            start, _, end = offsets.partition("-")
            passages.append({"file": file, "start": int(start), "end": int(end)})
        yield {
            "iri": finding,
            "code": _plain(data, finding, "rc:code")[0],
            "severity": "warning",
            "message": _plain(data, finding, "sh:resultMessage")[0],
            "question": _plain(data, finding, "rc:question")[0],
            "document": _plain(data, finding, "rc:document")[0],
            "passages": passages,
        }


def _write_search(path: Path, data: Small) -> None:
    database = sqlite3.connect(path)
    database.executescript(SCHEMA)
    documents = _documents(data)
    numbers: dict[tuple[str, int], int] = {}
    for text in data.texts:
        document = documents[text.file]
        kind = _plain(data, document, "rc:documentKind")[0].rpartition("/")[2]
        row = (
            document,
            _plain(data, document, "rdfs:label")[0],
            kind,
            _plain(data, document, "dcterms:date")[0],
        )
        database.execute("INSERT INTO document VALUES (?, ?, ?, ?, 'en', ?, 0)", (*row, text.file))
        for paragraph in text.paragraphs():
            number = len(numbers) + 1
            numbers[text.file, paragraph.position] = number
            level = {"heading": 1, "item": 1}.get(paragraph.kind, 0)
            database.execute(
                "INSERT INTO paragraph VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)",
                (number, document, text.file, paragraph.position, paragraph.number, paragraph.kind, level,
                 paragraph.start, paragraph.end, paragraph.text),
            )  # fmt: skip
    for quote in sorted(data.quotes.values(), key=lambda quote: (quote.text.file, quote.start)):
        if quote.kind:
            database.execute(
                "INSERT INTO mention (file, start, end, kind, iri, label, reason, paragraph)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                _mention(data, quote, numbers),
            )
    for row in _things(data):
        database.execute("INSERT INTO thing VALUES (?, ?, ?, ?)", row)
    for table in ("paragraph_fts", "thing_fts"):
        database.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")  # noqa: S608  # two fixed names
    database.commit()
    database.close()


def _mention(data: Small, quote: Quote, numbers: dict[tuple[str, int], int]) -> tuple[object, ...]:
    paragraph = numbers[quote.text.file, quote.text.paragraph_at(quote.start).position]
    names = quote.names.value if quote.names else None
    label = _plain(data, names, "rdfs:label")[0] if names else None
    reason = quote.reason or "only candidate"
    return (quote.text.file, quote.start, quote.end, quote.kind, names, label, reason, paragraph)


def _things(data: Small) -> Iterator[tuple[str, str, str, str]]:
    """Everything that has a page: resolutions as such, revisions and clauses have kinds of their own."""
    labels = {
        quad.subject.value: quad.object.value
        for quad in data.quads
        if quad.predicate == term("rdfs:label")
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
    }
    for iri, label in sorted(labels.items()):
        parts = iri.removeprefix(BASE).split("/")
        if parts[0] in PAGES and iri.startswith(BASE):
            kind = parts[0]
            if kind == "resolution":
                kind = {3: "instrument", 4: "revision"}.get(len(parts), "clause")
            alternatives = [*_plain(data, iri, "skos:altLabel"), *_plain(data, iri, "dcterms:identifier")]
            yield iri, label, kind, "\n".join(alternatives)


def texts() -> dict[str, Text]:
    """The small texts by name."""
    return {text.name: text for text in small().texts}
