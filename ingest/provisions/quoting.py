"""Blocks that quote another text: what stands in them is no head and no clause of the instrument."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.text import CleanBlock

_LONGEST = 30
"""Blocks: a quotation mark that is not answered within as many is no opening one."""
_PLAIN = str.maketrans("«»", '""')
_CLOSES = re.compile(r'"\W{0,3}$')


def quoted(text: str, blocks: Sequence[CleanBlock]) -> frozenset[int]:
    """The orders of the blocks from one that begins with a quotation mark to the one that closes the quotation."""
    found: set[int] = set()
    index = 0
    while index < len(blocks):
        last = _last(text, blocks, index)
        if last is None:
            index += 1
            continue
        found.update(block.order for block in blocks[index : last + 1])
        index = last + 1
    return frozenset(found)


def _last(text: str, blocks: Sequence[CleanBlock], index: int) -> int | None:
    """Where a quotation ends that begins with this block; None if none begins."""
    words = _words(text, blocks[index].start, blocks[index].end)
    if not words.startswith('"') and not _words(text, blocks[index].content, blocks[index].end).startswith('"'):
        return None
    if words.count('"') % 2 == 0:
        return index if words.startswith('"') and _CLOSES.search(words) and words.count('"') == 2 else None
    for later in range(index + 1, min(len(blocks), index + _LONGEST)):
        said = _words(text, blocks[later].start, blocks[later].end)
        if said.count('"') % 2:
            return later if _CLOSES.search(said) else None
    return None


def _words(text: str, start: int, end: int) -> str:
    """The words, guillemets as straight quotation marks."""
    return text[start:end].strip().translate(_PLAIN)
