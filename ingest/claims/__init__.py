"""Facts, a rule module per subject: each has `claims(document) -> Iterator[Claim]`.

The facts about the document itself (number, date, meetings reported on) come with its metadata.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims import (
    bodies,
    citations,
    clauses,
    consultations,
    contributions,
    decisions,
    duties,
    mandates,
    meetings,
    people,
    positions,
    responses,
    topics,
)
from ingest.context import Document
from ingest.model import Claim, Finding

MODULES = (
    citations, clauses, mandates, meetings, consultations, contributions, bodies, people, decisions, topics, positions,
    duties,
)  # fmt: skip
"""The rule modules, in the order in which their claims are written."""

WITH_FINDINGS = (clauses, meetings, responses, contributions)
"""Those that meet on their way what a person should look at."""


def all_claims(document: Document) -> Iterator[Claim]:
    """Every claim of a document but those of its metadata."""
    for module in MODULES:
        yield from module.claims(document)


def all_findings(document: Document) -> Iterator[Finding]:
    """What the rules met on their way that a person should look at."""
    for module in WITH_FINDINGS:
        yield from module.findings(document)
