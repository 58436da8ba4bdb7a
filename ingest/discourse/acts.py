"""The clauses in which somebody decides, asks, suggests, notes or puts off, found by verb, voice and subject.

A clause counts where its verb is a finite form of `decisions.toml` and its subject is somebody who can decide or
ask: a body, an office, a State that the clause names; or, in the passive, nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ingest.context import Document
from ingest.discourse.actors import Actor, actors, acts_at, addressee, agent, passive, subject
from ingest.discourse.certainty import clause_start, group_at, modality, sentence
from ingest.discourse.scope import Placed, Scope, is_instrument, placed, scopes
from ingest.model import Modality
from ingest.rulebook import rules

_PAPER_OF = re.compile(
    r"\b(?:[Cc]ontribution|[Pp]aper|[Pp]roposal|[Dd]ocument)\b[^.;]{0,40}\s(?:from|by|of)\s+(?:the\s+)?$"
)
_LEAD_ENDS = re.compile(
    r"(?:\s*\([^()]*\))?(?:,?\s(?:which|held|convened|in|on|at)\b[^:;]{1,160})?,?(?:\s(?:also|further|then))?\s*:\s*"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|as)\s+(?:the\s+)?$", re.IGNORECASE)
_INDIRECT = re.compile(r"\b(?:whether|how|why|what|when|if|though|although)\s+(?:the\s+)?$", re.IGNORECASE)
_INFINITIVE_ITEM = re.compile(r"(?:to\s+(?!the\b)[a-z]|to\s+the\s[^:;,.]{1,60}:\s|that\s)", re.IGNORECASE)
"""How an item goes on from the verb of its lead: "to print …", "to the table: a third column", "that …"."""
_OTHER_CLAUSE = re.compile(r";\s+(?=[A-Z][\w-]*\s(?!to\b)[a-z])")
"""Where another clause with a subject of its own begins: "…; Sudmark proposed"."""
_PUT_FORWARD = frozenset({"proposal", "suggestion", "recommendation"})
_REPORTED = re.compile(
    r"\b(?:stat|not|sa(?:id|ys)|emphasi|highlight|reiterat|view|opinion|believ|argu|consider|inform|recall|observ|express|stress"
    r"|indicat|explain|report)\w*\s+that\s[^;]*$|\bthat\s+$"
    r"|\b(?:describ\w+|explain\w+|outlin\w+|told|tells?|recount\w+)\s+(?:how|what|why|where)\s[^;]*$",
    re.IGNORECASE,
)
_ORGANS = frozenset({"own-body", "body", "chair", "office", "secretariat", "state", "person"})


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of `decisions.toml`, compiled; speakers are the kinds of subject allowed, "none" the bare passive."""

    kind: str
    regex: re.Pattern[str]
    active: bool
    passive: bool
    patient: bool
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Act:
    """A clause in which somebody decides or asks; offsets in the cleaned copy.

    prior is True where the clause tells of somebody else's earlier decision. lists is True where the clause ends in
    a colon and its content are the items below.
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


@cache
def verbs() -> tuple[Verb, ...]:
    """The verbs of decision, compiled."""
    return tuple(_verb(row) for row in rules("decisions")["verb"])


def _verb(row: dict[str, Any]) -> Verb:
    return Verb(
        kind=row["kind"],
        regex=re.compile(rf"\b(?:{row['regex']}{_negated(row)})"),
        active=row.get("active", False),
        passive=row.get("passive", False),
        patient=row.get("passive_patient", False),
        speakers=frozenset(row.get("speakers", [*_ORGANS, "none"])),
    )


def _negated(row: dict[str, Any]) -> str:
    """The plain form of a verb where "did not" stands before it: "did not *approve* the loan"."""
    return rf"|(?<=\bnot\s)(?:{row['plain']})\b" if "plain" in row else ""


@cache
def _nouns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["regex"], re.IGNORECASE)) for row in rules("decisions")["noun"])


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
    before: dict[int, Actor] = {}
    for scope in scopes(document):
        last = before.pop(scope.block.order, None)
        for one in _one_official(actors(document, links, scope.start, scope.end)):
            before[scope.block.order] = one
        if scope.lead in heads and _INFINITIVE_ITEM.match(document.clean.text, scope.start, scope.end):
            found.append(_item(heads[scope.lead], scope))
            continue
        here = [*_in_sentence(document, links, scope, last), *_paper_item(document, scope)]
        found.extend(here)
        heads.update(((scope.start, scope.end), act) for act in here if act.lists)
    governing = {act.start for act in found if act.lists and _has_items(found, act)}
    return tuple(act for act in found if act.start not in governing)


def _one_official(found: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Whom "he" or "she" means in the next sentence: the one official or person that this one names."""
    people = tuple(one for one in found if one.kind in {"chair", "office", "person"})
    return people if len(people) == 1 else ()


def _pronoun_filled(text: str, found: tuple[Actor, ...], last: Actor | None) -> tuple[Actor, ...]:
    """The first "he" or "she" of a sentence as the official of the one before, unless somebody comes first."""
    if last is None or not found or text[found[0].start : found[0].end] not in {"He", "She"}:
        return found
    return (replace(last, start=found[0].start, end=found[0].end), *found[1:])


def _has_items(found: list[Act], head: Act) -> bool:
    return any(other.verb == head.verb and other is not head for other in found)


def _item(head: Act, scope: Scope) -> Act:
    end = scope.end
    return Act(head.kind, scope.start, end, head.verb, head.actors, head.assigned, head.modality, head.prior, scope)


def _paper_item(document: Document, scope: Scope) -> Iterator[Act]:
    """ "To include a new item …" under a heading of proposals in a member's own paper."""
    if scope.role != "member-paper" or document.metadata.kind != "contribution":
        return
    headings = " ".join(heading.text for heading in scope.headings).lower()
    if "propos" in headings and re.match(r"(?:To\s+[a-z]|That\s)", document.clean.text[scope.start : scope.end]):
        yield Act("proposal", scope.start, scope.end, (scope.start, scope.start + 2), (), (), "proposed", False, scope)


def _in_sentence(document: Document, links: tuple[Placed, ...], scope: Scope, last: Actor | None) -> Iterator[Act]:
    text = document.clean.text
    found = _pronoun_filled(text, actors(document, links, scope.start, scope.end), last)
    hits = sorted(
        (
            (match.start(), match.end(), verb)
            for verb in verbs()
            for match in verb.regex.finditer(text, scope.start, scope.end)
        ),
        key=lambda hit: hit[:2],
    )
    lead = lead_subject(document, links, scope)
    made = [
        act for hit in hits if not _quoted(text, scope, hit[0]) and (act := _act(document, found, scope, lead, *hit))
    ]
    made.extend(_named_by_noun(document, found, scope))
    made.sort(key=lambda act: act.start)
    for act, following in zip(made, [*made[1:], None][: len(made)], strict=True):
        yield _bounded(text, act, following)


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
    lists = text[act.start : end].rstrip().endswith(":")
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
    elif said == "proposed":
        return None  # what somebody proposes that others do: part of that proposal
    if _passive(text, left, group_start, start, end):
        return _passive_act(text, found, scope, verb, (left, group_start, start, end), said)
    if not verb.active:
        return None
    doers = subject(text, found, left, group_start)
    if not doers and not text[scope.block.content : group_start].strip():
        doers = lead
    if not doers or doers[-1].kind not in _ORGANS & verb.speakers or _INDIRECT.search(text, left, doers[0].start):
        return None
    if doers[-1].end <= scope.start:  # the subject stands in the lead of the list
        return Act(
            verb.kind, group_start, scope.end, (start, end), doers, addressee(text, found, end), said, False, scope
        )
    opening = doers[0].start if doers[0].end > clause_start(text, left, group_start) - 200 else group_start
    adjacent = not any(other.regex.search(text, doers[-1].end, group_start) for other in verbs())
    begin = opening if adjacent and text[doers[-1].end : group_start].count(" ") < 30 else group_start
    asked = addressee(text, found, end)
    before = text[left : doers[0].start]
    prior = bool(_RELATIVE.search(before) or (doers[-1].kind == "state" and _PAPER_OF.search(before)))
    return Act(verb.kind, begin, scope.end, (start, end), doers, asked, said, prior, scope)


def lead_subject(document: Document, links: tuple[Placed, ...], scope: Scope) -> tuple[Actor, ...]:
    """The subject of items that begin with their verb: what the lead of the list names ("The ninth meeting:")."""
    if scope.lead is None or scope.block.kind != "item":
        return ()
    start, end = scope.lead
    for one in reversed(actors(document, links, start, end)):
        if _LEAD_ENDS.fullmatch(document.clean.text, one.end, end):
            return (one,)
    return ()


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
    if not verb.passive or (doers and doers[0].kind not in _ORGANS):
        return None
    if not doers and "none" not in verb.speakers:
        return None
    patients = subject(text, found, left, group_start)
    if any(one.kind in {"hearing", "paper"} for one in patients) and verb.patient:
        return None
    clause = clause_start(text, left, group_start)
    opening = _coordinate(text, found, clause, group_start)
    if patients and patients[0].start >= opening:
        opening = patients[0].start
    else:
        patients = ()
    if not doers and _REPORTED.search(text, left, group_start):
        return None
    assigned = tuple(one for one in patients if one.kind != "instrument") if verb.patient else ()
    return Act(verb.kind, opening, scope.end, (start, end), doers, assigned, said, False, scope)


def _coordinate(text: str, found: tuple[Actor, ...], clause: int, verb: int) -> int:
    """Where a clause joined by "and the …" to one with a subject of its own begins; else where the clause does."""
    joint = text.rfind(" and the ", clause, verb)
    others = any(clause <= one.start and one.end <= joint and acts_at(text, one) for one in found)
    return joint + 5 if joint > 0 and others else clause


def _named_by_noun(document: Document, found: tuple[Actor, ...], scope: Scope) -> Iterator[Act]:
    """ "the decision made by the Forum to …": the Forum's, and earlier."""
    text = document.clean.text
    for kind, regex in _nouns():
        for match in regex.finditer(text, scope.start, scope.end):
            doer = next((a for a in found if 0 <= a.start - match.end() <= 4 and a.kind in _ORGANS), None)
            if doer is None or not re.match(r"[^,;.]{0,40}?\s+(?:to|that)\s", text[doer.end : scope.end]):
                continue
            comma = text.find(", ", doer.end, scope.end)
            end = comma if comma > 0 else scope.end
            yield Act(kind, match.start(), end, match.span(), (doer,), (), "asserted", True, scope)
