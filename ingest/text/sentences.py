"""Where sentences end: abbreviations are data (`genre.toml`), brackets and short quotations hold together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.text.genre import genre

_STOP = re.compile(r"""(?:[.!?\u2026\u061f]+[\"')\]\u00bb]*\s+)|(?:[\u3002\uff01\uff1f]+[\"')\]\u300d\u201d]*\s*)""")
_TOKEN_BEFORE = re.compile(r"[^\s(\[\"']{1,24}$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_NUMBER_AHEAD = re.compile(r"[\"'(\[]*(?:\d|[IVXLC]{1,6}\b|[A-Z](?:\d|[-./ ]\d|\.))")
_WORD_AHEAD = re.compile(r"[\"'(\[]*([^\W\d_]+)")
_LONGEST_QUOTATION = 240
_PAIRS = {")": "(", "]": "["}


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of text[start:end], without white space at their ends.

    A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number, stands inside
    brackets or a quotation of up to 240 characters, or a word in lower case follows.
    """
    closed = _closed_stretches(text, start, end)
    here = start
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends(text, match, closed):
            yield from _trimmed(text, here, match.end())
            here = match.end()
    yield from _trimmed(text, here, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, match: re.Match[str], closed: list[tuple[int, int]]) -> bool:
    if any(first < match.start() < last for first, last in closed):
        return False
    if match.group()[0] in "\u3002\uff01\uff1f":
        return True
    ahead = text[match.end() : match.end() + 40]
    word = _WORD_AHEAD.match(ahead)
    if word and word[1][0].islower():
        return False
    if match.group()[0] != ".":
        return True
    before = _TOKEN_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    return not before or _may_follow(before.group(), ahead, word[1] if word else "")


def _may_follow(token: str, ahead: str, word: str) -> bool:
    """Whether a sentence may end after this token and its full stop, given what comes next."""
    rules = genre()
    if token in rules.always:
        return False
    if token in rules.before_number:
        return not _NUMBER_AHEAD.match(ahead)
    if _INITIALS.match(token) and token not in {"I"}:
        return word in rules.starters
    return True


def _closed_stretches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bracketed and quoted stretches; brackets that never close do not count."""
    stretches: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    quote = -1
    for match in re.finditer(r"[()\[\]\"]", text[start:end]):
        char, at = match.group(), match.start() + start
        if char in "([":
            opened.append((char, at))
        elif char in _PAIRS:
            if opened and opened[-1][0] == _PAIRS[char]:
                stretches.append((opened.pop()[1], at))
        elif quote < 0:
            quote = at
        else:
            if at - quote <= _LONGEST_QUOTATION:
                stretches.append((quote, at))
            quote = -1
    return stretches
