"""Walks a whole built graph: nothing without evidence, no quote that is not in its text, no blank node."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from ontology.prefixes import expand

DATASETS = [
    "sample_dataset",
    pytest.param("corpus_dataset", marks=pytest.mark.corpus),
]


@cache
def loaded(path: Path) -> Store:
    store = Store()
    store.bulk_load(path=str(path / "graph.nq"), format=RdfFormat.N_QUADS)
    return store


@pytest.fixture(params=DATASETS)
def version(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return (folder / "current").resolve()


def term(curie: str) -> NamedNode:
    return NamedNode(expand(curie))


def objects(store: Store, subject: object, curie: str) -> list[object]:
    return [quad.object for quad in store.quads_for_pattern(subject, term(curie), None)]  # type: ignore[arg-type]


def of_class(store: Store, curie: str) -> set[object]:
    return {quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), term(curie))}


def one(store: Store, subject: object, curie: str) -> str:
    [found] = set(objects(store, subject, curie))
    assert isinstance(found, (Literal, NamedNode))
    return found.value


def test_every_quote_is_the_exact_slice_of_its_text(version: Path) -> None:
    store = loaded(version)
    texts = {path.stem: path.read_bytes().decode() for path in (version / "texts").iterdir()}
    annotations = of_class(store, "oa:Annotation")
    assert len(annotations) > 50
    for annotation in annotations:
        [target] = set(objects(store, annotation, "oa:hasTarget"))
        file = one(store, target, "oa:hasSource").rsplit("/", 1)[1]
        selectors = {kind: selector for selector in objects(store, target, "oa:hasSelector")
                     for kind in (one(store, selector, "rdf:type"),)}  # fmt: skip
        quote = one(store, selectors[expand("oa:TextQuoteSelector")], "oa:exact")
        place = selectors[expand("oa:TextPositionSelector")]
        start, end = int(one(store, place, "oa:start")), int(one(store, place, "oa:end"))
        assert texts[file][start:end] == quote
        assert quote.strip()


def test_every_assertion_has_evidence_or_a_row_or_premises(version: Path) -> None:
    store = loaded(version)
    needs = {"text": "rc:evidence", "register": "rc:registerRow", "rule": "rc:premise"}
    assertions = of_class(store, "rc:Assertion")
    for assertion in assertions:
        basis = one(store, assertion, "rc:basis").rsplit("/", 1)[1]
        found = objects(store, assertion, needs[basis])
        if basis == "rule" and not found:
            assert one(store, assertion, "rdf:predicate") == expand("rc:embodiedBy")
            continue
        assert found, (assertion, basis)


def test_every_premise_row_and_evidence_is_described(version: Path) -> None:
    store = loaded(version)
    for curie in ("rc:evidence", "rc:registerRow", "rc:premise"):
        for quad in store.quads_for_pattern(None, term(curie), None):
            assert objects(store, quad.object, "rdf:type"), quad


def test_only_asserted_facts_are_plain_triples(version: Path) -> None:
    store = loaded(version)
    modalities: dict[tuple[object, ...], set[str]] = {}
    for assertion in of_class(store, "rc:Assertion"):
        spoken = tuple(objects(store, assertion, f"rdf:{part}")[0] for part in ("subject", "predicate", "object"))
        how = "overturned" if objects(store, assertion, "rc:knownUntil") else one(store, assertion, "rc:modality")
        modalities.setdefault(spoken, set()).add(how.rsplit("/", 1)[-1])
    for (subject, predicate, said), found in modalities.items():
        assert isinstance(subject, NamedNode)
        assert isinstance(predicate, NamedNode)
        assert isinstance(said, (NamedNode, Literal))
        plain = any(store.quads_for_pattern(subject, predicate, said, DefaultGraph()))
        if plain and "asserted" not in found:
            pytest.fail(f"{subject} {predicate} {said} is plain but only {found}")
        assert plain or "asserted" not in found


def quads(version: Path) -> Iterator[Quad]:
    return parse(path=str(version / "graph.nq"), format=RdfFormat.N_QUADS)


def test_there_are_no_blank_nodes_and_no_unknown_terms(version: Path) -> None:
    for quad in quads(version):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_the_graph_is_sorted_and_has_no_line_twice(version: Path) -> None:
    lines = (version / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


NAMED = (
    "rc:Document", "rc:Meeting", "eli:LegalResource", "eli:ComplexWork", "rc:OpenConsultation", "org:Organization",
    "eli-dl:Decision", "rc:Position", "pso:StatusInTime", "rc:Clause", "rc:Finding",
)  # fmt: skip


def test_everything_named_has_a_label(version: Path) -> None:
    store = loaded(version)
    for curie in NAMED:
        for thing in of_class(store, curie):
            assert objects(store, thing, "rdfs:label"), thing


def test_nothing_of_the_corpus_is_kept_out(version: Path) -> None:
    findings = (version / "findings.jsonl").read_text(encoding="utf-8")
    assert '"code": "shape-violation", "document"' not in findings or '"severity": "violation"' not in findings
