"""Compares two accounts of one document: what was found, missed, and said without being so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.evaluation import wording
from ingest.evaluation.account import Account, Fact, Place, Thing, length, shared
from ingest.evaluation.aligning import Alignment, align, own_key
from ingest.evaluation.gold import SELF

PARTS = (
    "entities", "mentions exact", "mentions lenient", "nominal mentions", "citations", "relations",
    "relations without certainty", "anomalies",
)  # fmt: skip
"""What is measured, in the order of a report."""

SCALE = {"asserted": "asserted", "negated": "negated"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that was found, missed or falsely said: which part and type of the measuring, what, and where."""

    part: str
    type: str
    verdict: str
    what: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The types of things, relations and anomalies that a gold holds at all; what else a reading says is not judged."""

    things: frozenset[str]
    facts: frozenset[str]
    has_doubts: bool


@dataclass(frozen=True, slots=True)
class Certainty:
    """A relation that both tell: how sure the gold holds it to be, and the reading; whether their evidence meets."""

    gold: str
    told: str
    meets: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All judgements on one document."""

    judged: tuple[Judged, ...]
    certainties: tuple[Certainty, ...]
    violated: tuple[str, ...]
    traps: int
    unjudged: int


def scope(golds: Iterable[Account]) -> Scope:
    """What the documents of a gold, taken together, hold."""
    things: set[str] = set()
    facts: set[str] = set()
    has_doubts = False
    for gold in golds:
        things |= {thing.type for thing in gold.things}
        facts |= {relation_type(fact, own_key(gold)) for fact in gold.facts}
        has_doubts = has_doubts or bool(gold.doubts)
    return Scope(frozenset(things), frozenset(facts), has_doubts)


def relation_type(fact: Fact, own: str = SELF) -> str:
    """The type of a relation: the type of its subject and its name, "meeting date"; own is the document itself."""
    kind = "itself" if fact.subject == own else wording.type_of(fact.subject)
    return f"{kind} {fact.predicate}"


def compare(gold: Account, told: Account, within: Scope) -> Comparison:
    """Judges what a reading tells by what the gold tells, within what the gold's folder covers."""
    pairs = align(gold, told)
    facts = [_translated(fact, pairs) for fact in told.facts]
    own = own_key(gold)
    judged = [fact for fact in facts if relation_type(fact, own) in within.facts]
    things = [thing for thing in told.things if thing.type in within.things]
    left = len(facts) - len(judged) + len(told.things) - len(things)
    found: list[Judged] = []
    found += _entities(gold, things, pairs)
    found += _mentions(gold, things, pairs)
    found += _citations(gold, told, pairs)
    found += _relations(gold.facts, judged, own, strict=True)
    found += _relations(gold.facts, judged, own, strict=False)
    found += _doubts(gold, told) if within.has_doubts else ()
    violated = tuple(_violated(gold, told, facts, pairs))
    return Comparison(tuple(found), tuple(_certainties(gold.facts, facts)), violated, len(gold.traps), left)


def _translated(fact: Fact, pairs: Alignment) -> Fact:
    subject = pairs.key(fact.subject)
    also = frozenset(pairs.key(each) for each in fact.also)
    if fact.predicate == "responses" and fact.literal:
        count, _, group = fact.object.partition(" ")
        theirs = pairs.key(f"stakeholder-group:{group}").partition(":")[2]
        return Fact(subject, fact.predicate, f"{count} {theirs}".strip(), fact.certainty, fact.places, True, also)
    if fact.literal:
        return Fact(subject, fact.predicate, fact.object, fact.certainty, fact.places, True, also)
    return Fact(subject, fact.predicate, pairs.key(fact.object), fact.certainty, fact.places, False, also)


# ---- things and their mentions ----------------------------------------------------------------------------------


def _entities(gold: Account, told: Sequence[Thing], pairs: Alignment) -> Iterator[Judged]:
    types = {pairs.partner[t.key]: t.type for t in told if t.key in pairs.partner}
    for thing in gold.things:
        if thing.key != SELF:
            verdict = "found" if types.get(thing.key) == thing.type else "missed"
            yield Judged("entities", thing.type, verdict, thing.key, _first(thing.mentions or thing.nominal))
    for thing in told:
        theirs = gold.by_key.get(pairs.partner.get(thing.key, ""))
        if thing.key != SELF and (theirs is None or theirs.type != thing.type):
            yield Judged("entities", thing.type, "false", thing.key, _first(thing.mentions or thing.nominal))


def _mentions(gold: Account, told: Sequence[Thing], pairs: Alignment) -> Iterator[Judged]:
    mine = {pairs.partner.get(thing.key, thing.key): thing for thing in told}
    for part, form in (("mentions exact", "exact"), ("mentions lenient", "lenient"), ("nominal mentions", "nominal")):
        nominal = form == "nominal"
        for key in dict.fromkeys((*gold.by_key, *mine)):
            theirs, own = gold.by_key.get(key), mine.get(key)
            thing = theirs or own
            if thing is None or key == SELF:
                continue
            wanted = list(theirs.nominal if nominal else theirs.mentions) if theirs else []
            given = list(own.nominal if nominal else own.mentions) if own else []
            yield from _places(part, thing, wanted, given, exact=form == "exact")


def _places(part: str, thing: Thing, wanted: list[Place], given: list[Place], *, exact: bool) -> Iterator[Judged]:
    left = list(given)
    for place in wanted:
        partner = next((each for each in left if each == place or (not exact and is_near(place, each))), None)
        if partner:
            left.remove(partner)
        yield Judged(part, thing.type, "found" if partner else "missed", thing.key, place)
    for place in left:
        yield Judged(part, thing.type, "false", thing.key, place)


def is_near(gold: Place, told: Place) -> bool:
    """The lenient reading of a span: half of the longer one is shared, or one of several numbers under one bracket."""
    common = shared(gold, told)
    return 2 * common >= max(length(gold), length(told)) or common == length(told) > 0


def _first(places: Sequence[Place]) -> Place | None:
    return places[0] if places else None


# ---- citations: number, issuer, revision, each and all together -------------------------------------------------


def _citations(gold: Account, told: Account, pairs: Alignment) -> Iterator[Judged]:
    theirs = [(key, place) for key, place in _cited(gold, lambda key: key)]
    mine = [(key, place) for key, place in _cited(told, pairs.key)]
    for aspect in ("number", "issuer", "revision", "all"):
        left = list(mine)
        for key, place in theirs:
            partner = next(
                (e for e in left if shared(place, e[1]) and _aspect(e[0], aspect) == _aspect(key, aspect)), None
            )
            if partner:
                left.remove(partner)
            yield Judged("citations", aspect, "found" if partner else "missed", key, place)
        for key, place in left:
            yield Judged("citations", aspect, "false", key, place)


def _cited(account: Account, named: object) -> Iterator[tuple[str, Place]]:
    for thing in account.things:
        if wording.INSTRUMENT.match(thing.key) and "#" not in thing.key:
            key = named(thing.key) if callable(named) else thing.key
            yield from ((key, place) for place in thing.mentions)


def _aspect(key: str, aspect: str) -> tuple[str | None, ...]:
    """What must be alike: always the number, so that a right issuer beside a wrong number counts for nothing."""
    found = wording.INSTRUMENT.match(key)
    if found is None:
        return (key,)
    number, issuer, year = found["number"], f"{found['issuer']}-{found['form']}", found["year"]
    return {
        "number": (number,),
        "issuer": (number, issuer),
        "revision": (number, year),
        "all": (number, issuer, year),
    }[aspect]


# ---- relations --------------------------------------------------------------------------------------------------


def same_fact(gold: Fact, told: Fact) -> bool:
    """Whether two relations say the same, certainty aside; told is in the gold's keys."""
    if (gold.subject, gold.predicate) != (told.subject, told.predicate):
        return False
    if gold.object in {told.object, *told.also}:
        return True
    if gold.predicate == "condition":
        return gold.object in told.object or told.object in gold.object
    return gold.literal and not told.literal and gold.object == told.object.partition(":")[2].replace("-", " ")


def scaled(certainty: str) -> str:
    """A certainty on the guide's scale of three (section 13): what is neither done nor denied is planned."""
    return SCALE.get(certainty, "planned")


def _relations(gold: Iterable[Fact], told: Iterable[Fact], own: str, *, strict: bool) -> Iterator[Judged]:
    part = "relations" if strict else "relations without certainty"
    wanted = _distinct(gold, strict=strict)
    given = _distinct(told, strict=strict)
    for fact in wanted:
        hit = any(_agree(fact, each, strict=strict) for each in given)
        yield Judged(part, relation_type(fact, own), "found" if hit else "missed", in_words(fact), _first(fact.places))
    for fact in given:
        if not any(
            same_fact(each, fact) and (not strict or scaled(fact.certainty) == scaled(each.certainty))
            for each in wanted
        ):
            yield Judged(part, relation_type(fact, own), "false", in_words(fact), _first(fact.places))


def _agree(gold: Fact, told: Fact, *, strict: bool) -> bool:
    return same_fact(gold, told) and (not strict or scaled(gold.certainty) == scaled(told.certainty))


def _distinct(facts: Iterable[Fact], *, strict: bool) -> list[Fact]:
    """Each fact once; told twice with different evidence it is one fact."""
    kept: dict[tuple[str, ...], Fact] = {}
    for fact in facts:
        key = (fact.subject, fact.predicate, fact.object, *([scaled(fact.certainty)] if strict else []))
        kept.setdefault(key, fact)
    return list(kept.values())


def in_words(fact: Fact) -> str:
    """A relation on a line."""
    target = f"“{fact.object}”" if fact.literal else fact.object
    return f"{fact.subject} {fact.predicate} {target} ({scaled(fact.certainty)})"


def _certainties(gold: Iterable[Fact], told: Sequence[Fact]) -> Iterator[Certainty]:
    """Of every relation of the gold that is told at all, the telling that is nearest in certainty."""
    for fact in dict.fromkeys(gold):
        same = [each for each in told if same_fact(fact, each)]
        if same:
            best = next((e for e in same if e.certainty == fact.certainty), None)
            best = best or next((e for e in same if scaled(e.certainty) == scaled(fact.certainty)), same[0])
            meets = any(shared(a, b) for each in same for a in fact.places for b in each.places)
            yield Certainty(fact.certainty, best.certainty, meets)


# ---- anomalies and traps ----------------------------------------------------------------------------------------


def _doubts(gold: Account, told: Account) -> Iterator[Judged]:
    """An anomaly is found if one of its code has a passage in the same paragraph."""
    left = list(told.doubts)
    for doubt in gold.doubts:
        around = [_paragraph(gold.text, place) for place in doubt.places]
        partner = next(
            (e for e in left if e.code == doubt.code and any(shared(a, b) for a in around for b in e.places)), None
        )
        if partner:
            left.remove(partner)
        yield Judged("anomalies", doubt.code, "found" if partner else "missed", doubt.code, _first(doubt.places))
    for doubt in left:
        yield Judged("anomalies", doubt.code, "false", doubt.code, _first(doubt.places))


def _paragraph(text: str, place: Place) -> Place:
    breaks = [found.start() for found in re.finditer(r"\n", text)]
    before = max((at for at in breaks if at < place[0]), default=-1)
    return before + 1, min((at for at in breaks if at >= place[1]), default=len(text))


def _violated(gold: Account, told: Account, facts: Sequence[Fact], pairs: Alignment) -> Iterator[str]:
    for trap in gold.traps:
        if trap.fact.predicate == "type" and trap.fact.literal:
            hit = any(
                pairs.key(thing.key) == trap.fact.subject
                and any(shared(place, _paragraph(gold.text, trap.place)) for place in thing.mentions)
                for thing in told.things
            )
        else:
            hit = any(
                same_fact(trap.fact, fact)
                and (trap.certainty is None or scaled(trap.certainty) == scaled(fact.certainty))
                for fact in facts
            )
        if hit:
            yield f"{trap.kind}: {in_words(trap.fact).rpartition(' (')[0]}: {trap.why}"
