"""Offices that a text names by their title, and its secretariat, where no register knows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.finders.bodynames import CAPITALISED, WORD
from ingest.finders.hits import Hit
from ingest.finders.local import MARK, marked
from ingest.rulebook import rules

_OF = rf" of (?:the )?{WORD}(?: (?:and |of (?:the )?|for )?{WORD}){{0,5}}"
_SECRETARIAT = re.compile(r"(?<![\w'-])[Ss]ecretariat(?![\w-])")
_PART_OF_LONGER = re.compile(r"(?:Vice|Deputy|Under|UN|Nations|Assistant) $")
_NOT_AN_OFFICE = re.compile(r"(?:'s)?(?: of (?:another|a|an|one)\b|-elect\b|s\b)")


@dataclass(frozen=True, slots=True)
class _Form:
    """One row of the offices: its titles, whether only "the Secretary" counts, and whether it is that of a chair."""

    regex: re.Pattern[str]
    article: bool
    chair: bool


@cache
def _forms() -> Mapping[str, tuple[_Form, ...]]:
    """The forms of titles under the word that each begins with."""
    found: defaultdict[str, list[_Form]] = defaultdict(list)
    for row in rules("names")["office"]:
        for noun in sorted(
            {*row["nouns"], *(each.upper() for each in row["nouns"])}, key=lambda each: (-len(each), each)
        ):
            tail = _OF if row.get("of") else ""
            regex = re.compile(rf"{re.escape(noun)}{tail}(?![\w-])")
            chair = bool(row.get("chair"))
            found[re.split(r"[ -]", noun)[0]].append(_Form(regex, chair or bool(row.get("article")), chair))
    return {word: tuple(forms) for word, forms in found.items()}


def offices(text: str) -> Iterator[Hit]:
    """Mentions of offices by title; parts: name (MARK and slug), form ("local"), chair ("yes") for that of a chair."""
    for word in CAPITALISED.finditer(text):
        for form in _forms().get(word.group(), ()):
            match = form.regex.match(text, word.start())
            if match and _stands(text, match, form):
                parts = {"name": f"{MARK}{marked(text, match.group())}", "form": "local"}
                yield Hit(match.start(), match.end(), "office", parts | ({"chair": "yes"} if form.chair else {}))
                break


def _stands(text: str, match: re.Match[str], form: _Form) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    if _PART_OF_LONGER.search(before) or _NOT_AN_OFFICE.match(text, match.end()):
        return False
    return not form.article or before.lower().endswith("the ")


def secretariat(text: str) -> Iterator[Hit]:
    """Mentions of the secretariat whose documents these are: a body of the institution, whatever its letter case."""
    name = f"{MARK}{marked(text, 'secretariat')}"
    for match in _SECRETARIAT.finditer(text):
        yield Hit(match.start(), match.end(), "body", {"name": name, "kind": "secretariat", "form": "local"})
