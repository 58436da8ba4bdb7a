"""The house as a whole: which side imports what, and what stands where."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOP_LEVEL = {"ontology", "data", "ingest", "queryapp", "shapes", "tests"}
FORBIDDEN = {
    "ingest": {"queryapp", "flask", "tests"},
    "queryapp": {"ingest", "tests"},
    "ontology": {"ingest", "queryapp", "tests"},
}


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("side", sorted(FORBIDDEN))
def test_a_side_imports_nothing_of_the_other(side: str) -> None:
    found = {
        str(path.relative_to(ROOT)): sorted(imported(path) & FORBIDDEN[side]) for path in (ROOT / side).rglob("*.py")
    }
    assert {path: names for path, names in found.items() if names} == {}


def test_only_triples_and_its_peers_make_quads() -> None:
    writers = {
        path.name for path in (ROOT / "ingest").rglob("*.py") if "graph.add(" in path.read_text(encoding="utf-8")
    }
    assert writers <= {"triples.py", "findings.py", "knowledge.py", "describe.py", "provenance.py", "annotations.py"}


def test_no_sparql_in_python() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for side in ("ingest", "queryapp", "ontology")
        for path in (ROOT / side).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "WHERE {" in node.value
        and "PREFIX" in node.value
    ]
    assert offenders == []
