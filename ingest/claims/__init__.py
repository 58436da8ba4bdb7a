"""Facts, a rule module per subject: each has `claims(document) -> Iterator[Claim]`."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims import citations
from ingest.context import Document
from ingest.model import Claim, Finding

MODULES = (citations,)
"""The rule modules, in the order in which their claims are written."""


def all_claims(document: Document) -> Iterator[Claim]:
    """Every claim of a document but those of its metadata."""
    for module in MODULES:
        yield from module.claims(document)


def all_findings(document: Document) -> Iterator[Finding]:
    """What the rules met on their way that a person should look at."""
    yield from ()
