"""What in one document does not add up: findings with every passage and a question, never a correction.

Sums of responses, document numbers and submitters are checked where they are read (`claims`), look-alike letters
where the text is cleaned. The checks here are strict on purpose: where all is well they say nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.claims.located import Page
from ingest.context import Document
from ingest.discourse.scope import is_instrument
from ingest.finders.consultations import folded
from ingest.model import Entity, Finding, Severity, Span
from ingest.text import CleanBlock
from ingest.text.numbering import roman_value

_DECIMAL = re.compile(r"(?:\d{1,3}\.\s?)*\d{1,3}\.?")
_ROMAN = re.compile(r"[IVXL]+\.?")
_ENUMERATOR = re.compile(r"(?:(?<=^)|(?<=[\s;,(]))(?:[a-z]{1,2}|[ivx]{1,4}|\d{1,2})\)")
_SET_UP = re.compile(r"\b(?:established|set\s+up|created|constituted)\b[^.;]{0,80}?\bby\s+(?:the\s+)?$", re.IGNORECASE)
_BASIS = re.compile(
    r"[^.;]{0,60}?\b(?:in\s+accordance\s+with|in\s+line\s+with|pursuant\s+to|in\s+conformity\s+with|as\s+instructed\s+in)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_INVITED = re.compile(
    r"\b(?:the\s+)?(?P<who>[A-Z][\w&-]*(?:\s+[A-Z][\w&-]*){0,3})\s+is\s+(?:hereby\s+)?(?:invited|requested)\s+to\s+"
    r"(?P<what>[^.;\n]+)"
)
_TITLE = re.compile(r"\s+(?:from|by|submitted\s+by)\s[^\"\n:]{2,200}:\s*\"(?P<title>[^\"\n]{6,250})\"")
_DETERMINERS = re.compile(r"\b(?:the|this|these|its|present|said)\b")


def audit(document: Document) -> Iterator[Finding]:
    """The findings of all checks, in the order of the checks."""
    for check in CHECKS:
        yield from check(document)


def _finding(
    document: Document, code: str, message: str, question: str, spans: Sequence[Span], severity: Severity = "warning"
) -> Finding:
    passages = tuple((document.reading.checksum, span) for span in sorted(set(spans)))
    return Finding(code, severity, message, question, None, passages)


# ---- numbers of paragraphs ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A numbered paragraph or heading: the parts of its number, and the block."""

    parts: tuple[int, ...]
    block: CleanBlock


def skipped_numbers(document: Document) -> Iterator[Finding]:
    """4.1 followed by 4.3, where no 4.2 stands anywhere; and 4.2 followed by another 4.2."""
    if is_instrument(document):
        return
    found = list(_numbered(document))
    everywhere = {one.parts for one in found}
    last: dict[tuple[int, ...], _Numbered] = {}
    for one in found:
        before = last.get(one.parts[:-1])
        last[one.parts[:-1]] = one
        if before is None:
            continue
        step = one.parts[-1] - before.parts[-1]
        missing = [(*one.parts[:-1], n) for n in range(before.parts[-1] + 1, one.parts[-1])]
        missing = [parts for parts in missing if not _runs_on(document, before.block, parts)]
        if 2 <= step <= 3 and missing and not everywhere & set(missing):
            yield _skipped(document, before, one, missing)
        elif step == 0 and one.parts[-1] > 1:
            yield _repeated(document, before, one)


def _runs_on(document: Document, block: CleanBlock, parts: tuple[int, ...]) -> bool:
    """Whether the number stands inside the paragraph before, behind a full stop: "… in October. 5. The Group …"."""
    printed = re.escape(_printed(parts))
    return bool(re.search(rf"[.;:] {printed}\.? [A-Z]", document.clean.text[block.content : block.end]))


def _numbered(document: Document) -> Iterator[_Numbered]:
    for block in document.clean.blocks:
        number = (block.number or "").strip()
        if (block.kind == "item" and "." not in number.rstrip(".")) or block.kind in {"footnote", "cell"}:
            continue
        if _DECIMAL.fullmatch(number):
            yield _Numbered(tuple(int(part) for part in re.findall(r"\d+", number)), block)
        elif block.kind == "heading" and _ROMAN.fullmatch(number):
            yield _Numbered((-1, roman_value(number.rstrip("."))), block)


def _printed(parts: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in parts if part >= 0)


def _span(document: Document, block: CleanBlock) -> Span:
    """The printed number and the first words of a block."""
    text = document.clean.text
    stop = text.find(" ", min(block.content + 30, block.end))
    return document.clean.span(block.start, block.end if stop < 0 else min(stop, block.end))


def _skipped(document: Document, before: _Numbered, after: _Numbered, missing: list[tuple[int, ...]]) -> Finding:
    words = " and ".join(_printed(parts) for parts in missing)
    return _finding(
        document,
        "skipped-paragraph-number",
        f"Paragraph {_printed(before.parts)} is followed by {_printed(after.parts)}; there is no {words}.",
        f"Was {words} left out, or is the numbering wrong?",
        [_span(document, before.block), _span(document, after.block)],
    )


def _repeated(document: Document, before: _Numbered, after: _Numbered) -> Finding:
    return _finding(
        document,
        "repeated-paragraph-number",
        f"The number {_printed(after.parts)} stands on two paragraphs.",
        "Which number was the second one to have?",
        [_span(document, before.block), _span(document, after.block)],
    )


# ---- brackets -------------------------------------------------------------------------------------------------------


def unbalanced_brackets(document: Document) -> Iterator[Finding]:
    """A round bracket opened and not closed before the next numbered paragraph, or closed and never opened."""
    if is_instrument(document):
        return
    text = document.clean.text
    for first, last in _paragraphs(document):
        at, lacking = _unmatched(text, first, last)
        if at is not None:
            yield _bracket(document, at, lacking)


def _unmatched(text: str, first: int, last: int) -> tuple[int | None, str]:
    """The first bracket of a stretch without its partner, and what that lacks: to be "opened" or "closed"."""
    opened: list[int] = []
    enumerators = {match.end() - 1 for match in _ENUMERATOR.finditer(text, first, last)}
    for at in (first + match.start() for match in re.finditer(r"[()]", text[first:last])):
        if text[at] == "(":
            opened.append(at)
        elif opened:
            opened.pop()
        elif at not in enumerators and not re.search(r"[:;]-?$", text[max(first, at - 2) : at]):
            return at, "opened"
    return (opened[0], "closed") if opened else (None, "")


def _paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    """Stretches from one numbered paragraph, heading or list mark to the next: a bracket may run over lines."""
    blocks = document.clean.blocks
    start = blocks[0].content if blocks else 0
    for before, block in pairwise(blocks):
        if block.number or block.kind != "paragraph" or before.kind == "heading":
            yield start, before.end
            start = block.content
    if blocks:
        yield start, blocks[-1].end


def _bracket(document: Document, at: int, lacking: str) -> Finding:
    sentence = document.clean.sentence_at(at)
    start, end = (sentence.start, sentence.end) if sentence else (at, at + 1)
    text = document.clean.text
    begin = max(start, at - 30)
    while start < begin and not text[begin - 1].isspace():  # a quotation begins and ends with whole words
        begin -= 1
    stop = min(end, at + 40)
    while stop < end and not text[stop].isspace():
        stop += 1
    return _finding(
        document,
        "unbalanced-parenthesis",
        f"A round bracket is never {lacking}: “{text[begin:stop].strip()}”.",
        "Where does the remark in brackets end?" if lacking == "closed" else "Where does the remark in brackets begin?",
        [document.clean.span(at, stop) if lacking == "closed" else document.clean.span(begin, at + 1)],
        "info",
    )


# ---- names of one thing ---------------------------------------------------------------------------------------------


def variant_notations(document: Document) -> Iterator[Finding]:
    """One revision with two notations in one document: "(C22, last amended C28)" and "(Mod. 2028)"."""
    spelt: defaultdict[Entity, dict[str, list[Span]]] = defaultdict(dict)
    for link in document.links:
        notation = link.mention.parts.get("revision")
        if link.mention.kind == "citation" and notation and link.entity and link.entity.kind == "revision":
            spelt[link.entity].setdefault(" ".join(notation.split()), []).append(link.mention.span)
    for entity, found in spelt.items():
        if len({re.sub(r"[\s.,]+", "", notation).lower() for notation in found}) < 2:
            continue
        words = " and ".join(f"({notation})" for notation in found)
        yield _finding(
            document,
            "variant-revision-notation",
            f"One revision of {entity.key[0].capitalize()} {entity.key[2]} is written {words}.",
            "Is the same revision meant?",
            [spans[0] for spans in found.values()],
            "info",
        )


def variant_titles(document: Document) -> Iterator[Finding]:
    """A round of consultation or a paper that one document gives two titles."""
    page = Page(document)
    titles: defaultdict[Entity, dict[str, tuple[str, Span]]] = defaultdict(dict)
    for each in page.links:
        title, span = None, each.span
        if each.kind == "consultation" and "topic" in each.parts:
            title = each.parts["topic"]
        elif each.kind == "document-number" and (match := _TITLE.match(page.text, each.end)):
            title, span = match["title"], document.clean.span(*match.span("title"))
        if title and each.entity:
            titles[each.entity].setdefault(folded(title), (title, span))
    for found in titles.values():
        names = list(found)
        if len(names) > 1 and not any(a != b and (a in b or b in a) for a in names for b in names):
            words = " and ".join(f"“{title}”" for title, _ in found.values())
            spans = [span for _, span in found.values()]
            yield _finding(
                document, "variant-title", f"One thing has two titles: {words}.", "Which one is right?", spans
            )


# ---- times and requests ---------------------------------------------------------------------------------------------


def chronology(document: Document) -> Iterator[Finding]:
    """A body set up by a text "in accordance with" a later one."""
    page = Page(document)
    for sentence, _ in page.sentences():
        cited = [
            e
            for e in page.between(sentence.start, sentence.end, "citation")
            if e.entity and e.entity.kind == "revision"
        ]
        for one in cited:
            if not _SET_UP.search(page.text, sentence.start, one.start):
                continue
            rest = [e for e in cited if e.start >= one.end]
            if not rest or not _BASIS.match(page.text[one.end : rest[0].start]):
                continue
            later = [e for e in rest if e.entity and one.entity and e.entity.key[3] > one.entity.key[3]]
            if later and one.entity and later[0].entity:
                years = (one.entity.key[3], later[0].entity.key[3])
                yield _finding(
                    document,
                    "chronology",
                    f"A text of {years[0]} is said to have set up a body in accordance with one of {years[1]}.",
                    "Which earlier text was the basis, or is the later one what now governs?",
                    [one.span, *(each.span for each in later)],
                )


def inconsistent_requests(document: Document) -> Iterator[Finding]:
    """Two passages that ask one addressee for different things, where each seems to be the whole request."""
    text = document.clean.text
    asked: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _INVITED.finditer(text):
        asked[match["who"]].append(match)
    for who, found in asked.items():
        first = found[0]
        for other in found[1:]:
            one, two = _plain(first["what"]), _plain(other["what"])
            if _same_act(one, two) and one != two:
                yield _finding(
                    document,
                    "inconsistent-request",
                    f"{who} is asked to {first['what']} in one place and to {other['what']} in another.",
                    "Which of the two is the request?",
                    [document.clean.span(*first.span()), document.clean.span(*other.span())],
                    "info",
                )


def _plain(what: str) -> str:
    return " ".join(_DETERMINERS.sub(" ", what).split()).lower()


def _same_act(one: str, other: str) -> bool:
    """Whether two requests begin with the same verb and object, number aside: "note report", "note reports of"."""
    heads = [[word.rstrip("s") for word in what.split()[:2]] for what in (one, other)]
    return heads[0] == heads[1]


CHECKS: tuple[Callable[[Document], Iterator[Finding]], ...] = (
    skipped_numbers, unbalanced_brackets, variant_notations, variant_titles, chronology, inconsistent_requests,
)  # fmt: skip
"""The checks, in the order in which they are made."""
