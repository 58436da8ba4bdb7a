"""Every form of certainty.toml proves itself; the sentences that go wrong most often are held one by one."""

from __future__ import annotations

import re

import pytest

from ingest.discourse.certainty import condition, forms, modality, sentence
from ingest.rulebook import rules

ROWS = rules("certainty")["form"]


def asked(marked: str) -> tuple[str, int, int]:
    """The sentence without its asterisks, and where the verb between them stands."""
    start = marked.index("*")
    end = marked.index("*", start + 1) - 1
    return marked.replace("*", ""), start, end


@pytest.mark.parametrize(
    ("marked", "gives"),
    [(example, row["gives"]) for row in ROWS for example in row["examples"]],
)
def test_example_of_a_form(marked: str, gives: str) -> None:
    assert modality(*asked(marked)) == gives


@pytest.mark.parametrize(
    ("marked", "gives"),
    [(miss, row["gives"]) for row in ROWS for miss in row["near_misses"]],
)
def test_near_miss_of_a_form(marked: str, gives: str) -> None:
    assert modality(*asked(marked)) != gives


CASES = [
    ("The secretariat *launched* the round on night pilotage.", "asserted"),
    ("The round *has been* launched.", "asserted"),
    ("The round has been *launched*.", "asserted"),
    ("The secretariat *would launch* the next round.", "planned"),
    ("The secretariat *will launch* the next round.", "planned"),
    ("No consensus was *reached*.", "asserted"),
    ("All papers were discussed, but no consensus was *reached*.", "asserted"),
    ("The paper was introduced, but it was not *agreed*.", "negated"),
    ("It is *proposed* that the Panel goes on.", "proposed"),
    ("It is proposed that the Panel *shall continue* its work.", "proposed"),
    ("The item was *deferred*, should the 2031 Assembly decide to go on.", "asserted"),
    ("The item was deferred, should the 2031 Assembly *decide* to go on.", "conditional"),
    ("The Chair said that the registry would *post* it.", "planned"),
    ("The report was *approved* by the Panel and was posted.", "asserted"),
    ("The report was approved by the Panel and was *posted*.", "asserted"),
    ("The summary will be *annexed* to the report.", "planned"),
    ("The summary was *noted* and will be annexed to the report.", "asserted"),
    ("The group is now *holding* a call on tides.", "asserted"),
    ("Pilots *may* add charts.", "unknown"),
    ("Two delegates said no; the paper was *adopted*.", "asserted"),
    ("The fees were not raised. The table was *adopted*.", "asserted"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_modality(marked: str, expected: str) -> None:
    assert modality(*asked(marked)) == expected


def test_lines_do_not_lend_their_words() -> None:
    text = "The registry would\nThe Panel approved the table\nNo paper"
    start = text.index("approved")
    assert modality(text, start, start + 8) == "asserted"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The item was deferred, should the 2031 Assembly decide on it.",
            "should the 2031 Assembly decide on it",
        ),
        ("The item was deferred, provided that funds are found.", "provided that funds are found"),
        ("Should the Board agree, the item was deferred.", "Should the Board agree"),
        ("The item was deferred, on the understanding that Norland pays.", "on the understanding that Norland pays"),
        ("The item was deferred, it being understood that Norland pays.", "it being understood that Norland pays"),
        ("The item was deferred on the understanding of all.", None),
        ("The item was deferred, if necessary to May.", None),
        ("The item was deferred; the table should be printed.", None),
        ("The item was deferred because members should read it first.", None),
    ],
)
def test_condition(text: str, words: str | None) -> None:
    start = text.index("deferred")
    found = condition(text, start, start + len("deferred"))
    assert (text[slice(*found)] if found else None) == words


def test_sentence_knows_abbreviations() -> None:
    text = "Mr. Ode spoke on Res. 12. The Panel agreed. Then it closed."
    start = text.index("agreed")
    assert text[slice(*sentence(text, start, start + 6))] == "The Panel agreed."
    assert text[slice(*sentence(text, 4, 7))] == "Mr. Ode spoke on Res. 12."


def test_forms_are_sane() -> None:
    assert len({form.name for form in forms()}) == len(ROWS)
    assert all(isinstance(form.regex, re.Pattern) for form in forms())


@pytest.mark.parametrize("words", ["would ", "The Panel, ", "was noted and ", "not ", "if the Board agrees, "])
def test_text_without_stops_is_read_in_bounded_time(words: str) -> None:
    text = words * 20_000
    middle = len(text) // 2
    assert modality(text, middle, middle + 5) in {"asserted", "planned", "negated", "conditional", "unknown"}
    assert condition(text, middle, middle + 5) is None or words.startswith("if")
