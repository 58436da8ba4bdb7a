"""Mints IRIs: the one place that turns an entity's key into an address.

An IRI is the base, a path that names the kind, and the parts of the key, each percent-encoded. It never
changes when knowledge grows: dates, titles and positions in a series are properties, not parts of a key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from ingest.model import Entity, Span
from ontology.prefixes import expand

DEFAULT_BASE = "https://w3id.org/recalling/id/"
SAMPLE_BASE = "https://w3id.org/recalling/sample/id/"
"""Where restatements live: they never share an address with the institution's own documents."""

FILE_DIGITS = 20
"""Hexadecimal digits of a file's SHA-256 that serve as its key: 80 bits."""

UNPREFIXED = frozenset({"instrument", "revision", "clause"})
"""Kinds whose key begins with the kind of instrument ("resolution", "decision"), which names the path.

The key of a clause is that of its text and its position; it begins with "unidentified" in a text known by its place.
"""


def file_key(checksum: str) -> str:
    """The short form of a file's checksum that stands in IRIs and file names of a dataset."""
    return checksum[:FILE_DIGITS]


def digest(parts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that stand for the parts in their order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def path(entity: Entity) -> str:
    """The entity's address below the base, for example "meeting/cwg-internet/18"."""
    parts = [quote(part, safe="") for part in entity.key]
    match entity.kind:
        case "clause":
            return "/".join((*parts[:-1], "clause", parts[-1]))
        case "row":
            return "/".join(("register", *parts))
        case kind if kind in UNPREFIXED:
            return "/".join(parts)
        case kind:
            return "/".join((kind, *parts))


class Minter:
    """Addresses below one base."""

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        self.base = base

    def iri(self, entity: Entity) -> str:
        """The entity's IRI. Terms of code lists live with the ontology, whatever the base."""
        if entity.kind == "concept":
            return expand("rcs:" + "/".join(quote(part, safe="") for part in entity.key))
        return self.base + path(entity)

    def graph(self, entity: Entity) -> str:
        """The named graph that holds what this document, register or process states."""
        return f"{self.base}graph/{path(entity)}"

    def paragraph(self, file: str, order: int) -> str:
        """A block of a file as read, by its order from 1."""
        return f"{self.base}file/{file}/p/{order}"

    def evidence(self, file: str, span: Span) -> str:
        """A stretch of a file as read that serves as evidence."""
        return f"{self.base}evidence/{file}/{span.start}-{span.end}"
