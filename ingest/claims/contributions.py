"""Documents of a series: who submitted them, their titles, the meeting they were filed for and what came of them.

The number names the meeting that a document was filed for; the report in which it is discussed names the meeting
that discussed it. A document named again under a later heading is the same document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.certainty import modality
from ingest.claims.located import Located, Page
from ingest.context import Document
from ingest.model import Claim, Entity, Finding, Modality, Value
from ingest.rulebook import rules
from ingest.scope import Scope, scopes
from ingest.text import CleanBlock

_HEAD = re.compile(
    r"^(?:(?:(?P<word>[Cc]ontribution|[Pp]roposal|[Pp]aper|[Ss]ubmission|[Ii]nput)|[Dd]ocument|[Dd]oc\.?"
    r"|[Rr]eport) )?\(?$"
)
_FROM = re.compile(
    r"\)?,? ?(?:\((?:Rev|Add|Corr)\.? ?\d*\) ?)?,? ?\(?(?:(?:was |which was "
    r"|is )?(?:a )?(?:joint )?(?:contribution |proposal |paper )?(?:submitted|presented|tabled|introduced"
    r"|put forward|prepared|co-signed)? ?(?:jointly )?(?:from|by|of)) (?:the )?"
)
_BEFORE = re.compile(
    r"(?:'s?)? (?:(?:has |had |also |then |jointly |will |would ){0,2}(?P<verb>presented|introduced|submitted"
    r"|tabled|presents|introduces|submit|present|introduce|put forward|handed in) )?"
    r"(?:in )?(?:its |their |a |the )?(?:joint |written |second |first )?(?P<noun>[Cc]ontribution|[Pp]roposal"
    r"|[Pp]aper|[Dd]ocument|[Ss]ubmission|[Ii]nput)?s?,? ?(?:in |entitled |\(|[Dd]ocument )*$"
)
_IN_DOCUMENT = re.compile(
    r",? (?P<verb>presents?|presented|introduces?|introduced|proposes?|proposed|describes?|described|submitted"
    r"|submits)\b"
)
_CONTRIBUTION_OF = re.compile(r"\b[Cc]ontributions? (?:from|by|of|submitted by) (?:the )?$")
_LEAD_TO_NUMBER = re.compile(r",? ?(?:\(|in |as |contained in |set out in |, |[Dd]ocument )*$")
_TITLE = re.compile(r"[^\"\n]{0,8}\"(?P<title>[^\"\n]{3,300})\"")
_TITLE_BEFORE = re.compile(
    r"\"(?P<title>[^\"\n]{3,300})\",? ?(?:\(|in |contained in |\((?:see "
    r"|in )?)(?:[Dd]ocument )?$"
)
_COLON_TITLE = re.compile(r"\)?\s?[:-] (?P<title>[A-Z][^\n]{3,250})$")
_LIST = re.compile(
    r"(?:,| and| &|, and| as well as| together with|\s|the|by|its|[Rr]epublic|of|Kingdom|Federation|delegations?"
    r"|Administrations?)*"
)
_TAKEN_UP = re.compile(
    r"\b(?P<verb>discussed|examined|considered|introduced|presented|debated|reviewed|looked at|took up|taken up"
    r"|noted|welcomed|appreciated)\b"
)
_THIS_TAKEN_UP = re.compile(
    r"\b(?:[Tt]his|[Tt]he|[Tt]hat) (?:\w+ ){0,2}?(?:document|contribution|paper|proposal|report|summary)(?: \w+){0,3}?"
    r" (?:was|were|has been|had been) (?:(?:also|then|duly|briefly|\w+ly|\w+ed and) )*"
    r"(?P<verb>discussed|examined|considered|introduced|presented|debated|reviewed|taken up|noted)\b"
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


@dataclass(slots=True)
class Paper:
    """A document of a series in this text: where it is named, headed, submitted by whom."""

    entity: Entity
    named: list[Located] = field(default_factory=list)
    headings: list[tuple[CleanBlock, Located]] = field(default_factory=list)
    submitters: list[tuple[Located, Located, Modality]] = field(default_factory=list)
    titles: list[tuple[int, int, Located]] = field(default_factory=list)
    headed_as_contribution: bool = False


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["regex"], re.IGNORECASE)) for row in rules("contributions")["kind"])


def papers(page: Page) -> dict[Entity, Paper]:
    """The documents of series that a text names, in order of their first mention."""
    found: dict[Entity, Paper] = {}
    for each in page.links:
        if each.kind == "document-number" and each.entity is not None and each.entity.kind == "document":
            paper = found.setdefault(each.entity, Paper(each.entity))
            paper.named.append(each)
            _read(page, paper, each)
    return found


def _read(page: Page, paper: Paper, each: Located) -> None:
    block = page.document.clean.block_at(each.start)
    if block is None:
        return
    lead = _HEAD.match(page.text[block.content : each.start])
    if lead and (block.kind == "heading" or _looks_headed(page, block, each)):
        paper.headings.append((block, each))
        paper.headed_as_contribution |= lead["word"] is not None
    limit = _limit(page, block, each)
    _submitters_behind(page, paper, each, limit)
    if not any(named.start == each.start for _, named, _ in paper.submitters):
        _submitters_before(page, paper, each)
    _title(page, paper, each, limit, headed=bool(lead))


def _looks_headed(page: Page, block: CleanBlock, each: Located) -> bool:
    words = page.text[each.end : block.end].strip()
    return bool(block.number) and len(words) < 330 and not words.rstrip('"').endswith(".")


def _limit(page: Page, block: CleanBlock, each: Located) -> int:
    """Where what is said beside a number ends: the sentence, or the next number."""
    sentence = page.document.clean.sentence_at(each.start)
    end = sentence.end if sentence and sentence.start <= each.start < sentence.end else block.end
    following = [n.start for n in page.between(each.end, end, "document-number")]
    return min([end, *following])


def _submitters_behind(page: Page, paper: Paper, each: Located, limit: int) -> None:
    """ "11/3 from the Republic of Norland and Sudmark": States in one list behind "from"."""
    lead = _FROM.match(page.text, each.end, limit)
    if lead is None:
        return
    at = lead.end()
    for state in page.between(each.end, limit, "state"):
        if state.entity is None or not _LIST.fullmatch(page.text, min(at, state.start), state.start):
            break
        paper.submitters.append((state, each, "asserted"))
        at = state.end


def _submitters_before(page: Page, paper: Paper, each: Located) -> None:
    """ "Norland presented document 11/8", "the Norlandic contribution 11/7", "contribution from Norland (11/5)"."""
    sentence = page.document.clean.sentence_at(each.start)
    if sentence is None:
        return
    states = [s for s in page.between(sentence.start, each.start, "state") if s.entity is not None]
    if states:
        last = states[-1]
        form = _BEFORE.fullmatch(page.text, last.end, each.start)
        of = _CONTRIBUTION_OF.search(page.text[max(0, _group_start(page, states) - 40) : _group_start(page, states)])
        if (form and (form["verb"] or form["noun"])) or (
            of and _LEAD_TO_NUMBER.fullmatch(page.text, last.end, each.start)
        ):
            said: Modality = "asserted"
            if form and form["verb"]:
                said = modality(page.text, form.start("verb"), form.end("verb"))
            for state in _group(page, states):
                paper.submitters.append((state, each, said))
            return
    behind = [s for s in page.between(each.end, min(each.end + 60, sentence.end), "state") if s.entity is not None]
    if behind and re.search(
        r"\b[Ii]n (?:the )?(?:document |contribution )?$", page.text[max(0, each.start - 20) : each.start]
    ):
        gap = page.text[each.end : behind[0].start]
        if re.fullmatch(r",? ?(?:the )?", gap) and _IN_DOCUMENT.match(page.text, behind[0].end):
            paper.submitters.append((behind[0], each, "asserted"))


def _group(page: Page, states: Sequence[Located]) -> list[Located]:
    """The States of the list that ends with the last one."""
    group = [states[-1]]
    for state in reversed(states[:-1]):
        if not re.search(r",|\band\b|&", page.text[state.end : group[0].start]) or not _LIST.fullmatch(
            page.text, state.end, group[0].start
        ):
            break
        group.insert(0, state)
    return group


def _group_start(page: Page, states: Sequence[Located]) -> int:
    start = _group(page, states)[0].start
    article = re.search(r"(?:the )?(?:Republic of |Kingdom of )?$", page.text[max(0, start - 20) : start])
    return (
        start - (len(article.group()) if article else 0) + (4 if article and article.group().startswith("the ") else 0)
    )


def _title(page: Page, paper: Paper, each: Located, limit: int, *, headed: bool) -> None:
    """A title stands in quotes behind number and submitters; of a document of no member also behind a colon."""
    at = max(
        [
            each.end,
            *(state.end for state, named, _ in paper.submitters if named.start == each.start and state.end <= limit),
        ]
    )
    before = _TITLE_BEFORE.search(page.text, max(0, each.start - 320), each.start)
    if before and "\n" not in before.group():
        paper.titles.append((*before.span("title"), each))
        return
    quoted = _TITLE.match(page.text, at, limit)
    if quoted:
        paper.titles.append((*quoted.span("title"), each))
        return
    block = page.document.clean.block_at(each.start)
    member = any(named.start == each.start for _, named, _ in paper.submitters)
    if headed and block and not member and not paper.headed_as_contribution:
        colon = _COLON_TITLE.match(page.text[: block.end], each.end)
        if colon:
            paper.titles.append((*colon.span("title"), each))


def claims(document: Document) -> Iterator[Claim]:
    """The facts that a document states about documents of a series."""
    page = Page(document)
    found = papers(page)
    for paper in found.values():
        if paper.entity != document.entity:
            yield from _about(page, paper)
    yield from _discussed(page, found)
    yield from _for_information(page, found)


def _about(page: Page, paper: Paper) -> Iterator[Claim]:
    thing, first = paper.entity, paper.named[0]
    meeting = Entity("meeting", thing.key[:2]) if len(thing.key) == 3 and thing.key[1].isdigit() else None
    if (meeting and thing.key[0] in page.document.register.bodies) or (meeting and first.parts.get("series")):
        yield Claim(thing, "rc:filedFor", meeting, "asserted", "text", "document-number", (first.span,))
    for state, named, said in paper.submitters:
        assert state.entity is not None  # noqa: S101  # only resolved States are kept
        yield Claim(thing, "rc:submittedBy", state.entity, said, "text", "document-submitter", (state.span, named.span))
        if len(thing.key) == 3:
            yield Claim(
                thing,
                "rc:submittedTo",
                Entity("body", (thing.key[0],)),
                said,
                "text",
                "document-submitter",
                (named.span,),
            )
    for start, end, named in paper.titles:
        spans = (named.span, page.span(start, end))
        yield Claim(
            thing, "dcterms:title", Value(page.text[start:end].strip()), "asserted", "text", "document-title", spans
        )
        for cited in page.between(start, end, "citation"):
            if cited.entity is not None:
                yield Claim(
                    thing,
                    "rc:concerns",
                    cited.entity,
                    "asserted",
                    "text",
                    "document-concerns",
                    (named.span, cited.span),
                )
        for topic in page.between(start, end, "topic"):
            if topic.entity is not None:
                yield Claim(
                    thing,
                    "rc:concerns",
                    topic.entity,
                    "asserted",
                    "text",
                    "document-concerns",
                    (named.span, topic.span),
                )
    yield from _kind(page, paper)


def _kind(page: Page, paper: Paper) -> Iterator[Claim]:
    """What it is: a contribution if a member submitted it, else what its title calls it."""
    said: tuple[str, Located] | None = None
    if paper.submitters:
        said = "contribution", paper.submitters[0][1]
    elif paper.headed_as_contribution:
        said = "contribution", paper.headings[0][1]
    else:
        for start, end, named in paper.titles:
            kind = next((name for name, form in _kinds() if form.search(page.text[start:end])), None)
            said = said or ((kind, named) if kind else None)
    if said is None:
        return
    concept = Entity("concept", ("document-kind", said[0]))
    spans = (said[1].span,)
    yield Claim(paper.entity, "rc:documentKind", concept, "asserted", "text", "document-kind", spans)
    curie = {
        "contribution": "undo:PositionPaper",
        "agenda": "undo:MeetingAgenda",
        "meeting-report": "undo:MeetingReport",
    }
    if said[0] in curie:
        yield Claim(
            paper.entity, "rdf:type", Value(curie[said[0]], "curie"), "asserted", "text", "document-kind", spans
        )


def _sections(page: Page, found: dict[Entity, Paper]) -> Iterator[tuple[Paper, Located, list[CleanBlock]]]:
    """Each heading of a document with the blocks under it, up to the next heading or number of that rank."""
    for paper in found.values():
        for block, named in paper.headings:
            rank = len(re.findall(r"\d+", block.number or "")) or 9
            under: list[CleanBlock] = []
            for following in page.after(block.order):
                deeper = len(re.findall(r"\d+", following.number or ""))
                if following.kind == "heading" and (not deeper or deeper <= rank):
                    break
                if following.number and following.kind != "item" and 0 < deeper <= rank:
                    break
                under.append(following)
            yield paper, named, under


def _discussed(page: Page, found: dict[Entity, Paper]) -> Iterator[Claim]:
    """Documents that the text says were taken up, at the meeting whose results it tells."""
    done: set[tuple[Entity, Entity]] = set()
    told = {scope.start: scope for scope in scopes(page.document)}
    for paper, named, under in _sections(page, found):
        for start, end, meeting in _sentences(page, under, told):
            said = _THIS_TAKEN_UP.search(page.text, start, end)
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
        for paper, named, under in _sections(page, found)
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


def _is_subject(page: Page, number: Located, verb: re.Match[str]) -> bool:
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


def _for_information(page: Page, found: dict[Entity, Paper]) -> Iterator[Claim]:
    """ "presented for information", under the heading of a document or beside its number."""
    concept = Entity("concept", ("outcome", "for-information"))
    for paper, named, under in _sections(page, found):
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


def findings(document: Document) -> Iterator[Finding]:
    """Contributions without a submitter, numbers of another meeting, one document under several spellings."""
    page = Page(document)
    found = papers(page)
    yield from _missing(document, found)
    yield from _other_meeting(document, found)
    yield from _variants(document, found)


def _missing(document: Document, found: dict[Entity, Paper]) -> Iterator[Finding]:
    for paper in found.values():
        if paper.headed_as_contribution and not paper.submitters:
            yield Finding(
                "missing-submitter", "warning",
                f"“{paper.headings[0][1].link.mention.quote}” is called a contribution, and nobody is named who "
                f"submitted it.",
                "Who submitted it?", passages=((document.reading.checksum, paper.headings[0][1].span),),
            )  # fmt: skip


def _other_meeting(document: Document, found: dict[Entity, Paper]) -> Iterator[Finding]:
    own = document.metadata.meetings
    if len(own) != 1 or document.metadata.kind != "meeting-report":
        return
    headed = [p for p in found.values() if p.headings and len(p.entity.key) == 3 and p.entity.key[0] == own[0].key[0]]
    here = Counter(paper.entity.key[1] for paper in headed)
    for paper in headed:
        if paper.entity.key[1] != own[0].key[1] and here[own[0].key[1]] > here[paper.entity.key[1]]:
            yield Finding(
                "number-of-other-meeting", "info",
                f"“{paper.headings[0][1].link.mention.quote}” has the number of meeting {paper.entity.key[1]}; "
                f"the report is on meeting {own[0].key[1]}. The number is kept as written.",
                "Is it a paper held over from that meeting, or is the number wrong?",
                passages=tuple((document.reading.checksum, named.span) for _, named in paper.headings),
            )  # fmt: skip


def _variants(document: Document, found: dict[Entity, Paper]) -> Iterator[Finding]:
    for paper in found.values():
        spellings: dict[str, Located] = {}
        for named in paper.named:
            spellings.setdefault(re.sub(r"-[A-Z]$", "", " ".join(named.parts["number"].split())), named)
        if len(spellings) > 1:
            yield Finding(
                "variant-document-number", "info",
                f"One document is written {' and '.join(f'“{s}”' for s in spellings)}.",
                passages=tuple((document.reading.checksum, named.span) for named in spellings.values()),
            )  # fmt: skip
