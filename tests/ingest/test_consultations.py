"""Rounds of consultation: one key per first month, planned and done kept apart, numbers never repaired."""

from pathlib import Path

import pytest

from ingest.claims import consultations
from ingest.finders.consultations import same_topic
from tests.ingest.quays import document, rows, said, words

ROUND = "cwg-harbour/2031-03"

TOLD = [
    # text, facts expected (subject is the round of March 2031)
    ('CWG-Harbour held one online and physical open consultation from March to July 2031 on the topic of "Safe quays".',
     {("dcterms:title", "Safe quays", "asserted"), ("schema:startDate", "2031-03", "asserted"),
      ("schema:endDate", "2031-07", "asserted"), ("rc:mode", "mode/online-and-physical", "asserted"),
      ("rc:conductedBy", "cwg-harbour", "asserted"), ("dcterms:subject", "safe-quays", "asserted")}),
    ('CWG-Harbour will hold an online consultation (March-July 2031) on "Safe quays".',
     {("dcterms:title", "Safe quays", "planned"), ("schema:startDate", "2031-03", "planned"),
      ("rc:conductedBy", "cwg-harbour", "planned")}),
    ('The Group is now holding an online consultation on "Safe quays" from March 2031 to July 2031.',
     {("rc:conductedBy", "cwg-harbour", "asserted"), ("rc:mode", "mode/online", "asserted")}),
    ('The Group held an online consultation and the 5th physical meeting from March to July 2031 on "Safe quays".',
     {("rc:mode", "mode/online-and-physical", "asserted")}),
    ('The Group held an online consultation on "Safe quays" from March to July 2031, and a boat show.',
     {("rc:mode", "mode/online", "asserted")}),
    ("The registry launched the open consultation (March 2031 \u2013 July 2031) on the topic: Safe quays.",
     {("dcterms:title", "Safe quays", "asserted"), ("schema:endDate", "2031-07", "asserted")}),
    ("From March to July 2031 CWG-Harbour conducted an open consultation on tide tables.",
     {("dcterms:title", "tide tables", "asserted"), ("schema:startDate", "2031-03", "asserted")}),
    ("The registry would launch the next round of open consultation (March-July 2031). Its topic: Safe quays.",
     {("dcterms:title", "Safe quays", "planned"), ("rc:conductedBy", "cwg-harbour", "planned")}),
    ("CWG-Harbour did not conduct the open consultation (March-July 2031) on tide tables.",
     {("rc:conductedBy", "cwg-harbour", "negated")}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), TOLD)
def test_rounds(tmp_path: Path, written: str, expected: set[tuple[str, str, str]]) -> None:
    found = rows(consultations.claims, document(tmp_path, written))
    assert {(ROUND, *fact) for fact in expected} <= found
    assert {subject for subject, *_ in found} == {ROUND}


NO_ROUND = [
    "CWG-Harbour is limited to Member States, with open consultation to all stakeholders.",
    "The modality of open consultation is specified in Resolution 61.",
    "No consensus was reached on the topic of the next open consultation.",
    'It was not possible to reach consensus on a consultation about "Tidal power".',
    "Norland would like future consultations to be shorter.",
]


@pytest.mark.parametrize("written", NO_ROUND)
def test_a_consultation_as_such_is_no_round(tmp_path: Path, written: str) -> None:
    assert rows(consultations.claims, document(tmp_path, written)) == set()


LAUNCH = """The main results of the eighth meeting of CWG-Harbour, held on 8 March 2031, were:
a)	The registry launched the open consultation (March-July 2031) on the topic: Safe quays.
b)	The registry would launch the next round (August-December 2031) of open consultation on the topic: Tide tables.
"""


def test_launches_stand_at_their_meeting_as_done_or_planned(tmp_path: Path) -> None:
    found = rows(consultations.claims, document(tmp_path, LAUNCH), "rc:launchedAt")
    assert found == {
        ("cwg-harbour/2031-03", "rc:launchedAt", "cwg-harbour/8", "asserted"),
        ("cwg-harbour/2031-08", "rc:launchedAt", "cwg-harbour/8", "planned"),
    }


AGREED = """2.4	At the ninth meeting of CWG-Harbour, the Group approved the reports.
The following topics and questions were agreed by the Group:
\u00b7 The registry will launch the next round of open consultations (March 2031 - July 2031) on the topic:
Safe quays
1. What makes a quay safe, including in areas such as:
\u00b7 ropes
\u00b7 lights
2. Who pays for safe quays?
\u00b7 The registry will launch one more round of open consultations (August 2031 \u2013 December 2031) on the topic:
The art of tide tables (after the next cluster of meetings:
1. Who prints tide tables?
2. Who reads them?
3. Who pays for them?
"""


def test_topic_and_questions_may_follow_in_paragraphs_of_their_own(tmp_path: Path) -> None:
    found = rows(consultations.claims, document(tmp_path, AGREED))
    assert {
        (ROUND, "dcterms:title", "Safe quays", "planned"),
        (ROUND, "rc:questionCount", "2", "planned"),
        (ROUND, "rc:decidedAt", "cwg-harbour/9", "asserted"),
        ("cwg-harbour/2031-08", "dcterms:title", "The art of tide tables", "planned"),
        ("cwg-harbour/2031-08", "rc:questionCount", "3", "planned"),
        ("cwg-harbour/2031-08", "rc:decidedAt", "cwg-harbour/9", "asserted"),
    } <= found


COUNTS = [
    # text of the sentence on responses                                                     total  groups
    ("During this consultation, 40 responses were received (18 Governments, 12 companies and trade "
     "associations, and 10 civil society bodies).",
     40, [("Governments", 18), ("companies and trade associations", 12), ("civil society bodies", 10)]),
    ("In total, 40 answers were received: 18 from Governments, 12 from the private sector and 7 from civil society.",
     40, [("Governments", 18), ("private sector", 12), ("civil society", 7)]),
    ("The consultation drew forty responses.", 40, []),
    ("40 replies came in (Governments: 18; private sector: 12; civil society and academia: 10).",
     40, [("Governments", 18), ("private sector", 12), ("civil society and academia", 10)]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "total", "groups"), COUNTS)
def test_responses_are_counted_as_written(
    tmp_path: Path, sentence: str, total: int, groups: list[tuple[str, int]]
) -> None:
    read = document(tmp_path, f'CWG-Harbour held a consultation on "Safe quays" from March to July 2031. {sentence}')
    found = [dict(claim.details) for claim in consultations.claims(read) if claim.predicate == "rc:received"]
    counted = [
        (said(part["rc:stakeholderGroup"]) if "rc:stakeholderGroup" in part else "", int(said(part["rc:responses"])))
        for part in found
    ]
    assert sorted(counted) == sorted([("", total), *groups])
    stated = [part for part in found if said(part["rc:isStatedTotal"]) == "true"]
    assert [int(said(part["rc:responses"])) for part in stated] == [total]


def test_numbers_that_do_not_add_up_are_a_finding_with_all_passages(tmp_path: Path) -> None:
    read = document(
        tmp_path,
        'CWG-Harbour held a consultation on "Safe quays" from March to July 2031. 40 responses were received '
        "(18 Governments, 12 companies, and 7 from civil society).",
    )
    (finding,) = consultations.findings(read)
    assert finding.code == "counts-do-not-add-up"
    assert [read.reading.text[s.start : s.end] for _, s in finding.passages] == [
        "40 responses", "18 Governments", "12 companies", "7 from civil society",
    ]  # fmt: skip


def test_numbers_that_add_up_are_no_finding(tmp_path: Path) -> None:
    read = document(
        tmp_path,
        'CWG-Harbour held a consultation on "Safe quays" from March to July 2031. 37 responses were received '
        "(18 Governments, 12 companies, and 7 from civil society). They answered the five questions of the "
        "consultation.",
    )
    assert list(consultations.findings(read)) == []
    assert (ROUND, "rc:questionCount", "5", "asserted") in rows(consultations.claims, read)


SUMMARY = [
    ("The summary of the open consultation on \u201cSafe quays\u201d was submitted as part of the report to "
     "Council 2033.", "asserted"),
    ("The summary of the open consultation on \u201cSafe quays\u201d would be submitted as part of the report "
     "to Council 2033.", "planned"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "modality"), SUMMARY)
def test_a_later_mention_by_topic_is_the_same_round(tmp_path: Path, sentence: str, modality: str) -> None:
    first = "The registry launched the open consultation (March-July 2031) on the topic: Safe quays."
    found = rows(consultations.claims, document(tmp_path, f"{first}\n\n{sentence}"), "rc:summarySubmittedTo")
    assert found == {(ROUND, "rc:summarySubmittedTo", "council/2033", modality)}


def test_a_summary_under_the_heading_of_its_round(tmp_path: Path) -> None:
    written = (
        "3. CWG-Harbour 7/9: Summary of the Open Consultation on quays (March-July 2031)\n"
        "3.1 The summary was noted and will be annexed to the report to Council 2033.\n"
    )
    found = rows(consultations.claims, document(tmp_path, written), "rc:summarySubmittedTo", "rc:summarisedIn")
    assert found == {
        (ROUND, "rc:summarySubmittedTo", "council/2033", "planned"),
        (ROUND, "rc:summarisedIn", "cwg-harbour/7/9", "asserted"),
    }


def test_a_summary_in_a_document(tmp_path: Path) -> None:
    written = (
        'CWG-Harbour held a consultation on "Safe quays" from March to July 2031.\n\n'
        "The summary of the open consultation on \u201cSafe quays\u201d is contained in CWG-Harbour 7/9."
    )
    found = rows(consultations.claims, document(tmp_path, written), "rc:summarisedIn")
    assert found == {(ROUND, "rc:summarisedIn", "cwg-harbour/7/9", "asserted")}


def test_the_words_of_a_window(tmp_path: Path) -> None:
    read = document(tmp_path, 'CWG-Harbour held a consultation on "Safe quays" from March to July 2031.')
    claim = next(claim for claim in consultations.claims(read) if claim.predicate == "schema:startDate")
    assert words(read, claim) == ["consultation", "March to July 2031"]


SAME = [
    ("Safe quays", "safe  quays", True),
    ("The art of tide tables", "Art of tide tables", True),
    ("Quays for landlocked ports (QLPs)", "Quays for landlocked ports", True),
    ("The art of tides", "The art to strengthen tides", False),
    ("Art of tides", "Art of tides and quays", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_topics_that_look_alike_stay_apart(one: str, other: str, *, same: bool) -> None:
    assert same_topic(one, other) is same
