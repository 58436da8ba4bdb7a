"""Citations to revisions of instruments, or to the instrument as such, or to none with the candidates.

Body, number and revision together make the key. The issuer is what the words say; else town and year name the
conference; else the number, where only one body can have issued it. A year is only ever that of the citation itself,
or of the one revision that the document fixes elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.context import Document
from ingest.model import Entity, Link, Mention
from ingest.register import Register
from ingest.resolving.foreign import is_foreign
from ingest.resolving.issuers import OWN, SESSION_NUMBER, Issuer, could_have_issued, issuer_of, number_of
from ingest.resolving.places import placed

FROM_CONTEXT = "found from context"
"""How the reason of a link begins whose revision or issuer another citation of the same document fixes."""


def resolve(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The link of one citation, by its own words, the register and what was named before it."""
    parts = mention.parts
    issuer = issuer_of(mention, document, earlier)
    kind, number = parts["kind"], number_of(parts)
    if not issuer.bodies:
        return Link(mention, None, issuer.reason)
    candidates = tuple(Entity("instrument", (kind, body, number)) for body in issuer.bodies)
    if len(candidates) > 1:
        return Link(mention, None, f"{issuer.reason}; {len(candidates)} bodies are possible", candidates)
    return _dated(mention, candidates[0], issuer, document.register)


def _dated(mention: Mention, instrument: Entity, issuer: Issuer, register: Register) -> Link:
    kind, body, number = instrument.key
    year = mention.parts.get("year") or issuer.year
    if year is None or (SESSION_NUMBER.fullmatch(number) and body in register.bodies):
        left = "" if SESSION_NUMBER.fullmatch(number) else "; no revision given"
        return Link(mention, instrument, issuer.reason + left)
    revision = Entity("revision", (kind, body, number, year))
    known = register.revision(kind, body, number, year) is not None
    return Link(mention, revision, issuer.reason if known else f"{issuer.reason}; not in the register")


def settle(links: Iterable[Link], document: Document) -> list[Link]:
    """Links whose issuer or revision was open, settled where the document fixes exactly one elsewhere.

    A citation whose words name an issuer that the register does not know is never settled. An issuer is settled only
    if it is the document's own body, or if no other body that the document cites can have issued that number.
    """
    given = placed(placed(list(links), document, FROM_CONTEXT), document, FROM_CONTEXT)
    for dated in (True, False):  # what has a year first: it may be a second revision of what has none
        cited = _cited(given)
        given = [
            _settled(link, cited, document)
            if link.mention.kind == "citation" and ("year" in link.mention.parts) is dated
            else link
            for link in given
        ]
    return given


def _cited(links: Iterable[Link]) -> Cited:
    cited = Cited()
    for link in links:
        if link.mention.kind == "citation" and link.entity is not None:
            cited.add(link.entity)
    return cited


@dataclass(frozen=True, slots=True)
class Cited:
    """What a document cites, for settling what it leaves open."""

    by_number: defaultdict[tuple[str, str], set[Entity]] = field(default_factory=lambda: defaultdict(set))
    issuers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_session: set[str] = field(default_factory=set)
    """Those that number their texts by session ("25/3")."""

    def add(self, entity: Entity) -> None:
        """Note one instrument or revision."""
        kind, issuer, number = entity.key[:3]
        self.by_number[kind, number].add(entity)
        self.issuers[kind].add(issuer)
        if SESSION_NUMBER.fullmatch(number):
            self.by_session.add(issuer)

    def sole_issuer(self, kind: str, number: str, document: Document) -> str | None:
        """The only issuer of that number that the document cites, or else that is known; None if another is in play."""
        issuers = {entity.key[1] for entity in self.by_number.get((kind, number), ())}
        if not issuers and not is_foreign(document):
            issuers = set(document.register.issuers_of_number(kind, number))
        elif not issuers and SESSION_NUMBER.fullmatch(number):
            issuers = self.by_session - document.register.bodies.keys()
        if len(issuers) != 1:
            return None
        (issuer,) = issuers
        if issuer == document.metadata.body or not number.isdigit():
            return issuer
        rivals = set(could_have_issued(document.register, kind, int(number))) & self.issuers[kind]
        return issuer if rivals <= {issuer} else None


def _settled(link: Link, cited: Cited, document: Document) -> Link:
    parts, entity = link.mention.parts, link.entity
    kind, number, year = parts["kind"], number_of(parts), parts.get("year")
    by_session = SESSION_NUMBER.fullmatch(number) and not is_foreign(document)
    if entity is not None and (entity.kind == "revision" or by_session):
        return link
    named = "issuer" in parts and not OWN.fullmatch(parts["issuer"])
    if entity is None and (named or "tag" in parts or "city" in parts):
        return link
    issuer = entity.key[1] if entity is not None else cited.sole_issuer(kind, number, document)
    if issuer is None:
        return link
    if year is not None and not by_session:
        revision = Entity("revision", (kind, issuer, number, year))
        return Link(link.mention, revision, f"{FROM_CONTEXT}: the only issuer that can be meant")
    same = [one for one in cited.by_number.get((kind, number), ()) if one.kind == "revision" and one.key[1] == issuer]
    if len(same) == 1:
        return Link(link.mention, same[0], f"{FROM_CONTEXT}: the one revision that the document cites")
    if entity is not None:
        return link
    why = FROM_CONTEXT if (kind, number) in cited.by_number else "no issuer given; the only body known to have it"
    if issuer not in document.register.bodies and why != FROM_CONTEXT:
        why = f"{FROM_CONTEXT}: the only body of this text that numbers so"
    return Link(link.mention, Entity("instrument", (kind, issuer, number)), f"{why}; revision left open")
