"""Search: what a reader types is never query syntax; names, sentences and questions are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from queryapp.queries import load_all
from queryapp.search import match, search

MATCHES = [
    ("tide tables", '"tide" "tables"*'),
    ('"tide tables"', '"tide tables"'),
    ("“tide tables”", '"tide tables"'),
    ("CWG-Harbour 7/3", '"CWG-Harbour" "7" "3"*'),
    ('tide" OR "1', '"tide" "OR" "1"*'),
    ("NEAR(a b) text:x -y *", '"NEAR" "a" "b" "text" "x" "y"*'),
    ("  ", ""),
    ("()*^", ""),
]


@pytest.mark.parametrize(("typed", "expression"), MATCHES)
def test_every_word_is_quoted(typed: str, expression: str) -> None:
    assert match(typed) == expression


@pytest.fixture
def index(small_dataset: Path) -> Path:
    return small_dataset / "current" / "search.sqlite"


def test_a_thing_of_exactly_that_name_comes_first(index: Path) -> None:
    found = search(index, "tide tables", ())
    assert [(t.label, t.exact) for t in found.things][:1] == [("Tide tables", True)]
    assert {t.exact for t in found.things[1:]} == {False}


def test_another_name_counts_as_the_name(index: Path) -> None:
    [first, *_] = search(index, "Pilotage by night", ()).things
    assert (first.label, first.exact) == ("Night pilotage", True)


def test_a_sentence_shows_its_hits(index: Path) -> None:
    found = search(index, "harbour fees", ())
    [sentence] = [s for s in found.sentences if s.document.endswith("harbour-chair-report-2033")]
    assert "".join(sentence.parts).endswith("to the next meeting, provided that funds are found.")
    assert sentence.parts[1::2] == ("harbour", "fees")
    assert sentence.number == "b)"


def test_a_phrase_is_looked_for_as_a_phrase(index: Path) -> None:
    assert search(index, '"fees harbour"', ()).sentences == ()
    assert search(index, '"harbour fees"', ()).sentences


def test_sentences_come_in_pages(index: Path) -> None:
    whole = search(index, "the", (), limit=100)
    first, second = search(index, "the", (), limit=3), search(index, "the", (), limit=3, offset=3)
    assert first.sentences + second.sentences == whole.sentences[:6]
    assert first.more == len(whole.sentences) - 3


QUESTIONS = [("revision in force", "03-revision-in-force"), ("stakeholder responses", "consultation_counts")]


@pytest.mark.parametrize(("typed", "name"), QUESTIONS)
def test_questions_are_found_by_their_words(index: Path, typed: str, name: str) -> None:
    from queryapp.views.search import questions

    assert name in [q.name for q in search(index, typed, questions()).questions]


def test_nothing_is_nothing(index: Path) -> None:
    assert search(index, "xylophone", load_all()).is_empty
    assert search(index, "", load_all()).is_empty


def test_without_an_index_only_questions_are_found(tmp_path: Path) -> None:
    found = search(tmp_path / "none.sqlite", "findings documents", load_all())
    assert found.questions
    assert not found.things
