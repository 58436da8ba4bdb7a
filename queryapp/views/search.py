"""The search page: things by name, sentences, questions."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

import ontology
from queryapp.queries import Question, load_all
from queryapp.search import Answer, search
from queryapp.views.frame import page, restated_note, site

blueprint = Blueprint("search", __name__)

COMPETENCY = Path(ontology.__file__).parent / "questions"
SIZE = 20


def questions() -> list[Question]:
    """Every stored question that a reader may ask: the competency questions, then those behind the pages."""
    competency = list(load_all(COMPETENCY)) if COMPETENCY.is_dir() else []
    return competency + list(load_all())


@blueprint.get("/search")
def show() -> ResponseReturnValue:
    """What was found for ?q=; ?page= turns the sentences over; ?format=json gives the same to programs."""
    number = max(1, request.args.get("page", 1, type=int))
    found = search(site().index, request.args.get("q", ""), questions(), limit=SIZE, offset=(number - 1) * SIZE)
    if request.args.get("format") == "json":
        return jsonify(_as_json(found))
    return page("search.html", found=found, number=number, has_index=site().index.is_file())


def _as_json(found: Answer) -> dict[str, object]:
    note = restated_note()
    return {
        "query": found.query,
        **({"note": note} if note else {}),
        "things": [{"iri": t.iri, "label": t.label, "kind": t.kind, "exact": t.exact} for t in found.things],
        "sentences": [
            {
                "document": s.document,
                "label": s.document_label,
                "evidence": f"/evidence/{s.file}/{s.start}-{s.end}",
                "paragraph": s.number,
                "words": "".join(s.parts),
            }
            for s in found.sentences
        ],
        "more": found.more,
        "questions": [{"name": q.name, "title": q.title, "question": q.question} for q in found.questions],
    }
