"""The grammar of a body's full name: a noun of the field, the capitalised words before it, what it is of or on.

The nouns, and the words that no name holds or ends in, are data (`names.toml`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.rulebook import rules

Place = tuple[int, int]
"""A stretch of the cleaned copy: start and end, end excluded."""

UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de"
WORD = rf"[{UPPER}][\w&]*(?:['-]\w+)*'?"
"""A word with a capital, with what hyphens and apostrophes join to it."""

CAPITALISED = re.compile(rf"(?<![\w'-])[{UPPER}]\w*")
"""The first part of a word with a capital."""

_LONGEST_PREFIX = 4
"""Letters of a word in capitals that may stand before a name in small letters ("UNEP Council")."""

_BEFORE = re.compile(rf"(?:^|(?<=[\s(\"'\u00ab\u00bb*_>|/-]))(?P<word>{WORD}) $")
_INFLECTED = re.compile(r"(?:ing|ed|ly)$")
"""Words in which sentences begin and names do not: "Recalling", "Asked", "Finally"."""
_ACRONYM = rf"[{UPPER}][A-Za-z&/-]{{1,14}}(?: \d{{1,2}})?"
_BRACKET = re.compile(
    rf"(?: (?:of|in) (?:19|20)(?P<year>\d\d))? ?\((?:the )?['\"]?"
    rf"(?P<acronym>{_ACRONYM})(?:-(?:20)?(?P<tag>\d\d))?['\"]?\)"
)
"""An acronym in brackets; behind a year it may have that year in it: "the Sail Congress of 2031 (SC-31)"."""
_NAME_IN_BRACKET = re.compile(rf"(?P<acronym>{_ACRONYM}) \((?:the )?$")
_IN_A_PLACE = re.compile(rf" (?:in|at) [{UPPER}]")
_SENTENCE = re.compile(r"(?:[.;:!?\n\t)\]]\s*|^|[-*\u2022] )$")
_LINE = re.compile(r"(?:[\n\t]|  |[-|] |\A)$")


@dataclass(frozen=True, slots=True)
class FullName:
    """A full name where it stands; noun as the rules spell it, acronym the one in the bracket beside it."""

    start: int
    end: int
    noun: str
    acronym: str | None = None


@dataclass(frozen=True, slots=True)
class Nouns:
    """The nouns by kind of body (a term of the code list), and which of them behave in a way of their own."""

    kinds: Mapping[str, str]
    alone: frozenset[str]
    bracketed: frozenset[str]
    numbered: frozenset[str]
    form: re.Pattern[str]
    first: frozenset[str]

    def spelt(self, written: str) -> str:
        """The noun as the rules spell it."""
        return next((noun for noun in self.kinds if noun.casefold() == written.casefold()), written)


@cache
def nouns() -> Nouns:
    """The nouns of `names.toml`, compiled: as the rules spell them, and in capitals."""
    rows = rules("names")["body"]
    kinds = {noun: row["kind"] for row in rows for noun in row["nouns"]}
    alone, bracketed, numbered = (
        frozenset(noun for row in rows for noun in row["nouns"] if row.get(trait))
        for trait in ("alone", "bracketed", "numbered")
    )
    spelt = sorted({*kinds, *(noun.upper() for noun in kinds)}, key=lambda noun: (-len(noun), noun))
    form = re.compile(rf"(?:{'|'.join(map(re.escape, spelt))})(?![\w-])")
    return Nouns(kinds, alone, bracketed, numbered, form, frozenset(noun.split(" ")[0] for noun in spelt))


@lru_cache(maxsize=8)
def noun_places(text: str) -> tuple[re.Match[str], ...]:
    """Where a cleaned text has one of the nouns, the longest at each place."""
    found: list[re.Match[str]] = []
    for word in CAPITALISED.finditer(text):
        if word.group() in nouns().first and (not found or word.start() >= found[-1].end()):
            match = nouns().form.match(text, word.start())
            if match:
                found.append(match)
    return tuple(found)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in rules("names")["words"][name])


@cache
def _complement() -> re.Pattern[str]:
    """What follows the noun and tells which one: "2", "of Harbours and Quays", "on the Law of the Sea"."""
    never = "|".join(sorted(map(re.escape, rules("names")["words"]["complement_never"])))
    word = rf"(?!(?:{never})\b){WORD}"
    part = rf"{word}(?: {word}){{0,5}}"
    link = r"(?:of|on|for|de|del|da|du|des|OF|ON|FOR|DE)(?: (?:the|THE|la|los|las))?"
    more = rf"(?:, {part}){{0,3}},? (?:and|AND|&|y|et) (?:the )?{part}\b(?!,? respectively)"
    return re.compile(rf"(?P<number> \d{{1,2}}(?![\w/.,-]\d|[/-]))?(?P<about>(?: {link} {part}(?:{more})?){{0,2}})")


def fold(name: str) -> str:
    """The form in which names of one text are compared: without case, apostrophes, and the kind of joint."""
    return re.sub(r"[\s'-]+", " ", name).casefold().strip()


@lru_cache(maxsize=8)
def full_names(text: str, taken: tuple[Place, ...]) -> tuple[FullName, ...]:
    """The bodies' names in full, in order. taken are stretches, sorted, in which a register knows a name."""
    return tuple(_full_names(text, taken))


def _full_names(text: str, taken: Sequence[Place]) -> Iterator[FullName]:
    for noun in noun_places(text):
        word = nouns().spelt(noun.group())
        start, end = _left(text, noun.start()), _right(text, noun.end(), word)
        whole = text[start:end]
        if (start, end) == noun.span() or is_taken(taken, start, end) or fold(whole) in _words("no_body"):
            continue
        if whole.isupper() and not (start == 0 or _LINE.search(text[max(0, start - 3) : start])):
            continue  # in a heading in capitals nobody can tell where the name begins
        acronym = _acronym(text, start, end)
        if nouns().kinds[word] == "bureau" and _IN_A_PLACE.match(text, end):
            continue  # "the United Nations Office in Osterby" is the United Nations there
        if word in nouns().bracketed and acronym is None and not _is_first_line(text, start, end):
            continue
        yield FullName(start, end, word, acronym)


def is_taken(taken: Sequence[Place], start: int, end: int) -> bool:
    """Whether a known name covers a stretch or ends with it ("Norland Land Board", where the Land Board is known)."""
    near = taken[max(0, bisect_left(taken, (end, 0)) - 6) : bisect_left(taken, (end, 0))]
    return any((known[0] <= start and end <= known[1]) or (known[1] == end and start <= known[0]) for known in near)


def _left(text: str, at: int) -> int:
    """Where the capitalised words before a noun begin, as far as they belong to its name."""
    start = at
    while (before := _BEFORE.search(text, max(0, start - 40), start)) is not None:
        word = before["word"]
        if word.casefold() in _words("never_in") or word.endswith("'s"):
            break
        if word.isupper() and len(word) > _LONGEST_PREFIX and text[start : start + 2].istitle():
            break
        opening = before.start("word")
        if _SENTENCE.search(text[max(0, opening - 4) : opening]) and (
            word.casefold() in _words("leads") or (_INFLECTED.search(word) and not word.isupper())
        ):
            break
        start = opening
    return start


def _right(text: str, at: int, noun: str) -> int:
    """Where a name ends: behind its number, if its kind is numbered, and behind what it is of or about."""
    found = _complement().match(text, at)
    if found is None or (found["number"] and noun not in nouns().numbered):
        return at
    return found.end()


def _is_first_line(text: str, start: int, end: int) -> bool:
    return not text[:start].strip() and not re.match(r" ?[a-z]", text[end : end + 2])


def _acronym(text: str, start: int, end: int) -> str | None:
    """The acronym in the bracket behind a name, or the one in whose bracket the name stands; None where none fits."""
    behind = _BRACKET.match(text, end)
    before = _NAME_IN_BRACKET.search(text, max(0, start - 24), start) if text[end : end + 1] == ")" else None
    if behind and behind["tag"] != behind["year"]:
        behind = None
    return next(
        (found["acronym"] for found in (behind, before) if found and fits(found["acronym"], text[start:end])), None
    )


def fits(acronym: str, name: str) -> bool:
    """Whether letters stand for a name: beginnings of its words in their order, words left out at will."""
    letters = re.sub(r"[^A-Za-z]", "", acronym)
    if sum(char.isupper() for char in letters) < 2:
        return False
    return _spells(letters.casefold(), [word.casefold() for word in re.findall(r"[^\W\d_]+", name)])


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters are beginnings of the words in order; the letter of a plural may be left over."""
    if letters in ("", "s"):
        return True
    if not words:
        return False
    first, rest = words[0], words[1:]
    for length in range(min(len(first), len(letters)), 0, -1):
        if letters.startswith(first[:length]) and _spells(letters[length:], rest):
            return True
    return _spells(letters, rest)
