"""The dataset folder: versions beside each other, and a link to the one that is served.

A version is made under a name of its own and renamed when it is whole; then the link `current` is replaced in one
rename. A build that is killed at any moment leaves `current` on the version before.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from ingest.dataset import index
from ingest.dataset.results import Result, raw_finding
from ingest.errors import IngestError
from ingest.model import Finding

KEPT_VERSIONS = 3
UNFINISHED = ".unfinished-"


class Dataset:
    """One dataset folder, as the builder sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def cache(self) -> Path:
        """What was made of each document; may be deleted at any time."""
        return self.folder / "cache"

    def current(self) -> Path | None:
        """The version that is served, or None before the first build."""
        link = self.folder / "current"
        return link.resolve() if link.exists() else None

    def manifest(self) -> dict[str, Any] | None:
        """The manifest of the version that is served."""
        version = self.current()
        if version is None:
            return None
        manifest: dict[str, Any] = json.loads((version / "manifest.json").read_text(encoding="utf-8"))
        return manifest

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One builder at a time. The kernel lets go of the lock when the builder dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise IngestError(f"{self.folder}: another build is at work here. Wait for it to end.") from error
            self._clear_unfinished()
            yield

    def publish(self, build: str, write: Callable[[Path], None]) -> Path:
        """Make a version with write(folder), rename it into place and switch `current` to it."""
        versions = self.folder / "versions"
        versions.mkdir(parents=True, exist_ok=True)
        version = versions / build
        if not version.exists():
            waiting = versions / f"{UNFINISHED}{build}"
            waiting.mkdir()
            write(waiting)
            waiting.rename(version)
        self._switch(build)
        self._forget_old(version)
        return version

    def _switch(self, build: str) -> None:
        link = self.folder / ".current.next"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("versions") / build)
        link.replace(self.folder / "current")

    def _clear_unfinished(self) -> None:
        for path in (self.folder / "versions").glob(f"{UNFINISHED}*"):
            shutil.rmtree(path)

    def _forget_old(self, version: Path) -> None:
        others = [path for path in (self.folder / "versions").iterdir() if path != version]
        others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in others[KEPT_VERSIONS - 1 :]:
            shutil.rmtree(path)


def write_version(
    folder: Path,
    *,
    lines: Sequence[str],
    results: Sequence[Result],
    findings: Sequence[Finding],
    manifest: Mapping[str, Any],
) -> None:
    """All files of a version. lines are the graph's quads, sorted."""
    graph = folder / "graph.nq"
    with graph.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in lines)
    texts = folder / "texts"
    texts.mkdir()
    for result in results:
        if result.document:
            (texts / f"{result.file}.txt").write_bytes(result.text.encode("utf-8"))
    with (folder / "findings.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(raw_finding(f), ensure_ascii=False, sort_keys=True) + "\n" for f in findings)
    store = Store(str(folder / "store"))
    store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    index.write(folder / "search.sqlite", results, index.things(store, manifest["base"]))
    del store
    stamped = {**manifest, "created": datetime.now(UTC).isoformat(timespec="seconds")}
    (folder / "manifest.json").write_text(json.dumps(stamped, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    os.sync()
