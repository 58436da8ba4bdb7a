"""What a round is about, where its sentence or the paragraph behind it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.text import CleanBlock, Sentence

_TOPIC_WORD = r"(?:topic|subject|theme|title|question|issue)"
_QUOTED = re.compile(
    rf"(?:,? (?:which (?:was|is) )?(?:(?:up)?on|about|titled|entitled|called|under the title|regarding|concerning"
    rf"|devoted to|dedicated to"
    rf"|dealing with|addressing|with)(?: (?:the|this|its|a))?(?: (?:following|overall|agreed"
    rf"|main))?(?: {_TOPIC_WORD})?(?: of)?,? ?:? ?)"
    r"(?P<mark>[\"'])(?P<topic>[^\"]{3,300}?)(?P=mark)(?![A-Za-z])"
)
_BARE_QUOTE = re.compile(r"(?<![\w])\"(?P<topic>[^\"]{3,300})\"")
_COLON = re.compile(
    rf"\b(?:on|with|under|about)? ?(?:the|this|its|a) (?:following |overall |agreed )?{_TOPIC_WORD}(?: (?:is|was"
    rf"|will be|would be|of))?: ?(?P<topic>[^\n]{{3,300}})"
)
_NAMED = re.compile(rf"\bon the {_TOPIC_WORD} of (?P<topic>[^\n\",.;:(]{{3,200}})")
_NEXT = re.compile(
    rf"(?:Its|The|This|Their) {_TOPIC_WORD}(?: of (?:the|this) (?:round|consultation))?(?: was| is| will be"
    rf"| would be)?:? "
    r"(?P<topic>\"[^\"\n]{3,300}\"|(?<=: )[^\n]{3,300})"
)
_LED = re.compile(rf"{_TOPIC_WORD}s?[^.:\n]{{0,40}}:$")
_PLAIN = re.compile(
    r"(?: that was)?(?: held)? (?:on|about) (?!\d|(?:the|this|that) (?:topic|subject|theme|CWG|Council|website"
    r"|basis|agenda|ITU)\b)"
    r"(?P<topic>(?:the |a )?[A-Za-z][^,.;:()\"\n]{2,160}?)"
    r"(?= (?:was|were|is|are|will|would|has|have|had|should|could|may|from|between|held|conducted|launched|closed"
    r"|opened|ran|runs"
    r"|received|drew|to be|not? later than|before|in accordance|in line|during|until|by|that|which|at (?:its|the)"
    r"|attracted"
    r"|and (?:closed|opened|the)|on \d{1,2}|in (?:19|20)\d\d"
    r"|in (?:January|February|March|April|May|June|July|August|September|October|November|December))\b|[,.;:(]|$|\n)"
)
_TRAILING = re.compile(r"\s*\((?!(?:[A-Z]{2,}s?|[A-Z][A-Za-z]*[A-Z]s?)\)).*$")


def topic(
    text: str, start: int, limit: int, sentence: Sentence, block: CleanBlock, following: Sequence[CleanBlock]
) -> tuple[int, int] | None:
    """Where the topic stands: in quotes, after a colon, in plain words, or alone in the next block."""
    quoted = _QUOTED.search(text, start, limit)
    if quoted:
        return quoted.span("topic")
    named = re.search(_TOPIC_WORD, text[sentence.start : limit])
    lone = list(_BARE_QUOTE.finditer(text, sentence.start, limit))
    if named and len(lone) == 1 and not _COLON.search(text, start, limit):
        return lone[0].span("topic")
    if _LED.search(text[sentence.start : sentence.end]) and sentence.end >= block.end - 1 and following:
        return _trimmed(text, following[0].content, following[0].end)
    for form in (_COLON, _NAMED):
        match = form.search(text, start, limit)
        if match:
            return _trimmed(text, *match.span("topic"))
    plain = _PLAIN.match(text, _behind_bracket(text, start, limit), limit)
    return _trimmed(text, *plain.span("topic")) if plain else None


def told_next(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """The topic in a sentence of its own behind the round: "Its topic: …", "The subject was “…”."."""
    match = _NEXT.match(text, sentence.start, sentence.end)
    return _trimmed(text, *match.span("topic")) if match else None


def _behind_bracket(text: str, start: int, limit: int) -> int:
    bracket = re.compile(r" ?\([^()]{0,80}\),?").match(text, start, limit)
    return bracket.end() if bracket else start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The topic without a remark in brackets, a final stop and quotation marks; an abbreviation may stay."""
    words = _TRAILING.sub("", text[start:end]).rstrip(" .;,:")
    end = start + len(words)
    while start < end and text[start] in "\"' ":
        start += 1
    while end > start and text[end - 1] in "\"' ":
        end -= 1
    return (start, end) if 3 <= end - start <= 300 else None


def same_topic(one: str, other: str) -> bool:
    """Whether two wordings name one topic: letter case, articles, marks and an abbreviation in brackets aside."""
    return folded(one) == folded(other)


def folded(topic: str) -> str:
    """A topic without what wordings differ in."""
    plain = re.sub(r"\([A-Z][A-Za-z]*\)", " ", topic).casefold()
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in ("the", "a", "an"))
