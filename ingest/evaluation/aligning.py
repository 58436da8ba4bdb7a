"""Which thing of a reading is which thing of the gold: by key where keys tell, else by names and by places.

Each thing has one partner at most on the other side, so that two things never pass for one. What keys tell (numbers,
years, ordinals) is never overruled by a place: a citation with a wrong year has no partner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ingest.evaluation import wording
from ingest.evaluation.account import Account, Place, Thing, length, shared
from ingest.evaluation.gold import SELF

_BY_WORDS = frozenset({"decision", "instruction", "clause"})
"""Types whose things have no name: they are told apart by their words."""

_BY_PLACE = frozenset({"person", "topic", "location", "activity", "stakeholder-group", "group", "regional-group"})
"""Types whose names come from the text, so that the same words are the same thing."""

_LEAD = 4
"""Signs by which two clauses may begin apart and still begin together: an article, a bullet."""

_FAMILIES = {"contribution": "paper", "document": "paper", "group": "body", "regional-group": "body"}


@dataclass(frozen=True, slots=True)
class Alignment:
    """partner gives the gold's key for a key of the reading; bodies the same for slugs of bodies inside keys."""

    partner: Mapping[str, str]
    bodies: Mapping[str, str]

    def key(self, told: str) -> str:
        """The gold's key for what the reading calls so; an unknown one keeps its key, with the gold's body in it."""
        return self.partner.get(told) or self.partner.get(rename(told, self.bodies)) or rename(told, self.bodies)


def align(gold: Account, told: Account) -> Alignment:
    """The partners of the things of a reading, bodies first, since their slugs stand in other keys."""
    partner = dict(_pairs(gold, told, lambda thing: _family(thing) == "body", {}))
    bodies = {mine.partition(":")[2]: theirs.partition(":")[2] for mine, theirs in partner.items()}
    partner |= dict(_pairs(gold, told, lambda thing: _family(thing) != "body", bodies))
    return Alignment({**partner, SELF: own_key(gold)}, bodies)


def own_key(gold: Account) -> str:
    """What the gold calls the document itself: some use its number, or the instrument that it is."""
    if SELF in gold.by_key:
        return SELF
    about = (fact.subject for fact in gold.facts if fact.predicate in ("type", "reports_on"))
    return next(about, SELF)


def rename(key: str, bodies: Mapping[str, str]) -> str:
    """A key with the gold's slug of the body or issuer that it holds."""
    head, *parts = key.split(":")
    if head in ("meeting", "document", "contribution", "event") and parts:
        return ":".join((head, bodies.get(parts[0], parts[0]), *parts[1:]))
    if found := wording.INSTRUMENT.match(key):
        issuer = bodies.get(found["issuer"], found["issuer"])
        return f"{issuer}{key[len(found['issuer']) :]}"
    return key


def _family(thing: Thing) -> str:
    return _FAMILIES.get(thing.type, thing.type)


def _pairs(
    gold: Account, told: Account, wanted: Callable[[Thing], bool], bodies: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Pairs of keys (the reading's, the gold's), the surest first, each key once on its side."""
    scored = [
        (likeness, theirs.key, mine.key)
        for theirs in filter(wanted, gold.things)
        for mine in filter(wanted, told.things)
        if _family(theirs) == _family(mine) and (likeness := _likeness(theirs, mine, bodies)) > 0
    ]
    used_gold: set[str] = set()
    used_told: set[str] = set()
    for _, theirs_key, mine_key in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if theirs_key not in used_gold and mine_key not in used_told:
            used_gold.add(theirs_key)
            used_told.add(mine_key)
            yield mine_key, theirs_key


def _likeness(gold: Thing, told: Thing, bodies: Mapping[str, str]) -> float:
    """How sure it is that both are one thing: 3 one key, 2 one name, up to 1 by the words; 0 if they are not."""
    if gold.type in _BY_WORDS:
        where = _overlap(gold.mentions, told.mentions)
        return where + 1 if where and _begin_alike(gold.mentions, told.mentions) else where
    mine = rename(told.key, bodies)
    if gold.key == mine or _is_paper(gold, mine):
        return 3.0
    if _has_number(gold.key) or (_has_number(told.key) and gold.type != "consultation"):
        return 0.0
    if ({gold.slug} | gold.names) & ({told.slug} | told.names):
        return 2.0
    where = _overlap(gold.mentions, told.mentions)
    if not where:
        return 0.0
    if gold.type == "consultation":
        return 0.0 if _is_month(gold.slug) and _is_month(told.slug) else where
    return where if gold.type in _BY_PLACE or _akin(gold.slug, told.slug) else 0.0


def _is_paper(gold: Thing, mine: str) -> bool:
    """One number of one body, whether it is held to be a contribution or another document."""
    return _FAMILIES.get(gold.type) == "paper" and gold.slug == mine.partition(":")[2] and mine != "document:self"


def _has_number(key: str) -> bool:
    """Whether a key tells by itself what it is: instruments, States; meetings, papers and events by number."""
    head, *parts = key.split(":")
    if wording.INSTRUMENT.match(key) or head == "country":
        return True
    return head in ("meeting", "document", "contribution", "event") and len(parts) > 1


def _is_month(slug: str) -> bool:
    year, _, month = slug.partition("-")
    return year.isdigit() and month.isdigit() and len(slug) == len("2031-02")


def _akin(one: str, other: str) -> bool:
    """One slug holds all words of the other, or is its initials."""
    a, b = one.split("-"), other.split("-")
    initials = ("".join(word[0] for word in a if word), "".join(word[0] for word in b if word))
    return set(a) <= set(b) or set(b) <= set(a) or one == initials[1] or other == initials[0]


def _begin_alike(gold: tuple[Place, ...], told: tuple[Place, ...]) -> bool:
    """Whether two places begin together: of clauses under one sentence, the one that it begins with is meant."""
    return any(abs(theirs[0] - mine[0]) <= _LEAD for theirs in gold for mine in told)


def _overlap(gold: tuple[Place, ...], told: tuple[Place, ...]) -> float:
    """The best share of two places in both of them together, where half of the shorter one is shared; else 0."""
    best = 0.0
    for theirs in gold:
        for mine in told:
            common = shared(theirs, mine)
            if 2 * common >= min(length(theirs), length(mine)) > 0:
                best = max(best, common / (length(theirs) + length(mine) - common))
    return min(best, 0.99)
