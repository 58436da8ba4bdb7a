"""What the application may be told when it starts; every limit has a number here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What one foreign query may cost.

    seconds is the deadline from outside; memory_mb what a worker may take beyond what it holds when idle;
    result_mb the size of an answer; wait is how long a query may stand in line for a worker, in seconds.
    """

    seconds: float = 10.0
    memory_mb: int = 1024
    result_mb: int = 50
    query_bytes: int = 100_000
    wait: float = 5.0


@dataclass(frozen=True, slots=True)
class Config:
    """Where the data is and what a stranger may take of it.

    Either dataset (a folder as in decisions/0002) or endpoint (a SPARQL 1.1 address) is given. budget is
    seconds of query time per client and minute, None for no such limit; client_queries is how many queries of
    one client may run at once. debug shows tracebacks and is for development alone.
    """

    dataset: Path | None = Path("dataset")
    endpoint: str | None = None
    workers: int = 2
    limits: Limits = field(default_factory=Limits)
    budget: float | None = None
    client_queries: int | None = None
    body_bytes: int = 1_000_000
