"""Gathers things and facts on the way from a reading to an account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingest.dataset.results import Result
from ingest.evaluation import wording
from ingest.evaluation.account import Account, Doubt, Fact, Place, Thing, length, shared, slug
from ingest.evaluation.adapting import keys
from ingest.evaluation.gold import SELF
from ingest.model import Claim, Entity, Value

_CONTRIBUTION = "contribution"


@dataclass(slots=True)
class Collected:
    """An account in the making. names are those that the registers have for a thing, by its key."""

    result: Result
    own: frozenset[Entity]
    person_names: Mapping[Entity, str]
    register_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    mentions: dict[str, list[Place]] = field(default_factory=dict)
    nominal: dict[str, list[Place]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    def key(self, entity: Entity) -> str:
        """The key of an entity in this account: a person by name, the document itself as such."""
        if entity in self.own:
            return SELF
        if entity.kind == "person" and entity in self.person_names:
            return f"person:{slug(self.person_names[entity])}"
        if entity.kind == "duty":
            return f"instruction:{'/'.join(entity.key)}"
        return keys.of_entity(entity)

    def thing(self, key: str, places: Iterable[Place] = (), *, nominal: bool = False, name: str = "") -> str:
        """Adds a thing, or places where it is mentioned; the key, to go on with."""
        (self.nominal if nominal else self.mentions).setdefault(key, []).extend(places)
        self.mentions.setdefault(key, [])
        if name:
            self.names.setdefault(key, set()).add(slug(name))
        return key

    def fact(
        self, subject: str, predicate: str, target: str, claim: Claim,
        *, literal: bool = False, also: Iterable[str] = (), certainty: str | None = None,
    ) -> None:  # fmt: skip
        """Adds a relation with the words and the certainty of a claim."""
        said = certainty or claim.modality
        told = wording.value(predicate, target) if literal else target
        self.facts.append(Fact(subject, predicate, told, said, spans(claim), literal, frozenset(also)))

    def target(self, value: Entity | Value, near: Iterable[Place] = ()) -> tuple[str, bool]:
        """The object of a relation: the key of a thing, or a literal and that it is one."""
        if isinstance(value, Value):
            return value.text, True
        if value.kind == "concept":
            return value.key[-1].replace("-", " "), True
        return self.thing(self.key(value), near if value.kind == "person" else ()), False

    def find(self, words: str, near: Iterable[Place]) -> tuple[Place, ...]:
        """Where words stand in one of the stretches, blind to case and white space; empty if nowhere."""
        form = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)
        for start, end in near:
            if found := form.search(self.result.text, start, end):
                return (found.span(),)
        return ()

    def sentences(self, claim: Claim) -> tuple[Place, ...]:
        """The sentences that hold the words of a claim."""
        return tuple((start, end) for start, end, _ in self.result.passages.sentences(claim.spans))

    def account(self, doubts: tuple[Doubt, ...]) -> Account:
        """The account, without mentions that are part of a citation, a number or a longer name of the same thing."""
        self.thing(SELF)
        outer = self._outer()
        things = []
        for key, places in self.mentions.items():
            kept = tuple(sorted({place for place in places if not self._hidden(key, place, outer)}))
            if places and not kept and key not in self._related():
                continue
            names = frozenset(
                {slug(self.result.text[start:end]) for start, end in kept} | self.names.get(key, set()) - {""}
            )
            names |= self.register_names.get(key, frozenset())
            nominal = tuple(sorted(set(self.nominal.get(key, ()))))
            things.append(Thing(key, self.types.get(key, wording.type_of(key)), kept, nominal, names - {""}))
        return Account(self.result.text, tuple(things), tuple(dict.fromkeys(self.facts)), doubts)

    def _related(self) -> frozenset[str]:
        return frozenset(key for fact in self.facts for key in (fact.subject, fact.object))

    def _outer(self) -> list[tuple[str, Place]]:
        holders = ("document:", "contribution:")
        return [
            (key, place)
            for key, places in self.mentions.items()
            for place in places
            if wording.INSTRUMENT.match(key) or key.startswith(holders)
        ]

    def _hidden(self, key: str, place: Place, outer: list[tuple[str, Place]]) -> bool:
        if wording.INSTRUMENT.match(key) or key.startswith(("decision:", "instruction:", "topic:", "consultation:")):
            return False
        return any(other != key and shared(place, around) == length(place) < length(around) for other, around in outer)


def spans(claim: Claim) -> tuple[Place, ...]:
    """The words of a claim."""
    return tuple((span.start, span.end) for span in claim.spans)
