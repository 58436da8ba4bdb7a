"""Every example of the shapes breaks exactly what `expected.csv` says, by our queries and by pySHACL."""

import csv
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse, serialize

from ingest.validation.referee import referee
from ingest.validation.shape_queries import load_rules, shape_files
from ingest.validation.validate import Validator, undeclared

SHAPES = Path(__file__).parents[2] / "shapes"
EXAMPLES = SHAPES / "examples"
APART = {kind: [SHAPES / f"{kind}.ttl", SHAPES / "prefixes.ttl"] for kind in ("ontology", "whole")}
"""Shapes that are not put to a document's graph, by the kind of their examples."""
NOT_SHAPES = {"undeclared-term"}

with (EXAMPLES / "expected.csv").open(encoding="utf-8", newline="") as table:
    EXPECTED = {row["file"]: set(row["shapes"].split()) for row in csv.DictReader(table)}


@cache
def validator(kind: str) -> Validator:
    return Validator(load_rules(APART[kind])) if kind in APART else Validator.load(SHAPES)


def triples(name: str) -> bytes:
    return serialize(parse(path=str(EXAMPLES / name), format=RdfFormat.TURTLE), format=RdfFormat.N_TRIPLES) or b""


def short(shape: str) -> str:
    return shape.rsplit("/", 1)[-1]


@pytest.mark.parametrize("name", EXPECTED)
def test_breaks_exactly_what_is_expected(name: str) -> None:
    kind, data = name.split(".")[0], triples(name)
    checked = validator(kind)
    store = checked.store(data)
    broken = {short(breach.rule.shape) for breach in checked.breaches(store)}
    if kind not in APART:
        broken |= {breach.rule.shape for breach in undeclared(store, data)}
    assert broken == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_referee_finds_the_same(name: str) -> None:
    kind = name.split(".")[0]
    checked = validator(kind)
    store = checked.store(triples(name))
    ours = {(breach.rule.shape, breach.focus) for breach in checked.breaches(store)}
    assert referee(store, APART.get(kind) or shape_files(SHAPES)) == ours
    assert {short(shape) for shape, _ in ours} == EXPECTED[name] - NOT_SHAPES


def test_every_shape_has_a_near_miss() -> None:
    shapes = {short(rule.shape) for kind in ("data", *APART) for rule in validator(kind).rules}
    assert shapes | NOT_SHAPES == set().union(*EXPECTED.values())


def test_every_example_is_expected() -> None:
    assert {path.name for path in EXAMPLES.glob("*.ttl")} == set(EXPECTED)


@pytest.mark.parametrize("name", [name for name, shapes in EXPECTED.items() if shapes])
def test_a_near_miss_is_the_valid_example_with_one_line_changed(name: str) -> None:
    valid = (EXAMPLES / f"{name.split('.')[0]}.ttl").read_text(encoding="utf-8").splitlines()
    miss = (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
    changed = [after for before, after in zip(valid, miss, strict=True) if before != after]
    assert len(changed) == 1
    assert "#" in changed[0]


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.ttl")), ids=lambda path: path.name)
def test_shapes_have_no_blank_nodes(path: Path) -> None:
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        assert not isinstance(triple.subject, BlankNode)
        assert not isinstance(triple.object, BlankNode)
