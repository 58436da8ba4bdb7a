"""Where the summary of a round is, and to which session it was or will be handed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.claims.located import Page
from ingest.claims.rounds import SUMMARY, Told, round_before
from ingest.discourse.certainty import modality
from ingest.discourse.scope import scopes
from ingest.model import Claim, Entity, Span

_SUBMIT = re.compile(
    r"\b(?:submitted|presented|transmitted|forwarded|annexed|attached|included|reported|sent|appended|conveyed"
    r"|handed in)\b"
)
_HOLDER = re.compile(
    r"\b(?:contained|set out|reproduced|found|available|published|given|presented|summari[sz]ed|compiled) (?:in"
    r"|as|under) (?:the )?(?:document )?$"
    r"|\b(?<!not )(?:is|was) (?:in )?(?:the )?(?:document )?$",
    re.IGNORECASE,
)
_IN_BRACKET = re.compile(r"[\"']? ?\((?:see |in )?(?:document |doc\.? )?", re.IGNORECASE)
_FINDINGS = re.compile(r"\b(?:(?:main|first|key) )?(?:findings|results) of (?:a|the|its) (?:\w+ )?$")
_ITS = re.compile(r"\b(?:Its|The) summary \((?:see |in )?(?:[Dd]ocument |[Dd]oc\.? )?")


def claims(page: Page, told: Sequence[Told]) -> Iterator[Claim]:
    """The claims of all sentences that speak of a summary."""
    for each in told:
        yield from _summary(page, each)
    yield from _unnamed(page)
    yield from _its(page)


def _summary(page: Page, told: Told) -> Iterator[Claim]:
    scope = told.scope
    word = SUMMARY.search(page.text, scope.start, scope.end)
    if word is None:
        yield from _findings(page, told)
        return
    for number in page.between(scope.start, scope.end, "document-number"):
        if number.entity is not None and _holds(page, told, word.start(), number.start):
            spans = (told.located.span, number.span)
            yield Claim(told.round, "rc:summarisedIn", number.entity, "asserted", "text", "round-summary", spans)
    if word.start() > told.located.start:
        return
    yield from _handed_in(page, told.round, word.start(), scope.end, told.located.span)


def _findings(page: Page, told: Told) -> Iterator[Claim]:
    """ "the main findings of the survey (Document 7/3)": the paper in the bracket sums the round up."""
    lead = _FINDINGS.search(page.text, told.scope.start, told.located.start)
    for number in page.between(told.located.end, told.scope.end, "document-number") if lead else ():
        if number.entity is not None and _holds(page, told, told.scope.start, number.start):
            spans = (told.located.span, number.span)
            yield Claim(told.round, "rc:summarisedIn", number.entity, "asserted", "text", "round-summary", spans)


def _holds(page: Page, told: Told, word: int, number: int) -> bool:
    """Whether the words before a number say that the summary of the round is there, or put it in a bracket behind."""
    if _HOLDER.search(page.text[told.scope.start : number]):
        return True
    end = int(told.located.parts.get("topic_to", told.located.end))
    return word < told.located.start < number and bool(
        _IN_BRACKET.fullmatch(page.text, max(end, told.located.end), number)
    )


def _unnamed(page: Page) -> Iterator[Claim]:
    """ "The summary will be annexed to the report to Council 2033": of the one round that the heading names."""
    for scope in scopes(page.document):
        word = SUMMARY.search(page.text, scope.start, scope.end)
        if word is None or page.between(scope.start, scope.end, "consultation") or not scope.headings:
            continue
        heading = scope.headings[-1]
        named = [each for each in page.between(heading.start, heading.end, "consultation") if each.entity is not None]
        if len({each.entity for each in named}) == 1 and named[0].entity is not None:
            yield from _handed_in(page, named[0].entity, word.start(), scope.end, named[0].span)


def _its(page: Page) -> Iterator[Claim]:
    """ "Its summary (Document 7/3) was read": of the round named last, in this paragraph or the one before."""
    for lead in _ITS.finditer(page.text):
        numbers = page.between(lead.end(), lead.end() + 1, "document-number") or [
            each for each in page.between(lead.end(), lead.end() + 60, "document-number") if each.start == lead.end()
        ]
        named = round_before(page, lead.start())
        if numbers and numbers[0].entity is not None and named is not None and named.entity is not None:
            spans = (named.span, numbers[0].span)
            yield Claim(named.entity, "rc:summarisedIn", numbers[0].entity, "asserted", "text", "round-summary", spans)


def _handed_in(page: Page, thing: Entity, start: int, end: int, words: Span) -> Iterator[Claim]:
    for event in page.between(start, end, "event"):
        verbs = list(_SUBMIT.finditer(page.text, start, event.start))
        if not verbs or event.entity is None or event.entity.kind not in ("session", "conference"):
            continue
        if re.search(r"[;.] ", page.text[verbs[-1].end() : event.start]):
            continue
        said = modality(page.text, verbs[-1].start(), verbs[-1].end())
        spans = (words, page.span(verbs[-1].start(), event.end))
        yield Claim(thing, "rc:summarySubmittedTo", event.entity, said, "text", "round-summary", spans)
