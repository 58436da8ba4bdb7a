"""Other words for a round of consultation: calls for comments, surveys that are answered, "round (b)".

Such words have other uses, so each says what must stand with it (`consultations.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.finders.hits import ORDINAL, ordinal
from ingest.rulebook import rules
from ingest.text import Sentence

_ORDINAL_BEFORE = re.compile(rf"\b(?P<number>{ORDINAL}) (?:public |open |online )?$", re.IGNORECASE)
_LABELLED = re.compile(r"\b[Rr]ound \((?P<label>[a-z]|[ivx]{1,4}|\d)\)")
_AROUND = 1500
"""Signs before and behind a survey within which its answers must be spoken of."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for a round in the text: word is what it is at heart ("call"), of whose views were asked, as offsets.

    needs is what must stand with it; again is true for "the call", which means one that was named before.
    """

    start: int
    end: int
    word: str
    needs: str = "course"
    answers: bool = False
    of: tuple[int, int] | None = None
    number: int | None = None
    again: bool = False
    label: str | None = None


@cache
def _forms() -> tuple[tuple[str, str, bool, re.Pattern[str]], ...]:
    return tuple(
        (row["name"].partition("-")[0], row["alone"], row["answers"], re.compile(row["regex"], re.IGNORECASE))
        for row in rules("consultations")["noun"]
    )


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(rules("consultations")[name]["regex"], re.IGNORECASE)


def find(text: str, sentence: Sentence) -> Iterator[Noun]:
    """The words of a sentence that may name a round; those that overlap an earlier one are left out."""
    taken = sentence.start
    found = [*_specific(text, sentence), *_again(text, sentence), *_labelled(text, sentence)]
    for noun in sorted(found, key=lambda each: (each.start, -each.end)):
        if noun.start >= taken:
            taken = noun.end
            yield noun


def _specific(text: str, sentence: Sentence) -> Iterator[Noun]:
    for word, needs, answers, form in _forms():
        for match in form.finditer(text, sentence.start, sentence.end):
            of = match.span("of") if "of" in form.groupindex and match["of"] else None
            before = _ORDINAL_BEFORE.search(text, max(sentence.start, match.start() - 40), match.start())
            number = ordinal(before["number"]) if before else None
            yield Noun(match.start(), match.end(), word, needs, answers, of, number)


def _again(text: str, sentence: Sentence) -> Iterator[Noun]:
    for match in _form("again").finditer(text, sentence.start, sentence.end):
        yield Noun(match.start(), match.end(), match["noun"].casefold(), again=True)


def _labelled(text: str, sentence: Sentence) -> Iterator[Noun]:
    for match in _LABELLED.finditer(text, sentence.start, sentence.end):
        yield Noun(match.start(), match.end(), "round", label=match["label"])


def stands_alone(text: str, noun: Noun, sentence: Sentence, dated: bool, topic: tuple[int, int] | None) -> bool:
    """Whether the words around say that this is a round: its title, or its time, and for a survey its answers."""
    if noun.label:
        return False
    if noun.answers and not _form("answers").search(text, max(0, sentence.start - _AROUND), sentence.end + _AROUND):
        return False
    if noun.needs == "title":
        return topic is not None
    return dated or topic is not None or noun.number is not None
