"""The verbs and nouns of decision, compiled from `decisions.toml`: kinds, voices, who may be the subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.rulebook import rules

ORGANS = frozenset({"own-body", "body", "chair", "office", "secretariat", "state", "person"})
"""Kinds of subject that can decide or ask."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of `decisions.toml`, compiled; speakers are the kinds of subject allowed, "none" the bare passive.

    plural is the form that only several subjects take ("Norland and Sudmark *propose*"), infinitive the one that a verb
    of decision governs ("decided to *postpone*"). open: any organ may be its subject.
    """

    kind: str
    regex: re.Pattern[str]
    active: bool
    passive: bool
    patient: bool
    speakers: frozenset[str]
    plural: re.Pattern[str] | None = None
    infinitive: re.Pattern[str] | None = None
    open: bool = True


@cache
def verbs() -> tuple[Verb, ...]:
    """The verbs of decision, in the order of the file."""
    return tuple(_verb(row) for row in rules("decisions")["verb"])


def _verb(row: dict[str, Any]) -> Verb:
    plural = rf"|(?:{row['plural']})\b" if "plural" in row else ""
    return Verb(
        kind=row["kind"],
        regex=re.compile(rf"\b(?:{row['regex']}{_negated(row)}{plural})"),
        active=row.get("active", False),
        passive=row.get("passive", False),
        patient=row.get("passive_patient", False),
        speakers=frozenset(row.get("speakers", [*ORGANS, "none"])),
        plural=re.compile(rf"(?:{row['plural']})\b") if "plural" in row else None,
        infinitive=re.compile(rf"(?:{row['infinitive']})\b") if "infinitive" in row else None,
        open="speakers" not in row,
    )


def _negated(row: dict[str, Any]) -> str:
    """The plain form of a verb where "did not" stands before it: "did not *approve* the loan"."""
    return rf"|(?<=\bnot\s)(?:{row['plain']})\b" if "plain" in row else ""


@cache
def nouns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Nouns that name a decision, with its kind."""
    return tuple((row["kind"], re.compile(row["regex"], re.IGNORECASE)) for row in rules("decisions")["noun"])


def governed(text: str, end: int, kind: str) -> str:
    """The kind of what is decided, where the verb that ends there governs it: "agreed to *take note of*"."""
    to = re.compile(r"\s+to\s+").match(text, end)
    if kind != "decision" or to is None:
        return kind
    return next((v.kind for v in verbs() if v.infinitive and v.infinitive.match(text, to.end())), kind)
