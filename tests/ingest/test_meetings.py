"""Meetings: ordinal, body, days and place, tied to one another by the words of holding a meeting alone."""

from pathlib import Path

import pytest

from ingest.claims import meetings
from tests.ingest.quays import document, rows, words

HELD = [
    # text                                                                     meeting, day/day, place, modality
    ("The seventh and eighth meetings of CWG-Harbour were held on 12-13 May and 30 November-1 December 2031, "
     "respectively, in Osterby.",
     {"cwg-harbour/7 2031-05-12/2031-05-13 Osterby asserted", "cwg-harbour/8 2031-11-30/2031-12-01 Osterby asserted"}),
    ("CWG-Harbour held its seventh and eighth meetings at the IHU Headquarters in Osterby, Norway, on 12-13 May "
     "2031 and 3 June 2032.",
     {"cwg-harbour/7 2031-05-12/2031-05-13 Osterby asserted", "cwg-harbour/8 2032-06-03/2032-06-03 Osterby asserted"}),
    ("The 10th CWG-Harbour meeting (Milford, 12 May 2031) noted the tables.",
     {"cwg-harbour/10 2031-05-12/2031-05-12 Milford asserted"}),
    ("On 12 May 2031, CWG-Harbour held its 31st meeting in Milford.",
     {"cwg-harbour/31 2031-05-12/2031-05-12 Milford asserted"}),
    ("CWG-Harbour met for the third time on 12 May 2031 in Milford.",
     {"cwg-harbour/3 2031-05-12/2031-05-12 Milford asserted"}),
    ("The eighth meeting of CWG-Harbour will be held on 8-9 March 2032 in Osterby.",
     {"cwg-harbour/8 2032-03-08/2032-03-09 Osterby planned"}),
    ("The eighth meeting of CWG-Harbour is scheduled for 8-9 March 2032.",
     {"cwg-harbour/8 2032-03-08/2032-03-09  planned"}),
    ("CWG-Tides prepared the tables. Its fifth meeting was held on 4 June 2031.",
     {"cwg-tides/5 2031-06-04/2031-06-04  asserted"}),
    ("The fifth meeting of CWG-Harbour was not held on 4 June 2031.",
     {"cwg-harbour/5 2031-06-04/2031-06-04  negated"}),
    ("At the 42d meeting of CWG-Tides on 10-11 May 2031 the outline was shown.",
     {"cwg-tides/42 2031-05-10/2031-05-11  asserted"}),
    # traps
    ("CWG-Harbour will meet after the 3rd meeting of CWG-Tides on 4 June 2031.",
     {"cwg-tides/3 2031-06-04/2031-06-04  asserted"}),
    ("A training day took place on 3 May 2031; the seventh meeting of CWG-Harbour followed.", set()),
    ("The open consultation on quays was held on 3 May 2031, preceding the seventh meeting of CWG-Harbour.", set()),
    ("At the seventh meeting of CWG-Harbour a speaker joined by video from Milford.", set()),
    ("The seventh meeting of CWG-Harbour approved the tables of 3 May 2031.", set()),
    ("The next meeting of CWG-Harbour decides.", set()),
]  # fmt: skip


def told(folder: Path, written: str) -> set[str]:
    facts: dict[str, dict[str, tuple[str, str]]] = {}
    found = rows(meetings.claims, document(folder, written), "schema:startDate", "schema:endDate", "schema:location")
    for subject, predicate, value, modality in found:
        facts.setdefault(subject, {})[predicate] = (value, modality)
    return {
        f"{subject} {each['schema:startDate'][0]}/{each['schema:endDate'][0]}"
        f" {each.get('schema:location', ('', ''))[0]} {each['schema:startDate'][1]}"
        for subject, each in facts.items()
        if "schema:startDate" in each
    }


@pytest.mark.parametrize(("written", "expected"), HELD)
def test_days_and_places(tmp_path: Path, written: str, expected: set[str]) -> None:
    assert told(tmp_path, written) == expected


NAMED = [
    (
        "The thirteenth and fourteenth meetings of CWG-Harbour approved the reports.",
        {"cwg-harbour/13", "cwg-harbour/14"},
    ),
    ("The 53d meeting of CWG-Harbour was long.", {"cwg-harbour/53"}),
    ("The fifth to seventh meetings of CWG-Harbour were short.", {"cwg-harbour/5", "cwg-harbour/6", "cwg-harbour/7"}),
    ("CWG-Harbour's twenty-first meeting was short.", {"cwg-harbour/21"}),
    ("The eleventh meeting of the Group was short.", {"cwg-harbour/11"}),
    ("The 5th physical meeting on the topic of quays was short.", set()),
    ("The fifth open consultation meeting was short.", set()),
    ("The fifth report was short.", set()),
]


@pytest.mark.parametrize(("written", "expected"), NAMED)
def test_ordinals_and_bodies(tmp_path: Path, written: str, expected: set[str]) -> None:
    found = rows(meetings.claims, document(tmp_path, written), "rc:ordinal")
    assert {subject for subject, *_ in found} == expected
    assert all(subject.endswith(f"/{value}") for subject, _, value, _ in found)


def test_a_meeting_without_ordinal_is_known_by_its_day(tmp_path: Path) -> None:
    read = document(tmp_path, "The tables come from CWG-Tides, which will have its last meeting on 29-31 May 2031.")
    assert ("cwg-tides/2031-05-29", "schema:startDate", "2031-05-29", "planned") in rows(meetings.claims, read)


def test_the_next_meeting_is_the_bodys_own_and_has_no_ordinal(tmp_path: Path) -> None:
    read = document(tmp_path, "CWG-Harbour met. The next meeting will be held on 3 June 2032 in Osterby.")
    found = rows(meetings.claims, read, "schema:startDate", "schema:location", "rc:ordinal")
    assert found == {
        ("cwg-harbour/2032-06-03", "schema:startDate", "2032-06-03", "planned"),
        ("cwg-harbour/2032-06-03", "schema:location", "Osterby", "planned"),
    }


def test_the_words_of_a_fact_are_the_ordinal_and_the_date(tmp_path: Path) -> None:
    read = document(tmp_path, "The seventh meeting of CWG-Harbour was held on 12\u201113\u00a0May 2031.")
    claim = next(claim for claim in meetings.claims(read) if claim.predicate == "schema:startDate")
    assert words(read, claim) == ["seventh meeting", "12\u201113\u00a0May 2031"]


def test_days_that_do_not_exist_are_findings_and_no_facts(tmp_path: Path) -> None:
    read = document(tmp_path, "The seventh meeting of CWG-Harbour was held on 31 June 2031.")
    assert told(tmp_path, read.reading.text) == set()
    (finding,) = meetings.findings(read)
    assert finding.code == "chronology"
    assert "31 June 2031" in finding.message


def test_dates_that_exist_are_no_findings(tmp_path: Path) -> None:
    assert list(meetings.findings(document(tmp_path, "It was held on Tuesday, 13 May 2031."))) == []
