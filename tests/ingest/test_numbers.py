"""Document numbers: spellings of one number are one document; numbers of unknown series stay open."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from ingest.finders import symbols
from ingest.finders.numbers import read
from ingest.model import Entity, Link
from ingest.rulebook import rules
from tests.ingest.harbour import document, register

CASES = [
    # text; the document of each number, "" where it stays open
    ("CWG-Harbour 7/3, CWG Harbour 7/3, WG-Harbour-7/3 and WG-Harbour 7/3-E", ["7:3"] * 4),
    ("CWG-Harbour-7/3 (Rev. 1)", ["7:3"]),
    ("Documents CWG-Harbour 7/3 and 7/4, 7/5-E & 8/1", ["7:3", "7:4", "7:5", "8:1"]),
    ("CWG-Harbour 7/3, 9 May", ["7:3"]),
    ("[bookmark: x]CWG\u2011Harbour\u00a07/3", ["7:3"]),
    # near misses
    ("WG-Harbour 7, resolution 70/125, on 7/3, in 2016/17", []),
    ("https://example.org/CWG-Harbour-7/3 and xCWG-Harbour 7/3", []),
    ("CWG-Harbour 7/3/2", []),
]


def numbers(links: tuple[Link, ...]) -> list[Link]:
    return [link for link in links if link.mention.kind == "document-number"]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=lambda value: str(value)[:40])
def test_numbers(tmp_path: Path, text: str, wanted: list[str]) -> None:
    links = numbers(document(tmp_path, text).links)
    assert [":".join(link.entity.key[1:]) if link.entity else "" for link in links] == wanted
    assert all(link.entity is None or link.entity.key[0] == "cwg-harbour" for link in links)


def test_the_language_is_kept_apart_from_the_key(tmp_path: Path) -> None:
    (link,) = numbers(document(tmp_path, "WG-Harbour 7/3-E").links)
    assert link.mention.parts["language"] == "E"
    assert link.entity is not None
    assert link.entity.key == ("cwg-harbour", "7", "3")


def test_a_series_named_by_its_acronym_is_that_of_a_body_of_its_own(tmp_path: Path) -> None:
    (link,) = numbers(document(tmp_path, "Document CWG-Tides 3/11").links)
    assert link.entity == Entity("document", ("cwg-tides", "3", "11"))


OWN = [
    # text; the key of each number of a series that no register knows
    ("Documents TIDEWG3/11, and TIDEWG2/5", ["tidewg:3:11", "tidewg:2:5"]),
    ("The Panel on Moles (MOLE): MOLE 4/11, MOLE-4/12-E and MOLE 5/R.", ["mole:4:11", "mole:4:12", "mole:5:r"]),
    ("A paper of the Buoys Forum, BF3/11, came late.", ["bf:3:11"]),
    ("Documents MOLE 4/11 (Rev. 2), MOLE 4/11 (Add. 1) and 4/12", ["mole:4:11", "mole:4:11-add.1", "mole:4:12"]),
    ("Panel on Moles (MOLE): MOLE-4/7/Rev.1; contributions 4/8 and 4/9", ["mole:4:7", "mole:4:8", "mole:4:9"]),
    ("the report (UQP/CQ/2031/4) and draft UQP/CQ/2031/L.2", ["uqp:cq:2031:4", "uqp:cq:2031:l.2"]),
    ("Documents MOLE 4/1 and BUOY 4/1; contribution 4/2", ["mole:4:1", "buoy:4:1"]),  # whose 4/2 is, is open
    ("on AC 230/400 volts, ISO 9001/2, GDP 3/4", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), OWN, ids=lambda value: str(value)[:40])
def test_a_series_that_the_text_introduces_has_documents(tmp_path: Path, text: str, wanted: list[str]) -> None:
    links = numbers(document(tmp_path, text).links)
    assert [":".join(link.entity.key) for link in links if link.entity] == wanted


@pytest.mark.parametrize("row", rules("contributions")["symbol"], ids=lambda row: str(row["name"]))
def test_symbols_read_their_examples_and_no_near_miss(row: dict[str, list[str]]) -> None:
    for example in row["examples"]:
        assert list(symbols.find(example)), example
    for near in row["near_misses"]:
        assert not list(symbols.find(near)), near


@pytest.mark.parametrize("name", ["called", "bare"])
def test_words_around_numbers_read_their_examples(name: str) -> None:
    row = rules("contributions")[name]
    assert all(re.search(row["regex"], each, re.IGNORECASE) for each in row["examples"])
    assert not any(re.search(row["regex"], each) for each in row["near_misses"])


def test_a_series_with_the_letters_of_a_registered_body_stays_open(tmp_path: Path) -> None:
    (link,) = numbers(document(tmp_path, "Document PC 7/3").links)  # "pc" is a key of the register, and no name in it
    assert link.entity is None
    assert link.reason == "no register says whose series “PC” is"


def test_hostile_text_is_read_in_linear_time() -> None:
    started = time.perf_counter()
    read("CWG-Harbour 7/3" + ", 7/4" * 20000, register())
    read("WG-" * 30000 + "A" * 30000 + "7/" * 30000, register())
    read("AB/CD/" * 20000 + "Document MO " * 10000 + "MO 4/1, " * 3000, register())
    assert time.perf_counter() - started < 2
