"""The list pages: one panel each, narrowed by facets that never lead to an empty list."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from queryapp.panels import Line, Panel, panel
from queryapp.views.frame import give, page, site, the_day

blueprint = Blueprint("lists", __name__)

PAGE = 100


@dataclass(frozen=True, slots=True)
class List:
    """A list page: its query, its facets, what it says first, and further panels below.

    dated is the query in its place where the page is read as of a day.
    """

    path: str
    query: str
    title: str
    lead: str
    facets: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    dated: str = ""


LISTS = (
    List(
        "resolutions",
        "resolutions_list",
        "Resolutions",
        "Resolutions, decisions and recommendations that the record names, with their revisions. A revision is a text "
        "of its own: what was cited in one year need not be what held in the next.",
        ("issuer",),
        dated="resolutions_in_force",
    ),
    List(
        "meetings",
        "meetings_list",
        "Meetings",
        "Meetings, Council sessions and conferences. A meeting without a document is known by its number or date only.",
        ("body",),
    ),
    List(
        "documents",
        "documents_list",
        "Documents",
        "Every document that was read. Its page has the text, with what was recognised in it.",
        ("kind", "meeting"),
    ),
    List(
        "contributions",
        "contributions_list",
        "Contributions",
        "Papers that members submitted, and what came of each where the record says so.",
        ("submitter", "meeting", "disposition"),
    ),
    List(
        "consultations",
        "consultations_list",
        "Open consultations",
        "Rounds of open consultation: window, topic and responses. What was only planned is marked on each page.",
        ("topic",),
    ),
    List(
        "duties",
        "duties_list",
        "Duties",
        "Who has been instructed, asked or invited to do what. A duty laid down need not have been done.",
        ("dueEvent", "addressee"),
    ),
    List(
        "people",
        "people_list",
        "People, roles and bodies",
        "Named people and the roles they held, as the record or a register gives them.",
        ("body", "role"),
        ("bodies_list",),
    ),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet's value with the number of rows that it leaves; chosen if it is set."""

    value: str
    label: str
    count: int
    chosen: bool


def choices(rows: tuple[Line, ...], column: str, chosen: str) -> list[Choice]:
    """The values of a column in the rows that the other facets leave, most rows first."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for row in rows:
        for value, label in row.cells[column].pairs if column in row.cells else ():
            counts[value.value] = counts.get(value.value, 0) + 1
            labels[value.value] = label
    made = [Choice(value, labels[value], count, value == chosen) for value, count in counts.items()]
    return sorted(made, key=lambda c: (-c.count, c.label.casefold()))


def _holds(row: Line, column: str, wanted: str) -> bool:
    return not wanted or (column in row.cells and any(v.value == wanted for v in row.cells[column].values))


def narrowed(whole: Panel, chosen: dict[str, str]) -> tuple[Panel, dict[str, list[Choice]]]:
    """The rows that every facet leaves, and each facet's choices given the others."""
    facets = {}
    for column in chosen:
        others = tuple(r for r in whole.rows if all(_holds(r, c, w) for c, w in chosen.items() if c != column))
        facets[column] = choices(others, column, chosen[column])
    rows = tuple(r for r in whole.rows if all(_holds(r, c, w) for c, w in chosen.items()))
    return replace(whole, rows=rows), facets


@blueprint.get("/<any(resolutions, meetings, documents, contributions, consultations, duties, people):path>")
def show(path: str) -> ResponseReturnValue:
    """A list page, or one of its panels as CSV or JSON."""
    this = next(each for each in LISTS if each.path == path)
    reader, on, known = site().reader, the_day("on"), the_day("known")
    whole = panel(reader, this.dated if this.dated and on else this.query, on=on, known=known)
    chosen = {column: request.args.get(column, "") for column in this.facets}
    found, facets = narrowed(whole, chosen)
    below = [panel(reader, name, on=on, known=known) for name in this.below]
    if "panel" in request.args:
        wanted = request.args["panel"]
        return give(next((each for each in below if each.name == wanted), found))
    first = max(0, request.args.get("page", 1, type=int) - 1) * PAGE
    return page(
        "list.html",
        this=this,
        panel=replace(found, rows=found.rows[first : first + PAGE]),
        total=len(found.rows),
        first=first,
        size=PAGE,
        facets={column: found for column, found in facets.items() if len(found) > 1 or chosen[column]},
        chosen=chosen,
        below=below,
    )
