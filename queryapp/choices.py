"""What may stand in a question's parameters on one dataset: things of the same kind as its example, or a day.

A question file holds examples with the project's default base. On a dataset with another base, or without the
example, it is shown and run with what that dataset has, and says which example was replaced.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ontology.prefixes import PREFIXES, expand
from queryapp.errors import QueryError
from queryapp.foreign import ForeignError
from queryapp.nothing import as_ask
from queryapp.queries import Parameter, Question, load, parse
from queryapp.rows import Term, iri, typed
from queryapp.store import Store

TRIES = 50
"""Things that are tried as an example until the question has an answer."""

SECONDS = 1.0
"""How long trying may take."""

CLASSES: Mapping[str, tuple[str, ...]] = {
    "activity": ("rc:OpenConsultation", "rc:Activity"),
    "assertion": ("rc:Assertion",),
    "body": ("org:Organization",),
    "clause": ("rc:Clause",),
    "consultation": ("rc:OpenConsultation",),
    "decision": ("eli-dl:Decision",),
    "document": ("rc:Document",),
    "event": ("rc:Conference", "rc:Session", "rc:Meeting"),
    "evidence": ("oa:Annotation",),
    "file": ("eli:Format",),
    "meeting": ("rc:Meeting",),
    "person": ("foaf:Person",),
    "resolution": ("eli:ComplexWork",),
    "revision": ("eli:LegalResource",),
    "state": ("schema:Country",),
    "topic": ("skos:Concept",),
}
"""The classes of what a parameter takes, by its kind."""

SAME = {"conference": "event", "session": "event", "restatement": "document"}
"""First words of addresses that name a kind otherwise."""


@dataclass(frozen=True, slots=True)
class Option:
    """A thing that may be chosen; path is its address below the dataset's base."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A question as it stands on one dataset: text runs as it is; replaced names examples that had to go.

    terms are the values of its parameters, given or found.
    """

    text: str
    terms: Mapping[str, Term]
    replaced: Mapping[str, Term]


def rebased(question: Question, base: str) -> Question:
    """The question with the dataset's base in place of the default one."""
    return question if base == PREFIXES["id"] else parse(question.name, question.text.replace(PREFIXES["id"], base))


def kind(parameter: Parameter, base: str = PREFIXES["id"]) -> str:
    """What a parameter takes: "date", a key of CLASSES, or "" where neither its name nor its example says."""
    if parameter.example.startswith('"'):
        return "date" if "date" in parameter.example.lower() else ""
    path = parameter.example.strip("<>").removeprefix(base)
    first, parts = path.partition("/")[0], path.split("/")
    if "clause" in parts:
        return "clause"
    if first == "resolution":
        return "resolution" if len(parts) == 3 else "revision"
    named = parameter.name if parameter.name in CLASSES else SAME.get(first, first)
    return named if named in CLASSES else ""


def options(store: Store, base: str, kind: str) -> list[Option]:
    """The things of a kind that have an address below the base, by label as people sort: 9 before 10."""
    if kind not in CLASSES:
        return []
    asked = load("data_choices").fill({"class": [iri(expand(name)) for name in CLASSES[kind]]})
    labels: dict[str, str] = {}
    for row in store.select(asked):
        address = row.words("thing")
        if address.startswith(base):
            labels.setdefault(address.removeprefix(base), row.words("label"))
    found = [Option(path, label or path) for path, label in labels.items()]
    return sorted(found, key=lambda option: (_natural(option.label), _natural(option.path)))


def term(parameter: Parameter, given: str, base: str) -> Term:
    """The term that a person means: an IRI, an address below the base, a day. Raises QueryError for what is none."""
    if kind(parameter, base) == "date":
        try:
            return typed(date.fromisoformat(given.strip()).isoformat(), "date")
        except ValueError as wrong:
            raise QueryError(f"{parameter.name}={given[:40]}: not a date. Write it as 2025-02-20.") from wrong
    address = given.strip()
    return iri(address if re.match(r"[A-Za-z][\w+.-]*:", address) else base + address.lstrip("/"))


def settle(
    question: Question,
    store: Store,
    base: str,
    given: Mapping[str, Term] | None = None,
    ask: Callable[[str, float], bool] | None = None,
) -> Settled:
    """The question with the dataset's base, the values given, and examples that the dataset has.

    Where nothing but days is given and the examples have no answer here, other things of their kinds are tried: ask
    answers an ASK within the seconds that it is given, or raises a ForeignError. None: nothing is tried.
    """
    question, given = rebased(question, base), dict(given or {})
    own = {p.name: iri(p.example[1:-1]) for p in question.parameters if p.example[0] == "<" and p.name not in given}
    found = {name: address for name, address in own.items() if _exists(store, address)}
    for parameter in question.parameters:
        if parameter.name in own and parameter.name not in found:
            others = options(store, base, kind(parameter, base))
            if others:
                found[parameter.name] = iri(base + _closest(own[parameter.name].value, others).path)
    if ask and not any(value.is_iri for value in given.values()) and question.form == "SELECT" and own:
        tries = _tries(question, store, base, {**given, **own, **found})
        answering = _answering(question, tries, ask) or {}
        found |= {name: value for name, value in answering.items() if name in own and value != own[name]}
    replaced = {name: address for name, address in found.items() if address != own[name]}
    kept = {p.name: value for p in question.parameters if (value := _literal(p)) and p.name not in given}
    terms = {**kept, **own, **found, **given}
    changed = {name: value for name, value in terms.items() if name not in kept}
    return Settled(question.filled(changed), terms, replaced)


def _answering(
    question: Question, tries: Iterable[dict[str, Term]], ask: Callable[[str, float], bool]
) -> dict[str, Term] | None:
    """The first of these choices that the question has an answer to; None if there is none, or none in time."""
    until = time.monotonic() + SECONDS
    for tried in tries:
        left, asking = until - time.monotonic(), as_ask(question.fill(tried))
        if left <= 0 or asking is None:
            return None
        try:
            if ask(asking, left):
                return tried
        except ForeignError:
            return None
    return None


def _tries(question: Question, store: Store, base: str, terms: dict[str, Term]) -> Iterator[dict[str, Term]]:
    yield terms
    for parameter in question.parameters:
        if parameter.name in terms and terms[parameter.name].is_iri:
            for option in options(store, base, kind(parameter, base))[:TRIES]:
                yield {**terms, parameter.name: iri(base + option.path)}


def _closest(address: str, found: list[Option]) -> Option:
    """The thing whose address ends in the same word, else the first."""
    tail = address.rpartition("/")[2]
    return next((option for option in found if option.path.rpartition("/")[2] == tail), found[0])


def _exists(store: Store, thing: Term) -> bool:
    return store.ask(load("data_exists").fill(thing=thing))


def _literal(parameter: Parameter) -> Term | None:
    found = re.match(r'"([^"]*)"\^\^', parameter.example)
    return typed(found[1], "date") if found and kind(parameter) == "date" else None


def _natural(words: str) -> list[tuple[int, int, str]]:
    """A key by which numbers in a text sort as numbers."""
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part.casefold()) for part in re.findall(r"\d{1,18}|\D+", words)
    ]
