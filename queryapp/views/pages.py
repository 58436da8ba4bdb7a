"""Pages about the site itself: help, downloads, about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, request, send_file
from flask.typing import ResponseReturnValue
from markdown_it import MarkdownIt
from markupsafe import Markup

from ontology.prefixes import PREFIXES
from queryapp.problems import Problem
from queryapp.views.frame import VENDOR, page, restated_note, site

blueprint = Blueprint("pages", __name__)

HELP = Path(__file__).parent.parent / "help"


@dataclass(frozen=True, slots=True)
class Subject:
    """A help page: its address below /help, its title, its text as HTML."""

    name: str
    title: str
    body: Markup


@cache
def subjects() -> tuple[Subject, ...]:
    """The help pages in the order of their files' numbers."""
    return tuple(_subject(path) for path in sorted(HELP.glob("*.md")))


def _subject(path: Path) -> Subject:
    text = path.read_text("utf-8")
    title = re.match(r"# (.+)", text)
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    html = re.sub(r"<h([23])>(.*?)</h\1>", _anchored, html)
    html = html.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<div class="scroll" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>")
    return Subject(path.stem.partition("-")[2], title[1] if title else path.stem, Markup(html))  # noqa: S704  # ours


def _anchored(heading: re.Match[str]) -> str:
    anchor = re.sub(r"[^a-z0-9]+", "-", re.sub(r"<[^>]+>", "", heading[2]).lower()).strip("-")
    return f'<h{heading[1]} id="{anchor}">{heading[2]}</h{heading[1]}>'


@blueprint.get("/help")
@blueprint.get("/help/<name>")
def show_help(name: str = "") -> ResponseReturnValue:
    """A subject of the help, the first one without a name."""
    listed = subjects()
    found = next((each for each in listed if each.name == name), None) if name else listed[0]
    if found is None:
        raise Problem(
            404, f"There is no help about {name[:40]}.", hint=f"Subjects: {', '.join(s.name for s in listed)}."
        )
    here = replace(found, body=Markup(found.body.replace(PREFIXES["id"], site().base)))  # noqa: S704  # an address
    return page("help.html", subject=here, subjects=listed)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the dataset that may be taken away."""

    name: str
    what: str
    path: str
    size: int


FILES = (
    ("graph.nq", "the whole graph as sorted N-Quads, named graphs included"),
    ("findings.jsonl", "the findings, one JSON object per line"),
    ("manifest.json", "what was read, with checksums; versions, counts, timings"),
    ("search.sqlite", "full text, mentions and names in one SQLite file"),
)


MACHINES = (
    ("/sparql", "the SPARQL 1.1 endpoint, query only; its description without a query"),
    ("/.well-known/void", "what the graph holds, by class and property"),
    ("/ontology", "the terms and code lists"),
    ("/catalog.ttl", "the dataset as DCAT"),
    ("/examples.ttl", "the questions as sh:SPARQLExecutable"),
    ("/openapi.json", "the routes"),
)


@blueprint.get("/downloads")
def downloads() -> ResponseReturnValue:
    """What can be taken away, with sizes."""
    folder = site().folder
    files = [
        File(name, what, f"/downloads/{name}", (folder / name).stat().st_size)
        for name, what in FILES
        if (folder / name).is_file()
    ]
    routes = {str(rule) for rule in current_app.url_map.iter_rules()}
    return page(
        "downloads.html", files=files, machines=[(address, words) for address, words in MACHINES if address in routes]
    )


@blueprint.get("/downloads/<name>")
def download(name: str) -> ResponseReturnValue:
    """A file of the build that is being served."""
    if name not in {listed for listed, _ in FILES} or not (site().folder / name).is_file():
        raise Problem(404, f"{name[:40]}: no such file to download.", hint="What there is stands at /downloads.")
    kinds = {".nq": "application/n-quads", ".jsonl": "application/jsonl", ".json": "application/json"}
    kind = kinds.get(Path(name).suffix, "application/octet-stream")
    response: Response = send_file(
        (site().folder / name).resolve(), mimetype=kind, as_attachment=True, conditional=True
    )
    if restated_note():
        response.headers["X-Note"] = restated_note()
    return response


@blueprint.get("/about")
def about() -> ResponseReturnValue:
    """What this is, from which build, and whose work stands in the pages."""
    third = VENDOR / "THIRD_PARTY.txt"
    return page("about.html", third_party=third.is_file(), host=request.host_url.rstrip("/"))
