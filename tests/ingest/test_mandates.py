"""On what a body, a document or an activity rests: each form proves itself; the words decide, not their order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.claims.mandates import claims
from ingest.model import Entity
from ingest.rulebook import rules
from tests.ingest.harbour import document

ROWS = rules("mandates")["form"]


def key(entity: Entity) -> str:
    return " ".join(entity.key[1:])


@pytest.mark.parametrize(("row", "example"), [(row, e) for row in ROWS for e in row["examples"]])
def test_example(tmp_path: Path, row: dict[str, Any], example: tuple[str, str, list[str]]) -> None:
    text, subject, targets = example
    found = [c for c in claims(document(tmp_path, text)) if c.rule == row["name"]]
    assert [str(c.subject) for c in found] == [subject] * len(targets)
    assert [key(c.object) for c in found if isinstance(c.object, Entity)] == targets
    assert {c.predicate for c in found} == {row["predicate"]}
    assert {c.modality for c in found} == {"asserted"}


@pytest.mark.parametrize(("row", "text"), [(row, text) for row in ROWS for text in row["near_misses"]])
def test_near_miss(tmp_path: Path, row: dict[str, Any], text: str) -> None:
    assert [c for c in claims(document(tmp_path, text)) if c.rule == row["name"]] == []


def test_established_and_in_accordance_are_kept_apart(tmp_path: Path) -> None:
    text = (
        "The IHU Council Working Group on Harbours (CWG-Harbour) was established as a group of its own by Council "
        "Resolution 2207 (Mod. 2028), in accordance with Resolutions 61 and 88 of the Plenipotentiary Conference "
        "(Rev. Larkhaven, 2031)."
    )
    found = [(c.predicate, key(c.object)) for c in claims(document(tmp_path, text)) if isinstance(c.object, Entity)]
    assert found == [
        ("rc:establishedBy", "council 2207 2028"),
        ("rc:inAccordanceWith", "pc 61 2031"),
        ("rc:inAccordanceWith", "pc 88 2031"),
    ]


def test_the_evidence_is_the_words_that_say_it(tmp_path: Path) -> None:
    found = document(tmp_path, "It rained. CWG-Harbour was set up by Council Resolution 2207 (2022). It rained on.")
    (claim,) = claims(found)
    (span,) = claim.spans
    assert found.reading.text[span.start : span.end] == "CWG-Harbour was set up by Council Resolution 2207 (2022)"


def test_the_order_of_sentences_is_no_mandate(tmp_path: Path) -> None:
    text = "Resolution 61 (Rev. Larkhaven, 2031) was read. CWG-Harbour met on 3 May. It was guided by the moon."
    assert list(claims(document(tmp_path, text))) == []


def test_it_is_the_body_told_of_before_under_the_same_heading(tmp_path: Path) -> None:
    text = (
        "CWG-Tides was set up by Council Resolution 2207 (2022). It rained.\n\n"
        "Its terms of reference now stand in Annex 1 to Council Resolution 2210 (2025)."
    )
    found = [(str(c.subject), c.predicate) for c in claims(document(tmp_path, text))]
    assert found == [("body:cwg-tides", "rc:establishedBy"), ("body:cwg-tides", "rc:termsOfReferenceIn")]


def test_one_sentence_says_a_fact_once(tmp_path: Path) -> None:
    text = (
        "The terms of reference of CWG-Harbour and the modality of open consultation are specified in Council "
        "Resolution 2207 (Mod. 2028)."
    )
    found = [c.predicate for c in claims(document(tmp_path, text))]
    assert sorted(found) == ["rc:consultationModalityIn", "rc:termsOfReferenceIn"]
