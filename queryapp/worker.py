"""The inside of a worker process: takes queries from a pipe, answers them from a store, and may die of any.

Runs as a program of its own (`python -m queryapp.worker` in effect), started by `queryapp.workers`. It imports
little, holds the store read-only, and before it opens it gives up the right to make sockets or start programs.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox

from queryapp.confine import confine

ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
IN_XML = frozenset({"xml", "rdf"})

LARGEST_JOB = 2_000_000
"""Bytes of a job on the pipe: a query of the largest size, escaped, and its graphs."""

_PLACE = re.compile(r"error at (\d+):(\d+): ")
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What XML 1.0 has no way to write: control characters, U+FFFE and U+FFFF."""


class _Bounded(io.RawIOBase):
    """Collects what the engine writes, up to a limit."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self.left = limit

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self.left -= len(part)
        if self.left < 0:
            raise OSError("the answer is too large")
        self.parts.append(bytes(part))
        return len(part)


def main(store: str, requests: int, answers: int, memory_mb: int) -> None:
    """Serve one pipe until it closes. The first message says how the process is confined."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which closes the pipe
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        os.nice(5)
    how = confine()
    opened = ox.Store.read_only(store)
    list(opened.quads_for_pattern(None, None, None, ox.NamedNode("x:none")))  # files are opened before the limits
    _limit_memory(memory_mb)
    asked = Connection(requests, writable=False)
    told = Connection(answers, readable=False)
    told.send_bytes(json.dumps({"ready": how}).encode())
    while True:
        try:
            job = json.loads(asked.recv_bytes(LARGEST_JOB))
        except EOFError:
            return
        # With the default action the kernel ends the process, whatever it is doing; nothing has to be caught.
        signal.setitimer(signal.ITIMER_REAL, float(job["seconds"]) + 1)
        head, body = answer(opened, job)
        told.send_bytes(json.dumps(head).encode())
        told.send_bytes(body)
        signal.setitimer(signal.ITIMER_REAL, 0)


def answer(store: ox.Store, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head of the answer and its bytes; the head names what went wrong where something did."""
    out = _Bounded(int(job["bytes"]))
    given = bool(job["default"] or job["named"])  # the protocol's dataset: then both parts, of which one may be empty
    try:
        found = store.query(
            job["query"],
            base_iri=job["base"] or None,
            default_graph=[*map(ox.NamedNode, job["default"])] if given else None,
            named_graphs=[*map(ox.NamedNode, job["named"])] if given else None,
        )
        kind, name, write = _writer(found, job)
        if name is None:
            return {"error": "unacceptable", "kind": kind}, b""
        write(out)
    except (SyntaxError, ValueError) as broken:
        return _syntax(str(broken)), b""
    except (OSError, RuntimeError) as broken:
        if out.left < 0:
            return {"error": "large"}, b""
        return {"error": "engine", "message": str(broken)[:500]}, b""
    body = b"".join(out.parts)
    if name in IN_XML:
        if _NOT_XML.search(body):
            return {"error": "control", "kind": kind}, b""
        body = body.replace(b"\r", b"&#xD;")
    return {"kind": kind, "format": name}, body


def _writer(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, job: dict[str, Any]
) -> tuple[str, str | None, Callable[[io.RawIOBase], object]]:
    if isinstance(found, ox.QueryTriples):
        name = job["graph"]
        prefixes = dict(job["prefixes"]) if name in ("ttl", "rdf") else None
        return "graph", name, lambda out: ox.serialize(found, out, GRAPHS[name], prefixes=prefixes)
    kind = "truth" if isinstance(found, ox.QueryBoolean) else "rows"
    name = job["rows"]
    return kind, name, lambda out: found.serialize(out, ROWS[name])


def _syntax(message: str) -> dict[str, Any]:
    place = _PLACE.match(message)
    head: dict[str, Any] = {"error": "syntax", "message": message[place.end() :] if place else message}
    if place:
        head |= {"line": int(place[1]), "column": int(place[2])}
    return head


def _limit_memory(megabytes: int) -> None:
    """What the process holds now, and so much more: past it, allocations fail and the process ends."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        held = int(statm.read().split()[0]) * resource.getpagesize()
    limit = held + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def start(arguments: list[str]) -> None:
    """Entry of the process: store folder, two file descriptors, megabytes."""
    store, requests, answers, memory = arguments
    main(store, int(requests), int(answers), int(memory))


if __name__ == "__main__":
    start(sys.argv[1:])
