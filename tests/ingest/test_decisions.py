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
        [("request", "state:SUD", None, "asserted"), ("request", "state:SUD", "office:treasurer", "asserted")],
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


def details(folder: Path, written: str, **options: object) -> list[dict[str, list[str]]]:
    found = []
    for claim in claims(minutes(folder, written, **options)):  # type: ignore[arg-type]
        names = ("rc:actor", "rc:assignedTo", "rc:takenAt", "rc:concerns", "rc:deadline")
        found.append({name.removeprefix("rc:"): detail(claim, name) for name in names} | {"kind": [kind_of(claim)]})
    return found


def test_it_and_they_are_those_who_act_in_the_sentence_before(tmp_path: Path) -> None:
    written = (
        "4\tPiers\n4.1\tThe Panel took note of the tables. It decided to postpone the item.\n"
        "4.2\tThe harbour was quiet. It decided nothing.\n4.3\tThe Harbour Forum met. It asked the registry "
        "for charts.\n4.4\tThe Panel met the Harbour Forum. It was agreed that the quay be closed.\n"
    )
    found = [(one["kind"], one["actor"]) for one in details(tmp_path, written)]
    assert found == [
        (["noting"], ["body:panel"]),
        (["deferral"], ["body:panel"]),
        (["request"], ["body:harbour-forum"]),
        (["decision"], []),
    ]


def test_a_lead_without_colon_gives_its_items_their_subject(tmp_path: Path) -> None:
    written = (
        "4\tPiers\n4.1\tThe Panel met. It adopted the table, by which it\n"
        "(a)\trequested the registry to number the annexes;\n(b)\turged the Treasurer to pay.\n"
        "4.2\tThe Panel, recalling the fees of old,\n"
        "1.\tinvites the Council to print the table; 2. requests the registry to help;\n"
        "4.3\tThe boats of the pilots\n1.\trequested no crew;\n"
    )
    found = [(one["kind"][0], one["actor"], one["assignedTo"]) for one in details(tmp_path, written)]
    assert found == [
        ("approval", ["body:panel"], []),
        ("request", ["body:panel"], ["office:registry"]),
        ("urging", ["body:panel"], ["office:treasurer"]),
        ("invitation", ["body:panel"], ["body:council"]),
        ("request", ["body:panel"], ["office:registry"]),
    ]


def test_things_asked_for_in_one_breath_are_two(tmp_path: Path) -> None:
    written = HEAD + "Norland asked that the registry print it, and that the Treasurer pay by 3 May 2031.\n"
    found = [(one["actor"], one["assignedTo"], one["deadline"]) for one in details(tmp_path, written)]
    assert found == [
        (["state:NOR"], ["office:registry"], []),
        (["state:NOR"], ["office:treasurer"], ["2031-05-03"]),
    ]


@pytest.mark.parametrize(
    ("written", "kind", "due"),
    [
        ("The Panel deferred the item to the eighth meeting.", "deferral", ["meeting:panel:8"]),
        ("The Panel asked the registry to report at the eighth meeting.", "request", ["meeting:panel:8"]),
        ("The Panel asked the registry for charts before the end of 2031.", "request", ["2031-12-31"]),
        ("The Panel asked the registry for charts by the end of June 2031.", "request", ["2031-06-30"]),
        ("The Panel decided to return to the fees at the eighth meeting.", "decision", []),
        ("Norland proposed that a team be set up, which would report by 3 May 2031.", "proposal", []),
        ("The Panel asked the registry about the end of 2031.", "request", []),
    ],
)
def test_deadlines(tmp_path: Path, written: str, kind: str, due: list[str]) -> None:
    assert [(one["kind"], one["deadline"]) for one in details(tmp_path, HEAD + written)] == [([kind], due)]


@pytest.mark.parametrize(
    ("written", "meeting"),
    [
        ("The Panel, at its eighth meeting, asked the registry for charts.", ["meeting:panel:8"]),
        ("The fees were agreed by the Panel at its eighth meeting.", ["meeting:panel:8"]),
        ("The Panel asked the registry to report at the eighth meeting.", [str(NINTH)]),
        ("CWG-Tides has decided to meet at its eighth meeting.", []),
    ],
)
def test_meeting_that_the_clause_names(tmp_path: Path, written: str, meeting: list[str]) -> None:
    assert [one["takenAt"] for one in details(tmp_path, HEAD + written)] == [meeting]


def test_a_heading_that_is_a_meeting_tells_whose_decisions_follow(tmp_path: Path) -> None:
    written = (
        "2\tThe eighth meeting\n2.1\tThe Panel adopted the table.\n2.2\tAt the ninth meeting, the Panel adopted "
        "the chart.\n"
        "2.3\tThe Panel asked the registry for charts.\n3\tThe future\n3.1\tThe Panel adopted the map.\n"
    )
    eighth = Entity("meeting", ("panel", "8"))
    found = details(tmp_path, written, kind="chair-report", meetings=(eighth, NINTH))
    assert [one["takenAt"] for one in found] == [[str(eighth)], [str(NINTH)], [str(eighth)], []]


def test_what_a_member_tells_of_a_meeting_was_done_there(tmp_path: Path) -> None:
    written = (
        "1.\tAt the eighth meeting, the Panel asked the registry for charts. It was agreed that they be printed.\n"
        "2.\tThe Panel approved the table.\n3.\tAt the same meeting the Panel adopted the map.\n"
        "4.\tWe propose a vote.\n"
    )
    found = details(tmp_path, written, kind="contribution", meetings=())
    eighth = "meeting:panel:8"
    assert [one["takenAt"] for one in found] == [[eighth], [eighth], [], [eighth], []]


def test_the_paper_it_and_this_report_stand_for_a_document(tmp_path: Path) -> None:
    written = (
        "Purpose\nThe Council is invited to note this report.\n6.1\tContribution PANEL 9/3 from Norland\n"
        "–\tThe Panel took note of it.\n–\tThe paper was deferred.\n–\tThe fees were approved.\n"
    )
    own = str(minutes(tmp_path, "x").entity)
    assert [one["concerns"] for one in details(tmp_path, written)] == [[own], [str(PAPER)], [str(PAPER)], []]


def test_the_sponsors_are_those_named_beside_the_paper(tmp_path: Path) -> None:
    written = (
        "6\tSummary of contributions\n6.1\tContribution PANEL 9/3 from Norland and Sudmark\n"
        "The sponsors ask that the registry print it. They urge the Treasurer to pay. The paper calls for a vote.\n"
        "6.2\tContribution PANEL 9/4\nThe sponsors ask the registry for charts.\n"
    )
    found = list(claims(minutes(tmp_path, written)))
    both = ["state:NOR", "state:SUD"]
    assert [(detail(c, "rc:actor"), c.modality) for c in found] == [
        (both, "asserted"), (both, "asserted"), (both, "proposed"), ([], "asserted"),
    ]  # fmt: skip
    assert [len(claim.spans) for claim in found] == [3, 3, 3, 1]


def test_a_delegation_that_speaks_for_others_is_not_the_one_who_asks(tmp_path: Path) -> None:
    written = HEAD + "Norland, speaking on behalf of the coastal ports, asked the registry for charts.\n"
    assert [one["actor"] for one in details(tmp_path, written)] == [[]]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # past an aside
        ("CWG-Tides, at its eighth meeting (Osterby, 3 May 2031), asked the registry for charts.", ["body:cwg-tides"]),
        ("Norland, in its paper PANEL 9/4, had called upon the registry to help.", ["state:NOR"]),
        ("Norland, as Sudmark said, has decided to close the quay.", ["state:NOR"]),
        # an apposition that names somebody else
        ("The Harbour Forum, a body outside the Council, decided to close the quay.", ["body:harbour-forum"]),
        ("The Ropers' League, a body outside the Council, decided to close the quay.", []),
        # joined to the act before
        ("The Panel re-elected Ms Brandt and appointed Mr Ode editor.", ["body:panel", "body:panel"]),
        ("The Panel agreed that the boats were old and decided nothing.", ["body:panel", "body:panel"]),
        ("The Panel noted the chart; and decided nothing.", ["body:panel"]),
    ],
)
def test_who_acts(tmp_path: Path, written: str, expected: list[str]) -> None:
    assert [who for one in details(tmp_path, HEAD + written) for who in one["actor"]] == expected


def test_what_only_places_or_bounds_an_act_is_not_what_it_concerns(tmp_path: Path) -> None:
    written = (
        HEAD
        + "Norland, in its paper PANEL 9/4, asked the registry for charts.\n4.2\tThe Panel had decided (PANEL 9/3) that"
        " the quay be closed.\n4.3\tThe Panel deferred PANEL 9/4, provided that PANEL 9/3 is printed.\n"
    )
    assert [one["concerns"] for one in details(tmp_path, written)] == [[], [], ["document:panel:9:4"]]


def test_what_a_document_asks_and_what_is_to_come_was_not_done_at_the_meeting(tmp_path: Path) -> None:
    written = (
        "4\tPiers\n4.1\tThe Council is invited to note the table.\n4.2\tThe Panel will adopt it; it would be approved."
    )
    assert [one["takenAt"] for one in details(tmp_path, written)] == [[], []]


def test_a_draft_decides_nothing(tmp_path: Path) -> None:
    written = "5\tDraft resolution on fees\n5.1\tThe Panel instructs the registry to print the table.\n"
    assert details(tmp_path, written) == []


@pytest.mark.parametrize(
    "written",
    [
        "What is asked",
        "One was accepted in 2031.",
        "The Panel had instructed the registry, in paragraph 9 of its resolution, to print the table.",
        "The Treasurer had asked him to speak.",
        "The Chair concluded that there was no agreement.",
        "On the additions that the contribution suggests, nobody spoke.",
    ],
)
def test_no_act(tmp_path: Path, written: str) -> None:
    assert details(tmp_path, HEAD + written) == []


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
        ("proposal", "IND", "", ""),
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
