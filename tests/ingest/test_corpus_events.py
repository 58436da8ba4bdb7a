"""Meetings, rounds, papers and people of the real documents, as a careful reader would list them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest import finders, readers, register, resolve, sources, text
from ingest.claims import consultations, contributions, meetings, people
from ingest.context import Document
from ingest.metadata import identify
from ingest.resources import register_folders
from tests.ingest.quays import rows

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "cwg-internet"
BODY = "cwg-internet"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the folder of real documents is not beside the checkout"),
]


@pytest.fixture(scope="module")
def read() -> dict[str, set[tuple[str, str, str, str]]]:
    """The claims of every document, by its id in the register of sources."""
    known = register.load(register_folders())
    found = {}
    for source in sources.read_register(CORPUS / "sources.csv"):
        reading = readers.read(source.path)
        clean = text.clean(reading)
        bare = Document(source, reading, clean, identify(source, reading, clean, known), known)
        full = replace(bare, links=resolve.resolve(finders.find_all(clean, known), bare))
        found[source.id or ""] = {
            row for module in (meetings, consultations, contributions, people) for row in rows(module.claims, full)
        }
    return found


def values(facts: set[tuple[str, str, str, str]], *predicates: str) -> set[tuple[str, str, str]]:
    return {(subject, value, modality) for subject, predicate, value, modality in facts if predicate in predicates}


DAYS = {
    "cwg-internet-report-2020": {("13", "2019-09-19"), ("14", "2020-02-05")},
    "cwg-internet-report-2024": {("18", "2023-10-18"), ("19", "2024-01-31")},
    "cwg-internet-report-2026": {("18", "2023-10-18"), ("19", "2024-01-31"), ("20", "2024-10-04"), ("21", "2025-02-19"),
                                 ("22", "2025-09-15"), ("23", "2026-01-20")},
    "cwg-internet-11-11": set(),
    "cwg-internet-21-wsis20": set(),
}  # fmt: skip


@pytest.mark.parametrize("name", DAYS)
def test_days_of_meetings(read: dict[str, set[tuple[str, str, str, str]]], name: str) -> None:
    starts = {
        (subject.split("/")[1], value)
        for subject, value, modality in values(read[name], "schema:startDate")
        if subject.startswith(f"{BODY}/") and len(value) == 10 and modality == "asserted"
    }
    assert starts == DAYS[name]


LAUNCHES = {
    "cwg-internet-report-2024": {("2024-02", "19", "planned"), ("2024-10", "19", "planned")},
    "cwg-internet-report-2026": {("2024-02", "19", "asserted"), ("2024-10", "19", "planned"),
                                 ("2024-10", "20", "asserted"), ("2025-02", "21", "planned")},
    "cwg-internet-report-2020": set(),
    "cwg-internet-11-11": set(),
}  # fmt: skip


@pytest.mark.parametrize("name", LAUNCHES)
def test_launches(read: dict[str, set[tuple[str, str, str, str]]], name: str) -> None:
    found = values(read[name], "rc:launchedAt")
    assert {(subject.split("/")[1], value.split("/")[1], said) for subject, value, said in found} == LAUNCHES[name]


RECEIVED = {"cwg-internet-report-2020": ("2019-10", 5), "cwg-internet-11-11": ("2017-10", 5)}


@pytest.mark.parametrize("name", RECEIVED)
def test_counts_of_responses(read: dict[str, set[tuple[str, str, str, str]]], name: str) -> None:
    month, number = RECEIVED[name]
    found = values(read[name], "rc:received")
    assert {subject for subject, *_ in found} == {f"{BODY}/{month}"}
    assert len(found) == number


def test_submitters(read: dict[str, set[tuple[str, str, str, str]]]) -> None:
    joint = {"RUS", "ARM", "AZE", "BLR", "KGZ"}
    expected = {("11/3", state) for state in joint} | {("11/4", state) for state in joint}
    expected |= {("10/5", "USA"), ("11/6", "IND"), ("11/7", "RUS"), ("11/8", "BRA")}
    found = values(read["cwg-internet-11-11"], "rc:submittedBy")
    assert {(subject.split("/", 1)[1], value) for subject, value, _ in found} == expected


def test_who_chaired_what_is_not_crossed(read: dict[str, set[tuple[str, str, str, str]]]) -> None:
    assert values(read["cwg-internet-11-11"], "rc:chairedBy") == {
        (f"{BODY}/2017-06", "vyacheslav-erokhin", "asserted"),
        (f"{BODY}/10", "charles-semapondo", "asserted"),
        (f"{BODY}/2017-10", "kishore-babu", "asserted"),
    }


SUMMARIES = {("2024-02", "2025", "asserted"), ("2024-10", "2025", "asserted"), ("2025-02", "2026", "planned")}


def test_summaries_handed_in(read: dict[str, set[tuple[str, str, str, str]]]) -> None:
    found = values(read["cwg-internet-report-2026"], "rc:summarySubmittedTo")
    assert {(subject.split("/")[1], value.split("/")[1], said) for subject, value, said in found} == SUMMARIES
