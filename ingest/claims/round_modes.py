"""How people take part in a round: online, in a room, or both; only where the words say it of the round itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claims.located import Page
from ingest.discourse.scope import Placed
from ingest.model import Claim, Entity, Modality

_WORD = r"(?:on-?line|in[- ]person|physical(?:ly)?|virtual(?:ly)?|hybrid|face-to-face)"
_BESIDE = re.compile(
    r",? ?\(?(?:held |conducted |both )?(?:(?:on-?line|physical(?:ly)?|virtual(?:ly)?|in person|in-person"
    r"|hybrid)(?:,? and |/|\b))+"
    r"|,? and (?:(?:on|of|for|in) )?(?:the )?(?:(?:\d+(?:st|nd|rd|th)|[a-z]+(?:th|first|second|third)) )?"
    r"(?:physical|in-person|face-to-face)(?: open)?(?: consultations?)? (?:meeting|hearing|session)\b"
)
_RUN = re.compile(
    rf"\b(?:ran|run|held|conducted|carried out|took place|takes place|organi[sz]ed)\b (?:both |entirely |only )?"
    rf"(?P<how>{_WORD}(?:(?:,? and |, |/| as well as ){_WORD})*)(?= (?:only|from|in|between|during)\b"
    r"|[ ]?[,.;(]|$)",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    rf"[^.;()]{{0,200}}?\((?P<how>[^()]{{0,60}}?(?:^|[;,] |(?<=\()){_WORD}\b[^()]{{0,80}})\)", re.IGNORECASE
)
_MODES = (
    (
        "online-and-physical",
        re.compile(
            r"\bon-?line\b.*\b(?:physical(?:ly)?|in[- ]person|face-to-face)\b"
            r"|\b(?:physical(?:ly)?|in[- ]person|face-to-face)\b.*\bon-?line\b",
            re.IGNORECASE,
        ),
    ),
    ("hybrid", re.compile(r"\bhybrid\b", re.IGNORECASE)),
    ("virtual", re.compile(r"\bvirtual(?:ly)?\b", re.IGNORECASE)),
    ("physical", re.compile(r"\b(?:physical(?:ly)?|in[- ]person|face-to-face)\b", re.IGNORECASE)),
    ("online", re.compile(r"\bon-?line\b", re.IGNORECASE)),
)


def claims(page: Page, each: Placed, thing: Entity, end: int, said: Modality) -> Iterator[Claim]:
    """The mode of a round, by the words of its name, the bracket behind it or the verb that tells of its course.

    end is where its sentence ends in the cleaned copy.
    """
    stretch = _stretch(page, each, end)
    if stretch is None:
        return
    mode = next((name for name, form in _MODES if form.search(page.text, *stretch)), None)
    if mode:
        spans = (each.span, page.span(*stretch)) if stretch[0] > each.start else (each.span,)
        yield Claim(thing, "rc:mode", Entity("concept", ("mode", mode)), said, "text", "round-mode", spans)


def _stretch(page: Page, each: Placed, end: int) -> tuple[int, int] | None:
    """Where the mode is told: the name and what stands beside it, a bracket, or the words behind a verb."""
    beside = _BESIDE.match(page.text, each.end)
    whole = (each.start, beside.end() if beside else each.end)
    own = any(form.search(page.text, *whole) for _, form in _MODES)
    if own and ("first" in each.parts or "topic" in each.parts):
        return whole
    nearest = page.between(each.end, end, "consultation")
    end = nearest[0].start if nearest else end
    for found in (_BRACKET.match(page.text, each.end, end), _RUN.search(page.text, each.end, end)):
        if found and not re.search(r"[;:]", page.text[each.end : found.start("how")].split("(")[0]):
            return found.span("how")
    return None
