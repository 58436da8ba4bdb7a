"""Records: decisions, duties, clauses, views, counts, roles, outcomes, citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ingest.evaluation import wording
from ingest.evaluation.account import slug
from ingest.evaluation.adapting import keys
from ingest.evaluation.adapting.collecting import Collected, spans
from ingest.evaluation.adapting.relations import place_of_name
from ingest.model import Claim, Entity, Value

_PARAGRAPH = re.compile(r"^(?P<operative>operative-)?para(?:graph|s|graphs)?-(?=\d)")
_RANGE = re.compile(r"(?<=\d)-to-(?=\d)")


def tell(found: Collected, claim: Claim) -> None:
    """Adds what a claim says, if its object is a record."""
    if isinstance(claim.object, Entity) and (teller := _TELLERS.get(claim.object.kind)):
        teller(found, claim)


def _details(claim: Claim, name: str) -> list[Entity | Value]:
    return [value for key, value in claim.details if key == name]


def _word(value: Entity | Value) -> str:
    return value.key[-1] if isinstance(value, Entity) else value.text


def _citation(found: Collected, claim: Claim) -> None:
    """The instrument cited, where it is cited."""
    for cited in _details(claim, "cito:hasCitedEntity"):
        if isinstance(cited, Entity):
            found.thing(keys.of_entity(cited), spans(claim))


def _excerpt(found: Collected, claim: Claim) -> None:
    """A provision that a text names by its number: "pp-res:88:2031#invites-harbour-master:5"."""
    numbers = [_word(value) for value in _details(claim, "rc:numberAsPrinted")]
    if not numbers:
        return
    roles = [_word(value) for value in _details(claim, "rc:clauseRole")]
    addressees = [_addressee(found, value, claim) for value in _details(claim, "rc:addressee")]
    head = "-".join(roles + [each.partition(":")[2] for each in addressees])
    tail = _provision(numbers[0])
    subject = found.key(claim.subject)
    if claim.subject.kind == "document" and len(claim.subject.key) == 1:
        subject = claim.subject.key[0]  # an instrument known by its name alone
    found.thing(f"{subject}#{head}:{tail}" if head else f"{subject}#{tail}", spans(claim))


def _provision(printed: str) -> str:
    """A provision's number in the guide's words: "6" for "paragraph 6", "operative:5", "annex:2", "articles-2-4"."""
    tail = _RANGE.sub("-", _PARAGRAPH.sub(lambda found: "operative:" if found["operative"] else "", slug(printed)))
    return ":".join(tail.rsplit("-", 1)) if tail.startswith(("annex-", "appendix-")) else tail


def _clause(found: Collected, claim: Claim) -> None:
    """A clause of the instrument that is being read, with its role."""
    key = found.thing(f"clause:{'/'.join(claim.object.key)}" if isinstance(claim.object, Entity) else "", spans(claim))
    for role in _details(claim, "rc:clauseRole"):
        found.fact(key, "role", _word(role), claim, literal=True)


def _decision(found: Collected, claim: Claim) -> None:
    key = found.thing(_record(claim), spans(claim))
    for name, value in claim.details:
        if predicate := wording.words()["graph"]["decision"].get(name):
            target, literal = found.target(value)
            found.fact(key, predicate, target, claim, literal=literal)


def _position(found: Collected, claim: Claim) -> None:
    """A view whose holder is named: the holder is the subject. A view of nobody named has no relation in the guide."""
    for holder in _details(claim, "rc:holder"):
        for stance in _details(claim, "rc:stance"):
            name = wording.words()["graph"]["stance"].get(_word(stance), _word(stance))
            for target in _details(claim, "rc:target"):
                if isinstance(target, Entity) and isinstance(holder, Entity):
                    found.fact(found.thing(found.key(holder)), name, found.thing(found.key(target)), claim)


def _status(found: Collected, claim: Claim) -> None:
    """What became of a topic: a relation from the topic to the meeting, or to nothing where no meeting is known."""
    topic = found.key(claim.subject)
    words = topic.partition(":")[2].replace("-", " ")
    found.thing(topic, place_of_name(found, words, claim), name=words)
    for status in _details(claim, "pso:withStatus"):
        word = _word(status)
        name = wording.predicate(wording.words()["graph"]["outcome"].get(word, word))
        certainty = "negated" if word == "not-agreed" else None
        for meeting in _details(claim, "tvc:withinContext"):
            target, literal = found.target(meeting)
            found.fact(topic, name, target, claim, literal=literal, certainty=certainty)
    for condition in _details(claim, "rc:condition"):
        found.fact(topic, "condition", _word(condition), claim, literal=True)


def _count(found: Collected, claim: Claim) -> None:
    said = {name: value.text for name, value in claim.details if isinstance(value, Value)}
    subject = found.thing(found.key(claim.subject))
    if said.get("rc:isStatedTotal") == "true":
        found.fact(subject, "total", said["rc:responses"], claim, literal=True)
        return
    group = said.get("rc:stakeholderGroup", "")
    key = found.thing(f"stakeholder-group:{slug(group)}", found.find(group, spans(claim)[:1]), name=group)
    found.fact(subject, "responses", f"{said['rc:responses']} {key.partition(':')[2]}", claim, literal=True)


def _membership(found: Collected, claim: Claim) -> None:
    person = found.thing(found.key(claim.subject))
    for role in _details(claim, "org:role"):
        found.fact(person, "role", _word(role).replace("-", " "), claim, literal=True)
    for body in _details(claim, "org:organization"):
        target, literal = found.target(body)
        found.fact(person, "role_in", target, claim, literal=literal)


_TELLERS: Mapping[str, Callable[[Collected, Claim], None]] = {
    "citation": _citation,
    "excerpt": _excerpt,
    "clause": _clause,
    "decision": _decision,
    "position": _position,
    "status": _status,
    "count": _count,
    "membership": _membership,
}


def _record(claim: Claim) -> str:
    record = claim.object
    return f"{record.kind}:{'/'.join(record.key)}" if isinstance(record, Entity) else ""


def _addressee(found: Collected, value: Entity | Value, claim: Claim) -> str:
    if isinstance(value, Entity):
        return found.key(value)
    return found.thing(keys.of_text(value.text), place_of_name(found, value.text, claim), name=value.text)


def tell_duties(found: Collected, claims: Sequence[Claim]) -> None:
    """Duties, with the instrument that lays them down, by way of the clause that they stand in."""
    held_by: dict[Entity, Claim] = {
        c.object: c for c in claims if c.predicate == "eli:has_part" and isinstance(c.object, Entity)
    }
    for claim in claims:
        if claim.predicate == "rc:laysDown":
            _duty(found, claim, held_by)


def _duty(found: Collected, claim: Claim, held_by: Mapping[Entity, Claim]) -> None:
    if not isinstance(claim.object, Entity):
        return
    key = found.thing(found.key(claim.object), spans(claim))
    parent = held_by.get(claim.subject)
    source = found.key(parent.subject if parent else claim.subject)
    numbers = [_word(value) for value in _details(parent, "rc:numberAsPrinted")] if parent else []
    also = {
        each for each in found.mentions if numbers and each.startswith(f"{source}#") and each.endswith(f":{numbers[0]}")
    }
    found.fact(key, "source", source, claim, also=also)
    for number in numbers if claim.subject.kind == "excerpt" else ():
        found.fact(key, "number", number, claim, literal=True)
    for name, value in claim.details:
        predicate = wording.words()["graph"]["duty"].get(name)
        if predicate == "addressee":
            found.fact(key, predicate, _addressee(found, value, claim), claim)
        elif predicate:
            target, literal = found.target(value)
            found.fact(key, predicate, target, claim, literal=literal)
