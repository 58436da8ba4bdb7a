"""Rounds of consultation: topic, window, mode, questions, launch, summary; as planned or as done.

What a sentence says of a round is claimed of the round that the sentence names, or that the one before named.
A launch that is only announced is planned; counting the answers is the business of `ingest.claims.responses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.claims import questions, responses, round_modes, summaries
from ingest.claims.located import Page
from ingest.claims.responses import findings as findings
from ingest.claims.rounds import (
    HOLD,
    LAUNCH,
    LAUNCHED,
    SUMMARY,
    Told,
    governing_verb,
    how_put,
    round_before,
    rounds_told,
    verb_modality,
)
from ingest.context import Document
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed
from ingest.finders.round_topics import folded
from ingest.finders.round_windows import dated_in
from ingest.model import Claim, Entity, Modality, Span, Value

_DECIDED = re.compile(r"\b(?:agreed|decided|selected|approved|adopted|chosen|chose|endorsed)\b")
_ROUNDS = re.compile(r"\b(?:topics?|rounds?|consultations?|questions?)\b")
_RESOLVED = re.compile(
    r"\b(?:decided|agreed|resolved|chose|chosen)"
    r"(?= (?:to (?:hold|launch|open|conduct|run|organi[sz]e)\b|(?:up)?on\b))"
)
_BY_DECISION = re.compile(r"\b(?:[Ff]ollowing|[Bb]y|[Aa]fter) (?:a|the) decision of (?:the )?")
_UNTIL = re.compile(
    r"\b(?:[Rr]eplies|[Rr]esponses|[Aa]nswers|[Cc]omments|[Ss]ubmissions)\b[^.;]{0,20}? "
    r"(?P<verb>(?:may|can|could|will|were|had been|are) (?:still )?(?:be )?"
    r"(?:sent|submitted|accepted|welcome|given|made)(?: in)?)\b[^.;]{0,40}? (?:until|till|up to|by)(?: the end of)? "
)
_GAP = re.compile(r",? (?:at|during) (?:its|the) ")
_WISH = re.compile(r",? be (?:devoted|dedicated|held|launched|opened|conducted)\b")
_PRESENT = re.compile(r"\b(?:remains?|is still|are still|may be|can be|are welcome|is open|are accepted)\b")


def claims(document: Document) -> Iterator[Claim]:
    """The facts that a document states about rounds of consultation."""
    page = Page(document)
    if not page.names_rounds():
        return
    told = list(rounds_told(page))
    for each in told:
        yield from _named(page, each)
        yield from _course(page, each)
        yield from _decided(page, each)
    yield from _answered_until(page)
    yield from summaries.claims(page, told)
    yield from _titled(page, told)
    yield from questions.stated(page)
    yield from questions.counted(page, told)
    yield from responses.claims(page)


# ---- what the round is ------------------------------------------------------------------------------------------


def _titled(page: Page, told: Sequence[Told]) -> Iterator[Claim]:
    """Rounds named in headings, which no scope covers: window and topic alone."""
    covered = {each.located.start for each in told}
    for each in page.links:
        if each.kind == "consultation" and each.entity is not None and each.start not in covered:
            said: Modality = "planned" if _to_come(page, each) else "asserted"
            yield from _properties(page, each, each.entity, said)
            block = page.document.clean.block_at(each.start)
            yield from round_modes.claims(page, each, each.entity, block.end if block else each.end, said)
            if block and SUMMARY.search(page.text, block.start, each.start):
                for number in page.between(block.start, each.start, "document-number"):
                    if number.entity is not None:
                        spans = (number.span, each.span)
                        yield Claim(
                            each.entity, "rc:summarisedIn", number.entity, "asserted", "text", "round-summary", spans
                        )


def _named(page: Page, told: Told) -> Iterator[Claim]:
    said: Modality = "proposed" if _proposed(page, told) else how_put(page, told) or "asserted"
    if said == "asserted" and _to_come(page, told.located):
        said = "planned"
    yield from _properties(page, told.located, told.round, said, chosen=_chosen(page, told))
    yield from round_modes.claims(page, told.located, told.round, told.scope.end, said)


def _to_come(page: Page, each: Placed) -> bool:
    """Whether the round begins after the day of the document, so that it can only be announced."""
    day, begins = page.document.metadata.date, each.parts.get("begins") or each.parts.get("opens")
    return bool(day and begins and begins > day[: len(begins)])


def _proposed(page: Page, told: Told) -> bool:
    """ "that the next call be devoted to ropes": a wish, whose verb has no auxiliary."""
    return bool(_WISH.match(page.text, told.located.end, told.scope.end))


def _chosen(page: Page, told: Told) -> bool:
    """Whether the sentence says that a topic was decided, so that the topic stands although the round is to come."""
    found = _DECIDED.search(page.text, told.scope.start, told.located.start)
    return found is not None and modality(page.text, found.start(), found.end()) == "asserted"


def _properties(page: Page, each: Placed, thing: Entity, said: Modality, *, chosen: bool = False) -> Iterator[Claim]:
    parts = each.parts
    yield Claim(
        thing, "rdf:type", Value("rc:OpenConsultation", "curie"), "asserted", "text", "round-named", (each.span,)
    )
    if "topic" in parts and not _is_short(page, each):
        spans = (each.span, _stretch(page, each, "topic"))
        put: Modality = "asserted" if chosen and said == "planned" else said
        yield Claim(thing, "dcterms:title", Value(parts["topic"]), put, "text", "round-topic", spans)
        for topic in _subjects(page, parts["topic"]):
            yield Claim(thing, "dcterms:subject", topic, put, "text", "round-topic", spans)
    if "first" in parts:
        spans = (each.span, _stretch(page, each, "window"))
        yield Claim(
            thing, "schema:startDate", Value(parts["first"], "xsd:gYearMonth"), said, "text", "round-window", spans
        )
        yield Claim(
            thing, "schema:endDate", Value(parts["last"], "xsd:gYearMonth"), said, "text", "round-window", spans
        )
    yield from _ends(page, each, thing, said)


def _is_short(page: Page, each: Placed) -> bool:
    """Whether the text gives the same round a longer topic that begins with these words, which are then no title."""
    words = folded(each.parts["topic"]).split()
    others = (other.parts.get("topic", "") for other in page.links if other.entity == each.entity)
    return any(
        len(longer) > len(words) and longer[: len(words)] == words for longer in (folded(one).split() for one in others)
    )


def _ends(page: Page, each: Placed, thing: Entity, said: Modality) -> Iterator[Claim]:
    """The opening and the end that verbs tell; the end of a round that is still open is to come."""
    for name, predicate in (("opens", "schema:startDate"), ("closes", "schema:endDate")):
        if told := each.parts.get(name):
            spans = (each.span, _stretch(page, each, name))
            put = "planned" if name == "closes" and said == "asserted" and _open_still(page, each) else said
            kind = "xsd:date" if len(told) > len("2031-05") else "xsd:gYearMonth"
            yield Claim(thing, predicate, Value(told, kind), put, "text", "round-ends", spans)


def _answered_until(page: Page) -> Iterator[Claim]:
    """ "Replies may be sent until 31 July 2031": of the round named before, or alone in the paragraph above."""
    for sentence in page.document.clean.sentences:
        found = _UNTIL.search(page.text, sentence.start, sentence.end)
        if found is None or page.between(sentence.start, sentence.end, "consultation"):
            continue
        dated = next((d for d in dated_in(page.text, sentence) if d.start == found.end()), None)
        named = round_before(page, sentence.start)
        if dated is None or dated.period is None or named is None or named.entity is None:
            continue
        said: Modality = "asserted" if re.match(r"(?:was|were|had)\b", found["verb"]) else "planned"
        kind = "xsd:date" if dated.period.precision == "day" else "xsd:gYearMonth"
        spans = (named.span, page.span(found.start(), dated.end))
        yield Claim(named.entity, "schema:endDate", Value(dated.period.end, kind), said, "text", "round-ends", spans)


def _open_still(page: Page, each: Placed) -> bool:
    """Whether the words before the end speak of the present: "remains open up to", "may be sent until"."""
    end = int(each.parts["closes_from"])
    return bool(_PRESENT.search(page.text, min(each.start, end), end))


def _subjects(page: Page, title: str) -> Sequence[Entity]:
    """The topic whose name the title is, or the one topic whose name stands in it."""
    register = page.document.register
    named = tuple(topic.entity for topic in register.topic_named(title))
    if named:
        return named[:1] if len(named) == 1 else ()
    lower = title.casefold()
    found = {
        entity for name, entity in register.names("topic") if re.search(rf"\b{re.escape(name.casefold())}\b", lower)
    }
    return tuple(found) if len(found) == 1 else ()


def _stretch(page: Page, each: Placed, name: str) -> Span:
    return page.span(int(each.parts[f"{name}_from"]), int(each.parts[f"{name}_to"]))


# ---- what was done with it --------------------------------------------------------------------------------------


def _course(page: Page, told: Told) -> Iterator[Claim]:
    launch = governing_verb(page, told, LAUNCH) or governing_verb(page, told, LAUNCHED)
    hold = governing_verb(page, told, HOLD)
    verb = launch or hold
    body = told.round.key[0] if told.round.kind == "consultation" else None
    if verb is None or body is None or ("nominal" in told.located.parts and not told.sole):
        return
    said = verb_modality(page, verb)
    words = page.span(verb.start(), verb.end())
    spans = (words, told.located.span)
    if body in page.document.register.bodies or body == page.document.metadata.body:
        yield Claim(told.round, "rc:conductedBy", Entity("body", (body,)), said, "text", "round-conducted", spans)
    if launch and told.meeting is not None and said in ("asserted", "planned"):
        yield Claim(
            told.round,
            "rc:launchedAt",
            told.meeting,
            said,
            "text",
            "round-launched",
            _with_meeting(page, told, spans),
        )
    if told.meeting is not None and said == "planned" and (decided := _decision(page, told)):
        spans = (decided, told.located.span)
        yield Claim(
            told.round,
            "rc:decidedAt",
            told.meeting,
            "asserted",
            "text",
            "round-decided",
            _with_meeting(page, told, spans),
        )


def _decided(page: Page, told: Told) -> Iterator[Claim]:
    """ "Round (a) was decided upon at the fifth meeting; round (b) at the sixth": each clause with its meeting."""
    start, end = _clause(page, told)
    meetings = [each for each in page.between(start, end, "meeting") if each.entity is not None]
    if len({each.entity for each in meetings}) != 1:
        return
    verb = _RESOLVED.search(page.text, start, end)
    gap = verb is None and _GAP.match(page.text, told.located.end, end)
    verb = verb or (_RESOLVED.search(page.text, told.scope.start, start) if gap else None)
    by = _BY_DECISION.search(page.text, start, end)
    if by and by.end() == meetings[0].start:
        words = by
    elif verb and modality(page.text, verb.start(), verb.end()) == "asserted":
        words = verb
    else:
        return
    spans = (page.span(words.start(), words.end()), told.located.span, meetings[0].span)
    assert meetings[0].entity is not None  # noqa: S101  # only resolved meetings are kept
    yield Claim(told.round, "rc:decidedAt", meetings[0].entity, "asserted", "text", "round-decided", spans)


def _clause(page: Page, told: Told) -> tuple[int, int]:
    """The stretch between semicolons that holds the round."""
    left = page.text.rfind(";", told.scope.start, told.located.start) + 1 or told.scope.start
    right = page.text.find(";", told.located.end, told.scope.end)
    return left, right if right >= 0 else told.scope.end


def _with_meeting(page: Page, told: Told, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans with the words that name the meeting whose results the sentence tells."""
    named = [each for each in page.links if each.entity == told.meeting and each.start <= told.located.start]
    return (*spans, named[-1].span) if named else spans


def _decision(page: Page, told: Told) -> Span | None:
    """The words by which the meeting decided on the round: in its sentence, or in a lead that it stands under."""
    found = _DECIDED.search(page.text, told.scope.start, told.located.start)
    if found and modality(page.text, found.start(), found.end()) == "asserted":
        return page.span(found.start(), found.end())
    at = page.order.index(told.scope.block.order)
    for order in reversed(page.order[:at]):
        block = page.blocks[order]
        words = page.text[block.content : block.end].rstrip()
        found = (
            next(reversed([*_DECIDED.finditer(page.text, block.content, block.end)]), None)
            if words.endswith(":")
            else None
        )
        if found and _ROUNDS.search(words) and modality(page.text, found.start(), found.end()) == "asserted":
            sentence = page.document.clean.sentence_at(found.start())
            return page.span(sentence.start, sentence.end) if sentence else page.span(block.content, block.end)
        if block.kind == "heading" or re.match(r"\d+\.\d", block.number or ""):
            return None
    return None
