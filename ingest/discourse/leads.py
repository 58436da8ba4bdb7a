"""The subject of items that begin with their verb: whom the lead of their list names."""

from __future__ import annotations

import re

from ingest.context import Document
from ingest.discourse.actors import Actor, actors
from ingest.discourse.antecedents import Antecedents
from ingest.discourse.scope import Placed, Scope
from ingest.discourse.verbs import ORGANS

_LEAD_ENDS = re.compile(
    r"(?:\s*\([^()]*\))?(?:,?\s(?:which|held|convened|in|on|at|recalling|noting|considering|having|bearing|taking"
    r"|recogni[sz]ing|aware)\b[^:;]{1,300})?,?(?:\s(?:also|further|then|therefore))?\s*:?\s*"
)
_LEADING = ORGANS | {"authors", "collective", "group", "hearing"}
_ITEM_OPENS = re.compile(r"(?:.*;)?\s*(?:\(?\w{1,3}[.)]\s*)?", re.DOTALL)
"""What may stand before the verb of an item whose subject is in the lead: nothing, or the items before it there."""


def lead_subject(document: Document, links: tuple[Placed, ...], scope: Scope) -> tuple[Actor, ...]:
    """The subject of items that begin with their verb: what the lead of the list names ("The ninth meeting:")."""
    if scope.lead is None or scope.block.kind != "item":
        return ()
    start, end = scope.lead
    if organ := document.memo.get("lead organs", {}).get(scope.lead):
        return (organ,)
    for one in reversed(actors(document, links, start, end)):
        if one.kind in _LEADING and _LEAD_ENDS.fullmatch(document.clean.text, one.end, end):
            return (one,)
    return ()


def opens_item(text: str, scope: Scope, verb: int) -> bool:
    """Whether a verb group stands at the head of an item, or of one that shares its line with the item before."""
    content = scope.block.content
    return scope.start - content <= 2 and bool(_ITEM_OPENS.fullmatch(text, min(content, scope.start), verb))


def keep_organ(document: Document, scope: Scope, people: tuple[Actor, ...], last: Antecedents) -> None:
    """Remember whom "it" means at the end of a lead: "The Board adopted the table, by which it: (a) asked …"."""
    if document.clean.text[scope.start : scope.end].rstrip(" :").endswith(" it"):
        organs = [one for one in people if one.kind in {"own-body", "body"}] or ([last.organ] if last.organ else [])
        if len({one.entity for one in organs}) == 1:
            document.memo.setdefault("lead organs", {})[scope.start, scope.end] = organs[0]
