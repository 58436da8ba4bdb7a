"""The small record served: one dataset folder and one application for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from queryapp import create_app
from queryapp.config import Config, Limits
from tests.smalldata import write_small_dataset


@pytest.fixture(scope="session")
def small_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete dataset folder of the small invented record. Nothing may change it."""
    return write_small_dataset(tmp_path_factory.mktemp("small") / "dataset")


@pytest.fixture(scope="session")
def app(small_dataset: Path) -> Iterator[Flask]:
    """The application on the small record; a query may take two seconds."""
    made = create_app(Config(dataset=small_dataset, workers=2, limits=Limits(seconds=2, result_mb=2, memory_mb=512)))
    made.testing = True
    yield made
    made.extensions["recalling"].datasets.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without cookies of other tests."""
    return app.test_client()
