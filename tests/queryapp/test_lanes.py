"""Laying topics out: columns, gaps in words, marks that stay apart, bars."""

from __future__ import annotations

import pytest

from queryapp.evidence import Known
from queryapp.lanes import Bar, Mark, Meeting, build

STATED, PLANNED, INFERRED = Known(evidence=("e/1",)), Known(modality="planned"), Known(basis="rule")
REGISTER = Known(basis="register")


def meetings(*loaded: int, known: range = range(1, 9)) -> list[Meeting]:
    return [Meeting(f"m/{n}", str(n), n, f"20{n:02}", n in loaded) for n in known]


def mark(meeting: int, outcome: str, known: Known = STATED, topic: str = "t/1") -> Mark:
    return Mark(topic, f"m/{meeting}", outcome, known, f"s/{meeting}/{outcome}")


GAPS = [
    # loaded       known to the register   columns
    ((1, 2, 3), range(1, 4), ["1", "2", "3"]),
    ((1, 3), range(1, 4), ["1", "2: no document loaded", "3"]),
    ((1, 5), (1, 5), ["1", "2–4: no document loaded", "5"]),  # numbers that nobody lists are missing too
    ((1, 3, 6), range(1, 7), ["1", "2: no document loaded", "3", "4–5: no document loaded", "6"]),
    ((4, 5), range(1, 9), ["4", "5"]),  # nothing is missing before the first and after the last
]  # fmt: skip


@pytest.mark.parametrize(("loaded", "known", "columns"), GAPS)
def test_what_is_not_loaded_is_a_gap_in_words(loaded: tuple[int, ...], known: range, columns: list[str]) -> None:
    lanes = build(meetings(*loaded, known=known), [], {})
    assert [column.label for column in lanes.columns] == columns


def test_a_meeting_with_a_mark_has_a_column_without_a_document() -> None:
    lanes = build(meetings(1), [mark(3, "agreed")], {})
    assert [column.label for column in lanes.columns] == ["1", "2: no document loaded", "3"]


def test_stated_planned_and_inferred_never_become_one_mark() -> None:
    lanes = build(meetings(1), [mark(1, "launched", known) for known in (STATED, PLANNED, INFERRED)], {})
    assert [m.known.how for m in lanes.lanes[0].marks[0]] == ["inferred", "planned", "stated"]


def test_two_sentences_of_one_account_are_one_mark_with_both() -> None:
    lanes = build(meetings(1), [mark(1, "agreed"), mark(1, "agreed", Known(evidence=("e/2",)))], {})
    assert [m.known.evidence for m in lanes.lanes[0].marks[0]] == [("e/1", "e/2")]


def test_a_register_row_is_no_second_witness_of_a_sentence() -> None:
    both = build(meetings(1), [mark(1, "agreed"), mark(1, "agreed", REGISTER)], {})
    assert [m.known.how for m in both.lanes[0].marks[0]] == ["stated"]
    alone = build(meetings(1), [mark(1, "agreed", REGISTER)], {})
    assert [m.known.how for m in alone.lanes[0].marks[0]] == ["register"]


BARS = [
    # marks                                                     bars
    ([mark(1, "launched"), mark(2, "summarised")], [Bar(0, 1, "stated")]),
    ([mark(1, "launched", PLANNED), mark(2, "summarised")], [Bar(0, 1, "planned")]),
    ([mark(1, "launched"), mark(2, "summarised", PLANNED)], [Bar(0, 1, "planned")]),
    ([mark(1, "launched", PLANNED), mark(2, "launched"), mark(3, "summarised")], [Bar(1, 2, "stated")]),
    ([mark(1, "launched")], []),
    ([mark(2, "launched"), mark(1, "summarised")], []),  # a summary before the launch is of another round
]  # fmt: skip


@pytest.mark.parametrize(("marks", "bars"), BARS)
def test_a_bar_runs_from_launch_to_summary(marks: list[Mark], bars: list[Bar]) -> None:
    assert list(build(meetings(1, 2, 3), marks, {}).lanes[0].bars) == bars


def test_topics_stand_in_the_order_in_which_they_appear() -> None:
    found = build(meetings(1, 2), [mark(2, "agreed", topic="t/a"), mark(1, "agreed", topic="t/z")], {"t/a": "A"})
    assert [lane.topic for lane in found.lanes] == ["t/z", "t/a"]


def test_the_last_columns_keep_only_topics_with_a_mark_there() -> None:
    found = build(meetings(1, 2, 3), [mark(1, "agreed"), mark(3, "agreed", topic="t/2")], {}).last(2)
    assert [column.label for column in found.columns] == ["2", "3"]
    assert [(lane.topic, list(lane.marks)) for lane in found.lanes] == [("t/2", [1])]
