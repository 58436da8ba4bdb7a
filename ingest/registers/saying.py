"""Claims that rest on a register row, said shortly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Claim, Entity, Modality, Value
from ingest.registers.tables import Row

RULE = "register"


@dataclass(frozen=True, slots=True)
class Sayer:
    """Makes claims about one thing on the word of one row."""

    subject: Entity
    row: Row

    def __call__(
        self,
        predicate: str,
        said: Entity | Value,
        column: str = "",
        *,
        modality: Modality = "asserted",
        rule: str = RULE,
        details: tuple[tuple[str, Entity | Value], ...] = (),
    ) -> Claim:
        """One claim; column is the cell that it rests on, so that an unverified cell gives an unverified row."""
        row = self.row.covering(column).name
        return Claim(self.subject, predicate, said, modality, "register", rule, row=row, details=details)

    def described(self, label: str, *classes: str) -> Iterator[Claim]:
        """Its classes, as prefixed names, and its English label."""
        for curie in classes:
            yield self("rdf:type", Value(curie, "curie"))
        yield self("rdfs:label", Value(label, language="en"))

    def stated(
        self, *facts: tuple[str, Entity | Value | None, str], modality: Modality = "asserted"
    ) -> Iterator[Claim]:
        """Claims of (predicate, value, column) for the values that are known."""
        for predicate, value, column in facts:
            if value is not None:
                yield self(predicate, value, column, modality=modality)


def concept(scheme: str, term: str) -> Entity:
    """A term of a code list of the ontology."""
    return Entity("concept", (scheme, term))


def text(words: str | None) -> Value | None:
    """Words as a literal."""
    return Value(words) if words else None


def number(digits: str | None) -> Value | None:
    """A whole number as a literal."""
    return Value(digits, "xsd:integer") if digits else None


def date(known: str | None) -> Value | None:
    """A date with the datatype of its precision; None for an interval."""
    if known is None or "/" in known:
        return None
    return Value(known, {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(known), "xsd:date"))
