"""What the documents do not add up to, how facts are known, and what is only a guess."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from queryapp.panels import panel
from queryapp.problems import Problem
from queryapp.views.frame import give, page, site, the_day

blueprint = Blueprint("quality", __name__)

PANELS = (
    "quality_findings",
    "quality_stale",
    "quality_basis",
    "quality_verdicts",
    "quality_unverified",
    "quality_undated",
)


@blueprint.get("/quality")
def show() -> ResponseReturnValue:
    """The page of findings, or one of its panels as CSV or JSON."""
    names: tuple[str, ...] = PANELS
    if "panel" in request.args:
        if request.args["panel"] not in PANELS:
            raise Problem(404, f"panel={request.args['panel'][:40]}: this page has {', '.join(PANELS)}.")
        names = (request.args["panel"],)
    made = {name: panel(site().reader, name, on=the_day("on"), known=the_day("known")) for name in names}
    if "panel" in request.args:
        return give(made[names[0]])
    total = sum(int(row.first("facts") or 0) for row in made["quality_basis"].rows)
    return page("quality.html", panels=made, total=total)
