"""The held-out reading gold is as it was written, and well formed. Of the extractor only the readers run here."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from ingest import readers

HERE = Path(__file__).parent
NAMES = (
    "almanac-progress.md",
    "chair-four-years.txt",
    "granaries-summary-record.html",
    "maps-contribution.txt",
    "mountain-radio-dump.txt",
    "panel-fifth-meeting.txt",
)
CERTAINTIES = {"asserted", "planned", "proposed", "conditional", "negated", "unknown"}
DATED = {"date", "period", "starts", "ends", "deadline"}

texts = pytest.mark.parametrize("name", NAMES)


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((HERE / name).with_suffix(".json").read_text(encoding="utf-8"))
    return gold


def passages(gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from chain.from_iterable(entity["mentions"] for entity in gold["entities"])
    for group in ("relations", "anomalies", "traps"):
        yield from (item["evidence"] for item in gold[group])


def fact(relation: dict[str, Any]) -> tuple[str | None, ...]:
    return tuple(relation.get(part) for part in ("subject", "predicate", "object", "literal"))


def test_the_files_are_those_that_were_written() -> None:
    lines = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    assert set(sums) == set(NAMES) | {str(Path(name).with_suffix(".json")) for name in NAMES}
    assert sums == {name: hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in sums}


@texts
def test_every_passage_is_the_exact_slice(name: str) -> None:
    text = readers.read(HERE / name).text
    for passage in passages(gold_of(name)):
        assert 0 <= passage["start"] < passage["end"] <= len(text)
        assert passage.get("text", text[passage["start"] : passage["end"]]) == text[passage["start"] : passage["end"]]


@texts
def test_every_key_of_a_relation_is_an_entity(name: str) -> None:
    gold = gold_of(name)
    keys = [entity["key"] for entity in gold["entities"]]
    assert len(keys) == len(set(keys))
    for relation in gold["relations"]:
        assert {relation["subject"], relation.get("object", relation["subject"])} <= set(keys), relation
        assert relation["certainty"] in CERTAINTIES, relation
    assert set(chain.from_iterable(anomaly["keys"] for anomaly in gold["anomalies"])) <= set(keys)


@texts
def test_every_date_is_a_date(name: str) -> None:
    for relation in gold_of(name)["relations"]:
        if relation["predicate"] in DATED and relation.get("literal", "")[:4].isdigit():
            for day in relation["literal"].split("/"):
                if not day.endswith((" spring", " autumn")):
                    date.fromisoformat(day + "0000-01-01"[len(day) :])


@texts
def test_counts_that_do_not_add_up_are_anomalies_and_no_others(name: str) -> None:
    gold = gold_of(name)
    totals: dict[str, int] = {}
    sums: Counter[str] = Counter()
    for relation in gold["relations"]:
        if relation["predicate"] == "total_responses":
            totals[relation["subject"]] = int(relation["literal"])
        if relation["predicate"] == "responses":
            sums[relation["subject"]] += int(relation["literal"])
    wrong = {key for key, responses in sums.items() if totals.get(key) != responses}
    told = [anomaly["keys"] for anomaly in gold["anomalies"] if anomaly["code"] == "counts-do-not-add-up"]
    assert wrong == set(chain.from_iterable(told))


@texts
def test_no_trap_is_a_fact(name: str) -> None:
    gold = gold_of(name)
    facts = {
        (*fact(relation), certainty) for relation in gold["relations"] for certainty in (relation["certainty"], None)
    }
    for trap in gold["traps"]:
        assert trap["why"]
        assert (*fact(trap["relation"]), trap["relation"].get("certainty")) not in facts, trap
