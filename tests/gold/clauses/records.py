"""The clauses of a text, as the gold has them and as a reading claims them."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.model import Claim, Entity, Value

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class GoldClause:
    """A clause as the gold has it; roles are the terms that are right, the first preferred.

    instrument counts the instruments of the text, from 1; parties are the addressees one by one.
    """

    instrument: int
    position: int
    part: str
    roles: tuple[str, ...]
    addressee: str | None
    parties: tuple[str, ...]
    number: str | None
    parent: int | None
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause as it was read; first and last are the numbers of its words in the text as read."""

    instrument: Entity
    key: Entity
    first: int
    last: int
    role: str
    addressees: tuple[Entity | Value, ...]
    number: str | None
    parent: Entity | None


def words(text: str) -> list[str]:
    """The words of a text: lower case, plain letters, no signs."""
    plain = unicodedata.normalize("NFKD", text)
    return WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).lower())


# --- gold and reading -----------------------------------------------------------------------------------------------


def gold_clauses(path: Path) -> tuple[Mapping[str, str], tuple[GoldClause, ...]]:
    """What a gold file says of its text (language, genre), and its clauses in the order of the text."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    return {name: gold[name] for name in ("language", "genre")}, tuple(
        _gold(order, clause)
        for order, instrument in enumerate(gold["instruments"], 1)
        for clause in instrument["clauses"]
    )


def _gold(instrument: int, clause: Mapping[str, Any]) -> GoldClause:
    addressee = clause["addressee"]
    return GoldClause(
        instrument,
        clause["position"],
        clause["part"],
        (clause["role"], *clause.get("also", ())),
        addressee,
        tuple(clause.get("addressees", (addressee,) if addressee else ())),
        clause["number"],
        clause["parent"],
        clause["begins"],
        clause["ends"],
    )


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text as read, each with its start and end in it."""

    said: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Cut a text into words."""
        found = [
            (word, match.start(), match.end()) for match in WORD.finditer(text) for word in words(match[0])[:1] or [""]
        ]
        return cls(tuple(word for word, _, _ in found), tuple((start, end) for _, start, end in found))

    def after(self, offset: int) -> int:
        """The number of the first word that ends behind an offset."""
        return bisect_right(self.spans, offset, key=lambda span: span[1])

    def before(self, offset: int) -> int:
        """The number of the last word that begins before an offset."""
        return bisect_left(self.spans, offset, key=lambda span: span[0]) - 1

    def find(self, sought: Sequence[str], start: int) -> int | None:
        """Where words stand, from the start-th word on."""
        size = len(sought)
        return next(
            (i for i in range(start, len(self.said) - size + 1) if list(self.said[i : i + size]) == list(sought)), None
        )


def read_clauses(claims: Iterable[Claim], text: Text) -> list[ReadClause]:
    """The clauses that a reading claims, in the order of their first words."""
    clauses = [
        _read(claim, claim.object, text)
        for claim in claims
        if claim.predicate == "eli:has_part"
        and isinstance(claim.object, Entity)
        and claim.spans
        and not any(name == "rc:quotedIn" for name, _ in claim.details)  # a clause of another text
    ]
    return sorted(clauses, key=lambda clause: (clause.first, clause.last))


def _read(claim: Claim, key: Entity, text: Text) -> ReadClause:
    said: dict[str, list[Entity | Value]] = {}
    for name, value in claim.details:
        said.setdefault(name, []).append(value)
    role, number, parent = (
        next(iter(said.get(name, ())), None) for name in ("rc:clauseRole", "rc:numberAsPrinted", "rc:parentClause")
    )
    return ReadClause(
        claim.subject,
        key,
        text.after(claim.spans[0].start),
        text.before(claim.spans[-1].end),
        role.key[-1] if isinstance(role, Entity) else "",
        tuple(said.get("rc:addressee", ())),
        number.text if isinstance(number, Value) else None,
        parent if isinstance(parent, Entity) else None,
    )
