"""A real browser on the small record, served over a real socket; nothing else can be reached."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from queryapp import create_app
from queryapp.config import Config
from tests.smalldata import write_small_dataset
from tests.smallgraph import small

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")

PAGES = (
    "/",
    "/resolutions",
    "/meetings",
    "/topics",
    "/documents",
    "/contributions",
    "/consultations",
    "/duties",
    "/people",
    "/trace",
    "/trace?from=consultation/cwg-harbour/2032-01",
    "/trace?from=resolution/pp/61&on=2032-01-01",
    "/search?q=tide",
    "/quality",
    "/query",
    "/query?question=topics_list",
    "/downloads",
    "/help",
    "/help/pages",
    "/about",
    "/things/resolution/pp/61",
    "/things/resolution/pp/61/2031/clause/4",
    "/compare?from=resolution/pp/61/2027&to=resolution/pp/61/2031",
    "/compare?from=resolution/pp/88/2023&to=resolution/pp/88/2031",
    "/things/meeting/cwg-harbour/7",
    "/things/document/harbour-chair-report-2033",
    "/things/consultation/cwg-harbour/2031-03",
    "/things/topic/night-pilotage?known=2031-12-31",
    "/things/body/cwg-harbour",
    "EVIDENCE",
)
"""A page of every kind; EVIDENCE is the page of a sentence."""


class Quiet(WSGIRequestHandler):
    """No line per request in the log of a failed test."""

    def log_request(self, *_: object) -> None:
        pass


def address(page: str) -> str:
    """The address of a page of PAGES."""
    if page != "EVIDENCE":
        return page
    quote = small().quotes["cr-deferred"]
    return f"/evidence/{quote.text.file}/{quote.start}-{quote.end}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--disable-gpu",
            "--force-color-profile=srgb",
        ],
    }


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a dataset folder, served until the block ends."""
    app = create_app(Config(dataset=folder))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    app.extensions["recalling"].datasets.close()


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(write_small_dataset(tmp_path_factory.mktemp("browser") / "dataset")) as address_:
        yield address_


@pytest.fixture(scope="session")
def sample_url(sample_dataset: Path) -> Iterator[str]:
    """The sample corpus, as a build makes it."""
    with served(sample_dataset) as address_:
        yield address_


@pytest.fixture
def narrow(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page 320 pixels wide."""
    context = browser.new_context(base_url=base_url, viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()
