"""Meetings, rounds of consultation, conferences and sessions: which one a mention means, or why that stays open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.context import Document
from ingest.finders.consultations import folded, same_topic
from ingest.graph.iris import file_key
from ingest.model import Entity, Link, Mention
from ingest.register import Register
from ingest.resolving.names import Resolver, body_slugs

_TOPIC_WORDS = 2
"""The least words by which a short form of a round's topic is known."""


def meeting(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The meeting of that ordinal, or held on that day, of the body that the words or their context name."""
    body, reason = _meeting_body(mention, document, earlier)
    if body is None:
        return Link(mention, None, reason)
    number = mention.parts.get("ordinal")
    if number:
        if _is_session(body, mention, document):
            return _session(mention, document, body, number)
        if mention.parts.get("noun") == "session" and body not in document.register.bodies:
            return Link(mention, Entity("session", (body, number)), f"{reason}; known by its ordinal")
        return Link(mention, Entity("meeting", (body, number)), reason)
    day = mention.parts.get("start", "")
    known = document.register.meeting_on(body, day)
    if known:
        return Link(mention, known.entity, f"{reason}; held on that day")
    return Link(mention, Entity("meeting", (body, day)), f"{reason}; known by its day")


def _meeting_body(mention: Mention, document: Document, earlier: Sequence[Link]) -> tuple[str | None, str]:
    words, register, own = mention.parts.get("body"), document.register, document.metadata.body
    if words:
        slugs = body_slugs(words, register, own)
        if len(slugs) == 1:
            return slugs[0], f"meeting of {words}"
        return None, "several bodies have this name" if slugs else "the body is not in the register"
    if mention.parts.get("its") and (near := _possessor(mention, document, earlier)):
        return near, "its body stands in the sentence"
    if own:
        return own, "the body whose document this is"
    if near := _nearest_body(mention, document, earlier):
        return near, "the body named last"
    return None, "no body is named"


def _possessor(mention: Mention, document: Document, earlier: Sequence[Link]) -> str | None:
    """Whose meeting "its meeting" is: of the body that the sentence names before it.

    "At its second meeting the Panel …": nobody stands before it, and the Panel behind it is mostly the document's own.
    """
    sentence = document.clean.sentence_at(document.clean.clean_offset(mention.span.start))
    if sentence is None:
        return None
    begin = document.clean.span(sentence.start, sentence.start + 1).start
    return _nearest_body(mention, document, [link for link in earlier if link.mention.span.start >= begin])


_NEVER_MEETS = frozenset({"bureau", "secretariat", "union", "university", "company", "sector", "other"})
"""Kinds of bodies that hold no meetings of their own: "asked the Office … for its next meeting"."""


def _nearest_body(mention: Mention, document: Document, earlier: Sequence[Link]) -> str | None:
    for link in reversed(earlier):
        if link.mention.block < mention.block - 1:
            break
        if link.entity is not None and link.entity.kind == "body" and link.mention.span.end <= mention.span.start:
            known = document.register.bodies.get(link.entity.key[0])
            if (known.kind if known else link.mention.parts.get("kind")) not in _NEVER_MEETS:
                return link.entity.key[0]
    return None


def _is_session(body: str, mention: Mention, document: Document) -> bool:
    kinds = {event.kind for event in document.register.occasions(body)}
    return mention.parts.get("noun") == "session" and kinds == {"session"}


def _session(mention: Mention, document: Document, body: str, number: str) -> Link:
    for event in document.register.occasions(body):
        if event.ordinal == number:
            return Link(mention, event.entity, "the session of that ordinal")
    return Link(mention, None, "the register does not know this session's year")


def filed_for(document: Entity, register: Register) -> Entity | None:
    """The meeting, session or conference in whose series a document is numbered; None where its key tells none.

    Organs of other institutions number by session, which is no meeting of their own kind here.
    """
    if len(document.key) != 3 or not document.key[1].isdigit():
        return None
    body, number = document.key[:2]
    if len(number) == 4:
        kinds = {event.kind for event in register.occasions(body)}
        return Entity(kinds.pop(), (body, number)) if len(kinds) == 1 else None
    known = register.bodies.get(body)
    return None if known is not None and known.kind == "un-organ" else Entity("meeting", (body, number))


def consultation(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The round with that window, number, topic or day; one candidate or none."""
    parts, body = mention.parts, _round_body(document)
    if first := parts.get("first"):
        return _by_window(mention, document, body, first)
    if parts.get("label") and not parts.get("topic"):
        return _by_label(mention, earlier, parts["label"])
    if parts.get("nominal"):
        return _by_reference(mention, document, earlier)
    if number := parts.get("number"):
        known = [c.entity for c in document.register.consultations(body) if c.number == number]
        if len(known) == 1:
            return Link(mention, known[0], "the round of that number")
    if first := parts.get("elsewhere"):
        return _by_window(mention, document, body, first)
    if topic := parts.get("topic"):
        return _by_topic(mention, document, earlier, body, topic)
    if opens := parts.get("opens"):
        return _by_window(mention, document, body, opens[:7])
    if day := parts.get("day"):
        return _by_day(mention, document, earlier, body, day)
    return Link(mention, None, "neither window nor topic is given")


def _round_body(document: Document) -> str:
    """Whose rounds they are: those of the body whose document this is; where that is unknown, those of this file."""
    return document.metadata.body or file_key(document.reading.checksum)


def _by_label(mention: Mention, earlier: Sequence[Link], label: str) -> Link:
    """ "round (b)": the item with that letter in the list of rounds before it."""
    for link in reversed(earlier):
        parts = link.mention.parts
        if link.mention.kind == "consultation" and parts.get("label") == label and parts.get("topic") and link.entity:
            return Link(mention, link.entity, f"item ({label}) of the list of rounds")
    return Link(mention, None, f"no round ({label}) is listed before")


def _by_window(mention: Mention, document: Document, body: str, first: str) -> Link:
    known = document.register.consultation(body, first)
    if known:
        return Link(mention, known.entity, "the round that began in that month")
    topic, last = mention.parts.get("topic"), mention.parts.get("last", first)
    for each in document.register.consultations(body):
        overlap = each.first_month is None or (each.first_month <= last and (each.last_month or last) >= first)
        if topic and overlap and same_topic(topic, each.title):
            return Link(mention, each.entity, "same topic; the register gives another first month")
    return Link(mention, Entity("consultation", (body, first)), "keyed by its first month")


def _by_reference(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """ "this consultation": the round named just before, else that of the section's heading, else the only one named.

    "the survey" is one of the surveys; where several were named and none of them in its paragraph, it stays open.
    """
    noun = mention.parts.get("noun")
    rounds = [link for link in earlier if link.mention.kind == "consultation" and link.entity is not None]
    rounds = [link for link in rounds if noun is None or link.mention.parts.get("noun") == noun]
    near = mention.block - 1 if noun is None else mention.block
    if rounds and rounds[-1].mention.block >= near:
        return Link(mention, rounds[-1].entity, "the round named before")
    headings = set(_headings(document, mention.block))
    named = {link.entity: None for link in rounds if link.mention.block in headings and link.entity}
    if len(named) == 1:
        return Link(mention, next(iter(named)), "the round that the heading names")
    only = {link.entity: None for link in rounds if link.entity}
    if len(only) == 1 and not named:
        return Link(mention, next(iter(only)), "the only round named before")
    return Link(mention, None, "no round is named before" if not only else "several rounds are named", tuple(only))


def _headings(document: Document, order: int) -> list[int]:
    """The headings under which a block stands, by their printed numbers."""
    open_headings: list[tuple[int, int]] = []
    for block in document.clean.blocks:
        if block.order >= order:
            break
        if block.kind == "heading":
            rank = len(re.findall(r"\d+", block.number or "")) or 1
            open_headings = [(depth, each) for depth, each in open_headings if depth < rank]
            open_headings.append((rank, block.order))
    return [each for _, each in open_headings]


def _by_topic(mention: Mention, document: Document, earlier: Sequence[Link], body: str, topic: str) -> Link:
    found = {
        link.entity: None
        for link in earlier
        if link.entity is not None
        and link.mention.kind == "consultation"
        and same_topic(link.mention.parts.get("topic", ""), topic)
    } or {each.entity: None for each in document.register.consultations(body) if same_topic(each.title, topic)}
    found = found or _shorter_topic(earlier, topic)
    match list(found):
        case [one]:
            return Link(mention, one, "only round on this topic")
        case [] if opens := mention.parts.get("opens"):
            return _by_window(mention, document, body, opens[:7])
        case [] if mention.parts.get("taken_up") != "yes":
            return Link(mention, None, "no round on this topic is known, and the words do not say that there was one")
        case []:
            entity = Entity("consultation", (body, f"{file_key(document.reading.checksum)}-{mention.span.start}"))
            return Link(mention, entity, "no round on this topic is known; keyed by where it is named")
        case several:
            return Link(mention, None, "several rounds on this topic", tuple(several))


def _shorter_topic(earlier: Sequence[Link], topic: str) -> dict[Entity, None]:
    """The rounds named before whose topic begins with these words, or whose topic these words begin with."""
    words = folded(topic).split()
    found: dict[Entity, None] = {}
    for link in earlier:
        other = folded(link.mention.parts.get("topic", "")).split() if link.mention.kind == "consultation" else []
        shorter = min(len(words), len(other))
        if link.entity is not None and shorter >= _TOPIC_WORDS and words[:shorter] == other[:shorter]:
            found[link.entity] = None
    return found


def _by_day(mention: Mention, document: Document, earlier: Sequence[Link], body: str, day: str) -> Link:
    found: dict[Entity, None] = {}
    for each in document.register.consultations(body):
        if each.physical_meeting == day:
            found[each.entity] = None
    for link in earlier:
        parts = link.mention.parts
        if (
            link.entity
            and link.mention.kind == "consultation"
            and parts.get("first", "9") <= day[:7] <= parts.get("last", "0")
        ):
            found[link.entity] = None
    if len(found) == 1:
        return Link(mention, next(iter(found)), "the round that was open on that day")
    return Link(mention, None, "no one round was open on that day", tuple(found))


def event(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The conference, session or other event of that name."""
    parts = mention.parts
    if parts.get("body") and parts.get("year"):
        if "local_body" in parts and document.metadata.body not in document.register.bodies:
            own = Entity(parts["local_kind"], (parts["local_body"], parts["year"]))
            return Link(mention, own, "keyed by a body that this text alone names, and year")
        entity = Entity(parts["kind"], (parts["body"], parts["year"]))
        reason = "in the register" if document.register.event(entity) else "keyed by body and year"
        return Link(mention, entity, reason)
    found = document.register.event_named(parts.get("name", mention.quote))
    if len(found) == 1:
        return Link(mention, found[0], "only event of that name")
    return Link(mention, None, "several events have this name" if found else "not in the register", found)


def date(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """A date is a value, no thing: it is never linked."""
    return Link(mention, None, mention.parts.get("problem") or "a date")


RESOLVERS: Mapping[str, Resolver] = {
    "meeting": meeting, "consultation": consultation, "event": event, "date": date,
}  # fmt: skip
