"""What a mandate trace is made of: cards in the order of the hops, each with the accounts that brought us there."""

from __future__ import annotations

from dataclasses import dataclass

from queryapp.evidence import Known

ROLES = ("output", "activity", "decision", "delegation", "clause")
QUESTIONS = {
    "output": "What came of it, and where did that go?",
    "activity": "What is carried out?",
    "decision": "At which meeting, by what decision?",
    "delegation": "Which resolution sets the terms of reference or the modality?",
    "clause": "Which clause of which resolution mandates it?",
}
OUTPUT = ("summarisedIn", "summarySubmittedTo")
DECIDED = ("decidedAt", "launchedAt", "takenAt")
DELEGATED = ("termsOfReferenceIn", "consultationModalityIn", "establishedBy")
MANDATED = ("mandatedBy", "inAccordanceWith", "had_legal_basis")

WORDS = {
    "summarisedIn": "summarised in",
    "summarySubmittedTo": "summary submitted to",
    "decidedAt": "decided at",
    "launchedAt": "launched at",
    "takenAt": "taken at",
    "termsOfReferenceIn": "terms of reference in",
    "consultationModalityIn": "modality of consultation in",
    "establishedBy": "established by",
    "mandatedBy": "now governed by",
    "inAccordanceWith": "in accordance with",
    "had_legal_basis": "legal basis",
    "conductedBy": "conducted by",
    "laysDown": "lays down",
    "concerns": "concerns",
    "heldInferred": "held",
    "reportsOn": "reports on",
    "is_part_of": "clause of",
    "is_member_of": "revision of",
}


ASKED = "the day asked for"
"""Why a trace is judged by its day, where that is not the activity's own."""

BASED = tuple(WORDS[tie] for tie in ("mandatedBy", "laysDown", "had_legal_basis"))
"""Ties that name a mandate of the thing itself; others say what its body works in accordance with."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on the way, and the tie that brought us there; iri is "" for what a source only words.

    phrase is the thing as a headline names it, "" for its label. force is what can be said of it on the day, and off
    whether it was then not so, which is said only of a day that was asked for;
    earlier: a later revision of the same text, known by that day, stands beside it. own is the evidence of a clause's
    own words, and sentence the one piece of evidence that states the tie, or else the clause. unsure: another account
    names another text for the same, which was in force on the day, while of this one nobody can tell.
    """

    role: str
    iri: str
    label: str
    tie: str
    known: Known
    via: str = ""
    detail: str = ""
    force: str = ""
    premises: tuple[str, ...] = ()
    also: tuple[tuple[str, Known], ...] = ()
    earlier: bool = False
    phrase: str = ""
    own: tuple[str, ...] = ()
    sentence: str = ""
    off: bool = False
    unsure: bool = False

    @property
    def is_aside(self) -> bool:
        """Whether it is a text that did not hold on the day, or of which a later revision stands beside it.

        What is said to govern a thing now is shown whatever held on the day when the thing began; where a day was
        asked for, every hop that was not so on that day stands aside.
        """
        return self.earlier or self.off or self.unsure or (self.force.startswith("no:") and self.tie not in BASED)

    @property
    def sets_up(self) -> bool:
        """Whether it says what set a body up, which is not what governs it now."""
        return self.tie == WORDS["establishedBy"]

    @property
    def accounts(self) -> tuple[tuple[str, Known], ...]:
        """Every tie with how it is known, the strongest first; known and tie are those of the strongest."""
        return ((self.tie, self.known), *self.also)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office of a body on the day; since and until are ISO dates, "" where no date is known."""

    person: str
    label: str
    role: str
    body: str
    membership: str
    since: str
    until: str

    @property
    def words(self) -> str:
        """For a line of text: "Ada Lindqvist, chair of CWG-Harbour, from 2030-01-01"."""
        dates = " ".join(
            filter(None, (f"from {self.since}" * bool(self.since), f"until {self.until}" * bool(self.until)))
        )
        return ", ".join(filter(None, (self.label, f"{self.role} of {self.body}", dates)))


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace from a thing. stages holds the cards of every role, in the order of ROLES; below is the way down.

    on is the day by which texts were judged, "" if there was none; asked for, every hop is judged by it. known is the
    day of knowledge, "" for today: undated and later count the facts that it leaves out, and unknown are the cards that
    only today's trace has. holders say who held an office of the bodies on the way on that day.
    """

    iri: str
    label: str
    on: str
    on_why: str
    stages: dict[str, tuple[Card, ...]]
    below: tuple[Card, ...] = ()
    later: int = 0
    undated: int = 0
    known: str = ""
    unknown: tuple[Card, ...] = ()
    holders: tuple[Holder, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether its day was asked for, rather than taken from the activity itself."""
        return self.on_why == ASKED

    @property
    def upwards(self) -> bool:
        """Whether it leads up to a clause, rather than down from one."""
        return not self.below and bool(self.stages)

    @property
    def missing(self) -> tuple[str, ...]:
        """The hops that the record does not give."""
        return tuple(role for role in ROLES[1:] if not self.stages.get(role)) if self.upwards else ()

    @property
    def weakest(self) -> Card | None:
        """The hop with the least behind it, judged by its best card; a missing hop is named apart."""
        return min(self.hops, key=lambda c: c.known.strength, default=None)

    @property
    def hops(self) -> tuple[Card, ...]:
        """The best card of every hop, from the clause on; texts that did not hold that day only where no other is."""
        shown = ([c for c in self.stages.get(role, ()) if not c.is_aside] for role in reversed(ROLES))
        some = zip(shown, (self.stages.get(role, ()) for role in reversed(ROLES)), strict=True)
        return tuple(max(kept or every, key=lambda c: c.known.strength) for kept, every in some if kept or every)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards, in order."""
        return (*(card for role in ROLES for card in self.stages.get(role, ())), *self.below)
