"""Why a query has no rows: which of its patterns, dropped alone, would leave some.

The text is foreign, so the variants go the same way as the query itself: to a worker, each as an ASK, which stops
at the first solution. A part whose end is not understood is left alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from queryapp.foreign import Answer, BadQueryError, ForeignError
from queryapp.guard import Token, place, tokens

MOST_VARIANTS = 40
MOST_FOUND = 3

CLOSING = {"(": ")", "{": "}", "[": "]"}
STARTERS = frozenset({"OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH", "UNION", "SELECT"})


@dataclass(frozen=True, slots=True)
class Culprit:
    """A pattern without which there would be rows. line counts from 1."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a query that can be dropped; end excluded."""

    start: int
    end: int


def culprits(text: str, ask: Callable[[str, float], bool], *, seconds: float = 1.0) -> list[Culprit]:
    """The patterns that keep a SELECT empty, each by itself; none if no single one does, or time runs out.

    ask answers an ASK within the seconds that it is given, or raises a ForeignError.
    """
    until = time.monotonic() + seconds
    found: list[Culprit] = []
    for piece in list(pieces(text))[:MOST_VARIANTS]:
        left = until - time.monotonic()
        variant = without(text, piece)
        if left <= 0 or variant is None or len(found) == MOST_FOUND:
            break
        try:
            has_rows = ask(variant, left)
        except BadQueryError:
            continue  # what is left is no query
        except ForeignError:
            break
        if has_rows:
            words = " ".join(text[piece.start : piece.end].split()).strip(" ;.")
            first = piece.start + len(text[piece.start : piece.end]) - len(text[piece.start : piece.end].lstrip(" \n;"))
            found.append(Culprit(place(text, first)[0], words if len(words) <= 120 else words[:119] + "…"))
    return found


def truth(answer: Answer) -> bool:
    """What an ASK was answered, from its answer in JSON."""
    return bool(json.loads(answer.body)["boolean"])


def as_ask(text: str) -> str | None:
    """Whether the patterns of a SELECT have any solution, as a query; None where they cannot be found."""
    return without(text, Piece(len(text), len(text)))


def without(text: str, piece: Piece) -> str | None:
    """The query's patterns without one of them, as an ASK; None where the patterns cannot be found."""
    frame = _where(list(tokens(text)))
    if frame is None:
        return None
    form, source, opened, closed = frame
    head = text[: form.start] + "ASK " + (text[source.start : opened.start] if source else "")
    return head + text[opened.start : min(piece.start, closed.end)] + " " + text[piece.end : closed.end]


def pieces(text: str) -> Iterator[Piece]:
    """What can be dropped, in the order of the text: a property of a subject, a FILTER, a VALUES, a MINUS."""
    every = list(tokens(text))
    frame = _where(every)
    if frame is not None:
        yield from _group(every, every.index(frame[2]) + 1)


def _where(every: list[Token]) -> tuple[Token, Token | None, Token, Token] | None:
    """SELECT, the first FROM if any, and the brackets around the patterns."""
    form = next((t for t in every if t.kind == "word" and t.text.upper() == "SELECT"), None)
    opened = next((t for t in every if form and t.start > form.start and t.text == "{"), None)
    if form is None or opened is None:
        return None
    end = _close(every, every.index(opened))
    if end is None:
        return None
    source = next((t for t in every if t.text.upper() == "FROM" and form.start < t.start < opened.start), None)
    return form, source, opened, every[end]


def _close(every: list[Token], at: int) -> int | None:
    """The place of the bracket that closes the one at `at`."""
    depth = 0
    for place_, token in enumerate(every[at:], at):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return place_
    return None


def _group(every: list[Token], at: int) -> Iterator[Piece]:
    """The pieces of a group whose first token is at `at`."""
    while at < len(every) and every[at].text != "}":
        word = every[at].text.upper() if every[at].kind == "word" else ""
        if word in ("FILTER", "VALUES", "MINUS"):
            end = _clause_end(every, at)
            if end is None:
                return
            yield Piece(every[at].start, every[end].end)
            at = end + 1
        elif word in ("OPTIONAL", "BIND"):
            end = _close(every, at + 1)
            if end is None:
                return
            at = end + 1
        elif word == "GRAPH" or word == "UNION" or every[at].text == "{":
            while every[at].text != "{":
                at += 1
                if at == len(every):
                    return
            end = _close(every, at)
            if end is None:
                return
            if every[at + 1].text.upper() != "SELECT":
                yield from _group(every, at + 1)
            at = end + 1
        elif every[at].text == ".":
            at += 1
        else:
            end = _triples_end(every, at)
            yield from _properties(every, at, end)
            at = end


def _clause_end(every: list[Token], at: int) -> int | None:
    """The last token of a FILTER, VALUES or MINUS: the bracket after its words, or both of VALUES (…) {…}."""
    start = next((i for i in range(at, len(every)) if every[i].text in CLOSING), None)
    end = None if start is None else _close(every, start)
    if end is not None and every[at].text.upper() == "VALUES" and every[end].text == ")":
        return _close(every, end + 1) if end + 1 < len(every) else None
    return end


def _triples_end(every: list[Token], at: int) -> int:
    """One past the statement that begins at `at`: at its dot, at a word that begins something else, or at a bracket."""
    start = at
    while at < len(every):
        token = every[at]
        if token.text in (".", "}", "{") or (token.kind == "word" and token.text.upper() in STARTERS):
            return max(at, start + 1)
        end = _close(every, at) if token.text in CLOSING else at
        at = (len(every) if end is None else end) + 1
    return at


def _properties(every: list[Token], at: int, end: int) -> Iterator[Piece]:
    """Each property of the statement's subject; the whole statement where it has only one."""
    subject_end = _close(every, at) if every[at].text in CLOSING else at
    if subject_end is None:
        return
    cuts, depth = [subject_end + 1], 0
    for i in range(subject_end + 1, end):
        depth += (every[i].kind == "open") - (every[i].kind == "close")
        if every[i].text == ";" and depth == 0:
            cuts.append(i + 1)
    parts = [(a, b - 1) for a, b in zip(cuts, [*cuts[1:], end + 1], strict=True) if b - 1 > a]
    if len(parts) == 1:
        has_dot = end < len(every) and every[end].text == "."
        yield Piece(every[at].start, every[end if has_dot else end - 1].end)
        return
    for number, (first, last) in enumerate(parts):
        if number == 0:
            yield Piece(every[first].start, every[last].end)  # with the semicolon after it
        else:
            yield Piece(every[first - 1].start, every[last - 1].end)  # with the semicolon before it
