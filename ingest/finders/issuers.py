"""Who issued what is cited: the body named before the noun, after the number, or by a possessive.

A name counts as the register knows it, the longest first. One that goes on in words the register does not know
("Security Council" where it knows "Council") is kept as written, for another body of the same last name issued it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ingest.finders.citation_forms import words

Known: TypeAlias = Callable[[str], object]
"""What the register knows under a name; something false: nothing."""

_TOKEN = re.compile(r"\([A-Z][A-Z0-9&-]{1,11}\)|[^\s()]+")
_CONNECTORS = frozenset({"of", "on", "for", "and", "the", "in", "to", "de", "du", "&"})
_TAG = re.compile(r"[A-Z]{1,8}-\d{2}(?:\d{2})?")
_OPENING = re.compile(
    r",? (?:of|by|from|(?:as )?adopted (?:by|at)|approved by) (?P<det>the |this |its |that )?(?:(?:19|20)\d\d )?"
)
_OWN = re.compile(r"\b(?P<own>(?:its|their)(?: own)?)(?: (?:subsequent|previous|earlier|recent))? $", re.IGNORECASE)
_PARENTHESIS = re.compile(r" ?\([A-Z][A-Z0-9&-]{1,11}\)")
_MOST_WORDS = 14
_LOOK_BACK = 160


@dataclass(frozen=True, slots=True)
class Issuer:
    """The words that name an issuer. tag is a conference or session ("PP-31"); none: something that is no body."""

    words: str
    start: int
    end: int
    tag: bool = False
    none: bool = False


def issuer_before(text: str, start: int, noun: int, known: Known) -> Issuer | None:
    """The body or tag whose name ends where the noun begins; start is where the block begins."""
    run = _run_back(text, max(start, noun - _LOOK_BACK), noun)
    if not run:
        return None
    end = run[-1][1]
    for index, (begin, _, word) in enumerate(run):
        if not word[0].isupper():
            continue
        name = _name(text[begin:end])
        if known(name) and (index == 0 or _stands_alone(text, start, run[index - 1], known)):
            return Issuer(text[begin:end], begin, end)
    last = run[-1][2]
    if _TAG.fullmatch(last):
        return Issuer(last, run[-1][0], end, tag=True)
    if _name(last).removesuffix("'s") in words().body_nouns:
        first = next(begin for begin, _, word in run if word[0].isupper() and word not in ("The", "In", "By", "Under"))
        return Issuer(text[first:end], first, end)
    return None


def _name(phrase: str) -> str:
    return _PARENTHESIS.sub("", phrase).strip().removesuffix("'s")


def _stands_alone(text: str, start: int, before: tuple[int, int, str], known: Known) -> bool:
    """Whether the word before a known name is no part of a longer name: an umbrella or the first of a sentence."""
    begin, _, word = before
    if not word[0].isupper() or known(word):
        return True
    return begin == start or text[max(start, begin - 2) : begin] in (". ", "; ", ": ") or word in ("The", "Draft")


def _run_back(text: str, start: int, noun: int) -> list[tuple[int, int, str]]:
    """The words directly before the noun that may be a name: with capitals, connectors, abbreviations in brackets."""
    run: list[tuple[int, int, str]] = []
    for token in reversed(list(_TOKEN.finditer(text, start, noun))):
        word = token.group()
        named = word[0] == "(" or word[0].isupper() or word in _CONNECTORS
        if not named or word[-1] in ",;:.!?" or len(run) > _MOST_WORDS:
            break
        if run and text[token.end() : run[-1][0]] != " ":
            break
        run.append((token.start(), token.end(), word.lstrip("\"'")))
    run.reverse()
    while run and not run[0][2][:1].isupper():
        run.pop(0)
    if run and text[run[-1][1] : noun] not in (" ", ""):
        return []
    return run


def issuer_after(text: str, position: int, end: int, known: Known) -> Issuer | None:
    """The body named after a number or a list: "of the Standards Assembly", "of this conference", "adopted by …"."""
    opening = _OPENING.match(text, position, end)
    if opening is None:
        return None
    run = list(_run_forward(text, opening.end(), end))
    if not run:
        return None
    if opening["det"] == "this ":
        noun = run[0]
        if noun.group() in words().self_nouns:
            return Issuer(f"this {noun.group()}", noun.start() - 5, noun.end())
        return None
    return _longest(text, run, known)


def _run_forward(text: str, position: int, end: int) -> Iterator[re.Match[str]]:
    previous = position
    for count, token in enumerate(_TOKEN.finditer(text, position, min(end, position + 200))):
        word = token.group()
        named = word[0].isupper() or word[0] == "(" or word in _CONNECTORS or word.rstrip(",.;:)") in words().self_nouns
        if not named or count > _MOST_WORDS or token.start() - previous > 1:
            return
        previous = token.end()
        if word[-1] in ",;:.!?":
            bare = _TOKEN.match(text, token.start(), token.start() + len(word.rstrip(",;:.!?")))
            if bare:
                yield bare
            return
        yield token


def _longest(text: str, run: list[re.Match[str]], known: Known) -> Issuer | None:
    begin = run[0].start()
    if not text[begin].isupper():
        return None
    capitalised = [index for index, token in enumerate(run) if token.group()[0].isupper()]
    for index in reversed(capitalised):
        name = _name(text[begin : run[index].end()])
        following = run[index + 1] if index + 1 < len(run) else None
        if known(name) and not (following and following.group()[0].isupper()):
            end = _with_abbreviation(run, index)
            return Issuer(text[begin:end], begin, end)
    if _TAG.fullmatch(run[0].group()):
        return Issuer(run[0].group(), begin, run[0].end(), tag=True)
    for index in capitalised:
        word = run[index].group()
        if word in words().state_instruments:
            return Issuer(text[begin : run[index].end()], begin, run[index].end(), none=True)
        following_word = run[index + 1].group() if index + 1 < len(run) else ""
        if word in words().body_nouns and not following_word[:1].isupper():
            end = _with_abbreviation(run, index)
            return Issuer(text[begin:end], begin, end)
    return None


def _with_abbreviation(run: list[re.Match[str]], index: int) -> int:
    """Where the name ends, with the abbreviation in brackets that may follow it."""
    following = run[index + 1] if index + 1 < len(run) else None
    return following.end() if following and following.group()[0] == "(" else run[index].end()


def own_issuer(text: str, start: int, noun: int) -> str | None:
    """ "its own" or "its" directly before the noun: the issuer is whom the sentence speaks of."""
    found = _OWN.search(text, max(start, noun - 40), noun)
    return found["own"] if found else None
