"""/sparql: the SPARQL 1.1 Protocol, for queries only. The text is scanned, and then read by a worker that may die."""

from __future__ import annotations

import hashlib
import re
import time
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from queryapp import foreign
from queryapp.description import service_description
from queryapp.errors import QueryError
from queryapp.formats import BY_NAME, GRAPHS, ROWS, Choice, choose, wants_page
from queryapp.gate import asked, scanned
from queryapp.panels import RESTATED
from queryapp.problems import Problem
from queryapp.rows import iri
from queryapp.site import dataset

blueprint = Blueprint("sparql", __name__)

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
REFUSED_METHODS = ("PUT", "DELETE", "PATCH")
MOST_GRAPHS = 100
"""Graphs that one request may name."""

CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
"""Functions whose value differs from one time to the next: such an answer has no ETag."""


@blueprint.route("/sparql", methods=[*METHODS, *REFUSED_METHODS], provide_automatic_options=False)
def sparql() -> AnyResponse:
    """Answer a query; without one, describe the service to machines and hand browsers over to the query page."""
    if request.method not in METHODS:
        raise Problem(405, f"{request.method} is not part of querying.", headers={"Allow": ", ".join(METHODS)})
    if request.method == "OPTIONS":
        return _options()
    page = request.method != "POST" and wants_page(request.headers.get("Accept")) and "format" not in request.args
    text = _query_text()
    if page:
        return redirect("/query" + ("?" + urlencode({"query": text}) if text else ""), 303)
    if text is None:
        return _description()
    return _answered(text)


def _options() -> Response:
    response = make_response("", 204)
    del response.headers["Content-Type"]
    response.headers["Allow"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _query_text() -> str | None:
    """The query's text, None if there is none. Raises Problem for what the protocol does not allow."""
    if request.method != "POST":
        return _only("query", request.args.getlist("query"))
    _refuse_update()
    match request.mimetype:
        case "application/x-www-form-urlencoded":
            found = _only("query", request.form.getlist("query"))
        case "application/sparql-query":
            found = _body()
        case other:
            hint = "Send application/sparql-query, or application/x-www-form-urlencoded with a query parameter."
            accept = "application/sparql-query, application/x-www-form-urlencoded"
            detail = f"The media type {other[:80] or 'missing'} holds no query."
            raise Problem(415, detail, hint=hint, headers={"Accept-Post": accept})
    if found is None:
        raise Problem(400, "There is no query in the form.", hint="Send it as the parameter query.")
    return found


def _refuse_update() -> None:
    if request.mimetype == "application/sparql-update" or "update" in request.values:
        raise Problem(403, "This endpoint only reads.", hint="Corrections are made where the record is built.")


def _body() -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, f"The charset {charset[:40]} is not taken.", hint="Send UTF-8.")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as broken:
        raise Problem(400, f"The query is not UTF-8: byte {broken.start} fits nothing.") from broken


def _only(name: str, values: list[str]) -> str | None:
    if len(values) > 1:
        raise Problem(400, f"{name} is given {len(values)} times.", hint="Send one query per request.")
    return values[0] if values else None


def _graphs(name: str) -> tuple[str, ...]:
    """The graphs of the protocol's dataset, from the address or the form."""
    found = [*request.args.getlist(name), *request.form.getlist(name)]
    if len(found) > MOST_GRAPHS:
        raise Problem(400, f"{name} is given {len(found)} times; {MOST_GRAPHS} are taken.")
    try:
        return tuple(iri(graph).value for graph in found)
    except QueryError as broken:
        raise Problem(400, f"{name}: {broken.message}") from broken


def _choices() -> tuple[Choice | None, Choice | None]:
    """What to send for rows and for a graph."""
    named = request.values.get("format")
    if named is not None and named not in BY_NAME:
        raise Problem(406, f"{named[:40]!r} is no format.", hint=f"Formats are {', '.join(BY_NAME)}.")
    accept = request.headers.get("Accept")
    rows, graph = choose(accept, ROWS, named), choose(accept, GRAPHS, named)
    if rows is None and graph is None:
        known = ", ".join(format_.media_type for format_ in BY_NAME.values())
        raise Problem(406, "None of the media types in Accept can hold an answer.", hint=f"Ask for one of {known}.")
    return rows, graph


def _answered(text: str) -> Response:
    rows, graph = _choices()
    default, named = _graphs("default-graph-uri"), _graphs("named-graph-uri")
    seen = scanned(text)
    tag = _tag(text, rows, graph, default, named)
    if tag and request.method != "POST" and request.if_none_match.contains_weak(tag):
        return _finished(make_response("", 304), tag)
    names = (rows.format.name if rows else None, graph.format.name if graph else None)
    job = foreign.Job(text, request.base_url, *names, default, named)
    began = time.monotonic()
    answer = asked(job, seen)
    choice = graph if answer.kind == "graph" else rows
    assert choice is not None  # noqa: S101  # the worker was told which formats there are
    response = make_response(answer.body)
    response.content_type = choice.content_type
    response.headers["Server-Timing"] = f"query;dur={(time.monotonic() - began) * 1000:.0f}"
    return _finished(response, tag)


def _finished(response: Response, tag: str | None) -> Response:
    """The headers of a whole answer, and of "not modified"."""
    response.vary.update(["Accept", "Accept-Encoding"])
    if dataset().manifest.restated:
        response.headers["X-Note"] = RESTATED
    if tag and request.method != "POST":
        response.set_etag(tag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _tag(text: str, *parts: object) -> str | None:
    """What names this answer of this build; None where the same query may answer differently."""
    build = dataset().build
    if build is None or CHANGING.search(text):
        return None
    return hashlib.sha256(repr((build, text, parts)).encode()).hexdigest()[:32]


def _description() -> Response:
    choice = choose(request.headers.get("Accept"), GRAPHS, request.args.get("format"))
    if choice is None:
        raise Problem(406, "The description of the service comes as Turtle, N-Triples, RDF/XML or JSON-LD.")
    response = make_response(service_description(dataset(), request.base_url, choice.format))
    response.content_type = choice.content_type
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    return response
