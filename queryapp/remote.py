"""Foreign queries for a remote endpoint: the same limits, and nothing but a whole answer of the right kind."""

from __future__ import annotations

import json

from queryapp.errors import QueryError
from queryapp.foreign import Answer, EngineError, ForeignError, Job, UnacceptableError
from queryapp.formats import BY_NAME, GRAPHS, Format
from queryapp.store import RemoteStore


class RemoteForeign:
    """Hands foreign queries on, after the same scan; the endpoint's own limits come on top.

    The query is posted with the endpoint's address and our own headers alone.
    """

    def __init__(self, store: RemoteStore) -> None:
        self.store = store

    def answer(self, job: Job) -> Answer:
        """See `queryapp.foreign.Foreign`."""
        wanted = [BY_NAME[name] for name in (job.rows, job.graph) if name]
        query = f"BASE <{job.base}> {job.query}" if job.base else job.query
        accept = ", ".join(format_.media_type for format_ in wanted)
        try:
            body, media_type = self.store.fetch(query, accept, default=job.default_graphs, named=job.named_graphs)
        except ForeignError:
            raise
        except QueryError as failed:
            raise EngineError(failed.message) from failed
        kind, format_ = _kind(media_type, wanted)
        if format_.name == "json":
            kind = _checked_json(body)
        return Answer(kind, format_.name, body)

    def is_confined(self) -> bool:
        """Queries run elsewhere: this process never opens an address that a query names."""
        return True

    def close(self) -> None:
        """Nothing is held."""


def _kind(media_type: str, wanted: list[Format]) -> tuple[str, Format]:
    """What came back, by its media type. Raises UnacceptableError for a type that nobody asked for."""
    for format_ in wanted:
        if media_type in (format_.media_type, *format_.aliases):
            return ("graph" if format_ in GRAPHS else "rows"), format_
    raise UnacceptableError(f"The endpoint answered in {media_type}, which was not asked for.")


def _checked_json(body: bytes) -> str:
    """ "truth" or "rows". Raises EngineError where the endpoint's 200 is cut or has an error inside."""
    try:
        found = json.loads(body)
        if isinstance(found.get("boolean"), bool):
            return "truth"
        if isinstance(found["results"]["bindings"], list):
            return "rows"
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise EngineError("The endpoint's answer is cut or damaged.") from broken
    raise EngineError("The endpoint's answer is no SPARQL result.")
