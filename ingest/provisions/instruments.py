"""A document's instruments and their clauses, read from its blocks: any format, whole texts and broken conversions.

An instrument begins at its title line ("RESOLUTION 61 (REV. LARKHAVEN, 2031)"), at a heading that has nothing but its
number and title, or is the document itself, where its build says so: a body named, reasons, then verbs that decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.context import Document
from ingest.model import Entity, Link
from ingest.provisions.clauses import Clause, Defect, Instrument
from ingest.provisions.heads import leading, read_head
from ingest.provisions.reading import Reader
from ingest.rulebook import rules
from ingest.text import CleanBlock

__all__ = ["Clause", "Defect", "Instrument", "instruments"]

_NEAR = 12
"""Blocks: how far above its first clause an instrument names its body or itself."""


_SHORT = 200
"""Characters: a line that may be a head, or may name what the text is."""


@cache
def _form(table: str, name: str = "regex") -> re.Pattern[str]:
    return re.compile(rules("clauses")[table][name])


def instruments(document: Document) -> Iterator[Instrument]:
    """The instruments with clauses, in order. A document that is no instrument and holds none gives nothing."""
    if "instruments" not in document.memo:
        document.memo["instruments"] = tuple(_instruments(document))
    yield from document.memo["instruments"]


def _instruments(document: Document) -> Iterator[Instrument]:
    blocks = document.clean.blocks
    titles = [index for index, block in enumerate(blocks) if _is_title(document, block, blocks[index + 1 : index + 2])]
    starts = [index for index in titles if index + 1 not in titles]
    own, tongue = document.metadata.entity, language(document)
    if not starts and (own.kind in ("revision", "instrument") or _is_built_as_one(document, blocks, tongue)):
        yield from _with_clauses(document, own if own.kind == "revision" else None, blocks, None, tongue)
    for index, start in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else len(blocks)
        entity = _entity(document, blocks[start:stop], tongue)
        yield from _with_clauses(document, entity, blocks[start + 1 : stop], start, tongue)


def _is_title(document: Document, block: CleanBlock, below: Sequence[CleanBlock]) -> bool:
    """Whether a line begins an instrument; one of number and title alone is a heading, or the body is named below."""
    if block.kind not in ("heading", "paragraph"):
        return False
    words = document.clean.text[block.start : block.end].strip()
    if len(words) > 330:
        return False
    if _form("title").fullmatch(words) is not None:
        return True
    if _form("title", "heading").fullmatch(words) is None:
        return False
    named = any(_form("enacting").fullmatch(document.clean.text[b.start : b.end].strip()) for b in below)
    return block.kind == "heading" or block.order == 1 or named


def language(document: Document) -> str | None:
    """The language of the text: as the register of documents has it, as read, else that in which it has most heads."""
    if "clause-language" not in document.memo:
        said = document.source.language or document.reading.language
        document.memo["clause-language"] = said or _language_of_heads(document)
    found: str | None = document.memo["clause-language"]
    return found


def _language_of_heads(document: Document) -> str | None:
    blocks = document.clean.blocks
    lines = [line for b in blocks if len(line := document.clean.text[b.content : b.end].strip()) < _SHORT]
    heads = {
        tongue: sum(read_head(line, tongue) is not None for line in lines) for tongue in rules("clauses")["grammar"]
    }
    best = max(heads, key=lambda tongue: heads[tongue])
    return best if heads[best] else None


def _is_built_as_one(document: Document, blocks: Sequence[CleanBlock], tongue: str | None) -> bool:
    """Whether a text without a title line is an instrument: its body or kind named, then reasons, then decisions."""
    text, reasons = document.clean.text, None
    for index, block in enumerate(blocks):
        words = text[block.content : block.end].strip()
        head = read_head(words, tongue) or leading(words, tongue)
        if head is None:
            continue
        if reasons is not None and head.operative:
            return True
        if reasons is None and not head.operative and words[-1:] not in (".", "!", "?"):
            reasons = index if _names_itself(text, blocks[max(0, index - _NEAR) : index]) else None
    return False


def _names_itself(text: str, blocks: Sequence[CleanBlock]) -> bool:
    lines = [text[block.start : block.end].strip() for block in blocks]
    return any(_form("enacting").fullmatch(line) for line in lines) and any(
        len(line) < _SHORT and _form("enacting", "kinds").search(line) for line in lines
    )


def links_in(document: Document, first: int, last: int) -> Iterator[Link]:
    """The links whose mentions stand in the blocks of orders first to last."""
    links = document.links
    for link in links[bisect_left(links, first, key=_block) :]:
        if link.mention.block > last:
            return
        yield link


def _block(link: Link) -> int:
    return link.mention.block


def _entity(document: Document, blocks: Sequence[CleanBlock], language: str | None) -> Entity | None:
    """The revision that a title line names; its issuer may be told only by the line that begins the text."""
    title = blocks[0].order
    for link in links_in(document, title, title):
        if link.mention.kind == "citation":
            if link.entity is not None:
                return link.entity if link.entity.kind == "revision" else None
            parts = link.mention.parts
            issuer = _issuer(document, blocks[1 : 1 + _NEAR], language)
            if issuer is None or link.candidates or not {"kind", "number", "year"} <= parts.keys():
                return None
            return Entity("revision", (parts["kind"], issuer, parts["number"], parts["year"]))
    return None


def _issuer(document: Document, blocks: Sequence[CleanBlock], language: str | None) -> str | None:
    """The body that the enacting line begins with ("The Lake Council,"), where a register knows it."""
    text = document.clean.text
    for block in blocks:
        line = text[block.start : block.end].strip()
        if read_head(line, language) is not None:
            return None
        if not _form("enacting").fullmatch(line):
            continue
        for link in links_in(document, block.order, block.order):
            if link.mention.kind == "body" and link.entity is not None:
                begin = document.clean.text.find(link.mention.quote, block.start, block.end)
                return link.entity.key[0] if 0 <= begin <= block.start + 5 else None
    return None


def _with_clauses(
    document: Document, entity: Entity | None, blocks: tuple[CleanBlock, ...], start: int | None, tongue: str | None
) -> Iterator[Instrument]:
    if not blocks:
        return
    found = Instrument(entity, blocks[0].order - (start is not None), blocks[-1].order)
    found.title = _title(document, document.clean.blocks[start], blocks[0], tongue) if start is not None else None
    Reader(document.clean.text, found, tongue).read(blocks)
    if found.clauses:
        yield found


def _title(document: Document, above: CleanBlock, first: CleanBlock, tongue: str | None) -> tuple[int, int] | None:
    """The line below the title line, unless it begins the text; the title on the line itself, where it has one."""
    text = document.clean.text
    line = text[above.start : above.end].rstrip()
    for form in (_form("title"), _form("title", "heading")):
        said = form.fullmatch(line)
        if said is not None and said["title"]:
            letter = re.search(r"[^\W_]", said["title"])
            return above.start + said.start("title") + (letter.start() if letter else 0), above.start + len(line)
    words = text[first.content : first.end].strip()
    if first.number or read_head(words, tongue) is not None or words[-1:] in (",", ";", ":"):
        return None
    return first.content, first.end
