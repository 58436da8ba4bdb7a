"""The baseline beside which every figure stands: the regular expressions of `baseline.toml` and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pycountry

from ingest.evaluation import wording
from ingest.evaluation.account import Account, Fact, Place, Thing, slug

_HOLE = re.compile(r"\{(\w+)(?:\|(\w+))?\}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `baseline.toml`, compiled. about is the type of the thing that the facts are of, so many signs off."""

    regex: re.Pattern[str]
    entity: str
    mention: str | None
    about: str | None
    within: int
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    key: str
    place: Place


@cache
def rows() -> tuple[Row, ...]:
    """The expressions, in the order in which they are run: things before what is told of them."""
    raw = tomllib.loads((resources.files(__package__) / "baseline.toml").read_text(encoding="utf-8"))
    found = []
    for row in raw["row"]:
        regex = re.compile(_states() if row.get("countries") else row["regex"])
        facts = tuple((name, target) for name, target in row.get("facts", ()))
        found.append(
            Row(regex, row.get("entity", ""), row.get("mention"), row.get("about"), row.get("within", 0), facts)
        )
    return tuple(found)


@cache
def _filters() -> dict[str, dict[str, str]]:
    raw = tomllib.loads((resources.files(__package__) / "baseline.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = raw["filters"]
    return found


@cache
def _codes() -> dict[str, str]:
    """States by their short names in ISO 3166."""
    return {getattr(each, "common_name", each.name): each.alpha_3 for each in pycountry.countries}


def _states() -> str:
    names = sorted(_codes(), key=len, reverse=True)
    return rf"\b(?P<state>{'|'.join(map(re.escape, names))})\b"


def account(text: str) -> Account:
    """What the expressions find in a text."""
    hits: list[_Hit] = []
    facts: list[Fact] = []
    for row in rows():
        for found in row.regex.finditer(text):
            facts.extend(_told(row, found, hits))
    places: dict[str, list[Place]] = {}
    for hit in hits:
        places.setdefault(hit.key, []).append(hit.place)
    things = tuple(_things(places, facts, text))
    return Account(text, things, tuple(dict.fromkeys(facts)))


def _told(row: Row, found: re.Match[str], hits: list[_Hit]) -> Iterator[Fact]:
    subject = wording.key(_filled(row.entity, found)) if row.entity else None
    place = found.span(row.mention) if row.mention else found.span()
    if subject:
        hits.append(_Hit(subject, place))
    elif row.about:
        before = [h for h in hits if h.key.startswith(f"{row.about}:") and h.place[1] <= found.start()]
        last = max(before, key=lambda hit: hit.place[1], default=None)
        subject = last.key if last and found.start() - last.place[1] <= row.within else None
    if subject is None:
        return
    for name, form in row.facts:
        target = _filled(form.removeprefix('"'), found)
        literal = form.startswith('"')
        if target and not target.endswith(":"):
            told = wording.value(name, target) if literal else wording.key(target)
            yield Fact(subject, name, told, "asserted", (found.span(),), literal)


def _things(places: dict[str, list[Place]], facts: Iterable[Fact], text: str) -> Iterator[Thing]:
    submitted = {fact.subject for fact in facts if fact.predicate == "submitted_by"}
    for key, found in places.items():
        kind = "contribution" if key in submitted else wording.type_of(key)
        names = frozenset(slug(text[start:end]) for start, end in found) - {""}
        yield Thing(key, kind, tuple(dict.fromkeys(found)), (), names)


def _filled(form: str, found: re.Match[str]) -> str:
    def fill(hole: re.Match[str]) -> str:
        name, how = hole[1], hole[2]
        if name == "at":
            return str(found.start())
        if name == "iso3":
            return _codes()[found["state"]]
        return _FILTERS[how](found[name] or "", found) if how else found[name] or ""

    return _HOLE.sub(fill, form)


def _form(word: str, _: re.Match[str]) -> str:
    return {"Resolution": "res", "Decision": "dec"}[word]


def _year(word: str) -> str:
    return f"20{word}" if len(word) == len("31") else word


_FILTERS: dict[str, Callable[[str, re.Match[str]], str]] = {
    "slug": lambda word, _: slug(word),
    "form": _form,
    "tail": lambda word, _: f":{_year(word)}" if word else "",
    "century": lambda word, _: _year(word) if word else "",
    "ordinal": lambda word, _: _filters()["ordinals"].get(word.lower(), word),
    "month": lambda word, _: _filters()["months"][word.lower()],
    "two": lambda word, _: word.zfill(2),
    "range": lambda word, found: (
        f"/{found['year']}-{_filters()['months'][found['month'].lower()]}-{word.zfill(2)}" if word else ""
    ),
    "or_year": lambda word, found: word or found["year"],
    "iso3": lambda word, _: _codes().get(word, ""),
    "kind": lambda word, _: _kind(word),
    "report": lambda word, _: "report of the chair" if "chair" in word.lower() else "report of a meeting",
}


def _kind(verb: str) -> str:
    """The kind of decision that a verb in the past names, by its first letters."""
    kinds = {
        "agr": "decision", "dec": "decision", "req": "request", "ask": "request", "inv": "invitation", "not": "noting",
        "too": "noting", "app": "approval", "ado": "approval", "enc": "encouragement", "rec": "recommendation",
    }  # fmt: skip
    return kinds[verb[:3].lower()]
