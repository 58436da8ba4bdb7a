"""Bodies that no register knows: that there are such, what kind they are, and how the text writes their names."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims.located import Page
from ingest.context import Document
from ingest.discourse.scope import Placed
from ingest.model import Claim, Entity, Value

RULE = "body-named"


def claims(document: Document) -> Iterator[Claim]:
    """Type, kind and names of the bodies that this text alone names, each with the first words that say it."""
    told: set[tuple[Entity, str]] = set()
    for each in Page(document).links:
        if each.kind == "body" and each.entity is not None and each.entity.key[0] not in document.register.bodies:
            yield from _named(each, each.entity, told)


def _named(each: Placed, body: Entity, told: set[tuple[Entity, str]]) -> Iterator[Claim]:
    spans = (each.span,)
    if (body, "") not in told:
        told.add((body, ""))
        yield Claim(body, "rdf:type", Value("org:Organization", "curie"), "asserted", "text", RULE, spans)
        if kind := each.parts.get("kind"):
            yield Claim(body, "rc:bodyKind", Entity("concept", ("body-kind", kind)), "asserted", "text", RULE, spans)
    name = " ".join(each.link.mention.quote.split())
    if "noun" not in each.parts and (body, name.casefold()) not in told:
        told.add((body, name.casefold()))
        yield Claim(body, "skos:altLabel", Value(name, language="en"), "asserted", "text", RULE, spans)
