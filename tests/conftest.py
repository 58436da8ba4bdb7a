"""What all tests share: where the real documents lie, a built sample, and which skips are expected."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

EXPECTED_SKIPS = (
    "the folder of real documents is not here",
    "no Chromium on this machine",
)
"""Reasons that may skip a test. In CI any other skip is a failure, and so is a missing Chromium."""


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents; tests that need it carry the marker `corpus`."""
    if not CORPUS.is_dir():
        pytest.skip("the folder of real documents is not here")
    return CORPUS


@pytest.fixture(scope="session")
def sample_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, built once for all test processes."""
    return _built_once(tmp_path_factory, "sample", (ROOT / "data" / "samples" / "cwg-internet",))


@pytest.fixture(scope="session")
def corpus_dataset(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """The five real reports with their register of documents, built once for all test processes."""
    return _built_once(tmp_path_factory, "corpus", (corpus / "cwg-internet",))


def _built_once(factory: pytest.TempPathFactory, name: str, places: tuple[Path, ...]) -> Path:
    from ingest import resources
    from ingest.build import Order, build

    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out = shared / f"dataset-{name}"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "current").exists():
            build(Order(places, out, resources.register_folders()), lambda *_: None)
    return out


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test comes first, so that no worker waits for it in the end."""
    items.sort(key=lambda item: "two_clocks" not in item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """In CI a skip that nobody expects is a failure."""
    result = yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return result
    allowed = EXPECTED_SKIPS[:1] if os.environ.get("RECALLING_REQUIRE_BROWSER") else EXPECTED_SKIPS
    unexpected = [
        report.nodeid
        for report in reporter.stats.get("skipped", [])
        if not any(reason in str(report.longrepr) for reason in allowed)
    ]
    if unexpected:
        reporter.write_line(f"unexpected skips: {', '.join(sorted(unexpected))}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return result
