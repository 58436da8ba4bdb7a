"""How a clause puts what it says: done, planned, proposed, conditional, negated, or open.

Most wrong facts in reports are true sentences in the wrong tense, so the question is asked verb by verb, and
the answer for one verb says nothing about its neighbour. The forms are data (`certainty.toml`).

Minutes of a past meeting tell plans in the past: "would open" is planned, not done. "No consensus was
reached" is asserted: it is an outcome, and a negative one; "no summary was prepared" negates the summary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.model import Modality
from ingest.rulebook import rules

_FAR = 4000
_NEAR = 240
"""How far, in characters, a sentence and a verb group can reach: bounds for text that has no stops."""

_STOP = re.compile(r"""[.!?]["')\]]*\s+(?=["'(\[]?[A-Z0-9])|;\s|\n""")
_NUMBER = re.compile(
    r"(?:\(?[\w.]{1,8}[.)]?\t|[-\u2010-\u2015\u00b7\u2022]\s+|\d+(?:\.\d+)*\.?\s+|\(?[a-z]{1,3}\)\s+)\s*"
)
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Res|Rev|No|Nos|Doc|Art|Ch|vs|cf|e\.g|i\.e|approx|[A-Z])$")
_CLAUSE = re.compile(
    r",\s+(?:(?:and|but|while|whereas|although|which|who|as)\s)|\s(?:but|while|whereas|although|because)\s|:\s"
    r"|,\s+(?=the\s|it\s|[A-Z])|\s(?:that|which|who)\s"
)
_WORD = (
    r"(?:will|would|shall|should|may|might|can|could|must|cannot|is|are|was|were|be|been|being|has|have|had|do|does|did"
    r"|to|not|never|like|wish|prefer|ought|needs?|set|due|scheduled|planned|expected|intended|about|foreseen|remains?"
    r"|also|then|still|further|duly|yet|already|now|again|only|hardly|no\s+longer|\w+n't|\w+ly)"
)
_GROUP = re.compile(rf"(?:\b{_WORD}(?:,[^,;]{{1,60}},)?\s+)+$", re.IGNORECASE)
_SHARED = re.compile(
    rf"(?P<group>(?:\b(?:will|would|shall|should|may|might|can|could|must|to)\s+(?:{_WORD}\s+)*))(?P<first>[a-z]+)\b"
    r"[^,;]*?,?\s+(?:and|or)\s+(?:[\w-]+ly\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of `certainty.toml`, compiled; needs is what the other forms must have given for it to apply."""

    name: str
    place: str
    gives: Modality
    regex: re.Pattern[str]
    needs: str | None = None


@cache
def forms() -> tuple[Form, ...]:
    """The forms, in the order in which they are tried."""
    return tuple(
        Form(
            name=row["name"],
            place=row["place"],
            gives=row["gives"],
            regex=re.compile(row["regex"], re.IGNORECASE),
            needs=row.get("needs"),
        )
        for row in rules("certainty")["form"]
    )


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch around [start, end) up to a full stop, a semicolon or the end of the line."""
    left = max(text.rfind("\n", 0, start) + 1, start - _FAR)
    number = _NUMBER.match(text, left, start)
    left = number.end() if number else left
    stop = text.find("\n", end, end + _FAR)
    right = min(len(text), end + _FAR) if stop < 0 else stop
    for match in _STOP.finditer(text, left, right):
        if text[match.start()] == "." and _ABBREVIATION.search(text, left, match.start()):
            continue
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            return left, match.start() + (text[match.start()] != ";")
    return left, right


def clause_start(text: str, left: int, start: int) -> int:
    """Where the clause that holds start begins, not before left."""
    position = left
    for match in _CLAUSE.finditer(text, left, start):
        relative = match.group().strip().lower() in {"that", "which", "who"}
        position = match.start() + 1 if relative else match.end()
    return position


def _shared_group(text: str, left: int, start: int, verb: str) -> str:
    """The auxiliaries that an earlier verb shares with this one: "would open the call and *print* it"."""
    found = _SHARED.search(text, left, start)
    if not found:
        return ""
    participle = verb.split()[0].lower().endswith("ed")
    passive = bool(re.search(r"\bbe\s+$", found["group"]))
    return found["group"] if participle == passive else ""


def group_at(text: str, left: int, verb: int) -> int:
    """Where the auxiliaries and adverbs directly before a verb begin; verb itself if there are none."""
    found = _GROUP.search(text, max(left, verb - _NEAR), verb)
    return found.start() if found else verb


def _places(text: str, start: int, end: int) -> dict[str, str]:
    left, right = sentence(text, start, end)
    group_start = group_at(text, left, start)
    verb = text[start:end]
    group = text[group_start:start] or _shared_group(text, left, start, verb)
    clause = clause_start(text, left, group_start)
    return {
        "verb": verb,
        "group": f"{group}{verb}",
        "subject": text[clause:group_start],
        "governor": text[left:start],
        "before": text[_comma(text, left, start) : start],
        "after": text[end:right],
    }


def _comma(text: str, left: int, start: int) -> int:
    """Where the stretch without a comma before start begins, the comma itself included."""
    return max(left, text.rfind(",", left, start))


def modality(clean_text: str, start: int, end: int) -> Modality:
    """How the clause around the verb at [start, end) of a cleaned text puts what that verb says.

    The verb may be given with its auxiliaries or without. "unknown" means that the clause leaves it open
    ("may", "could", a bare purpose), not that no rule fitted: what no form changes is asserted.
    """
    start = _skip_auxiliaries(clean_text, start, end)
    places = _places(clean_text, start, end)
    plain = _first(places, skip_after=True)
    for form in forms():
        if form.place == "after" and plain == form.needs and form.regex.search(places["after"]):
            return form.gives
    return plain


def _skip_auxiliaries(text: str, start: int, end: int) -> int:
    found = re.compile(rf"(?:{_WORD}\s+)*", re.IGNORECASE).match(text, start, end)
    return found.end() if found and found.end() < end else start


def _first(places: dict[str, str], *, skip_after: bool) -> Modality:
    for form in forms():
        if skip_after and form.place == "after":
            continue
        if form.regex.search(places[form.place]):
            return form.gives
    return "asserted"


_CONDITION = re.compile(
    r"(?:[,(]\s*(?P<inverted>should\s+(?!be\b|not\b|also\b|have\b)\w[^;]*)"
    r"|(?P<joined>\b(?:provided\s+(?:that\s)?|on\s+(?:the\s+)?condition\s+that\s|unless\s|subject\s+to\s"
    r"|if\s(?!any|necessary|needed|appropriate|possible|required|so\b)"
    r"|on\s+the\s+understanding\s+that\s|it\s+being\s+understood\s+that\s|in\s+the\s+event\s+(?:that|of)\s|pending\s)[^;]*))"
)
_LEADING = re.compile(
    r"(?P<words>(?:Should\s(?!be\b)|If\s(?!any|necessary|needed|appropriate|possible|so\b)|Provided\s+that\s|Unless\s"
    r"|Subject\s+to\s|In\s+the\s+event\s)[^,;]+),"
)


def condition(clean_text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the sentence around [start, end) words a condition: offsets in the cleaned text, no full stop."""
    left, right = sentence(clean_text, start, end)
    found = _CONDITION.search(clean_text, end, right) or _LEADING.match(clean_text, left, start)
    if not found:
        return None
    words = next(name for name, value in found.groupdict().items() if value)
    words_start = found.start(words)
    return words_start, words_start + len(found[words].rstrip(" .)"))
