"""The scan of foreign query text: what passes, what is refused, and that it never takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queryapp.guard import Bounds, declare, scan

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "w3c-sparql"

PASSES = [
    "SELECT * WHERE { ?s ?p ?o }",
    'SELECT * WHERE { ?s ?p "SERVICE <http://example.org/>" }',
    "SELECT ?service WHERE { ?service a ?load }",
    "PREFIX service: <http://example.org/> SELECT * WHERE { service:x service:insert ?o }",
    "SELECT * WHERE { ?s <http://example.org/SERVICE> ?o } # SERVICE, DELETE",
    "SELECT * WHERE { ?s ?p '''DROP ALL; \"quoted\"''' }",
    'SELECT * WHERE { ?s ?p "delete"@en-GB . FILTER(?s < ?p && ?p > 3) }',
    "ASK { ?s <p>*/(<q>|^<r>) ?o . FILTER NOT EXISTS { ?s a <t> } }",
    "SELECT * WHERE { ?s ?p ?o FILTER(?s IN (" + ", ".join(f"<x:{n}>" for n in range(300)) + ")) }",
    "SELECT * WHERE { VALUES (?a ?b) { " + "(1 2) " * 500 + "} }",
    "CONSTRUCT WHERE { " + "?s ?p ?o . " * 200 + "}",
]

REFUSED = [
    # text                                                      kind         begins with
    ("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",           "forbidden", "SERVICE"),
    ("SELECT * { sErViCe<http://a/>{?s ?p ?o} }",               "forbidden", "SERVICE"),
    ("SELECT * { SERVICE?x {?s ?p ?o} }",                       "forbidden", "SERVICE"),
    ("SELECT * { SERVICESILENT<http://a/>{} }",                 "forbidden", "SERVICE"),
    ("SELECT * { ?s ?p trueSERVICE<http://a/>{} }",             "forbidden", "SERVICE"),
    ("PREFIX : <x:> SELECT * { SERVICE:x # c\n {} }",           "forbidden", "SERVICE"),
    ("SELECT * { SERVICE # c\n <http://a/> {} }",               "forbidden", "SERVICE"),
    ('ASK { ?s ?p "a"SERVICE <http://a/> {} }',                 "forbidden", "SERVICE"),
    ("INSERT DATA { <a> <b> <c> }",                             "forbidden", "INSERT"),
    ("DELETE WHERE { ?s ?p ?o }",                               "forbidden", "DELETE"),
    ("LOAD <http://a/>",                                        "forbidden", "LOAD"),
    ("clear all",                                               "forbidden", "CLEAR"),
    ("WITH <g> DELETE { ?s ?p ?o } WHERE {}",                   "forbidden", "WITH"),
    ("DROP GRAPH <g>",                                          "forbidden", "DROP"),
    ("SELECT * { ?s ?p \"never closed }",                       "broken",    "A text"),
    ("SELECT * { ?s ?p '''never closed'' }",                    "broken",    "A text"),
    ("SELECT * { ?s ?p ?o ] }",                                 "broken",    "The bracket"),
    ("SELECT * } {",                                            "broken",    "The bracket"),
    ("SELECT * { ?s \\u0053ERVICE ?o }",                        "broken",    "The character"),
    ("SELECT * { ?s ?p \x00 }",                                 "broken",    "The character"),
    ("#" * 100_001,                                             "too-long",  "The query is longer"),
    ("é" * 50_001,                                              "too-long",  "The query is longer"),
    ("SELECT * " + "{ " * 65 + "} " * 65,                       "too-much",  "The query has more than 64"),
    ("SELECT * { FILTER(" + "! " * 33 + "?x) }",                "too-much",  "The query has more than 32"),
    ("SELECT (1" + "+1" * 401 + " AS ?x) {}",                   "too-much",  "The query has more than 400"),
    ("SELECT * {" + " {} UNION" * 401 + " {} }",                "too-much",  "The query has more than"),
    ("SELECT * {" + " ?s ?p ?o ." * 257 + "}",                  "too-much",  "The query has more than 256"),
    ("SELECT * { ?s ?p (" + "1 " * 300 + ") }",                 "too-much",  "The query has more than 256"),
    ("SELECT * {" + " ?s ?p [] ." * 200 + "}",                  "too-much",  "The query has more than 256"),
    ("SELECT * { ?s ?p " + "_:b . _:b ?q " * 300 + "?o }",      "too-much",  "The query has more than 256"),
    ("SELECT * { VALUES ?x { " + "1 " * 6_001 + "} }",          "too-much",  "The query has more than 6000"),
    ("PREFIX a: <x:> " * 2_001,                                 "too-much",  "The query has more than 6000"),
]  # fmt: skip


@pytest.mark.parametrize("text", PASSES)
def test_ordinary_queries_pass(text: str) -> None:
    assert scan(text).refusal is None


@pytest.mark.parametrize(("text", "kind", "begins"), REFUSED, ids=lambda value: str(value)[:40].replace("\x00", "NUL"))
def test_refused(text: str, kind: str, begins: str) -> None:
    refusal = scan(text).refusal
    assert refusal is not None
    assert refusal.kind == kind
    assert refusal.message.startswith(begins)
    assert refusal.hint


def test_place_counts_from_one() -> None:
    refusal = scan("SELECT *\nWHERE { ?s ?p ?o .\n  SERVICE <x:y> {} }").refusal
    assert refusal is not None
    assert (refusal.line, refusal.column) == (3, 3)


FORMS = [
    ("SELECT * {}", "SELECT"),
    ("PREFIX select: <x:> # ASK\nASK {}", "ASK"),
    ("describe <x:y>", "DESCRIBE"),
    ("BASE <x:> CONSTRUCT WHERE {}", "CONSTRUCT"),
    ("SELECT * { { SELECT ?x {} } }", "SELECT"),
    ("hello", ""),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_form(text: str, form: str) -> None:
    assert scan(text).form == form


def test_undeclared_prefixes_are_found_once_with_their_place() -> None:
    seen = scan("PREFIX rc: <x:>\nSELECT * { ?s a rc:A ; skos:b ?o . ?o skos:c 'zz:d' ; nobody:e _:f }")
    assert [prefix for prefix, _, _ in seen.undeclared] == ["skos", "nobody"]
    assert seen.undeclared[0][1:] == (2, 24)
    assert declare(("skos", "nobody")) == "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    assert declare(("nobody",)) is None


ESCAPES = [
    (r'SELECT * { ?s ?p "\u0022 . SERVICE <x:y> {} #" }', False),
    ("SELECT * { ?s ?p ?o } # \\u000A SERVICE <x:y> {}", False),
    (r"SELECT * { ?s <x:\U00000022> ?o }", False),
    (r'SELECT * { ?s ?p "caf\u00e9" }', True),
]


@pytest.mark.parametrize(("text", "passes"), ESCAPES)
def test_escapes_of_plain_characters_can_be_refused(text: str, passes: bool) -> None:
    """An engine that resolves escapes first would see quotes where the scan saw none."""
    assert (scan(text, Bounds(ascii_escapes=False)).refusal is None) == passes


SLOW = {
    "quotes": '"""' + '"a' * 49_000,
    "escapes": '"' + "\\a" * 49_000,
    "single quotes": "'" * 99_999,
    "angles": "<" * 99_999,
    "half IRIs": ("<" + "a" * 10) * 9_000,
    "numbers": "1." * 49_000,
    "dotted names": "a." * 49_000,
    "dotted names in brackets": "(" + "a." * 49_000,
    "dots after a name": "(a:a" + "." * 90_000,
    "blank nodes": "(" + "_:a." * 24_000,
    "colons": ":" * 99_999,
    "comment": "#" * 99_999,
    "spaces": " " * 99_999,
    "tags": "@a-" * 30_000,
    "word": "a" * 99_999,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
def test_scan_is_quick_on_text_made_to_be_slow(text: str) -> None:
    began = time.perf_counter()
    scan(text)
    assert time.perf_counter() - began < 0.5


@given(st.text(max_size=3_000))
def test_any_text_is_scanned(text: str) -> None:
    seen = scan(text)
    assert seen.refusal is None or seen.refusal.line >= 1


PIECES = ["{", "}", "(", ")", "?x", "<x:y>", '"a b"', "'''c'''", "a:b", ".", ";", "UNION", "true", "1", "@en", "# c\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.lists(st.sampled_from(PIECES), max_size=20))
def test_service_as_a_word_never_passes(before: list[str], after: list[str]) -> None:
    """Whatever stands around it: either the keyword is refused, or something before it already was."""
    assert scan(" ".join([*before, "SERVICE", *after])).refusal is not None


@given(st.text(alphabet=st.characters(exclude_characters='"\\\r\n', exclude_categories=["Cs"]), max_size=200))
def test_what_stands_in_quotes_never_counts(words: str) -> None:
    assert scan(f'SELECT * {{ ?s ?p "{words} SERVICE INSERT {{{{((" }}').refusal is None


@pytest.mark.corpus
def test_standard_suite_passes() -> None:
    """Of the standard's own queries, only those with SERVICE and three that are no SPARQL are refused."""
    if not SUITE.is_dir():
        pytest.skip("the suites are not beside the checkout")
    refused = {
        path.relative_to(SUITE).as_posix(): found.kind
        for path in SUITE.rglob("*.rq")
        if (found := scan(path.read_text("utf-8")).refusal)
    }
    forbidden = {path for path, kind in refused.items() if kind == "forbidden"}
    assert {path.split("/")[1] for path in forbidden} == {"service", "syntax-fed"}
    assert {path.rpartition("/")[2] for path in refused.keys() - forbidden} == {
        "syn-bad-pname-06.rq",
        "syn-codepoint-escape-bad-04.rq",
        "syn-codepoint-escape-bad-05.rq",
    }
