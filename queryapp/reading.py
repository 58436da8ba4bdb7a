"""The text of a document, a page of paragraphs at a time, split into runs where mentions begin and end."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from queryapp.evidence import Run, Span, runs, shown

SIZE = 60
"""Paragraphs on one page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its runs. position counts from 1 in the file; number is as printed."""

    position: int
    number: str | None
    kind: str
    level: int
    page: int | None
    start: int
    end: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents, with the page of paragraphs that it stands on."""

    position: int
    number: str | None
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Text:
    """A page of a text. kinds counts the mentions of the whole file by kind; total counts its paragraphs."""

    file: str
    language: str | None
    paragraphs: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]
    kinds: tuple[tuple[str, int], ...]
    first: int
    total: int


def read(
    folder: Path, file: str, *, at: int = 1, kinds: Collection[str] | None = None, as_in_source: bool = False
) -> Text | None:
    """The page of a file that holds paragraph `at`; None if the dataset has no such text.

    kinds limits which mentions are marked. as_in_source keeps every character; else white space is smoothed.
    """
    index, path = folder / "search.sqlite", folder / "texts" / f"{file}.txt"
    if not index.is_file() or not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8")
    with closing(sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)) as base:
        base.row_factory = sqlite3.Row
        total = base.execute("SELECT count(*) FROM paragraph WHERE file = ?", (file,)).fetchone()[0]
        if not total:
            return None
        first = (min(max(1, at), total) - 1) // SIZE * SIZE + 1
        rows = base.execute(
            "SELECT * FROM paragraph WHERE file = ? ORDER BY position LIMIT ? OFFSET ?", (file, SIZE, first - 1)
        ).fetchall()
        spans = _spans(base, file, rows[0]["start"], rows[-1]["end"], kinds)
        counted = base.execute("SELECT kind, count(*) FROM mention WHERE file = ? GROUP BY kind ORDER BY kind", (file,))
        headings = base.execute(
            "SELECT position, number, text, level FROM paragraph WHERE file = ? AND kind = 'heading' ORDER BY position",
            (file,),
        )
        named = base.execute("SELECT language FROM document WHERE file = ?", (file,)).fetchone()
        return Text(
            file,
            named["language"] if named else None,
            tuple(_paragraph(row, text, spans, as_in_source=as_in_source) for row in rows),
            tuple(Heading(r["position"], r["number"], r["text"], r["level"] or 0) for r in headings),
            tuple((kind, count) for kind, count in counted),
            first,
            total,
        )


def _spans(base: sqlite3.Connection, file: str, start: int, end: int, kinds: Collection[str] | None) -> list[Span]:
    rows = base.execute(
        'SELECT * FROM mention WHERE file = ? AND start < ? AND "end" > ? ORDER BY start, "end", id', (file, end, start)
    )
    return [
        Span(r["start"], r["end"], r["kind"] or "other", r["iri"] or "", r["label"] or "", r["reason"] or "")
        for r in rows
        if kinds is None or r["kind"] in kinds
    ]


def _paragraph(row: sqlite3.Row, text: str, spans: list[Span], *, as_in_source: bool) -> Paragraph:
    start, end = row["start"], row["end"]
    if not as_in_source and row["number"] and text.startswith(row["number"], start):
        start += len(row["number"])  # the margin shows it
    found = runs(text[start:end], start, [s for s in spans if s.start < end and s.end > start])
    if not as_in_source:
        found = [Run(shown(run.text), run.spans) for run in found]
    return Paragraph(
        row["position"], row["number"], row["kind"] or "paragraph", row["level"] or 0, row["page"],
        row["start"], end, tuple(found),
    )  # fmt: skip
