"""Whose act a clause in the active tells: the subject of its verb, past asides, or that of the verb it is joined to."""

from __future__ import annotations

import re

from ingest.discourse.act import Act
from ingest.discourse.actors import Actor, acts_at, subject
from ingest.discourse.verbs import ORGANS

_ASIDE = re.compile(
    r"(?:\s*\([^()]*\))?,?\s+(?:in|at|by|during|under|through|since|meeting|recalling|referring|following)\s[^.;]{1,200},\s+"
)
"""What may part a subject from its verb: "CWG-Tides, at its fifth meeting (Osterby, 3 May 2031), decided"."""
_APPOSITION = re.compile(r",\s+(?:an?|the|one)\s+[^,;.]{0,60}$")
_JOINT = re.compile(r"(?:,\s+)?\b(?:and|but)\s+(?:(?:also|further|then|\w+ly)\s+)*$")
_SAYS = re.compile(r"\bthat\b|[;:]")


def doers_of(text: str, found: tuple[Actor, ...], left: int, verb: int, before: Act | None) -> tuple[Actor, ...]:
    """The subject of the verb group at verb, in a clause that cannot begin before left; before is the act before it."""
    doers = subject(text, found, left, verb)
    if len(doers) == 1 and (first := _before_apposition(text, found, left, doers[0])):
        return first
    return doers or _past_aside(text, found, left, verb) or _joined(text, found, left, verb, before)


def _before_apposition(text: str, found: tuple[Actor, ...], left: int, one: Actor) -> tuple[Actor, ...]:
    """Whom an apposition describes that names somebody else: "the *Forum*, a body outside the Union, decided"."""
    if text[one.end : one.end + 1] != ",":
        return ()
    opens = _APPOSITION.search(text, left, one.start)
    if opens is None:
        return ()
    meant = [other for other in found if other.end == opens.start()]
    return (meant[-1],) if meant else (Actor(one.start, one.end, "unnamed", None),)


def _past_aside(text: str, found: tuple[Actor, ...], left: int, verb: int) -> tuple[Actor, ...]:
    """The first one of the clause, if only an aside without a verb of somebody else stands between him and the verb."""
    first = next((one for one in found if one.start >= left), None)
    if first is None or first.kind not in ORGANS or not _ASIDE.fullmatch(text, first.end, verb):
        return ()
    opening = text[left : first.start]
    if opening.strip() and not re.search(r"(?:\bthat|,)\s+(?:the\s+)?$", opening):
        return ()
    others = any(first.end <= one.start and one.end < verb and acts_at(text, one) for one in found)
    return () if others else (first,)


def _joined(text: str, found: tuple[Actor, ...], left: int, verb: int, before: Act | None) -> tuple[Actor, ...]:
    """The subject of the act before, to which this verb is joined: "The Panel met Ms Brandt *and appointed* …"."""
    if before is None or not before.actors or not left <= before.verb[0] or before.actors[-1].start > before.verb[0]:
        return ()
    between = text[before.verb[1] : verb]
    if not _JOINT.search(between) or _SAYS.search(between):
        return ()
    others = any(before.verb[1] <= one.start and one.end < verb and acts_at(text, one) for one in found)
    return () if others else before.actors
