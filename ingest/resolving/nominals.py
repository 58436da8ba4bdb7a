""" "this resolution": what the words before it, or the document itself, leave no doubt about."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.context import Document
from ingest.model import Entity, Link, Mention

_SAID = frozenset({"the said", "the same", "the above", "the above-mentioned", "the aforementioned"})
_NEAR = 6
"""Paragraphs back in which the instrument meant by "the said resolution" may be cited."""
_THIS = frozenset({"this", "the present"})


def resolve(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The instrument meant: the document itself if it is one, else the only one cited in the paragraphs at hand.

    In a quotation of a resolution "this resolution" is the one quoted: the paragraph that leads the list names it.
    """
    kind, own = mention.parts["kind"], document.metadata.entity
    if mention.parts["pointer"] in _THIS and own.kind in ("revision", "instrument") and own.key[0] == kind:
        return Link(mention, own, "the document itself")
    if mention.parts["pointer"] in _THIS and (within := _instrument_around(mention, document, earlier, kind)):
        return Link(mention, within, "the instrument in whose text it stands")
    if "plural" in mention.parts:
        return Link(mention, None, "several instruments are meant")
    cited = _cited_before(mention, document, earlier, kind)
    if not cited and mention.parts["pointer"] in _SAID:
        cited = _cited_last(mention, document, earlier, kind)
    if len(cited) == 1:
        return Link(mention, cited[0], "the only one cited in the paragraph or the lead of its list")
    return Link(mention, None, "no single instrument is cited before it", tuple(cited))


def _instrument_around(mention: Mention, document: Document, earlier: Sequence[Link], kind: str) -> Entity | None:
    """The instrument whose title line, alone in its block, was the last before the mention."""
    for link in reversed(earlier):
        title = link.mention
        if title.kind == "citation" and link.entity is not None and title.quote.split(" ", 1)[0].isupper():
            block = next((b for b in document.reading.blocks if b.order == title.block), None)
            if block is not None and block.span == title.span:
                return link.entity if link.entity.key[0] == kind else None
    return None


def _cited_before(mention: Mention, document: Document, earlier: Sequence[Link], kind: str) -> list[Entity]:
    first = _lead(mention, document)
    found = [
        link.entity
        for link in earlier
        if link.mention.kind == "citation"
        and link.entity is not None
        and link.entity.key[0] == kind
        and first <= link.mention.block <= mention.block
    ]
    return list(dict.fromkeys(found))


def _cited_last(mention: Mention, document: Document, earlier: Sequence[Link], kind: str) -> list[Entity]:
    """What the last paragraph that cites anything of the kind cites: "the same resolution", under one heading."""
    heading = max(
        (b.order for b in document.clean.blocks if b.kind == "heading" and b.order <= mention.block), default=0
    )
    cited = [
        link
        for link in earlier
        if link.mention.kind == "citation"
        and link.mention.block >= max(heading, mention.block - _NEAR)
        and link.mention.span.end <= mention.span.start
    ]
    if not cited:
        return []
    last = [link.entity for link in cited if link.mention.block == cited[-1].mention.block]
    same = [entity for entity in last if entity is not None and entity.key[0] == kind]
    return list(dict.fromkeys(same)) if None not in last else []


def _lead(mention: Mention, document: Document) -> int:
    """The order of the paragraph that leads the list in which the mention stands; its own, if in none."""
    blocks = {block.order: block for block in document.clean.blocks}
    order = mention.block
    while order > 1 and order in blocks and blocks[order].kind == "item":
        order -= 1
    return order
