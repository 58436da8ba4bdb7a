"""The side table of sentences: where each sentence of a dated document was said before.

The graph ties only the passages that state facts; the pages colour every sentence from here. A row is as old as its
document: the documents that it names are older, so that it holds on each day on which the document is known.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from ingest.dataset.results import Result
from ingest.graph.triples import Graph, write_evidence
from ingest.inference.archive import Account
from ingest.inference.novelty import Told
from ingest.model import Entity, Held

TABLE = """
CREATE TABLE said (file TEXT, start INTEGER, "end" INTEGER, kind TEXT, earlier_file TEXT, earlier_start INTEGER,
    earlier_end INTEGER, first_file TEXT, first_start INTEGER, first_end INTEGER, score REAL, gone TEXT, come TEXT);
CREATE INDEX said_file ON said (file, start);
CREATE INDEX said_earlier ON said (earlier_file, earlier_start);
"""
"""A row per sentence. file: the short checksum, as in the table document. start and end: code points in the text as
read. kind: repeated, refilled, edited or new (`ingest.novelty.Kind`). earlier_*: the latest earlier sentence that it is
like; first_*: the oldest with the words of that one; both NULL for new. score: how alike, from 0 to 1. gone and come:
runs of words that only the earlier sentence and only this one has, as JSON lists."""

_Row: TypeAlias = tuple[str | int | float | None, ...]


def write(path: Path, told: Iterable[Told]) -> None:
    """Add the table to the dataset's side tables."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLE)
        with connection:
            connection.executemany(f"INSERT INTO said VALUES ({','.join('?' * 13)})", _rows(told))  # noqa: S608  # marks


def _rows(told: Iterable[Told]) -> Iterator[_Row]:
    for each in told:
        for origin in each.origins:
            start, end, _ = each.account.sentences[origin.place]
            earlier, first = (_where(each.earlier, at) for at in (origin.earlier, origin.first))
            words = (json.dumps(runs, ensure_ascii=False) for runs in (origin.gone, origin.come))
            yield each.account.name, start, end, origin.kind, *earlier, *first, origin.score, *words


def _where(accounts: Sequence[Account], at: tuple[int, int] | None) -> tuple[str | None, int | None, int | None]:
    if at is None:
        return None, None, None
    account = accounts[at[0]]
    start, end, _ = account.sentences[at[1]]
    return account.name, start, end


def quote_passages(graph: Graph, held: Iterable[Held], results: Iterable[Result]) -> None:
    """Quote the passages that conclusions name and no fact of their documents does, so that each can be read."""
    known = {result.file: result for result in results}
    quoted: dict[str, frozenset[str]] = {}
    for passage in sorted({value for each in held for value in _passages(each)}, key=str):
        result = known[passage.key[0]]
        if result.file not in quoted:
            quoted[result.file] = frozenset(line.split(" ", 1)[0] for line in result.lines)
        if graph.term(passage) not in quoted[result.file]:
            start, end = (int(part) for part in passage.key[1].split("-"))
            block = next(block for first, _, block in result.sentences if first == start)
            write_evidence(graph, result.passages, (start, end, block))


def _passages(each: Held) -> Iterator[Entity]:
    for value in (each.claim.subject, each.claim.object):
        if isinstance(value, Entity) and value.kind == "evidence":
            yield value
