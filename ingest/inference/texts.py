"""The texts of revisions that an archive holds: whole, clause by clause, or in excerpts that other documents quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from ingest.inference.archive import Account, Archive
from ingest.lineage import Provision
from ingest.model import Block, Claim, Entity, Reading, Span, Value
from ingest.text import clean
from ingest.text.languages import language


@dataclass(frozen=True, slots=True)
class Part:
    """A clause or an excerpt of a revision. key is that of the assertion that it is a part of it.

    file is the account in which it was read, spans where; language is that of the account, None where that cannot be
    told.
    """

    entity: Entity
    revision: Entity
    key: str
    provision: Provision
    addressees: tuple[Entity | Value, ...]
    file: str
    spans: tuple[Span, ...]
    language: str | None

    def overlaps(self, other: Part) -> bool:
        """Whether the two were read in the same words."""
        return self.file == other.file and any(
            one.start < another.end and another.start < one.end for one in self.spans for another in other.spans
        )


@dataclass(frozen=True, slots=True)
class Holding:
    """What is known of the text of one revision: whole texts, a document each, and excerpts, both oldest first."""

    revision: Entity
    whole: tuple[tuple[Part, ...], ...]
    excerpts: tuple[Part, ...]


_Read: TypeAlias = tuple[Account, str, Claim, Entity]
"""Where a part was read, the key of its assertion, its claim, the part."""


def holdings(archive: Archive) -> dict[Entity, tuple[Holding, ...]]:
    """What is known of the texts of each instrument, by year, if anything can be compared with anything."""
    found: defaultdict[Entity, defaultdict[Entity, list[_Read]]] = defaultdict(lambda: defaultdict(list))
    for account in archive.accounts:
        for key, claim in account.claims:
            part = claim.object
            if claim.predicate != "eli:has_part" or claim.modality != "asserted" or claim.subject.kind != "revision":
                continue
            if isinstance(part, Entity) and part.kind in ("clause", "excerpt") and claim.spans:
                found[Entity("instrument", claim.subject.key[:3])][claim.subject].append((account, key, claim, part))
    return {
        instrument: tuple(_holding(revision, found[instrument][revision]) for revision in sorted(revisions, key=str))
        for instrument, revisions in sorted(found.items(), key=lambda item: str(item[0]))
        if len(revisions) > 1 or any(part.kind == "excerpt" for each in revisions.values() for *_, part in each)
    }


def _holding(revision: Entity, read: Sequence[_Read]) -> Holding:
    """A revision's parts, those of a document in the order of its text."""
    texts: defaultdict[str, list[Part]] = defaultdict(list)
    excerpts = []
    for one in read:
        part = _part(*one)
        if part.entity.kind == "clause":
            texts[part.file].append(part)
        else:
            excerpts.append(part)
    whole = tuple(tuple(sorted(text, key=lambda part: part.provision.position)) for text in texts.values())
    return Holding(revision, whole, tuple(excerpts))


def _part(account: Account, key: str, claim: Claim, entity: Entity) -> Part:
    role, number = "", None
    addressees = []
    for predicate, value in claim.details:
        if predicate == "rc:clauseRole" and isinstance(value, Entity):
            role = value.key[-1]
        elif predicate == "rc:addressee":
            addressees.append(value)
        elif predicate == "rc:numberAsPrinted" and isinstance(value, Value):
            number = value.text
    named = "; ".join(each.text if isinstance(each, Value) else str(each) for each in addressees) or None
    words = " ".join(cleaned(account.text[span.start : span.end]) for span in claim.spans)
    provision = Provision(int(entity.key[-1]), role, named, number, words)
    tongue = told_language(account.text)
    return Part(entity, claim.subject, key, provision, tuple(addressees), account.name, claim.spans, tongue)


@lru_cache(maxsize=65536)
def cleaned(words: str) -> str:
    """A stretch of a text as read, fit for comparing: `ingest.text` on it alone."""
    block = Block(1, Span(0, len(words)), "paragraph", 0)
    return " ".join(clean(Reading("", "text/plain", words, (block,))).text.split())


@lru_cache(maxsize=4096)
def told_language(text: str) -> str | None:
    """The language that a document is in."""
    return language(text)


def in_one_language(
    earlier: Sequence[tuple[Part, ...]], later: Sequence[tuple[Part, ...]]
) -> tuple[tuple[Part, ...], tuple[Part, ...]] | None:
    """The first whole texts of two revisions that can be compared; None where they are in different languages."""
    return next(((one, other) for one in earlier for other in later if comparable(one[0], other[0])), None)


def comparable(one: Part, other: Part) -> bool:
    """Whether two parts are in one language, as far as can be told."""
    return one.language == other.language or None in (one.language, other.language)
