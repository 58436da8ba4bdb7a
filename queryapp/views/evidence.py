"""A sentence in its paragraph: the page behind every (i), and the drawer that shows the same."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from queryapp.evidence import Passage, passage, shown
from queryapp.panels import Reader, panel
from queryapp.views.frame import page, restated_note, site

blueprint = Blueprint("evidence", __name__)


@blueprint.get("/evidence/<file>/<int:start>-<int:end>")
def show(file: str, start: int, end: int) -> ResponseReturnValue:
    """The words at a place of a text as read. ?part=drawer gives the middle of the page alone."""
    reader, iri = site().reader, f"{site().base}evidence/{file}/{start}-{end}"
    found = passage(site().folder, file, start, end) or _from_graph(reader, iri, file, start, end)
    if found is None:
        abort(404, f"No text {file} with characters {start} to {end} is loaded here.")
    document = found.document or _document(reader, file)
    original = _original(reader, file, document)
    given = {
        "found": found,
        "iri": iri,
        "document": document,
        "document_label": found.document_label or (reader.label(document) if document else ""),
        "position": found.paragraph,
        "original": original,
        "facts": panel(reader, "evidence_facts", about=iri),
        "citation": citation(found, reader.label(document) if document else f"file {file}", original),
    }
    if request.args.get("part") == "drawer":
        return render_template("evidence_body.html", in_drawer=True, on="", known="", **given)
    return page("evidence.html", in_drawer=False, **given)


def _from_graph(reader: Reader, iri: str, file: str, start: int, end: int) -> Passage | None:
    """The words that the graph quotes, where the text itself is not here."""
    rows = reader.rows("evidence_quote", thing=iri)
    if not rows:
        return None
    row = rows[0]
    page_number = row.words("page")
    return Passage(
        file, start, end, "", shown(row.words("quote")), "",
        number=row.words("number") or None,
        page=int(page_number) if page_number.isdigit() else None,
        language=row.words("language") or None,
    )  # fmt: skip


def _document(reader: Reader, file: str) -> str:
    rows = reader.rows("file_document", thing=f"{reader.base}file/{file}")
    return rows[0]["document"].value if rows else ""


def _original(reader: Reader, file: str, document: str) -> str:
    """The way to the original: the register's address, else the document that a restatement restates."""
    rows = reader.rows("file_document", thing=f"{reader.base}file/{file}")
    given = [row.words(name) for row in rows for name in ("original", "source") if row.words(name)]
    return next((address for address in given if address.startswith(("http://", "https://"))), "")


def citation(found: Passage, label: str, original: str) -> str:
    """A citation that leads back to this sentence."""
    place = url_for("evidence.show", file=found.file, start=found.start, end=found.end, _external=True)
    note = restated_note() or ("restated, not the institution's words" if found.restated else "")
    parts = [f"{label}, {found.where}", *([f"[{note}]"] if note else []), original, place]
    return f"“{found.quote}” " + ". ".join(part for part in parts if part)
