"""Whether a paragraph is a clause of its own, goes on with the one before, or is none of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.provisions.grammar import grammar
from ingest.provisions.nesting import Nesting
from ingest.provisions.numerals import Numeral
from ingest.rulebook import rules

_FAR = 20
"""A number beyond, that follows no other, is a page or a figure."""
_OPEN_MARK = re.compile(r"[;,](?: (?:and|or|et|ou))?$")
_SEMICOLON = re.compile(r";(?: (?:and|or|et|ou))?$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of a paragraph behind its number; closed is whether a full stop ended the clause before."""

    words: str
    number: Numeral | None
    is_item: bool
    closed: bool


def goes_on(said: Paragraph, nesting: Nesting, language: str | None) -> bool:
    """Whether a paragraph goes on with the clause before it: a page broke it, or its number is part of a reference."""
    last = nesting.last()
    if last is None:
        return False
    if said.number is not None:
        complete = last.end.endswith((":", ";", ",", "."))
        return not complete and re.search(rules("clauses")["reference"]["tail"], last.end) is not None
    if said.is_item or not said.words or last.end.endswith(":"):
        return False
    if _OPEN_MARK.search(last.end) is None:
        return not said.closed
    forms = grammar(language)
    if last.number is None and not forms.goes_on.match(said.words):
        return False
    return not (_SEMICOLON.search(last.end) and forms.opens.match(said.words))


def _is_note(said: Paragraph, nesting: Nesting) -> bool:
    """Whether a paragraph is a footnote: its bare number sticks to the last word of the clause before ("ports1;")."""
    last, number = nesting.last(), said.number
    if last is None or number is None or not number.printed.isdecimal() or nesting.expects(number):
        return False
    return said.words[:1].isupper() and re.search(rf"[^\W\d_]{{3}}{number.printed}[;:,.]?$", last.end) is not None


def is_stray(said: Paragraph, nesting: Nesting, *, within: bool) -> bool:
    """Whether a paragraph is none of the text: a number that fits no list, a running head between two items.

    within: what stands there belongs to the text whatever it looks like (the first words below a head, an article).
    """
    if said.number is not None:
        if _is_note(said, nesting):
            return True
        far = said.number.style == "decimal" and said.number.values[0] > _FAR
        return far and not nesting.expects(said.number)
    last = nesting.last()
    if within or last is None or last.number is None:
        return False
    return _OPEN_MARK.search(last.end) is not None and said.words[:1].isupper()
