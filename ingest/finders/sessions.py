"""Conferences and sessions that are told by a body and a year: "the 2031 Assembly", "the Council, at its 2030 session".

A body whose name needs its context may be that of a register or the text's own: both are handed on, and
`ingest.resolving.events` chooses by whose document it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ingest.finders import unregistered
from ingest.finders.hits import Hit
from ingest.register import Register

_SERIES = frozenset({"assembly", "conference", "forum"})
"""Kinds of bodies that are their own meetings, so that the name and a year are an event ("the 2031 Assembly")."""

_TAG = re.compile(r"\b(?P<body>[A-Z]{2,5})[- ]?'?(?P<year>\d{2}|(?:19|20)\d{2})(?![\w/]|[-.]\d)")
_YEAR_BEFORE = re.compile(
    r"(?P<year>(?:19|20)\d{2}) (?:(?:ordinary |annual )?(?P<session>session) of (?:the )?|ITU )?$"
)
_YEAR_AFTER = re.compile(
    r" ?(?:(?P<session>session) )?(?:of |in |\((?:held in )?(?:[A-Z][\w' -]{2,30}, ?)?)?(?P<year>(?:19|20)\d{2})\b(?!-)"
)
_SESSIONS_OF = re.compile(r" sessions? (?:of |in )(?P<year>(?:19|20)\d{2})\b")
_ITS_SESSIONS = re.compile(
    r",? (?:(?:at|in|during|by) (?:its|the) )?(?P<years>(?:19|20)\d{2}(?:,? (?:and )?(?:19|20)\d{2}){0,3})"
    r" (?:ordinary |annual )?(?P<session>sessions?)\b"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_Held = tuple[str, set[str]]
"""A body and the kinds of what it holds."""


def tagged(text: str, named: Iterable[Hit], register: Register) -> Iterator[Hit]:
    """ "PP-18", "WTDC-17": a conference by body and year."""
    own = {text[hit.start : hit.end]: hit for hit in named if hit.parts.get("form") == "local"}
    for match in _TAG.finditer(text):
        event = register.conference_tagged(match.group()) or register.session_tagged(match.group())
        body = match["body"].lower()
        year = match["year"] if len(match["year"]) == 4 else ("19" if match["year"] > "60" else "20") + match["year"]
        if event is not None:
            parts = {"kind": event.entity.kind, "body": event.entity.key[0], "year": event.entity.key[-1]}
        elif register.occasions(body) and all(e.kind == "conference" for e in register.occasions(body)):
            parts = {"kind": "conference", "body": body, "year": year}
        elif (hit := own.get(match["body"])) and hit.parts["kind"] in _SERIES and body not in register.bodies:
            parts = {"kind": "conference", "body": unregistered.slugs(hit.parts)[0], "year": year}
        else:
            continue
        yield Hit(match.start(), match.end(), "event", parts)


def dated(text: str, named: Iterable[Hit], register: Register) -> Iterator[Hit]:
    """ "the 2018 Plenipotentiary Conference", "Council 2018", "the 2025 session of CSTD": a body and a year."""
    for hit in named:
        if hit.kind != "body":
            continue
        before = _YEAR_BEFORE.search(text, max(0, hit.start - 60), hit.start)
        after = _YEAR_AFTER.match(text, hit.end) or _SESSIONS_OF.match(text, hit.end)
        if said := before or after:
            start = before.start() if before else hit.start
            end = hit.end if before or after is None else after.end()
            end += text[end : end + 1] == ")" and "(" in text[hit.end : end]
            if parts := _parts(text, hit, said, said["year"], register):
                yield Hit(start, end, "event", parts)
        elif its := _ITS_SESSIONS.match(text, hit.end):
            years = list(_YEAR.finditer(text, *its.span("years")))
            for year in years:
                if parts := _parts(text, hit, its, year.group(), register):
                    yield Hit(year.start(), its.end() if year is years[-1] else year.end(), "event", parts)


def _parts(text: str, hit: Hit, said: re.Match[str], year: str, register: Register) -> Mapping[str, str]:
    """Kind, body and year of what a body held; local_kind and local_body where the text may mean a body of its own."""
    session = bool(said.groupdict().get("session"))
    words, series = text[hit.start : hit.end], hit.parts.get("kind") in _SERIES
    known: list[_Held] = [(slug, {str(e.kind) for e in register.occasions(slug)}) for slug in _slugs(register, words)]
    own: list[_Held] = [(slug, {"conference"} if series else set()) for slug in unregistered.slugs(hit.parts)]
    told = [_of_body(found, session=session) for found in (known, own)]
    match told:
        case [{"body": _}, {"body": body, "kind": kind}]:
            return {**told[0], "year": year, "local_body": body, "local_kind": kind}
        case [{}, {"body": _}] | [{"body": _}, {}]:
            return {**told[0], **told[1], "year": year}
    return {}


def _of_body(found: list[_Held], *, session: bool) -> dict[str, str]:
    if len(found) != 1 or not (found[0][1] or session):
        return {}
    return {"body": found[0][0], "kind": "conference" if found[0][1] == {"conference"} else "session"}


@lru_cache(maxsize=1024)
def _slugs(register: Register, words: str) -> tuple[str, ...]:
    """The bodies that words name; a loose name such as "Council" where it can mean one body only."""
    loose = register.entities_named(words, "body", context=True)
    return register.body_named(words) or (register.body_named(words, loose[0].key[0]) if len(loose) == 1 else ())
