"""Stored questions on a dataset: its base, examples that it has, things to choose from."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.prefixes import expand
from queryapp.choices import CLASSES, kind, options, rebased, settle, term
from queryapp.errors import QueryError
from queryapp.queries import OWN, Question, load_all, parse
from queryapp.rows import iri, typed
from queryapp.store import EmbeddedStore
from tests.smalldata import BASE

COMPETENCY = Path(__file__).parents[2] / "ontology" / "questions"
EVERY = [*load_all(COMPETENCY), *load_all(OWN)]
ELSEWHERE = "https://example.org/sister/"


@pytest.fixture(scope="module")
def store(small_dataset: Path) -> EmbeddedStore:
    return EmbeddedStore(small_dataset / "current" / "store")


@pytest.fixture(scope="module")
def sister(small_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    """The same record with another base."""
    folder = tmp_path_factory.mktemp("sister") / "store"
    made = ox.Store(str(folder))
    text = (small_dataset / "current" / "graph.nq").read_text("utf-8").replace(BASE, ELSEWHERE)
    made.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)
    made.flush()
    del made
    return EmbeddedStore(folder)


KINDS = [
    # name        example                                                  kind
    ("activity",  f"<{BASE}consultation/cwg-internet/2025-02>",            "activity"),
    ("on",        '"2025-02-20"^^xsd:date',                                "date"),
    ("event",     f"<{BASE}conference/pp/2026>",                           "event"),
    ("thing",     f"<{BASE}conference/pp/2026>",                           "event"),
    ("thing",     f"<{BASE}resolution/pp/102>",                            "resolution"),
    ("earlier",   f"<{BASE}resolution/pp/102/2018>",                       "revision"),
    ("thing",     f"<{BASE}resolution/pp/102/2018/clause/23>",             "clause"),
    ("thing",     f"<{BASE}state/RUS>",                                    "state"),
    ("address",   '"resolution/pp/102/2018/instructs-council/1"',          ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "example", "expected"), KINDS)
def test_what_a_parameter_takes(name: str, example: str, expected: str) -> None:
    [parameter] = parse("q", f"SELECT * {{ VALUES ?{name} {{ {example} }} }}").parameters
    assert kind(parameter) == expected


def test_every_class_is_a_term() -> None:
    assert all(expand(name) for names in CLASSES.values() for name in names)


def test_things_are_offered_by_label_as_people_sort(store: EmbeddedStore) -> None:
    found = options(store, BASE, "resolution")
    numbers = [int(option.path.rpartition("/")[2]) for option in found if option.path.startswith("resolution/pp/")]
    assert numbers == sorted(numbers)
    assert len(numbers) > 1
    assert options(store, BASE, "xylophone") == []


@pytest.mark.parametrize("question", EVERY, ids=[question.name for question in EVERY])
def test_a_question_runs_with_the_base_of_another_dataset(question: Question, sister: EmbeddedStore) -> None:
    settled = settle(question, sister, ELSEWHERE)
    assert BASE not in settled.text
    assert rebased(question, BASE) is question
    match question.form:
        case "SELECT":
            sister.select(settled.text)
        case "ASK":
            sister.ask(settled.text)
        case _:
            sister.construct(settled.text)


def test_an_example_that_is_not_there_is_replaced_by_one_with_an_answer(sister: EmbeddedStore) -> None:
    [question] = [each for each in EVERY if each.name == "05-decisions-of-meeting"]
    settled = settle(question, sister, ELSEWHERE, ask=lambda asking, _: sister.ask(asking))
    assert settled.replaced["meeting"].value.startswith(ELSEWHERE + "meeting/cwg-harbour/")
    assert sister.select(settled.text)


def test_what_is_given_stays_even_without_an_answer(sister: EmbeddedStore) -> None:
    [question] = [each for each in EVERY if each.name == "05-decisions-of-meeting"]
    given = iri(ELSEWHERE + "meeting/cwg-harbour/4711")
    settled = settle(question, sister, ELSEWHERE, {"meeting": given})
    assert settled.terms == {"meeting": given}
    assert settled.replaced == {}
    assert f"VALUES ?meeting {{ <{given.value}> }}" in settled.text


def test_lines_keep_their_numbers(store: EmbeddedStore) -> None:
    for question in EVERY[:3]:
        settled = settle(question, store, BASE)
        assert len(settled.text.splitlines()) == len(question.text.splitlines())


def test_terms_from_what_people_type() -> None:
    day, thing = parse(
        "q", f'SELECT * {{ VALUES ?on {{ "2025-02-20"^^xsd:date }} VALUES ?topic {{ <{BASE}topic/x> }} }}'
    ).parameters
    assert term(day, " 2030-01-02 ", BASE) == typed("2030-01-02", "date")
    assert term(thing, "topic/safe-quays", ELSEWHERE) == iri(ELSEWHERE + "topic/safe-quays")
    assert term(thing, "urn:x", ELSEWHERE) == iri("urn:x")
    for parameter, wrong in ((day, "soon"), (thing, "a b")):
        with pytest.raises(QueryError):
            term(parameter, wrong, BASE)
