"""One character for one: what may differ in print but never in meaning, made alike.

`fold` keeps the length, so an offset in its result is an offset in the text as read. What changes lengths
(debris, runs of white space, ligatures) is the business of `ingest.text`.
"""

from __future__ import annotations

import re

from ingest.model import Span

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\uff02"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\uff07"
_ONE_TO_ONE = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
    }
)

# Letters that print like a Latin letter in common fonts: Cyrillic, then Greek.
_CYRILLIC = dict(
    zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝӀЗ", "ABESIJKMHOPCTYXaesijopcyxhdqwI3", strict=True),
)
del _CYRILLIC["З"]  # a digit, not a letter: never part of an acronym in Latin letters
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοιν", "ABEZHIKMNOPTYXaoiv", strict=True))
_TO_LATIN = str.maketrans({**_CYRILLIC, **_GREEK})
_FROM_LATIN = {latin: cyrillic for cyrillic, latin in _CYRILLIC.items()}
_CONFUSABLE = frozenset(_CYRILLIC) | frozenset(_GREEK)

_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")


def fold(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text with plain dashes, quotes and letters, of the same length, and where letters were replaced.

    A letter is replaced in a word that mixes scripts, or in a word made wholly of look-alikes that stands
    among Latin words: "ОТТ" typed in Cyrillic becomes "OTT", while a Russian sentence stays Russian.
    """
    plain = text.translate(_ONE_TO_ONE)
    if not _FOREIGN.search(plain):
        return plain, ()
    replaced: list[Span] = []
    pieces: list[str] = []
    done = 0
    for match in _suspects(plain):
        word = match.group()
        folded = _fold_word(word, plain, match.start(), match.end())
        if folded != word:
            pieces += [plain[done : match.start()], folded]
            done = match.end()
            replaced.append(Span(match.start(), match.end()))
    pieces.append(plain[done:])
    return "".join(pieces), tuple(replaced)


def _suspects(text: str) -> list[re.Match[str]]:
    return [match for match in _WORD.finditer(text) if _FOREIGN.search(match.group())]


def _fold_word(word: str, text: str, start: int, end: int) -> str:
    """The word in one script, or as it is where no reading is safe; it stands at text[start:end]."""
    foreign = [char for char in word if _FOREIGN.match(char)]
    latin = [char for char in word if char.isascii()]
    if all(char in _CONFUSABLE for char in foreign):
        if (latin and len(foreign) + len(latin) == len(word)) or (not latin and _stands_among_latin(text, start, end)):
            return word.translate(_TO_LATIN)
        return word
    if latin and all(char in _FROM_LATIN for char in latin) and all(char >= "\u0400" for char in foreign):
        return "".join(_FROM_LATIN.get(char, char) for char in word)
    return word


def _stands_among_latin(text: str, start: int, end: int) -> bool:
    """Whether the words on both sides, as far as there are any near, are Latin, and one at least is there."""
    before = _WORD.findall(text, max(0, start - 40), start)
    after = _WORD.findall(text, end, end + 40)
    near = [words[at] for words, at in ((before, -1), (after, 0)) if words]
    return bool(near) and not any(_FOREIGN.search(word) for word in near)
