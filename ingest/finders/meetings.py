"""Meetings of a body, identified by ordinal or, where they have none, by their day.

"the thirteenth and fourteenth meetings of …", "10th CWG-Internet meeting", "42d meeting of …", "met for the
third time". Each ordinal of a list is a mention of its own. Days and places are read here, because the words
that tie them to a meeting are the form: nothing but the grammar of holding a meeting may stand between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.finders import names
from ingest.finders.hits import ORDINAL, Hit, mentions, ordinal
from ingest.finders.holding import Told, with_days
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean, Sentence

_NOUN = r"(?:meetings?|sessions?)"
_LIST = rf"{ORDINAL}(?:(?:, (?:and )?| and | & | or | to |-)(?:(?:the|its) )?{ORDINAL})*"
_MIDDLE = r"(?: (?:regular|ordinary|annual|extraordinary|plenary|formal|statutory))?"
_BODY = r"(?P<inside> [^\s,;:.()\"]+(?: (?!(?:on|in|of|at)\b)[^\s,;:.()\"]+){0,5}?)?"
_MEETINGS = re.compile(rf"\b(?P<list>{_LIST}){_MIDDLE}{_BODY} (?P<noun>{_NOUN})\b")
_TIMES = re.compile(
    rf"\b(?:met|meets?|gathered|convened|assembled|sat)\b[^.;:\"]{{0,80}}?\bfor (?:the|its"
    rf"|a) (?P<list>{_LIST}) times?\b"
)
_NUMBERED = re.compile(
    r"\b(?P<noun>[Mm]eetings?|[Ss]essions?) (?:[Nn]os?\.? ?)?(?P<list>\d{1,3}(?:(?:, | and | to |-)\d{1,3})*)(?= of\b)"
)
_SHORT = re.compile(
    rf"(?<=, )(?:and )?(?:its|the) (?P<short>{ORDINAL})(?= (?:on|in|at|from|was|were|took|followed|is|will)\b|[,;.(])"
    rf"|\b(?:and|while|whereas|then) (?:(?:for )?(?:its|the|a) )(?P<short2>{ORDINAL})(?: time)?"
    rf"(?= (?:on|in|at|from|was|were|took|followed|is|will)\b|[,;.(])"
)
_UNNUMBERED = re.compile(r"\b(?:last|final|closing|next|inaugural|extraordinary|special) (?P<noun>meeting|session)\b")
_HAS = re.compile(
    r"\)?(?:'s|,? ?(?:which |that )?(?:will |would |is to )?(?:held|holds?|have|has|had|convened?)(?: its| the)?) "
)
_ANY = re.compile(r"[Mm]eeting|[Ss]ession|\btimes?\b")
_OF_BODY = re.compile(r" (?:of|by) (?:the )?$")
_POSSESSIVE = re.compile(r"(?:'s?|,? (?:has |had |will |would |which |also |then |have |is to |are to ){0,3}"
                         r"(?:held|hold|holds|convened|opened|closed|had|have|has|met)) (?:its |their |a "
                         r"|the )?$")  # fmt: skip


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Mentions of meetings; parts: ordinal, body (as written), start and end (ISO days), place, held (modality)."""
    return mentions(clean, hits(clean, register))


def hits(clean: Clean, register: Register) -> list[Hit]:
    """The meetings of a document in order; day_from … place_to are offsets in the cleaned copy."""
    named = names.hits(clean.text, register)
    found: list[Hit] = []
    starts = [n.start for n in named]
    for sentence in clean.sentences:
        if not _ANY.search(clean.text, sentence.start, sentence.end):
            continue
        near = named[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        within = [n for n in near if n.end <= sentence.end]
        found += [told.hit(clean.text) for told in _sentence(clean.text, sentence, within)]
    return found


def _sentence(text: str, sentence: Sentence, named: Sequence[Hit]) -> list[Told]:
    told = [*_listed(text, sentence, named)]
    if told:
        told += _elided(text, sentence, told)
    told += _unnumbered(text, sentence, named)
    told.sort(key=lambda each: each.start)
    return with_days(text, sentence, told, named)


def _listed(text: str, sentence: Sentence, named: Sequence[Hit]) -> Iterator[Told]:
    for form in (_MEETINGS, _TIMES, _NUMBERED):
        for match in form.finditer(text, sentence.start, sentence.end):
            body = _body(text, match, named)
            if body is None:
                continue
            yield from _each(text, match, body)


def _each(text: str, match: re.Match[str], body: str) -> Iterator[Told]:
    found = list(
        re.finditer(r"\d{1,3}" if match.re is _NUMBERED else ORDINAL, text[match.start("list") : match.end("list")])
    )
    values = [(match.start("list") + m.start(), match.start("list") + m.end(), ordinal(m.group()) or 0) for m in found]
    noun = match.groupdict().get("noun") or "meeting"
    if len(values) == 2 and re.fullmatch(r"\s?(?:to|-)\s?", text[values[0][1] : values[1][0]]):
        values = [(values[0][0], values[1][1], each) for each in range(values[0][2], values[1][2] + 1)]
    for index, (start, end, value) in enumerate(values):
        end = match.end() if index == len(values) - 1 and match.re is not _TIMES else end
        yield Told(start, end, value, body or None, match.start(), noun=noun.lower().rstrip("s"))


def _body(text: str, match: re.Match[str], named: Sequence[Hit]) -> str | None:
    """The body as written, "" where the sentence leaves it open, None where the words name no meeting of a body."""
    inside = match.groupdict().get("inside")
    bodies = [n for n in named if n.kind == "body"]
    if inside:
        place = (match.start("inside") + 1, match.end("inside"))
        held = [b for b in bodies if place[0] <= b.start and b.end <= place[1]]
        if held and not text[place[0] : held[0].start].strip() and not text[held[-1].end : place[1]].strip():
            return text[held[0].start : held[-1].end]
        return None
    for body in bodies:
        if body.start >= match.end() and _OF_BODY.fullmatch(text, match.end(), body.start):
            return text[body.start : body.end]
    before = [b for b in bodies if b.end <= match.start() + (match.re is _TIMES) * 200 and b.start < match.start()]
    for body in reversed(before):
        if match.re is _TIMES or _POSSESSIVE.fullmatch(text, body.end, match.start()):
            return text[body.start : body.end]
    return ""


def _elided(text: str, sentence: Sentence, told: Sequence[Told]) -> Iterator[Told]:
    """ "its seventh meeting took place in May and the eighth in December": the noun stands once."""
    for match in _SHORT.finditer(text, told[0].end, sentence.end):
        group = "short" if match["short"] else "short2"
        if any(each.start <= match.start(group) < each.end for each in told):
            continue
        before = max((each for each in told if each.start < match.start(group)), key=lambda each: each.start)
        yield replace(
            before, start=match.start(group), end=match.end(group), ordinal=ordinal(match[group]), series=match.start()
        )


def _unnumbered(text: str, sentence: Sentence, named: Sequence[Hit]) -> Iterator[Told]:
    """ "its last meeting on 3 May 2031": known by its day, if a body is named or can only be the document's own."""
    bodies = [hit for hit in named if hit.kind == "body"]
    for match in _UNNUMBERED.finditer(text, sentence.start, sentence.end):
        owner = next((body for body in bodies if _owns(text, body, match)), None)
        if owner is not None:
            yield Told(match.start(), match.end(), None, text[owner.start : owner.end], match.start())
        elif not text.startswith(" of ", match.end()) and re.fullmatch(
            r"(?:The|Its|the|its) ", text[sentence.start : match.start()]
        ):
            yield Told(match.start(), match.end(), None, None, match.start())


def _owns(text: str, body: Hit, meeting: re.Match[str]) -> bool:
    if body.start >= meeting.end():
        return bool(_OF_BODY.fullmatch(text, meeting.end(), body.start))
    return body.end <= meeting.start() and bool(_HAS.fullmatch(text, body.end, meeting.start()))
