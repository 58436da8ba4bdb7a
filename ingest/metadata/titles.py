"""The title that a document gives itself: a line of its own on its cover."""

from __future__ import annotations

import re

from ingest.metadata.cover import Cover, cues
from ingest.model import Span
from ingest.text import CleanBlock, dates

INSTRUMENTS = frozenset({"final-acts", "resolution", "decision", "recommendation"})
"""Kinds of documents that are instruments themselves."""

SUBMITTED = re.compile(
    r"^(?:(?:joint |written )?(?:contribution|proposals?|submission|input|paper) (?:by|from|of|submitted by)"
    r"|source:?|submitted by:?) ",
    re.IGNORECASE,
)
_TITLE_ALONE = re.compile(r"(?:Title|Subject):?", re.IGNORECASE)
BY_OFFICE = re.compile(
    r"(?:Report|Note|Document|Information document) (?:by|from) the "
    r"(?P<office>Secretary-General|(?:General )?Secretariat|Director of [A-Z][\w' -]{2,70}|Chair(?:man|person)?)",
    re.IGNORECASE,
)
_OF_CHAIR = re.compile(
    r"Report (?:by|of|from) the (?:acting )?(?:Chair(?:man|woman|person)?|Convenor)\b.*", re.IGNORECASE
)
_TITLED = re.compile(r"(?:Title|Subject|TITLE|SUBJECT): ?(?P<title>\S[^\n]{2,249})$")
_PLACE = re.compile(r"(?:[A-Z][\w' -]{2,40}, )?")
_LONGEST = 250
_HEADING = 15
"""Characters up to which a line is a heading ("Summary") and no title."""
_LABELLED = re.compile(r"(?:Title|Subject):", re.IGNORECASE)


def title(cover: Cover, kind: str | None) -> tuple[str, Span] | None:
    """The title and where it stands: behind "Title:", in the line that names the kind, or below number or submitter.

    None where no line of the cover is one.
    """
    lines = [cue.regex for cue in cues() if cue.kind == kind and cue.place == "line"]
    for index, block in enumerate(cover.head):
        words, at = cover.words(block), block
        if _TITLE_ALONE.fullmatch(words) and index + 1 < len(cover.head):
            at = cover.head[index + 1]
            words = "Title: " + cover.words(at)
        if (told := _TITLED.match(words)) is not None:
            start = cover.clean.text.index(told["title"], at.start)
            return told["title"].strip('" '), cover.clean.span(start, start + len(told["title"]))
        named = kind != "circular" and len(words) <= _LONGEST and any(line.search(words) for line in lines)
        titled = _titled(cover, kind, index) if cover.only_states(block) or named else None
        if titled is not None and not _LABELLED.match(cover.words(titled)):
            return _title_in(cover, titled)
    return None


def _titled(cover: Cover, kind: str | None, index: int) -> CleanBlock | None:
    """The line of the title at a line that names the kind or the submitters: itself, or the one below it, if any."""
    block = cover.head[index]
    words = cover.words(block)
    below = cover.head[index + 1] if index + 1 < len(cover.head) else None
    before = (
        bool(SUBMITTED.match(words))
        or _only_authors(cover, words, below)
        or cover.only_states(block)
        or kind in INSTRUMENTS - {"final-acts"}
    )
    return below if before else block


def _title_in(cover: Cover, block: CleanBlock) -> tuple[str, Span] | None:
    """The title that a line is, without the place and time of a meeting behind it."""
    written = cover.words(block)
    for dash in re.finditer(r" - ", written):
        rest = written[dash.end() :]
        dated = dates.first(rest)
        if dated is not None and dated.end == len(rest) and _PLACE.fullmatch(rest[: dated.start]):
            written = written[: dash.start()]
            break
    written = written.strip('"')
    if not 3 <= len(written) <= _LONGEST or written.endswith((".", ":", ";", ",")):
        return None
    start = cover.clean.text.index(written, block.content)
    return written, cover.clean.span(start, start + len(written))


def _only_authors(cover: Cover, words: str, below: CleanBlock | None) -> bool:
    """Whether a line says no more than whose report it is ("Report by the Secretary-General"), its title below.

    Below a chair's report the title is a line in capitals.
    """
    if below is None or below.number or len(cover.words(below)) <= _HEADING:
        return False
    in_capitals = cover.words(below).isupper() and not words.isupper()
    return bool(BY_OFFICE.fullmatch(words)) or (bool(_OF_CHAIR.fullmatch(words)) and in_capitals)
