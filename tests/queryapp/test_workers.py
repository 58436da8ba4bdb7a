"""Processes that answer foreign queries: they die, the service does not; and they reach no network."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from queryapp.config import Limits
from queryapp.confine import ALLOW, DENIED, FAIL, program
from queryapp.foreign import (
    BadQueryError,
    BusyError,
    DiedError,
    EngineError,
    ForeignError,
    Job,
    TooLargeError,
    TooLongError,
    UnacceptableError,
)
from queryapp.workers import Workers

CROSS = "SELECT (COUNT(*) AS ?c) { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def workers(small_dataset: Path) -> Iterator[Workers]:
    limits = Limits(seconds=0.7, memory_mb=300, result_mb=1, wait=0.3)
    made = Workers(small_dataset / "current" / "store", limits, count=2)
    yield made
    made.close()


def ask(workers: Workers, query: str, **more: object) -> bytes:
    return workers.answer(Job(query, "http://example.org/sparql", **more)).body  # type: ignore[arg-type]


def assert_alive(workers: Workers) -> None:
    assert json.loads(ask(workers, "ASK {}")) == {"head": {}, "boolean": True}


STEP = "(<x:a>|!<x:b>)*"
PATHS = f"SELECT (COUNT(*) AS ?c) {{ ?s {STEP}/{STEP}/{STEP}/{STEP} ?o . ?x {STEP} ?z . ?a ?b ?c1 }}"
DOUBLE = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))

FAILS = [
    # name            query                                                                         error
    ("runs for ever", CROSS, TooLongError),
    ("path for ever", PATHS, TooLongError),
    ("deep braces", "SELECT * " + "{" * 4_000 + "}" * 4_000, DiedError),
    ("deep calls", "SELECT (" + "STR(" * 3_000 + "1" + ")" * 3_000 + " AS ?x) {}", DiedError),
    ("sort it all", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", (DiedError, TooLongError)),
    ("doubling", f"SELECT ?t {{ BIND('ab' AS ?x0) {DOUBLE} BIND(STRLEN(?x40) AS ?t) }}", (DiedError, TooLongError)),
    ("large answer", "SELECT * { ?a ?b ?c . ?d ?e ?f }", TooLargeError),
    ("large graph", "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", (TooLargeError, TooLongError)),
    ("no query", "SELECT", BadQueryError),
    ("an update", "INSERT DATA { <x:a> <x:b> <x:c> }", BadQueryError),
]


@pytest.mark.parametrize(("query", "error"), [row[1:] for row in FAILS], ids=[row[0] for row in FAILS])
def test_failure_is_told_and_the_next_query_answered(
    workers: Workers, query: str, error: type[ForeignError] | tuple[type[ForeignError], ...]
) -> None:
    began = time.monotonic()
    with pytest.raises(error):
        ask(workers, query)
    assert time.monotonic() - began < 3
    assert_alive(workers)


def test_syntax_errors_have_a_place(workers: Workers) -> None:
    with pytest.raises(BadQueryError) as met:
        ask(workers, "SELECT *\n{ ?s ?p ?o }}")
    assert met.value.line == 2


def test_killed_idle_worker_is_replaced(workers: Workers) -> None:
    assert_alive(workers)
    for process in workers.processes():
        os.kill(process, signal.SIGKILL)
        os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    assert_alive(workers)


def test_killed_busy_worker_gives_an_error_not_a_part(workers: Workers) -> None:
    assert_alive(workers)
    [idle, *_] = workers.processes()
    threading.Timer(0.2, os.kill, (idle, signal.SIGKILL)).start()
    with pytest.raises(DiedError):
        ask(workers, CROSS)
    assert_alive(workers)


def test_no_place_in_time(workers: Workers) -> None:
    errors: list[str] = []

    def run() -> None:
        try:
            ask(workers, CROSS)
        except ForeignError as failed:
            errors.append(type(failed).__name__)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(errors) == ["BusyError", "BusyError", "TooLongError", "TooLongError"]
    assert issubclass(BusyError, ForeignError)
    assert_alive(workers)


def test_timer_inside_ends_a_worker_whose_parent_forgot_it(small_dataset: Path) -> None:
    """The second lock: the process ends itself a second after the deadline, even with nobody to kill it."""
    workers = Workers(small_dataset / "current" / "store", Limits(seconds=5), count=1)
    assert_alive(workers)
    [worker] = workers._idle
    worker._ask.send_bytes(
        json.dumps(
            {"query": CROSS, "base": "", "rows": "json", "graph": None, "default": [], "named": [],
             "seconds": -0.8, "bytes": 1000, "prefixes": {}}
        ).encode()
    )  # fmt: skip
    assert worker.process.wait(timeout=5) == -signal.SIGALRM
    workers.close()


XML_CASES = [
    # literal      answer, or None where XML cannot hold it
    ('"a\\u0001"', None),
    ('"\\u0000"', None),
    ('"\\uFFFE"', None),
    ('"a\\rb"', b"a&#xD;b"),
    ('"<&>"', b"&lt;&amp;"),
]


@pytest.mark.parametrize(("literal", "written"), XML_CASES)
@pytest.mark.parametrize("kind", ["rows", "graph"])
def test_xml_is_never_broken(workers: Workers, kind: str, literal: str, written: bytes | None) -> None:
    query = f"SELECT ({literal} AS ?x) {{}}" if kind == "rows" else f"CONSTRUCT {{ <x:a/b> <x:a/c> {literal} }} {{}}"
    if written is None:
        with pytest.raises(UnacceptableError):
            ask(workers, query, rows="xml", graph="rdf")
    else:
        assert written in ask(workers, query, rows="xml", graph="rdf")


def test_format_that_cannot_hold_the_answer(workers: Workers) -> None:
    with pytest.raises(UnacceptableError):
        ask(workers, "SELECT * { ?s ?p ?o } LIMIT 1", rows=None, graph="ttl")
    with pytest.raises(UnacceptableError):
        ask(workers, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", rows="json", graph=None)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server of our own, and what reached it."""
    arrived: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def run() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    arrived.append(b"connected")

        thread = threading.Thread(target=run)
        thread.start()
        yield server.getsockname()[1], arrived
        stop.set()
        thread.join()


REACHING = [
    "ASK { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { BIND(<http://localhost:PORT/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } } }",
    "DESCRIBE ?s { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", REACHING)
def test_nothing_is_reached_even_past_the_scan(workers: Workers, listener: tuple[int, list[bytes]], query: str) -> None:
    port, arrived = listener
    with contextlib.suppress(EngineError):
        ask(workers, query.replace("PORT", str(port)))
    time.sleep(0.1)
    assert arrived == []


def test_the_listener_would_notice(listener: tuple[int, list[bytes]]) -> None:
    """So that the test above can fail: an unconfined engine does reach it."""
    port, arrived = listener
    query = f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    program_text = f"import pyoxigraph as ox\ntry: ox.Store().query({query!r})\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", program_text], check=True, timeout=20)
    time.sleep(0.1)
    assert arrived


def test_confinement_is_tried_for_real(workers: Workers) -> None:
    assert workers.is_confined()


CONFINED = """
import os, socket, sys
sys.path[:] = sys.argv[1:]
from queryapp.confine import confine
how = confine()
refused = []
for name, call in {
    "socket": lambda: socket.socket(),
    "pair": lambda: socket.socketpair(),
    "program": lambda: os.execv("/bin/true", ["true"]),
}.items():
    try:
        call()
    except PermissionError:
        refused.append(name)
print(how, *refused)
"""


def test_filter_denies_sockets_and_programs() -> None:
    run = subprocess.run(
        [sys.executable, "-c", CONFINED, *sys.path], check=True, capture_output=True, text=True, timeout=20
    )
    assert run.stdout.split() == ["seccomp", "socket", "pair", "program"]


@pytest.mark.parametrize("machine", DENIED)
def test_filter_program_decides_each_call(machine: str) -> None:
    """The program run by hand: listed calls fail, others pass, another architecture ends the process."""
    architecture, calls = DENIED[machine]
    code = program(architecture, calls, x32=machine == "x86_64")
    assert {_decide(code, architecture, call) for call in calls} == {FAIL}
    assert {_decide(code, architecture, call) for call in (0, 1, 3, 60)} == {ALLOW}
    assert _decide(code, architecture ^ 1, 0) == 0x80000000
    if machine == "x86_64":
        assert _decide(code, architecture, 0x40000000 + 41) == FAIL


def _decide(code: bytes, architecture: int, call: int) -> int:
    import struct

    steps = [struct.unpack_from("=HBBI", code, at) for at in range(0, len(code), 8)]
    at, held = 0, 0
    while True:
        operation, yes, no, value = steps[at]
        at += 1
        match operation:
            case 0x20:
                held = {0: call, 4: architecture}[value]
            case 0x15:
                at += yes if held == value else no
            case 0x35:
                at += yes if held >= value else no
            case 0x06:
                return int(value)
