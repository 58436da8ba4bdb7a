"""How many answered a consultation, by group as the text words it; numbers stay as they are, sums are findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.claims.located import Page
from ingest.context import Document
from ingest.discourse.scope import Placed
from ingest.finders.hits import CARDINAL, cardinal
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Finding, Span, Value
from ingest.text import CleanBlock

_ANSWER = r"(?:responses?|answers?|replies|reply|submissions?|comments|inputs?|questionnaires|contributions)"
_WORD = re.compile(_ANSWER, re.IGNORECASE)
_TOTAL = re.compile(
    rf"\b(?P<number>{CARDINAL}) (?:(?:written|online|different|individual|separate|valid) )*{_ANSWER}\b"
    r"(?=(?: (?:\w+ ){0,4}?(?:was|were|has been|have been|had been)? ?(?:received|came in|submitted|collected"
    r"|sent in|recorded|gathered|arrived|made)\b)|[^.]{0,80}[(:]| (?:from|by)\b"
    r"|,? (?:of|among|from) (?:which|whom|these)\b)"
    rf"|\b(?:received|drew|attracted|collected|gathered|brought|yielded|prompted|elicited|saw)\b (?:a total of "
    rf"|in all |in total |altogether )?(?P<number2>{CARDINAL})(?: \w+)? {_ANSWER}\b"
    rf"|\b(?:total|number) of {_ANSWER}(?: received)?(?: was| is|:)? (?P<number3>{CARDINAL})\b"
    rf"|(?<=: )(?P<number4>{CARDINAL}) {_ANSWER}(?=[.;]|$)",
    re.IGNORECASE,
)
_START = re.compile(
    rf"(?:^|(?<=[(:;,])|(?<=\band)|(?<=\bfrom)|(?<=\bincluding)|(?<=\bwhich)|(?<=\bcomprising)|(?<=\bwith)"
    rf"|(?<=\bnamely)) ?(?:and )?(?:another |a further )?(?P<number>{CARDINAL})(?: (?:{_ANSWER}|were|was|came"
    rf"|came in|each))* (?:from |of |by |for )?(?:the |its )?(?=[A-Za-z])",
    re.IGNORECASE,
)
_REVERSED = re.compile(r"(?P<group>[A-Za-z][A-Za-z ,/&-]{3,80}?)\s?[:(–-]\s?(?P<number>\d{1,5})\)?(?=$|[,;.)]| and )")
_STOP_WORDS = re.compile(
    r"^(?:questions?|responses?|answers?|replies|days?|weeks?|months?|years?|per ?cent|regions?|countries|topics?"
    r"|pages?|areas?|meetings?|rounds?)\b",
    re.IGNORECASE,
)
_MOST_CELLS = 60
"""Cells of a table that are read as counts."""
_SUM = re.compile(r"(?:grand |sub)?totals?|sum|all(?: together)?|in all", re.IGNORECASE)
_GROUP_END = re.compile(r"\s*(?:,|;|\.|\band)?\s*$")


@dataclass(frozen=True, slots=True)
class Count:
    """One number of responses; offsets are in the cleaned copy. group is None for the stated total."""

    start: int
    end: int
    number: int
    group: str | None
    block: int


@dataclass(frozen=True, slots=True)
class Account:
    """What one passage counts for one round."""

    round: Entity
    named: Span
    counts: tuple[Count, ...]


def claims(page: Page) -> Iterator[Claim]:
    """A record for each number, total and parts alike."""
    for account in accounts(page):
        for count in account.counts:
            yield _claim(page, account, count)


def _claim(page: Page, account: Account, count: Count) -> Claim:
    span = page.span(count.start, count.end)
    entity = Entity("count", (file_key(page.document.reading.checksum), str(span.start)))
    details: list[tuple[str, Entity | Value]] = [
        ("rdf:type", Value("qb:Observation", "curie")),
        ("rc:responses", Value(str(count.number), "xsd:integer")),
        ("rc:isStatedTotal", Value("true" if count.group is None else "false", "xsd:boolean")),
        ("rc:consultation", account.round),
    ]
    if count.group is not None:
        details.append(("rc:stakeholderGroup", Value(count.group)))
        known = page.document.register.stakeholder_concept(count.group)
        if known is not None:
            details.append(("rc:stakeholderGroupConcept", Entity("concept", ("stakeholder-group", known.concept))))
    return Claim(
        account.round, "rc:received", entity, "asserted", "text", "responses-counted", (span, account.named),
        details=tuple(details),
    )  # fmt: skip


def accounts(page: Page) -> Iterator[Account]:
    """The passages that count responses to a round that the text names, by totals and what belongs to them."""
    for block in page.document.clean.blocks if page.names_rounds() else ():
        if not _WORD.search(page.text, block.start, block.end):
            yield from _table_alone(page, block)
            continue
        totals = [_total(match, block) for match in _TOTAL.finditer(page.text, block.start, block.end)]
        for index, total in enumerate(totals):
            end = totals[index + 1].start if index + 1 < len(totals) else block.end
            parts = list(_parts(page, block, total, end)) or list(_listed(page, block))
            parts = parts or [row for row in _tabled(page, block) if row.group is not None]
            named = _round(page, block, total.start)
            if named is not None and named.entity is not None:
                yield Account(named.entity, named.span, (total, *parts))
        if not totals:
            yield from _without_total(page, block)
            yield from _table_alone(page, block)


def _total(match: re.Match[str], block: CleanBlock) -> Count:
    group = next(name for name in ("number", "number2", "number3", "number4") if match[name])
    return Count(match.start(), match.end(), cardinal(match[group]) or 0, None, block.order)


def _round(page: Page, block: CleanBlock, offset: int) -> Placed | None:
    """The round named last before the number in its paragraph, else the paragraph's only one, else the one before."""
    named = [each for each in page.between(block.start, block.end, "consultation") if each.entity is not None]
    before = [each for each in named if each.start <= offset]
    if before:
        return before[-1]
    if len({each.entity for each in named}) == 1:
        return named[0]
    at = page.order.index(block.order)
    if named or at == 0:
        return None
    above = page.blocks[page.order[at - 1]]
    earlier = [each for each in page.between(above.start, above.end, "consultation") if each.entity is not None]
    return earlier[-1] if len({each.entity for each in earlier}) == 1 else None


def _stretch(page: Page, total: Count, end: int) -> tuple[int, int]:
    """Where the parts can stand: a bracket behind the total, or the rest of its sentence."""
    sentence = page.document.clean.sentence_at(total.start)
    stop = min(end, sentence.end if sentence else end)
    bracket = re.compile(r"[^()]{0,160}?\(").match(page.text, total.end, stop)
    if bracket:
        close = page.text.find(")", bracket.end(), stop)
        if close > 0 and re.match(rf" ?{CARDINAL}\b|[A-Z][\w ,/&-]+[:(] ?\d", page.text[bracket.end() : close]):
            return bracket.end(), close
    return total.end, stop


def _parts(page: Page, block: CleanBlock, total: Count, end: int) -> Iterator[Count]:
    start, stop = _stretch(page, total, end)
    yield from _counts(page.text, start, stop, block.order)


def _counts(text: str, start: int, stop: int, order: int) -> list[Count]:
    """ "15 Governments, 11 from civil society and 8 companies": a number and the words up to the next one."""
    heads = [m for m in _START.finditer(text, start, stop) if not _STOP_WORDS.match(text, m.end(), stop)]
    heads = [m for m in heads if not _STOP_WORDS.match(text[m.end() : m.end() + 20])]
    found: list[Count] = []
    for index, head in enumerate(heads):
        limit = heads[index + 1].start() if index + 1 < len(heads) else stop
        words = _group(text[head.end() : limit], last=index == len(heads) - 1)
        if words and len(words) <= 120:
            found.append(
                Count(head.start("number"), head.end() + len(words), cardinal(head["number"]) or 0, words, order)
            )
    if len(found) >= 2 or (found and text[start - 1] == "("):
        return found
    turned = [Count(m.start(), m.end(), int(m["number"]), re.sub(r"^(?:and|from) ", "", m["group"].strip()), order)
              for m in _REVERSED.finditer(text, start, stop)]  # fmt: skip
    return turned if len(turned) >= 2 else []


def _group(words: str, *, last: bool) -> str:
    """The words of a group: up to the comma or "and" before the next number, for the last up to the clause's end."""
    if last:
        words = re.split(
            r"[;.)]|, (?:which|who|representing|from|while|whereas|but|and (?:the|all|these|they))\b| (?:were|was"
            r"|which|representing)\b",
            words,
        )[0]
    previous = None
    while previous != words:
        previous = words
        words = _GROUP_END.sub("", words)
    return words.strip(" (")


def _listed(page: Page, block: CleanBlock) -> Iterator[Count]:
    """Parts as list items or cells behind the paragraph of the total."""
    for item in page.after(block.order)[:12]:
        if item.kind not in ("item", "cell") or re.match(r"\d", item.number or ""):
            break
        words = page.text[item.content : item.end]
        forward = re.match(
            rf"(?P<number>{CARDINAL}) (?:{_ANSWER} )?(?:from "
            rf"|by )?(?:the )?(?P<group>[A-Za-z][^;.]{{2,100}}?)[;,.]?(?: and)?$",
            words,
        )
        turned = re.match(r"(?P<group>[A-Za-z][^:;]{2,100}?)\s?[:(-]\s?(?P<number>\d{1,5})\)?[;,.]?(?: and)?$", words)
        match = forward or turned
        if match is None:
            break
        yield Count(
            item.content, item.content + match.end(), cardinal(match["number"]) or 0, match["group"].strip(), item.order
        )


def _tabled(page: Page, block: CleanBlock) -> Iterator[Count]:
    """The rows of a table of two columns behind a paragraph: a group, and how many of it; a heading row is none.

    The row of the total has no group.
    """
    cells: list[CleanBlock] = []
    for cell in page.after(block.order)[:_MOST_CELLS]:
        if cell.kind != "cell":
            break
        cells.append(cell)
    for group, number in pairwise(cells):
        words, count = (page.text[cell.content : cell.end].strip() for cell in (group, number))
        if count.isdigit() and words and not words.isdigit():
            whole = _SUM.fullmatch(words)
            yield Count(group.content, number.end, int(count), None if whole else words, group.order)


def _table_alone(page: Page, block: CleanBlock) -> Iterator[Account]:
    """A table of replies, with the total as a row if any, under a paragraph that names the one round it is about."""
    rows = list(_tabled(page, block))
    named = {each.entity: each for each in page.between(block.start, block.end, "consultation") if each.entity}
    head = " ".join(page.text[b.content : b.end] for b in page.after(block.order)[:2] if b.kind == "cell")
    if len(rows) >= 2 and len(named) == 1 and _WORD.search(head):
        (thing, each), *_ = named.items()
        if thing is not None:
            yield Account(thing, each.span, tuple(rows))


def _without_total(page: Page, block: CleanBlock) -> Iterator[Account]:
    """ "Responses came from 9 Governments and 12 companies": parts alone."""
    for match in re.compile(rf"\b{_ANSWER}\b[^.;]{{0,60}}\b(?:from|by|of)\b", re.IGNORECASE).finditer(
        page.text, block.start, block.end
    ):
        sentence = page.document.clean.sentence_at(match.start())
        stop = sentence.end if sentence else block.end
        counts = _counts(page.text, match.end(), stop, block.order)
        named = _round(page, block, match.start())
        if len(counts) >= 2 and named is not None and named.entity is not None:
            yield Account(named.entity, named.span, tuple(counts))
            return


def findings(document: Document) -> Iterator[Finding]:
    """Stated totals that the groups counted with them do not reach, or exceed."""
    page = Page(document)
    for account in accounts(page):
        total = next((count for count in account.counts if count.group is None), None)
        parts = [count for count in account.counts if count.group is not None]
        reached = sum(count.number for count in parts)
        if total is None or len(parts) < 2 or reached == total.number:
            continue
        yield _mismatch(document, page, total, parts, reached)


def _mismatch(document: Document, page: Page, total: Count, parts: Sequence[Count], reached: int) -> Finding:
    listed = " + ".join(str(count.number) for count in parts)
    return Finding(
        code="counts-do-not-add-up",
        severity="warning",
        message=f"{total.number} responses are stated; the groups counted with them are {listed} = {reached}. "
        "Both stand as written.",
        question="Are there responses of a group that is not listed, or is one of the numbers wrong?",
        passages=tuple((document.reading.checksum, page.span(c.start, c.end)) for c in (total, *parts)),
    )
