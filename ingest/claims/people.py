"""People: name, country, role, what they chaired and what they signed; nothing taken from a neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.claims.located import Page
from ingest.claims.roles import chair_of_body, chaired_group, following, joined, role, stretch, vice_chairs
from ingest.context import Document
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed
from ingest.model import Claim, Modality, Span, Value
from ingest.resolving.names import body_slugs

_LED = re.compile(r"\b(?:chairing|chaired|presiding over|presided over|leading|led|conducting|chair|preside over)\b")
_LED_BY = re.compile(
    r"\b(?:chaired|presided over|led) by (?:the |its )?(?:[\w-]+,? )*?$|\bunder the (?:chairmanship|presidency"
    r"|leadership) of (?:[\w-]+ )*?$"
)


_IN_CHAIR = re.compile(r"(?: ?\([^()]{2,60}\))?,? (?:was )?(?:in|took|taking|occupying) the [Cc]hair\b")
_OPENS = re.compile(r"(?: ?\([^()]{2,60}\))?,? (?:then |formally )?(?P<verb>opened|declared open|closed) the meeting\b")
_OPENED_BY = re.compile(
    r"\bmeeting was (?P<verb>opened|closed)(?: (?:on|at) [^.;]{2,40}?)? by (?:the )?(?:Acting )?"
    r"(?:Chair(?:man|woman|person)?),? (?:of the Group, )?(?:[A-Z][a-z]{1,4}\.? )?$"
)
_ALL_MEETINGS = re.compile(
    r"(?:(?P<both>Both)|(?:All|The|These)(?: (?P<count>two|three|four))?) meetings (?:was|were|are) ?"
)
_COUNTS = {"two": 2, "three": 3, "four": 4}


def claims(document: Document) -> Iterator[Claim]:
    """The facts that a document states about people."""
    page = Page(document)
    people = [each for each in page.links if each.kind == "person" and each.entity is not None]
    for each in people:
        yield from _person(page, each)
    for sentence, _ in page.sentences():
        yield from _chaired(page, sentence.start, sentence.end)
        yield from vice_chairs(page, sentence.start, sentence.end)


def _person(page: Page, each: Placed) -> Iterator[Claim]:
    entity, parts = each.entity, each.parts
    assert entity is not None  # noqa: S101  # the caller looked
    yield Claim(entity, "foaf:name", Value(parts["name"]), "asserted", "text", "person-named", (each.span,))
    if "country" in parts:
        state = page.document.register.state_named(parts["country"], adjectives=True)
        if state:
            spans = (each.span, stretch(page, each, "country"))
            yield Claim(entity, "rc:country", state.entity, "asserted", "text", "person-country", spans)
    if "role" in parts:
        yield from role(page, each, entity)
    if parts.get("signs") == "yes":
        yield Claim(page.document.entity, "rc:signedBy", entity, "asserted", "text", "signature", (each.span,))


def _chaired(page: Page, start: int, end: int) -> Iterator[Claim]:
    people = [each for each in page.between(start, end, "person") if each.entity is not None]
    if not people:
        return
    for verb in _LED.finditer(page.text, start, end):
        before = [each for each in people if each.end <= verb.start()]
        events = _listed(page, verb.end(), end)
        if before and events:
            group = joined(page, before)
            said = modality(page.text, verb.start(), verb.end())
            said = "asserted" if verb.group() in ("chairing", "leading", "presiding over", "conducting") else said
            yield from _paired(page, group, events, said, verb)
    yield from _passive(page, people, start, end)
    yield from _in_the_chair(page, people, start, end)
    yield from chaired_group(page, people, end)


def _in_the_chair(page: Page, people: Sequence[Placed], start: int, end: int) -> Iterator[Claim]:
    """ "The third meeting was held with Ms A in the chair"; "The Chair, Mr B, opened the meeting" that is told of."""
    for person in people:
        chair = _IN_CHAIR.match(page.text, person.end, end)
        named = {each.entity for each in page.between(start, person.start, "meeting") if each.entity is not None}
        own = page.document.metadata.meetings if page.document.metadata.kind == "meeting-report" else ()
        opened = _OPENS.match(page.text, person.end, end) or _OPENED_BY.search(page.text[start : person.start])
        if chair and len(named) == 1:
            words, event = chair.span(), named.pop()
        elif opened and len(own) == 1 and named <= set(own) and _is_own_chair(page, person):
            offset = start if opened.re is _OPENED_BY else 0
            words, event = (opened.start("verb") + offset, opened.end("verb") + offset), own[0]
        else:
            continue
        said = modality(page.text, *words) if opened else "asserted"
        yield Claim(
            event,
            "rc:chairedBy",
            person.entity or event,
            said,
            "text",
            "in-the-chair",
            (person.span, page.span(*words)),
        )


def _is_own_chair(page: Page, person: Placed) -> bool:
    if person.parts.get("role") not in ("chair", "acting-chair") or person.parts.get("elsewhere") == "yes":
        return False
    own = page.document.metadata.body
    return "of" not in person.parts or body_slugs(person.parts["of"], page.document.register, own) == (own,)


def _paired(
    page: Page, people: Sequence[Placed], events: Sequence[Placed], said: Modality, verb: re.Match[str]
) -> Iterator[Claim]:
    """One for one in their order; one person may have chaired several, several people never share one."""
    if len(people) == 1:
        pairs = [(people[0], event) for event in events]
    elif len(people) == len(events):
        pairs = list(zip(people, events, strict=True))
    else:
        return
    words = page.span(verb.start(), verb.end())
    for person, event in pairs:
        assert event.entity is not None and person.entity is not None  # noqa: S101, PT018
        spans = (person.span, words, event.span)
        yield Claim(event.entity, "rc:chairedBy", person.entity, said, "text", "chaired-in-turn", spans)


def _listed(page: Page, start: int, end: int) -> list[Placed]:
    """The meetings and rounds that follow one another behind the verb."""
    found: list[Placed] = []
    at = start
    for each in page.between(start, end, "meeting", "consultation"):
        gap = page.text[at : each.start]
        if re.search(r"[.;:]|\b(?:which|who|that|where|but)\b", gap) or len(gap) > 60:
            break
        if each.entity is None:
            return []
        if each.entity.kind in ("meeting", "consultation"):
            found.append(each)
        at = each.end
    return found


def _passive(page: Page, people: Sequence[Placed], start: int, end: int) -> Iterator[Claim]:
    """ "the third meeting, chaired by Ms A", "The Group was chaired by Mr B" (who then is its chair)."""
    for person in people:
        verb = _LED_BY.search(page.text, start, person.start)
        if verb is None or person.entity is None or page.between(verb.start(), person.start, "person"):
            continue
        said = modality(page.text, verb.start(), verb.start() + len(verb.group().split()[0]))
        words = page.span(verb.start(), verb.end())
        events = _events_before(page, start, verb.start())
        if events:
            yield from _led_by(page, events, following(page, people, person), said, (words, end))
            continue
        several = _ALL_MEETINGS.fullmatch(page.text, start, verb.start())
        if several:
            yield from _all_chaired(page, several, person, said, words)
            continue
        it = _sole_meeting(page, start, verb.start())
        if it is not None and it.entity is not None:
            spans = (it.span, words, person.span)
            yield Claim(it.entity, "rc:chairedBy", person.entity, said, "text", "chaired-by", spans)
            continue
        yield from chair_of_body(page, person, verb, start, words, said)


def _all_chaired(page: Page, several: re.Match[str], person: Placed, said: Modality, words: Span) -> Iterator[Claim]:
    """ "Both meetings were chaired by …": those that the document reports on, if there are as many."""
    meetings = page.document.metadata.meetings
    count = 2 if several["both"] else _COUNTS.get(several["count"] or "", len(meetings))
    if len(meetings) == count > 1 and person.entity is not None:
        for meeting in meetings:
            yield Claim(meeting, "rc:chairedBy", person.entity, said, "text", "chaired-by", (words, person.span))


def _events_before(page: Page, start: int, end: int) -> list[Placed]:
    """The list of meetings and rounds right before "chaired by"; empty if one of them is not known."""
    found: list[Placed] = []
    for each in reversed(page.between(start, end, "meeting", "consultation")):
        gap = page.text[each.end : found[0].start] if found else ""
        if found and not re.search(r"\band\b|,", re.sub(r"\([^()]*\)", "", gap)):
            break
        if found and re.search(r"\b(?:was|were|held|which|took|met)\b|[;:]", gap):
            break
        found.insert(0, each)
    known = all(each.entity is not None and each.entity.kind in ("meeting", "consultation") for each in found)
    return found if known else []


def _led_by(
    page: Page, events: Sequence[Placed], people: Sequence[Placed], said: Modality, where: tuple[Span, int]
) -> Iterator[Claim]:
    """One person led all of the list, several led one together, or each led one in turn if the text says so."""
    words, end = where
    in_turn = re.search(r"\b(?:respectively|in that order|in turn)\b", page.text[people[-1].end : end])
    if in_turn:
        pairs = list(zip(people, events, strict=True)) if len(people) == len(events) else []
    elif len(people) == 1:
        pairs = [(people[0], event) for event in events]
    else:
        pairs = [(person, events[0]) for person in people] if len(events) == 1 else []
    for person, event in pairs:
        if event.entity is not None and person.entity is not None:
            spans = (event.span, words, person.span)
            yield Claim(event.entity, "rc:chairedBy", person.entity, said, "text", "chaired-by", spans)


def _sole_meeting(page: Page, start: int, verb: int) -> Placed | None:
    """ "It was chaired by …": the one meeting that the sentence before is about."""
    if not re.fullmatch(r"(?:It|This meeting|The meeting)(?: was| is| will be)? ?", page.text[start:verb]):
        return None
    before = page.document.clean.sentence_at(max(0, start - 2))
    block = page.document.clean.block_at(start)
    if before is None or block is None or before.block != block.order or before.start >= start:
        return None
    named = [each for each in page.between(before.start, before.end, "meeting") if each.entity is not None]
    return named[0] if len({each.entity for each in named}) == 1 else None
