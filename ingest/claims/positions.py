"""Reported views: what they are, about what, at which meeting; whose, only where the clause names a State.

"Some Member States" stays that. A State's own request or proposal is a decision record (`decisions.py`); the
words of the body, its chair and the secretariat are not positions of members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ingest.claims.sponsors import on_behalf
from ingest.context import Document
from ingest.discourse.actors import Actor, actors, subject
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed, Scope, is_instrument, placed, scopes, within
from ingest.discourse.subjects import subject_of, topic_called
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Modality, Value
from ingest.rulebook import rules

_LINK = re.compile(
    r"(?:\s+representatives?|\s+delegations?)?(?:\s*\([^()]*\))?(?:\s*,\s[^,;]{1,120},)?"
    r"(?:\s+(?:also|then|further|furthermore|however|again|subsequently|in\s+turn|(?!fully|strongly|broadly)\w+ly|has|have|had))*\s+"
    r"(?:(?:thank(?:s|ed)|gave\s+thanks|congratulat(?:es|ed)|welcom(?:es|ed))\s[^,.;]{1,80}?\sand\s+(?=(?:\w+ed|said|held)\s+(?:that|how|what|whether|why)\b))?"
)
_VIEW_OF = (
    (re.compile(r"\bin\s+(?:the\s+)?$", re.IGNORECASE), re.compile(r"['\u2019]s?\s+(?:view|opinion)\b,?\s+")),
    (re.compile(r"\bin\s+the\s+(?:view|opinion)\s+of\s+(?:the\s+)?$", re.IGNORECASE), re.compile(r",?\s+")),
    (re.compile(r"\baccording\s+to\s+(?:the\s+)?$", re.IGNORECASE), re.compile(r",\s+")),
)
"""What stands before and behind somebody whose view a clause is: "in Norland's view", "according to Norland,"."""
_NAMED = frozenset({"state", "group"})
_OBJECT = re.compile(
    r"\s+(?:(?:for|against|to|of|with)\s+)?(?:the\s+(?:idea|notion|principle|concept)\s+of\s+)?(?P<topic>[A-Za-z][\w'/-]*"
    r"(?:\s(?!and\b|but\b|while\b|as\b|because\b|if\b|at\b|during\b)[\w'/-]+){0,8}?)"
    r"(?=\s*[,;:.(]|\s*$|\s+(?:and|but|while|whereas|as|because|if|at|during|by|without)\b)"
)
_TITLED = re.compile(r"\s+\"(?P<topic>[^\"\n]{4,120})\"")
"""What follows the words of a support or an opposition, up to where its noun phrase ends."""
_PRONOUN = re.compile(r"they|he|she", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:of|by|to|for|with|from|on|in|at|between|among|against|that\s+concerned|encouraged|thanked|invited)\s+(?:the\s+)?$",
    re.I,
)
_SPEAKS_FOR = re.compile(
    r"\b(?:delegat\w+|representatives?|experts?|observers?|administrations?)\s+(?:of|from|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class View:
    """A row of `positions.toml`, compiled. states is False where a named State's words are no position.

    after is the stance of the view, earlier in the sentence, without which the words say nothing ("others did not").
    """

    stance: str
    regex: re.Pattern[str]
    states: bool
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """A view with its holders: States and groups of States, or the words for members whom the text does not name.

    verb is where its verb begins, said where the words of the view end.
    """

    start: int
    end: int
    verb: int
    said: int
    holder: Actor
    holders: tuple[Entity, ...]
    quantifier: str | None
    antecedent: tuple[int, int] | None
    stance: str
    modality: Modality
    scope: Scope


@cache
def views() -> tuple[View, ...]:
    """The forms of view, in the order in which they are tried."""
    return tuple(
        View(row["stance"], re.compile(row["regex"]), row.get("states", True), row.get("after"))
        for row in rules("positions")["view"]
    )


def claims(document: Document) -> Iterator[Claim]:
    """A claim per reported view, in the order of the text."""
    links = placed(document)
    for stand in stands(document):
        spans = [document.clean.span(stand.start, stand.end)]
        if stand.antecedent:
            spans.insert(0, document.clean.span(*stand.antecedent))
        own = document.clean.span(stand.start, stand.end)
        record = Entity("position", (file_key(document.reading.checksum), str(own.start)))
        details: list[tuple[str, Entity | Value]] = [
            ("rdf:type", Value("rc:Position", "curie")),
            ("rc:stance", Entity("concept", ("stance", stand.stance))),
        ]
        if stand.quantifier:
            details.append(("rc:quantifier", Value(stand.quantifier)))
        details += [("rc:holder", holder) for holder in stand.holders]
        details += [("rc:target", target) for target in _targets(document, links, stand)]
        if stand.scope.role == "record" and stand.scope.meeting:
            details.append(("rc:atMeeting", stand.scope.meeting))
        yield Claim(
            document.entity, "rc:records", record, stand.modality, "text", f"position-{stand.stance}", tuple(spans),
            details=tuple(details),
        )  # fmt: skip


def stands(document: Document) -> tuple[Stand, ...]:
    """The reported views of a document, in order."""
    if "stands" not in document.memo:
        document.memo["stands"] = () if is_instrument(document) else _stands(document)
    found: tuple[Stand, ...] = document.memo["stands"]
    return found


def _stands(document: Document) -> tuple[Stand, ...]:
    links = placed(document)
    found: list[Stand] = []
    last: dict[int, Actor] = {}
    for scope in scopes(document):
        people = actors(document, links, scope.start, scope.end)
        here: list[Stand] = []
        for one in people:
            said = frozenset(stand.stance for stand in here)
            stand = _stand(document, scope, people, one, last.get(scope.block.order), said)
            here += [stand] if stand else []
        found.extend(_bounded(here))
        _remember(document, scope, people, last)
    return tuple(found)


def _remember(document: Document, scope: Scope, people: tuple[Actor, ...], last: dict[int, Actor]) -> None:
    """Whom "they" can mean in the next sentence: unnamed members who are the first to act in this one."""
    text = document.clean.text
    opening = [one for one in people if one.kind in {"collective", "state", "own-body", "chair", "person", "body"}]
    first = opening[0] if opening else None
    if first is None or (first.kind == "collective" and _PRONOUN.fullmatch(text[first.start : first.end])):
        return
    if first.kind == "collective" and not _PREPOSITION.search(text, scope.start, first.start):
        last[scope.block.order] = first
    else:
        last.pop(scope.block.order, None)


def _stand(
    document: Document,
    scope: Scope,
    people: tuple[Actor, ...],
    one: Actor,
    antecedent: Actor | None,
    said_before: frozenset[str],
) -> Stand | None:
    text = document.clean.text
    if one.kind not in {"collective", *_NAMED} or (one.kind in _NAMED and one.entity is None):
        return None
    before = text[scope.start : one.start]
    if before.count('"') % 2:
        return None
    for ahead, behind in _VIEW_OF:
        view_of = behind.match(text, one.end, scope.end)
        opening = ahead.search(before)
        if view_of and opening and not _PRONOUN.fullmatch(text[one.start : one.end]):
            quantifier = text[one.start : one.end] if one.kind == "collective" else None
            start = scope.start + opening.start()
            named = (one.entity,) if one.entity and one.kind in _NAMED else ()
            at = view_of.end()
            return Stand(start, scope.end, at, at, one, named, quantifier, None, "view", "asserted", scope)
    if _PREPOSITION.search(before) and not (one.kind in _NAMED and _SPEAKS_FOR.search(before)):
        return None
    gap = _LINK.match(text, one.end, scope.end)
    found = gap and _view(text, gap.end(), scope, one, said_before)
    if not gap or not found:
        return None
    view, words_end = found
    words = text[one.start : one.end]
    pronoun = bool(_PRONOUN.fullmatch(words))
    if pronoun and (antecedent is None or _other_between(text, people, scope, one)):
        return None
    said = "asserted" if view.stance == "opposition" else modality(text, gap.end(), gap.end() + 4)
    if said in {"conditional", "unknown", "negated"}:
        return None
    quantifier = None
    if one.kind == "collective":
        quantifier = text[antecedent.start : antecedent.end] if pronoun and antecedent else words
    place = (antecedent.start, antecedent.end) if pronoun and antecedent else None
    made: Modality = "planned" if said == "planned" and "would" not in text[gap.end() : gap.end() + 6] else "asserted"
    holders = _holders(document, people, one, scope, gap.end())
    if one.kind in _NAMED and not holders:
        return None
    start = min((who.start for who in people if who.entity in holders and who.start >= scope.start), default=one.start)
    start = min(start, one.start)
    return Stand(start, scope.end, gap.end(), words_end, one, holders, quantifier, place, view.stance, made, scope)


def _view(text: str, at: int, scope: Scope, one: Actor, said_before: frozenset[str]) -> tuple[View, int] | None:
    """The first form of view that begins there and that such a holder can have, and where its words end."""
    for view in views():
        fits = (view.states or one.kind == "collective") and (view.after is None or view.after in said_before)
        if fits and (match := view.regex.match(text, at, scope.end)):
            return view, match.end()
    return None


def _holders(document: Document, people: tuple[Actor, ...], one: Actor, scope: Scope, verb: int) -> tuple[Entity, ...]:
    """Those who are named for the view: all that are joined before its verb, or those on whose behalf one speaks."""
    if one.kind not in _NAMED:
        return ()
    joined = subject(document.clean.text, people, scope.start, verb)
    speakers = joined if joined and joined[-1] == one else (one,)
    ahead = document.clean.text[scope.start : speakers[0].start]
    if _PREPOSITION.search(ahead) and not _SPEAKS_FOR.search(ahead):
        return ()
    return on_behalf(document, placed(document), speakers)


def _other_between(text: str, people: tuple[Actor, ...], scope: Scope, pronoun: Actor) -> bool:
    """Whether the sentence itself names somebody before the pronoun, who may be meant by it."""
    return any(
        one.end <= pronoun.start
        and one.kind not in {"instrument", "paper"}
        and not _PREPOSITION.search(text, scope.start, one.start)
        for one in people
    )


def _bounded(here: list[Stand]) -> Iterator[Stand]:
    for stand, following in zip(here, [*here[1:], None][: len(here)], strict=True):
        yield replace(stand, end=following.start) if following and following.start > stand.verb else stand


def _targets(document: Document, links: tuple[Placed, ...], stand: Stand) -> list[Entity]:
    """What the view is about: a paper that the clause names, else that of the section; else a topic, likewise."""
    papers = [o.entity for o in within(links, stand.start, stand.end, "document-number") if o.entity]
    topics = [o.entity for o in within(links, stand.start, stand.end, "topic") if o.entity]
    section = [stand.scope.document] if stand.scope.document else []
    known = stand.scope.topic if stand.scope.topic and stand.scope.topic.key[0] != "candidate" else None
    found = papers or section or topics or ([known] if known else _object(document, stand))
    return list(dict.fromkeys(entity for entity in found if entity != document.entity))


def _object(document: Document, stand: Stand) -> list[Entity]:
    """The subject that is supported or opposed; "Norland supported and Sudmark opposed the tax" share one."""
    if stand.stance not in {"support", "opposition"}:
        return []
    text = document.clean.text
    start, end = stand.said, stand.end
    if not text[start:end].strip(" ,").removeprefix("and").removesuffix("and").strip(" ,"):
        following = next((one for one in stands(document) if one.start >= end and one.scope == stand.scope), None)
        return _object(document, following) if following and following.said > stand.said else []
    titled = _TITLED.match(text, start, end)
    found = titled or _OBJECT.match(text, start, end)
    words = titled["topic"] if titled else subject_of(found["topic"]) if found else None
    return [topic_called(document, words)] if words else []


def divided(document: Document) -> Iterator[tuple[Scope, tuple[Entity, ...]]]:
    """The sentences, or the neighbours in a paragraph, that report voices for and against, with what these name."""
    said: dict[tuple[int, Entity | None], list[Stand]] = {}
    for stand in stands(document):
        said.setdefault((stand.scope.block.order, stand.scope.meeting), []).append(stand)
    for group in said.values():
        by_sentence: dict[int, list[Stand]] = {}
        for stand in group:
            by_sentence.setdefault(stand.scope.start, []).append(stand)
        split = [same for same in by_sentence.values() if _both_sides(same)]
        if not split and _both_sides(group) and _neighbours(document, group):
            split = [group]
        for same in split:
            named = [entity for stand in same for entity in _object(document, stand)]
            yield same[0].scope, tuple(dict.fromkeys(named))


def _both_sides(group: list[Stand]) -> bool:
    return {"support", "opposition"} <= {stand.stance for stand in group}


def _neighbours(document: Document, group: list[Stand]) -> bool:
    """Whether the first voice for and the first one against stand in sentences that follow each other."""
    text = document.clean.text
    first = [next(s for s in group if s.stance == stance) for stance in ("support", "opposition")]
    one, other = sorted(first, key=lambda stand: stand.scope.start)
    return not text[one.scope.end : other.scope.start].strip()
