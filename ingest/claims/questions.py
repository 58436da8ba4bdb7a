"""How many questions a round put: stated in words, or counted where they stand as numbered paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.claims.located import Page
from ingest.claims.rounds import Told, how_put, round_before
from ingest.finders.hits import CARDINAL, cardinal
from ingest.model import Claim, Entity, Span, Value
from ingest.text import CleanBlock

_QUESTIONS = re.compile(rf"\b(?P<count>{CARDINAL}) (?:(?!responses)[\w-]+ ){{0,2}}questions\b")
_OF_ROUND = re.compile(r"\b(?:[Rr]eplies|[Aa]nswers|[Rr]esponses|[Cc]omments)\b|\bIts\b")
_ASKED = re.compile(r"\bquestions\b")
_NUMBERED = re.compile(r"(?P<number>\d+)[.)]?")


def stated(page: Page) -> Iterator[Claim]:
    """ "the four questions of the consultation": of the round that the paragraph tells of."""
    for match in (
        m
        for at in _ASKED.finditer(page.text)
        for m in _QUESTIONS.finditer(page.text, max(0, at.start() - 60), at.end())
    ):
        value = cardinal(match["count"])
        thing = round_of(page, match.start())
        if value and thing is not None:
            span = page.span(match.start(), match.end())
            yield Claim(
                thing[0],
                "rc:questionCount",
                Value(str(value), "xsd:integer"),
                "asserted",
                "text",
                "questions-stated",
                (span, thing[1]),
            )


def round_of(page: Page, offset: int) -> tuple[Entity, Span] | None:
    """The round that a paragraph tells of at this place: the last one named in it, else its only one.

    A sentence of the next paragraph that speaks of its replies ("All replies, to six questions, are …") is of it too.
    """
    block = page.document.clean.block_at(offset)
    if block is None:
        return None
    named = [each for each in page.between(block.start, block.end, "consultation") if each.entity is not None]
    before = [each for each in named if each.start <= offset]
    sentence = page.document.clean.sentence_at(offset)
    if not named and sentence and _OF_ROUND.search(page.text, sentence.start, sentence.end):
        above = round_before(page, offset)
        return (above.entity, above.span) if above and above.entity is not None else None
    if not before and len({each.entity for each in named}) > 1:
        return None
    each = before[-1] if before else named[0] if named else None
    return (each.entity, each.span) if each and each.entity is not None else None


def counted(page: Page, told: Sequence[Told]) -> Iterator[Claim]:
    """Questions that follow the topic as numbered paragraphs, counted: their number is nowhere in words."""
    for each in told:
        if "topic_to" not in each.located.parts:
            continue
        block = page.document.clean.block_at(int(each.located.parts["topic_from"]))
        if block is None:
            continue
        asked = _asked(page, page.after(block.order))
        if len(asked) >= 2:
            spans = (each.located.span, *(page.span(b.start, b.end) for b in asked))
            value = Value(str(len(asked)), "xsd:integer")
            yield Claim(
                each.round,
                "rc:questionCount",
                value,
                how_put(page, each) or "asserted",
                "text",
                "questions-counted",
                spans,
            )


def _asked(page: Page, following: Sequence[CleanBlock]) -> list[CleanBlock]:
    """The paragraphs numbered 1, 2, 3 … of which the first ends in a question mark; bullets between belong to them."""
    found: list[CleanBlock] = []
    for block in following:
        number = _NUMBERED.fullmatch((block.number or "").strip())
        if number and int(number["number"]) == len(found) + 1 and _is_question(page, block):
            found.append(block)
        elif (
            number
            or block.kind == "heading"
            or re.match(r"\d", block.number or "")
            or not found
            or page.between(block.start, block.end, "consultation")
        ):
            break
    return found


def _is_question(page: Page, block: CleanBlock) -> bool:
    words = page.text[block.content : block.end].rstrip()
    return words.endswith("?") or (
        words.endswith(":")
        and bool(re.match(r"(?:How|What|Which|Who|Why|When|Where|To what|In what|Do|Does|Are|Is|Should|Can)\b", words))
    )
