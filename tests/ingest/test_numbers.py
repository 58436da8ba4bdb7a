"""Document numbers: spellings of one number are one document; numbers of unknown series stay open."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.finders.numbers import read
from ingest.model import Entity, Link
from tests.ingest.harbour import document, register

CASES = [
    # text; the document of each number, "" where it stays open
    ("CWG-Harbour 7/3, CWG Harbour 7/3, WG-Harbour-7/3 and WG-Harbour 7/3-E", ["7:3"] * 4),
    ("CWG-Harbour-7/3 (Rev. 1)", ["7:3"]),
    ("Documents CWG-Harbour 7/3 and 7/4, 7/5-E & 8/1", ["7:3", "7:4", "7:5", "8:1"]),
    ("CWG-Harbour 7/3, 9 May", ["7:3"]),
    ("Documents TIDEWG3/11, and TIDEWG2/5", ["", ""]),
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


def test_an_unknown_series_says_why(tmp_path: Path) -> None:
    (link,) = numbers(document(tmp_path, "Document TIDEWG2/5").links)
    assert link.reason == "no register says whose series “TIDEWG” is"


def test_hostile_text_is_read_in_linear_time() -> None:
    started = time.perf_counter()
    read("CWG-Harbour 7/3" + ", 7/4" * 20000, register())
    read("WG-" * 30000 + "A" * 30000 + "7/" * 30000, register())
    assert time.perf_counter() - started < 2
