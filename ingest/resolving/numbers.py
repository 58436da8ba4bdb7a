"""Document numbers to documents: body, meeting and number make one document; language and version do not count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.context import Document
from ingest.model import Entity, Link, Mention
from ingest.register import Register
from ingest.resolving.names import body_slugs

_NUMBER = re.compile(r"/(\w+(?:\.\d+)?)")


def resolve(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The document that a number names, if a form of the registers reads it and knows whose series it is."""
    entity, reason = entity_of(mention.parts, document.register, document.metadata.body)
    return Link(mention, entity, reason)


def entity_of(parts: Mapping[str, str], register: Register, home: str | None) -> tuple[Entity | None, str]:
    """The document that the parts of a number name in a document of a body, and how that is known."""
    number = parts["number"]
    reading = register.document_number(number)
    if reading is not None:
        return reading.entity, f"number of the form “{reading.form.name}”"
    series, meeting = parts.get("series"), parts.get("meeting")
    bodies = body_slugs(series.replace(" ", "-"), register, home) if series else ()
    if series and meeting and len(bodies) < 2:
        own = (bodies[0],) if bodies else _own_series(series, register)
        reason = f"“{series}” is a name of that body" if bodies else f"a series “{series}” of this text's own"
        if own is not None:
            return Entity("document", (*own, *_within(number, series, meeting))), reason
    return None, f"no register says whose series “{series or number}” is"


def _own_series(series: str, register: Register) -> tuple[str, ...] | None:
    """The letters of a series that no register knows, as parts of a key; None where a registered body has this key."""
    slugs = tuple(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in series.split("/"))
    return None if slugs[0] in register.bodies else slugs


def _within(number: str, series: str, meeting: str) -> tuple[str, str]:
    """Meeting and number within a series; an addendum is a paper of its own, a revision is not."""
    tail = number[len(series) :].lstrip(" -/")
    own = _NUMBER.match(tail, len(meeting))
    added = re.search(r"Add\. ?(\d+)", tail)
    return meeting, (own[1].lower() if own else tail) + (f"-add.{added[1]}" if added else "")
