"""Duties: what an instrument asks of whom, until when, how often.

The head governs its list: the addressee is the clause's own, whoever else its words name. A clause that says "may"
permits. Terms of reference are duties of the body whose they are, laid down by the text that sets them. That a duty
was laid down does not say that it was done.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.claims import clauses
from ingest.claims.decisions import deadlines
from ingest.context import Document
from ingest.discourse.scope import Placed, Scope, is_instrument, placed, scopes, within
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Value
from ingest.rulebook import rules
from ingest.text import dates

_BY = re.compile(r"\b(?:by|before|until|not?\s+later\s+than)\s+(?P<end>the\s+end\s+of\s+)?$", re.IGNORECASE)
_BY_YEAR = re.compile(
    r"\b(?:by|before|until|not?\s+later\s+than)\s+(?P<end>the\s+end\s+of\s+)?(?P<year>(?:19|20)\d\d)(?=[,;.)]|$|\s+and\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|its|all the|all) ")
_KINDS = frozenset({"clause", "excerpt"})
_OPENS = re.compile(r"(?:to\s+[a-z]|that\s)", re.IGNORECASE)
_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})\)")
"""The number of a paragraph that is an item of the list above it, where the file does not mark it as one."""
_INNER = re.compile(r",\s+(?=to\s+[a-z])")
_NUMBER = re.compile(r"\s*(?:\(?\w{1,4}[.)]|\d+(?:\.\d+)*|[-\u2010-\u2015\u00b7\u2022])\s+(?=\S)")
_HEAD = re.compile(
    r"(?:further\s+)?[a-z]+s\s+(?:further\s+)?(?:upon\s+)?(?:the\s+)?[A-Z][^,;:]{0,120}?[,:]?\s+(?=to\s+[a-z]|that\s)"
)
_ITS_SESSION = re.compile(
    r"\b(?:at|by|before|in)\s+its\s+(?P<year>(?:19|20)\d\d)\s+(?:ordinary\s+|annual\s+)?session\b"
)
_HEAD_ALONE = re.compile(r"(?:further\s+)?[a-z]+s\s+(?:further\s+)?(?:upon\s+)?(?:the\s+)?[A-Z][\w' ,-]*")
_LEAD_TASK = re.compile(
    r"\b(?:is|are)\s+(?P<task>to\s+[a-z].*?)(?:,?\s+and\s+in\s+this\s+regard.*|,\s+in\s+particular.*)?:$"
)
_NEXT = re.compile(r"\b(?:to|for|at|by|before)\s+(?:the\s+)?next\s+(?P<name>[A-Za-z][\w/-]*(?:\s+[\w/-]+){0,4})")


@cache
def _forms(table: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["regex"]) for row in rules("duties")[table])


def claims(document: Document) -> Iterator[Claim]:
    """A claim per duty that the document lays down, or quotes from the text that does."""
    yield from laid_down(document, clauses.claims(document))
    yield from terms_of_reference(document)


def laid_down(document: Document, clause_claims: Iterable[Claim]) -> Iterator[Claim]:
    """A duty for each clause with a binding verb and an addressee.

    A clause whose items are tasks of their own ("to …") is their head; items that are none ("the fees;") are its parts.
    """
    links = placed(document)
    stated = [claim for claim in clause_claims if isinstance(claim.object, Entity) and claim.object.kind in _KINDS]
    parents = {claim.object: _parent(claim) for claim in stated}
    tasks = {claim.object for claim in stated if _OPENS.match(_text(document, claim))}
    split = {parents[child] for child in tasks if parents.get(child)}
    for claim in stated:
        part = parents[claim.object] is not None and claim.object not in tasks
        if claim.object not in split and not part and _binding(claim):
            yield from _duty(document, links, claim)


def _parent(claim: Claim) -> Entity | Value | None:
    return next((value for predicate, value in claim.details if predicate == "rc:parentClause"), None)


def _place(document: Document, claim: Claim) -> tuple[int, int]:
    """Where the words of a clause stand in the cleaned copy, without number and head."""
    start = document.clean.clean_offset(claim.spans[0].start)
    return _words(document.clean.text, start, document.clean.clean_offset(claim.spans[-1].end - 1) + 1)


def _text(document: Document, claim: Claim) -> str:
    return document.clean.text[slice(*_place(document, claim))] if claim.spans else ""


def _binding(claim: Claim) -> bool:
    roles = {
        value.key[-1]
        for predicate, value in claim.details
        if predicate == "rc:clauseRole" and isinstance(value, Entity) and value.kind == "concept"
    }
    return bool(roles & set(rules("duties")["roles"]["binding"]))


def _duty(document: Document, links: tuple[Placed, ...], claim: Claim) -> Iterator[Claim]:
    addressees = [value for predicate, value in claim.details if predicate == "rc:addressee"]
    if not addressees or not claim.spans or not isinstance(claim.object, Entity):
        return
    start, end = _place(document, claim)
    text = document.clean.text[start:end]
    if not text or _HEAD_ALONE.fullmatch(text) or any(form.search(text) for form in _forms("permission")):
        return
    start += len(text) - len(_core(text))
    addressees = [_local(document, one, links) for one in addressees]
    details = [*_what(_core(text)), *(("rc:addressee", one) for one in addressees)]
    details += _when(document, links, start, end, _year(claim.subject))
    details += _own_session(document, addressees, start, end)
    duty = Entity("duty", claim.object.key)
    yield Claim(
        claim.object, "rc:laysDown", duty, claim.modality, "text", "duty-of-clause", claim.spans, details=tuple(details)
    )


def _local(document: Document, who: Entity | Value, links: tuple[Placed, ...]) -> Entity | Value:
    """An addressee that no register names, as the one thing that the text itself calls so; else its words."""
    if isinstance(who, Entity):
        return who
    if "called" not in document.memo:
        document.memo["called"] = _called(document, links)
    named: set[Entity] = document.memo["called"].get(_bare(who.text), set())
    return next(iter(named)) if len(named) == 1 else who


def _called(document: Document, links: tuple[Placed, ...]) -> dict[str, set[Entity]]:
    """The offices, bodies and groups of a document by the words that name them there."""
    found: dict[str, set[Entity]] = {}
    for one in links:
        if one.kind in ("office", "body", "group") and one.entity is not None:
            found.setdefault(_bare(document.clean.text[one.start : one.end]), set()).add(one.entity)
    return found


def _bare(words: str) -> str:
    return _ARTICLE.sub("", " ".join(words.split()).casefold())


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause without its number and its head, in a stretch that may begin with both."""
    for form in (_NUMBER, _HEAD, _NUMBER):
        found = form.match(text, start, end)
        start = found.end() if found else start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " ;,.:\n\t":
        end -= 1
    return start, end


def _core(text: str) -> str:
    """The clause without a qualifier in front: "in the light of the findings, *to set the fees anew*"."""
    inner = None if _OPENS.match(text) else _INNER.search(text)
    return text[inner.end() :] if inner else text


def _what(words: str) -> list[tuple[str, Entity | Value]]:
    return [
        ("rdf:type", Value("rc:Instruction", "curie")),
        ("rdf:type", Value("odrl:Duty", "curie")),
        ("rc:deliverable", Value(re.sub(r"\s+", " ", words), language="en")),
    ]


def _when(
    document: Document, links: tuple[Placed, ...], start: int, end: int, year: str | None
) -> list[tuple[str, Entity | Value]]:
    named = [*deadlines(document, links, start, end), *_next(document, start, end, year), *_ends(document, start, end)]
    due = list(dict.fromkeys(named))
    often = [match.group() for form in _forms("recurrence") if (match := form.search(document.clean.text, start, end))]
    return [
        *(("rc:dueEvent" if isinstance(one, Entity) else "rc:deadline", one) for one in due if not _past(one, year)),
        *(("rc:recurrence", Value(words)) for words in often),
    ]


def _ends(document: Document, start: int, end: int) -> Iterator[Value]:
    """ "not later than 2043", "by the end of June 2033": a year, a month, or the last day of one."""
    for dated in dates.find(document.clean.text[start:end]):
        before = _BY.search(document.clean.text, start, start + dated.start)
        if dated.period is None or dated.period.precision != "month" or before is None or not dated.period.single:
            continue
        when = dated.period.end
        if before["end"]:
            year, month = int(when[:4]), int(when[5:7])
            yield Value(f"{year}-{month:02}-{monthrange(year, month)[1]}", "xsd:date")
        else:
            yield Value(when, "xsd:gYearMonth")
    for bare in _BY_YEAR.finditer(document.clean.text, start, end):
        yield Value(f"{bare['year']}-12-31", "xsd:date") if bare["end"] else Value(bare["year"], "xsd:gYear")


def _own_session(
    document: Document, addressees: list[Entity | Value], start: int, end: int
) -> Iterator[tuple[str, Entity | Value]]:
    """ "at its 2024 session", where the one addressee is a body that meets in yearly sessions."""
    named = _ITS_SESSION.search(document.clean.text, start, end)
    if named is None or len(addressees) != 1 or not isinstance(addressees[0], Entity):
        return
    events = document.register.occasions(addressees[0].key[0]) if addressees[0].kind == "body" else ()
    if {event.kind for event in events} == {"session"}:
        yield "rc:dueEvent", Entity("session", (addressees[0].key[0], named["year"]))


def _past(due: Entity | Value, year: str | None) -> bool:
    """Whether an event lies before the year of the text, so that the words cannot mean it as due."""
    return isinstance(due, Entity) and year is not None and due.key[-1] < year


def _year(source: Entity) -> str | None:
    """The year of the revision that lays the duty down; None where the text leaves the revision open."""
    return source.key[3] if source.kind == "revision" else None


def _next(document: Document, start: int, end: int, year: str | None) -> Iterator[Entity]:
    """ "the next plenipotentiary conference", in a text of a known year: the first one later that registers know."""
    if year is None:
        return
    for match in _NEXT.finditer(document.clean.text, start, end):
        words = match["name"].split()
        for length in range(len(words), 0, -1):
            bodies = document.register.body_named(" ".join(words[:length]))
            if len(bodies) == 1:
                later = (event for event in document.register.occasions(bodies[0]) if (event.year or "") > year)
                yield from (event.entity for event in list(later)[:1])
                break


def terms_of_reference(document: Document) -> Iterator[Claim]:
    """The items below a lead such as "The terms of reference of the Panel, set by Resolution 7, are:"."""
    if is_instrument(document):
        return
    links = placed(document)
    text = document.clean.text
    leads: dict[tuple[int, int], tuple[Entity, Entity]] = {}
    open_lead: tuple[Entity, Entity] | None = None
    for scope in scopes(document):
        lettered = open_lead is not None and _LETTER.fullmatch(scope.block.number or "")
        if scope.block.kind != "item" and not lettered:
            open_lead = None
        if (scope.lead in leads and scope.block.kind == "item") or (lettered and scope.start == scope.block.content):
            found = leads.get(scope.lead) if scope.lead else open_lead
            if found is None:
                continue
            source, body = found
            yield _term(document, links, scope.start, scope.end, source, body)
        elif any(form.search(text[scope.start : scope.end]) for form in _forms("terms")):
            found = _source_and_body(links, scope)
            if found:
                leads[(scope.start, scope.end)] = open_lead = found
                yield from _lead_task(document, links, scope, *found)


def _source_and_body(links: tuple[Placed, ...], scope: Scope) -> tuple[Entity, Entity] | None:
    """The text that sets the terms and the body whose they are: the first of each that the lead names."""
    texts = [one for one in within(links, scope.start, scope.end, "citation") if one.entity]
    bodies = [
        one
        for one in within(links, scope.start, scope.end, "body")
        if one.entity and not any(text.start <= one.start < text.end for text in texts)
    ]
    if not texts or not bodies or texts[0].entity is None or bodies[0].entity is None:
        return None
    return texts[0].entity, bodies[0].entity


def _lead_task(
    document: Document, links: tuple[Placed, ...], scope: Scope, source: Entity, body: Entity
) -> Iterator[Claim]:
    """ "The terms of reference of the Panel are *to watch the tides*, and in this regard:"."""
    task = _LEAD_TASK.search(document.clean.text[scope.start : scope.end])
    if task:
        start, end = (scope.start + at for at in task.span("task"))
        yield _term(document, links, start, end, source, body)


def _term(document: Document, links: tuple[Placed, ...], first: int, last: int, source: Entity, body: Entity) -> Claim:
    start, end = _words(document.clean.text, first, last)
    span = document.clean.span(start, end)
    duty = Entity("duty", (file_key(document.reading.checksum), str(span.start)))
    details = [*_what(document.clean.text[start:end]), ("rc:addressee", body)]
    details += _when(document, links, start, end, _year(source))
    rule = "duty-in-terms-of-reference"
    return Claim(source, "rc:laysDown", duty, "asserted", "text", rule, (span,), details=tuple(details))
