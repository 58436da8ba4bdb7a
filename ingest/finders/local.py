"""Bodies that a text names by itself: by a full name of the genre, by an acronym in brackets, by their noun alone.

What no register knows still has a name: "the Lantern Board", "Panel on Oyster Beds (POB)". Such a body is known from
this text alone. Its slug is that of its acronym, else of its name. What has only a number or a common noun for a name
("Drafting Group 2", "the secretariat") gets the text's mark behind it, so that two institutions never share it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.finders.bodynames import UPPER, Place, fold, full_names, noun_places, nouns
from ingest.finders.hits import Hit
from ingest.rulebook import rules

MARK = "~"
"""Begins the name of a thing in a mention's parts where the text alone names it ("~pob" is the body with the slug
"pob"), and parts a slug from the mark of its text."""

_MARK_DIGITS = 8
_LETTERS_ALONE = 3
"""Letters from which on an acronym is the name of one body and not of many."""
_NUMBER_IN_SERIES = re.compile(r"(?:[- ]?\d{1,3}/\d|[- ]\d{1,3}-\d)|[-/&+][A-Za-z0-9]")
_ISSUED = re.compile(r"(?:'s)? (?:Resolutions?|Decisions?|Recommendations?)\b")
_OF_NAME = re.compile(rf" (?:of|on|for) (?:the )?[{UPPER}]")
_SAID_NUMBER = re.compile(
    r"\b(?P<noun>(?:[A-Za-z]+ |[Ss]ub-?)[Gg]roup)(?: (?:on|for) [a-z][\w -]{2,40}?)? \(?(?P<code>[A-Z]{2,4} \d{1,2})\b"
)
_WITH_ARTICLE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Oo]ur|[Bb]y|[Oo]f|[Tt]his|[Tt]he (?:19|20)\d\d) $")


@dataclass(frozen=True, slots=True)
class Local:
    """A body as a text names it: its slug, its full name, the noun that heads it, and a term of the code list."""

    slug: str
    name: str
    noun: str
    kind: str
    acronym: str | None


@lru_cache(maxsize=8)
def bodies(text: str, taken: tuple[Place, ...] = ()) -> tuple[Local, ...]:
    """The bodies that a cleaned text names in full, each once, in order of their first mention.

    taken are stretches, sorted, in which a register knows a name: no name of the text's own is made of them.
    """
    found: dict[str, Local] = {}
    for full in full_names(text, taken):
        name = text[full.start : full.end]
        known = found.get(fold(name))
        if known is None:
            kind = nouns().kinds[full.noun]
            found[fold(name)] = Local(slug_of(text, name, full.acronym), name, full.noun, kind, full.acronym)
        elif full.acronym and known.acronym is None:
            found[fold(name)] = replace(known, slug=slug_of(text, name, full.acronym), acronym=full.acronym)
    return tuple(_once_by_acronym(text, found.values()))


def _once_by_acronym(text: str, found: Iterable[Local]) -> Iterator[Local]:
    """An acronym stands for the body that it was first put behind; a later one has the slug of its name."""
    taken: set[str] = set()
    for each in found:
        if each.acronym and each.slug in taken:
            each = replace(each, acronym=None, slug=slug_of(text, each.name))
        taken.add(each.slug)
        yield each


def slug_of(text: str, name: str, acronym: str | None = None) -> str:
    """The slug of a body of this text; marked where its name could be that of many."""
    if acronym is not None and sum(map(str.isalpha, acronym)) >= _LETTERS_ALONE:
        return _plain(acronym)
    if acronym is not None and acronym[-1].isdigit():
        return marked(text, acronym)
    common = re.search(r"\d", name) or " " not in name.strip()
    return marked(text, name) if common else _plain(name)


def marked(text: str, name: str) -> str:
    """The slug of a name that means something else in another text."""
    return f"{_plain(name)}{MARK}{_mark(text)}"


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("'", "")).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


@lru_cache(maxsize=8)
def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_DIGITS]


def hits(text: str, taken: tuple[Place, ...] = ()) -> Iterator[Hit]:
    """Mentions of the text's own bodies: full names, acronyms, and nouns that stand for a body.

    parts: name (MARK and slug), kind, form ("local"); where the noun alone stands, noun, and candidates (slugs) if
    several bodies of the text have it.
    """
    known = bodies(text, taken)
    by_name = {fold(each.name): each for each in known}
    for full in full_names(text, taken):
        if (each := by_name.get(fold(text[full.start : full.end]))) is not None:
            yield Hit(full.start, full.end, "body", _parts(each))
    yield from _by_acronym(text, {each.acronym.casefold(): each for each in known if each.acronym})
    yield from _by_noun(text, known)
    yield from _numbered(text)


def _by_acronym(text: str, known: dict[str, Local]) -> Iterator[Hit]:
    if not known:
        return
    spelt = "|".join(sorted(map(re.escape, known)))
    for match in re.finditer(rf"(?<![\w/-])(?:{spelt})(?!\w)", text, re.IGNORECASE):
        each = known[match.group().casefold()]
        as_written = match.group() == each.acronym or ("-" in match.group() and match.group()[0].isupper())
        if as_written and not _NUMBER_IN_SERIES.match(text, match.end()):
            yield Hit(match.start(), match.end(), "body", _parts(each))


def _by_noun(text: str, known: tuple[Local, ...]) -> Iterator[Hit]:
    """A noun alone, with a capital and the article, or with the text that it issued."""
    for match in noun_places(text):
        word = nouns().spelt(match.group())
        if match.group() != word or not _is_spoken_of(text, match):
            continue
        named = [each for each in known if word in _stand_for(each.noun)]
        if not named and word in nouns().alone:
            named = [Local(_plain(word), word, word, nouns().kinds[word], None)]
        if named:
            several = {} if len(named) == 1 else {"candidates": " ".join(each.slug for each in named)}
            yield Hit(match.start(), match.end(), "body", _parts(named[0]) | {"noun": word} | several)


def _numbered(text: str) -> Iterator[Hit]:
    """ "DG 2", wherever it stands, in a text that once says what it is: "the drafting group (DG 2)"."""
    told = {match["code"]: match["noun"] for match in _SAID_NUMBER.finditer(text)}
    for code, noun in told.items():
        kind = nouns().kinds.get(noun.replace("-", " ").title(), "drafting-group")
        parts = {"name": f"{MARK}{marked(text, code)}", "kind": kind, "form": "local"}
        for match in re.finditer(rf"(?<![\w-]){re.escape(code)}(?![\w/]|[.-]\d)", text):
            yield Hit(match.start(), match.end(), "body", parts)


def _is_spoken_of(text: str, noun: re.Match[str]) -> bool:
    if _ISSUED.match(text, noun.end()):
        return True
    before = text[max(0, noun.start() - 14) : noun.start()]
    return bool(_WITH_ARTICLE.search(before)) and not _OF_NAME.match(text, noun.end())


def _parts(each: Local) -> dict[str, str]:
    return {"name": f"{MARK}{each.slug}", "kind": each.kind, "form": "local"}


def _stand_for(noun: str) -> tuple[str, ...]:
    """The nouns by which a body is spoken of: "the Working Group" is "the Group" too."""
    last = noun.rsplit(" ", 1)[-1]
    return (noun, last) if last in nouns().kinds else (noun,)


def nouns_of(slug: str, text: str) -> frozenset[str]:
    """The nouns that stand for a body: by its full name in this text, else by the first part of its acronym."""
    named = [each.noun for each in bodies(text) if each.slug == slug]
    short = rules("names")["acronyms"].get(slug.partition("-")[0].upper())
    found = named or ([short] if short else [])
    return frozenset(noun for each in found for noun in _stand_for(each))
