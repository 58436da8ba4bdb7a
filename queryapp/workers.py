"""Worker processes for foreign queries: each may be killed at any moment, and is replaced.

A query gets a worker for itself, a deadline enforced by killing the process, a limit on memory and on the size of
its answer. What comes back is a whole answer or an error. Processes are started with a fresh interpreter, never by
forking this one, whose threads would leave locks held in the child.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ontology.prefixes import PREFIXES
from queryapp.config import Limits
from queryapp.foreign import (
    Answer,
    BadQueryError,
    BusyError,
    DiedError,
    EngineError,
    Job,
    TooLargeError,
    TooLongError,
    UnacceptableError,
)

log = logging.getLogger(__name__)

START_SECONDS = 30
"""How long a process may take to open its store."""

RETIRE_AFTER = 1000
"""Answers after which a process is replaced, so that what one query leaves behind never adds up."""

PROGRAM = "import sys; sys.path[:] = sys.argv[5:]; from queryapp.worker import start; start(sys.argv[1:5])"


class Worker:
    """One process and its two pipes. Not for two threads at once."""

    def __init__(self, store: Path, limits: Limits) -> None:
        child_reads, self_writes = os.pipe()
        self_reads, child_writes = os.pipe()
        arguments = [str(store.resolve()), str(child_reads), str(child_writes), str(limits.memory_mb)]
        try:
            self.process = subprocess.Popen(  # noqa: S603  # our own interpreter and program
                [sys.executable, "-I", "-c", PROGRAM, *arguments, *filter(None, sys.path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(child_reads, child_writes),
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            )
        finally:
            os.close(child_reads)
            os.close(child_writes)
        self._ask = Connection(self_writes, readable=False)
        self._told = Connection(self_reads, writable=False)
        self.answered = 0
        try:
            self.confined = str(json.loads(self._receive(START_SECONDS, 1000))["ready"])
        except (EOFError, OSError, TimeoutError, ValueError) as failed:
            self.kill()
            raise EngineError("A process for queries does not start; see the server's log.") from failed

    def run(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Head and bytes of the answer. Raises TimeoutError at the deadline, EOFError if the process died."""
        deadline = time.monotonic() + float(job["seconds"])
        self._ask.send_bytes(json.dumps(job).encode())
        head = json.loads(self._receive(deadline - time.monotonic(), 100_000))
        body = self._receive(deadline + 1 - time.monotonic(), int(job["bytes"]) * 2 + 1000)
        self.answered += 1
        return head, body

    def is_ready(self) -> bool:
        """Whether the process lives and waits: a pipe that has something to say now has its end."""
        return self.process.poll() is None and not self._told.poll(0)

    def kill(self) -> None:
        """End the process now, and wait until it is gone."""
        self._ask.close()
        self._told.close()
        self.process.kill()
        self.process.wait()

    def _receive(self, seconds: float, limit: int) -> bytes:
        if not self._told.poll(max(seconds, 0)):
            raise TimeoutError
        return self._told.recv_bytes(limit)


class Workers:
    """A few workers on one store, started when they are needed."""

    def __init__(self, store: Path, limits: Limits, *, count: int = 2) -> None:
        self.store, self.limits, self.count = store, limits, max(count, 1)
        self._slots = threading.BoundedSemaphore(self.count)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed = False
        self._confined: bool | None = None

    def answer(self, job: Job) -> Answer:
        """See `queryapp.foreign.Foreign`."""
        head, body = self._run(
            {
                "query": job.query,
                "base": job.base,
                "rows": job.rows,
                "graph": job.graph,
                "default": job.default_graphs,
                "named": job.named_graphs,
                "seconds": min(self.limits.seconds, job.seconds or self.limits.seconds),
                "bytes": self.limits.result_mb * 1_000_000,
                "prefixes": PREFIXES,
            }
        )
        if "error" in head:
            raise self._error(head)
        return Answer(head["kind"], head["format"], body)

    def is_confined(self) -> bool:
        """Whether a query that says SERVICE fails without reaching a listener: tried once, for real."""
        if self._confined is None:
            self._confined = _cannot_connect(self)
        return self._confined

    def processes(self) -> list[int]:
        """The identifiers of the processes that live now."""
        with self._lock:
            return sorted(worker.process.pid for worker in {*self._idle, *self._busy})

    def close(self) -> None:
        """End idle processes; busy ones end with their answer."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.kill()

    def _run(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if not self._slots.acquire(timeout=self.limits.wait):
            raise BusyError("All places for queries are taken. Try again in a few seconds.")
        try:
            return self._run_in(self._take(), job)
        finally:
            self._slots.release()

    def _run_in(self, worker: Worker, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        alive = False
        try:
            found = worker.run(job)
            alive = True
        except TimeoutError as late:
            raise TooLongError(
                f"Stopped after {self.limits.seconds:g} seconds. Narrow the query: name a thing or a graph, "
                "select fewer variables, add LIMIT, or replace a * or + path by fixed steps."
            ) from late
        except (EOFError, OSError, ValueError) as gone:
            worker.process.wait()
            log.warning("a query ended its process (status %s)", worker.process.returncode)
            raise DiedError(
                "The query needed more memory or time than one query may. Select less, avoid ORDER BY, DISTINCT and "
                "GROUP_CONCAT over everything, and do not multiply long texts."
            ) from gone
        else:
            return found
        finally:
            self._give_back(worker, alive=alive)

    def _take(self) -> Worker:
        """An idle worker that still lives, else a new one."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
                if worker is not None and worker.is_ready():
                    self._busy.add(worker)
                    return worker
            if worker is None:
                break
            worker.kill()
        fresh = Worker(self.store, self.limits)
        with self._lock:
            self._busy.add(fresh)
        return fresh

    def _give_back(self, worker: Worker, *, alive: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            if alive and not self._closed and worker.answered < RETIRE_AFTER:
                self._idle.append(worker)
                return
        worker.kill()

    def _error(self, head: dict[str, Any]) -> Exception:
        match head["error"]:
            case "syntax":
                return BadQueryError(str(head["message"]), head.get("line"), head.get("column"))
            case "unacceptable":
                kind = "a graph" if head["kind"] == "graph" else "rows"
                return UnacceptableError(f"The query makes {kind}, and none of the formats asked for can hold that.")
            case "control":
                return UnacceptableError(
                    "The answer holds control characters, which XML cannot write. Ask for JSON, CSV or Turtle."
                )
            case "large":
                return TooLargeError(
                    f"The answer is larger than {self.limits.result_mb} MB. Add LIMIT, or fetch the dataset's dump."
                )
        return EngineError(f"The engine failed: {head.get('message', 'no reason given')}")


def _cannot_connect(workers: Workers) -> bool:
    """Ask a worker to reach a listener of our own; True if nothing arrives there and the query fails."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        arrived: list[bool] = []

        def listen() -> None:
            for _ in range(10):
                try:
                    listener.accept()[0].close()
                except TimeoutError:
                    continue
                except OSError:
                    return
                arrived.append(True)
                return

        waiting = threading.Thread(target=listen, daemon=True)
        waiting.start()
        try:
            workers.answer(Job(f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}", ""))
        except EngineError:
            refused = True
        except (TooLongError, TooLargeError, DiedError, BadQueryError, UnacceptableError, BusyError):
            refused = False
        else:
            refused = False
        waiting.join(0.3)
        return refused and not arrived
