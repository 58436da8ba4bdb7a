"""Positions: every form of view proves itself; nobody gets a view that the clause does not name them for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.claims.positions import claims, divided, stands
from ingest.model import Claim, Value
from ingest.rulebook import rules
from tests.ingest.minutes import NINTH, PAPER, minutes, real

ROWS = rules("positions")["view"]
HEAD = "4\tDiscussion of the harbour\n4.1\t"


def detail(claim: Claim, predicate: str) -> list[str]:
    return [v.text if isinstance(v, Value) else str(v) for p, v in claim.details if p == predicate]


@pytest.mark.parametrize(("written", "stance"), [(text, row["stance"]) for row in ROWS for text in row["examples"]])
def test_example_of_a_view(tmp_path: Path, written: str, stance: str) -> None:
    assert stance in [stand.stance for stand in stands(minutes(tmp_path, HEAD + written))]


@pytest.mark.parametrize(
    ("written", "stance"), [(text, row["stance"]) for row in ROWS for text in row["near_misses"][1:]]
)
def test_near_miss_of_a_view(tmp_path: Path, written: str, stance: str) -> None:
    assert stance not in [stand.stance for stand in stands(minutes(tmp_path, HEAD + written))]


CASES = [
    # sentence; (stance, quantifier, holder)
    ("Some Member States supported the paper.", [("support", "Some Member States", None)]),
    ("Norland stated that the fees are high.", [("view", None, "state:NOR")]),
    ("The delegation of Norland supported the paper.", [("support", None, "state:NOR")]),
    (
        "Some members supported the paper while some other members did not support the paper.",
        [("support", "Some members", None), ("opposition", "some other members", None)],
    ),
    (
        "Several delegations stated that the annex is long. They also feared the cost.",
        [("view", "Several delegations", None), ("caution", "Several delegations", None)],
    ),
    ("In thanking Norland for its paper, some members reiterated their wish.", [("view", "some members", None)]),
    ("In Norland's view the fees are high.", [("view", None, "state:NOR")]),
    ("In the view of several members, the fees are high.", [("view", "several members", None)]),
    ("According to Norland, the fees are high.", [("view", None, "state:NOR")]),
    ("The boats in Norland's harbour are old.", []),
    ("In view of Norland the boat sank.", []),
    ("A representative of a member described the quay.", [("view", "A representative of a member", None)]),
    ("A representative of the registry described the quay.", []),
    (
        "Some members supported the table, while some other members did not.",
        [("support", "Some members", None), ("opposition", "some other members", None)],
    ),
    ("Norland and Sudmark supported the table.", [("support", None, "state:NOR state:SUD")]),
    (
        "Norland supported and Sudmark opposed the dredging of canals.",
        [("support", None, "state:NOR"), ("opposition", None, "state:SUD")],
    ),
    ("Norland, speaking on behalf of the coastal ports, opposed the table.", []),
    ("The boats of Norland and Sudmark supported the crane.", []),
    ("The proponents stated that the paper was for information.", []),
    ("The Panel supported the paper.", []),
    ("The Chair noted that the annex is long.", []),
    ("All members were encouraged to use the table.", []),
    ("The paper of Norland supported the table.", []),
    ("Norland thanked the Panel for its support.", []),
    ("The Chair spoke to some members. They left.", []),
    ("Norland met Sudmark. They supported the paper.", []),
    ("Norland suggested a second list.", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_positions(tmp_path: Path, written: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = [
        (
            detail(claim, "rc:stance")[0].rpartition(":")[2],
            next(iter(detail(claim, "rc:quantifier")), None),
            " ".join(detail(claim, "rc:holder")) or None,
        )
        for claim in claims(minutes(tmp_path, HEAD + written))
    ]
    assert found == expected


def test_target_and_meeting_come_from_section_and_report(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        "5\tSummary of contributions\n5.1\tContribution PANEL 9/3 from Norland\nNorland believes that tides matter.\n"
        "6\tDiscussion\n6.1\tContribution PANEL 9/3 from Norland\n–\tSome members supported the paper.\n",
    )
    written, spoken = claims(document)
    assert (detail(written, "rc:target"), detail(written, "rc:atMeeting")) == ([str(PAPER)], [])
    assert (detail(spoken, "rc:target"), detail(spoken, "rc:atMeeting")) == ([str(PAPER)], [str(NINTH)])


@pytest.mark.parametrize(
    ("written", "targets"),
    [
        ("Norland supported and Sudmark opposed the dredging of canals.", ["dredging-of-canals"] * 2),
        ("Norland was against a tax on anchors, as it is dear.", ["tax-on-anchors"]),
        ("Norland supported the paper.", []),
        ("Norland supported various parts of it.", []),
        ("Norland supported dredging.", []),
    ],
)
def test_the_object_of_a_view_is_a_topic_of_its_own(tmp_path: Path, written: str, targets: list[str]) -> None:
    found = [detail(claim, "rc:target") for claim in claims(minutes(tmp_path, HEAD + written))]
    assert [one.rpartition(":")[2] for target in found for one in target] == targets


def test_they_brings_the_words_that_they_stand_for(tmp_path: Path) -> None:
    document = minutes(tmp_path, HEAD + "Some members stated that it rains. They supported the paper.")
    _, second = claims(document)
    quotes = [document.reading.text[span.start : span.end] for span in second.spans]
    assert quotes == ["Some members", "They supported the paper."]


def test_divided_needs_both_sides(tmp_path: Path) -> None:
    both = "Two members opposed the paper, but Norland supported it."
    assert len(list(divided(minutes(tmp_path, HEAD + both)))) == 1
    assert list(divided(minutes(tmp_path, HEAD + "Some members supported the paper."))) == []
    apart = "Norland spoke for the tax on anchors. Sudmark was against it."
    [(_, named)] = divided(minutes(tmp_path, HEAD + apart))
    assert [entity.key[-1] for entity in named] == ["tax-on-anchors"]
    far = "Norland spoke for the tax. The Chair thanked Norland. The quay was long. Sudmark was against the crane."
    assert list(divided(minutes(tmp_path, HEAD + far))) == []


@pytest.mark.corpus
def test_only_named_states_hold_views_in_a_real_report() -> None:
    found = list(claims(real("meeting-11-report-2018.txt")))
    named = [detail(claim, "rc:holder")[0] for claim in found if detail(claim, "rc:holder")]
    assert len(found) >= 45
    assert named == ["state:USA", "state:IND", "state:IND"]
    assert all(len(detail(claim, "rc:holder")) + len(detail(claim, "rc:quantifier")) == 1 for claim in found)


@pytest.mark.corpus
@pytest.mark.parametrize("year", ["2020", "2024", "2026"])
def test_reports_of_the_chair_hold_no_views_of_members(year: str) -> None:
    assert list(claims(real(f"chair-report-{year}.txt"))) == []
