"""The query page, and short links to queries.

A short link needs no memory on the server: /q/<name> is a stored question, /q/z… is the query's own text, compressed.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from ontology.prefixes import CLOSED, PREFIXES
from queryapp import foreign
from queryapp.problems import Problem
from queryapp.queries import Question, load
from queryapp.rows import Rows, iri, rows_from_json
from queryapp.views import sparql
from queryapp.views.frame import page, site
from queryapp.views.search import COMPETENCY, questions

blueprint = Blueprint("query", __name__)

SHOWN = 1000
"""Rows drawn on the page; CSV and JSON have all of them."""
LONGEST = 100_000


GROUPS = {
    "Questions this graph must answer": {"*"},
    "Lists": {"list"},
    "Resolutions, revisions and clauses": {"resolution", "revision", "clause"},
    "Meetings": {"meeting"},
    "Consultations": {"consultation"},
    "Topics": {"topic", "lanes"},
    "Documents and evidence": {"document", "file", "evidence", "assertion", "assertions"},
    "Bodies, people and States": {"body", "person", "state"},
    "Mandates": {"trace", "coverage"},
    "Data quality": {"quality"},
    "Anything": {"thing"},
}
"""Headings for stored questions, by the page that they stand behind; a question in none is for the machinery."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of running a query: rows, a truth, a graph, or a problem."""

    rows: Rows | None = None
    truth: bool | None = None
    graph: str = ""
    problem: Problem | None = None


@blueprint.route("/query", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The editor; runs ?query= if it is given, else shows a stored ?question= or the query of a ?panel=."""
    given = request.values.get("query")
    chosen = _chosen()
    text = given if given is not None else _text(chosen)
    outcome = run(text) if given is not None and given.strip() else None
    rows = outcome.rows if outcome else None
    shown = list(rows)[:SHOWN] if rows else []
    named = {t.value for row in shown[:300] for t in row.values() if t.is_iri}
    body = page(
        "query.html",
        text=text,
        chosen=chosen,
        outcome=outcome,
        rows=shown,
        labels=site().reader.labels(named) if named else {},
        short=short(text) if text.strip() else "",
        groups=grouped(),
        terms=terms(),
    )
    return body, outcome.problem.status if outcome and outcome.problem else 200


@blueprint.get("/q/<name>")
def short_link(name: str) -> ResponseReturnValue:
    """Lead to the query page with the query that a short link stands for."""
    if name.startswith("z"):
        return redirect("/query?" + urlencode({"query": expanded(name)}), 303)
    if _stored(name) is None:
        raise Problem(404, f"/q/{name[:40]}: no such question.", hint="All questions are listed at /query.")
    return redirect("/query?" + urlencode({"question": name}), 303)


def short(text: str) -> str:
    """The short link of a query's text."""
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return f"/q/z{packed}"


def expanded(name: str) -> str:
    """The text of a short link. 404 for a link that is damaged or unpacks to more than a query may be."""
    try:
        packed = base64.urlsafe_b64decode(name[1:] + "=" * (-len(name[1:]) % 4))
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(packed, LONGEST)
        if unpacker.unconsumed_tail or not unpacker.eof:
            text = b"\xff"  # cut, or too long for a query
        return text.decode()
    except (binascii.Error, zlib.error, ValueError) as broken:
        raise Problem(404, "This short link is damaged.", hint="Ask whoever sent it for the whole link.") from broken


def run(text: str) -> Outcome:
    """Run foreign text in a worker, on the same path and within the same limits as /sparql."""
    try:
        seen = sparql._scanned(text)
        answer = sparql._asked(foreign.Job(text, request.url_root + "sparql", "json", "ttl"), seen)
    except Problem as problem:
        return Outcome(problem=problem)
    if answer.kind == "graph":
        return Outcome(graph=answer.body.decode("utf-8", "replace"))
    found = json.loads(answer.body)
    if "boolean" in found:
        return Outcome(truth=bool(found["boolean"]))
    return Outcome(rows=rows_from_json(found))


def _stored(name: str) -> Question | None:
    return next((each for each in questions() if each.name == name), None)


def _chosen() -> Question | None:
    name = request.args.get("question") or request.args.get("panel")
    if not name:
        return None
    found = _stored(name)
    if found is None:
        raise Problem(404, f"{name[:60]}: no such question.", hint="All questions are listed at /query.")
    return found


def _text(question: Question | None) -> str:
    """The text to start from: a stored question, filled with ?about= where the page asked about a thing."""
    if question is None:
        return load("topics_list").query
    given = {p.name: request.args[p.name] for p in question.parameters if request.args.get(p.name)}
    about = request.args.get("about")
    if about and any(p.name == "thing" for p in question.parameters):
        given["thing"] = about
    head = "".join(f"# {words}\n" for words in (question.title, question.question) if words)
    return head + question.fill({name: iri(value) for name, value in given.items()})


def grouped() -> dict[str, list[Question]]:
    """Stored questions: the competency questions first, then by the page that they stand behind."""
    groups: dict[str, list[Question]] = {group: [] for group in GROUPS}
    competency = {path.stem for path in COMPETENCY.glob("*.rq")} if COMPETENCY.is_dir() else set()
    for each in questions():
        page_name = each.name.partition("_")[0]
        found = "*" if each.name in competency else "list" if each.name.endswith("_list") else page_name
        for group, names in GROUPS.items():
            if found in names:
                groups[group].append(each)
    return {group: listed for group, listed in groups.items() if listed}


def terms() -> list[dict[str, str]]:
    """What the editor may suggest: prefixes and the terms of the vocabularies in use."""
    prefixes = [{"label": f"PREFIX {p}: <{ns}>", "type": "namespace"} for p, ns in PREFIXES.items()]
    names = [
        {"label": f"{p}:{name}", "type": "class" if name[:1].isupper() else "property"}
        for p, listed in CLOSED.items()
        for name in sorted(listed)
    ]
    words = [
        "SELECT",
        "DISTINCT",
        "WHERE",
        "OPTIONAL",
        "FILTER",
        "GRAPH",
        "UNION",
        "VALUES",
        "ORDER",
        "BY",
        "GROUP",
        "BY",
        "LIMIT",
        "COUNT",
        "BIND",
    ]
    return names + prefixes + [{"label": word, "type": "keyword"} for word in dict.fromkeys(words)]
