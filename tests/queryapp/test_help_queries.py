"""Every query that the help shows runs on the sample corpus, and finds something."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from ontology.prefixes import PREFIXES
from queryapp.asking import ask
from queryapp.config import Config

HELP = Path(__file__).parent.parent.parent / "queryapp" / "help"
QUERY = re.compile(r"(?:^ {4,}(?:SELECT|VALUES|GRAPH|FILTER|OPTIONAL|[?}]| ).*\n?)+", re.MULTILINE)


def queries() -> list[str]:
    """The indented blocks of the help that begin with SELECT."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HELP.glob("*.md")))
    blocks = [textwrap.dedent(found[0]).strip() for found in QUERY.finditer(text)]
    return [block for block in blocks if block.startswith("SELECT")]


def test_the_help_has_queries_for_both_clocks() -> None:
    assert sum("rc:knownUntil" in query for query in queries()) == 2
    assert len(queries()) >= 4


@pytest.mark.parametrize("query", queries())
def test_every_query_of_the_help_finds_something(query: str, sample_dataset: Path) -> None:
    base = "https://w3id.org/recalling/sample/id/"
    told = ask(Config(dataset=sample_dataset), query.replace(PREFIXES["id"], base), "csv")
    assert told.body.count(b"\n") > 1
