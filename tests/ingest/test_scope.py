"""What governs a sentence by its place: meetings told by headings, leads and neighbours; whose words they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.discourse.scope import scopes
from ingest.model import Entity
from tests.ingest.minutes import NINTH, minutes

EIGHTH = Entity("meeting", ("panel", "8"))
BOTH = (EIGHTH, NINTH)


def told(folder: Path, written: str, kind: str = "chair-report", meetings: tuple[Entity, ...] = BOTH) -> list[str]:
    """The ordinal of the meeting that each sentence tells of, "-" for none."""
    document = minutes(folder, written, kind=kind, meetings=meetings)
    return [scope.meeting.key[1] if scope.meeting else "-" for scope in scopes(document)]


CASES = [
    # a heading that is a meeting governs its paragraphs, and an aside only itself
    ("2\tThe eighth meeting\n2.1\tOne.\n2.2\tAt the ninth meeting, two. Three.\n3\tFees\n3.1\tFour.\n", "8 9 8 -"),
    ("2\tThe eighth meeting (Osterby, 3 May 2031)\n2.1\tOne.\n", "8"),
    ("2\tPlans for the eighth meeting\n2.1\tOne.\n", "-"),
    # a paragraph that begins with what a meeting was or did tells of it
    ("2.1\tThe eighth meeting was held in May. It rained.\n2.2\tOne.\n", "8 8 -"),
    ("2.1\tThe eighth meeting will be held in May. It may rain.\n", "- -"),
    # "the same meeting" is the one named last
    ("2.1\tAt the eighth meeting, one. Two.\n2.2\tAt the same meeting three.\n", "8 8 8"),
    # a line without a stop leads the items below it
    ("2\tMeetings of the Panel\n2.1\tAt the eighth meeting, the Panel\na)\tmet;\nb)\tclosed.\n2.2\tOne.\n", "8 8 -"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_meeting_told(tmp_path: Path, written: str, expected: str) -> None:
    assert " ".join(told(tmp_path, written)) == expected


def test_an_aside_in_the_report_of_one_meeting_is_only_an_aside(tmp_path: Path) -> None:
    written = "4.1\tAt the eighth meeting, it rained. One.\n4.2\tThe paper was put off by the eighth meeting. Two.\n"
    assert told(tmp_path, written, "meeting-report", (NINTH,)) == ["8", "9", "8", "9"]


def test_numbered_paragraphs_of_a_paper_do_not_lend_their_meeting(tmp_path: Path) -> None:
    written = "1.\tAt the eighth meeting, one. Two.\n2.\tThree.\n"
    assert told(tmp_path, written, "contribution", ()) == ["8", "8", "-"]


@pytest.mark.parametrize(
    ("written", "kind", "role"),
    [
        ("2\tThe eighth meeting\n2.1\tOne.\n", "contribution", "record"),
        ("2\tFees\n2.1\tOne.\n", "contribution", "member-paper"),
        ("2\tContributions\n2.1\tOne.\n", "meeting-report", "member-paper"),
        ("2\tDraft resolution on fees\n2.1\tOne.\n", "meeting-report", "draft"),
        ("Annex 1\nOne.\n", "contribution", "draft"),
        ("Annex 1\nOne.\n", "meeting-report", "record"),
    ],
)
def test_whose_words(tmp_path: Path, written: str, kind: str, role: str) -> None:
    document = minutes(tmp_path, written, kind=kind)
    assert [scope.role for scope in scopes(document)][-1] == role
