"""Clauses that another document quotes, tells or names: what an instrument lays down, known only from there.

"Resolution 61 (…) instructed the Board: – to …; – to …" governs the list below it; "…, to draw an atlas, and to print
it" is told in one sentence; "under instructs the Treasurer, “to …; to …”" is quoted inside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.context import Document
from ingest.finders.mentions import place
from ingest.model import Entity, Link
from ingest.provisions import told
from ingest.provisions.grammar import grammar
from ingest.provisions.heads import read_addressee, read_head, role_told
from ingest.provisions.instruments import language as language_of
from ingest.provisions.numerals import numeral, split_inline
from ingest.text import CleanBlock

_OMITTED = re.compile(r"\[?(?:\.{3,}|…)\]?")
_QUOTED = re.compile(r'[,:]? ?(?:" ?(?P<quote>[^"]{8,3000})"|« ?(?P<guillemets>[^«»]{8,3000})»)')


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A clause known from a quotation; offsets are in the cleaned copy.

    instrument is what lays it down, as cited. role is a term of the code list clause-role, None for an annex or a
    numbered paragraph. number is as printed, None where the quotation gives none. addressee_start is where to look
    for the addressee's own mentions. named: only the clause's name stands there, not its words.
    """

    instrument: Entity
    role: str | None
    addressee: str | None
    addressee_start: int
    number: str | None
    start: int
    end: int
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Lead:
    """A citation and the verb behind it, which govern what follows."""

    instrument: Entity
    role: str
    addressee: str | None
    addressee_start: int

    def excerpt(self, number: str | None, start: int, end: int) -> Excerpt:
        return Excerpt(self.instrument, self.role, self.addressee, self.addressee_start, number, start, end)


def excerpts(document: Document) -> Iterator[Excerpt]:
    """The clauses that a document quotes or tells: those behind each citation in order, then those told otherwise."""
    found: list[Excerpt] = []
    for link in document.links:
        if link.mention.kind != "citation" or link.entity is None:
            continue
        found += _told(document, link, link.entity)
        found += cited_provisions(document, link)
    yield from found
    taken = [(one.start, one.end) for one in found if not one.named]
    for one in told.told(document):
        if not any(one.start < end and start < one.end for start, end in taken):
            role = told.role(one.verb, language_of(document))
            yield Excerpt(one.instrument, role, one.who, one.who_start, one.number, one.start, one.end)


def _told(document: Document, link: Link, instrument: Entity) -> Iterator[Excerpt]:
    text, language = document.clean.text, language_of(document)
    _, end = place(document.clean, link.mention.span)
    block = document.clean.block_at(end - 1)
    if block is None:
        return
    telling = grammar(language).telling
    verb = telling.verb.search(text, end, min(block.end, end + 160))
    if verb is None or not telling.between.fullmatch(text, end, verb.start()):
        return
    role, rest = role_told(verb["verb"], language), text[verb.end() : block.end].rstrip()
    if not rest.strip(" :"):
        yield from _list_below(document, block, _Lead(instrument, role, None, verb.end()))
        return
    inline = telling.inline.match(rest)
    first = inline and read_addressee(inline["addressee"], language)
    if inline and first:
        lead = _Lead(instrument, role, first, verb.end())
        yield from _inline(text, verb.end() + inline.start("number"), block.end, lead)
        return
    addressee = read_addressee(rest, language)
    if addressee is not None:
        yield from _list_below(document, block, _Lead(instrument, role, addressee, verb.end()))
        return
    lead = _Lead(instrument, role, None, verb.end())
    yield from _quoted_behind(document, lead) or _in_sentence(document, verb.end(), lead)


def _quoted_behind(document: Document, said: _Lead) -> tuple[Excerpt, ...]:
    """What stands in quotation marks behind a verb and whom it speaks to: "… the Board: “to revise its rules”"."""
    language = language_of(document)
    found = grammar(language).telling.quoted_to.match(document.clean.text, said.addressee_start)
    if found is None:
        return ()
    addressee = found["addressee"].strip() or None
    if addressee is not None and read_addressee(addressee, language) is None:
        return ()
    named = Excerpt(said.instrument, said.role, addressee, found.start(), None, found.start(), found.end(), named=True)
    return tuple(_quoted(document, named))


def _list_below(document: Document, lead: CleanBlock, said: _Lead) -> Iterator[Excerpt]:
    """The items under a lead, cut where their numbers go on inside the line; dots for what was left out are skipped."""
    text = document.clean.text
    level: int | None = None
    task = grammar(language_of(document)).telling.task
    for block in document.clean.blocks:
        if block.order <= lead.order:
            continue
        words = text[block.content : block.end].strip()
        if _OMITTED.fullmatch(words):
            continue
        if not block.number and not task.match(words):
            return
        if block.kind not in ("item", "paragraph", "cell") or _is_section(block):
            return
        level = block.level if level is None else level
        if block.level > level:
            continue
        first = numeral(block.number)
        for index, (number, start, end) in enumerate(split_inline(text, block.content, block.end, first)):
            printed = block.number if index == 0 else number.printed if number else None
            bullet = number is None or number.style == "bullet"
            yield said.excerpt(None if bullet else printed, start, _trimmed(text, start, end))


def _inline(text: str, at: int, end: int, said: _Lead) -> Iterator[Excerpt]:
    """The clauses that follow their head in one line, each with its number: "Member States 2 to …; 3 to …"."""
    printed = text[at:end].split()[0]
    for number, begin, stop in split_inline(text, at + len(printed) + 1, end, numeral(printed)):
        yield said.excerpt(number.printed if number else printed, begin, _trimmed(text, begin, stop))


def _is_section(block: CleanBlock) -> bool:
    """A paragraph number of the quoting document itself ("2.1"), which ends the list."""
    return bool(block.number and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+\.?", block.number))


def _in_sentence(document: Document, start: int, said: _Lead) -> Iterator[Excerpt]:
    """What one sentence tells: "… the Board to revise its rules, to print them, and to sell them"."""
    text = document.clean.text
    language = language_of(document)
    telling = grammar(language).telling
    found = telling.to.match(text, start)
    sentence = document.clean.sentence_at(start)
    if found is None or sentence is None:
        return
    addressee = found["addressee"].strip() or None
    if addressee is not None and read_addressee(addressee, language) is None:
        return
    lead = _Lead(said.instrument, said.role, addressee, start)
    stop = _trimmed(text, found.start("what"), sentence.end)
    semicolon = text.find(";", found.start("what"), stop)
    begin = found.start("what")
    for cut in telling.next.finditer(text, begin, stop):
        if 0 <= semicolon < cut.start():
            break
        yield lead.excerpt(None, begin, _trimmed(text, begin, cut.start()))
        begin = cut.end()
    end = semicolon if begin <= semicolon < stop else stop
    yield lead.excerpt(None, begin, _trimmed(text, begin, end))


def cited_provisions(document: Document, link: Link) -> tuple[Excerpt, ...]:
    """The provisions that a citation names: those whose words it quotes, else the one that it names.

    A head alone ("under instructs the SG, “to …; to …”") is no clause of its own where its clauses are quoted.
    """
    named = named_provision(document, link)
    if named is None:
        return ()
    quoted = tuple(_quoted(document, named))
    return quoted if quoted and named.number is None else (named, *quoted)


def named_provision(document: Document, link: Link) -> Excerpt | None:
    """The provision that a citation names ("resolves 4 of …", "under instructs the Treasurer"), at its own words."""
    clause = link.mention.parts.get("clause")
    if clause is None or link.entity is None:
        return None
    text = document.clean.text
    language = language_of(document)
    telling = grammar(language).telling
    start, end = place(document.clean, link.mention.span)
    before = text.rfind(clause, max(0, start - 140), start)
    after = text.find(clause, end, end + 200)
    at = before if before >= 0 else after
    if at < 0:
        return None
    number = telling.number.search(clause)
    if number and at == after and telling.task.match(text, at + len(clause) + 1):
        return None  # "invites Member States 2 to …; 3 to …": the number of a clause that is told
    head = read_head(clause[: number.start()] if number else clause, language)
    if head is None:
        return Excerpt(link.entity, None, None, at, clause, at, at + len(clause), named=True)
    printed = number["number"] if number else None
    return Excerpt(link.entity, head.role, head.addressee, at, printed, at, at + len(clause), named=True)


def _quoted(document: Document, named: Excerpt) -> Iterator[Excerpt]:
    """The words in quotation marks after a provision's name, cut at their semicolons."""
    text = document.clean.text
    quote = _QUOTED.match(text, named.end)
    if quote is None or named.role is None:
        return
    marks = "quote" if quote["quote"] else "guillemets"
    position = quote.start(marks)
    for piece in re.split(r"(?<=;)", quote[marks]):
        start = position + (len(piece) - len(piece.lstrip()))
        end = _trimmed(text, start, position + len(piece))
        position += len(piece)
        if end - start > 8:
            yield Excerpt(named.instrument, named.role, named.addressee, named.start, None, start, end)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,"):
        end -= 1
    return end
