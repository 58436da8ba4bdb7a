"""Attributions that their sentence does not attest: a view, decision or request given to somebody not named in it.

This needs no gold. A holder is attested where the sentence of the evidence, or the lead of the list that it stands in,
holds a name that was resolved to the holder, a meeting of the body that is the holder, or a noun or pronoun that can
stand for the holder while the last thing of that sort named before it is the holder (or a paper of the holder).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.dataset.results import Named, Paragraph, Result
from ingest.evaluation.account import Place
from ingest.graph.iris import DEFAULT_BASE, path
from ingest.model import Claim, Entity

HOLDERS = {"rc:holder", "rc:actor"}
"""Details of a record that give it to somebody."""

_RECORDS = frozenset({"position", "decision"})
_HEAD = re.compile(r"[\W\d_]*(?:The |the )?")
"""What stands before the subject at the head of a sentence: a printed number, an article."""
_ORGANIZED = frozenset({"body", "conference", "session"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A row of `attested.toml`, compiled."""

    kinds: frozenset[str]
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something given to somebody: the record, the holder, the words, and whether the sentence names the holder."""

    record: str
    holder: str
    place: Place
    words: str
    attested: bool


@cache
def nominals() -> tuple[Nominal, ...]:
    """The nouns and pronouns that may stand for a holder."""
    text = (resources.files(__package__) / "attested.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["nominal"]
    return tuple(Nominal(frozenset(row["kinds"]), re.compile(row["regex"], re.IGNORECASE)) for row in rows)


def attributions(result: Result, base: str = DEFAULT_BASE) -> Iterator[Attribution]:
    """Every view, decision and request of a reading that has a holder, each with whether it is attested."""
    paper = _Paper(result, base)
    for claim in (held.claim for held in result.claims if held.known.until is None):
        if not isinstance(claim.object, Entity) or claim.object.kind not in _RECORDS or claim.basis != "text":
            continue
        for name, holder in claim.details:
            if name in HOLDERS and isinstance(holder, Entity) and claim.spans:
                start, end = claim.spans[-1].start, claim.spans[-1].end
                words = " ".join(result.text[start:end].split())
                yield Attribution(str(claim.object), str(holder), (start, end), words, paper.attests(claim, holder))


class _Paper:
    """One reading, ready to be asked what stands where."""

    def __init__(self, result: Result, base: str) -> None:
        self.result = result
        self.base = base
        self.mentions = sorted(result.mentions, key=lambda each: each.start)
        self.submitters = {
            (path(held.claim.object), path(held.claim.subject))
            for held in result.claims
            if held.claim.predicate == "rc:submittedBy" and isinstance(held.claim.object, Entity)
        }

    def attests(self, claim: Claim, holder: Entity) -> bool:
        """Whether the sentence of a claim, or the lead of its list, names the holder."""
        places = [(start, end) for start, end, _ in self.result.passages.sentences(claim.spans)]
        places += [lead for place in places for lead in self._leads(place)]
        if any(self._means(each, holder) for place in places for each in self._within(place)):
            return True
        return any(self._stands_for(holder, place) for place in places)

    def _within(self, place: Place) -> list[Named]:
        return [each for each in self.mentions if place[0] <= each.start and each.end <= place[1]]

    def _means(self, mention: Named, holder: Entity) -> bool:
        """Whether a mention was resolved to the holder, or to a meeting of the body that is the holder."""
        if mention.iri is None:
            return False
        address = mention.iri.removeprefix(self.base)
        if address == path(holder):
            return True
        return holder.kind == "body" and address.startswith(f"meeting/{path(holder).removeprefix('body/')}/")

    def _stands_for(self, holder: Entity, place: Place) -> bool:
        """Whether a noun or pronoun in the place can stand for the holder, the last of its sort that was named."""
        for form in nominals():
            if holder.kind not in form.kinds:
                continue
            for found in form.regex.finditer(self.result.text, *place):
                if self._resolves(found.span(), holder) or self._goes_on(found.start(), place, holder):
                    return True
        return False

    def _goes_on(self, at: int, place: Place, holder: Entity) -> bool:
        """Whether a word at the head of a sentence follows a sentence that begins with the holder.

        "The Panel met the Board. It decided …": the Board was named last, and the Panel goes on to act.
        """
        if _HEAD.fullmatch(self.result.text, place[0], at) is None:
            return False
        before = max(((start, end) for start, end, _ in self.result.sentences if end <= place[0]), default=None)
        first = next((each for each in self.mentions if before and before[0] <= each.start < before[1]), None)
        if before is None or first is None or _HEAD.fullmatch(self.result.text, before[0], first.start) is None:
            return False
        return self._means(first, holder)

    def _resolves(self, place: Place, holder: Entity) -> bool:
        """Whether the nearest name before the words, of a thing of the holder's kind, is the holder's."""
        for mention in reversed(self.mentions):
            if mention.end > place[0]:
                continue
            if self._means(mention, holder):
                return True
            if mention.iri is None:
                continue
            address = mention.iri.removeprefix(self.base)
            if (path(holder), address) in self.submitters:
                return True
            kind = address.partition("/")[0]
            if kind == holder.kind or (kind in _ORGANIZED and holder.kind in _ORGANIZED):
                return False
        return False

    def _leads(self, place: Place) -> Iterator[Place]:
        """The lead of the list that a sentence stands in: the nearest paragraph before it that ends with a colon."""
        blocks = sorted(self.result.paragraphs, key=lambda each: each.position)
        at = next((n for n, each in enumerate(blocks) if each.start <= place[0] < each.end), None)
        if at is None or blocks[at].kind != "item":
            return
        level: int | None = blocks[at].level
        for block in reversed(blocks[:at]):
            if _opens(block):
                yield block.start, block.end
                if block.kind != "item":
                    return
                level = block.level
            elif block.kind != "item" or (level is not None and block.level < level):
                return


def _opens(block: Paragraph) -> bool:
    """Whether a list follows: a paragraph that ends with a colon, or one whose sentence is not at its end."""
    words = block.text.rstrip()
    return words.endswith((":", ":–", ":-")) or (block.kind == "paragraph" and words[-1:].isalpha())
