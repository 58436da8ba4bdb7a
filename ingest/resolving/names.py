"""Bodies, offices, States, groups and people: which one a mention means, or why that stays open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ingest.context import Document
from ingest.finders import unregistered
from ingest.finders.local import MARK, nouns_of
from ingest.graph.iris import file_key
from ingest.model import Entity, Link, Mention
from ingest.register import Register
from ingest.rulebook import rules

Resolver = Callable[[Mention, Document, Sequence[Link]], Link]

_ACRONYM = re.compile(r"(?P<first>[A-Z]+)-[A-Z][A-Za-z0-9&]+")


def body(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The body that a name means; "the Group" is the body whose document this is."""
    words = mention.parts.get("name", mention.quote)
    own = unregistered.slugs(mention.parts)
    if not own:
        return named_body(mention, words, document, earlier)
    if "local" in mention.parts:
        known = named_body(mention, words, document, earlier)
        if known.entity is not None:
            return known
    return _by_text_alone(mention, own, document)


def _by_text_alone(mention: Mention, own: Sequence[str], document: Document) -> Link:
    """A body that this text names. Its noun alone stands for it, before all for the body whose document this is."""
    if noun := mention.parts.get("noun"):
        home = document.metadata.body
        if home is not None and (home in own or noun in nouns_of(home, document.clean.text)):
            return Link(mention, Entity("body", (home,)), "stands for the body whose document this is")
        candidates = tuple(Entity("body", (slug,)) for slug in own)
        if len(own) > 1:
            return Link(mention, None, "several bodies of this text have this noun", candidates)
    return Link(mention, Entity("body", (own[0],)), "named by this text alone")


def named_body(mention: Mention, words: str, document: Document, earlier: Sequence[Link]) -> Link:
    """The body that these words name in this document."""
    slugs = body_slugs(words, document.register, document.metadata.body)
    match slugs:
        case [slug]:
            reason = "only body of that name" if document.register.bodies.get(slug) else "named by its acronym"
            return Link(mention, Entity("body", (slug,)), reason)
        case []:
            return Link(mention, None, "the words alone name no body here")
        case _ if len(near := _siblings(slugs, document)) == 1:
            return Link(mention, Entity("body", near), "the one of the same Sector as the body whose document this is")
        case _:
            candidates = tuple(Entity("body", (slug,)) for slug in slugs)
            return Link(mention, None, "several bodies have this name", candidates)


def _siblings(slugs: Sequence[str], document: Document) -> tuple[str, ...]:
    """Of several bodies those under the parent of the document's own body: "SG2" in a report of that Sector's SG3."""
    bodies = document.register.bodies
    own = bodies.get(document.metadata.body or "")
    if own is None or own.kind != "study-group" or own.parent is None:
        return ()
    return tuple(slug for slug in slugs if slug in bodies and bodies[slug].parent == own.parent)


def body_slugs(words: str, register: Register, context: str | None) -> tuple[str, ...]:
    """Slugs of the bodies that words name; an acronym that no register has names a body of its own."""
    if words.startswith(MARK):
        return (words.removeprefix(MARK),)
    known = register.body_named(words, context)
    acronym = _ACRONYM.fullmatch(words)
    if known or acronym is None or acronym["first"] not in rules("names")["acronyms"]:
        return known
    longer = register.body_named("C" + words) if words.startswith("WG-") else ()
    return longer or (re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-"),)


def office(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The office that a name means; where several bodies have one, that of the document's institution."""
    words = mention.parts.get("name", mention.quote)
    if words.startswith(MARK):
        return Link(mention, Entity("office", (words.removeprefix(MARK),)), "named by this text alone")
    own = unregistered.slugs(mention.parts)
    if len(own) == 1 and document.metadata.body not in document.register.bodies:
        return Link(mention, Entity("office", own), "named by this text alone")
    sure = document.register.office_named(words)
    slugs = sure or _at_home(document.register.office_named(words, context=True), document)
    if len(slugs) == 1:
        return Link(mention, Entity("office", (slugs[0],)), "only office of that name")
    candidates = tuple(Entity("office", (slug,)) for slug in slugs)
    return Link(mention, None, "several offices have this name" if slugs else "no register has it", candidates)


def _at_home(slugs: Sequence[str], document: Document) -> tuple[str, ...]:
    """Of offices whose name needs a context those that a document of this body means: of its body, of the bodies above
    it, or of its institution. "The Chair" is never that of another group.
    """
    register, home = document.register, document.metadata.body
    line = (home, *register.ancestors(home)) if home else ()
    kept = []
    for slug in slugs:
        held = register.offices.get(slug)
        body = held.body if held else None
        of_union = held is None or body is None or len(line) < 2 or line[-1] in register.ancestors(body)
        chairs = held is not None and "chair" in (held.role or "")
        if body is None or body in line or (of_union and not chairs):
            kept.append(slug)
    return tuple(kept)


def state(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The State that a name or an adjective stands for."""
    words = mention.parts.get("name", mention.quote)
    found = document.register.state_named(words, adjectives=mention.parts.get("form") == "adjective")
    if found is None:
        found = document.register.state_named(words, adjectives=True)
    if found is None:
        return Link(mention, None, "no one State has this name")
    return Link(mention, found.entity, "only State of that name")


def person(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The person of the register with this name, else a person of this document, the first time named."""
    name = mention.parts["name"]
    known = document.register.person_named(name)
    if len(known) == 1:
        return Link(mention, known[0].entity, "only person of that name")
    if known:
        return Link(mention, None, "several persons have this name", tuple(p.entity for p in known))
    before = _named_before(mention, earlier)
    if len(before) == 1:
        same = before[0].mention.parts.get("name") == name
        short = "" if same else ", in full"
        return Link(mention, before[0].entity, f"named before in this document{short}")
    if before:
        several = tuple(link.entity for link in before if link.entity is not None)
        return Link(mention, None, "several persons named before have this surname", several)
    entity = Entity("person", (file_key(document.reading.checksum), str(mention.span.start)))
    return Link(mention, entity, "no register has this name")


def _named_before(mention: Mention, earlier: Sequence[Link]) -> list[Link]:
    """Those named before whose name this is, in full, or in short: one link for each person."""
    people = [link for link in earlier if link.entity is not None and link.entity.kind == "person"]
    name = mention.parts["name"]
    full = {link.entity: link for link in people if link.mention.parts.get("name") == name}
    short = {link.entity: link for link in people if _is_short_for(mention.parts, link.mention.parts)}
    return list((full or short).values())


def _is_short_for(short: Mapping[str, str], full: Mapping[str, str]) -> bool:
    """Whether "Mr Ode" or "O. Ode" can stand for "Mr Olu Ode": the surname, and no initial or title against it."""
    one, other = short["name"].split(), full.get("name", "").split()
    if len(one) > len(other) or {_sex(short), _sex(full)} == {"f", "m"}:
        return False
    firsts = [word for word in one if re.fullmatch(r"(?:[^\W\d_]\.-?)+", word)]
    surname = one[len(firsts) :]
    if not surname or len(surname) >= len(other) or other[-len(surname) :] != surname:
        return False
    return all(word[0] == given[0] for word, given in zip(firsts, other, strict=False))


def _sex(parts: Mapping[str, str]) -> str:
    title = parts.get("title", "").rstrip(".").split(" ")[0]
    return {"Mr": "m", "Sir": "m", "Ms": "f", "Mrs": "f", "Miss": "f", "Mme": "f"}.get(title, "")


RESOLVERS: Mapping[str, Resolver] = {
    "body": body, "group": body, "office": office, "state": state, "person": person,
}  # fmt: skip
