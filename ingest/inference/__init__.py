"""What follows from the claims of several documents: named rules, each conclusion with its premises.

A contribution without a recorded outcome, a duty without evidence of its being done: nothing is concluded from
silence. The rules' names, definitions and patterns are in `inference.toml`. Every rule looks at an archive as known
on one day and knows nothing of time: since when a conclusion is known is found by asking on other days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.inference.archive import Account, Archive, Keyed
from ingest.inference.conflicts import conflicting_accounts
from ingest.inference.fidelity import quotation_fidelity
from ingest.inference.held import consultations_held
from ingest.inference.lineage import clause_lineage
from ingest.inference.mandates import consultation_mandates
from ingest.inference.moves import mandates_moved
from ingest.inference.novelty import what_is_new
from ingest.inference.outdated import outdated_repetitions
from ingest.inference.superseded import superseded_revisions
from ingest.inference.verdicts import citation_verdicts
from ingest.model import Claim, Finding

__all__ = ["Account", "Archive", "Keyed", "doubts", "infer"]

RULES: tuple[Callable[[Archive], Iterator[Claim]], ...] = (
    consultation_mandates,
    consultations_held,
    conflicting_accounts,
    citation_verdicts,
    clause_lineage,
    quotation_fidelity,
    what_is_new,
)
"""The rules, in the order in which they are applied."""

CHECKS: tuple[Callable[[Archive], Iterator[Finding]], ...] = (
    mandates_moved,
    superseded_revisions,
    outdated_repetitions,
)
"""The checks that need more than one document, or more than a document."""


def infer(archive: Archive) -> Iterator[Claim]:
    """The conclusions of all rules, in the order of the rules and of their subjects."""
    for each in RULES:
        yield from each(archive)


def doubts(archive: Archive) -> Iterator[Finding]:
    """What does not add up between documents: findings with every passage and a question."""
    for each in CHECKS:
        yield from each(archive)
