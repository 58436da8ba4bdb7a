"""Findings to quads: each with every passage involved, and a question; never a correction."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.graph.evidence import Passages
from ingest.graph.iris import digest
from ingest.graph.triples import Graph, iri, literal, write_evidence
from ingest.model import Entity, Finding, Value
from ontology.prefixes import expand

SEVERITIES = {"violation": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}


def finding_key(finding: Finding) -> str:
    """What makes two findings one: the check, the document, the words and the passages."""
    passages = [f"{file}:{span.start}-{span.end}" for file, span in finding.passages]
    return digest((finding.code, finding.document or "", finding.message, *passages))


def write_findings(
    graph: Graph, findings: Sequence[Finding], passages: Passages | None, document: Entity | None
) -> None:
    """Findings about one document; passages is its text, None where it could not be read or was kept out."""
    for finding in findings:
        node = graph.term(Entity("finding", (finding_key(finding),)))
        for curie in ("sh:ValidationResult", "dqv:QualityAnnotation", "rc:Finding"):
            graph.add(node, "rdf:type", iri(expand(curie)))
        graph.add(node, "rdfs:label", literal(Value(finding.code.replace("-", " "), language="en")))
        graph.add(node, "rc:code", graph.term(Entity("concept", ("finding-code", finding.code))))
        graph.add(node, "sh:resultSeverity", iri(expand(SEVERITIES[finding.severity])))
        graph.add(node, "sh:resultMessage", literal(Value(finding.message, language="en")))
        if finding.question:
            graph.add(node, "rc:question", literal(Value(finding.question, language="en")))
        if document is not None:
            graph.add(node, "rc:document", graph.term(document))
        if passages is not None:
            for passage in passages.sentences([span for _, span in finding.passages]):
                graph.add(node, "rc:evidence", write_evidence(graph, passages, passage))
