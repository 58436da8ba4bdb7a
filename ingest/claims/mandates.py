"""On what instrument a body, a document or an activity rests: only where the words say so.

*Established by* and *now governed by* are kept apart, as the forms of `mandates.toml` word them. A sentence is read
with its mentions in braces, so that no form runs over a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.context import Document
from ingest.finders.mentions import place
from ingest.model import Claim, Entity, Link, Span
from ingest.rulebook import rules
from ingest.text import Sentence

_LETTERS = {"body": "B", "group": "B", "meeting": "A", "consultation": "A", "citation": "R", "nominal": "R"}
_LIST = r"\{R\d+\}(?: of (?:the |this )?(?:\{B\d+\}|[a-z]+))?"
_OBJECTS = rf"(?P<objects>{_LIST}(?:(?:,|;)?(?: and(?: with)?| as well as| &|,)? {_LIST}){{0,11}})"
_TOKEN = re.compile(r"\{([BAR])(\d+)\}")
_WORD = r"(?P<said>\b(?:[Ii]t|[Tt]he (?:Group|Panel|Committee|Working (?:Group|Party)))\b)"
_SAID = rf"(?:(?P<subject>\{{B\d+\}})|{_WORD})"
_ITS = r"(?P<said>\b(?:[Ii]ts|[Tt]he))"
_BEFORE = r"(?:(?:Annex|Appendix|Part|paragraph|section|§) ?\w{1,4} (?:to|of|in) |the annex to )?"
_OWN = re.compile(r"\b[Tt](?:his|he present) (?:report|document|contribution|summary|paper)\b")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of `mandates.toml`, compiled; its groups are subject (or subject2) and objects."""

    name: str
    predicate: str
    regex: re.Pattern[str]


@cache
def forms() -> tuple[Form, ...]:
    """The forms, with their placeholders made groups."""
    return tuple(
        Form(row["name"], row["predicate"], re.compile(_filled(row["regex"]))) for row in rules("mandates")["form"]
    )


def _filled(regex: str) -> str:
    return (
        regex.replace("{R*}", _OBJECTS)
        .replace("{B2}", r"(?P<subject2>\{B\d+\})")
        .replace("{B}", r"(?P<subject>\{B\d+\})")
        .replace("{A}", r"(?P<subject>\{A\d+\})")
        .replace("{D}", r"(?P<subject>\{D\})")
        .replace("{S}", _SAID)
        .replace("{Q}", _WORD)
        .replace("{I}", _ITS)
        .replace("{N}", _BEFORE)
    )


@dataclass(frozen=True, slots=True)
class _Braced:
    """A sentence with its mentions in braces, and where each of its characters stands in the cleaned copy."""

    text: str
    places: tuple[int, ...]
    links: tuple[Link, ...]

    def span(self, document: Document, start: int, end: int) -> Span:
        return document.clean.span(self.places[start], self.places[end])


def claims(document: Document) -> Iterator[Claim]:
    """The claims of all forms, in order of the text."""
    by_block: dict[int, list[Link]] = {}
    for link in document.links:
        if link.mention.kind in _LETTERS and link.entity is not None:
            by_block.setdefault(link.mention.block, []).append(link)
    told: Entity | None = None
    headings = {block.order for block in document.clean.blocks if block.kind == "heading"}
    for sentence in document.clean.sentences:
        links = by_block.get(sentence.block, ())
        told = None if sentence.block in headings else told
        if any(link.mention.kind in ("citation", "nominal") for link in links):
            for claim in _of_sentence(document, _braced(document, sentence, links), told):
                told = claim.subject if claim.subject.kind == "body" else told
                yield claim


def _braced(document: Document, sentence: Sentence, links: list[Link] | tuple[Link, ...]) -> _Braced:
    clean = document.clean
    kept: list[tuple[int, int, Link]] = []
    for link in sorted(links, key=lambda one: (one.mention.kind != "citation", one.mention.span)):
        start, end = place(clean, link.mention.span)
        inside = sentence.start <= start and end <= sentence.end
        if inside and all(end <= other or start >= stop for other, stop, _ in kept):
            kept.append((start, end, link))
    return _written(clean.text, sentence, sorted(kept, key=lambda one: one[0]))


def _written(text: str, sentence: Sentence, kept: list[tuple[int, int, Link]]) -> _Braced:
    pieces: list[str] = []
    places: list[int] = []
    position = sentence.start

    def plain(until: int) -> None:
        nonlocal position
        while position < until:
            own = _OWN.match(text, position, until)
            if own:
                pieces.append("{D}")
                places.extend([position] * 3)
                position = own.end()
            else:
                pieces.append(text[position].translate({123: 40, 125: 41}))
                places.append(position)
                position += 1

    for index, (start, end, link) in enumerate(kept):
        plain(start)
        token = f"{{{_LETTERS[link.mention.kind]}{index}}}"
        pieces.append(token)
        places.extend([start] * len(token))
        position = end
    plain(sentence.end)
    return _Braced("".join(pieces), (*places, sentence.end), tuple(link for _, _, link in kept))


def _of_sentence(document: Document, sentence: _Braced, told: Entity | None) -> Iterator[Claim]:
    if "{R" not in sentence.text:
        return
    done: set[tuple[Entity, str, Entity]] = set()
    for form in forms():
        for found in form.regex.finditer(sentence.text):
            subject = _subject(document, sentence, found, told)
            told = subject if subject is not None and subject.kind == "body" else told
            span = sentence.span(document, found.start(), found.end())
            for token in _TOKEN.finditer(found["objects"]):
                target = sentence.links[int(token[2])].entity if token[1] == "R" else None
                if subject is None or target is None or target.kind not in ("revision", "instrument"):
                    continue
                if (subject, form.predicate, target) not in done:
                    done.add((subject, form.predicate, target))
                    yield Claim(subject, form.predicate, target, "asserted", "text", form.name, (span,))


def _subject(document: Document, sentence: _Braced, found: re.Match[str], told: Entity | None) -> Entity | None:
    """Who or what rests on the instrument. "It" and "its" are the body told of before, "the Panel" the document's own.

    "The terms of reference", of nobody, are those of the body told of before, else of the document's own.
    """
    groups = found.groupdict()
    written = groups.get("subject") or groups.get("subject2") or ""
    if written == "{D}":
        return document.entity
    if written:
        return sentence.links[int(written[2:-1])].entity
    own = document.metadata.body
    home = Entity("body", (own,)) if own else None
    said = groups.get("said")
    if said is None:
        return home
    return told or home if said.casefold() in ("it", "its", "the") else home
