"""How alike two clauses are: the share of their words that they have in common, rare words counting for more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from rapidfuzz.distance import LCSseq

from ingest.lineage.words import parts_of, words_of
from ingest.rulebook import rules


@dataclass(frozen=True)
class Text:
    """The words of a clause as compared: stems in their order, and their weights."""

    key: tuple[str, ...]
    weights: Mapping[str, float]

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The words as they are weighed."""
        return stems_of(self.key)

    @cached_property
    def bag(self) -> Counter[str]:
        """How often each word stands there."""
        return Counter(self.stems)

    @cached_property
    def weight(self) -> float:
        """The weight of all words."""
        return self.weigh(self.bag)

    def weigh(self, bag: Counter[str]) -> float:
        """The weight of a bag of words, as this text's weights have it."""
        return sum(self.weights[each] * times for each, times in bag.items())


def stem(part: str) -> str:
    """A word without the s or x of the plural: enough that "seasons" is not another word than "season"."""
    return part[:-1] if len(part) > 3 and part[-1] in "sx" and part[-2] != "s" and part.isalpha() else part


def stems_of(key: Sequence[str]) -> tuple[str, ...]:
    """The stems of a clause's words; the number of a cited text is one with the word before it ("resolution 61")."""
    bare = [stem(part) for part in key]
    cited = _listed("cited")
    return tuple(
        f"{before} {each}" if before in cited and each[0].isdigit() else each
        for before, each in zip(("", *bare), bare, strict=False)
    )


def texts(*sides: Sequence[str]) -> tuple[tuple[Text, ...], ...]:
    """The texts of all sides with common weights: a word weighs the more, the fewer clauses of a side have it."""
    keys = [[parts_of(words_of(words)) for words in side] for side in sides]
    weights = _weights([[stems_of(key) for key in side] for side in keys])
    return tuple(tuple(Text(key, weights) for key in side) for side in keys)


def _weights(sides: Sequence[Sequence[tuple[str, ...]]]) -> dict[str, float]:
    """log(1 + clauses / clauses with the word), after Robertson and Spärck Jones, on the side that has it most.

    What kind of word it is then makes it more or less.
    """
    size = max((len(side) for side in sides), default=0)
    spread: Counter[str] = Counter()
    for side in sides:
        spread |= Counter(each for stems in side for each in set(stems))
    return {each: _factor(each) * math.log(1 + size / clauses) for each, clauses in spread.items()}


def _factor(word: str) -> float:
    rule = rules("lineage")["weights"]
    if " " in word:
        return float(rule["numbered"])
    if word in _listed("common"):
        return float(rule["common"])
    if re.fullmatch(r"(?:1[89]|20)\d\d", word):
        return float(rule["year"])
    return float(rule["short"]) if word.isalpha() and len(word) <= rule["short_letters"] else 1.0


@cache
def _listed(table: str) -> frozenset[str]:
    """The words of all lists of a table."""
    return frozenset(word for words in rules("lineage")[table].values() for word in words.split())


def shared(one: Text, other: Text) -> float:
    """The weight of the words that both have, in any order."""
    return one.weigh(one.bag & other.bag)


def in_order(one: Text, other: Text) -> float:
    """The weight of the words that both have in the same order."""
    blocks = LCSseq.opcodes(one.stems, other.stems)
    return sum(one.weights[s] for op in blocks if op.tag == "equal" for s in one.stems[op.src_start : op.src_end])


def telling(text: Text) -> int:
    """How many different words a text has that say what it is about: no grammar, no formula, no bare number."""
    return sum(_factor(each) >= 1 and any(char.isalpha() for char in each) for each in text.bag)


def likeness(one: Text, other: Text) -> float:
    """From 0 to 1: the mean share of common words in any order and in the same order.

    A clause that the other contains whole is alike to it at least by `cut`, however long the other is.
    """
    total = one.weight + other.weight
    if one.key == other.key:
        return 1.0
    if not total:
        return 0.0
    together = shared(one, other)
    ordered = in_order(one, other)
    rule = rules("lineage")["weights"]
    score = (together + ordered) / total
    least = min(one.weight, other.weight)
    if min(len(one.stems), len(other.stems)) >= rule["cut_words"] and least:
        contained = ordered / least
        score = max(score, rule["cut"] * contained**2)
    return min(score, 0.999)
