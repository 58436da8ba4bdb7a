"""The start page: one question, one box, where things stand."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from queryapp.panels import panel
from queryapp.views import topics
from queryapp.views.frame import give, page, site, the_day

blueprint = Blueprint("home", __name__)

SHOWN = 6
"""Columns of the small lanes: the last meetings."""


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """The start page."""
    reader = site().reader
    on, known = the_day("on"), the_day("known")
    counts = panel(reader, "home_counts", on=on, known=known)
    if "panel" in request.args:
        return give(counts)
    bodies = [row["body"].value for row in reader.rows("lanes_bodies") if "body" in row]
    lanes, kept = topics.lanes_of(reader, bodies[0], on=on, known=known) if bodies else (None, None)
    lanes = lanes.last(SHOWN) if lanes else None
    findings = site().dataset.findings()
    return page(
        "home.html",
        panel=counts,
        lanes=lanes,
        kept=kept,
        body=reader.label(bodies[0]) if bodies else "",
        drawing=topics.drawn(lanes, "home-lanes") if lanes else "",
        findings=len(findings),
        first_link=topics.first_link,
    )
