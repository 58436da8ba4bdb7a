"""Provisions of instruments without a number, and of papers: which are named, and what becomes of them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.claims.citations import claims
from ingest.finders.provisions import own_name
from ingest.model import Claim, Value
from tests.ingest.harbour import document

CASES = [
    # text; instrument or paper and provision of each
    ("as § 12 of the Osterby Agenda says", ["osterby-agenda § 12"]),
    ("in the light of the Charter of Quays, § 8, and of lamps", ["charter-of-quays § 8"]),
    ("Chapter II of the Norby Plan, §§ 21-27.", ["norby-plan §§ 21-27"]),
    ("Articles 2 to 4 of the Covenant on Lights", ["covenant-on-lights Articles 2 to 4"]),
    ("paragraphs 2 to 9 of the Norby Programme of Action", ["norby-programme-of-action paragraphs 2 to 9"]),
    ("Annex 2 to Document CWG-Harbour 7/3", ["cwg-harbour/7/3 Annex 2"]),
    ("The Annex to Document CWG-Harbour 7/3 is long.", ["cwg-harbour/7/3 Annex"]),
    ("§ 3 of the Norby Plan and § 4 of the Norby Plan", ["norby-plan § 3", "norby-plan § 4"]),
    # near misses: no name of its own, no instrument, an instrument of a State, a paper's own parts
    ("Article 4 of the Convention", []),
    ("Article 4 of the General Rules", []),
    ("paragraph 4 of the Osterby Report", []),
    ("Article 4 of the Harbour Act", []),
    ("section 4 of this report and paragraph 5", []),
    ("Article 3 of the Norby Plan 2031 of lamps", []),
]  # fmt: skip


def printed(claim: Claim) -> str:
    value = next(value for name, value in claim.details if name == "rc:numberAsPrinted")
    assert isinstance(value, Value)
    return value.text


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=lambda value: str(value)[:40])
def test_provisions(tmp_path: Path, text: str, wanted: list[str]) -> None:
    read = document(tmp_path, text)
    parts = [claim for claim in claims(read) if claim.predicate == "eli:has_part"]
    assert [f"{'/'.join(claim.subject.key)} {printed(claim)}" for claim in parts] == wanted
    for claim in parts:
        (span,) = claim.spans
        assert printed(claim) in read.reading.text[span.start : span.end]


def test_an_instrument_is_named_once(tmp_path: Path) -> None:
    said = list(claims(document(tmp_path, "§ 3 of the Norby Plan and § 4 of the Norby Plan")))
    assert [claim.object for claim in said if claim.predicate == "rdfs:label"] == [Value("Norby Plan", language="en")]


@pytest.mark.parametrize(
    ("words", "name"), [("The Norby Plan", "Norby Plan"), ("Basic Rules", None), ("Reef Club", None)]
)
def test_names_of_instruments(words: str, name: str | None) -> None:
    assert own_name(words) == name


def test_hostile_text_is_read_in_linear_time(tmp_path: Path) -> None:
    started = time.perf_counter()
    document(tmp_path, "Article 4 of the " + "Norby Plan of " * 3000 + "§ 4, " * 3000)
    assert time.perf_counter() - started < 10
