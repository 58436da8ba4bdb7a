"""Rounds that are the items of a list: "Three rounds were held: (a) “Safe quays” (March-July 2031): 40 replies"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.rulebook import rules
from ingest.text import Clean, CleanBlock, Sentence

_TITLE = re.compile(r"\"(?P<title>[^\"\n]{3,200})\"(?=,? ?(?:\(|opened|held|launched|ran|from|which))")


@dataclass(frozen=True, slots=True)
class Item:
    """A round by its title, at the beginning of an item; label is the item's letter or number."""

    sentence: Sentence
    title: tuple[int, int]
    label: str | None


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rules("consultations")["list"]["regex"], re.IGNORECASE)


def rounds(clean: Clean) -> Iterator[Item]:
    """The rounds listed below a lead that calls them so, in order; the list ends where a block is no item of it."""
    open_list = False
    for block in clean.blocks:
        label = _label(block)
        if open_list and label is not None:
            title = _TITLE.match(clean.text, block.content, block.end)
            sentence = clean.sentence_at(block.content) if title else None
            if title and sentence is not None:
                yield Item(Sentence(sentence.start, sentence.end, sentence.block), title.span("title"), label or None)
        else:
            words = clean.text[block.content : block.end].rstrip()
            open_list = words.endswith(":") and bool(_lead().search(words))


def _label(block: CleanBlock) -> str | None:
    """The letter or number of an item; empty for a bullet; None for what is no item."""
    number = (block.number or "").strip("(). ")
    if re.fullmatch(r"[a-z]|[ivx]{1,4}|\d", number):
        return number
    return "" if block.kind == "item" else None
