"""Decisions and requests: every verb proves itself, then the sentences in which the reading is easily wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.claims.decisions import claims
from ingest.discourse.acts import acts
from ingest.model import Claim, Entity, Value
from ingest.rulebook import rules
from tests.ingest.minutes import NINTH, PAPER, minutes, real

ROWS = rules("decisions")["verb"]
HEAD = "4\tDiscussion of the harbour\n4.1\t"


def detail(claim: Claim, predicate: str) -> list[str]:
    return [v.text if isinstance(v, Value) else str(v) for p, v in claim.details if p == predicate]


def kind_of(claim: Claim) -> str:
    return detail(claim, "rc:decisionKind")[0].rpartition(":")[2]


@pytest.mark.parametrize(
    ("written", "kind", "speaker", "said"),
    [(text, row["kind"], speaker, said) for row in ROWS for text, speaker, said in row["examples"]],
)
def test_example_of_a_verb(tmp_path: Path, written: str, kind: str, speaker: str, said: str) -> None:
    found = [act for act in acts(minutes(tmp_path, HEAD + written)) if act.kind == kind]
    assert len(found) == 1
    assert (found[0].actors[-1].kind if found[0].actors else "") == speaker
    assert found[0].modality == said


@pytest.mark.parametrize(("written", "kind"), [(text, row["kind"]) for row in ROWS for text in row["near_misses"]])
def test_near_miss_of_a_verb(tmp_path: Path, written: str, kind: str) -> None:
    assert [act.kind for act in acts(minutes(tmp_path, HEAD + written)) if act.kind == kind] == []


CASES = [
    # sentence; (kind, actor, assigned, modality) of each
    (
        "The Panel asked the registry to number the annexes.",
        [("request", "body:panel", "office:registry", "asserted")],
    ),
    (
        "In view of the survey that CWG-Tides has decided to run, the Panel asked the registry for figures.",
        [("decision", "body:cwg-tides", None, "asserted"), ("request", "body:panel", "office:registry", "asserted")],
    ),
    (
        "Recalling the decision made by the Harbour Forum to close the quay, the Panel requested the registry to help.",
        [
            ("decision", "body:harbour-forum", None, "asserted"),
            ("request", "body:panel", "office:registry", "asserted"),
        ],
    ),
    (
        "Sudmark asked for a vote and calls on the Treasurer to explain the figures.",
        [("request", "state:SUD", None, "asserted"), ("urging", "state:SUD", "office:treasurer", "asserted")],
    ),
    (
        "Norland and Sudmark proposed a second list.",
        [("proposal", "state:NOR state:SUD", None, "proposed")],
    ),
    (
        "The Chair invites the Council to go on and also urges the registry to print the table.",
        [("invitation", None, "body:council", "asserted"), ("urging", None, "office:registry", "asserted")],
    ),
    (
        "Norland noted that the Council has met twice, and asked the registry to print the table.",
        [("request", "state:NOR", "office:registry", "asserted")],
    ),
    (
        "The Treasurer spoke of the fees. He also urges the registry to print the table.",
        [("urging", "office:treasurer", "office:registry", "asserted")],
    ),
    ("The Treasurer thanked the Secretary-General. He urges members to send charts.", []),
    ("Norland met Sudmark. He urges members to send charts.", []),
    ("The representative of Norland suggested a vote.", [("suggestion", "state:NOR", None, "proposed")]),
    ("The reports were not approved by the Panel.", [("approval", "body:panel", None, "negated")]),
    ("Two delegates wanted larger print; a third feared the cost.", []),
    ("The Panel thanked Norland for its hospitality and welcomed the guests.", []),
    ("The paper of Norland requests more time from nobody.", []),
    ("Some members requested the registry to print the table.", []),
    ("Resolution 61 (Rev. Larkhaven, 2031) instructs the Secretary-General to print the table.", []),
    ('The paper, "What the Panel decided in May", was long.', []),
    ("The Panel discussed whether the Forum decided well.", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_decisions(tmp_path: Path, written: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    found = [
        (
            kind_of(claim),
            " ".join(detail(claim, "rc:actor")) or None,
            " ".join(detail(claim, "rc:assignedTo")) or None,
            claim.modality,
        )
        for claim in claims(minutes(tmp_path, HEAD + written))
    ]
    assert found == expected


def test_the_earlier_decision_of_another_body_is_not_taken_at_this_meeting(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        HEAD + "Recalling the decision made by CWG-Tides to run a survey, the Panel asked the registry for figures.",
    )
    other, own = claims(document)
    assert detail(other, "rc:takenAt") == []
    assert detail(own, "rc:takenAt") == [str(NINTH)]


def test_meeting_comes_from_the_lead(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        "2\tActivities\n"
        "2.1\tThe main results of the eighth meeting of the Panel were:\n"
        "a)\tThe Panel asked the registry to number the annexes.\n"
        "2.2\tThe reports were approved by the Panel.\n"
        "2.3\tAt the ninth meeting, the Panel adopted the table.\n"
        "2.4\tThe papers of the eighth and ninth meetings were adopted by the Panel.\n",
        kind="chair-report",
        meetings=(Entity("meeting", ("panel", "8")), NINTH),
    )
    assert [detail(claim, "rc:takenAt") for claim in claims(document)] == [
        ["meeting:panel:8"], [], ["meeting:panel:9"], [],
    ]  # fmt: skip


def test_items_below_a_lead_are_decisions_of_their_own(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        HEAD
        + "The Panel requested the registry:\n– to number the annexes;\n– to lay the table before Council 2031.\n"
        + "4.2\tThe Panel decided as follows:\nThe fees stay.\n",
    )
    found = list(claims(document))
    assert [(kind_of(c), detail(c, "rc:assignedTo"), detail(c, "rc:deadline")) for c in found] == [
        ("request", ["office:registry"], []),
        ("request", ["office:registry"], ["session:council:2031"]),
        ("decision", [], []),
    ]


def test_items_that_name_the_place_of_an_addition(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        HEAD
        + "To complete the list, Norland proposes these additions:\n– to the table: a third column;\n"
        + "– to Part 4: a chart of the quay;\n– to the general delight nobody spoke.\n",
    )
    assert [(kind_of(c), detail(c, "rc:actor"), c.modality) for c in claims(document)] == [
        ("proposal", ["state:NOR"], "proposed"),
        ("proposal", ["state:NOR"], "proposed"),
    ]


def test_a_clause_that_only_bounds_a_request_names_no_topic_of_it(tmp_path: Path) -> None:
    document = minutes(
        tmp_path, HEAD + "The Panel asked the registry to help as far as the rules of night pilotage are concerned."
    )
    assert [detail(claim, "rc:concerns") for claim in claims(document)] == [[]]


def test_condition_deadline_and_paper_of_the_section(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        "6.1\tContribution PANEL 9/3 from Norland\n"
        "–\tThe Panel asked the registry to take the suggestions up by 3 May 2031.\n"
        "–\tThe Panel deferred the matter to its next meeting, should the 2031 Assembly decide to go on.\n",
    )
    asked, deferred = claims(document)
    assert detail(asked, "rc:concerns") == [str(PAPER)]
    assert detail(asked, "rc:deadline") == ["2031-05-03"]
    assert detail(deferred, "rc:condition") == ["should the 2031 Assembly decide to go on"]
    assert deferred.modality == "asserted"
    assert detail(deferred, "rc:deadline") == []


def test_what_a_member_wrote_is_not_taken_at_the_meeting(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        "5\tSummary of contributions\n5.1\tContribution PANEL 9/3 from Norland\n"
        "It is proposed that the Panel goes on. Norland proposes a vote.\n"
        "6\tDiscussion\n6.1\tContribution PANEL 9/3 from Norland\nThe Chair proposed a vote.\n",
    )
    found = list(claims(document))
    assert [(kind_of(c), detail(c, "rc:actor"), detail(c, "rc:takenAt")) for c in found] == [
        ("proposal", [], []),
        ("proposal", ["state:NOR"], []),
        ("proposal", [], [str(NINTH)]),
    ]


def test_every_record_has_its_own_key_and_span(tmp_path: Path) -> None:
    document = minutes(tmp_path, HEAD + " ".join(case[0] for case in CASES))
    found = list(claims(document))
    assert len({claim.object for claim in found}) == len(found) > 8
    assert all(claim.spans[0].start < claim.spans[0].end <= len(document.reading.text) for claim in found)


REAL = {
    # kind, actor, assigned to, taken at the meeting
    "chair-report-2020.txt": [
        ("invitation", "", "council", ""),
        ("approval", "cwg-internet", "", ""),
        ("invitation", "", "council", ""),
    ],
    "chair-report-2024.txt": [
        ("invitation", "", "council", ""),
        ("approval", "cwg-internet", "", ""),
        ("approval", "cwg-internet", "", "19"),
        ("decision", "", "", "19"),
        ("decision", "cwg-internet", "", "19"),
        ("invitation", "", "council", ""),
    ],
    "chair-report-2026.txt": [
        ("invitation", "", "council", ""),
        ("decision", "cwg-wsis-sdg", "", ""),
        ("request", "cwg-internet", "general-secretariat", "23"),
        ("deferral", "cwg-internet", "", "23"),
        ("invitation", "chair-cwg-internet", "pp 2026", ""),
        ("urging", "chair-cwg-internet", "", ""),
    ],
    "contribution-21-wsis20.txt": [
        ("invitation", "", "cwg-internet", ""),
        ("proposal", "", "", ""),
        ("proposal", "", "", ""),
    ],
    "meeting-11-report-2018.txt": [
        ("approval", "", "", "11"),
        ("encouragement", "", "general-secretariat", "11"),
        ("decision", "cwg-internet", "", "11"),
        ("request", "cwg-internet", "general-secretariat", "11"),
        ("noting", "", "", "11"),
        ("suggestion", "chair-cwg-internet", "general-secretariat", "11"),
        ("invitation", "chair-cwg-internet", "general-secretariat", "11"),
        ("proposal", "", "", ""),
        ("proposal", "", "", ""),
        ("proposal", "", "", ""),
        ("proposal", "RUS", "", ""),
        ("proposal", "RUS", "", ""),
        ("proposal", "RUS", "", ""),
        ("request", "cwg-internet", "general-secretariat", "11"),
        ("suggestion", "chair-cwg-internet", "", "11"),
        ("suggestion", "chair-cwg-internet", "", "11"),
        ("request", "IND", "", "11"),
        ("request", "IND", "director-tsb", "11"),
        ("encouragement", "", "", "11"),
        ("approval", "cwg-internet", "", "11"),
    ],
}


def keys(claim: Claim, predicate: str) -> str:
    return " ".join(" ".join(v.key) for p, v in claim.details if p == predicate and isinstance(v, Entity))


@pytest.mark.corpus
@pytest.mark.parametrize("name", REAL)
def test_decisions_in_real_documents(name: str) -> None:
    found = [
        (kind_of(c), keys(c, "rc:actor"), keys(c, "rc:assignedTo"), keys(c, "rc:takenAt").removeprefix("cwg-internet "))
        for c in claims(real(name))
    ]
    assert found == REAL[name]
