"""Which words of two texts differ. Compared without case, punctuation and hyphens, as a change of wording is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_TOKEN = re.compile(r"[^\s\-‐‑]+[\-‐‑]*\s*|\S\s*")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together, and whether the other text lacks them."""

    text: str
    differs: bool


Runs = tuple[Run, ...]


def same_words(earlier: str, later: str) -> bool:
    """Whether two texts say the same but for white space, punctuation and capitals."""
    return [_key(t) for t in _tokens(earlier)] == [_key(t) for t in _tokens(later)]


def differences(earlier: Sequence[str], later: Sequence[str]) -> tuple[list[Runs], list[Runs]]:
    """The texts on both sides in runs, each text for itself, but compared as one: a clause may have been split."""
    before, after = [_tokens(text) for text in earlier], [_tokens(text) for text in later]
    old, new = ([_key(token) for text in side for token in text] for side in (before, after))
    kept: tuple[set[int], set[int]] = set(), set()
    for first, second, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        kept[0].update(range(first, first + size))
        kept[1].update(range(second, second + size))
    return _runs(before, kept[0]), _runs(after, kept[1])


def unmarked(text: str) -> Runs:
    """A text that is not compared, or has nothing that differs."""
    return (Run(text, differs=False),) if text else ()


def _tokens(text: str) -> list[str]:
    """Words with the space after them; stray punctuation goes with the word before it."""
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        if found and not _key(match[0]):
            found[-1] += match[0]
        else:
            found.append(match[0])
    return found


def _key(token: str) -> str:
    return _MARKS.sub("", token).casefold()


def _runs(texts: Sequence[Sequence[str]], kept: set[int]) -> list[Runs]:
    made, at = [], 0
    for tokens in texts:
        marked = [(token, at + place not in kept) for place, token in enumerate(tokens)]
        at += len(tokens)
        made.append(
            tuple(
                Run("".join(token for token, _ in group), differs)
                for differs, group in groupby(marked, key=lambda pair: pair[1])
            )
        )
    return made
