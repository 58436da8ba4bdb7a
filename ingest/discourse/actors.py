"""Who acts in a sentence: bodies, offices, States and persons that links name, and the words that stand for others.

"The Group" is the body whose document it is. "Some Member States" are nobody in particular, and stay that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.context import Document
from ingest.discourse.scope import Placed, within
from ingest.model import Entity
from ingest.rulebook import rules

_LINKED = {"body": "body", "office": "office", "state": "state", "person": "person", "group": "group"}
_ORGANS = ("conference", "session")
_GAP = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s*,\s[^,;]{1,160},)?\s*,?\s*"
    r"(?:(?:also|further|furthermore|therefore|then|thus|hence|however|again|subsequently|jointly|delegation|each"
    r"|representatives?|in\s+turn|\w+ly)\s+)*"
)
_PREPOSITION = re.compile(
    r"\b(?:of|by|to|for|with|from|on|in|at|between|among|against|under|via|through|than|and\s+its|including)\s+"
    r"(?:the\s+|all\s+|its\s+)?$",
    re.IGNORECASE,
)
_SPEAKS_FOR = re.compile(
    r"\b(?:delegations?|delegates?|representatives?|experts?|observers?|administrations?|government)\s+(?:of|from|for)\s+(?:the\s+)?$",
    re.I,
)
_FINITE = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s*,\s[^,;]{1,120},)?\s+(?:also\s+|further\s+|\w+ly\s+)?"
    r"(?:[a-z]+(?:ed|es|s)|sent|heard|saw|thought|found|chose|set|began|brought|drew|kept|was|were|is|are|has|had|have|put|took|held|made|gave|met|will|would)\b"
)


_SAYS_THAT = re.compile(r"\s(?:\w+ed|said|says|held|holds|thought|thinks|felt)\s+that\s+(?:the\s+)?")
"""After somebody who speaks: what he says follows, up to the comma that closes it."""
_CLOSED = re.compile(r",\s+(?:and|but)\s+(?:(?:also|further|then|\w+ly)\s+)?$")
_BY = re.compile(r"(?:\s+(?!that\b|to\b|would\b|will\b|and\b|which\b)[\w-]+){0,4}\s+by\s+(?:the\s+)?")
_ASKED = re.compile(r"\s+(?:that\s+(?:(?:in|at|for|during)\s+[^,;.]{1,40}?,?\s+)?)?(?:the\s+|all\s+|its\s+|also\s+)?")
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:not\s+)?(?:(?:\w+ly|also|then|further|again)\s+)*$", re.IGNORECASE
)
_SHARED_BE = re.compile(
    r"\b(?:was|were|is|are|been|be)\s+(?:\w+ly\s+)?\w+(?:ed|en|t)\b[^,;.]{0,40}?\s(?:and|or)\s+(?:\w+ly\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can be the subject of a clause, or be addressed by it; offsets in the cleaned copy.

    kind is "own-body", "body", "chair", "office", "secretariat", "state", "person", "group", "collective" (not
    named), "hearing" (not the body's own meeting), "paper" or "instrument". entity is None where nobody is named.
    """

    start: int
    end: int
    kind: str
    entity: Entity | None


@cache
def _speakers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(rf"\b{row['regex']}")) for row in rules("decisions")["speaker"])


def actors(document: Document, links: tuple[Placed, ...], start: int, end: int) -> tuple[Actor, ...]:
    """All who are named or stood for in [start, end), in order; where two overlap, the longer one."""
    found = [*_linked(document, links, start, end), *_worded(document, start, end)]
    kept: list[Actor] = []
    for one in sorted(found, key=lambda a: (a.start, -a.end, a.entity is None)):
        if kept and one.start < kept[-1].end:
            if one.end <= kept[-1].end:
                kept[-1] = _filled(kept[-1], one)
            continue
        kept.append(one)
    return tuple(kept)


def _filled(longer: Actor, inner: Actor) -> Actor:
    """A worded speaker that holds a link: "The ITU secretariat" is the secretariat that the link names."""
    fits = {"secretariat": ("office", "body"), "own-body": ("body", "own-body"), "chair": ("office",)}
    if longer.entity is None and inner.entity and inner.kind in fits.get(longer.kind, ()):
        kind = inner.kind if longer.kind == "own-body" else longer.kind
        return Actor(longer.start, longer.end, kind, inner.entity)
    if longer.kind == "body" and inner.kind == "secretariat" and inner.start == longer.start:
        return Actor(longer.start, longer.end, "secretariat", longer.entity)  # "the secretariat of ITU", as one name
    return longer


def _elsewhere(document: Document, entity: Entity | None) -> bool:
    """Whether an office is that of another body: "the Chair" of a sister group is not the one known by this name."""
    office = document.register.offices.get(entity.key[0]) if entity and entity.kind == "office" else None
    line = (document.metadata.body or "", *document.register.ancestors(document.metadata.body or ""))
    chairs = office is not None and "chair" in (office.role or "")
    return bool(office and chairs and office.body and office.body not in line)


def _linked(document: Document, links: tuple[Placed, ...], start: int, end: int) -> Iterator[Actor]:
    own = _own(document)
    for one in within(links, start, end):
        if one.kind == "citation":
            yield Actor(one.start, one.end, "instrument", one.entity)
        elif one.kind in _LINKED and (one.entity or one.kind != "group"):
            kind = "own-body" if one.entity is not None and one.entity == own else _LINKED[one.kind]
            if one.entity or kind != "state":
                entity = None if _elsewhere(document, one.entity) else one.entity
                yield Actor(_article(document, start, one.start), one.end, kind, entity)
        elif one.kind == "meeting" and one.entity and one.entity.kind == "meeting":
            opening = _article(document, start, one.start)
            if not document.clean.text[
                start:opening
            ].strip():  # "The ninth meeting decided", not "of the ninth meeting"
                body = Entity("body", (one.entity.key[0],))
                yield Actor(opening, _of_body(document, links, one, end), "own-body" if body == own else "body", body)
        elif one.kind == "event" and one.entity and one.entity.kind in _ORGANS:
            yield Actor(_article(document, start, one.start), one.end, "body", one.entity)


def _of_body(document: Document, links: tuple[Placed, ...], meeting: Placed, end: int) -> int:
    """Where the name of a meeting ends that its body follows: "the ninth meeting *of the Harbour Panel*"."""
    text = document.clean.text
    for body in within(links, meeting.end, end, "body"):
        of = re.fullmatch(r" of (?:the )?", text[meeting.end : body.start])
        same = body.entity and meeting.entity and body.entity.key[0] == meeting.entity.key[0]
        return body.end if of and same else meeting.end
    return meeting.end


def _article(document: Document, left: int, start: int) -> int:
    found = re.search(r"\b[Tt]he\s+$", document.clean.text[left:start])
    return left + found.start() if found else start


def _own(document: Document) -> Entity | None:
    return Entity("body", (document.metadata.body,)) if document.metadata.body else None


def _worded(document: Document, start: int, end: int) -> Iterator[Actor]:
    text = document.clean.text
    for kind, regex in _speakers():
        for match in regex.finditer(text, start, end):
            words = re.sub(r"^[Tt]he\s+", "", match.group())
            yield Actor(match.start(), match.end(), kind, _entity(document, kind, words))


def _entity(document: Document, kind: str, words: str) -> Entity | None:
    """What the registers know by these words in the documents of this body; None leaves the actor unnamed."""
    if kind == "own-body":
        return _own(document)
    if kind in {"chair", "secretariat"}:
        offices = [document.register.offices[slug] for slug in document.register.office_named(words, context=True)]
        named = [office.entity for office in offices if office.body in (None, document.metadata.body)]
        if len(named) == 1:
            return named[0]
        bodies = document.register.body_named(words, document.metadata.body)
        return Entity("body", bodies) if len(bodies) == 1 else None
    return None


def subject(text: str, found: tuple[Actor, ...], left: int, verb: int) -> tuple[Actor, ...]:
    """The subject of the verb group that begins at verb, in a clause that cannot begin before left.

    Several where they are joined ("Norland and Sudmark proposed"); the subject of an earlier verb where the verb is
    joined to that one ("The Chair invites … and urges"); none where the words before the verb name nobody known.
    """
    for one in reversed(found):
        if not left <= one.start or one.end > verb:
            continue
        if _GAP.fullmatch(text, one.end, verb):
            if _PREPOSITION.search(text, left, one.start) and not _SPEAKS_FOR.search(text, left, one.start):
                break
            return _joined(text, found, one)
        break
    if re.search(r"(?:\band|\bbut|\bor|,)\s+(?:(?:also|further|then|\w+ly)\s+)?$", text[left:verb]):
        return _earlier(text, found, left, verb)
    return ()


def acts_at(text: str, one: Actor) -> bool:
    """Whether a finite verb follows directly: "Norland stated", not "the report of Norland on"."""
    return bool(_FINITE.match(text, one.end))


def _earlier(text: str, found: tuple[Actor, ...], left: int, verb: int) -> tuple[Actor, ...]:
    """The subject of the verb before, to which this one is joined.

    "Norland noted that the Council had met, and asked": the comma closes what was said, so Norland asked.
    """
    if _CLOSED.search(text, left, verb):
        speaker = next((one for one in found if left <= one.start and _SAYS_THAT.match(text, one.end, verb)), None)
        if speaker is not None and not _PREPOSITION.search(text, left, speaker.start):
            return (speaker,)
    for one in reversed([a for a in found if left <= a.start and a.end < verb]):
        stands = not _PREPOSITION.search(text, left, one.start) or _SPEAKS_FOR.search(text, left, one.start)
        if stands and acts_at(text, one):
            return _joined(text, found, one)
    return ()


def _joined(text: str, found: tuple[Actor, ...], last: Actor) -> tuple[Actor, ...]:
    """The States before this one in a list: "Norland, Sudmark and Osterland"."""
    chain = [last]
    for one in reversed([a for a in found if a.end <= last.start]):
        if one.kind != last.kind or one.kind != "state":
            break
        if not re.fullmatch(
            r"\s*(?:,|and|,\s+and|&)\s+(?:the\s+)?(?:Republic\s+of\s+)?", text[one.end : chain[0].start]
        ):
            break
        chain.insert(0, one)
    return tuple(chain)


def passive(text: str, left: int, verb: int) -> bool:
    """Whether the participle at verb stands in the passive, its auxiliary directly before it or shared."""
    return bool(_BE.search(text, left, verb) or _SHARED_BE.search(text, left, verb))


def addressee(text: str, found: tuple[Actor, ...], verb_end: int) -> tuple[Actor, ...]:
    """Who is asked, directly after the verb: "asked *the Secretariat* to", "urges *Member States* to"."""
    for one in found:
        if one.start >= verb_end:
            if _ASKED.fullmatch(text[verb_end : one.start]):
                return (one,)
            break
    return ()


def agent(text: str, found: tuple[Actor, ...], verb_end: int) -> tuple[Actor, ...]:
    """By whom, directly after a passive: "was approved *by the Panel*"."""
    for one in found:
        if one.start >= verb_end:
            between = text[verb_end : one.start]
            return (one,) if _BY.fullmatch(between) else ()
    return ()
