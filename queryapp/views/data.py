"""Things as data: /id/… redirects, /things/….ttl and its sisters, the ontology, the dataset's description, health.

A thing's IRI ends in a path below the dataset's base. /id/<path> answers 303: to the page /things/<path> for
people, to /things/<path>.<ending> for programs. An ending in the address wins over Accept.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from importlib.resources import files
from urllib.parse import quote, unquote

import pyoxigraph as ox
from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from queryapp.description import void
from queryapp.errors import QueryError
from queryapp.formats import CSV, GRAPHS, Choice, Format, choose, wants_page
from queryapp.graphs import write
from queryapp.problems import Problem
from queryapp.queries import load
from queryapp.rows import Rows, Term, best_label, iri, text
from queryapp.site import dataset

blueprint = Blueprint("data", __name__)

PLAIN_JSON = Format("json", "application/json")
FORMATS = (*GRAPHS, PLAIN_JSON, CSV)
ENDINGS = "any(ttl, nt, rdf, jsonld, json, csv)"
LONGEST_PATH = 500
SUGGESTIONS = 5
SAFE = "/:@!$&'()*+,;=~"
"""Characters that stand in an IRI's path as they are."""

RESTATED = "restated, not the institution's words"

_FILE = re.compile(r"document/([0-9a-f]{20})")


@blueprint.get("/id/<path:path>")
def identified(path: str) -> AnyResponse:
    """See also: the page or the data about a thing, or the thing's own address where this is another name of it."""
    if path.rpartition(".")[2] in {format_.name for format_ in FORMATS}:
        return _see(f"/things/{quote(path)}")
    address = "/things/" + quote(known_path(path), safe=SAFE + "%")
    accept = request.headers.get("Accept")
    if not accept or wants_page(accept):
        return _see(address)
    choice = choose(accept, FORMATS)
    if choice is None or ("*/*" in accept and choice.format is GRAPHS[0] and GRAPHS[0].media_type not in accept):
        return _see(address)
    return _see(f"{address}.{choice.format.name}")


@blueprint.get(f"/things/<path:path>.<{ENDINGS}:ending>")
def thing(path: str, ending: str) -> AnyResponse:
    """What the record says of a thing: its plain triples and its assertions, each with its sentence."""
    known = known_path(path)
    if unquote(known) != unquote(path):
        return _see(f"/things/{quote(known, safe=SAFE + '%')}.{ending}")
    format_ = next(format_ for format_ in FORMATS if format_.name == ending)
    return _cached(format_, lambda: _thing(known, format_))


@blueprint.get("/ontology")
@blueprint.get(f"/ontology.<{ENDINGS}:ending>")
def ontology(ending: str | None = None) -> AnyResponse:
    """The ontology with its code lists: 303 by Accept without an ending, the file with one."""
    if ending is None:
        accept = request.headers.get("Accept")
        choice = None if wants_page(accept) else choose(accept, GRAPHS)
        return _see(f"/ontology.{choice.format.name if choice else 'ttl'}")
    format_ = next((format_ for format_ in GRAPHS if format_.name == ending), None)
    if format_ is None:
        raise Problem(404, "The ontology comes as .ttl, .nt, .rdf and .jsonld.")
    return _cached(format_, lambda: _ontology(format_))


@blueprint.get("/.well-known/void")
def well_known_void() -> Response:
    """The dataset's description in VoID."""
    choice = choose(request.headers.get("Accept"), GRAPHS) or Choice(GRAPHS[0], GRAPHS[0].media_type)
    return _cached(choice.format, lambda: void(dataset(), request.url_root, choice.format))


@blueprint.get("/healthz")
def health() -> Response:
    """Whether the store answers; which build is served."""
    held = dataset()
    held.store.ask(load("data_exists").query)
    response = make_response(json.dumps({"status": "ok", "build": held.build}) + "\n")
    response.content_type = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _see(address: str) -> AnyResponse:
    response = redirect(address, 303)
    response.headers["Vary"] = "Accept"
    return response


def known_path(path: str) -> str:
    """The path of a thing that the record knows, as its IRI has it, under another name if need be. Raises Problem 404.

    path is what is left of an address when its escapes are resolved, so that an escaped slash looks like any other.
    """
    held = dataset()
    if len(path) > LONGEST_PATH:
        raise Problem(414, f"The address is longer than {LONGEST_PATH} characters.")
    try:
        for spelling in spellings(path):
            if held.store.ask(load("data_exists").fill(thing=iri(held.base + spelling))):
                return spelling
    except QueryError as broken:
        raise Problem(404, "There is no such thing.") from broken
    for found in (_by_address(path), _by_file(path)):
        if found is not None and found.startswith(held.base):
            return found.removeprefix(held.base)
    suggestions = _suggestions(path)
    names = "; ".join(label for label, _ in suggestions)
    hint = f"Did you mean: {names}?" if names else "Search by name, or start from the lists."
    more = {"suggestions": [{"label": label, "iri": address} for label, address in suggestions]}
    raise Problem(404, f"The record knows nothing at {path[:200]}.", hint=hint, more=more)


def spellings(path: str) -> list[str]:
    """The ways in which an IRI may escape a path: its own escapes, few characters, all, the slashes at its end too."""
    parts = path.split("/")[:12]
    ends = ["/".join((*parts[:-n], quote("/".join(parts[-n:]), safe=""))) for n in range(2, len(parts))]
    every = "/".join(quote(part, safe="") for part in parts)
    return list(dict.fromkeys((quote(path, safe=SAFE + "%"), quote(path, safe=SAFE), every, *ends)))


def _by_address(path: str) -> str | None:
    """The clause whose rc:address this is, if exactly one has it."""
    found = set(dataset().store.select(load("data_address").fill(address=text(path))).column("thing"))
    return found.pop() if len(found) == 1 else None


def _by_file(path: str) -> str | None:
    """The document that a provisional one, named by its file, turned out to be."""
    file = _FILE.fullmatch(path)
    if file is None:
        return None
    node = iri(f"{dataset().base}file/{file[1]}")
    found = set(dataset().store.select(load("file_document").fill(thing=node)).column("document"))
    return found.pop() if len(found) == 1 else None


def _suggestions(path: str) -> list[tuple[str, str]]:
    """Things whose names share words with the path; none without a full-text index."""
    words = re.findall(r"\w{2,40}", path)[-4:]
    if not words or dataset().folder is None:
        return []
    with closing(dataset().search()) as database:
        wish = " OR ".join(f'"{word}"' for word in words)
        ranked = "SELECT t.label, t.iri FROM thing_fts f JOIN thing t ON t.rowid = f.rowid WHERE thing_fts MATCH ?"
        try:
            return list(database.execute(f"{ranked} ORDER BY rank LIMIT ?", (wish, SUGGESTIONS)))
        except sqlite3.Error:
            return []


def _cached(format_: Format, make: Callable[[], bytes]) -> Response:
    """An answer that is the same for one build and address; not made at all where the client has it."""
    held = dataset()
    tag = hashlib.sha256(repr((held.build, request.full_path, format_.name)).encode()).hexdigest()[:32]
    if held.build and request.if_none_match.contains_weak(tag):
        response = make_response("", 304)
    else:
        response = make_response(make())
        response.content_type = format_.content_type()
    if held.build:
        response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    return response


def _thing(path: str, format_: Format) -> bytes:
    held = dataset()
    node = iri(held.base + path)
    if format_ in GRAPHS:
        triples = held.store.construct(load("data_graph").fill(thing=node))
        return write(_with_note(triples, node), format_)
    facts = held.store.select(load("data_facts").fill(thing=node))
    return _as_csv(facts) if format_ is CSV else _as_json(node, facts)


def _with_note(triples: list[ox.Triple], node: Term) -> list[ox.Triple]:
    """In a dataset of restatements, the thing's description says so itself."""
    if not dataset().manifest.restated:
        return triples
    note = ox.NamedNode("http://www.w3.org/2004/02/skos/core#editorialNote")
    return [*triples, ox.Triple(ox.NamedNode(node.value), note, ox.Literal(RESTATED, language="en"))]


def _as_csv(facts: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    note = ("note",) if dataset().manifest.restated else ()
    writer.writerow([*facts.variables, *note])
    for row in facts:
        cells = [row.words(name) for name in facts.variables]
        writer.writerow([disarmed(cell) for cell in (*cells, *((RESTATED,) if note else ()))])
    return out.getvalue().encode()


def disarmed(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _as_json(node: Term, facts: Rows) -> bytes:
    labels = dataset().store.select(load("labels").fill(thing=node))
    found: dict[str, object] = {"iri": node.value, "label": best_label(row["label"] for row in labels)}
    if dataset().manifest.restated:
        found["note"] = RESTATED
    found["facts"] = [{name: row[name].value for name in facts.variables if name in row} for row in facts]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


@cache
def _ontology(format_: Format) -> bytes:
    """Every Turtle file of ontology/ and its schemes as one graph."""
    root = files("ontology")
    triples: list[ox.Triple] = []
    for folder in (root, root / "schemes"):
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".ttl"):
                quads = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
                triples.extend(quad.triple for quad in quads)
    return write(triples, format_)
