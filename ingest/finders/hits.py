"""What finders see before it is a mention: a stretch of the cleaned copy and what its form captured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest.finders.mentions import mention
from ingest.model import Mention
from ingest.text import Clean

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
              "twelve": "twelfth"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the cleaned copy that names something: offsets there, end excluded."""

    start: int
    end: int
    kind: str
    parts: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.kind))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Those that no longer hit covers or crosses, in order; of equals the first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


def _cardinals() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_ONES)}
    for ten, name in enumerate(_TENS[2:], start=2):
        words[name] = ten * 10
        for one in range(1, 10):
            words[f"{name}-{_ONES[one]}"] = words[f"{name} {_ONES[one]}"] = ten * 10 + one
    return words


def _ordinal_word(word: str) -> str:
    head, separator, last = re.match(r"(.*?)([- ]?)(\w+)$", word).groups()  # type: ignore[union-attr]
    regular = (last[:-1] + "ie" if last.endswith("y") else last) + "th"
    return f"{head}{separator}{_IRREGULAR.get(last, regular)}"


CARDINALS: Mapping[str, int] = _cardinals()
ORDINALS: Mapping[str, int] = {_ordinal_word(word): value for word, value in CARDINALS.items() if value}


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


CARDINAL = rf"(?:\d{{1,6}}|(?i:{_alternatives(CARDINALS)}))"
ORDINAL = rf"(?:\d{{1,3}}\s?(?:st|nd|rd|th|d)|(?i:{_alternatives(ORDINALS)}))"
"""Regular expressions for a number and for an ordinal, in digits or words up to ninety-ninth."""


def cardinal(text: str) -> int | None:
    """The value of a number in digits or in words, or None."""
    text = text.strip().lower().replace(",", "")
    return int(text) if text.isdigit() else CARDINALS.get(text)


def ordinal(text: str) -> int | None:
    """The value of an ordinal in digits ("31st", "53d") or in words, or None."""
    text = text.strip().lower()
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else ORDINALS.get(text)


def mentions(clean: Clean, hits: Iterable[Hit]) -> Iterator[Mention]:
    """The hits as mentions, in their order."""
    for hit in hits:
        block = clean.block_at(hit.start)
        yield mention(clean, hit.kind, hit.start, hit.end, block.order if block else 1, hit.parts)
