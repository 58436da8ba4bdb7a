"""Rounds of consultation: topic, window, mode, questions, launch, summary; as planned or as done.

What a sentence says of a round is claimed of the round that the sentence names, or that the one before named.
A launch that is only announced is planned; counting the answers is the business of `ingest.claims.responses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.certainty import modality
from ingest.claims import responses
from ingest.claims.located import Located, Page
from ingest.claims.responses import findings as findings
from ingest.context import Document
from ingest.finders.hits import CARDINAL, cardinal
from ingest.model import Claim, Entity, Modality, Span, Value
from ingest.scope import Scope, scopes
from ingest.text import CleanBlock

_LAUNCH = re.compile(
    r"\b(?:launch(?:ed|es|ing)?|opened|opens|(?:(?<=will )|(?<=would )|(?<=shall )|(?<=\bto ))open|start(?:ed|s|ing)?"
    r"|initiat(?:ed|es?|ing)|issu(?:ed|es|ing)) "
)
_LAUNCHED = re.compile(r"\b(?:launched|opened|started|initiated|begun|began)\b")
_HOLD = re.compile(
    r"\b(?:conduct(?:ed|s|ing)?|held|hold(?:s|ing)?|ran|run(?:s|ning)?|carried out|carry out|organi[sz](?:ed|es"
    r"|ing|e)|took place|take place"
    r"|consult(?:ed|s|ing)?|concluded|completed|closed)\b"
)
_DECIDED = re.compile(r"\b(?:agreed|decided|selected|approved|adopted|chosen|chose|endorsed)\b")
_ROUNDS = re.compile(r"\b(?:topics?|rounds?|consultations?|questions?)\b")
_SUBMIT = re.compile(
    r"\b(?:submitted|presented|transmitted|forwarded|annexed|attached|included|reported|sent|appended|conveyed"
    r"|handed in)\b"
)
_SUMMARY = re.compile(r"\b(?:summar(?:y|ies)|compilation)\b", re.IGNORECASE)
_HOLDER = re.compile(
    r"\b(?:contained|set out|reproduced|found|available|published|given|presented|summari[sz]ed|compiled) (?:in"
    r"|as|under) (?:the )?(?:document )?$",
    re.IGNORECASE,
)
_QUESTIONS = re.compile(rf"\b(?P<count>{CARDINAL}) (?:(?!responses)[\w-]+ ){{0,2}}questions\b")
_NUMBERED = re.compile(r"(?P<number>\d+)[.)]?")
_BESIDE = re.compile(
    r",? ?\(?(?:held |conducted |both )?(?:(?:on-?line|physical(?:ly)?|virtual(?:ly)?|in person|in-person"
    r"|hybrid)(?:,? and |/|\b))+"
)
_MODES = (
    ("online-and-physical", re.compile(r"\bon-?line\b.*\b(?:physical|in-person|face-to-face)\b|\b(?:physical"
                                       r"|in-person|face-to-face)\b.*\bon-?line\b", re.I)),
    ("hybrid", re.compile(r"\bhybrid\b", re.I)),
    ("virtual", re.compile(r"\bvirtual\b", re.I)),
    ("physical", re.compile(r"\b(?:physical|in-person|face-to-face)\b", re.I)),
    ("online", re.compile(r"\bon-?line\b", re.I)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A round in the sentence that tells of it."""

    scope: Scope
    located: Located
    round: Entity
    sole: bool
    """Whether the sentence names no other round."""
    meeting: Entity | None
    """The meeting whose results the sentence tells."""


def claims(document: Document) -> Iterator[Claim]:
    """The facts that a document states about rounds of consultation."""
    page = Page(document)
    told = list(_told(page))
    for each in told:
        yield from _named(page, each)
        yield from _course(page, each)
        yield from _summary(page, each)
    yield from _titled(page)
    yield from _questions(page)
    yield from _numbered_questions(page, told)
    yield from responses.claims(page)


def _told(page: Page) -> Iterator[Told]:
    for scope in scopes(page.document):
        rounds = page.between(scope.start, scope.end, "consultation")
        known = {each.entity for each in rounds if each.entity is not None}
        for each in rounds:
            if each.entity is not None:
                yield Told(scope, each, each.entity, len(known) == 1, scope.meeting or _heads(page, scope))


def _heads(page: Page, scope: Scope) -> Entity | None:
    """The one meeting that the lead sentence, else the nearest heading, names."""
    for start, end in (*((scope.lead,) if scope.lead else ()), *((h.start, h.end) for h in reversed(scope.headings))):
        named = {each.entity for each in page.between(start, end, "meeting") if each.entity is not None}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


# ---- what the round is ------------------------------------------------------------------------------------------


def _titled(page: Page) -> Iterator[Claim]:
    """Rounds named in headings, which no scope covers: window and topic alone."""
    covered = {each.located.start for each in _told(page)}
    for each in page.links:
        if each.kind == "consultation" and each.entity is not None and each.start not in covered:
            said: Modality = "asserted"
            yield from _properties(page, each, each.entity, said)
            block = page.document.clean.block_at(each.start)
            if block and _SUMMARY.search(page.text, block.start, each.start):
                for number in page.between(block.start, each.start, "document-number"):
                    if number.entity is not None:
                        spans = (number.span, each.span)
                        yield Claim(
                            each.entity, "rc:summarisedIn", number.entity, "asserted", "text", "round-summary", spans
                        )


def _named(page: Page, told: Told) -> Iterator[Claim]:
    yield from _properties(page, told.located, told.round, _how(page, told) or "asserted")


def _properties(page: Page, each: Located, thing: Entity, said: Modality) -> Iterator[Claim]:
    parts = each.parts
    yield Claim(
        thing, "rdf:type", Value("rc:OpenConsultation", "curie"), "asserted", "text", "round-named", (each.span,)
    )
    if "topic" in parts:
        spans = (each.span, _stretch(page, each, "topic"))
        yield Claim(thing, "dcterms:title", Value(parts["topic"]), said, "text", "round-topic", spans)
        for topic in _subjects(page, parts["topic"]):
            yield Claim(thing, "dcterms:subject", topic, said, "text", "round-topic", spans)
    if "first" in parts:
        spans = (each.span, _stretch(page, each, "window"))
        yield Claim(
            thing, "schema:startDate", Value(parts["first"], "xsd:gYearMonth"), said, "text", "round-window", spans
        )
        yield Claim(
            thing, "schema:endDate", Value(parts["last"], "xsd:gYearMonth"), said, "text", "round-window", spans
        )
    beside = _BESIDE.match(page.text, each.end)
    words = page.text[each.start : beside.end() if beside else each.end]
    mode = next((name for name, form in _MODES if form.search(words)), None)
    if mode and ("first" in parts or "topic" in parts):
        concept = Entity("concept", ("mode", mode))
        yield Claim(thing, "rc:mode", concept, said, "text", "round-mode", (each.span,))


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


def _stretch(page: Page, each: Located, name: str) -> Span:
    return page.span(int(each.parts[f"{name}_from"]), int(each.parts[f"{name}_to"]))


# ---- what was done with it --------------------------------------------------------------------------------------


def _verb(page: Page, told: Told, form: re.Pattern[str]) -> re.Match[str] | None:
    """The verb that governs the round: the nearest before it, else the first behind it, in its own clause."""
    scope, at = told.scope, told.located
    before = [m for m in form.finditer(page.text, scope.start, at.start) if not _broken(page.text[m.end() : at.start])]
    if before and not _SUMMARY.search(page.text, before[-1].end(), at.start):
        return before[-1]
    if _SUMMARY.search(page.text, scope.start, at.start):
        return None
    behind = form.search(page.text, at.end, scope.end)
    return (
        behind
        if behind and not re.search(r"[;:]", re.sub(r"\([^)]*\)|\"[^\"]*\"", "", page.text[at.end : behind.start()]))
        else None
    )


def _broken(between: str) -> bool:
    return bool(re.search(r";|\. |\bwhich\b|\bthat\b(?! $)", between))


def _how(page: Page, told: Told) -> Modality | None:
    """How the sentence puts the round's opening or course; None where it only refers to it."""
    for form in (_LAUNCH, _HOLD, _LAUNCHED):
        verb = _verb(page, told, form)
        if verb:
            return _modality(page, verb)
    return None


def _modality(page: Page, verb: re.Match[str]) -> Modality:
    said = modality(page.text, verb.start(), verb.start() + len(verb.group().rstrip()))
    ongoing = re.search(
        r"\b(?:is|are) (?:now |currently |presently )?$", page.text[max(0, verb.start() - 30) : verb.start()]
    )
    return "asserted" if ongoing and verb.group().endswith("ing") else said


def _course(page: Page, told: Told) -> Iterator[Claim]:
    launch = _verb(page, told, _LAUNCH) or _verb(page, told, _LAUNCHED)
    hold = _verb(page, told, _HOLD)
    verb = launch or hold
    body = told.round.key[0] if told.round.kind == "consultation" else None
    if verb is None or body is None or ("nominal" in told.located.parts and not told.sole):
        return
    said = _modality(page, verb)
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


# ---- summaries --------------------------------------------------------------------------------------------------


def _summary(page: Page, told: Told) -> Iterator[Claim]:
    """Where the summary of the round is, and to which session it was or will be handed in."""
    scope = told.scope
    word = _SUMMARY.search(page.text, scope.start, scope.end)
    if word is None:
        return
    for number in page.between(scope.start, scope.end, "document-number"):
        if number.entity is not None and _HOLDER.search(page.text[scope.start : number.start]):
            spans = (told.located.span, number.span)
            yield Claim(told.round, "rc:summarisedIn", number.entity, "asserted", "text", "round-summary", spans)
    if word.start() > told.located.start:
        return
    yield from _handed_in(page, told.round, word.start(), scope.end, told.located.span)


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


# ---- questions --------------------------------------------------------------------------------------------------


def _questions(page: Page) -> Iterator[Claim]:
    """ "the four questions of the consultation": of the round that the paragraph tells of."""
    for match in _QUESTIONS.finditer(page.text):
        value = cardinal(match["count"])
        thing = round_of(page, match.start())
        if value and thing is not None:
            span = page.span(match.start(), match.end())
            yield Claim(
                thing[0],
                "rc:questionCount",
                Value(str(value), "xsd:integer"),
                "asserted",
                "text",
                "questions-stated",
                (span, thing[1]),
            )


def round_of(page: Page, offset: int) -> tuple[Entity, Span] | None:
    """The round that a paragraph tells of at this place: the last one named in it, else its only one."""
    block = page.document.clean.block_at(offset)
    if block is None:
        return None
    named = [each for each in page.between(block.start, block.end, "consultation") if each.entity is not None]
    before = [each for each in named if each.start <= offset]
    if not before and len({each.entity for each in named}) > 1:
        return None
    each = before[-1] if before else named[0] if named else None
    return (each.entity, each.span) if each and each.entity is not None else None


def _numbered_questions(page: Page, told: Sequence[Told]) -> Iterator[Claim]:
    """Questions that follow the topic as numbered paragraphs, counted: their number is nowhere in words."""
    for each in told:
        if "topic_to" not in each.located.parts:
            continue
        block = page.document.clean.block_at(int(each.located.parts["topic_from"]))
        if block is None:
            continue
        asked = _asked(page, page.after(block.order))
        if len(asked) >= 2:
            spans = (each.located.span, *(page.span(b.start, b.end) for b in asked))
            value = Value(str(len(asked)), "xsd:integer")
            yield Claim(
                each.round,
                "rc:questionCount",
                value,
                _how(page, each) or "asserted",
                "text",
                "questions-counted",
                spans,
            )


def _asked(page: Page, following: Sequence[CleanBlock]) -> list[CleanBlock]:
    """The paragraphs numbered 1, 2, 3 … of which the first ends in a question mark; bullets between belong to them."""
    found: list[CleanBlock] = []
    for block in following:
        number = _NUMBERED.fullmatch((block.number or "").strip())
        if number and int(number["number"]) == len(found) + 1 and _is_question(page, block):
            found.append(block)
        elif (
            number
            or block.kind == "heading"
            or re.match(r"\d", block.number or "")
            or not found
            or page.between(block.start, block.end, "consultation")
        ):
            break
    return found


def _is_question(page: Page, block: CleanBlock) -> bool:
    words = page.text[block.content : block.end].rstrip()
    return words.endswith("?") or (
        words.endswith(":")
        and bool(re.match(r"(?:How|What|Which|Who|Why|When|Where|To what|In what|Do|Does|Are|Is|Should|Can)\b", words))
    )
