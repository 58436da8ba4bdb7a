"""Answering query text from strangers: what is asked, what comes back, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from queryapp.errors import QueryError


@dataclass(frozen=True, slots=True)
class Job:
    """A foreign query, not parsed by anyone yet.

    rows and graph are names in `queryapp.formats` for the two kinds of answer; None means that the asker takes
    no such answer. default_graphs and named_graphs are the protocol's dataset, () is the query's own. seconds is a
    deadline shorter than the usual one, None for the usual one.
    """

    query: str
    base: str
    rows: str | None = "json"
    graph: str | None = "ttl"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, never a part: its kind ("rows", "truth" or "graph"), the name of its format, and its bytes."""

    kind: str
    format: str
    body: bytes


class ForeignError(QueryError):
    """A foreign query that was not answered. Subclasses say why."""


class BadQueryError(ForeignError):
    """The text is no query. line and column count from 1 where the engine says them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line, self.column = line, column


class UnacceptableError(ForeignError):
    """The answer cannot be written in any format that the asker takes."""


class TooLongError(ForeignError):
    """It ran past the deadline and was stopped."""


class TooLargeError(ForeignError):
    """Its answer is larger than one answer may be."""


class DiedError(ForeignError):
    """It needed more memory than one query may, or brought its process down otherwise."""


class BusyError(ForeignError):
    """No worker came free in time."""


class EngineError(ForeignError):
    """The engine failed or cannot be reached."""


class Foreign(Protocol):
    """Answers foreign queries within limits."""

    def answer(self, job: Job) -> Answer:
        """The whole answer. Raises a ForeignError, never returns a part."""

    def is_confined(self) -> bool:
        """Whether a query was shown to be unable to reach the network from here."""

    def close(self) -> None:
        """Let go of processes."""
