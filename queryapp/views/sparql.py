"""/sparql: the SPARQL 1.1 Protocol, for queries only. The text is scanned, and then read by a worker that may die."""

from __future__ import annotations

import hashlib
import math
import re
import time
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from queryapp import foreign, guard
from queryapp.budget import SpentError
from queryapp.description import service_description
from queryapp.errors import QueryError
from queryapp.formats import BY_NAME, GRAPHS, ROWS, Choice, choose, wants_page
from queryapp.problems import Problem
from queryapp.rows import iri
from queryapp.site import dataset, site

blueprint = Blueprint("sparql", __name__)

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
REFUSED_METHODS = ("PUT", "DELETE", "PATCH")
MOST_GRAPHS = 100
"""Graphs that one request may name."""

CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
"""Functions whose value differs from one time to the next: such an answer has no ETag."""

STATUS: Mapping[type[foreign.ForeignError], int] = {
    foreign.BadQueryError: 400,
    foreign.TooLargeError: 400,
    foreign.UnacceptableError: 406,
    foreign.EngineError: 502,
    foreign.TooLongError: 503,
    foreign.DiedError: 503,
    foreign.BusyError: 503,
}
REFUSAL_STATUS = {"forbidden": 403, "too-long": 413, "too-much": 400, "broken": 400}
RETRY_SECONDS = {foreign.BusyError: 3, foreign.TooLongError: 60, foreign.DiedError: 60}


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
    seen = _scanned(text)
    tag = _tag(text, rows, graph, default, named)
    if tag and request.method != "POST" and request.if_none_match.contains_weak(tag):
        return _finished(make_response("", 304), tag)
    names = (rows.format.name if rows else None, graph.format.name if graph else None)
    job = foreign.Job(text, request.base_url, *names, default, named)
    began = time.monotonic()
    answer = _asked(job, seen)
    choice = graph if answer.kind == "graph" else rows
    assert choice is not None  # noqa: S101  # the worker was told which formats there are
    response = make_response(answer.body)
    response.content_type = choice.content_type
    response.headers["Server-Timing"] = f"query;dur={(time.monotonic() - began) * 1000:.0f}"
    return _finished(response, tag)


def _finished(response: Response, tag: str | None) -> Response:
    """The headers of a whole answer, and of "not modified"."""
    response.vary.update(["Accept", "Accept-Encoding"])
    if tag and request.method != "POST":
        response.set_etag(tag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _scanned(text: str) -> guard.Scan:
    found = site()
    bounds = guard.Bounds(bytes=found.config.limits.query_bytes, ascii_escapes=not found.config.endpoint)
    seen = guard.scan(text, bounds)
    if seen.refusal:
        refusal = seen.refusal
        more = {"line": refusal.line, "column": refusal.column}
        raise Problem(REFUSAL_STATUS[refusal.kind], refusal.message, hint=refusal.hint, more=more)
    return seen


def _tag(text: str, *parts: object) -> str | None:
    """What names this answer of this build; None where the same query may answer differently."""
    build = dataset().build
    if build is None or CHANGING.search(text):
        return None
    return hashlib.sha256(repr((build, text, parts)).encode()).hexdigest()[:32]


def _asked(job: foreign.Job, seen: guard.Scan) -> foreign.Answer:
    try:
        with site().budget.spend(request.remote_addr):
            return dataset().foreign.answer(job)
    except SpentError as spent:
        wait = str(max(1, math.ceil(spent.seconds)))
        raise Problem(
            429, f"The query time of your address is spent. Try again in {wait} s.", headers={"Retry-After": wait}
        ) from spent
    except foreign.BadQueryError as broken:
        raise explained(broken, seen) from broken
    except foreign.ForeignError as failed:
        kind = type(failed)
        headers = {"Retry-After": str(RETRY_SECONDS[kind])} if kind in RETRY_SECONDS else {}
        raise Problem(STATUS[kind], failed.message, headers=headers) from failed


def explained(broken: foreign.BadQueryError, seen: guard.Scan) -> Problem:
    """A syntax error with its place, and the repair where one is known."""
    if seen.undeclared:
        prefix, line, column = seen.undeclared[0]
        lines = guard.declare(tuple(prefix for prefix, _, _ in seen.undeclared))
        more: dict[str, object] = {"line": line, "column": column}
        if lines:
            more["insert"] = lines + "\n"
        hint = f"Add at the top: {lines}" if lines else f"Add a line PREFIX {prefix}: <…> at the top."
        return Problem(
            400, f"Line {line}, column {column}: the prefix {prefix}: is not declared.", hint=hint, more=more
        )
    place = f"Line {broken.line}, column {broken.column}: " if broken.line else "The query cannot be read: "
    more = {"line": broken.line, "column": broken.column} if broken.line else {}
    return Problem(400, place + readable(broken.message), hint=_hint(broken.message, seen), more=more)


SAID = {
    "IRI parsing failed": "this is no IRI.",
    "Prefix not found": "the prefix is not declared.",
    "The SELECT contains a variable that is unbound": "a selected variable is neither grouped by nor aggregated.",
}
"""What the engine says, and how we put it."""


def readable(message: str) -> str:
    """The engine's message without its character tables: what was expected, in at most a line."""
    for said, ours in SAID.items():
        if said in message:
            return ours
    if message.startswith(("The ", "Blank node", "Variable", "Aggregate")):
        return message.split("\n", 1)[0][:300]
    expected = re.findall(r'"([^"]{1,12})"|\b([A-Z]{2,12})\b(?![\'\w])', message)
    words = [first or second for first, second in expected if (first or second) not in ("SERVICE", "LATERAL")]
    if 0 < len(words) < 7:
        return f"the query cannot go on like this; one of these was expected: {'  '.join(words)}"
    return "the query cannot go on like this."


def _hint(message: str, seen: guard.Scan) -> str:
    if not seen.form:
        return "A query has one of SELECT, ASK, CONSTRUCT or DESCRIBE, after its PREFIX lines."
    if "unbound" in message:
        return "Put it into GROUP BY, or into COUNT, SAMPLE or another aggregate."
    return "Look just before this place: a missing dot, bracket or quotation mark shows up after where it belongs."


def _description() -> Response:
    choice = choose(request.headers.get("Accept"), GRAPHS, request.args.get("format"))
    if choice is None:
        raise Problem(406, "The description of the service comes as Turtle, N-Triples, RDF/XML or JSON-LD.")
    response = make_response(service_description(dataset(), request.base_url, choice.format))
    response.content_type = choice.content_type
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    return response
