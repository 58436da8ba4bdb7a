"""What one client may take: seconds of query time per minute, and queries at once."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LEAST = 0.025
"""Seconds that every query counts at least: a thousand small ones are work too."""

CLIENTS = 10_000
"""Clients that are remembered; of more, those met longest ago are forgotten."""


class SpentError(Exception):
    """The client must wait; seconds says how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:.0f} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Bucket:
    """Seconds left; below nothing where the last query took more than was left."""

    left: float
    filled: float
    running: int = 0


class Budget:
    """A bucket of query seconds per client, which fills at one per `60 / per_minute` seconds up to twice its rate.

    per_minute None: no limit on time. at_once None: none on queries at once.
    """

    def __init__(
        self, per_minute: float | None, at_once: int | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_minute, self.at_once, self._clock = per_minute, at_once, clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    @contextmanager
    def spend(self, address: str | None) -> Iterator[None]:
        """Count the time of the block to a client. Raises SpentError before it begins if nothing is left."""
        client = network(address)
        started = self._clock()
        with self._lock:
            bucket = self._bucket(client, started)
            if self.per_minute is not None and bucket.left <= 0:
                raise SpentError(1 - bucket.left * 60 / self.per_minute)
            if self.at_once is not None and bucket.running >= self.at_once:
                raise SpentError(1)
            bucket.running += 1
        try:
            yield
        finally:
            with self._lock:
                bucket.running -= 1
                bucket.left -= max(self._clock() - started, LEAST)

    def _bucket(self, client: str, now: float) -> _Bucket:
        most = 2 * self.per_minute if self.per_minute is not None else 0.0
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = self._buckets[client] = _Bucket(most, now)
        elif self.per_minute is not None:
            bucket.left = min(most, bucket.left + (now - bucket.filled) * self.per_minute / 60)
        bucket.filled = now
        self._buckets.move_to_end(client)
        while len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return bucket


def network(address: str | None) -> str:
    """Who counts as one client: an IPv4 address, or the /64 that one customer gets in IPv6."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
