"""Which thing a person means by an IRI, an address below the base, or a name."""

from __future__ import annotations

import re
from pathlib import Path

from queryapp.errors import QueryError
from queryapp.panels import Reader
from queryapp.search import search


def resolve(reader: Reader, index: Path, given: str) -> str:
    """The IRI that a person means: an IRI, an address below the base, or a name that means exactly one thing.

    Raises QueryError with the candidates where several things have that name, and where none has.
    """
    if given.startswith(("http://", "https://")):
        return given
    address = reader.base + given.strip().strip("/")
    if re.fullmatch(r"[\w.-]+(/[^\s<>\"{}|^`\\]+)+", given.strip()) and reader.rows("thing_types", thing=address):
        return address
    found = search(index, given, ()).things
    exact = [thing for thing in found if thing.exact] or list(found)
    if len(exact) == 1:
        return exact[0].iri
    if not exact:
        raise QueryError(f"{given}: no such thing by that name or address.")
    names = "; ".join(f"{thing.label} ({thing.iri.removeprefix(reader.base)})" for thing in exact[:8])
    raise QueryError(f"{given} can mean several things: {names}. Give the address in brackets.")
