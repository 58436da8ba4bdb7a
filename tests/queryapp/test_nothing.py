"""What can be dropped from a query, and what is left."""

from __future__ import annotations

import pytest

from queryapp.foreign import BadQueryError, TooLongError
from queryapp.nothing import culprits, pieces, without

PIECES = [
    # query                                                     what can be dropped
    ("SELECT * { ?a ?b ?c }",                                   ["?a ?b ?c"]),
    ("SELECT * { ?a ?b ?c . ?d ?e ?f . }",                      ["?a ?b ?c .", "?d ?e ?f ."]),
    ("SELECT * { ?a ?b ?c ; ?d ?e , ?f ; a x:T . }",            ["?b ?c ;", "; ?d ?e , ?f", "; a x:T"]),
    ("SELECT * { ?a ?b [ ?c ?d ; ?e ?f ] ; ?g 1 }",             ["?b [ ?c ?d ; ?e ?f ] ;", "; ?g 1"]),
    ("SELECT * { ?a ?b ?c FILTER (?c > 1) ?d ?e ?f }",          ["?a ?b ?c", "FILTER (?c > 1)", "?d ?e ?f"]),
    ("SELECT * { FILTER NOT EXISTS { ?a ?b ?c } }",             ["FILTER NOT EXISTS { ?a ?b ?c }"]),
    ("SELECT * { VALUES ?a { 1 } VALUES (?b ?c) { (1 2) } }",   ["VALUES ?a { 1 }", "VALUES (?b ?c) { (1 2) }"]),
    ("SELECT * { GRAPH ?g { ?a ?b ?c } OPTIONAL { ?d ?e ?f } }", ["?a ?b ?c"]),
    ("SELECT * { { ?a ?b ?c } UNION { ?d ?e ?f } }",            ["?a ?b ?c", "?d ?e ?f"]),
    ("SELECT * { { SELECT ?a { ?a ?b ?c } } MINUS { ?a a ?d } }", ["MINUS { ?a a ?d }"]),
    ("SELECT * { ?a ?b ?c BIND (1 AS ?d) }",                    ["?a ?b ?c"]),
    ("ASK { ?a ?b ?c }",                                        []),
    ("SELECT * { ?a ?b ?c",                                     []),
    ("SELECT *",                                                []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dropped"), PIECES)
def test_what_can_be_dropped(text: str, dropped: list[str]) -> None:
    assert [text[piece.start : piece.end] for piece in pieces(text)] == dropped


def test_what_is_left_is_asked_whether_it_has_any_solution() -> None:
    text = "PREFIX x: <x:>\nSELECT ?a (COUNT(*) AS ?n) FROM <x:g> WHERE { ?a ?b ?c ; ?d ?e } GROUP BY ?a LIMIT 5"
    first = next(pieces(text))
    left = without(text, first)
    assert left == "PREFIX x: <x:>\nASK FROM <x:g> WHERE { ?a   ?d ?e }"


def test_a_variant_that_is_no_query_is_passed_over_and_a_late_one_ends_the_search() -> None:
    asked: list[str] = []

    def ask(variant: str, seconds: float) -> bool:
        asked.append(variant)
        assert 0 < seconds <= 1
        if len(asked) == 1:
            raise BadQueryError("no query")
        if len(asked) == 3:
            raise TooLongError("late")
        return True

    found = culprits("SELECT *\n{ ?a ?b 1 .\n?c ?d 2 .\n?e ?f 3 . ?g ?h 4 }", ask)
    assert [(culprit.line, culprit.words) for culprit in found] == [(3, "?c ?d 2")]
    assert len(asked) == 3
