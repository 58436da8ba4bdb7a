"""Runs the reading of documents over processes; one that dies takes nothing else with it."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from ingest.dataset.results import Result
from ingest.errors import IngestError
from ingest.pipeline import Task, process, unread

SECONDS = 300
"""Time one document may take before its process is ended."""

MEMORY = 6 * 2**30
"""Address space, in bytes, that a reading process may take."""


def run(tasks: Sequence[Task], *, workers: int, dask: str | None = None) -> Iterator[tuple[Task, Result]]:
    """Read the documents and give each result as it is ready. dask is a scheduler's address.

    The order of results depends on the machine; whoever publishes sorts them.
    """
    if dask is not None:
        yield from _over(_dask_executor(dask), tasks)
        return
    yield from _with_processes(tasks, workers)


def _with_processes(tasks: Sequence[Task], workers: int) -> Iterator[tuple[Task, Result]]:
    """Over a pool; if a process dies, what it leaves undone is read one by one, each in a process of its own."""
    left = dict(enumerate(tasks))
    numbers = {id(task): number for number, task in left.items()}
    try:
        with _pool(workers) as pool:
            for task, result in _over(pool, tasks):
                del left[numbers[id(task)]]
                yield task, result
    except BrokenProcessPool:
        for task in left.values():
            yield task, _alone(task)


def _over(pool: Executor, tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
    waiting: dict[Future[Result], Task] = {pool.submit(bounded, task): task for task in tasks}
    for done in as_completed(waiting):
        yield waiting[done], done.result()


def _alone(task: Task) -> Result:
    try:
        with _pool(1) as pool:
            return pool.submit(bounded, task).result()
    except BrokenProcessPool:
        error = IngestError(
            f"{task.source.path}: reading it ended its process (more than {SECONDS} s or {MEMORY // 2**30} GB). "
            "Read it with another program, save it anew, or split it."
        )
        return unread(task, error)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_limit_memory)


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def bounded(task: Task) -> Result:
    """Read one document with the kernel's clock running: past it the process ends, whatever it does."""
    if threading.current_thread() is not threading.main_thread():
        return process(task)  # a cluster's worker has its own limits
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return process(task)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _dask_executor(address: str) -> Executor:
    try:
        from dask.distributed import Client
    except ImportError as error:
        raise IngestError("--dask needs dask.distributed. Install recalling[dask].") from error
    executor: Executor = Client(address).get_executor()
    return executor
