"""Things as data: redirects, formats, aliases, 404 with suggestions, ontology, VoID, health, headers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

from queryapp import create_app
from queryapp.config import Config
from queryapp.graphs import OXIGRAPH
from tests.smalldata import small, term, thing, write_small_dataset

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
MEETING = "meeting/cwg-harbour/7"
CLAUSE = "resolution/pp/61/2031/clause/3"

SEE = [
    # address below /id/                                 accept                  leads to
    (MEETING,                                            None,                   f"/things/{MEETING}"),
    (MEETING,                                            BROWSER,                f"/things/{MEETING}"),
    (MEETING,                                            "*/*",                  f"/things/{MEETING}"),
    (MEETING,                                            "text/turtle",          f"/things/{MEETING}.ttl"),
    (MEETING,                                            "application/ld+json",  f"/things/{MEETING}.jsonld"),
    (MEETING,                                            "application/json",     f"/things/{MEETING}.json"),
    (MEETING,                                            "application/n-triples", f"/things/{MEETING}.nt"),
    (MEETING,                                            "application/rdf+xml",  f"/things/{MEETING}.rdf"),
    (MEETING,                                            "text/csv",             f"/things/{MEETING}.csv"),
    (MEETING,                                            "text/html;q=0.5, text/turtle", f"/things/{MEETING}.ttl"),
    (MEETING,                                            "image/png",            f"/things/{MEETING}"),
    (MEETING + ".nt",                                    BROWSER,                f"/things/{MEETING}.nt"),
    ("resolution/pp/61/2031/instructs-council/1",        "text/turtle",          f"/things/{CLAUSE}.ttl"),
    ("resolution/pp/61/2031/instructs-council/1",        BROWSER,                f"/things/{CLAUSE}"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "accept", "leads"), SEE)
def test_identifiers_lead_to_page_or_data(client: FlaskClient, path: str, accept: str | None, leads: str) -> None:
    response = client.get(f"/id/{path}", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["Location"]) == (303, leads)
    assert "Accept" in response.headers["Vary"]


def test_provisional_documents_say_what_they_became(client: FlaskClient) -> None:
    file = next(text.file for text in small().texts if text.name == "contribution-7-3")
    response = client.get(f"/id/document/{file}", headers={"Accept": "text/turtle"})
    assert response.headers["Location"] == "/things/document/cwg-harbour/7/3.ttl"
    assert client.get(f"/id/document/{'0' * 20}").status_code == 404


@pytest.mark.parametrize("name", ["ttl", "nt", "rdf", "jsonld"])
def test_a_thing_in_every_graph_format(client: FlaskClient, name: str) -> None:
    response = client.get(f"/things/{MEETING}.{name}")
    triples = {quad.triple for quad in parse(response.data, format=OXIGRAPH[name])}
    assert response.status_code == 200
    assert Triple(thing(MEETING), term("schema:location"), Literal("Osterby")) in triples
    assertions = {each.subject for each in triples if each.object == term("rc:Assertion")}
    accounts = {each.subject for each in triples if each.predicate == term("rc:modality")}
    assert assertions
    assert assertions <= accounts
    assert any(each.predicate == term("oa:exact") for each in triples)
    assert not any(str(part).startswith("_:") for each in triples for part in each)


ESCAPED = ["resolution/unga/57%2F239", "register/names/XNL%3A%20North%20Land%20%28Kingdom%20of%29", "topic/a%2Fb%2Fc"]


@pytest.mark.parametrize("path", ESCAPED)
def test_a_thing_whose_address_has_escapes_is_found(tmp_path: Path, path: str) -> None:
    """What a server is handed has its escapes resolved, and 57%2F239 looks like 57/239."""
    named = (Quad(thing(path), term("rdfs:label"), Literal("A thing with escapes", language="en")),)
    app = create_app(Config(dataset=write_small_dataset(tmp_path / "dataset", add=named)))
    client = app.test_client()
    assert "<h1>A thing with escapes</h1>" in client.get(f"/things/{path}", headers={"Accept": "text/html"}).text
    assert "A thing with escapes" in client.get(f"/things/{path}.ttl").text
    found = client.get(f"/id/{path}", headers={"Accept": "text/turtle"})
    assert "A thing with escapes" in client.get(found.headers["Location"]).text
    app.extensions["recalling"].datasets.close()


def test_a_plan_is_never_a_plain_triple(client: FlaskClient) -> None:
    """The launch of the tide tables is planned: its assertion is there, the plain triple is not."""
    response = client.get("/things/consultation/cwg-harbour/2032-01.nt")
    triples = {quad.triple for quad in parse(response.data, format=RdfFormat.N_TRIPLES)}
    itself = thing("consultation/cwg-harbour/2032-01")
    launched = {each for each in triples if each.subject == itself and each.predicate == term("rc:launchedAt")}
    planned = {each.subject for each in triples if each.object == term("rcs:modality/planned")}
    stated = {each.subject for each in triples if each.object == term("rc:launchedAt")}
    assert not launched
    assert stated
    assert stated <= planned


def test_facts_for_programs_without_rdf(client: FlaskClient) -> None:
    as_json = json.loads(client.get("/things/consultation/cwg-harbour/2032-01.json").data)
    assert as_json["label"] == "Open consultation on tide tables (January–June 2032)"
    launch = next(fact for fact in as_json["facts"] if fact["property"].endswith("launchedAt"))
    assert launch["modality"].endswith("/planned")
    assert launch["quote"].startswith("The registry would launch")
    response = client.get("/things/consultation/cwg-harbour/2032-01.csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert len(rows) == len(as_json["facts"])
    assert response.content_type == "text/csv; charset=utf-8"


def test_same_bytes_every_time_and_nothing_twice(client: FlaskClient) -> None:
    first = client.get(f"/things/{MEETING}.ttl")
    assert client.get(f"/things/{MEETING}.ttl").data == first.data
    again = client.get(f"/things/{MEETING}.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


MISSING = [
    # path                            suggested
    ("/id/meeting/cwg-harbour/99",    "Seventh meeting of CWG-Harbour"),
    ("/things/topic/pilotage.ttl",    "Night pilotage"),
    ("/id/zzzz",                      None),
    ("/id/%00%0a<script>",            None),
    ("/id/" + "a" * 400,              None),
    ("/id/a%20b",                     None),
    ('/id/"; DROP TABLE thing; --',   None),
]  # fmt: skip


@pytest.mark.parametrize(("address", "suggested"), MISSING)
def test_unknown_things_are_404_with_suggestions(client: FlaskClient, address: str, suggested: str | None) -> None:
    response = client.get(address, headers={"Accept": "application/json"})
    said = json.loads(response.data)
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    labels = [each["label"] for each in said.get("suggestions", [])]
    assert (suggested in labels) if suggested else (labels == [])


def test_very_long_addresses(client: FlaskClient) -> None:
    assert client.get("/id/" + "a" * 2_000).status_code == 414


def test_ontology(client: FlaskClient) -> None:
    assert client.get("/ontology", headers={"Accept": "application/rdf+xml"}).headers["Location"] == "/ontology.rdf"
    assert client.get("/ontology", headers={"Accept": BROWSER}).headers["Location"] == "/ontology.ttl"
    quads = list(parse(client.get("/ontology.ttl").data, format=RdfFormat.TURTLE))
    assert any(quad.subject == term("rc:Assertion") for quad in quads)
    assert any(quad.subject == term("rcs:modality/planned") for quad in quads)
    assert client.get("/ontology.csv").status_code == 404


def test_void_counts_what_is_there(client: FlaskClient) -> None:
    quads = list(parse(client.get("/.well-known/void").data, format=RdfFormat.TURTLE))
    part = next(quad.subject for quad in quads if quad.object == term("rc:Meeting"))
    counts = [quad.object for quad in quads if quad.subject == part and quad.predicate == term("void:entities")]
    assert [getattr(count, "value", None) for count in counts] == ["3"]
    assert any(str(quad.object) == "<http://localhost/sparql>" for quad in quads)


def test_health(client: FlaskClient) -> None:
    said = json.loads(client.get("/healthz").data)
    assert said["status"] == "ok"
    assert said["build"]


@pytest.mark.parametrize("address", ["/healthz", "/sparql", "/nothing-here", f"/things/{MEETING}.ttl", "/id/zzzz"])
def test_headers_on_every_response(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_nonces_differ(client: FlaskClient) -> None:
    policies = {client.get("/healthz").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_errors_are_pages_for_people(client: FlaskClient) -> None:
    response = client.get("/id/<script>alert(1)</script>", headers={"Accept": BROWSER})
    assert response.status_code == 404
    assert response.content_type.startswith("text/html")
    assert "<script>alert" not in response.text


def test_log_lines_cannot_be_forged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="queryapp.access"):
        client.get("/id/a%0a127.0.0.1 GET /forged 200%1b[2J%e2%80%a8")
    [line] = caplog.messages
    assert "\\x0a" in line
    assert all(character.isprintable() for character in line)
