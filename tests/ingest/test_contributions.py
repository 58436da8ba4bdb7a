"""Papers of a series: submitters, titles, the meeting filed for and the one that discussed them."""

from pathlib import Path

import pytest

from ingest.claims import contributions
from ingest.model import Source
from tests.ingest.quays import document, rows, words

PAPER = "cwg-harbour/7/4"

SUBMITTED = [
    (
        "Contribution CWG-Harbour 7/4 from the Kingdom of Norway and Fiji: \u201cLights\u201d",
        {"NOR", "FJI"},
        "asserted",
    ),
    ("5.1 Contribution WG-Harbour-7/4 from Norway, Republic of Fiji and Brazil", {"NOR", "FJI", "BRA"}, "asserted"),
    ("Norway presented document CWG-Harbour 7/4 and spoke of lights.", {"NOR"}, "asserted"),
    ("In document CWG-Harbour 7/4, Norway presents its lights.", {"NOR"}, "asserted"),
    ("The table follows the Norwegian contribution CWG-Harbour 7/4.", {"NOR"}, "asserted"),
    ("The contribution from Norway (Document CWG-Harbour 7/4) was noted.", {"NOR"}, "asserted"),
    ("Document CWG-Harbour 7/4, submitted by Fiji and Brazil, was noted.", {"FJI", "BRA"}, "asserted"),
    ("Norway would present its contribution CWG-Harbour 7/4 in May.", {"NOR"}, "planned"),
    ("Contributions came from Fiji (CWG-Harbour 7/5) and Norway (CWG-Harbour 7/4).", {"NOR"}, "asserted"),
    ("CWG-Harbour 7/4 (Norway, Fiji): Lights", {"NOR", "FJI"}, "asserted"),
    # nobody is made a submitter
    ("CWG-Harbour 7/4 (for Norway) was noted.", set(), ""),
    ("Norway commented on document CWG-Harbour 7/4.", set(), ""),
    ("CWG-Harbour 7/4: Agenda of the meeting in Norway", set(), ""),
    ("Norway thanked everybody. Document CWG-Harbour 7/4 was noted.", set(), ""),
]


@pytest.mark.parametrize(("written", "states", "modality"), SUBMITTED)
def test_submitters(tmp_path: Path, written: str, states: set[str], modality: str) -> None:
    found = rows(contributions.claims, document(tmp_path, written), "rc:submittedBy")
    assert {row for row in found if row[0] == PAPER} == {(PAPER, "rc:submittedBy", each, modality) for each in states}


TITLES = [
    ("Contribution CWG-Harbour 7/4 from Norway: \u201cAmending Resolution 61 (Rev. Larkhaven, 2031): lights\u201d",
     "Amending Resolution 61 (Rev. Larkhaven, 2031): lights"),
    ("3. CWG-Harbour 7/4: Agenda of the meeting", "Agenda of the meeting"),
    ("The outline \u201cTides of tomorrow\u201d (Document CWG-Harbour 7/4) was noted.", "Tides of tomorrow"),
    ("Contribution CWG-Harbour 7/4 from Norway", None),  # what follows in the text is a summary, no title
]  # fmt: skip


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles(tmp_path: Path, written: str, title: str | None) -> None:
    found = rows(contributions.claims, document(tmp_path, written), "dcterms:title")
    assert {value for _, _, value, _ in found} == ({title} if title else set())


REPORT = """Report of the seventh meeting of CWG-Harbour

1. CWG-Harbour 7/1: Agenda of the meeting
1.1 The agenda was adopted.
2. CWG-Harbour 7/2: Secretariat report on harbour fees
2.1 Discussion on the Report
\u00b7 Some Member States wanted more tables.
3. Contributions
3.1 Contribution CWG-Harbour 7/4 from Norway: \u201cLights\u201d
This contribution is presented for information of CWG-Harbour.
3.2 Contribution CWG-Harbour 7/5 from Fiji and Brazil: \u201cAmending Resolution 61 (Rev. Larkhaven, 2031)\u201d
It asks for new charts.
3.3 Contribution CWG-Harbour 6/9 from Brazil
Boats need charts.
3.4 Contribution CWG-Harbour 7/6
Nobody signed this paper.
4. Discussions
The meeting examined the various contributions.
4.1 Contribution WG-Harbour 7/4 from Norway: \u201cLights\u201d
\u00b7 This document was presented and discussed at length.
4.2 Discussion on document CWG-Harbour 7/8
\u00b7 Nothing was said.
"""


@pytest.fixture
def told(tmp_path: Path) -> set[tuple[str, str, str, str]]:
    return rows(contributions.claims, document(tmp_path, REPORT))


def test_papers_are_discussed_at_the_meeting_of_the_report(told: set[tuple[str, str, str, str]]) -> None:
    discussed = {
        subject for subject, predicate, value, _ in told if (predicate, value) == ("rc:discussedAt", "cwg-harbour/7")
    }
    assert discussed == {f"cwg-harbour/{number}" for number in ("7/2", "7/4", "7/5", "6/9", "7/6", "7/8")}


def test_a_number_names_the_meeting_that_a_paper_was_filed_for(told: set[tuple[str, str, str, str]]) -> None:
    assert ("cwg-harbour/6/9", "rc:filedFor", "cwg-harbour/6", "asserted") in told
    assert ("cwg-harbour/6/9", "rc:filedFor", "cwg-harbour/7", "asserted") not in told


def test_kinds_concerns_and_disposition(told: set[tuple[str, str, str, str]]) -> None:
    assert {
        ("cwg-harbour/7/1", "rc:documentKind", "document-kind/agenda", "asserted"),
        ("cwg-harbour/7/2", "rc:documentKind", "document-kind/secretariat-report", "asserted"),
        ("cwg-harbour/7/4", "rc:documentKind", "document-kind/contribution", "asserted"),
        ("cwg-harbour/7/4", "rc:disposition", "outcome/for-information", "asserted"),
        ("cwg-harbour/7/5", "rc:concerns", "resolution/pc/61/2031", "asserted"),
    } <= told
    assert {subject for subject, predicate, *_ in told if predicate == "rc:disposition"} == {"cwg-harbour/7/4"}


def test_what_does_not_fit_is_found(tmp_path: Path) -> None:
    found = {
        (f.code, f.message.split("\u201d")[0].split("\u201c")[1])
        for f in contributions.findings(document(tmp_path, REPORT))
    }
    assert found == {
        ("missing-submitter", "CWG-Harbour 7/6"),
        ("number-of-other-meeting", "CWG-Harbour 6/9"),
        ("variant-document-number", "CWG-Harbour 7/4"),
    }


def test_a_language_letter_is_no_variant(tmp_path: Path) -> None:
    read = document(tmp_path, "Documents CWG-Harbour 7/4 and CWG-Harbour 7/4-E were noted.")
    assert list(contributions.findings(read)) == []


def test_no_plan_is_a_discussion(tmp_path: Path) -> None:
    written = "Report of the seventh meeting of CWG-Harbour\n\n1.1 Document CWG-Harbour 7/4 will be discussed in May.\n"
    assert rows(contributions.claims, document(tmp_path, written), "rc:discussedAt") == set()


def test_the_document_itself_is_not_described_twice(tmp_path: Path) -> None:
    source = Source(tmp_path, body="cwg-harbour", number="CWG-Harbour 7/4", row="sources/x")
    read = document(tmp_path, "Contribution CWG-Harbour 7/4 from Norway: \u201cLights\u201d", source)
    assert read.entity.key == ("cwg-harbour", "7", "4")
    assert rows(contributions.claims, read, "rc:submittedBy") == set()


def test_the_words_of_a_submitter(tmp_path: Path) -> None:
    read = document(tmp_path, "Contribution CWG-Harbour 7/4 from the Kingdom\u00a0of Norway")
    claim = next(claim for claim in contributions.claims(read) if claim.predicate == "rc:submittedBy")
    assert words(read, claim) == ["Kingdom\u00a0of Norway", "CWG-Harbour 7/4"]
