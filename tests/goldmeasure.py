"""The base of the addresses in readings that are only measured; what measures them is `ingest.evaluation`."""

from __future__ import annotations

from ingest.graph.iris import DEFAULT_BASE

BASE = DEFAULT_BASE
