"""The wheel: all resource files are in it, and nothing at the top level but the three packages."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RESOURCES = {
    "shapes": "ingest/resources/shapes",
    "data/curated": "ingest/resources/curated",
    "data/samples": "ingest/resources/samples",
    "ontology": "ontology",
    "queryapp/queries": "queryapp/queries",
    "queryapp/templates": "queryapp/templates",
    "queryapp/help": "queryapp/help",
}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True,
                   capture_output=True)  # fmt: skip
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_only_the_three_packages_stand_at_the_top(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"ingest", "ontology", "queryapp"}


@pytest.mark.parametrize(("folder", "place"), sorted(RESOURCES.items()))
def test_every_resource_file_is_in_the_wheel(folder: str, place: str, names: set[str]) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert files
    missing = [path.name for path in files if f"{place}/{path.relative_to(ROOT / folder).as_posix()}" not in names]
    assert missing == []
