"""The guide's key of a thing, from its address below the base."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ingest.evaluation import wording
from ingest.evaluation.account import slug
from ingest.graph.iris import path
from ingest.model import Entity

_INSTRUMENTS = {"resolution": "res", "decision": "dec", "recommendation": "rec", "opinion": "op"}
_MARK = re.compile(r"~[0-9a-f]{6,16}$")
"""The mark of its text, behind a slug that could be that of many texts' bodies: no part of the guide's key."""
_RECORDS = frozenset({"decision", "position", "duty", "count", "status", "membership", "citation", "change"})
"""Kinds that are records of a text when their key is a file and an offset."""


def of_entity(entity: Entity) -> str:
    """The guide's key of an entity."""
    return of_path(path(entity))


def of_path(address: str) -> str:
    """The guide's key of what has this address below the base: "resolution/pp/61/2031" is "pp-res:61:2031"."""
    kind, *raw = address.split("/")
    parts = [_MARK.sub("", unquote(part)) for part in raw]
    match kind, parts:
        case _, [issuer, number, year, "clause", *order] if kind in _INSTRUMENTS:
            return f"{issuer}-{_INSTRUMENTS[kind]}:{number}:{year}#clause:{':'.join(order)}"
        case _, [issuer, number, *year] if kind in _INSTRUMENTS and len(year) < 2:
            return ":".join((f"{issuer}-{_INSTRUMENTS[kind]}", number, *year))
        case "document", [body, first, *rest] if rest:
            return f"document:{body}:{'/'.join((first, *rest))}"
        case "consultation", [_, *month]:
            return ":".join(("consultation", *month))
        case ("state", [code]):
            return f"country:{code}"
        case (("conference" | "session"), _):
            return ":".join(("event", *parts))
        case "topic", ["candidate", *name]:
            return ":".join(("topic", *name))
        case "event", [*name] if name:
            return f"event:{name[-1]}"
        case _:
            return wording.key(":".join((kind, *parts)))


def is_record(entity: Entity) -> bool:
    """Whether a thing has no name and is told apart by its words."""
    return entity.kind in _RECORDS


def of_text(words: str) -> str:
    """The key of what a text names without a register: a group of members, else a body."""
    kind = "group" if any(word in words.lower() for word in ("member", "administration", "delegation")) else "body"
    return wording.key(f"{kind}:{slug(words)}")
