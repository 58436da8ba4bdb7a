"""pySHACL over all shapes at once: slow, and the referee of the compiled queries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, Triple, serialize

if TYPE_CHECKING:
    from rdflib import Graph


def referee(store: Store, files: Sequence[Path]) -> frozenset[tuple[str, str]]:
    """Pairs of shape and focus node that plain pySHACL reports on the triples of all graphs of a store."""
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import SH
    from rdflib.plugins import sparql

    sparql.SPARQL_LOAD_GRAPHS = False  # FROM in a shape's query would otherwise read local files
    _conforms, results, _text = pyshacl.validate(
        _rdflib_graph(store), shacl_graph=_shapes(tuple(files)), inference=None, advanced=False
    )
    if not isinstance(results, Graph):
        raise TypeError(f"pySHACL failed: {results!r}")
    return frozenset(
        (str(results.value(result, SH.sourceShape)), str(results.value(result, SH.focusNode)))
        for result in results.objects(None, SH.result)
    )


def _rdflib_graph(store: Store) -> Graph:
    from rdflib import Graph

    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in store}
    data = serialize(triples, format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=data, format="nt")


@cache
def _shapes(files: tuple[Path, ...]) -> Graph:
    from rdflib import Graph

    graph = Graph()
    for path in files:
        graph.parse(path, format="turtle")
    return graph
