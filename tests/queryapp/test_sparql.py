"""/sparql: the protocol, row by row, and the bombs of strangers."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from queryapp import create_app
from queryapp.config import Config, Limits
from tests.smalldata import thing

ASK = "ASK {}"
SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/recalling/ontology#Meeting> } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/recalling/ontology#Meeting> }"
DESCRIBE = f"DESCRIBE {thing('meeting/cwg-harbour/7')}"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def get(query: str, **more: str) -> str:
    return "/sparql?" + urlencode({"query": query, **more})


TABLE = [
    # method   address                                     body                          content type   status
    ("GET",     get(ASK),                                  None,                         None,          200),
    ("HEAD",    get(ASK),                                  None,                         None,          200),
    ("POST",    "/sparql",                                 urlencode({"query": ASK}),    FORM,          200),
    ("POST",    "/sparql",                                 urlencode({"query": ASK}),    FORM + "; charset=UTF-8", 200),
    ("POST",    "/sparql",                                 ASK,                          DIRECT,        200),
    ("POST", "/sparql", ASK, DIRECT + "; charset=utf-8", 200),
    ("OPTIONS", "/sparql",                                 None,                         None,          204),
    ("GET",     get("ASK"),                                None,                         None,          400),
    ("GET",     get(""),                                   None,                         None,          400),
    ("GET",     get(ASK) + "&query=ASK%20%7B%7D",          None,                         None,          400),
    ("POST",    "/sparql",                                 "query=ASK%7B%7D&query=A",    FORM,          400),
    ("POST",    "/sparql",                                 "",                           FORM,          400),
    ("POST",    "/sparql",                                 b"ASK {} # \xff",             DIRECT,        400),
    ("GET",     get(ASK, **{"default-graph-uri": "no iri"}), None,                       None,          400),
    ("GET",     get("SELECT * { SERVICE <x:y> {} }"),      None,                         None,          403),
    ("GET",     get("INSERT DATA { <a> <b> <c> }"),        None,                         None,          403),
    ("POST",    "/sparql",                                 "update=CLEAR+ALL",           FORM,          403),
    ("POST",    "/sparql",                                 "CLEAR ALL",  "application/sparql-update",   403),
    ("PUT",     "/sparql",                                 ASK,                          DIRECT,        405),
    ("DELETE",  "/sparql",                                 None,                         None,          405),
    ("PATCH",   "/sparql",                                 ASK,                          DIRECT,        405),
    ("GET",     get(ASK, format="png"),                    None,                         None,          406),
    ("GET",     get("#" * 100_001),                        None,                         None,          413),
    ("POST",    "/sparql",                                 "#" * 1_000_001,              DIRECT,        413),
    ("POST",    "/sparql",                                 ASK,                          None,          415),
    ("POST",    "/sparql",                                 ASK,                          "text/plain",  415),
    ("POST",    "/sparql",                                 ASK,           DIRECT + "; charset=latin-1", 415),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address", "body", "kind", "status"), TABLE)
def test_protocol(
    client: FlaskClient, method: str, address: str, body: str | bytes | None, kind: str | None, status: int
) -> None:
    response = client.open(address, method=method, data=body, content_type=kind)
    assert response.status_code == status
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if status >= 400:
        assert response.content_type == "application/problem+json"
        assert json.loads(response.data)["status"] == status
    if status == 405:
        assert response.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    if method == "HEAD":
        assert response.data == b""
        assert int(response.headers["Content-Length"]) > 0


ACCEPTED = [
    # query     accept                                                             content type sent
    (SELECT,    None,                                                              "application/sparql-results+json"),
    (SELECT,    "*/*",                                                             "application/sparql-results+json"),
    (SELECT,    "application/sparql-results+json",                                 "application/sparql-results+json"),
    (SELECT,    "application/json",                                                "application/json"),
    (SELECT,    "application/sparql-results+xml",                                  "application/sparql-results+xml"),
    (SELECT,    "text/xml",                                                        "text/xml"),
    (SELECT,    "text/csv",                                                        "text/csv; charset=utf-8"),
    (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    (SELECT,    "text/csv;q=0.3, application/sparql-results+xml;q=0.7",            "application/sparql-results+xml"),
    (SELECT,    "text/*, application/sparql-results+json;q=0.1",                   "text/csv; charset=utf-8"),
    (SELECT,    "application/sparql-results+json;q=0, */*;q=0.1",                  "application/sparql-results+xml"),
    (SELECT,    "text/turtle, text/csv;q=0.2",                                     "text/csv; charset=utf-8"),
    (SELECT,    "text/turtle",                                                     None),
    (SELECT,    "image/png",                                                       None),
    (ASK,       "application/sparql-results+xml",                                  "application/sparql-results+xml"),
    (ASK,       "text/csv",                                                        "text/csv; charset=utf-8"),
    (CONSTRUCT, None,                                                              "text/turtle; charset=utf-8"),
    (CONSTRUCT, "text/turtle",                                                     "text/turtle; charset=utf-8"),
    (CONSTRUCT, "application/n-triples", "application/n-triples; charset=utf-8"),
    (CONSTRUCT, "application/rdf+xml",                                             "application/rdf+xml"),
    (CONSTRUCT, "application/ld+json",                                             "application/ld+json"),
    (CONSTRUCT, "application/rdf+xml;q=0.5, application/ld+json;q=0.9",            "application/ld+json"),
    (CONSTRUCT, "text/csv",                                                        None),
    (DESCRIBE,  "text/turtle, */*;q=0.1",                                          "text/turtle; charset=utf-8"),
    (SELECT,    "application/sparql-results+json, application/n-triples;q=0.9",    "application/sparql-results+json"),
    (CONSTRUCT, "application/sparql-results+json, application/n-triples;q=0.9", "application/n-triples; charset=utf-8"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "accept", "sent"), ACCEPTED)
def test_negotiation(client: FlaskClient, query: str, accept: str | None, sent: str | None) -> None:
    response = client.get(get(query), headers={"Accept": accept} if accept else {})
    assert "Accept" in response.headers["Vary"]
    if sent is None:
        assert response.status_code == 406
    else:
        assert (response.status_code, response.content_type) == (200, sent)


ROW_FORMATS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
MEETINGS = [f"<https://w3id.org/recalling/id/meeting/cwg-harbour/{number}>" for number in (7, 8, 9)]


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_rows_are_the_same_in_every_format(client: FlaskClient, name: str) -> None:
    found = parse_query_results(client.get(get(SELECT, format=name)).data, format=ROW_FORMATS[name])
    assert [str(solution["s"]) for solution in found] == MEETINGS  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["ttl", "nt", "rdf", "jsonld"])
def test_graphs_are_the_same_in_every_format(client: FlaskClient, name: str) -> None:
    formats = {
        "ttl": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "rdf": RdfFormat.RDF_XML,
        "jsonld": RdfFormat.JSON_LD,
    }
    quads = parse(client.get(get(CONSTRUCT, format=name)).data, format=formats[name])
    assert sorted(str(quad.subject) for quad in quads) == MEETINGS


FINDINGS = "https://w3id.org/recalling/id/graph/findings"
INFERENCES = "https://w3id.org/recalling/id/graph/inferences"
COUNT_PLAIN = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/recalling/ontology#Finding> }"
COUNT_NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

DATASETS = [
    # query        default graphs           named graphs               count
    (COUNT_PLAIN, [],                      [],                        0),
    (COUNT_PLAIN, [FINDINGS],              [],                        2),
    (COUNT_PLAIN, [FINDINGS, INFERENCES],  [],                        2),
    (COUNT_PLAIN, [INFERENCES],            [],                        0),
    (COUNT_PLAIN, [],                      [FINDINGS],                0),
    (COUNT_NAMED, [],                      [FINDINGS],                1),
    (COUNT_NAMED, [],                      [FINDINGS, INFERENCES],    2),
    (COUNT_NAMED, [FINDINGS],              [],                        0),
    (COUNT_NAMED, [FINDINGS],              [INFERENCES],              1),
]  # fmt: skip


@pytest.mark.parametrize(("query", "default", "named", "count"), DATASETS)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_dataset_of_the_protocol(
    client: FlaskClient, way: str, query: str, default: list[str], named: list[str], count: int
) -> None:
    graphs = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
    match way:
        case "get":
            response = client.get("/sparql?" + urlencode([("query", query), *graphs]))
        case "form":
            response = client.post("/sparql", data=urlencode([("query", query), *graphs]), content_type=FORM)
        case _:
            response = client.post("/sparql?" + urlencode(graphs), data=query, content_type=DIRECT)
    assert response.json is not None or response.data
    assert json.loads(response.data)["results"]["bindings"][0]["n"]["value"] == str(count)


REPAIRS = [
    # query, line, column, detail holds, hint holds
    ("SELECT * {\n ?s a skos:Concept }", 2, 7, "prefix skos: is not declared", "PREFIX skos: <http://www.w3.org"),
    ("SELECT * { ?s a nobody:Concept }", 1, 17, "prefix nobody: is not declared", "PREFIX nobody:"),
    ("SELEC * { ?s ?p ?o }", 1, None, "cannot go on", "SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }",                1, None, "neither grouped by",         "GROUP BY"),
    ("SELECT * {\n ?s ?p ?o }}",                               2, None, "closes nothing",             "bracket"),
    ("SELECT * { ?s ?p 'open }", 1, 18, "not closed", "Close it with '"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "line", "column", "detail", "hint"), REPAIRS)
def test_errors_say_where_and_what_to_do(
    client: FlaskClient, query: str, line: int, column: int | None, detail: str, hint: str
) -> None:
    response = client.get(get(query))
    said = json.loads(response.data)
    assert response.status_code == 400
    assert said["line"] == line
    assert column is None or said["column"] == column
    assert detail in said["detail"]
    assert hint in said["hint"]
    assert "u{" not in said["detail"]


def test_the_offered_insertion_repairs(client: FlaskClient) -> None:
    query = "SELECT * { ?s a skos:Concept }"
    insertion = json.loads(client.get(get(query)).data)["insert"]
    assert client.get(get(insertion + query)).status_code == 200


def test_relative_iris_are_resolved_against_the_endpoint(client: FlaskClient) -> None:
    assert "<http://localhost/x>" in client.get(get("CONSTRUCT { <x> <x> <x> } {}", format="nt")).text


def test_etag_spares_the_second_answer(client: FlaskClient) -> None:
    first = client.get(get(SELECT))
    again = client.get(get(SELECT), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Vary"] == first.headers["Vary"]
    other = client.get(get(SELECT, format="csv"), headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_changing_answers_have_no_etag(client: FlaskClient, call: str) -> None:
    response = client.get(get(f"SELECT ({call} AS ?x) {{}}"))
    assert response.status_code == 200
    assert "ETag" not in response.headers


@pytest.mark.parametrize("accept", [None, "text/turtle", "application/rdf+xml", "application/ld+json", "*/*"])
def test_service_description(client: FlaskClient, accept: str | None) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    kind = response.content_type.partition(";")[0]
    quads = list(parse(response.data, format=RdfFormat.from_media_type(kind)))
    said = {(quad.predicate.value.rpartition("#")[2], str(quad.object)) for quad in quads}
    assert ("endpoint", "<http://localhost/sparql>") in said
    assert any(str(quad.object).endswith("service-description#Service>") for quad in quads)
    assert ("prefix", '"rc"') in said
    assert not any(str(part).startswith("_:") for quad in quads for part in quad.triple)


def test_browsers_are_handed_to_the_query_page(client: FlaskClient) -> None:
    bare = client.get("/sparql", headers={"Accept": BROWSER})
    asked = client.get(get(SELECT), headers={"Accept": BROWSER})
    assert (bare.status_code, bare.headers["Location"]) == (303, "/query")
    assert (asked.status_code, asked.headers["Location"]) == (303, "/query?" + urlencode({"query": SELECT}))
    assert client.get(get(SELECT, format="csv"), headers={"Accept": BROWSER}).status_code == 200


@pytest.fixture(scope="module")
def strict(small_dataset: Path) -> Iterator[Flask]:
    """An application with hardly any patience: half a second a query, one megabyte, 300 MB."""
    limits = Limits(seconds=0.5, memory_mb=300, result_mb=1, wait=1)
    made = create_app(Config(dataset=small_dataset, workers=2, limits=limits))
    yield made
    made.extensions["recalling"].datasets.close()


CONCAT = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
REPLACE = '"x"' + "".join(")" for _ in range(0))
for _ in range(12):
    REPLACE = f'REPLACE({REPLACE}, "", "xxxxxxxxxxxxxxxxxxxx")'

BOMBS = {
    "braces": "SELECT * " + "{" * 2_240 + "}" * 2_240,
    "calls": "SELECT (" + "STR(" * 960 + "1" + ")" * 960 + " AS ?x) {}",
    "brackets": "SELECT (" + "(" * 4_740 + "1" + ")" * 4_740 + " AS ?x) {}",
    "nots": "SELECT * { FILTER(" + "!" * 9_470 + "?x) }",
    "exists": "SELECT * {" + "FILTER EXISTS {" * 864 + "}" * 864 + "}",
    "sums": "SELECT (1" + "+1" * 6_900 + " AS ?x) {}",
    "sub-selects": "SELECT * {" + "{SELECT * {" * 2_560 + "}}" * 2_560 + "}",
    "ors": "SELECT * { FILTER(?x" + "||?x" * 9_470 + ") }",
    "minus": "SELECT * {" + " MINUS {}" * 2_690 + "}",
    "binds": "SELECT * {" + "".join(f" BIND(1 AS ?x{n})" for n in range(2_690)) + "}",
    "unions": "SELECT * { {}" + " UNION {}" * 6_660 + "}",
    "path brackets": "SELECT * { ?s " + "(" * 13_800 + "<p>" + ")" * 13_800 + " ?o }",
    "path choices": "SELECT * { ?s <p>" + "|<p>" * 6_900 + " ?o }",
    "lists": "SELECT * { ?s ?p " + "(" * 5_000 + ")" * 5_000 + " }",
    "blank nodes": "SELECT * { ?s ?p " + "[ <p> " * 5_000 + "1" + "]" * 5_000 + " }",
    "256 lists": "SELECT * { ?s ?p " + "(" * 256 + ")" * 256 + " }",
    "512 patterns": "SELECT * {" + " ?s ?p ?o ." * 512 + "}",
    "500 blank nodes": "SELECT * { ?s ?p " + "[ <p> " * 500 + "1" + "]" * 500 + " }",
    "long path": "SELECT * { ?s " + "/".join(["!<p>"] * 40) + " ?o }",
    "starred path": "SELECT (COUNT(*) AS ?n) { ?s ((!<p>*)*/(!<q>*)*)* ?o . ?a ((!<p>*)*)* ?b . ?e ?f ?g }",
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
    "distinct product": "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "glued product": "SELECT (GROUP_CONCAT(?c) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "values product": "SELECT (COUNT(*) AS ?n) {" + "".join(f" VALUES ?v{n} {{ {'1 ' * 100}}}" for n in range(9)) + "}",
    "doubling": f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("xxxxxxxxxx" AS ?x0) {CONCAT} }}',
    "replacing": f"SELECT (STRLEN({REPLACE}) AS ?n) {{}}",
    "large answer": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "prefixes": "".join(f"PREFIX p{n}: <x:> " for n in range(5_000)) + "ASK {}",
    "much data": "SELECT * { VALUES ?x { " + "1 " * 40_000 + "} }",
    "long comment": "ASK {} #" + "x" * 200_000,
}


@pytest.mark.parametrize("query", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_answered_and_the_service_lives(strict: Flask, query: str) -> None:
    client = strict.test_client()
    began = time.monotonic()
    response = client.post("/sparql", data=query, content_type=DIRECT)
    assert response.status_code in (400, 403, 413, 503), response.data[:200]
    assert time.monotonic() - began < 2.5
    if response.status_code == 503:
        assert int(response.headers["Retry-After"]) > 0
    assert json.loads(client.get(get(ASK)).data)["boolean"] is True


def test_hostile_patterns_in_regex_do_no_harm(strict: Flask) -> None:
    query = 'SELECT (REGEX("' + "a" * 5_000 + '!", "(a+)+$") AS ?x) {}'
    assert strict.test_client().get(get(query)).status_code == 200


def test_spent_budget(small_dataset: Path) -> None:
    config = Config(dataset=small_dataset, workers=1, limits=Limits(seconds=1), budget=1)
    app = create_app(config)
    client = app.test_client()
    try:
        answers = [client.get(get(f"ASK {{ # {number}\n }}")) for number in range(90)]
        assert [answer.status_code for answer in answers[:2]] == [200, 200]
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) >= 1
        other = client.get(get(ASK), environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
        assert other.status_code == 200
    finally:
        app.extensions["recalling"].datasets.close()
