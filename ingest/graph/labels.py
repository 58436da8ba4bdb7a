"""Names of things that no register names: made from their key, in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ingest.graph.evidence import Passages
from ingest.model import Claim, Entity, Value

KNOWN_BY_KEY = frozenset(
    {"instrument", "revision", "clause", "conference", "session", "meeting", "event", "body", "office", "state",
     "person", "document", "restatement", "consultation", "topic"}
)  # fmt: skip
"""Kinds whose key alone says what they are: described in the default graph wherever a claim names them."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
QUOTE_LENGTH = 90
"""Characters of a quote that serve as the label of a record."""


def ordinal(number: int) -> str:
    """A number as an English ordinal: 1st, 12th, 23rd."""
    tens, ones = divmod(number % 100, 10)
    ending = "th" if tens == 1 else {1: "st", 2: "nd", 3: "rd"}.get(ones, "th")
    return f"{number}{ending}"


def day_in_words(day: str) -> str | None:
    """An ISO day in words ("2018-01-29" is 29 January 2018); None for what is no day."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def shortened(text: str, length: int = QUOTE_LENGTH) -> str:
    """A text cut at a word, with an ellipsis where it was cut, its white space folded."""
    folded = " ".join(text.split())
    if len(folded) <= length:
        return folded
    return folded[: length - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


class Labels:
    """What people read where an IRI stands: the register's label, else one made from the key."""

    def __init__(self, known: Mapping[Entity, str], short: Mapping[str, str]) -> None:
        self._known = known
        self._short = short

    def of(self, entity: Entity) -> str:
        """The label of a thing that its key identifies."""
        return self._known.get(entity) or self._made(entity)

    def knows(self, entity: Entity) -> bool:
        """Whether a register names the thing."""
        return entity in self._known

    def body(self, slug: str) -> str:
        """A body's short name ("CWG-Internet"), else its label; its slug where no register has it."""
        return self._short.get(slug) or self._known.get(Entity("body", (slug,))) or _plain(slug)

    def record(self, claim: Claim, passages: Passages | None) -> str:
        """A label for a record: for a clause its text, role, addressee and number; else the words that state it."""
        said = claim.object
        assert isinstance(said, Entity)  # noqa: S101  # records are things
        words = ""
        if passages is not None and claim.spans:
            words = shortened(passages.text[claim.spans[0].start : claim.spans[0].end])
        if said.kind == "clause":
            return self._provision(claim)
        if said.kind == "excerpt":
            return f"{self._provision(claim)}: {words}"
        return words or self._made(said)

    def _provision(self, claim: Claim) -> str:
        """The text, role, addressee and number of a clause: "PP Resolution 9 (2031), instructs Council 2"."""
        parts = dict(claim.details)
        role, addressee, number = (parts.get(f"rc:{name}") for name in ("clauseRole", "addressee", "numberAsPrinted"))
        words = [role.key[-1].replace("-", " ") if isinstance(role, Entity) else "clause"]
        said = (part for part in (addressee, number) if part is not None)
        words.extend(self.of(part) if isinstance(part, Entity) else part.text for part in said)
        return f"{self.of(claim.subject)}, {' '.join(words)}"

    def _made(self, entity: Entity) -> str:
        key = entity.key
        match entity.kind:
            case "instrument":
                return f"{self.body(key[1])} {key[0].capitalize()} {key[2]}"
            case "revision":
                return f"{self.body(key[1])} {key[0].capitalize()} {key[2]} ({key[3]})"
            case "clause":
                return f"{self._made(_text_of(entity))}, clause {key[-1]}"
            case "unidentified":
                return "Instrument without a known number and year"
            case "meeting" if len(key) > 1 and key[1].isdigit():
                return f"{self.body(key[0])}, {ordinal(int(key[1]))} meeting"
            case "meeting" if (day := day_in_words(key[-1])) is not None:
                return f"{self.body(key[0])}, meeting of {day}"
            case "conference" | "session":
                return f"{self.body(key[0])} {key[1]}"
            case "consultation" if len(key) > 1 and key[1][5:].isdigit():
                return f"Open consultation of {self.body(key[0])}, {MONTHS[int(key[1][5:7]) - 1]} {key[1][:4]}"
            case "document" if len(key) > 1:
                return f"{self.body(key[0])} {'/'.join(key[1:])}"
            case _:
                return _plain(key[-1]).replace("-", " ")


def _plain(slug: str) -> str:
    """A slug without the mark that keeps namesakes of two texts apart."""
    return slug.partition("~")[0]


def _text_of(clause: Entity) -> Entity:
    """The text that a clause is a part of."""
    if clause.key[0] == "unidentified":
        return Entity("unidentified", clause.key[1:-1])
    return Entity("revision", clause.key[:-1])


def described_by_key(entity: Entity, labels: Labels) -> Iterator[tuple[str, Entity | Value]]:
    """What the key itself says of a thing, label first: facts of identity, not of any source.

    A document without a number has no label in its key: the build of that document gives it one. A clause is labelled
    by the text that has it, a person keyed by the place where the name stands by that name.
    """
    key = entity.key
    named_by_itself = (
        entity.kind == "clause"
        or (entity.kind in ("document", "restatement") and len(key) == 1)
        or (entity.kind == "person" and len(key) > 1)
    )
    if not labels.knows(entity) and not named_by_itself:
        yield "rdfs:label", Value(labels.of(entity), language="en")
    match entity.kind:
        case "instrument":
            yield "rc:issuer", Entity("body", (key[1],))
            yield "rc:number", Value(key[2])
        case "revision":
            yield "eli:is_member_of", Entity("instrument", key[:3])
            yield "rc:revisionYear", Value(key[3], "xsd:gYear")
        case "meeting" if len(key) > 1:
            yield "schema:organizer", Entity("body", (key[0],))
            if key[1].isdigit():
                yield "rc:ordinal", Value(key[1], "xsd:integer")
        case "conference" | "session":
            yield "schema:organizer", Entity("body", (key[0],))
        case "topic" if not labels.knows(entity):
            yield "skos:prefLabel", Value(labels.of(entity), language="en")
        case "document" if len(key) > 1:
            yield "dcterms:identifier", Value(labels.of(entity))
