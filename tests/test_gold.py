"""The reading of invented documents against a gold written by hand: no type of fact may fall below its floor.

`python -m tests.goldmeasure` prints the figures, each miss and each false fact. A floor is raised when the reading gets
better, and lowered only with a reason.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.goldmeasure import FOLDER, Fact, Score, compare, measure

GOLD = sorted(FOLDER.glob("*.json"))
ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:/\d{4}-\d{2}(?:-\d{2})?)?")
FLOORS = {
    # type          precision  recall  F1 without certainty
    "citation":     (1.00, 1.00, 1.00),
    "clause":       (1.00, 1.00, 1.00),
    "consultation": (1.00, 0.95, 0.97),
    "decision":     (1.00, 0.87, 0.92),
    "duty":         (1.00, 0.95, 0.97),
    "meeting":      (1.00, 0.95, 0.97),
    "metadata":     (1.00, 1.00, 1.00),
    "number":       (1.00, 0.85, 0.92),
    "outcome":      (1.00, 0.70, 0.82),
    "paper":        (1.00, 0.80, 0.88),
    "person":       (1.00, 0.80, 0.90),
}  # fmt: skip


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return measure()


@pytest.fixture(scope="module")
def lenient() -> dict[str, Score]:
    return measure(strict=False)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
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


def test_every_type_has_a_floor(scores: dict[str, Score]) -> None:
    assert scores.keys() == FLOORS.keys()


@pytest.mark.parametrize("kind", FLOORS)
def test_reading_keeps_its_floor(kind: str, scores: dict[str, Score], lenient: dict[str, Score]) -> None:
    precision, recall, without = FLOORS[kind]
    assert scores[kind].precision >= precision, scores[kind].false
    assert scores[kind].recall >= recall, scores[kind].missed
    assert lenient[kind].f1 >= without


CASES = [
    # gold                                        read                                         found  missed  false
    (Fact("duty", ("x",), ((0, 10),), "asserted"), Fact("duty", ("x",), ((2, 9),), "asserted"), (1, 0, 0)),
    (Fact("duty", ("x",), ((0, 10),), "asserted"), Fact("duty", ("x",), ((9, 20),), "asserted"), (0, 1, 1)),
    (Fact("duty", ("x",), ((0, 10),), "asserted"), Fact("duty", ("y",), ((0, 10),), "asserted"), (0, 1, 1)),
    (Fact("duty", ("x",), ((0, 10),), "asserted"), Fact("duty", ("x",), ((0, 10),), "planned"), (0, 1, 1)),
    (Fact("meeting", ("x",), ((0, 10),), "asserted"), Fact("meeting", ("x",), ((50, 60),), "asserted"), (1, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "read", "expected"), CASES)
def test_comparison(gold: Fact, read: Fact, expected: tuple[int, int, int]) -> None:
    score = compare([gold], [read])[gold.type]
    assert (len(score.found), len(score.missed), len(score.false)) == expected
