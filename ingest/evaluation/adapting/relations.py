"""Relations between things with keys of their own: who submitted, where, when, under which text."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.evaluation import wording
from ingest.evaluation.account import slug
from ingest.evaluation.adapting.collecting import Collected, spans
from ingest.model import Claim, Entity, Value

_NAMED = frozenset({"location", "person", "topic"})
_LAST_ONLY = frozenset({"schema:location", "rc:chairedBy", "rc:signedBy"})
"""Predicates whose object's own words are the last of the claim's spans."""


def tell(found: Collected, claim: Claim) -> None:
    """Adds what a claim says, if it is a relation between things or of a thing to a value."""
    tables = wording.words()["graph"]
    if claim.predicate == "dcterms:title" and claim.subject.kind == "consultation":
        _round_topic(found, claim)
    elif claim.predicate == "dcterms:subject" and claim.subject.kind == "consultation":
        _round_subject(found, claim)
    elif claim.predicate == "schema:location":
        _place(found, claim)
    elif name := tables["relations"].get(claim.predicate):
        _relation(found, claim, name)
    elif name := tables["literals"].get(claim.predicate):
        _literal(found, claim, name)
    elif claim.predicate in ("rdf:type", "foaf:name", "schema:mentions", "eli:cites"):
        _existence(found, claim)


def _existence(found: Collected, claim: Claim) -> None:
    """A claim that only says that there is such a thing: a meeting, a round, a document named."""
    if claim.subject not in found.own and claim.subject.kind in ("meeting", "consultation", "person"):
        found.thing(found.key(claim.subject), spans(claim)[:1])
    if isinstance(claim.object, Entity) and claim.object.kind == "document":
        found.thing(found.key(claim.object), spans(claim))
        _number_by_key(found, claim, claim.object)


def _number_by_key(found: Collected, claim: Claim, entity: Entity) -> None:
    if entity in found.own or len(entity.key) < 3:
        return
    found.fact(found.key(entity), "number", "/".join(entity.key[1:]), claim, literal=True)


def _relation(found: Collected, claim: Claim, name: str) -> None:
    subject = found.thing(found.key(claim.subject))
    if isinstance(claim.object, Value):
        found.fact(subject, name, claim.object.text, claim, literal=True)
        return
    near = spans(claim)[-1:] if claim.predicate in _LAST_ONLY else ()
    target, literal = found.target(claim.object, near)
    found.fact(subject, name, target, claim, literal=literal)


def _literal(found: Collected, claim: Claim, name: str) -> None:
    target, _ = found.target(claim.object)
    found.fact(found.thing(found.key(claim.subject)), name, target, claim, literal=True)


def _place(found: Collected, claim: Claim) -> None:
    """Where something was held: a town, or a country that the text names as one."""
    if not isinstance(claim.object, Value):
        return
    subject = found.thing(found.key(claim.subject))
    place = found.thing(wording.named("location", claim.object.text), spans(claim)[-1:], name=claim.object.text)
    found.fact(subject, "place", place, claim)


def _round_topic(found: Collected, claim: Claim) -> None:
    """The topic of a round is what its title says; the register's topic of that name is the same topic."""
    if not isinstance(claim.object, Value):
        return
    where = found.find(claim.object.text, found.sentences(claim))
    topic = found.thing(wording.named("topic", claim.object.text), where, name=claim.object.text)
    found.fact(found.thing(found.key(claim.subject)), "topic", topic, claim)


def _round_subject(found: Collected, claim: Claim) -> None:
    """A topic of the register beside the title adds nothing to the title; alone it is the round's topic."""
    subject = found.key(claim.subject)
    titled = any(fact.subject == subject and fact.predicate == "topic" for fact in found.facts)
    if isinstance(claim.object, Entity) and not titled:
        found.fact(subject, "topic", found.thing(found.key(claim.object)), claim)


def tell_dates(found: Collected, claims: Iterable[Claim]) -> None:
    """First and last day (or month) of a thing, told with one certainty, are one date or period."""
    told: dict[tuple[Entity, str], list[Claim]] = {}
    for claim in claims:
        if claim.predicate in ("schema:startDate", "schema:endDate") and isinstance(claim.object, Value):
            told.setdefault((claim.subject, claim.modality), []).append(claim)
    for (subject, _), pair in told.items():
        first = [c for c in pair if c.predicate == "schema:startDate"]
        last = [c for c in pair if c.predicate == "schema:endDate"]
        for at in range(max(len(first), len(last))):
            ends = [each[at] for each in (first, last) if at < len(each)]
            name = _date_name(subject, ends)
            words = "/".join(dict.fromkeys(c.object.text for c in ends if isinstance(c.object, Value)))
            found.fact(found.thing(found.key(subject)), name, words, ends[0], literal=True)


def _date_name(subject: Entity, ends: list[Claim]) -> str:
    """The guide's word for a date: a round of which one end alone is told has no period."""
    if subject.kind != "consultation":
        return "date"
    if len(ends) > 1:
        return "period"
    return "starts" if ends[0].predicate == "schema:startDate" else "ends"


def place_of_name(found: Collected, words: str, claim: Claim) -> tuple[tuple[int, int], ...]:
    """Where a name stands in the sentences of a claim."""
    return found.find(words, found.sentences(claim)) if slug(words) else ()
