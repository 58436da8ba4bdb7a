"""Looks at foreign query text before anything parses it: one pass, in linear time, without recursion.

The engine's parser and optimizer recurse without a limit, so nesting, length, operators and patterns are bounded
here; the bounds leave room for every query that a person writes. SERVICE and updates are refused as tokens, not as
substrings: "SERVICE" in quotes, ?service and service:x pass. What is let through here may still cost too much;
that is what the workers' deadline and memory limit are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ontology.prefixes import PREFIXES

_NAME = r"A-Za-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌-‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-\U000effff_"
_REST = _NAME + r"0-9·̀-ͯ‿-⁀-"

_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+|\#[^\r\n]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]{{4}}[^<>"{{}}|^`\\\x00-\x20]*)*>)
    | (?P<text>"{{3}}(?:[^"\\]|\\.|"(?!""))*"{{3}}|'{{3}}(?:[^'\\]|\\.|'(?!''))*'{{3}}
        |"(?!"")(?:[^"\\\r\n]|\\.)*"|'(?!'')(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$][{_NAME}0-9][{_REST}]*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:[{_REST}](?:[{_REST}]|\.+(?=[{_REST}]))*)
    | (?P<prefixed>(?:[{_NAME}][{_REST}.]{{0,200}})?:
        (?:[{_REST}:]|\.+(?=[{_REST}:%\\])|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[A-Za-z][A-Za-z0-9_-]*)
    | (?P<open>[({{\[])
    | (?P<close>[)}}\]])
    | (?P<separator>[.;,])
    | (?P<sign>\^\^|\|\||&&|!=|<=|>=|[=<>!+*/|^?~&-])
    """,
    re.VERBOSE | re.DOTALL,
)

_ASCII_ESCAPE = re.compile(r"\\(?:u00|U000000)[0-7][0-9A-Fa-f]")

UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())  # noqa: SIM905
FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
COSTLY = frozenset("UNION MINUS OPTIONAL FILTER BIND EXISTS GRAPH VALUES IN LATERAL".split())  # noqa: SIM905

PAIRS = {")": "(", "}": "{", "]": "["}


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of each a query may have. bytes counts the text in UTF-8.

    ascii_escapes False refuses \\uXXXX for ASCII characters: an engine that resolves them before it reads the text,
    as the standard has it, would see quotes and line ends where this pass saw none.
    """

    bytes: int = 100_000
    tokens: int = 6_000
    nesting: int = 64
    operators: int = 400
    signs: int = 32
    patterns: int = 256
    ascii_escapes: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text goes no further; line and column count from 1.

    kind is "forbidden", "too-long", "too-much" or "broken".
    """

    kind: str
    message: str
    line: int
    column: int
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What the pass saw. form is the query's first form word, "" if it has none.

    undeclared lists prefixes that are used and not declared, each with the line and column where it is first used.
    """

    refusal: Refusal | None = None
    form: str = ""
    undeclared: tuple[tuple[str, int, int], ...] = ()


@dataclass(slots=True)
class _Pass:
    """The counts of one pass."""

    text: str
    bounds: Bounds
    tokens: int = 0
    operators: int = 0
    signs: int = 0
    patterns: int = 0
    form: str = ""
    stack: list[str] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    used: dict[str, int] = field(default_factory=dict)
    data_at: int = -1
    last: str = ""
    last_word: str = ""

    def refuse(self, kind: str, message: str, at: int, hint: str | None = None) -> Scan:
        return Scan(Refusal(kind, message, *place(self.text, at), hint), self.form)


def scan(text: str, bounds: Bounds | None = None) -> Scan:
    """One pass over a foreign query."""
    bounds = bounds or Bounds()
    seen = _Pass(text, bounds)
    if len(text) > bounds.bytes or len(text.encode("utf-8", "replace")) > bounds.bytes:
        return seen.refuse("too-long", f"The query is longer than {bounds.bytes:,} bytes.", 0, "Send a shorter query.")
    if not bounds.ascii_escapes and (escape := _ASCII_ESCAPE.search(text)):
        hint = "Write the character itself."
        return seen.refuse("forbidden", f"{escape[0]} stands for a plain character.", escape.start(), hint)
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return _unreadable(seen, at)
        at = match.end()
        if match.lastgroup == "space":
            continue
        refused = _count(seen, match)
        if refused is not None:
            return refused
    undeclared = tuple(
        (prefix, *place(text, where)) for prefix, where in seen.used.items() if prefix not in seen.declared
    )
    return Scan(None, seen.form, undeclared)


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def declare(prefixes: tuple[str, ...], known: Mapping[str, str] = PREFIXES) -> str | None:
    """The PREFIX lines that a query lacks, as far as these prefixes are known; None if none is."""
    lines = [f"PREFIX {prefix}: <{known[prefix]}>" for prefix in prefixes if prefix in known]
    return "\n".join(lines) or None


def completed(text: str, seen: Scan, known: Mapping[str, str] = PREFIXES) -> tuple[str, tuple[str, ...]]:
    """The query with the PREFIX lines that it lacks on top, and these lines; as it was if nothing known is lacking."""
    lines = declare(tuple(prefix for prefix, _, _ in seen.undeclared), known)
    return (f"{lines}\n{text}", tuple(lines.splitlines())) if lines else (text, ())


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a query: kind is the name of its group in the scan; end excluded."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words and signs of a query, without white space and comments, up to the first that cannot be read."""
    at = 0
    while at < len(text) and (match := _TOKEN.match(text, at)):
        at = match.end()
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "", match[0], match.start(), at)


def _count(seen: _Pass, match: re.Match[str]) -> Scan | None:
    """Count one token; the refusal it leads to, if any."""
    kind, token, at, bounds = match.lastgroup or "", match[0], match.start(), seen.bounds
    seen.tokens += 1
    seen.signs = seen.signs + 1 if kind == "sign" else 0
    refused = _open_or_close(seen, kind, token, at)
    if kind in ("word", "prefixed"):
        refused = refused or _word(seen, kind, token, match.end(), at)
    elif kind == "sign":
        seen.operators += 1
    elif kind == "separator" and not (seen.stack and seen.stack[-1] == "("):
        seen.patterns += 1
    if _is_list_item(seen, kind):
        seen.patterns += 1
    seen.last = kind
    return refused or next(
        (
            seen.refuse("too-much", f"The query has more than {most} {what}.", at, "Split it into several queries.")
            for have, most, what in (
                (seen.tokens, bounds.tokens, "words and signs"),
                (len(seen.stack), bounds.nesting, "brackets within each other"),
                (seen.operators, bounds.operators, "operators"),
                (seen.signs, bounds.signs, "signs in a row"),
                (seen.patterns, bounds.patterns, "patterns"),
            )
            if have > most
        ),
        None,
    )


def _open_or_close(seen: _Pass, kind: str, bracket: str, at: int) -> Scan | None:
    if kind == "open":
        if bracket == "{" and seen.last_word == "VALUES" and seen.data_at < 0:
            seen.data_at = len(seen.stack)
        elif bracket in "{[":
            seen.patterns += seen.data_at < 0
        seen.stack.append(bracket)
        seen.last_word = "" if bracket == "{" else seen.last_word
    elif kind == "close":
        if not seen.stack or seen.stack[-1] != PAIRS[bracket]:
            return seen.refuse("broken", f"The bracket {bracket} closes nothing here.", at, "Check the brackets.")
        seen.stack.pop()
        if len(seen.stack) == seen.data_at:
            seen.data_at = -1
    return None


def _word(seen: _Pass, kind: str, token: str, end: int, at: int) -> Scan | None:
    """Keywords and prefixed names, told apart the way a grammar without word boundaries might."""
    word = token.upper()
    if kind == "prefixed":
        prefix = token.partition(":")[0]
        if seen.last_word == "PREFIX":
            seen.declared.add(prefix)
            seen.last_word = ""
        else:
            seen.used.setdefault(prefix, at)
        if "SERVICE" not in prefix.upper() or _next(seen.text, end) != "{":
            return None
    elif "SERVICE" not in word:
        return _keyword(seen, word, at)
    return seen.refuse(
        "forbidden",
        "SERVICE is refused: this endpoint asks no other.",
        at,
        "Ask the other endpoint yourself, and join.",
    )


def _keyword(seen: _Pass, word: str, at: int) -> Scan | None:
    if word in UPDATES:
        hint = "Corrections are made where the record is built."
        return seen.refuse("forbidden", f"{word} is refused: this endpoint only reads.", at, hint)
    if word in FORMS and not seen.form:
        seen.form = word
    seen.operators += word in COSTLY
    seen.last_word = word
    return None


def _is_list_item(seen: _Pass, kind: str) -> bool:
    """Whether the token follows a term in round brackets without a sign between: an item of a list in a pattern."""
    terms = ("iri", "text", "variable", "blank", "prefixed", "number", "close")
    in_list = bool(seen.stack) and seen.stack[-1] == "(" and seen.data_at < 0
    return in_list and seen.last in terms and kind in terms and kind != "close"


def _next(text: str, at: int) -> str:
    """The first character after white space and comments, "" at the end."""
    for match in _spaces(text, at):
        at = match.end()
    return text[at : at + 1]


def _spaces(text: str, at: int) -> Iterator[re.Match[str]]:
    while (match := _TOKEN.match(text, at)) and match.lastgroup == "space":
        yield match
        at = match.end()


def _unreadable(seen: _Pass, at: int) -> Scan:
    character = seen.text[at]
    if character in "\"'":
        return seen.refuse("broken", "A text that begins here is not closed.", at, f"Close it with {character}.")
    return seen.refuse("broken", f"The character {character!r} cannot stand here.", at, "Remove it, or quote it.")
