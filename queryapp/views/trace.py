"""The mandate trace of a thing, and which clauses and activities have none."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from queryapp.cards import QUESTIONS, ROLES, Card, Trace
from queryapp.errors import QueryError
from queryapp.naming import resolve
from queryapp.panels import Reader, panel
from queryapp.problems import Problem
from queryapp.rows import Row
from queryapp.trace import trace
from queryapp.trace_command import as_dict
from queryapp.trace_text import as_text, headline
from queryapp.views.frame import give, page, restated_note, site, the_day
from queryapp.views.things import quotes_of

blueprint = Blueprint("trace", __name__)

STARTS = ("consultations_list", "bodies_list", "resolutions_list", "duties_list")
COVERAGE = ("coverage_clauses", "coverage_activities")


@blueprint.get("/trace")
def show() -> ResponseReturnValue:
    """The trace from ?from= (an IRI, an address below the base, or a name); without it, where to start."""
    reader, on, known = site().reader, the_day("on"), the_day("known")
    is_coverage = request.args.get("view") == "coverage"
    coverage = {name: panel(reader, name, on=on, known=known) for name in COVERAGE if is_coverage}
    if "panel" in request.args:
        return give(panel(reader, _coverage_name(request.args["panel"]), on=on, known=known))
    given = request.args.get("from", "").strip()
    if not given:
        starts = {name: panel(reader, name, on=on, known=known) for name in STARTS}
        return page("trace.html", made=None, starts=starts, coverage=coverage, given="")
    try:
        made = trace(reader, resolve(reader, site().index, given), on=on, known=known)
    except QueryError as unknown:
        raise Problem(404, unknown.message, hint="The list of things to start from is at /trace.") from unknown
    match request.args.get("format"):
        case "json":
            return jsonify(as_dict(made, restated_note()))
        case "text":
            return Response(as_text(made, restated_note()), content_type="text/plain; charset=utf-8")
    quotes = quotes_of(reader, _evidence(made.cards))
    why = {card.sentence for card in made.cards if not card.is_aside and not card.sets_up}
    return page(
        "trace.html",
        made=made,
        given=given,
        starts={},
        coverage=coverage,
        roles=ROLES,
        questions=QUESTIONS,
        answer=headline(made),
        quotes=quotes,
        why=[row for iri, row in quotes.items() if iri in why],
        premises=_premises(reader, made),
    )


def _evidence(cards: Sequence[Card]) -> set[str]:
    return {iri for card in cards for _, known in card.accounts for iri in known.evidence} | {
        card.sentence for card in cards if card.sentence
    }


def _premises(reader: Reader, made: Trace) -> list[Row]:
    """What the inferences rest on, each fact once."""
    wanted = sorted({premise for card in made.cards for premise in card.premises})
    rows = reader.rows("assertions_of", thing=wanted) if wanted else []
    return list({tuple(row.words(c) for c in ("subject", "predicate", "object")): row for row in rows}.values())


def _coverage_name(name: str) -> str:
    if name not in (*COVERAGE, *STARTS):
        raise Problem(404, f"panel={name[:40]}: this page has {', '.join((*COVERAGE, *STARTS))}.")
    return name
