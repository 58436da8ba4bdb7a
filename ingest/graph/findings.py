"""Findings to quads: each with every passage involved, and a question; never a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.graph.evidence import Passages
from ingest.graph.iris import digest, file_key
from ingest.graph.triples import Graph, iri, literal, write_evidence
from ingest.model import Entity, Finding, Value
from ontology.prefixes import expand

SEVERITIES = {"violation": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}


def finding_key(finding: Finding) -> str:
    """What makes two findings one: the check, the document, the words and the passages."""
    passages = [f"{file}:{span.start}-{span.end}" for file, span in finding.passages]
    return digest((finding.code, finding.document or "", finding.message, *passages))


def write_findings(
    graph: Graph, findings: Sequence[Finding], documents: Mapping[str, Entity], passages: Mapping[str, Passages]
) -> None:
    """Findings about documents, both by the short checksums of their files.

    A finding is about the documents that its passages are in; one without passages about all of these documents. The
    passages of a text that is not given (it could not be read, or was kept out) are not quoted.
    """
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
        files = dict.fromkeys(file_key(checksum) for checksum, _ in finding.passages)
        for file in files or documents:
            if file in documents:
                graph.add(node, "rc:document", graph.term(documents[file]))
        for file in files:
            spans = [span for checksum, span in finding.passages if file_key(checksum) == file]
            for passage in passages[file].sentences(spans) if file in passages else ():
                graph.add(node, "rc:evidence", write_evidence(graph, passages[file], passage))
