"""Asking a store with the project's own queries: an embedded one, or any SPARQL 1.1 endpoint.

Only the project's own text (.rq files, filled with checked terms) may come here. Foreign text goes through
`queryapp.foreign`, for a stranger's query can kill the process that parses it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from http.client import HTTPException, HTTPResponse, IncompleteRead
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, build_opener

import pyoxigraph as ox

from queryapp.errors import QueryError
from queryapp.foreign import BadQueryError, EngineError, TooLargeError, TooLongError, UnacceptableError
from queryapp.rows import XSD, Row, Rows, Term, rows_from_json

CHUNK = 1 << 16


class Store(Protocol):
    """What a page may ask, whatever engine answers."""

    def select(self, query: str) -> Rows:
        """All rows of a SELECT. Raises QueryError, never returns a part."""

    def ask(self, query: str) -> bool:
        """The answer to an ASK."""

    def construct(self, query: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once."""


class EmbeddedStore:
    """An Oxigraph folder, opened read-only. Threads may share it: the engine lets go of the interpreter."""

    def __init__(self, folder: Path) -> None:
        try:
            self._store = ox.Store.read_only(str(folder))
        except (OSError, ValueError) as broken:
            raise QueryError(f"{folder}: the store cannot be opened ({broken}). Build the dataset again.") from broken

    def select(self, query: str) -> Rows:
        """See Store."""
        found = self._query(query)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("This question does not select rows.")
        names = tuple(variable.value for variable in found.variables)
        rows = []
        for solution in found:
            cells = ((name, solution[name]) for name in names)
            rows.append(Row({name: from_oxigraph(cell) for name, cell in cells if cell is not None}))
        return Rows(names, tuple(rows))

    def ask(self, query: str) -> bool:
        """See Store."""
        found = self._query(query)
        if not isinstance(found, ox.QueryBoolean):
            raise QueryError("This question has no yes or no.")
        return bool(found)

    def construct(self, query: str) -> list[ox.Triple]:
        """See Store."""
        found = self._query(query)
        if not isinstance(found, ox.QueryTriples):
            raise QueryError("This question does not make a graph.")
        return list(dict.fromkeys(found))

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(query)
        except (SyntaxError, ValueError, OSError) as broken:
            raise QueryError(f"The question cannot be answered: {broken}") from broken


def from_oxigraph(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """A term of the embedded engine as a term of ours."""
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("blank", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, None if term.language else term.datatype.value, term.language)
    return Term("literal", str(term), XSD + "string")


class RemoteStore:
    """Any SPARQL 1.1 endpoint. Its address comes from the configuration alone; nothing of a client is forwarded."""

    def __init__(self, endpoint: str, *, seconds: float = 10.0, result_bytes: int = 50_000_000) -> None:
        self.endpoint, self.seconds, self.result_bytes = endpoint, seconds, result_bytes

    def select(self, query: str) -> Rows:
        """See Store."""
        return rows_from_json(self._json(query))

    def ask(self, query: str) -> bool:
        """See Store."""
        answer = self._json(query).get("boolean")
        if not isinstance(answer, bool):
            raise QueryError("The endpoint's answer has no yes or no.")
        return answer

    def construct(self, query: str) -> list[ox.Triple]:
        """See Store."""
        body, _ = self.fetch(query, "text/turtle")
        try:
            return list(dict.fromkeys(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)))
        except SyntaxError as broken:
            raise QueryError(f"The endpoint's answer is no Turtle: {broken}") from broken

    def _json(self, query: str) -> dict[str, object]:
        body, _ = self.fetch(query, "application/sparql-results+json")
        try:
            answer = json.loads(body)
        except ValueError as broken:
            raise QueryError("The endpoint's answer is cut or is no JSON.") from broken
        if not isinstance(answer, dict):
            raise QueryError("The endpoint's answer is no SPARQL result.")
        return answer

    def fetch(
        self, query: str, accept: str, *, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> tuple[bytes, str]:
        """Post a query; the whole body of the answer and its media type.

        default and named are the graphs of the protocol's dataset. Raises QueryError for everything that is not a
        whole 200: what the endpoint says of a query's text is passed on, what it says of itself is not.
        """
        from SPARQLWrapper import POST, POSTDIRECTLY, SPARQLWrapper

        asked = SPARQLWrapper(self.endpoint, agent="recalling")
        asked.setTimeout(max(1, round(self.seconds)))
        asked.setMethod(POST)
        asked.setRequestMethod(POSTDIRECTLY)
        asked.setOnlyConneg(True)
        for graph in default:
            asked.addDefaultGraph(graph)
        for graph in named:
            asked.addNamedGraph(graph)
        asked.setQuery(query)
        request = asked._createRequest()
        request.headers["Accept"] = accept
        try:
            with _opener().open(request, timeout=self.seconds) as response:
                body = _read(response, self.result_bytes, time.monotonic() + self.seconds)
                media_type: str = response.headers.get_content_type()
        except HTTPError as refused:
            raise self._refused(refused) from refused
        except (OSError, HTTPException) as gone:
            raise EngineError(f"The endpoint cannot be reached, or did not answer in {self.seconds:g} s.") from gone
        if len(body) > self.result_bytes:
            raise TooLargeError(f"The answer is larger than {self.result_bytes // 1_000_000} MB. Add LIMIT.")
        return body, media_type

    def _refused(self, refused: HTTPError) -> QueryError:
        with refused:
            words = refused.read(1000).decode("utf-8", "replace").strip()
        match refused.code:
            case 400:
                return BadQueryError(f"The endpoint does not accept the query: {words}")
            case 406:
                return UnacceptableError("The endpoint cannot write its answer in a format asked for.")
            case 408 | 429 | 503 | 504:
                return TooLongError("The endpoint took too long, or is busy. Narrow the query, or try again later.")
        return EngineError(f"The endpoint answered with status {refused.code}.")


def _read(response: HTTPResponse, most: int, deadline: float) -> bytes:
    """The body, or the first part of one that is larger than `most`. Raises TimeoutError for one that only drips."""
    parts: list[bytes] = []
    size = 0
    while size <= most and (part := response.read1(CHUNK)):
        if time.monotonic() > deadline:
            raise TimeoutError
        parts.append(part)
        size += len(part)
    if size <= most and response.length:
        raise IncompleteRead(b"", response.length)
    return b"".join(parts)


class _NoRedirects(HTTPRedirectHandler):
    """The address comes from the configuration, and a query goes nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirects)
