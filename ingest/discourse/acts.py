"""The clauses in which somebody decides, asks, suggests, notes or puts off, found by verb, voice and subject.

A clause counts where its verb is a finite form of `decisions.toml` and its subject is somebody who can decide or
ask: a body, an office, a State that the clause names; or, in the passive, nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.context import Document
from ingest.discourse.actors import Actor, actors, acts_at, addressee, agent, passive, subject
from ingest.discourse.antecedents import Antecedents, antecedents, filled
from ingest.discourse.certainty import clause_start, group_at, modality, sentence
from ingest.discourse.leads import keep_organ, lead_subject, opens_item
from ingest.discourse.scope import Placed, Scope, is_instrument, placed, scopes
from ingest.discourse.verbs import ORGANS, Verb, governed, nouns, verbs
from ingest.model import Modality

_PAPER_OF = re.compile(
    r"\b(?:[Cc]ontribution|[Pp]aper|[Pp]roposal|[Dd]ocument)\b[^.;]{0,40}\s(?:from|by|of)\s+(?:the\s+)?$"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|as)\s+(?:the\s+)?$", re.IGNORECASE)
_INDIRECT = re.compile(r"\b(?:whether|how|why|what|when|if|though|although)\s+(?:the\s+)?$", re.IGNORECASE)
_INFINITIVE_ITEM = re.compile(r"(?:to\s+(?!the\b)[a-z]|to\s+the\s[^:;,.]{1,60}:\s|that\s)", re.IGNORECASE)
"""How an item goes on from the verb of its lead: "to print …", "to the table: a third column", "that …"."""
_OTHER_CLAUSE = re.compile(r";\s+(?!(?:and\s+|or\s+)?(?:to|that)\b)")
"""Where another clause begins: "…; Sudmark proposed"; what goes on with "to" or "that" belongs to the one before."""
_AND_THAT = re.compile(r"(?:,\s*)?\s+and\s+(?=that\s)")
_SAYS_THAT = re.compile(r"(?:\s+[\w-]+ly)?,?\s+that\s")
_STOPS = re.compile(r"(?:[.;]\s+\(?[a-z]{1,2}\))?[\s.;:,]*$")
"""What ends a clause and is no part of it, the letter of an item that follows in the line included."""
_OPEN_END = (".", ";", "!", "?")
_LAID_DOWN = re.compile(
    r"[^;.]{0,60}?,?\s(?:in|by|under)\s+(?:(?:operative\s+)?paragraphs?\s[^;.,]{1,20}\sof\s|its\s+(?:resolutions?|decisions?)\s)"
)
"""The text that lays down what is asked, right after whom it binds: the clause tells of that text, not of a meeting."""
_NO_PATIENT = re.compile(
    r"(?:what|which|who|(?:one|two|three|four|some|none|few|several|many)(?:\s+of\s+(?:them|these|those))?)\s*$",
    re.IGNORECASE,
)
"""A subject that is no thing of its own: "what is asked", "one was accepted"."""
_JOINED_PRESENT = re.compile(
    r"\b(?:propos|suggest|recommend|request|ask)\w*s\s+that\s[^;]*\s(?:and|but)\s+(?:also\s+|further\s+)?[a-z]+s(?:\s+(?:up)?on)?$"
)
"""A verb in the present that no clause of a proposal can hold: "proposes that it be moved and *invites* the Board"."""
_SHOULD_BE = re.compile(r"\b(?:should|must|ought\s+to)\s+(?:also\s+)?be\s+$")
_HIM = re.compile(r"\s+(?:him|her|me|us)\b")
_BINDING = frozenset({"request", "instruction", "invitation", "encouragement", "urging"})
_ASKING = frozenset({"request", "invitation", "encouragement", "urging", "proposal", "suggestion", "recommendation"})
_PUT_FORWARD = frozenset({"proposal", "suggestion", "recommendation"})
_REPORTED = re.compile(
    r"\b(?:stat|not|sa(?:id|ys)|emphasi|highlight|reiterat|view|opinion|believ|argu|consider|inform|recall|observ|express|stress"
    r"|indicat|explain|report)\w*\s+that\s[^;]*$|\bthat\s+$"
    r"|\b(?:describ\w+|explain\w+|outlin\w+|told|tells?|recount\w+)\s+(?:how|what|why|where)\s[^;]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Act:
    """A clause in which somebody decides or asks; offsets in the cleaned copy.

    prior is True where the clause tells of somebody else's earlier decision. lists is True where the clause is left
    open and its content are the items below. Actors of the kind "authors" are those of a paper ("the sponsors").
    """

    kind: str
    start: int
    end: int
    verb: tuple[int, int]
    actors: tuple[Actor, ...]
    assigned: tuple[Actor, ...]
    modality: Modality
    prior: bool
    scope: Scope
    lists: bool = False

    @property
    def content(self) -> int:
        """Where what is decided or asked begins: behind the verb, or, of an item, where the item does."""
        return self.verb[1] if self.start <= self.verb[0] < self.end else self.start


def acts(document: Document) -> tuple[Act, ...]:
    """The clauses in which somebody decides or asks, in order; items below a lead each count for themselves.

    Worked out once a document.
    """
    if "acts" not in document.memo:
        document.memo["acts"] = _acts(document)
    found: tuple[Act, ...] = document.memo["acts"]
    return found


def _acts(document: Document) -> tuple[Act, ...]:
    if is_instrument(document):
        return ()
    links = placed(document)
    found: list[Act] = []
    heads: dict[tuple[int, int], Act] = {}
    before: dict[int, Antecedents] = {}
    for scope in scopes(document):
        if scope.role == "draft":
            continue
        last = before.get(scope.block.order, Antecedents())
        people = filled(document.clean.text, scope.start, actors(document, links, scope.start, scope.end), last)
        before[scope.block.order] = antecedents(document.clean.text, scope.start, people, last)
        keep_organ(document, scope, people, last)
        if scope.lead in heads and _INFINITIVE_ITEM.match(document.clean.text, scope.start, scope.end):
            found.append(_item(document, links, heads[scope.lead], scope))
            continue
        here = [*_in_sentence(document, links, scope, people), *_paper_item(document, scope)]
        found.extend(here)
        heads.update(((scope.start, scope.end), act) for act in here if act.lists)
    governing = {act.start for act in found if act.lists and _has_items(found, act)}
    return tuple(act for act in found if act.start not in governing)


def _has_items(found: list[Act], head: Act) -> bool:
    return any(other.verb == head.verb and other is not head for other in found)


def _item(document: Document, links: tuple[Placed, ...], head: Act, scope: Scope) -> Act:
    """An item below an act; "that the registry print it" says itself who is asked."""
    asked = head.assigned
    if not asked and document.clean.text[scope.start : scope.end].lower().startswith("that "):
        asked = addressee(document.clean.text, actors(document, links, scope.start, scope.end), scope.start - 1)
    return Act(head.kind, scope.start, scope.end, head.verb, head.actors, asked, head.modality, head.prior, scope)


def _paper_item(document: Document, scope: Scope) -> Iterator[Act]:
    """ "To include a new item …" under a heading of proposals in a member's own paper."""
    if scope.role != "member-paper" or document.metadata.kind != "contribution":
        return
    headings = " ".join(heading.text for heading in scope.headings).lower()
    if "propos" in headings and re.match(r"(?:To\s+[a-z]|That\s)", document.clean.text[scope.start : scope.end]):
        yield Act("proposal", scope.start, scope.end, (scope.start, scope.start + 2), (), (), "proposed", False, scope)


def _in_sentence(
    document: Document, links: tuple[Placed, ...], scope: Scope, found: tuple[Actor, ...]
) -> Iterator[Act]:
    text = document.clean.text
    hits = sorted(
        (
            (match.start(), match.end(), verb)
            for verb in verbs()
            for match in verb.regex.finditer(text, scope.start, scope.end)
        ),
        key=lambda hit: hit[:2],
    )
    lead = lead_subject(document, links, scope) if hits else ()
    made = [
        act for hit in hits if not _quoted(text, scope, hit[0]) and (act := _act(document, found, scope, lead, *hit))
    ]
    made.extend(_named_by_noun(document, found, scope))
    made.sort(key=lambda act: act.start)
    for act, following in zip(made, [*made[1:], None][: len(made)], strict=True):
        yield from _parted(text, found, _bounded(text, act, following))


def _parted(text: str, found: tuple[Actor, ...], act: Act) -> Iterator[Act]:
    """Each of the things asked for in one breath: "asked that the registry print it, *and that the Treasurer pay*"."""
    joints = list(_AND_THAT.finditer(text, act.verb[1], act.end)) if _SAYS_THAT.match(text, act.verb[1]) else []
    joints = [joint for joint in joints if not _quoted(text, act.scope, joint.start())]
    edges = [*(joint.start() for joint in joints), act.end]
    yield replace(act, end=edges[0])
    for joint, end in zip(joints, edges[1:], strict=True):
        start = joint.end()
        asked = addressee(text, found, start - 1)
        yield replace(act, start=start, end=end, verb=(start, start + len("that")), assigned=asked, lists=False)


def _quoted(text: str, scope: Scope, at: int) -> bool:
    """Whether a place stands inside quotation marks of its sentence: a title, or another text's words."""
    return text.count('"', scope.start, at) % 2 == 1


def _bounded(text: str, act: Act, following: Act | None) -> Act:
    """The act with its end at the next act of the sentence, or at the end of the sentence."""
    end = act.end
    if following is not None and act.verb[1] <= following.start < end:
        end = following.start
        joint = re.search(
            r"[\s,;]*(?:\b(?:and|but|while|whereas)\b)?(?:\s+(?:also|further))?[\s,;]*$", text[act.verb[1] : end]
        )
        end = act.verb[1] + joint.start() if joint else end
    other = _OTHER_CLAUSE.search(text, act.verb[1], end)
    end = other.start() if other else end
    lists = end == act.scope.end and not text[act.start : end].rstrip().endswith(_OPEN_END)
    end = act.verb[1] + _STOPS.search(text[act.verb[1] : end]).start()  # type: ignore[union-attr]  # it may be empty
    return Act(
        act.kind, act.start, end, act.verb, act.actors, act.assigned, act.modality, act.prior, act.scope, lists
    )  # fmt: skip


def _act(
    document: Document,
    found: tuple[Actor, ...],
    scope: Scope,
    lead: tuple[Actor, ...],
    start: int,
    end: int,
    verb: Verb,
) -> Act | None:
    text = document.clean.text
    left, _ = sentence(text, start, end)
    left = max(left, scope.start)
    group_start = group_at(text, left, start)
    said = modality(text, start, end)
    if (
        said in {"conditional", "unknown"}
        or text[group_start:start].rstrip().endswith(" to")
        or text[:start].endswith("to ")
    ):
        return None
    if verb.kind in _PUT_FORWARD and said != "negated":
        said = "proposed"
    elif said == "proposed" and _JOINED_PRESENT.search(text, left, end):
        said = "asserted"
    elif said == "proposed" and not (
        scope.role == "member-paper" and verb.patient and _SHOULD_BE.search(text, left, start)
    ):
        return None  # what somebody proposes that others do: part of that proposal
    if _passive(text, left, group_start, start, end):
        return _passive_act(text, found, scope, verb, (left, group_start, start, end), said)
    if not verb.active:
        return None
    doers = subject(text, found, left, group_start)
    if not doers and opens_item(text, scope, group_start):
        doers = lead
    if doers and doers[-1].kind == "paper":
        said = "proposed"  # a paper puts forward what it calls for
        doers = doers if scope.document not in (None, document.entity) else ()
    if not doers or not _can(verb, doers, text[start:end]) or _INDIRECT.search(text, left, doers[0].start):
        return None
    kind, asked = governed(text, end, verb.kind), addressee(text, found, end)
    if _HIM.match(text, end) or (kind in _BINDING and _LAID_DOWN.match(text, end)):
        return None
    if doers[-1].end <= scope.start:  # the subject stands in the lead of the list
        return Act(kind, group_start, scope.end, (start, end), doers, asked, said, False, scope)
    opening = doers[0].start if doers[0].end > clause_start(text, left, group_start) - 200 else group_start
    adjacent = not any(other.regex.search(text, doers[-1].end, group_start) for other in verbs())
    begin = opening if adjacent and text[doers[-1].end : group_start].count(" ") < 30 else group_start
    before = text[left : doers[0].start]
    prior = bool(_RELATIVE.search(before) or (doers[-1].kind == "state" and _PAPER_OF.search(before)))
    return Act(kind, begin, scope.end, (start, end), doers, asked, said, prior, scope)


def _can(verb: Verb, doers: tuple[Actor, ...], words: str) -> bool:
    """Whether these can be the subject of the verb; a paper and its authors only ask and propose."""
    several = len(doers) > 1 or doers[-1].kind == "authors"
    if verb.plural and verb.plural.fullmatch(words) and not several:
        return False
    if doers[-1].kind in {"authors", "paper"}:
        return doers[-1].kind in verb.speakers or (verb.kind in _ASKING and verb.open)
    return doers[-1].kind in ORGANS & verb.speakers


def _passive(text: str, left: int, group_start: int, start: int, end: int) -> bool:
    if not re.search(r"(?:ed|en|off|upon|on|te)$", text[start:end].split()[0] + text[start:end][-3:]):
        return False
    return passive(text, left, start)


def _passive_act(
    text: str,
    found: tuple[Actor, ...],
    scope: Scope,
    verb: Verb,
    places: tuple[int, int, int, int],
    said: Modality,
) -> Act | None:
    left, group_start, start, end = places
    doers = agent(text, found, end)
    if not verb.passive or (doers and doers[0].kind not in ORGANS):
        return None
    if not doers and "none" not in verb.speakers:
        return None
    patients = subject(text, found, left, group_start)
    if any(one.kind in {"hearing", "paper", "authors"} for one in patients) and verb.patient:
        return None
    if not patients and _NO_PATIENT.fullmatch(text[clause_start(text, left, group_start) : group_start].strip()):
        return None
    clause = clause_start(text, left, group_start)
    opening = _coordinate(text, found, _aside(text, left, clause, group_start), group_start)
    if patients and patients[0].start >= opening:
        opening = _unbracketed(text, left, patients[0].start, group_start)
    else:
        patients = ()
    if not doers and _REPORTED.search(text, left, group_start):
        return None
    assigned = tuple(one for one in patients if one.kind != "instrument") if verb.patient else ()
    kind = governed(text, end, verb.kind)
    return Act(kind, opening, scope.end, (start, end), doers, assigned, said, False, scope)


def _aside(text: str, left: int, clause: int, verb: int) -> int:
    """Where the clause of a verb begins that an aside parts from its subject: "The agenda, as amended, was adopted"."""
    words = text[left:verb].rstrip()
    first = words.rfind(",", 0, -1) if words.endswith(",") else -1
    return clause_start(text, left, left + first) if first > 0 else clause


def _unbracketed(text: str, left: int, start: int, verb: int) -> int:
    """Where a clause begins whose nearest name stands in a bracket: "Ms Brandt and Mr Ode (Norland) were named"."""
    inside = text.count(")", start, verb) > text.count("(", start, verb)
    return left if inside else start


def _coordinate(text: str, found: tuple[Actor, ...], clause: int, verb: int) -> int:
    """Where a clause joined by "and the …" to one with a subject of its own begins; else where the clause does."""
    joint = text.rfind(" and the ", clause, verb)
    others = any(clause <= one.start and one.end <= joint and acts_at(text, one) for one in found)
    return joint + 5 if joint > 0 and others else clause


def _named_by_noun(document: Document, found: tuple[Actor, ...], scope: Scope) -> Iterator[Act]:
    """ "the decision made by the Forum to …": the Forum's, and earlier."""
    text = document.clean.text
    for kind, regex in nouns():
        for match in regex.finditer(text, scope.start, scope.end):
            doer = next((a for a in found if 0 <= a.start - match.end() <= 4 and a.kind in ORGANS), None)
            if doer is None or not re.match(r"[^,;.]{0,40}?\s+(?:to|that)\s", text[doer.end : scope.end]):
                continue
            comma = text.find(", ", doer.end, scope.end)
            end = comma if comma > 0 else scope.end
            yield Act(kind, match.start(), end, match.span(), (doer,), (), "asserted", True, scope)
