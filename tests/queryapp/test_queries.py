"""Question files: front matter, parameters, filling; and every file of the project, run on the small record."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queryapp.errors import QueryError
from queryapp.queries import OWN, Question, load, load_all, parse
from queryapp.rows import Row, Term, best_label, iri, rows_from_json, text, typed
from queryapp.store import EmbeddedStore, from_oxigraph

COMPETENCY = Path(__file__).parents[2] / "ontology" / "questions"

SOURCE = """#+ title: Meetings of a body
#+ question: When did it meet?
#+ columns: meeting (IRI), start (date)
PREFIX rc: <https://w3id.org/recalling/ontology#>
# VALUES ?not { <a:parameter> }
SELECT ?meeting ?start WHERE {
  VALUES ?body { <https://w3id.org/recalling/id/body/cwg-harbour> }
  VALUES ?on { "2031-05-12"^^<http://www.w3.org/2001/XMLSchema#date> }
  VALUES ?kind { rc:Meeting rc:Conference }
  ?meeting a ?kind .
}
"""


def test_front_matter() -> None:
    question = parse("body_meetings", SOURCE)
    assert question.title == "Meetings of a body"
    assert question.question == "When did it meet?"
    assert question.columns == (("meeting", "IRI"), ("start", "date"))
    assert question.form == "SELECT"
    assert "#+" not in question.query
    assert parse("no_front_matter", "ASK {}").title == "no front matter"


def test_parameters_are_blocks_with_one_example() -> None:
    assert [(p.name, p.example) for p in parse("q", SOURCE).parameters] == [
        ("body", "<https://w3id.org/recalling/id/body/cwg-harbour>"),
        ("on", '"2031-05-12"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ]
    listed = parse("q", "#+ parameters: kind\n" + SOURCE)
    assert [p.name for p in listed.parameters] == ["kind"]


FILLED = [
    # terms                                                     stands in the query
    ({"body": iri("x:b")},                                      "VALUES ?body { <x:b> }"),
    ({"body": [iri("x:b"), iri("x:c")]},                        "VALUES ?body { <x:b> <x:c> }"),
    ({"body": []},                                              "VALUES ?body {  }"),
    ({"on": typed("2032-01-01", "date")},                       'VALUES ?on { "2032-01-01"^^<http://www.w3.org/2001/XMLS'),
    ({"on": text('} " \\ \n VALUES ?body { <x:y> }')},          r'VALUES ?on { "} \" \\ \n VALUES ?body { <x:y> }" }'),
    ({"on": text("soir", language="fr-CH")},                    'VALUES ?on { "soir"@fr-CH }'),
    ({},                                                        "VALUES ?kind { rc:Meeting rc:Conference }"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "stands"), FILLED)
def test_filling(terms: dict[str, Term | list[Term]], stands: str) -> None:
    assert stands in parse("q", SOURCE).fill(terms)


def test_a_value_is_never_read_again() -> None:
    """All blocks in one pass: a text that looks like a block stays a text."""
    hostile = text("VALUES ?on { <x:y> }")
    filled = parse("q", SOURCE).fill(body=hostile, on=iri("x:z"))
    assert 'VALUES ?body { "VALUES ?on { <x:y> }" }' in filled
    assert "VALUES ?on { <x:z> }" in filled


@given(st.text())
def test_any_text_comes_back_as_it_went_in(words: str) -> None:
    words = words.encode("utf-8", "replace").decode()
    found = ox.Store().query(parse("q", 'SELECT ?x { VALUES ?x { "a" } }').fill(x=text(words)))
    assert isinstance(found, ox.QuerySolutions)
    [solution] = found
    assert solution["x"] == ox.Literal(words)


@given(st.text(min_size=1))
def test_an_iri_is_refused_or_comes_back_as_it_went_in(address: str) -> None:
    try:
        written = iri("x:" + address).n3()
    except QueryError:
        return
    assert written == f"<x:{address}>"
    assert not set(address) & set('<>"{}|^`\\ \n\t')


BAD_TERMS = [
    Term("iri", "no scheme"),
    Term("iri", "x:a> } INSERT"),
    Term("iri", ""),
    Term("literal", "a", None, "en} UNION {"),
    Term("literal", "a", "x y"),
    Term("blank", "b0"),
]


@pytest.mark.parametrize("term", BAD_TERMS)
def test_what_no_grammar_allows_is_refused(term: Term) -> None:
    with pytest.raises(QueryError):
        term.n3()


def test_unknown_names_are_refused_with_the_choices() -> None:
    with pytest.raises(QueryError, match="no parameter boddy; it has body, kind, on"):
        parse("q", SOURCE).fill(boddy=iri("x:y"))
    for name in ("no_such", "../secret", "a/b", ""):
        with pytest.raises(QueryError, match="no such question"):
            load(name)


VALUES = [
    # literal                              in Python
    (typed("7", "integer"),                7),
    (typed("true", "boolean"),             True),
    (typed("2031-05-12", "date"),          "2031-05-12"),
    (typed("unknown", "integer"),          "unknown"),
    (typed("9" * 5_000, "integer"),        "9" * 5_000),
    (typed("1E999999999", "decimal"),      None),
    (text("7"),                            "7"),
    (iri("x:7"),                           "x:7"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "value"), VALUES, ids=lambda value: str(value)[:20])
def test_python_values(term: Term, value: object) -> None:
    found = term.python()
    if value is not None:
        assert (found.isoformat() if hasattr(found, "isoformat") else found) == value
    assert len(str(term)) < 10_000


LABELS = [
    # (text, language) of each label                       asked  shown
    ([("Hafen", "de"), ("Harbour", "en")],                 "en",  "Harbour"),
    ([("Hafen", "de"), ("Harbour", "en")],                 "de",  "Hafen"),
    ([("Harbor", "en-US"), ("Hafen", "de")],               "en",  "Harbor"),
    ([("Hafen", "de"), ("CWG-7/3", None)],                 "en",  "CWG-7/3"),
    ([("Hafen", "de"), ("Harbour", "en")],                 "fr",  "Harbour"),
    ([("b", "xx"), ("a", "yy")],                           "en",  "a"),
    ([],                                                   "en",  None),
]  # fmt: skip


@pytest.mark.parametrize(("labels", "language", "shown"), LABELS)
def test_one_rule_for_labels(labels: list[tuple[str, str | None]], language: str, shown: str | None) -> None:
    assert best_label([text(words, language=tag) for words, tag in labels], language=language) == shown


def test_rows_from_json_and_from_the_engine_are_alike() -> None:
    found = ox.Store().query('SELECT ("a"@en AS ?a) (1 AS ?b) (<x:c> AS ?c) ?d {}')
    assert isinstance(found, ox.QuerySolutions)
    written = found.serialize(format=ox.QueryResultsFormat.JSON)
    assert written is not None
    import json

    rows = rows_from_json(json.loads(written))
    again = ox.Store().query('SELECT ("a"@en AS ?a) (1 AS ?b) (<x:c> AS ?c) ?d {}')
    assert isinstance(again, ox.QuerySolutions)
    [solution] = again
    engine = Row({name: from_oxigraph(cell) for name in "abcd" if (cell := solution[name]) is not None})
    assert list(rows) == [engine]
    assert (rows[0].words("d", "none"), rows[0].python("b")) == ("none", 1)


@pytest.mark.parametrize("broken", [{}, {"head": {}}, {"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {}}]}}])
def test_what_is_no_result_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        rows_from_json(broken)


EVERY = [*load_all(OWN), *load_all(COMPETENCY)]


@pytest.mark.parametrize("question", EVERY, ids=[question.name for question in EVERY])
def test_every_question_has_front_matter_and_runs(question: Question, small_dataset: Path) -> None:
    """As it stands in its file, and with every parameter filled with something else."""
    assert question.title != question.name.replace("_", " ")
    assert question.question.endswith("?")
    store = EmbeddedStore(small_dataset / "current" / "store")
    filled = question.fill({parameter.name: iri("x:nothing") for parameter in question.parameters})
    for query in (question.query, filled):
        match question.form:
            case "SELECT":
                rows = store.select(query)
                listed = [name for name, _ in question.columns]
                assert sorted(rows.variables) == sorted(listed)
                assert "ORDER BY" in query
            case "ASK":
                store.ask(query)
            case _:
                store.construct(query)


def test_own_queries_open_no_addresses() -> None:
    for question in EVERY:
        assert "SERVICE" not in question.query
