"""Documents of a series as a text names them: where, under which heading, by whom, with which title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.claims import paper_tables
from ingest.claims.located import Page
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed
from ingest.model import Entity, Modality
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
    r"(?:, in (?:its |their )?(?P<within>[Cc]ontribution|[Pp]roposal|[Pp]aper) "
    r"|(?:'s?)? (?:(?:has |had |also |then |jointly |will |would ){0,2}(?P<verb>presented|introduced|submitted"
    r"|tabled|presents|introduces|submit|present|introduce|put forward|handed in) )?"
    r"(?:in )?(?:its |their |a |the )?(?:joint |written |second |first )?(?P<noun>[Cc]ontribution|[Pp]roposal"
    r"|[Pp]aper|[Dd]ocument|[Ss]ubmission|[Ii]nput)?s?,? ?(?:in |entitled |\(|[Dd]ocument )*)$"
)
_IN_DOCUMENT = re.compile(
    r",? (?P<verb>presents?|presented|introduces?|introduced|proposes?|proposed|describes?|described|submitted"
    r"|submits)\b"
)
_CONTRIBUTION_OF = re.compile(r"\b[Cc]ontributions? (?:from|by|of|submitted by) (?:the )?$")
_LEAD_TO_NUMBER = re.compile(r",? ?(?:\(|in |as |contained in |set out in |, |[Dd]ocument )*$")
_BRACKET = re.compile(r" ?\((?=(?P<states>[^()]{3,200})\))")
_NUMBER_IN_BRACKET = re.compile(r" \((?:[Dd]ocument )?")
_CONTRIBUTIONS = re.compile(r"\b(?:contributions?|papers?|proposals?|inputs?|submissions?)\b", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:,? (?:entitled|titled|called|headed)|(?:,? from [A-Z][^\"\n.;:«]{2,120}?))?[^\"\n«]{0,8}"
    r"(?:\"(?P<title>[^\"\n]{3,300})\"|« ?(?P<title2>[^«»\n]{3,300}?) ?»)"
)
_CALLED = re.compile(r"\b[Cc]ontributions? (?:[^.;\n]{0,40}(?:,| and| &) )?$")
_OURS = re.compile(
    r"\b[Oo]ur (?:(?:earlier|previous|own|first|last|joint) )*(?:paper|contribution|proposal|document),? \(?$"
)
_TITLE_BEFORE = re.compile(
    r"\"(?P<title>[^\"\n]{3,300})\",? ?(?:\(|in |contained in |\((?:see "
    r"|in )?)(?:[Dd]ocument )?$"
)
_COLON_TITLE = re.compile(r"\)?\s?[:-] (?P<title>[A-Z][^\n]{3,250})$")
_ROW = re.compile(r"[ ]?\t(?P<first>[^\t\n]{2,300})\t(?P<second>[^\t\n]{2,300})(?=\r?\n|$)")
_NO_MEMBER = re.compile(
    r"(?:The )?(?:General |ITU )?(?:Secretariat|Chair(?:man|person)?|Secretary-General|Rapporteur|Vice-Chairs?)",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"\bdraft (?:\w+ )?(?:resolution|decision|recommendation|opinion)s? (?:\(|in )?$", re.IGNORECASE)
_LIST = re.compile(
    r"(?:,| and| &|, and| as well as| together with|\s|the|by|its|[Rr]epublic|of|Kingdom|Federation|delegations?"
    r"|Administrations?)*"
)


@dataclass(slots=True)
class Paper:
    """A document of a series in this text: where it is named, headed, submitted by whom."""

    entity: Entity
    named: list[Placed] = field(default_factory=list)
    headings: list[tuple[CleanBlock, Placed]] = field(default_factory=list)
    submitters: list[tuple[Placed, Placed, Modality]] = field(default_factory=list)
    titles: list[tuple[int, int, Placed]] = field(default_factory=list)
    headed_as_contribution: bool = False
    called: list[Placed] = field(default_factory=list)
    """Where it is called a contribution, under a heading or not."""
    draft: bool = False
    """Whether it is called the draft of an instrument, which those who submit it do not make a contribution."""


def papers(page: Page) -> dict[Entity, Paper]:
    """The documents of series that a text names, in order of their first mention."""
    found: dict[Entity, Paper] = {}
    for each in page.links:
        if each.kind == "document-number" and each.entity is not None and each.entity.kind == "document":
            paper = found.setdefault(each.entity, Paper(each.entity))
            paper.named.append(each)
            _read(page, paper, each)
    for row in paper_tables.rows(page):
        _listed(page, found, row)
    return found


def _listed(page: Page, found: dict[Entity, Paper], row: paper_tables.Row) -> None:
    """A row of a table of documents: its title, and the States of the column that says from whom it is."""
    paper = found.get(row.number.entity) if row.number.entity is not None else None
    if paper is None:
        return
    if row.title is not None:
        paper.titles.append((*row.title, row.number))
    if row.by is not None:
        states = [state for state in page.between(*row.by, "state") if state.entity is not None]
        if states and _LIST.fullmatch(_without(page.text, *row.by, states)):
            paper.submitters.extend((state, row.number, "asserted") for state in states)


def _read(page: Page, paper: Paper, each: Placed) -> None:
    block = page.document.clean.block_at(each.start)
    if block is None:
        return
    if _table_row(page, paper, each):
        return
    lead = _HEAD.match(page.text[block.content : each.start])
    paper.draft |= bool(_DRAFT.search(page.text, max(block.start, each.start - 60), each.start))
    if _CALLED.search(page.text, max(block.start, each.start - 60), each.start):
        paper.called.append(each)
    if lead and (block.kind == "heading" or _looks_headed(page, block, each)):
        paper.headings.append((block, each))
        paper.headed_as_contribution |= lead["word"] is not None
    limit = _limit(page, block, each)
    _submitters_behind(page, paper, each, limit)
    if not any(named.start == each.start for _, named, _ in paper.submitters):
        _submitters_before(page, paper, each)
    _title(page, paper, each, limit, headed=bool(lead))


def _table_row(page: Page, paper: Paper, each: Placed) -> bool:
    """A line of a list of documents, its columns parted by tabs: number, who submitted it, title, in either order.

    Tabs are looked for in the text as read, for the cleaned copy has none.
    """
    raw, at = page.document.reading.text, each.span.end
    row = _ROW.match(raw, at)
    if row is None:
        return False
    cells = [_clean_cell(page, *row.span(name)) for name in ("first", "second")]
    listed = [[s for s in page.between(*cell, "state") if s.entity is not None] for cell in cells]
    by = [
        bool(s) and bool(_LIST.fullmatch(_without(page.text, *cell, s))) for cell, s in zip(cells, listed, strict=True)
    ]
    offices = [bool(_NO_MEMBER.fullmatch(page.text[slice(*cell)].strip())) for cell in cells]
    if (by[0] or offices[0]) == (by[1] or offices[1]):
        return False
    source = 0 if by[0] or offices[0] else 1
    paper.submitters.extend((state, each, "asserted") for state in (listed[source] if by[source] else ()))
    start, end = cells[1 - source]
    words = page.text[start:end].strip(' "')
    begin = page.text.index(words, start)
    paper.titles.append((begin, begin + len(words), each))
    return True


def _clean_cell(page: Page, start: int, end: int) -> tuple[int, int]:
    clean = page.document.clean
    return clean.clean_offset(start), clean.clean_offset(end - 1) + 1


def _without(text: str, start: int, end: int, states: Sequence[Placed]) -> str:
    rest = text[start:end]
    for state in reversed(states):
        rest = rest[: state.start - start] + rest[state.end - start :]
    return rest


def _looks_headed(page: Page, block: CleanBlock, each: Placed) -> bool:
    words = page.text[each.end : block.end].strip()
    return bool(block.number) and len(words) < 330 and not words.rstrip('"').endswith(".")


def _limit(page: Page, block: CleanBlock, each: Placed) -> int:
    """Where what is said beside a number ends: the sentence, or the next number."""
    sentence = page.document.clean.sentence_at(each.start)
    end = sentence.end if sentence and sentence.start <= each.start < sentence.end else block.end
    following = [n.start for n in page.between(each.end, end, "document-number")]
    return min([end, *following])


def _submitters_behind(page: Page, paper: Paper, each: Placed, limit: int) -> None:
    """ "11/3 from the Republic of Norland and Sudmark": States in one list behind "from"."""
    bracket = _BRACKET.match(page.text, each.end, limit)
    title = _TITLE.match(page.text, each.end, limit)
    lead = _FROM.match(page.text, each.end, limit) or (bracket if bracket and _only_states(page, bracket) else None)
    lead = lead or (_FROM.match(page.text, title.end(), limit) if title else None)
    if lead is None:
        return
    at = lead.end()
    for state in page.between(lead.start(), limit, "state"):
        if state.entity is None or not _LIST.fullmatch(page.text, min(at, state.start), state.start):
            break
        paper.submitters.append((state, each, "asserted"))
        at = state.end


def _only_states(page: Page, bracket: re.Match[str]) -> bool:
    """Whether "(Norland, Sudmark)" behind a number holds nothing but States."""
    rest, base = bracket["states"], bracket.start("states")
    for state in reversed(page.between(base, bracket.end("states"), "state")):
        rest = rest[: state.start - base] + rest[state.end - base :]
    rest = re.sub(r", \"[^\"]{3,200}\"$", "", rest)
    return not re.sub(r"\b(?:the|and|of)\b|[\s,;&/]", "", rest) and rest != bracket["states"]


def _submitters_before(page: Page, paper: Paper, each: Placed) -> None:
    """ "Norland presented document 11/8", "the Norlandic contribution 11/7", "contribution from Norland (11/5)"."""
    sentence = page.document.clean.sentence_at(each.start)
    if sentence is None:
        return
    if _OURS.search(page.text, sentence.start, each.start):
        paper.submitters.extend((Placed(state.start, state.end, state.link), each, "asserted") for state in _own(page))
        return
    states = [s for s in page.between(sentence.start, each.start, "state") if s.entity is not None]
    if states and _submits(page, paper, each, states, sentence.start):
        return
    behind = [s for s in page.between(each.end, min(each.end + 60, sentence.end), "state") if s.entity is not None]
    led = re.search(r"\b[Ii]n (?:the )?(?:document |contribution )?$", page.text[max(0, each.start - 20) : each.start])
    near = behind and led and re.fullmatch(r",? ?(?:the )?", page.text[each.end : behind[0].start])
    if near and _IN_DOCUMENT.match(page.text, behind[0].end):
        paper.submitters.append((behind[0], each, "asserted"))


def _own(page: Page) -> list[Placed]:
    """The States that submit the document itself, where its cover names them."""
    own = {
        claim.object
        for claim in page.document.metadata.claims
        if claim.predicate == "rc:submittedBy" and claim.modality == "asserted"
    }
    found = {each.entity: each for each in reversed(page.links) if each.kind == "state" and each.entity in own}
    return sorted(found.values(), key=lambda each: each.start)


def _submits(page: Page, paper: Paper, each: Placed, states: Sequence[Placed], start: int) -> bool:
    """Whether the State, or the list of States, right before a number is said to submit it."""
    last = states[-1]
    if _NUMBER_IN_BRACKET.fullmatch(page.text, last.end, each.start) and _CONTRIBUTIONS.search(
        page.text, start, last.start
    ):
        joint = _CONTRIBUTION_OF.search(page.text[max(0, _group_start(page, states) - 40) : _group_start(page, states)])
        for state in _group(page, states) if joint else (last,):
            paper.submitters.append((state, each, "asserted"))
        return True
    form = _BEFORE.fullmatch(page.text, last.end, each.start)
    first = _group_start(page, states)
    of = _CONTRIBUTION_OF.search(page.text[max(0, first - 40) : first])
    named = of and _LEAD_TO_NUMBER.fullmatch(page.text, last.end, each.start)
    if not named and not (form and (form["verb"] or form["noun"] or form["within"])):
        return False
    said: Modality = "asserted"
    if form and form["verb"]:
        said = modality(page.text, form.start("verb"), form.end("verb"))
    for state in _group(page, states):
        paper.submitters.append((state, each, said))
    return True


def _group(page: Page, states: Sequence[Placed]) -> list[Placed]:
    """The States of the list that ends with the last one."""
    group = [states[-1]]
    for state in reversed(states[:-1]):
        if not re.search(r",|\band\b|&", page.text[state.end : group[0].start]) or not _LIST.fullmatch(
            page.text, state.end, group[0].start
        ):
            break
        group.insert(0, state)
    return group


def _group_start(page: Page, states: Sequence[Placed]) -> int:
    start = _group(page, states)[0].start
    article = re.search(r"(?:the )?(?:Republic of |Kingdom of )?$", page.text[max(0, start - 20) : start])
    return (
        start - (len(article.group()) if article else 0) + (4 if article and article.group().startswith("the ") else 0)
    )


def _title(page: Page, paper: Paper, each: Placed, limit: int, *, headed: bool) -> None:
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
    quoted = _TITLE.match(page.text, each.end, limit) or _TITLE.match(page.text, at, limit)
    if quoted:
        paper.titles.append((*quoted.span("title" if quoted["title"] else "title2"), each))
        return
    block = page.document.clean.block_at(each.start)
    member = any(named.start == each.start for _, named, _ in paper.submitters)
    if headed and block and not member and not paper.headed_as_contribution:
        colon = _COLON_TITLE.match(page.text, each.end, block.end)
        if colon:
            paper.titles.append((*colon.span("title"), each))


def sections(page: Page, found: dict[Entity, Paper]) -> Iterator[tuple[Paper, Placed, list[CleanBlock]]]:
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
