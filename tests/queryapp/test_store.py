"""The dataset folder, embedded and remote stores, budget and formats; and the small record itself."""

from __future__ import annotations

import http.server
import json
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from pyoxigraph import Quad
from werkzeug.serving import make_server

from queryapp import create_app
from queryapp.budget import Budget, SpentError, network
from queryapp.config import Config, Limits
from queryapp.dataset import Datasets, current_version, read_manifest
from queryapp.errors import QueryError
from queryapp.foreign import BadQueryError, EngineError, Job, TooLargeError, TooLongError, UnacceptableError
from queryapp.formats import GRAPHS, ROWS, choose, wants_page
from queryapp.remote import RemoteForeign
from queryapp.rows import iri
from queryapp.store import EmbeddedStore, RemoteStore
from tests.smalldata import small, term, thing, write_small_dataset

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_quotes_of_the_small_record_are_slices_of_its_texts() -> None:
    """What every evidence node quotes stands in the text at the offsets that its position selector gives."""
    record = small()
    values: dict[tuple[object, object], list[object]] = {}
    for quad in record.quads:
        values.setdefault((quad.subject, quad.predicate), []).append(quad.object)
    texts = {text.file: text.text for text in record.texts}
    checked = 0
    for (subject, predicate), [exact, *_] in values.items():
        if predicate != term("oa:exact"):
            continue
        evidence = subject.value.removesuffix("/quote")  # type: ignore[attr-defined]
        file, _, place = evidence.rpartition("evidence/")[2].partition("/")
        start, _, end = place.partition("-")
        assert texts[file][int(start) : int(end)] == exact.value  # type: ignore[attr-defined]
        position = type(thing("x"))(evidence + "/position")
        [counted, *_] = values[position, term("oa:start")]
        assert counted.value == start  # type: ignore[attr-defined]
        checked += 1
    assert checked > 30


def test_small_record_keeps_the_rules_of_the_graph() -> None:
    """No blank nodes; every assertion has evidence, a row or premises; only asserted facts are plain."""
    quads = small().quads
    assert not any("_:" in str(part) for quad in quads for part in (quad.subject, quad.object, quad.graph_name))
    about: dict[object, dict[object, set[object]]] = {}
    for quad in quads:
        about.setdefault(quad.subject, {}).setdefault(quad.predicate, set()).add(quad.object)
    plain = {(str(q.subject), str(q.predicate), str(q.object)) for q in quads if "DefaultGraph" in repr(q.graph_name)}
    assertions = [facts for facts in about.values() if term("rc:Assertion") in facts.get(term("rdf:type"), ())]
    assert len(assertions) > 100
    asserted: set[tuple[str, str, str]] = set()
    others: set[tuple[str, str, str]] = set()
    for facts in assertions:
        grounds = [term("rc:evidence"), term("rc:registerRow"), term("rc:premise")]
        assert any(ground in facts for ground in grounds)
        [subject], [predicate], [value] = (facts[term(f"rdf:{part}")] for part in ("subject", "predicate", "object"))
        triple = (str(subject), str(predicate), str(value))
        (asserted if term("rcs:modality/asserted") in facts[term("rc:modality")] else others).add(triple)
    assert asserted <= plain
    assert not (others - asserted) & plain
    assert others


def test_embedded_store(small_dataset: Path) -> None:
    store = EmbeddedStore(small_dataset / "current" / "store")
    rows = store.select("SELECT ?m { ?m a <https://w3id.org/recalling/ontology#Meeting> } ORDER BY ?m")
    assert rows.column("m") == [f"https://w3id.org/recalling/id/meeting/cwg-harbour/{n}" for n in (7, 8, 9)]
    assert store.ask("ASK { ?s ?p ?o }") is True
    assert len(store.construct("CONSTRUCT WHERE { ?m a <https://w3id.org/recalling/ontology#Meeting> }")) == 3
    asked: list[Callable[[str], object]] = [store.select, store.ask, store.construct]
    for ask, wrong in zip(asked, ["ASK {}", "SELECT * {}", "ASK {}"], strict=True):
        with pytest.raises(QueryError):
            ask(wrong)
    with pytest.raises(QueryError, match="cannot be answered"):
        store.select("SELECT")


def test_what_is_no_dataset_says_so(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no such folder"):
        current_version(tmp_path / "nowhere")
    with pytest.raises(QueryError, match="no dataset in it"):
        current_version(tmp_path)
    (tmp_path / "manifest.json").write_text("[1")
    with pytest.raises(QueryError, match="not a manifest"):
        read_manifest(tmp_path)
    with pytest.raises(QueryError, match="cannot be opened"):
        EmbeddedStore(tmp_path / "store")


@pytest.fixture
def moving(tmp_path: Path) -> Path:
    """A dataset folder that a test may change."""
    return write_small_dataset(tmp_path / "dataset", build="0000000000000001")


MORE = Quad(thing("topic/fog"), term("rdfs:label"), thing("topic/fog"))


def test_a_request_keeps_its_build_and_the_next_has_the_new_one(moving: Path) -> None:
    datasets = Datasets(Config(dataset=moving, workers=1))
    try:
        with datasets.pinned() as old:
            before = old.store.select(COUNT)[0].words("n")
            old.foreign.answer(Job(COUNT, ""))
            write_small_dataset(moving, build="0000000000000002", add=(MORE,))
            with datasets.pinned() as new:
                assert (old.build, new.build) == ("0000000000000001", "0000000000000002")
                assert int(new.store.select(COUNT)[0].words("n")) == int(before) + 1
            assert old.store.select(COUNT)[0].words("n") == before
            assert old.foreign.answer(Job(COUNT, "")).kind == "rows"
            assert old.foreign.processes()  # type: ignore[attr-defined]
        assert old.foreign.processes() == []  # type: ignore[attr-defined]
    finally:
        datasets.close()


def test_a_broken_build_is_reported_once_and_left_alone(moving: Path, caplog: pytest.LogCaptureFixture) -> None:
    datasets = Datasets(Config(dataset=moving, workers=1))
    try:
        write_small_dataset(moving, build="0000000000000002")
        shutil.rmtree(moving / "versions" / "0000000000000002" / "store")
        with caplog.at_level(logging.ERROR):
            for _ in range(3):
                with datasets.pinned() as held:
                    assert held.build == "0000000000000001"
        assert len(caplog.messages) == 1
        write_small_dataset(moving, build="0000000000000003")
        with datasets.pinned() as held:
            assert held.build == "0000000000000003"
    finally:
        datasets.close()


def test_no_request_is_dropped_while_builds_change(moving: Path) -> None:
    app = create_app(Config(dataset=moving, workers=2))
    seen: set[str] = set()
    failed: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        client = app.test_client()
        while not stop.is_set():
            answers = [client.get("/healthz"), client.get("/sparql", query_string={"query": "ASK {}"})]
            failed.extend(answer.status_code for answer in answers if answer.status_code != 200)
            seen.add(json.loads(answers[0].data)["build"])

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(2, 6):
        write_small_dataset(moving, build=f"{number:016}")
    while f"{5:016}" not in seen and not failed:
        stop.wait(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    app.extensions["recalling"].datasets.close()
    assert failed == []
    assert f"{5:016}" in seen


def test_texts_and_search(small_dataset: Path) -> None:
    datasets = Datasets(Config(dataset=small_dataset))
    with datasets.pinned() as held:
        first = small().texts[0]
        assert held.text(first.file) == first.text
        for wrong in ("../manifest", "", "0" * 20, "a" * 100, "..", "x\x00"):
            assert held.text(wrong) is None
        assert {finding["code"] for finding in held.findings()} == {"counts-do-not-add-up", "superseded-revision"}
        database = held.search()
        assert database.execute("SELECT count(*) FROM document").fetchone() == (6,)
        with pytest.raises(Exception, match="readonly"):
            database.execute("DELETE FROM document")
        database.close()


@pytest.fixture(scope="module")
def endpoint(small_dataset: Path) -> Iterator[str]:
    """A real endpoint over HTTP: our own."""
    app = create_app(Config(dataset=small_dataset, workers=1, limits=Limits(seconds=1)))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["recalling"].datasets.close()


def test_remote_store_answers_as_the_embedded_does(small_dataset: Path, endpoint: str) -> None:
    remote, embedded = RemoteStore(endpoint), EmbeddedStore(small_dataset / "current" / "store")
    select = "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o"
    construct = "CONSTRUCT WHERE { ?s <https://w3id.org/recalling/ontology#ordinal> ?o }"
    assert remote.select(select) == embedded.select(select)
    assert remote.ask("ASK { ?s ?p ?o }") is True
    assert set(remote.construct(construct)) == set(embedded.construct(construct))


@pytest.fixture(scope="module")
def site_on_endpoint(small_dataset: Path, endpoint: str) -> Iterator[Flask]:
    app = create_app(Config(dataset=None, endpoint=endpoint, limits=Limits(seconds=3)))
    yield app
    app.extensions["recalling"].datasets.close()


REMOTE = [
    # query                                         accept                  status  type
    ("ASK {}",                                      None,                   200,    "application/sparql-results+json"),
    ("SELECT * { ?s ?p ?o } LIMIT 2",               "text/csv",             200,    "text/csv; charset=utf-8"),
    ("CONSTRUCT WHERE { ?s a ?o } LIMIT 2",         "application/ld+json",  200,    "application/ld+json"),
    ("CONSTRUCT WHERE { ?s a ?o } LIMIT 2",         None,                   200,    "text/turtle; charset=utf-8"),
    ("SELECT * { ?s ?p ?o } LIMIT 2",               "text/turtle",          406,    "application/problem+json"),
    ("SELECT * {",                                  None,                   400,    "application/problem+json"),
    ("SELECT * { ?s a rc:Meeting }",                None,                   400,    "application/problem+json"),
    ("SELECT * { SERVICE <x:y> {} }",               None,                   403,    "application/problem+json"),
    ('SELECT * { ?s ?p "\\u0022 }" }',              None,                   403,    "application/problem+json"),
    ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", None,    503,    "application/problem+json"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "accept", "status", "kind"), REMOTE)
def test_site_on_an_endpoint(site_on_endpoint: Flask, query: str, accept: str | None, status: int, kind: str) -> None:
    headers = {"Accept": accept} if accept else {}
    response = site_on_endpoint.test_client().get("/sparql", query_string={"query": query}, headers=headers)
    assert (response.status_code, response.content_type) == (status, kind)


def test_data_of_a_site_on_an_endpoint(site_on_endpoint: Flask) -> None:
    client = site_on_endpoint.test_client()
    assert b"Osterby" in client.get("/things/meeting/cwg-harbour/7.ttl").data
    missing = client.get("/things/meeting/cwg-harbour/99.ttl")
    assert (missing.status_code, json.loads(missing.data)["suggestions"]) == (404, [])
    assert json.loads(client.get("/healthz").data) == {"status": "ok", "build": None}


class _Odd(http.server.BaseHTTPRequestHandler):
    """An endpoint that does what the query says."""

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        kind, body, status = "application/sparql-results+json", b'{"head":{},"boolean":true}', 200
        match said.rpartition("#")[2].strip():
            case "cut":
                body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":'
            case "error inside":
                body = b'{"head":{"vars":["a"]},"error":"timeout"}'
            case "page":
                kind, body = "text/html", b"<html>"
            case "large":
                body = b" " * 3_000_000
            case "redirect":
                status = 302
            case "slow":
                threading.Event().wait(1.5)
            case "busy":
                status = 503
            case "broken":
                status = 500
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        if said.endswith("dripping"):
            for byte in body:
                threading.Event().wait(0.1)
                self.wfile.write(bytes([byte]))
            return
        self.wfile.write(body[:5] if said.endswith("short") else body)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Odd)
    server.block_on_close = False
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that left are expected
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


ODD = [
    ("cut", EngineError),
    ("error inside", EngineError),
    ("page", UnacceptableError),
    ("large", TooLargeError),
    ("redirect", EngineError),
    ("slow", EngineError),
    ("dripping", EngineError),
    ("short", EngineError),
    ("busy", TooLongError),
    ("broken", EngineError),
]


@pytest.mark.parametrize(("behaviour", "error"), ODD)
def test_an_endpoint_is_not_believed(odd: str, behaviour: str, error: type[Exception]) -> None:
    remote = RemoteForeign(RemoteStore(odd, seconds=0.5, result_bytes=1_000_000))
    assert remote.answer(Job("ASK {}", "")).kind == "truth"
    with pytest.raises(error):
        remote.answer(Job(f"ASK {{}} # {behaviour}", ""))


def test_an_endpoint_that_is_not_there() -> None:
    with pytest.raises(QueryError, match="cannot be reached"):
        RemoteStore("http://127.0.0.1:9/").ask("ASK {}")
    assert issubclass(BadQueryError, QueryError)


def test_budget_counts_time_and_fills_again() -> None:
    """Thirty seconds a minute: a bucket of sixty, which two long queries at once empty."""
    now = [0.0]
    budget = Budget(30, clock=lambda: now[0])
    with budget.spend("192.0.2.1"), budget.spend("192.0.2.1"):
        now[0] += 50
    with pytest.raises(SpentError) as met, budget.spend("192.0.2.1"):
        pass
    with budget.spend("192.0.2.2"):
        now[0] += 1
    now[0] += met.value.seconds
    with budget.spend("192.0.2.1"):
        now[0] += 1


def test_budget_counts_small_queries_and_limits_those_at_once() -> None:
    budget = Budget(1, 2, clock=lambda: 0.0)
    first, second = "192.0.2.1", "192.0.2.2"
    with budget.spend(first), budget.spend(first), pytest.raises(SpentError), budget.spend(first):
        pass
    for _ in range(81):
        with budget.spend(second):
            pass
    with pytest.raises(SpentError), budget.spend(second):
        pass


NETWORKS = [
    ("192.0.2.1", "192.0.2.1"),
    ("2001:db8::1", "2001:db8::/64"),
    ("2001:db8::ffff:1", "2001:db8::/64"),
    ("::ffff:192.0.2.1", "192.0.2.1"),
    ("", "unknown"),
    (None, "unknown"),
    ("x\ny", "unknown"),
]


@pytest.mark.parametrize(("address", "client"), NETWORKS)
def test_who_is_one_client(address: str | None, client: str) -> None:
    assert network(address) == client


PAGE_OR_DATA = [
    # Accept                                                       a page?
    (None,                                                         False),
    ("*/*",                                                        False),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
    ("text/html;q=0.5, text/turtle",                               False),
    ("text/html, text/turtle;q=0.5",                               True),
    ("text/html;q=0",                                              False),
    ("application/json",                                           False),
    ("nonsense;;q=x,,",                                            False),
    ("text/html" + ",a/b" * 5_000,                                 True),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "page"), PAGE_OR_DATA)
def test_browsers_are_told_from_programs(accept: str | None, page: bool) -> None:
    assert wants_page(accept) == page


def test_first_offered_wins_between_equals() -> None:
    rows, graph = choose("*/*", ROWS), choose(None, GRAPHS)
    assert rows is not None
    assert graph is not None
    assert (rows.format.name, graph.format.name) == ("json", "ttl")
    assert choose("text/csv", ROWS, "xml") is not None
    assert choose("text/csv", GRAPHS) is None
    assert iri("x:y").n3() == "<x:y>"
