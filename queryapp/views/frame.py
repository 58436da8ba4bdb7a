"""What every page shares: the build it reads, the two dates, addresses, and the files it loads."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from ontology.prefixes import PREFIXES
from queryapp import evidence
from queryapp.charts import legend_mark, style_of
from queryapp.dataset import Dataset, Manifest
from queryapp.evidence import shown
from queryapp.exports import as_csv, as_json
from queryapp.lanes import OUTCOMES
from queryapp.panels import LINKED, RESTATED, Panel, Reader, code
from queryapp.problems import Problem
from queryapp.site import dataset as current_dataset

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
OWN = (PREFIXES["rc"], PREFIXES["rcs"])

NAVIGATION = (
    ("/resolutions", "Resolutions"),
    ("/meetings", "Meetings"),
    ("/topics", "Topics"),
    ("/documents", "Documents"),
    ("/consultations", "Consultations"),
    ("/contributions", "Contributions"),
    ("/duties", "Duties"),
    ("/trace", "Mandate trace"),
    ("/query", "Query"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """The build that this request reads."""

    dataset: Dataset
    reader: Reader

    @property
    def base(self) -> str:
        """What the IRIs of things begin with."""
        return self.dataset.base

    @property
    def manifest(self) -> Manifest:
        """What the build says of itself."""
        return self.dataset.manifest

    @property
    def folder(self) -> Path:
        """The version's folder; a folder that is not there where only an endpoint is served."""
        return self.dataset.folder or Path("no-folder")

    @property
    def index(self) -> Path:
        """The full-text index; may not exist."""
        return self.folder / "search.sqlite"


def site() -> Site:
    """The site of this request. Labels are remembered for as long as the build is served."""
    if "site" not in g:
        dataset = current_dataset()
        kept: dict[str, Reader] = current_app.extensions.setdefault("recalling-readers", {})
        if dataset.build is None:  # an endpoint's data may change at any moment
            g.site = Site(dataset, Reader(dataset.store, dataset.base))
        else:
            reader = kept.get(dataset.build)
            if reader is None or reader.store is not dataset.store:
                reader = Reader(dataset.store, dataset.base)
                kept.clear()
                kept[dataset.build] = reader
            g.site = Site(dataset, reader)
    found: Site = g.site
    return found


def the_day(name: str) -> str:
    """?on= or ?known= as an ISO date, "" if not given. A year or month means its first day. 400 for no date."""
    given = request.args.get(name, "").strip()
    day = as_day(given)
    if given and not day:
        raise Problem(
            400,
            f"{name}={given[:40]}: not a day of the calendar.",
            hint=f"Write it as {name}=2025-02-20; a month (2025-02) or a year (2025) means its first day.",
        )
    return day


def as_day(given: str) -> str:
    """The ISO date of a day, or of the first day of a year or month; "" for anything else."""
    if re.fullmatch(r"\d{4}", given):
        given += "-01"
    if re.fullmatch(r"\d{4}-\d{2}", given):
        given += "-01"
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        return ""


def dates() -> dict[str, str]:
    """The dates of this request, to be carried along by links."""
    return {name: day for name in ("on", "known") if (day := as_day(request.args.get(name, "").strip()))}


def without_dates() -> str:
    """The address of this page for today: with everything that it was asked for but the two days."""
    kept = pairs(("on", "known", "page"))
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def with_args(address: str, **more: str) -> str:
    """An address of ours with the dates of this request and these arguments; empty ones are left out."""
    args = {key: value for key, value in {**dates(), **more}.items() if value}
    return f"{address}?{urlencode(args)}" if args else address


def href(address: str) -> str:
    """Where an IRI leads: our page for a thing, the web for another http(s) address, "" for terms of a code list."""
    if address.startswith(site().base):
        path = address.removeprefix(site().base)
        if path.startswith("evidence/") and evidence.place(path):
            return evidence_href(address)
        return with_args("/things/" + quote(path, safe="/:@!$&'()*+,;=~%"))
    if address.startswith(OWN):
        return ""
    return address if re.match(r"https?://", address) else ""


def evidence_href(address: str) -> str:
    """The page that shows a sentence in its paragraph."""
    found = evidence.place(address)
    return with_args(f"/evidence/{found[0]}/{found[1]}-{found[2]}") if found else href(address)


def is_ours(address: str) -> bool:
    """Whether an IRI has a page here, so that its link needs no mark of leaving."""
    return address.startswith(site().base)


@cache
def vendor() -> dict[str, str]:
    """Plain name to hashed name of what the build script wrote; empty where it was not run."""
    path = VENDOR / "manifest.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def asset(name: str) -> str:
    """The address of a bundled file, "" where it was not built."""
    hashed = vendor().get(name)
    return url_for("static", filename=f"vendor/{hashed}") if hashed else ""


@cache
def style_version() -> str:
    """Changes with the style sheet, so that browsers may keep it for long."""
    return hashlib.sha256((VENDOR.parent / "site.css").read_bytes()).hexdigest()[:10]


def restated_note() -> str:
    """The words that stand on every page, drawer, citation and export of a restated dataset; else ""."""
    return RESTATED if site().manifest.restated else ""


def give(panel: Panel) -> Response:
    """A panel as CSV or JSON, as ?format= says. 400 for another format."""
    wanted = request.args.get("format", "csv")
    name = panel.name.replace("_", "-")
    if wanted == "json":
        return jsonify(as_json(panel, restated=site().manifest.restated))
    if wanted == "csv":
        text = as_csv(panel, restated=site().manifest.restated)
        return Response(
            text,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="{name}.csv"'},
        )
    raise Problem(400, f"format={wanted[:20]}: a panel comes as csv or json.")


def page(template: str, **more: Any) -> str:
    """Render a page; the dates of the request are checked first, so that a wrong one is never ignored."""
    return render_template(template, on=the_day("on"), known=the_day("known"), **more)


def pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    """All arguments of the request but these, for hidden fields of a form."""
    left_out = set(names)
    return [(key, value) for key, values in request.args.lists() if key not in left_out for value in values]


blueprint = Blueprint("frame", __name__)


@blueprint.post("/scheme")
def choose_scheme() -> ResponseReturnValue:
    """Keep the choice of colours in a cookie, so that the server sends the right page at once."""
    back = request.form.get("back", "/")
    if not re.fullmatch(r"/(?![/\\])[^\x00-\x20]*", back):
        back = "/"
    response = redirect(back, 303)
    chosen = request.form.get("scheme")
    if chosen in ("light", "dark"):
        response.set_cookie("scheme", chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("scheme")
    return response


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Hand the templates what they share."""
    state.app.jinja_env.filters["smooth"] = shown
    state.app.jinja_env.globals.update(
        asset=asset,
        code=code,
        dates=dates,
        evidence_href=evidence_href,
        href=href,
        is_ours=is_ours,
        legend_mark=legend_mark,
        linked=LINKED,
        navigation=NAVIGATION,
        other_args=pairs,
        outcomes=OUTCOMES,
        restated_note=restated_note,
        site=site,
        style_of=style_of,
        style_version=style_version,
        with_args=with_args,
        without_dates=without_dates,
    )
