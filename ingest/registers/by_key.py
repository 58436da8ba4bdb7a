"""Lookups of things by their key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from ingest.registers.loading import Tables
from ingest.registers.records import Body, NumberForm, Office, Person, State, Topic


class KeyLookup:
    """The part of a register that answers by key."""

    tables: Tables

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """Bodies by slug."""
        return MappingProxyType({body.slug: body for body in self.tables.bodies})

    @cached_property
    def offices(self) -> Mapping[str, Office]:
        """Offices by slug."""
        return MappingProxyType({office.slug: office for office in self.tables.offices})

    @cached_property
    def states(self) -> Mapping[str, State]:
        """States by ISO 3166-1 alpha-3 code."""
        return MappingProxyType({state.iso3: state for state in self.tables.states})

    @cached_property
    def persons(self) -> Mapping[str, Person]:
        """Persons by slug."""
        return MappingProxyType({person.slug: person for person in self.tables.persons})

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by slug."""
        return MappingProxyType({topic.slug: topic for topic in self.tables.topics})

    @property
    def number_forms(self) -> tuple[NumberForm, ...]:
        """The forms of document numbers, compiled, in the order in which they are tried."""
        return self.tables.number_forms

    def state(self, iso3: str) -> State | None:
        """The State with that code."""
        return self.states.get(iso3)
