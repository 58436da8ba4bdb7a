"""Opens a dataset folder (decisions/0002) and moves over to a new build without dropping a request.

A request is given the version that is current when it begins, and keeps it to its end. `current` is looked at
with every request, which costs a microsecond; the first request after a switch opens the new version, while
others go on with the old one.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.prefixes import PREFIXES
from queryapp.config import Config
from queryapp.errors import QueryError
from queryapp.foreign import Foreign
from queryapp.remote import RemoteForeign
from queryapp.store import EmbeddedStore, RemoteStore, Store
from queryapp.workers import Workers

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build says of itself; everything it says is in all.

    base is the IRI that all things of the dataset begin with. restated: the documents restate others, and every
    page must say so. build is None for an endpoint, whose data may change at any moment.
    """

    build: str | None
    base: str
    title: str
    restated: bool
    all: Mapping[str, Any]


class Dataset:
    """One version of a dataset: a store for the project's own queries, one for foreign ones, texts and search.

    folder is None where there is only an endpoint: then there are no texts and no full-text index.
    """

    def __init__(self, folder: Path | None, manifest: Manifest, store: Store, foreign: Foreign) -> None:
        self.folder, self.manifest, self.store, self.foreign = folder, manifest, store, foreign

    @property
    def base(self) -> str:
        """What the IRIs of its things begin with."""
        return self.manifest.base

    @property
    def build(self) -> str | None:
        """The build's key; None for an endpoint."""
        return self.manifest.build

    def search(self) -> sqlite3.Connection:
        """A new connection to the full-text index, read-only; close it. Raises QueryError if there is none."""
        path = self.folder / "search.sqlite" if self.folder else None
        if path is None or not path.is_file():
            raise QueryError("There is no full-text index: the site was started on an endpoint alone.")
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def text(self, file: str) -> str | None:
        """The text as read of a file (20 hexadecimal digits); None if it is not in the dataset."""
        if self.folder is None or not file.isalnum() or len(file) > 64:
            return None
        path = self.folder / "texts" / f"{file}.txt"
        return path.read_bytes().decode("utf-8") if path.is_file() else None

    def findings(self) -> list[dict[str, Any]]:
        """The findings of the build, as the build wrote them; none for an endpoint."""
        path = self.folder / "findings.jsonl" if self.folder else None
        if path is None or not path.is_file():
            return []
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]

    def close(self) -> None:
        """Let go of worker processes."""
        self.foreign.close()


def read_manifest(version: Path) -> Manifest:
    """The manifest of a version. Raises QueryError if it is missing or is none."""
    path = version / "manifest.json"
    try:
        found = json.loads(path.read_text("utf-8"))
        return Manifest(
            build=str(found["build"]),
            base=str(found["base"]),
            title=str(found.get("title") or "Recalling"),
            restated=bool(found.get("restated")),
            all=found,
        )
    except FileNotFoundError as missing:
        raise QueryError(f"{version}: no manifest.json; this is no version of a dataset.") from missing
    except (ValueError, KeyError, TypeError) as broken:
        raise QueryError(f"{path}: not a manifest ({broken!r}). Build the dataset again.") from broken


def current_version(folder: Path) -> Path:
    """The version that a dataset folder serves now. Raises QueryError with what to do if there is none."""
    try:
        target = folder / os.readlink(folder / "current")
    except OSError:
        target = folder  # a version itself may be served, or queried, as it lies
    if (target / "manifest.json").is_file():
        return target
    if not folder.is_dir():
        raise QueryError(f"{folder}: no such folder. Make one with: recalling build DOCUMENTS --out {folder}")
    raise QueryError(f"{folder}: no dataset in it. Make one with: recalling build DOCUMENTS --out {folder}")


def open_version(version: Path, config: Config) -> Dataset:
    """Open a version of a dataset; worker processes start with the first foreign query."""
    workers = Workers(version / "store", config.limits, count=config.workers)
    return Dataset(version, read_manifest(version), EmbeddedStore(version / "store"), workers)


def open_endpoint(config: Config) -> Dataset:
    """A dataset behind a SPARQL endpoint; with a folder beside it for texts and search, if one is given."""
    assert config.endpoint is not None  # noqa: S101  # the caller looked
    remote = RemoteStore(
        config.endpoint, seconds=config.limits.seconds, result_bytes=config.limits.result_mb * 1_000_000
    )
    version = current_version(config.dataset) if config.dataset else None
    bare = Manifest(None, PREFIXES["id"], "Recalling", restated=False, all={})
    manifest = read_manifest(version) if version else bare
    unbuilt = Manifest(None, manifest.base, manifest.title, manifest.restated, manifest.all)
    return Dataset(version, unbuilt, remote, RemoteForeign(remote))


@dataclass(slots=True)
class Held:
    """A version that is open, and how many requests hold it."""

    dataset: Dataset
    count: int = 0


class Datasets:
    """The current version, and older ones for as long as a request still holds them."""

    def __init__(self, config: Config, *, opened: Callable[[Path, Config], Dataset] = open_version) -> None:
        self._config, self._opened = config, opened
        self._lock, self._opening = threading.Lock(), threading.Lock()
        self._refused: Path | None = None
        if config.endpoint:
            self._version: Path | None = None
            self._current = Held(open_endpoint(config))
        else:
            assert config.dataset is not None, "a dataset folder or an endpoint"  # noqa: S101  # wrong use
            self._version = current_version(config.dataset)
            self._current = Held(opened(self._version, config))

    @contextmanager
    def pinned(self) -> Iterator[Dataset]:
        """The current version, kept open until the block ends."""
        held = self.pin()
        try:
            yield held.dataset
        finally:
            self.release(held)

    def pin(self) -> Held:
        """Hold the current version; give it back with `release`."""
        self._look()
        with self._lock:
            self._current.count += 1
            return self._current

    def release(self, held: Held) -> None:
        """Give a version back; the last holder of an old one closes it."""
        with self._lock:
            held.count -= 1
            last = held is not self._current and held.count == 0
        if last:
            held.dataset.close()

    def close(self) -> None:
        """Close the current version."""
        self._current.dataset.close()

    def _look(self) -> None:
        """Move over if `current` points elsewhere. A version that cannot be opened is reported once and left alone."""
        if self._version is None or self._config.dataset is None:
            return
        try:
            found = current_version(self._config.dataset)
        except QueryError:
            return  # between two builds, or the folder is gone: what is open still serves
        if found in (self._version, self._refused) or not self._opening.acquire(blocking=False):
            return
        try:
            self._move(found)
        except QueryError as broken:
            self._refused = found
            log.error("%s: not served, the version before goes on: %s", found, broken.message)  # noqa: TRY400
        finally:
            self._opening.release()

    def _move(self, found: Path) -> None:
        fresh = Held(self._opened(found, self._config))
        with self._lock:
            old, self._current, self._version = self._current, fresh, found
            idle = old.count == 0
        log.info("now serving build %s", fresh.dataset.build)
        if idle:
            old.dataset.close()
