"""Document numbers to documents: body, meeting and number make one document; language and version do not count."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.context import Document
from ingest.model import Entity, Link, Mention
from ingest.resolving.names import body_slugs


def resolve(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The document that a number names, if a form of the registers reads it and knows whose series it is."""
    number = mention.parts["number"]
    reading = document.register.document_number(number)
    if reading is not None:
        return Link(mention, reading.entity, f"number of the form “{reading.form.name}”")
    series = mention.parts.get("series")
    bodies = body_slugs(series, document.register, document.metadata.body) if series else ()
    if len(bodies) == 1 and "meeting" in mention.parts:
        tail = number[len(series or "") :].lstrip(" -").split("-")[0].split("/")
        return Link(mention, Entity("document", (bodies[0], *tail)), f"“{series}” is a name of that body")
    return Link(mention, None, f"no register says whose series “{series or number}” is")
