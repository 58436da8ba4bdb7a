"""Lookups by name: what a stretch of text names, and all names for building finders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ingest.model import Entity
from ingest.registers.by_key import KeyLookup
from ingest.registers.folding import fold
from ingest.registers.grouping import grouped
from ingest.registers.naming import later_event
from ingest.registers.records import Name, Person, State, Topic


class NameLookup(KeyLookup):
    """The part of a register that answers by name."""

    def named(self, kind: str) -> tuple[Name, ...]:
        """Every way to write things of a kind (body, office, state, person, topic, event), with its flags."""
        return self._names_by_kind.get(kind, ())

    def names(self, kind: str, *, context: bool = False) -> tuple[tuple[str, Entity], ...]:
        """Pairs of a name as written and what it names, for building finders; longest names first.

        kind is body, office, state, person, topic, event, or "adjective" for words such as "Ruritanian" that stand
        for a State. Names that need context are left out unless asked for; topics' keywords always are.
        """
        wanted = "state" if kind == "adjective" else kind
        kept = (
            name
            for name in self.named(wanted)
            if (name.form == "adjective") == (kind == "adjective")
            and name.form != "keyword"
            and (context or not name.context)
        )
        return tuple(
            sorted(((n.text, n.entity) for n in kept), key=lambda pair: (-len(pair[0]), pair[0], str(pair[1])))
        )

    def entities_named(self, text: str, *kinds: str, context: bool = False) -> tuple[Entity, ...]:
        """What the text names, of the given kinds (all by default), each once; case counts only in short codes."""
        found = self._names_by_text.get(fold(text), ())
        kept = (
            name.entity
            for name in found
            if (not kinds or self._kind_of(name) in kinds) and (context or not name.context) and name.form != "keyword"
        )
        return tuple(dict.fromkeys(kept))

    def body_named(self, text: str, context_body: str | None = None) -> tuple[str, ...]:
        """Slugs of the bodies that the text names: none, one, or the candidates.

        A name that needs context ("the Group", "the Council") counts only with context_body, the body whose document
        this is, and then names that body, its parent, or a body of the same institution, in this order.
        """
        sure = tuple(entity.key[0] for entity in self.entities_named(text, "body"))
        if sure or context_body is None:
            return sure
        loose = [entity.key[0] for entity in self.entities_named(text, "body", context=True)]
        if context_body in loose:
            return (context_body,)
        line = self.ancestors(context_body)
        for ancestor in line:
            if ancestor in loose:
                return (ancestor,)
        root = line[-1] if line else context_body
        return tuple(slug for slug in loose if root in self.ancestors(slug))

    def short_name(self, slug: str) -> str:
        """A body's first abbreviation that needs no context ("CWG-Internet"), else its label, else the slug."""
        for name in self.named("body"):
            if name.entity.key == (slug,) and name.form == "abbreviation" and not name.context:
                return name.text
        return self.bodies[slug].label if slug in self.bodies else slug

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """The bodies above a body, the nearest first."""
        found: list[str] = []
        body = self.bodies.get(slug)
        while body is not None and body.parent is not None and body.parent not in found:
            found.append(body.parent)
            body = self.bodies.get(body.parent)
        return tuple(found)

    def office_named(self, text: str, *, context: bool = False) -> tuple[str, ...]:
        """Slugs of the offices that the text names."""
        return tuple(e.key[0] for e in self.entities_named(text, "office", context=context))

    def state_named(self, text: str, *, adjectives: bool = False) -> State | None:
        """The State that the text names, whole; adjectives ("Ruritanian") only when asked for."""
        found = {
            name.entity.key[0]
            for name in self._names_by_text.get(fold(text), ())
            if name.entity.kind == "state" and not name.context and (adjectives or name.form != "adjective")
        }
        return self.states.get(found.pop()) if len(found) == 1 else None

    def person_named(self, text: str) -> tuple[Person, ...]:
        """The persons of that name."""
        return tuple(self.persons[e.key[0]] for e in self.entities_named(text, "person"))

    def topic_named(self, text: str) -> tuple[Topic, ...]:
        """The topics with that label or alternative label (not those with it as a keyword)."""
        return tuple(self.topics[e.key[0]] for e in self.entities_named(text, "topic"))

    @cached_property
    def topic_keywords(self) -> tuple[tuple[str, Entity], ...]:
        """Pairs of a word or phrase and the topic that it speaks for, longest first; weaker than a name."""
        pairs = ((n.text, n.entity) for n in self.named("topic") if n.form == "keyword")
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0], str(pair[1]))))

    def event_named(self, text: str) -> tuple[Entity, ...]:
        """The conferences, sessions and other events that the text names.

        One in a year after all that the register knows of its body is named by its form alone ("2042 Summit").
        """
        found = self.entities_named(text, "event")
        if found or self.entities_named(text, "event", context=True):
            return found
        later = later_event(text, self.tables.event_forms, self.tables.events)
        return (later,) if later else ()

    @cached_property
    def _names_by_kind(self) -> Mapping[str, tuple[Name, ...]]:
        return grouped(self.tables.names, self._kind_of)

    @cached_property
    def _names_by_text(self) -> Mapping[str, tuple[Name, ...]]:
        return grouped(self.tables.names, lambda name: fold(name.text))

    @staticmethod
    def _kind_of(name: Name) -> str:
        return "event" if name.entity.kind in ("conference", "session") else name.entity.kind
