"""The graph of a dataset in RDF formats."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, RdfFormat, Store

from ingest.dataset import Dataset
from ingest.errors import IngestError
from ingest.graph.iris import Minter
from ingest.graph.triples import iri, literal
from ingest.model import Entity, Value
from ontology.prefixes import PREFIXES, expand

_DATASET_FORMATS = {"trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
_GRAPH_FORMATS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}


def export_graph(folder: Path, form: str, out: IO[bytes], *, mentions: bool = False) -> None:
    """Write the dataset's graph: all of it (nquads, trig, jsonld) or the default graph (turtle, ntriples).

    mentions adds each bare mention as a web annotation; only the formats that hold named graphs take them.
    """
    dataset = Dataset(folder)
    version, manifest = dataset.current(), dataset.manifest()
    if version is None or manifest is None:
        raise IngestError(f"{folder}: no dataset here. Make one with: recalling build --out {folder}")
    if mentions and form in _GRAPH_FORMATS:
        raise IngestError(
            f"Mentions stand in graphs of their own, which {form} cannot hold. Take nquads, trig or jsonld."
        )
    if form == "nquads":
        with (version / "graph.nq").open("rb") as lines:
            shutil.copyfileobj(lines, out)
        for line in _mentions(version, Minter(manifest["base"])) if mentions else ():
            out.write(line.encode())
        return
    store = Store.read_only(str(version / "store"))
    if mentions:
        store = Store()
        store.bulk_load(path=str(version / "graph.nq"), format=RdfFormat.N_QUADS)
        store.bulk_load("".join(_mentions(version, Minter(manifest["base"]))).encode(), format=RdfFormat.N_QUADS)
    prefixes = {name: address for name, address in PREFIXES.items() if name != "id"} | {"id": manifest["base"]}
    if form in _DATASET_FORMATS:
        store.dump(out, format=_DATASET_FORMATS[form], prefixes=prefixes)
    else:
        store.dump(out, format=_GRAPH_FORMATS[form], from_graph=DefaultGraph(), prefixes=prefixes)


def _mentions(version: Path, minter: Minter) -> Iterator[str]:
    connection = sqlite3.connect(f"file:{version / 'search.sqlite'}?mode=ro", uri=True)
    try:
        rows = connection.execute('SELECT id, file, start, "end", iri FROM mention ORDER BY file, start, id')
        for number, file, start, end, target in rows:
            text = (version / "texts" / f"{file}.txt").read_bytes().decode()
            yield from _annotation(
                minter,
                f"{minter.base}mention/{file}/{start}-{end}/{number}",
                file,
                text[start:end],
                (start, end),
                target,
            )
    finally:
        connection.close()


def _annotation(
    minter: Minter, node: str, file: str, quote: str, place: tuple[int, int], target: str | None
) -> Iterator[str]:
    graph = f"<{minter.base}graph/mentions/{file}>"
    source = f"<{minter.iri(Entity('file', (file,)))}>"
    triples = [
        (f"<{node}>", "rdf:type", iri(expand("oa:Annotation"))),
        (f"<{node}>", "oa:hasTarget", f"<{node}/target>"),
        (f"<{node}/target>", "rdf:type", iri(expand("oa:SpecificResource"))),
        (f"<{node}/target>", "oa:hasSource", source),
        (f"<{node}/target>", "oa:hasSelector", f"<{node}/quote>"),
        (f"<{node}/target>", "oa:hasSelector", f"<{node}/position>"),
        (f"<{node}/quote>", "rdf:type", iri(expand("oa:TextQuoteSelector"))),
        (f"<{node}/quote>", "oa:exact", literal(Value(quote))),
        (f"<{node}/position>", "rdf:type", iri(expand("oa:TextPositionSelector"))),
        (f"<{node}/position>", "oa:start", literal(Value(str(place[0]), "xsd:nonNegativeInteger"))),
        (f"<{node}/position>", "oa:end", literal(Value(str(place[1]), "xsd:nonNegativeInteger"))),
    ]
    if target:
        triples.append((f"<{node}>", "oa:hasBody", f"<{target}>"))
    for subject, predicate, said in triples:
        yield f"{subject} <{expand(predicate)}> {said} {graph} .\n"
