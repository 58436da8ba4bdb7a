"""The query page, and short links to queries.

A short link needs no memory on the server: /q/<name> is a stored question, /q/z… is the query's own text, compressed.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from ontology.prefixes import CLOSED
from queryapp import foreign
from queryapp.choices import Option, Settled, kind, options, settle, term
from queryapp.description import prefixes
from queryapp.errors import QueryError
from queryapp.gate import asked, counted, scanned
from queryapp.guard import completed
from queryapp.nothing import Culprit, culprits, truth
from queryapp.panels import in_words
from queryapp.problems import Problem
from queryapp.queries import Question, load, parse
from queryapp.rows import Rows, rows_from_json
from queryapp.views.frame import page, site
from queryapp.views.search import COMPETENCY, questions

blueprint = Blueprint("query", __name__)

SHOWN = 1000
"""Rows drawn on the page; CSV and JSON have all of them."""
LONGEST = 100_000
MOST_OPTIONS = 300
"""Things that a field offers; others can be typed."""
MOST_LISTED = 60
"""Of so many a reader chooses from a list; more are found by typing."""


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
    """What came of running a query: rows, a truth, a graph, or a problem; without rows, the patterns to blame."""

    rows: Rows | None = None
    truth: bool | None = None
    graph: str = ""
    problem: Problem | None = None
    culprits: tuple[Culprit, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a stored question as a field of its form: a day, or one of the things of a kind."""

    name: str
    label: str
    value: str
    is_day: bool
    options: tuple[Option, ...]


@blueprint.route("/query", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """The editor; runs ?query= if it is given, else shows a stored ?question= or the query of a ?panel=.

    With ?run= a stored question is run too, with what the arguments put in its parameters.
    """
    given = request.values.get("query")
    chosen = _chosen() if given is None else None
    settled = _settled(chosen) if chosen else None
    text = given if given is not None else _text(chosen, settled)
    text, added = _completed(text)
    outcome = run(text) if text.strip() and (given is not None or "run" in request.args) else None
    rows = outcome.rows if outcome else None
    shown = list(rows)[:SHOWN] if rows else []
    named = {t.value for row in shown[:300] for t in row.values() if t.is_iri}
    body = page(
        "query.html",
        text=text,
        chosen=chosen,
        fields=_fields(chosen, settled) if chosen and settled else [],
        replaced=_replaced(settled) if settled else {},
        added=added,
        outcome=outcome,
        rows=shown,
        columns=_columns(rows.variables) if rows is not None else [],
        labels=site().reader.labels(named) if named else {},
        short=short(text) if text.strip() else "",
        listed=MOST_LISTED,
        groups=grouped(),
        terms=terms(),
    )
    return body, outcome.problem.status if outcome and outcome.problem else 200


def _columns(variables: Sequence[str]) -> list[str]:
    """The columns that are drawn: ?xLabel is what ?x is called, and stands in its link."""
    return [name for name in variables if not (name.endswith("Label") and name.removesuffix("Label") in variables)]


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
        seen = scanned(text)
        answer = asked(foreign.Job(text, request.url_root + "sparql", "json", "ttl"), seen)
    except Problem as problem:
        return Outcome(problem=problem)
    if answer.kind == "graph":
        return Outcome(graph=answer.body.decode("utf-8", "replace"))
    found = json.loads(answer.body)
    if "boolean" in found:
        return Outcome(truth=bool(found["boolean"]))
    rows = rows_from_json(found)
    return Outcome(rows=rows, culprits=() if rows else _why_nothing(text))


def _why_nothing(text: str) -> tuple[Culprit, ...]:
    """Which single pattern keeps the answer empty; an endpoint is not asked again for that."""
    if site().dataset.build is None:
        return ()
    with counted():
        return tuple(culprits(text, _has_rows))


def _has_rows(asking: str, seconds: float) -> bool:
    job = foreign.Job(asking, request.url_root + "sparql", "json", None, seconds=seconds)
    return truth(site().dataset.foreign.answer(job))


def _completed(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with the PREFIX lines that it lacks; as it is where it will be refused anyway."""
    try:
        return completed(text, scanned(text), prefixes(site().dataset))
    except Problem:
        return text, ()


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


def _settled(question: Question) -> Settled:
    """The question with what the arguments put in its parameters; ?about= is the thing that a page asked about."""
    given = {p: request.args.get(p.name, "").strip() for p in question.parameters}
    given |= {p: about for p in question.parameters if p.name == "thing" and (about := request.args.get("about"))}
    held = site().dataset
    try:
        terms = {p.name: term(p, value, held.base) for p, value in given.items() if value}
    except QueryError as wrong:
        raise Problem(400, wrong.message) from wrong
    if terms or held.build is None:
        return settle(question, held.store, held.base, terms)
    with counted():
        return settle(question, held.store, held.base, terms, _has_rows)


def _text(question: Question | None, settled: Settled | None) -> str:
    """The text to start from: a stored question under its title, else a list of the topics."""
    if question is None or settled is None:
        return load("topics_list").query
    head = "".join(f"# {words}\n" for words in (question.title, question.question) if words)
    return head + parse(question.name, settled.text).query


def _fields(question: Question, settled: Settled) -> list[Field]:
    """A field for each parameter that something can be chosen for."""
    held, fields = site().dataset, []
    for parameter in question.parameters:
        if parameter.name not in settled.terms:
            continue
        what = kind(parameter)
        value = settled.terms[parameter.name].value.removeprefix(held.base)
        found = tuple(options(held.store, held.base, what))[:MOST_OPTIONS]
        words = in_words(what if parameter.name == "thing" and what else parameter.name)
        fields.append(Field(parameter.name, words, value, what == "date", found))
    return fields


def _replaced(settled: Settled) -> dict[str, str]:
    """The names of what stands in place of examples that this dataset does not have."""
    return {name: site().reader.label(value.value) for name, value in settled.replaced.items()}


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
    known = prefixes(site().dataset)
    declared = [{"label": f"PREFIX {p}: <{ns}>", "type": "namespace"} for p, ns in known.items()]
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
    return names + declared + [{"label": word, "type": "keyword"} for word in dict.fromkeys(words)]
