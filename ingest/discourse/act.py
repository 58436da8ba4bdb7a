"""What the rules for decisions hand over: a clause in which somebody decides or asks."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.discourse.actors import Actor
from ingest.discourse.scope import Scope
from ingest.model import Modality


@dataclass(frozen=True, slots=True)
class Act:
    """A clause in which somebody decides or asks; offsets in the cleaned copy.

    prior is True where the clause tells of somebody else's earlier decision. lists is True where the clause is left
    open and its content are the items below. Actors of the kind "authors" are those of a paper ("the sponsors").
    """

    kind: str
    start: int
    end: int
    verb: tuple[int, int]
    actors: tuple[Actor, ...]
    assigned: tuple[Actor, ...]
    modality: Modality
    prior: bool
    scope: Scope
    lists: bool = False

    @property
    def content(self) -> int:
        """Where what is decided or asked begins: behind the verb, or, of an item, where the item does."""
        return self.verb[1] if self.start <= self.verb[0] < self.end else self.start
