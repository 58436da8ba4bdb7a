"""Outcomes of topics at meetings: every form proves itself, then the sentences in which the reading is easily wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.claims.topics import claims, statuses
from ingest.discourse.outcomes import phrased, standing_topics
from ingest.discourse.subjects import slug
from ingest.model import Entity, Value
from ingest.rulebook import rules
from tests.ingest.minutes import NAMES, NINTH, minutes, real

ROWS = rules("outcomes")["outcome"]
HEAD = "4\tDiscussion of the harbour\n4.1\t"
CHOICE = "candidate/topics-for-future-consultations"
Found = tuple[str, str, str, str]


def found(folder: Path, written: str, **options: object) -> list[Found]:
    document = minutes(folder, written, **options)  # type: ignore[arg-type]
    return [("/".join(s.topic.key), s.status, s.meeting.key[1], s.modality) for s in statuses(document)]


@pytest.mark.parametrize(
    ("written", "status", "topic", "said"),
    [(*example[:1], row["status"], *example[1:], ) for row in ROWS for example in row["examples"]],
)  # fmt: skip
def test_example_of_an_outcome(tmp_path: Path, written: str, status: str, topic: str, said: str) -> None:
    wanted = "planned" if (status, said) == ("launched", "planned") else status
    assert (topic, wanted, "9", said) in found(tmp_path, HEAD + written)


@pytest.mark.parametrize(("written", "status"), [(text, row["status"]) for row in ROWS for text in row["near_misses"]])
def test_near_miss_of_an_outcome(tmp_path: Path, written: str, status: str) -> None:
    assert status not in [one[1] for one in found(tmp_path, HEAD + written)]


CASES = [
    (
        "The Panel agreed the following topics:\n"
        "–\tThe secretariat of the Panel will launch a call (May 2031 – June 2031) on night pilotage.\n",
        [("night-pilotage", "agreed", "9", "asserted"), ("night-pilotage", "planned", "9", "planned")],
    ),
    (
        "Some members supported night pilotage, while some other members did not.",
        [("night-pilotage", "divided", "9", "asserted")],
    ),
    (
        "The drafts were debated at length, above all those on topics for coming calls, but no consensus emerged.",
        [(CHOICE, "discussed", "9", "asserted"), (CHOICE, "no-consensus", "9", "asserted")],
    ),
    (
        "The Panel examined subject proposals for the next call. It was not possible to reach consensus on the matter.",
        [(CHOICE, "discussed", "9", "asserted"), (CHOICE, "no-consensus", "9", "asserted")],
    ),
    (
        "The Panel put off the choice of topics until spring, should PA-31 so decide.",
        [(CHOICE, "deferred", "9", "asserted")],
    ),
    (
        "The summary of the open consultation on \"Quiet harbours\" would be submitted to Council 2031.",
        [("candidate/quiet-harbours", "summarised", "9", "planned")],
    ),
    (
        "Norland would like the ninth meeting to take up night pilotage.",
        [("night-pilotage", "proposed", "9", "proposed")],
    ),
    ("The Panel asked the registry for charts of tidal power.", [("tidal-power", "requested", "9", "asserted")]),
    (
        "Some members supported the paper on night pilotage while some other members did not support it.",
        [("night-pilotage", "divided", "9", "asserted")],
    ),
    (
        "The Panel asked the registry for charts where it concerns tidal power.",
        [],
    ),
    ("The topic of tidal power was not agreed.", [("tidal-power", "not-agreed", "9", "asserted")]),
    ("At the eighth meeting, the Panel discussed tidal power.", [("tidal-power", "discussed", "8", "asserted")]),
    ("Some members stated that tidal power is dear.", []),
    ("No consensus was reached on the seating.", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_outcomes(tmp_path: Path, written: str, expected: list[Found]) -> None:
    assert found(tmp_path, HEAD + written) == expected


SUBJECTS = rules("outcomes")["subjects"]


@pytest.mark.parametrize(("written", "topic"), SUBJECTS["examples"])
def test_example_of_a_subject(tmp_path: Path, written: str, topic: str) -> None:
    document = minutes(tmp_path, HEAD + written)
    start = document.clean.text.index(written[:12])
    assert [one.topic.key[-1] for one in phrased(document, start, start + len(written))] == [topic]


@pytest.mark.parametrize("written", SUBJECTS["near_misses"])
def test_near_miss_of_a_subject(tmp_path: Path, written: str) -> None:
    document = minutes(tmp_path, HEAD + written)
    start = document.clean.text.index(written[:12])
    assert phrased(document, start, start + len(written)) == ()


SWAPPED = {
    "night pilotage": "canal dredging", "Night pilotage": "Canal dredging",
    "tidal power": "buoy painting", "Tidal power": "Buoy painting",
}  # fmt: skip
"""The topics that the register of the examples knows, and subjects that it does not know."""

TWO = " and night pilotage were"
"""Two subjects joined by a bare "and" are not told apart without a register."""


def swapped(words: str) -> str:
    for known, other in SWAPPED.items():
        words = words.replace(known, other)
    return words


@pytest.mark.parametrize(
    ("written", "status"),
    [
        (t, row["status"])
        for row in ROWS
        for t, topic, _ in row["examples"]
        if "candidate" not in topic and TWO not in t
    ],
)
def test_what_a_register_knows_is_not_needed(tmp_path: Path, written: str, status: str) -> None:
    """The examples hold of subjects that no register knows."""
    told_of = {(one[0], one[1]) for one in found(tmp_path, HEAD + swapped(written))}
    wanted = {(f"candidate/{name}", one) for name in ("canal-dredging", "buoy-painting") for one in (status, "planned")}
    assert told_of & wanted


@pytest.mark.parametrize(("written", "status"), [(text, row["status"]) for row in ROWS for text in row["near_misses"]])
def test_near_misses_hold_of_subjects_that_no_register_knows(tmp_path: Path, written: str, status: str) -> None:
    assert status not in [one[1] for one in found(tmp_path, HEAD + swapped(written))]


def test_a_subject_of_another_clause_is_not_what_was_discussed(tmp_path: Path) -> None:
    written = HEAD + "The paper was discussed after the registry had shown its report on buoy painting."
    assert found(tmp_path, written) == []


def test_one_topic_for_all_its_wordings(tmp_path: Path) -> None:
    written = (
        HEAD
        + "The Panel debated the dredging of old canals. 4.2\tThe Panel agreed on old-canal dredging.\n"
        + '4.3\tThe Panel chose "Lamps for night buoys" as the theme of its call. The Panel discussed night buoys.\n'
    )
    topics = [one[0] for one in found(tmp_path, written)]
    assert sorted(set(topics)) == ["candidate/dredging-of-old-canals", "candidate/lamps-for-night-buoys"]


def test_what_was_concluded_was_also_discussed_and_that_is_not_said_again(tmp_path: Path) -> None:
    written = (
        "4\tPiers\n4.1\tThe dredging of canals was debated;\nno agreement was reached, and the matter was left.\n"
        "4.2\tLamps for buoys were debated.\n"
    )
    assert found(tmp_path, written) == [
        ("candidate/dredging-of-canals", "no-consensus", "9", "asserted"),
        ("candidate/lamps-for-buoys", "discussed", "9", "asserted"),
    ]


def test_a_heading_under_discussion_is_a_topic_if_somebody_speaks(tmp_path: Path) -> None:
    written = (
        "4\tDiscussion\n4.1\tLamps for buoys\nNorland supported them. The matter was noted.\n"
        "4.2\tAnchors for barges\nNorland supported them.\n4.3\tDredging of canals\nThe weather was fine.\n"
        "4.4\tAdoption of the report\nThe Panel adopted the report.\n5\tShips of old\nNorland supported them.\n"
    )
    assert found(tmp_path, written) == [
        ("candidate/lamps-for-buoys", "noted", "9", "asserted"),
        ("candidate/anchors-for-barges", "discussed", "9", "asserted"),
    ]


def test_items_of_the_agenda_head_numbered_paragraphs(tmp_path: Path) -> None:
    written = (
        "Agenda item 4: Lamps for buoys (continued)\n\n1.\tNorland supported the lamps.\n\n2.\tThe Chair closed.\n\n"
        "Agenda item 5: Provisional agenda of the next session\n\n3.\tNorland supported it.\n"
    )
    assert found(tmp_path, written) == [("candidate/lamps-for-buoys", "discussed", "9", "asserted")]


def test_topics_listed_below_an_agreement_are_each_agreed(tmp_path: Path) -> None:
    written = (
        "2\tActivities\n2.1\tAt the ninth meeting, the Panel adopted its report.\n"
        "The following subjects were chosen by the Panel:\n"
        "–\tThe registry will launch a consultation on night pilotage.\n"
        "–\tThe registry will launch a consultation on tidal power.\n2.2\tTidal power is dear.\n"
    )
    eighth = Entity("meeting", ("panel", "8"))
    assert found(tmp_path, written, kind="chair-report", meetings=(eighth, NINTH)) == [
        ("night-pilotage", "agreed", "9", "asserted"),
        ("night-pilotage", "planned", "9", "planned"),
        ("tidal-power", "agreed", "9", "asserted"),
        ("tidal-power", "planned", "9", "planned"),
    ]


def test_nothing_without_a_meeting(tmp_path: Path) -> None:
    written = HEAD + "The Panel discussed night pilotage."
    assert found(tmp_path, written, kind="contribution") == []
    assert found(tmp_path, written, meetings=(NINTH, Entity("meeting", ("panel", "10")))) == []


def test_condition_is_kept(tmp_path: Path) -> None:
    document = minutes(tmp_path, HEAD + "The Panel deferred night pilotage, provided that funds are found.")
    (claim,) = claims(document)
    assert ("rc:condition", "provided that funds are found") in [
        (p, v.text) for p, v in claim.details if isinstance(v, Value)
    ]
    assert claim.subject == NAMES["night pilotage"][1]


@pytest.mark.parametrize("row", rules("outcomes")["standing"])
def test_standing_topics(row: dict[str, list[str]]) -> None:
    form = dict(standing_topics())[str(row["name"])]
    assert all(form.search(text) for text in row["examples"])
    assert not any(form.search(text) for text in row["near_misses"])


@pytest.mark.parametrize(
    ("words", "key"),
    [("Quiet harbours", "quiet-harbours"), ("ITU's rôle: a – b", "itus-role-a-b"), ("a " * 20, "-".join(["a"] * 10))],
)
def test_slug(words: str, key: str) -> None:
    assert slug(words) == key


CHOICE_OF_TOPICS = "future-consultations"
OF_2026 = [
    (CHOICE_OF_TOPICS, "discussed", "18", "asserted"),
    (CHOICE_OF_TOPICS, "no-consensus", "18", "asserted"),
    ("strengthening-the-internet", "launched", "19", "asserted"),
    ("multilingual-internet", "planned", "19", "planned"),
    ("multilingual-internet", "launched", "20", "asserted"),
    ("strengthening-the-internet", "summarised", "20", "asserted"),
    ("lldc-connectivity", "planned", "21", "planned"),
    ("multilingual-internet", "summarised", "21", "asserted"),
    ("lldc-connectivity", "summarised", "22", "planned"),
    (CHOICE_OF_TOPICS, "discussed", "22", "asserted"),
    (CHOICE_OF_TOPICS, "no-consensus", "22", "asserted"),
    (CHOICE_OF_TOPICS, "deferred", "23", "asserted"),
]
OF_2024 = [
    (CHOICE_OF_TOPICS, "discussed", "18", "asserted"),
    (CHOICE_OF_TOPICS, "no-consensus", "18", "asserted"),
    ("strengthening-the-internet", "agreed", "19", "asserted"),
    ("strengthening-the-internet", "planned", "19", "planned"),
    ("multilingual-internet", "agreed", "19", "asserted"),
    ("multilingual-internet", "planned", "19", "planned"),
]
OF_2018 = [
    ("enhanced-cooperation", "reported", "11", "asserted"),
    ("gender-digital-divide", "summarised", "11", "asserted"),
    ("gender-digital-divide", "noted", "11", "asserted"),
    ("gender-digital-divide", "discussed", "11", "asserted"),
    ("otts", "for-information", "11", "asserted"),
    ("child-online-protection", "for-information", "11", "asserted"),
    ("enhanced-cooperation", "divided", "11", "asserted"),
    ("freedom-online", "reported", "11", "asserted"),
    ("imei-misuse", "discussed", "11", "asserted"),
    ("apt-preparatory-process", "reported", "11", "asserted"),
]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chair-report-2020.txt", []),
        ("chair-report-2024.txt", OF_2024),
        ("chair-report-2026.txt", OF_2026),
        ("contribution-21-wsis20.txt", [("wsis-follow-up", "proposed", "21", "proposed")]),
        ("meeting-11-report-2018.txt", OF_2018),
    ],
)
def test_outcomes_in_real_documents(name: str, expected: list[Found]) -> None:
    assert [(s.topic.key[-1], s.status, s.meeting.key[1], s.modality) for s in statuses(real(name))] == expected
