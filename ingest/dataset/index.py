"""The dataset's side tables: full text, mentions and names, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from ingest.dataset.results import Result
from ontology.prefixes import expand

HIDDEN = frozenset({"register", "rule", "build", "agent", "dataset", "file", "citation", "count", "membership"})
"""Kinds (the first step of an address) that a search for things leaves out."""

TABLES = """
CREATE TABLE document (iri TEXT, label TEXT, kind TEXT, date TEXT, language TEXT, file TEXT PRIMARY KEY,
    restated INTEGER);
CREATE INDEX document_iri ON document (iri);
CREATE TABLE paragraph (id INTEGER PRIMARY KEY, document TEXT, file TEXT, position INTEGER, number TEXT, kind TEXT,
    level INTEGER, page INTEGER, start INTEGER, "end" INTEGER, text TEXT);
CREATE INDEX paragraph_file ON paragraph (file, position);
CREATE VIRTUAL TABLE paragraph_fts USING fts5 (text, content='paragraph', content_rowid='id', tokenize='unicode61');
CREATE TABLE mention (id INTEGER PRIMARY KEY, file TEXT, start INTEGER, "end" INTEGER, kind TEXT, iri TEXT, label TEXT,
    reason TEXT, paragraph INTEGER);
CREATE INDEX mention_file ON mention (file, start);
CREATE INDEX mention_iri ON mention (iri);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, kind TEXT, alternatives TEXT);
CREATE VIRTUAL TABLE thing_fts USING fts5 (label, alternatives, content='thing', content_rowid='id',
    tokenize='unicode61');
"""


def write(path: Path, results: Sequence[Result], things: Iterable[tuple[str, str, str, str]]) -> None:
    """Make the file. things are rows of IRI, label, kind and alternative names (a line each)."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        with connection:
            connection.executemany("INSERT INTO document VALUES (?,?,?,?,?,?,?)", _documents(results))
            connection.executemany(
                'INSERT INTO paragraph (document, file, position, number, kind, level, page, start, "end", text)'
                " VALUES (?,?,?,?,?,?,?,?,?,?)",
                _paragraphs(results),
            )
            connection.executemany(
                'INSERT INTO mention (file, start, "end", kind, iri, label, reason, paragraph)'
                " VALUES (?,?,?,?,?,?,?,?)",
                _mentions(results),
            )
            connection.executemany("INSERT INTO thing (iri, label, kind, alternatives) VALUES (?,?,?,?)", things)
            for table in ("paragraph_fts", "thing_fts"):
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608  # two fixed names
        connection.execute("PRAGMA optimize")
    finally:
        connection.close()


def _documents(results: Sequence[Result]) -> Iterator[tuple[str | int | None, ...]]:
    for result in results:
        if result.document:
            yield (
                result.document,
                result.label,
                result.kind,
                result.date,
                result.language,
                result.file,
                int(result.restated),
            )


def _paragraphs(results: Sequence[Result]) -> Iterator[tuple[str | int | None, ...]]:
    for result in results:
        for p in result.paragraphs:
            yield result.document, result.file, p.position, p.number, p.kind, p.level, p.page, p.start, p.end, p.text


def _mentions(results: Sequence[Result]) -> Iterator[tuple[str | int | None, ...]]:
    for result in results:
        for m in result.mentions:
            yield result.file, m.start, m.end, m.kind, m.iri, m.label, m.reason, m.paragraph


def things(store: Store, base: str) -> Iterator[tuple[str, str, str, str]]:
    """Everything that has a page: IRI, label, kind (the first step of its address) and other names, a line each."""
    labels: dict[str, list[str]] = defaultdict(list)
    for curie in ("rdfs:label", "skos:prefLabel", "skos:altLabel", "dcterms:title", "eli:title"):
        for quad in store.quads_for_pattern(None, NamedNode(expand(curie)), None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                name = quad.object.value
                if quad.subject.value.startswith(base) and name not in labels[quad.subject.value]:
                    labels[quad.subject.value].append(name)
    for address in sorted(labels):
        kind = address[len(base) :].split("/", 1)[0]
        if kind not in HIDDEN:
            first, *others = labels[address]
            yield address, first, kind, "\n".join(sorted(others))
