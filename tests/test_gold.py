"""The golds of reading: whole in form, and read no worse than their floors say.

`recalling evaluate tests/gold/dev --misses` prints the figures, each miss and each false fact.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from ingest import resources
from ingest.evaluation import figures
from ingest.evaluation.measuring import Measured, measure

GOLD = Path(__file__).parent / "gold"
FILES = sorted((GOLD / "dev").glob("*.json"))
FLOORS = sorted(path for path in GOLD.glob("*.toml") if (GOLD / path.stem.replace("-", "/")).is_dir())
ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:/\d{4}-\d{2}(?:-\d{2})?)?")


@cache
def measured(name: str) -> Measured:
    return measure(GOLD / name.replace("-", "/"), resources.register_folders())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_gold_is_whole(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    keys = {entity["key"] for entity in gold["entities"]}
    for mention in (mention for entity in gold["entities"] for mention in entity["mentions"]):
        assert text[mention["start"] : mention["end"]] == mention["text"]
    for relation in gold["relations"]:
        assert relation["subject"] in keys
        assert relation.get("object") is None or relation["object"] in keys
        assert 0 <= relation["evidence"]["start"] < relation["evidence"]["end"] <= len(text)
        if relation["predicate"] in ("date", "period"):
            assert ISO.fullmatch(relation["literal"])


def test_there_are_floors() -> None:
    assert "dev" in {path.stem for path in FLOORS}


@pytest.mark.parametrize("path", FLOORS, ids=lambda path: path.stem)
def test_reading_keeps_its_floors(path: Path) -> None:
    assert list(figures.below(measured(path.stem), path)) == []


@pytest.mark.parametrize("path", FLOORS, ids=lambda path: path.stem)
def test_reading_is_better_than_plain_expressions(path: Path) -> None:
    both = measured(path.stem)
    for part in ("entities", "citations", "relations"):
        assert (both.reading.micro(part).f1 or 0) > (both.baseline.micro(part).f1 or 0), part
