"""One box, three answers: things by name, sentences with the hits marked, and questions that match.

Works on the dataset's search.sqlite (full text, FTS5). What a reader types is never query syntax: every word is quoted.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from queryapp.queries import Question

START, END = "\ue000", "\ue001"
"""Around a hit in a snippet: private-use characters, so that no text of a document can be mistaken for them."""

WORD = re.compile(r"[\w]+(?:[-'’.][\w]+)*", re.UNICODE)
LONGEST = 200
"""Characters of a query that are looked at."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing whose name matches. exact: the whole name, or one of its other names, is what was typed."""

    iri: str
    label: str
    kind: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph with hits. parts alternate: words outside a hit, words inside one, and so on."""

    document: str
    document_label: str
    file: str
    start: int
    end: int
    number: str | None
    language: str | None
    restated: bool
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. more: paragraphs beyond those shown."""

    query: str
    things: tuple[Thing, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    questions: tuple[Question, ...] = ()
    more: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.things or self.sentences or self.questions)


def words(query: str) -> list[str]:
    """The words of a query, at most twelve."""
    return WORD.findall(query[:LONGEST])[:12]


def match(query: str) -> str:
    """The full-text expression: a phrase where it was quoted, else every word, the last by its beginning."""
    quoted = re.fullmatch(r'\s*["“](.+)["”]\s*', query[:LONGEST])
    found = words(query)
    if not found:
        return ""
    if quoted:
        return '"' + " ".join(found) + '"'
    return " ".join(f'"{word}"' for word in found[:-1]) + f' "{found[-1]}"*'


def search(index: Path, query: str, questions: Iterable[Question], *, limit: int = 20, offset: int = 0) -> Answer:
    """Look a query up. An index that is not there gives questions only."""
    query = " ".join(query.split())[:LONGEST]
    asked = tuple(_questions(query, questions))
    expression = match(query)
    if not expression or not index.is_file():
        return Answer(query, questions=asked)
    with closing(sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)) as base:
        base.row_factory = sqlite3.Row
        sentences, more = _sentences(base, expression, limit, offset)
        return Answer(query, tuple(_things(base, query, expression)), sentences, asked, more)


def _things(base: sqlite3.Connection, query: str, expression: str) -> Iterable[Thing]:
    folded = query.casefold()
    rows = base.execute(
        "SELECT t.iri, t.label, t.kind, t.alternatives FROM thing_fts f JOIN thing t ON t.rowid = f.rowid"
        " WHERE thing_fts MATCH ? ORDER BY bm25(thing_fts), length(t.label), t.iri LIMIT 60",
        (expression,),
    ).fetchall()
    found = [
        Thing(
            row["iri"], row["label"], row["kind"] or "",
            folded in {name.casefold() for name in (row["label"], *(row["alternatives"] or "").splitlines())},
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda thing: not thing.exact)[:12]


def _sentences(base: sqlite3.Connection, expression: str, limit: int, offset: int) -> tuple[tuple[Sentence, ...], int]:
    count = base.execute("SELECT count(*) FROM paragraph_fts WHERE paragraph_fts MATCH ?", (expression,)).fetchone()[0]
    rows = base.execute(
        "SELECT p.file, p.start, p.end, p.number, d.iri, d.label, d.language, d.restated,"
        " snippet(paragraph_fts, 0, ?, ?, ' … ', 40) AS words"
        " FROM paragraph_fts f JOIN paragraph p ON p.id = f.rowid LEFT JOIN document d ON d.file = p.file"
        " WHERE paragraph_fts MATCH ? ORDER BY bm25(paragraph_fts), p.id LIMIT ? OFFSET ?",
        (START, END, expression, limit, offset),
    ).fetchall()
    found = tuple(
        Sentence(
            row["iri"] or "", row["label"] or row["file"], row["file"], row["start"], row["end"], row["number"],
            row["language"], bool(row["restated"]), tuple(re.split(f"[{START}{END}]", row["words"])),
        )
        for row in rows
    )  # fmt: skip
    return found, max(0, count - offset - len(found))


def _questions(query: str, questions: Iterable[Question]) -> Sequence[Question]:
    """Questions in which most of the words stand, most words first."""
    asked = {word.casefold() for word in words(query) if len(word) > 2}
    if not asked:
        return ()
    scored = []
    for question in questions:
        said = {w.casefold() for w in WORD.findall(f"{question.title} {question.question}")}
        score = sum(1 for word in asked if any(word == s or (len(word) > 4 and s.startswith(word[:-1])) for s in said))
        if score and score * 2 >= len(asked):
            scored.append((-score, question.name, question))
    return tuple(question for _, _, question in sorted(scored, key=lambda s: s[:2])[:6])
