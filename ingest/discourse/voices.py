"""Reads the clause around a verb of decision: who decides or asks, in the active or the passive, whom, how certain."""

from __future__ import annotations

import re

from ingest.context import Document
from ingest.discourse.act import Act
from ingest.discourse.actors import Actor, acts_at, addressee, agent, passive, subject
from ingest.discourse.certainty import clause_start, group_at, modality, sentence
from ingest.discourse.doers import doers_of
from ingest.discourse.leads import opens_item
from ingest.discourse.scope import Scope
from ingest.discourse.verbs import ORGANS, Verb, governed, verbs
from ingest.model import Modality

_PAPER_OF = re.compile(
    r"\b(?:[Cc]ontribution|[Pp]aper|[Pp]roposal|[Dd]ocument)\b[^.;]{0,40}\s(?:from|by|of)\s+(?:the\s+)?$"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|as)\s+(?:the\s+)?$", re.IGNORECASE)
_INDIRECT = re.compile(r"\b(?:whether|how|why|what|when|if|though|although)\s+(?:the\s+)?$", re.IGNORECASE)
_LAID_DOWN = re.compile(
    r"[^;.]{0,60}?,?\s(?:in|by|under)\s+(?:(?:operative\s+)?paragraphs?\s[^;.,]{1,20}\sof\s|its\s+(?:resolutions?|decisions?)\s)"
)
"""The text that lays down what is asked, right after whom it binds: the clause tells of that text, not of a meeting."""
_NO_PATIENT = re.compile(
    r"(?:what|which|who|(?:one|two|three|four|some|none|few|several|many)(?:\s+of\s+(?:them|these|those))?)\s*$",
    re.IGNORECASE,
)
"""A subject that is no thing of its own: "what is asked", "one was accepted"."""
_THAT = re.compile(r",?\s+that\s")
_HIM = re.compile(r"\s+(?:him|her|me|us)\b")
_BINDING = frozenset({"request", "instruction", "invitation", "encouragement", "urging"})
_ASKING = frozenset({"request", "invitation", "encouragement", "urging", "proposal", "suggestion", "recommendation"})
_PUT_FORWARD = frozenset({"proposal", "suggestion", "recommendation"})
_JOINED_PRESENT = re.compile(
    r"\b(?:propos|suggest|recommend|request|ask)\w*s\s+that\s[^;]*\s(?:and|but)\s+(?:also\s+|further\s+)?[a-z]+s(?:\s+(?:up)?on)?$"
)
"""A verb in the present that no clause of a proposal can hold: "proposes that it be moved and *invites* the Board"."""
_SHOULD_BE = re.compile(r"\b(?:should|must|ought\s+to)\s+(?:also\s+)?be\s+$")
_BE_THEN = re.compile(
    r"\b(?:is|are|was|were|been|be)\s+(?:nevertheless|nonetheless|however|therefore|thus|so|accordingly|subsequently|finally)\s+$"
)
_REPORTED = re.compile(
    r"\b(?:(?-i:stat)|not|sa(?:id|ys)|emphasi|highlight|reiterat|view|opinion|believ|argu|consider|inform|recall|observ|express|stress"
    r"|indicat|explain|report)\w*\s+that\s[^;]*$|\bthat\s+$"
    r"|\b(?:describ\w+|explain\w+|outlin\w+|told|tells?|recount\w+)\s+(?:how|what|why|where)\s[^;]*$",
    re.IGNORECASE,
)


def act_of(
    document: Document,
    found: tuple[Actor, ...],
    scope: Scope,
    lead: tuple[Actor, ...],
    before: Act | None,
    hit: tuple[int, int, Verb],
) -> Act | None:
    """The act that a verb tells, None where it tells none. lead is the subject of the list that it stands in."""
    start, end, verb = hit
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
    doers = doers_of(text, found, left, group_start, before)
    if not doers and opens_item(text, scope, group_start):
        doers = lead
    if doers and doers[-1].kind == "paper":
        said = "proposed"  # a paper puts forward what it calls for
        doers = doers if scope.document not in (None, document.entity) else ()
    if not doers or not _can(verb, doers, text[start:end], text[left : doers[0].start]):
        return None
    kind = governed(text, end, verb.kind)
    asked = addressee(text, found, end) if kind in _ASKING | _BINDING or _THAT.match(text, end) else ()
    if _HIM.match(text, end) or (kind in _BINDING and _LAID_DOWN.match(text, end)):
        return None
    if doers[-1].end <= scope.start:  # the subject stands in the lead of the list
        return Act(kind, group_start, scope.end, (start, end), doers, asked, said, False, scope)
    opening = doers[0].start if doers[0].end > clause_start(text, left, group_start) - 200 else group_start
    adjacent = not any(other.regex.search(text, doers[-1].end, group_start) for other in verbs())
    begin = opening if adjacent and text[doers[-1].end : group_start].count(" ") < 30 else group_start
    ahead = text[left : doers[0].start]
    prior = bool(_RELATIVE.search(ahead) or (doers[-1].kind == "state" and _PAPER_OF.search(ahead)))
    return Act(kind, begin, scope.end, (start, end), doers, asked, said, prior, scope)


def _can(verb: Verb, doers: tuple[Actor, ...], words: str, ahead: str) -> bool:
    """Whether these can be the subject of the verb; a paper and its authors only ask and propose.

    ahead are the words before them: what is said of "whether the Board decided" is no decision.
    """
    several = len(doers) > 1 or doers[-1].kind == "authors"
    if _INDIRECT.search(ahead) or (verb.plural and verb.plural.fullmatch(words) and not several):
        return False
    if doers[-1].kind in {"authors", "paper"}:
        return not _RELATIVE.search(ahead) and (doers[-1].kind in verb.speakers or (verb.kind in _ASKING and verb.open))
    return doers[-1].kind in ORGANS & verb.speakers


def _passive(text: str, left: int, group_start: int, start: int, end: int) -> bool:
    if not re.search(r"(?:ed|en|off|upon|on|te|old|ept|up)$", text[start:end].split()[0] + text[start:end][-3:]):
        return False
    return passive(text, left, start) or bool(_BE_THEN.search(text, left, start))


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
    clause = _relative_start(text, left, clause_start(text, left, group_start))
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


def _relative_start(text: str, left: int, clause: int) -> int:
    """Where a sentence begins whose subject a relative clause describes: "*States* that have not paid are urged"."""
    return left if re.fullmatch(r"[A-Z][\w-]*(?:\s[\w-]+){0,3}\s+", text[left:clause]) else clause


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
