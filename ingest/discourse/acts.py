"""The clauses in which somebody decides, asks, suggests, notes or puts off, found by verb, voice and subject.

A clause counts where its verb is a finite form of `decisions.toml` and its subject is somebody who can decide or
ask: a body, an office, a State that the clause names; or, in the passive, nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.context import Document
from ingest.discourse.act import Act
from ingest.discourse.actors import Actor, actors, addressee
from ingest.discourse.antecedents import Antecedents, antecedents, filled
from ingest.discourse.leads import keep_organ, lead_subject
from ingest.discourse.scope import Placed, Scope, is_instrument, placed, scopes
from ingest.discourse.verbs import ORGANS, nouns, verbs
from ingest.discourse.voices import act_of

__all__ = ["Act", "acts"]

_INFINITIVE_ITEM = re.compile(r"(?:to\s+(?!the\b)[a-z]|to\s+the\s[^:;,.]{1,60}:\s|that\s)", re.IGNORECASE)
"""How an item goes on from the verb of its lead: "to print …", "to the table: a third column", "that …"."""
_OTHER_CLAUSE = re.compile(r";\s+(?!(?:and\s+|or\s+)?(?:to|that)\b)")
"""Where another clause begins: "…; Sudmark proposed"; what goes on with "to" or "that" belongs to the one before."""
_AND_THAT = re.compile(r"(?:,\s*)?\s+and\s+(?=that\s)")
_SAYS_THAT = re.compile(r"(?:\s+[\w-]+ly)?,?\s+that\s")
_STOPS = re.compile(r"(?:[.;]\s+\(?[a-z]{1,2}\))?[\s.;:,]*$")
"""What ends a clause and is no part of it, the letter of an item that follows in the line included."""
_OPEN_END = (".", ";", "!", "?")


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
    made: list[Act] = []
    for hit in hits:
        if not _quoted(text, scope, hit[0]):
            act = act_of(document, found, scope, lead, made[-1] if made else None, hit)
            made += [act] if act else []
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
