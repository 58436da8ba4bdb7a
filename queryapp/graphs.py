"""Writes small graphs of the project's own in any of the graph formats."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from ontology.prefixes import PREFIXES, expand
from queryapp.formats import Format

OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def write(triples: Iterable[ox.Triple], format_: Format) -> bytes:
    """The triples, each once, in an order that is the same every time."""
    ordered = sorted(set(triples), key=str)
    prefixes = used(ordered) if format_.name in ("ttl", "rdf") else None
    found = ox.serialize(ordered, format=OXIGRAPH[format_.name], prefixes=prefixes)
    assert found is not None  # noqa: S101  # without an output the bytes come back
    return _with_sorted_prefixes(found) if format_.name == "ttl" else found


def used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes that the triples need. Things and codes are written out: a name with slashes is no shorter."""
    met = {part.value for triple in triples for part in triple if isinstance(part, ox.NamedNode)}
    met |= {triple.object.datatype.value for triple in triples if isinstance(triple.object, ox.Literal)}
    return {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if prefix not in ("id", "rcs") and any(iri.startswith(namespace) for iri in met)
    }


def _with_sorted_prefixes(turtle: bytes) -> bytes:
    """The writer puts prefixes in any order; the same graph is to give the same bytes."""
    lines = turtle.splitlines(keepends=True)
    head = 0
    while head < len(lines) and lines[head].startswith(b"@prefix "):
        head += 1
    return b"".join((*sorted(lines[:head]), *lines[head:]))


def node(curie: str) -> ox.NamedNode:
    """The node of a prefixed name."""
    return ox.NamedNode(expand(curie))
