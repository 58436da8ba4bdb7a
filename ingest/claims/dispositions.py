"""What came of documents of a series: discussed at which meeting, tabled for information."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.claims.located import Page
from ingest.claims.papers import Paper, sections
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed, Scope, scopes
from ingest.model import Claim, Entity
from ingest.text import CleanBlock

_TAKEN_UP = re.compile(
    r"\b(?P<verb>discussed|examined|considered|introduced|presented|debated|reviewed|looked at|took up|taken up"
    r"|noted|took note of|heard|welcomed|appreciated)\b"
)
_THIS_TAKEN_UP = re.compile(
    r"\b(?:[Tt]his|[Tt]he|[Tt]hat) (?:\w+ ){0,2}?(?:document|contribution|paper|proposal|report|summary)(?: \w+){0,3}?"
    r" (?:was|were|has been|had been) (?:(?:also|then|duly|briefly|\w+ly|\w+ed and) )*"
    r"(?P<verb>discussed|examined|considered|introduced|presented|debated|reviewed|taken up|noted)\b"
)
_TOOK_UP_THIS = re.compile(
    r"\b(?P<verb>discussed|examined|considered|introduced|presented|debated|reviewed|noted|took note of)"
    r" (?:this|the|its|their) (?:document|contribution|paper|proposal|report|summary)\b"
)
_ELSEWHERE = re.compile(
    r" (?:during|at|in) (?:the|a|its) (?:[\w-]+ ){0,4}(?:consultation|workshop|seminar"
    r"|training|hearing)"
)
_DISCUSSION = r"(?:Discussions?|Consideration|Examination|Presentation and discussion)(?: (?:on|of|about))?"
_ALL = re.compile(
    r"\b(?:all|the(?: various| different)?|these|several)(?: of the)?(?: received| submitted)? (?:contributions?"
    r"|papers|inputs|proposals)\b",
    re.IGNORECASE,
)
_FOR_INFORMATION = re.compile(r"\bfor (?:the )?information\b(?: of\b| only\b|\b)", re.IGNORECASE)
_CONTRIBUTION_SUBJECT = re.compile(
    r"\b(?:contribution|document|paper|proposal|submission|it|proponents|resolution)\b", re.IGNORECASE
)


def discussed(page: Page, found: dict[Entity, Paper]) -> Iterator[Claim]:
    """Documents that the text says were taken up, at the meeting whose results it tells."""
    done: set[tuple[Entity, Entity]] = set()
    told = {scope.start: scope for scope in scopes(page.document)}
    for paper, named, under in sections(page, found):
        for start, end, meeting in _sentences(page, under, told):
            said = _THIS_TAKEN_UP.search(page.text, start, end) or _TOOK_UP_THIS.search(page.text, start, end)
            if said is None or meeting is None or (paper.entity, meeting) in done:
                continue
            if modality(page.text, said.start("verb"), said.end("verb")) == "asserted":
                done.add((paper.entity, meeting))
                spans = (named.span, page.span(start, end))
                yield Claim(paper.entity, "rc:discussedAt", meeting, "asserted", "text", "document-discussed", spans)
    yield from _headed_discussions(page, found, done)
    for scope in told.values():
        if scope.meeting is not None:
            yield from _named_as_discussed(page, found, (scope.start, scope.end), scope.meeting, done)


def _headed_discussions(page: Page, found: dict[Entity, Paper], done: set[tuple[Entity, Entity]]) -> Iterator[Claim]:
    """ "Discussion on document 8/19" as a heading, or "Discussion" under the heading of a document."""
    meetings = page.document.metadata.meetings
    if len(meetings) != 1 or page.document.metadata.kind != "meeting-report":
        return
    headed = [
        (paper, each, block)
        for paper in found.values()
        for each in paper.named
        if (block := page.document.clean.block_at(each.start)) is not None
        and re.fullmatch(_DISCUSSION + r" (?:[Dd]ocument |[Cc]ontribution )?", page.text[block.content : each.start])
    ]
    headed += [
        (paper, named, block)
        for paper, named, under in sections(page, found)
        for block in under
        if re.match(_DISCUSSION + r"\b[^.]{0,40}$", page.text[block.content : block.end])
    ]
    for paper, each, block in headed:
        if (paper.entity, meetings[0]) not in done:
            done.add((paper.entity, meetings[0]))
            spans = (each.span, page.span(block.content, block.end))
            yield Claim(paper.entity, "rc:discussedAt", meetings[0], "asserted", "text", "document-discussed", spans)


def _sentences(
    page: Page, under: Sequence[CleanBlock], told: Mapping[int, Scope]
) -> Iterator[tuple[int, int, Entity | None]]:
    orders = {block.order for block in under}
    for sentence, _ in page.sentences():
        if sentence.block in orders:
            scope = told.get(sentence.start)
            yield sentence.start, sentence.end, scope.meeting if scope else None


def _named_as_discussed(
    page: Page, found: dict[Entity, Paper], sentence: tuple[int, int], meeting: Entity, done: set[tuple[Entity, Entity]]
) -> Iterator[Claim]:
    """ "Document 7/3 was introduced"; "the meeting examined the various contributions": all that are headed."""
    start, end = sentence
    for verb in _TAKEN_UP.finditer(page.text, start, end):
        elsewhere = _ELSEWHERE.match(page.text, verb.end(), end) or page.text.startswith("There,", start)
        if elsewhere or modality(page.text, verb.start(), verb.end()) != "asserted":
            continue
        near = [n for n in page.between(start, end, "document-number") if n.entity in found]
        subjects = [n for n in near if _is_subject(page, n, verb)]
        for each in subjects:
            if each.entity is not None and (each.entity, meeting) not in done:
                done.add((each.entity, meeting))
                yield Claim(each.entity, "rc:discussedAt", meeting, "asserted", "text", "document-discussed",
                            (each.span, page.span(verb.start(), verb.end())))  # fmt: skip
        every = _ALL.search(page.text, start, end)
        if every and not near and verb["verb"] in ("discussed", "examined", "considered", "debated", "reviewed"):
            for paper in found.values():
                if (
                    paper.headings
                    and (paper.submitters or paper.headed_as_contribution)
                    and (paper.entity, meeting) not in done
                ):
                    done.add((paper.entity, meeting))
                    yield Claim(paper.entity, "rc:discussedAt", meeting, "asserted", "text", "contributions-discussed",
                                (page.span(start, end), paper.headings[0][1].span))  # fmt: skip


def _is_subject(page: Page, number: Placed, verb: re.Match[str]) -> bool:
    """Whether the number is what was taken up: right before "was discussed" or behind "discussed"."""
    if number.end <= verb.start():
        between = page.text[number.end : verb.start()]
        between = re.sub(r"\"[^\"]*\"|\([^()]*\)|,? (?:from|by) (?:the )?[A-Z][\w ,]*?(?=,| was| were)", "", between)
        return bool(
            re.fullmatch(
                r",? ?(?:(?:and|was|were|has been|had been|then|also|subsequently|introduced|presented|discussed"
                r"|duly) ?,?)*",
                between,
            )
        )
    between = page.text[verb.end() : number.start]
    return bool(
        re.fullmatch(r" (?:(?:the|its|their|joint|[Cc]ontributions?|[Dd]ocuments?|[Pp]apers?|and|also) ?)*", between)
    ) and not re.search(r"\b(?:was|were|been|be) $", page.text[max(0, verb.start() - 6) : verb.start()])


def for_information(page: Page, found: dict[Entity, Paper]) -> Iterator[Claim]:
    """ "presented for information", under the heading of a document or beside its number."""
    concept = Entity("concept", ("outcome", "for-information"))
    for paper, named, under in sections(page, found):
        for sentence, words in page.sentences():
            if (
                sentence.block in {block.order for block in under}
                and _for(words)
                and not page.between(sentence.start, sentence.end, "document-number")
            ):
                spans = (named.span, page.span(sentence.start, sentence.end))
                yield Claim(paper.entity, "rc:disposition", concept, "asserted", "text", "for-information", spans)
                break
    for sentence, words in page.sentences():
        near = [n for n in page.between(sentence.start, sentence.end, "document-number") if n.entity in found]
        if len(near) == 1 and near[0].entity is not None and _for(words):
            spans = (near[0].span, page.span(sentence.start, sentence.end))
            yield Claim(near[0].entity, "rc:disposition", concept, "asserted", "text", "for-information", spans)


def _for(words: str) -> bool:
    found = _FOR_INFORMATION.search(words)
    if not found or not _CONTRIBUTION_SUBJECT.search(words[: found.start()]):
        return False
    verb = re.search(
        r"\b(?:presented|submitted|introduced|was|is|were|are|tabled|intended|provided)\b", words[: found.start()]
    )
    return bool(verb) and modality(words, verb.start(), verb.end()) == "asserted" if verb else False
