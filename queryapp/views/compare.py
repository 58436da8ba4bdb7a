"""Two revisions side by side, clause by clause: /compare?from=<revision>&to=<revision>."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from queryapp.compare import OPEN, WORDS, Comparison, Pairing, compare
from queryapp.errors import QueryError
from queryapp.lineage import changes
from queryapp.naming import resolve
from queryapp.panels import Cell, Line, Panel, panel
from queryapp.problems import Problem
from queryapp.provisions import Clause, Provisions, provisions, worded
from queryapp.queries import load
from queryapp.revisions import Told, revisions
from queryapp.rows import iri, text, typed
from queryapp.views.frame import give, page, site, the_day, with_args
from queryapp.views.resolutions import whole_of

blueprint = Blueprint("compare", __name__)


@blueprint.get("/compare")
def show() -> ResponseReturnValue:
    """The comparison of ?from= with ?to=; ?kind= keeps rows of these kinds; ?format=csv or json gives the table."""
    reader = site().reader
    given = [request.args.get(name, "").strip() for name in ("from", "to")]
    if not all(given):
        return page("compare.html", made=None, choices=choices(panel(reader, "compare_choices")))
    first, second = (_revision(each) for each in given)
    whole, known = whole_of(reader, first), the_day("known")
    texts = provisions(reader, whole, known=known)
    told = revisions(reader, whole, the_day("on") or date.today().isoformat(), known=known, texts=texts)
    line = told.line(first, second)
    if not line:
        raise Problem(
            404,
            f"{reader.label(first)} and {reader.label(second)} are not two revisions of one resolution.",
            hint="Choose two revisions at /compare.",
        )
    if line[0] != first:
        more = {key: value for key in ("format",) if (value := request.args.get(key, ""))}
        return redirect(with_args("/compare", **{"from": second, "to": first, **more}), 303)
    read = Provisions(worded(reader, [clause for each in line for clause in texts.text_of(each)]))
    found = changes(reader, whole, known=known)
    made = compare(read, found, line)
    kinds = [kind for kind in request.args.getlist("kind") if kind in WORDS]
    if "format" in request.args:
        return give(table(made, kinds, first))
    return page(
        "compare.html",
        made=made,
        kinds=kinds,
        rows=folded(made, kinds),
        words=WORDS,
        whole=whole,
        left_out=found,
        **_sides(told, texts, line),
    )


def _sides(told: Told, texts: Provisions, line: tuple[str, ...]) -> dict[str, Any]:
    by_iri = {each.iri: each for each in told.revisions}
    return {
        "first": by_iri[line[0]],
        "second": by_iri[line[-1]],
        "between": [by_iri[each] for each in line[1:-1]],
        "told": told,
        "partial": [by_iri[each] for each in line if texts.loaded(each) == "excerpts"],
        "missing": [by_iri[each] for each in line if texts.loaded(each) == "none"],
    }


def _revision(given: str) -> str:
    try:
        return resolve(site().reader, site().index, given)
    except QueryError as unknown:
        raise Problem(404, unknown.message, hint="Choose two revisions at /compare.") from unknown


def choices(texts: Panel) -> list[tuple[str, list[Line]]]:
    """Instruments of which clauses of two revisions or more are known, each with these revisions."""
    by_whole: dict[tuple[str, str], list[Line]] = {}
    for row in texts.rows:
        by_whole.setdefault((row.says("resolution"), row.first("resolution")), []).append(row)
    return [(label, rows) for (label, _), rows in sorted(by_whole.items()) if len(rows) > 1]


def folded(made: Comparison, kinds: list[str]) -> list[tuple[str, list[Pairing]]]:
    """The rows as the page shows them, in runs: those of one kind that say nothing new are folded away under it.

    That is clauses that are the same, and those that are not compared. The kind is "" for rows that are shown, as all
    are that are asked for.
    """
    runs: list[tuple[str, list[Pairing]]] = []
    for row in made.of(kinds):
        fold = row.kinds[0] if row.kinds in (("same",), (OPEN,)) and row.kinds[0] not in kinds else ""
        if fold and runs and runs[-1][0] == fold:
            runs[-1][1].append(row)
        else:
            runs.append((fold, [row]))
    return runs


def table(made: Comparison, kinds: list[str], first: str) -> Panel:
    """The same rows as a panel, for programs and spreadsheets."""
    question = load("resolution_changes")
    columns = (
        "kind",
        "earlier",
        "earlierWords",
        "later",
        "laterWords",
        "removed",
        "added",
        "partial",
        "score",
        "rule",
        "doubt",
    )
    rows = tuple(Line(_cells(row), row.known) for row in made.of(kinds))
    return Panel("compare", question.title, question.question, columns, rows, first)


def _cells(row: Pairing) -> dict[str, Cell]:
    cells = {
        "kind": _texts(row.kinds),
        "earlier": _clauses(row.earlier),
        "earlierWords": _texts(clause.words for clause in row.earlier),
        "later": _clauses(row.later),
        "laterWords": _texts(clause.words for clause in row.later),
        "removed": _texts(words for step in row.steps for words in step.removed),
        "added": _texts(words for step in row.steps for words in step.added),
        "partial": Cell((typed(str(row.is_partial).lower(), "boolean"),), ("yes" if row.is_partial else "no",)),
        "score": _texts([str(row.score)] if row.score is not None else []),
        "doubt": _texts(row.doubts),
        "rule": Cell(tuple(map(iri, row.rules)), tuple(site().reader.label(rule) for rule in row.rules)),
    }
    return {name: cell for name, cell in cells.items() if cell.values}


def _texts(words: Any) -> Cell:
    found = tuple(each for each in words if each)
    return Cell(tuple(map(text, found)), found)


def _clauses(clauses: tuple[Clause, ...]) -> Cell:
    return Cell(tuple(iri(clause.iri) for clause in clauses), tuple(clause.name for clause in clauses))
