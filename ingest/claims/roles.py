"""Offices that people hold, and the lists in which a text names people together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.claims.located import Page
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Modality, Span, Value
from ingest.resolving.names import body_slugs

_CHAIRED_GROUP = re.compile(
    r"(?: ?\([^()]{2,60}\))?,? (?:(?:also|ably) )?"
    r"(?P<verb>(?:has |had )?(?:chaired|led|headed|presided over)|chairs|heads|leads) (?:the |this )"
)
"""Between a person and the group that he chairs or chaired: "Ms A (Norland) chaired the Group"."""
_GROUP_ENDS = re.compile(r"(?: ?\([^()]{2,40}\))?(?:[.,;]|$| (?:from|since|during|throughout|until|between|in) )")
_VICE_CHAIRS = re.compile(
    r"\b[Tt]he (?:(?:two|three|four|five|six) )?[Vv]ice-? ?[Cc]hair(?:men|women|persons|s)\b"
    r"(?: of the (?:Group|meeting))?(?:,? (?:too|also|as well))?(?:,|:| ?\()? (?:[A-Z][a-z]{1,4}\.? )?$"
)
"""Before the first of a list of people who hold the office in the body whose document it is."""


def role(page: Page, each: Placed, entity: Entity) -> Iterator[Claim]:
    """A membership; its body is the one named beside the role, else for a chair the one whose document it is."""
    document, body = page.document, None
    if "of" in each.parts:
        slugs = body_slugs(each.parts["of"], document.register, document.metadata.body)
        body = slugs[0] if len(slugs) == 1 else None
    elif each.parts["role"] in ("chair", "vice-chair") and each.parts.get("elsewhere") != "yes":
        body = document.metadata.body
    if body is None:
        return
    membership = Entity("membership", (file_key(document.reading.checksum), str(each.span.start)))
    spans = (each.span, stretch(page, each, "of")) if "of" in each.parts else (each.span,)
    yield Claim(
        entity, "org:hasMembership", membership, "asserted", "text", "person-role", spans,
        details=(
            ("rdf:type", Value("org:Membership", "curie")),
            ("org:member", entity),
            ("org:organization", Entity("body", (body,))),
            ("org:role", Entity("concept", ("role", each.parts["role"]))),
        ),
    )  # fmt: skip


def vice_chairs(page: Page, start: int, end: int) -> Iterator[Claim]:
    """ "thanks to the Vice-Chairs too: Mr A from Norland, Ms B from Sudmark": each one without a role."""
    people = [each for each in page.between(start, end, "person") if each.entity is not None]
    body = page.document.metadata.body
    first = next((each for each in people if _VICE_CHAIRS.search(page.text[start : each.start])), None)
    if first is None or body is None:
        return
    for person in following(page, people, first):
        if person.entity is not None and "role" not in person.parts:
            lead = _VICE_CHAIRS.search(page.text[start : first.start])
            words = page.span(start + lead.start(), start + lead.end()) if lead else first.span
            yield _member(page, person, Entity("body", (body,)), "vice-chair", "asserted", (words, person.span))


def chaired_group(page: Page, people: Sequence[Placed], end: int) -> Iterator[Claim]:
    """ "Mr A (Norland) chaired the Group": its chair, where the body ends the clause."""
    for person in people:
        words = _CHAIRED_GROUP.match(page.text, person.end, end)
        if words is None or "role" in person.parts:
            continue
        group = next((b for b in page.between(words.end(), end, "body") if b.start == words.end() and b.entity), None)
        if group is None or group.entity is None or not _GROUP_ENDS.match(page.text, group.end, end):
            continue
        said = modality(page.text, *words.span("verb"))
        spans = (person.span, page.span(*words.span("verb")), group.span)
        yield _member(page, person, group.entity, "chair", said, spans)


def _member(page: Page, person: Placed, body: Entity, role: str, said: Modality, spans: tuple[Span, ...]) -> Claim:
    membership = Entity("membership", (file_key(page.document.reading.checksum), str(person.span.start)))
    assert person.entity is not None  # noqa: S101  # the caller looked
    return Claim(
        person.entity, "org:hasMembership", membership, said, "text",
        "chaired-by" if role == "chair" else "person-role", spans,
        details=(
            ("rdf:type", Value("org:Membership", "curie")),
            ("org:member", person.entity),
            ("org:organization", body),
            ("org:role", Entity("concept", ("role", role))),
        ),
    )  # fmt: skip


def stretch(page: Page, each: Placed, name: str) -> Span:
    """Where a part of a person's mention stands: "country", "of"."""
    return page.span(int(each.parts[f"{name}_from"]), int(each.parts[f"{name}_to"]))


def joined(page: Page, people: Sequence[Placed]) -> list[Placed]:
    """The people of the list that ends at the last one, each with country and title beside the name."""
    group = [people[-1]]
    for each in reversed(people[:-1]):
        between = page.text[each.end : group[0].start]
        plain = re.sub(r"\([^()]*\)|\b(?:from|of) (?:the )?[A-Z][\w' ]+?(?=,| and |$)|[A-Z][a-z]+\.", "", between)
        if re.search(r"[a-z]{4,}", plain.replace("and", "")) or ";" in plain:
            break
        group.insert(0, each)
    return group


def following(page: Page, people: Sequence[Placed], first: Placed) -> list[Placed]:
    """The people of the list that begins with this one."""
    group = [first]
    for each in people:
        if each.start > group[-1].end and joined(page, [group[-1], each])[0] is group[-1]:
            group.append(each)
    return group


def chair_of_body(
    page: Page, person: Placed, verb: re.Match[str], start: int, words: Span, said: Modality
) -> Iterator[Claim]:
    """ "The Group was chaired by Mr B": the body right before the verb is his to chair."""
    bodies = [each for each in page.between(start, verb.start(), "body") if each.entity is not None]
    if not bodies or person.entity is None or bodies[-1].entity is None:
        return
    if re.match(r" \d", page.text[bodies[-1].end :]):
        return  # "DG 2" is a numbered group, and no register has it
    if re.search(
        r"[A-Za-z]{4,}", re.sub(r"\b(?:was|were|has|been|is|being)\b", "", page.text[bodies[-1].end : verb.start()])
    ):
        return
    yield _member(page, person, bodies[-1].entity, "chair", said, (bodies[-1].span, words, person.span))
