"""What the service says of itself to machines: SPARQL service description and VoID."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from ontology.prefixes import PREFIXES
from queryapp.dataset import Dataset
from queryapp.formats import Format
from queryapp.graphs import node, write
from queryapp.queries import load

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def service_description(dataset: Dataset, endpoint: str, format_: Format) -> bytes:
    """The endpoint in the SPARQL 1.1 service description vocabulary, with the prefixes that editors read."""
    return write(_service(dataset, endpoint), format_)


def _service(dataset: Dataset, endpoint: str) -> Iterator[ox.Triple]:
    address = ox.NamedNode(endpoint)
    service, described, plain = (ox.NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph"))
    rdf_type = node("rdf:type")
    yield ox.Triple(service, rdf_type, ox.NamedNode(SD + "Service"))
    yield ox.Triple(service, ox.NamedNode(SD + "endpoint"), address)
    yield ox.Triple(service, ox.NamedNode(SD + "supportedLanguage"), ox.NamedNode(SD + "SPARQL11Query"))
    for name in RESULT_FORMATS:
        yield ox.Triple(service, ox.NamedNode(SD + "resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(service, ox.NamedNode(SD + "defaultDataset"), described)
    yield ox.Triple(described, rdf_type, ox.NamedNode(SD + "Dataset"))
    yield ox.Triple(described, node("dcterms:title"), ox.Literal(dataset.manifest.title, language="en"))
    yield ox.Triple(described, ox.NamedNode(SD + "defaultGraph"), plain)
    yield ox.Triple(plain, rdf_type, ox.NamedNode(SD + "Graph"))
    for prefix, namespace in prefixes(dataset).items():
        declared = ox.NamedNode(f"{endpoint}#prefix-{prefix}")
        yield ox.Triple(described, node("sh:declare"), declared)
        yield ox.Triple(declared, rdf_type, node("sh:PrefixDeclaration"))
        yield ox.Triple(declared, node("sh:prefix"), ox.Literal(prefix))
        yield ox.Triple(declared, node("sh:namespace"), ox.Literal(namespace, datatype=node("xsd:anyURI")))


def prefixes(dataset: Dataset) -> dict[str, str]:
    """The prefixes of the project, with "id" as this dataset has it."""
    return {**PREFIXES, "id": dataset.base}


def void(dataset: Dataset, root: str, format_: Format) -> bytes:
    """The dataset in VoID, with counts per class and per property of the default graph. root is the site's address."""
    return _void(dataset, root, format_)


@lru_cache(maxsize=16)
def _void(dataset: Dataset, root: str, format_: Format) -> bytes:
    return write(_void_triples(dataset, root), format_)


def _void_triples(dataset: Dataset, root: str) -> Iterator[ox.Triple]:
    itself = ox.NamedNode(f"{root}.well-known/void#dataset")
    restated = " (restated, not the institution's words)" if dataset.manifest.restated else ""
    yield ox.Triple(itself, node("rdf:type"), node("void:Dataset"))
    yield ox.Triple(itself, node("dcterms:title"), ox.Literal(dataset.manifest.title + restated, language="en"))
    yield ox.Triple(itself, node("void:sparqlEndpoint"), ox.NamedNode(root + "sparql"))
    yield ox.Triple(itself, node("void:uriSpace"), ox.Literal(dataset.base))
    for prefix, namespace in PREFIXES.items():
        if prefix not in ("id", "xsd", "rcs"):
            yield ox.Triple(itself, node("void:vocabulary"), ox.NamedNode(namespace))
    for kind, name, count in (
        ("class", "data_classes", "void:entities"),
        ("property", "data_properties", "void:triples"),
    ):
        for number, row in enumerate(dataset.store.select(load(name).query), 1):
            part = ox.NamedNode(f"{itself.value}-{kind}-{number}")
            yield ox.Triple(itself, node(f"void:{kind}Partition"), part)
            yield ox.Triple(part, node(f"void:{kind}"), ox.NamedNode(row["term"].value))
            yield ox.Triple(part, node(count), ox.Literal(row["count"].value, datatype=node("xsd:integer")))
