"""The verbs of `clauses.toml` in one language, compiled: what heads, addressees and their clauses look like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.rulebook import rules

DEFAULT = "en"
_NUMBERED = r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]{0,2}"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as printed: its concept, that behind "further" and its like, its part, whether it speaks to somebody."""

    role: str
    further: str
    operative: bool
    addressed: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """The forms of verbs that no role lists, alone in a line and leading a paragraph; group verb is the verb itself."""

    preambular: re.Pattern[str]
    operative: re.Pattern[str]
    leads_preambular: re.Pattern[str]
    leads_operative: re.Pattern[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """How another text tells of clauses: the verb behind a citation, what stands between, the tasks in a sentence.

    to is who is asked and what, inline the same with a number before the task, quoted_to who
    is asked before a quotation, next where another task begins.
    """

    verb: re.Pattern[str]
    between: re.Pattern[str]
    task: re.Pattern[str]
    to: re.Pattern[str]
    inline: re.Pattern[str]
    quoted_to: re.Pattern[str]
    next: re.Pattern[str]
    number: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms of one language.

    head is a head from its start: groups before, verb, after and, for what it addresses, rest. verb is the verb alone
    with its adverbs, so that a line may begin with it. hanging finds verbs inside a line. opens is what a clause
    begins with ("to report"), addressee who may be spoken to, telling how another text tells of clauses.
    """

    verbs: dict[str, Verb]
    verb: re.Pattern[str]
    hanging: re.Pattern[str]
    telling: Telling
    told_roles: dict[str, str]
    opens: re.Pattern[str]
    asked: re.Pattern[str]
    addressee: re.Pattern[str]
    together: re.Pattern[str]
    bare: re.Pattern[str]
    qualifier: re.Pattern[str]
    especially: re.Pattern[str]
    finite: re.Pattern[str]
    again: re.Pattern[str]
    subject: re.Pattern[str]
    thing: re.Pattern[str]
    relative: re.Pattern[str]
    interrupted: re.Pattern[str]
    goes_on: re.Pattern[str]
    dangling: re.Pattern[str]
    joined: re.Pattern[str]
    states: re.Pattern[str]
    past: tuple[str, ...]
    numbered: re.Pattern[str]
    unknown: Unknown
    speaking: frozenset[str]


def grammar(language: str | None) -> Grammar:
    """The forms of a language; those of English where the rules know none for it."""
    return _grammar(language if language in rules("clauses")["grammar"] else DEFAULT)


@cache
def _grammar(language: str) -> Grammar:
    form: dict[str, Any] = rules("clauses")["grammar"][language]
    rows = [row for row in rules("clauses")["role"] if row.get("language", DEFAULT) == language]
    verbs = _verbs(rows)
    said = _said(form, rows)
    told = _told(form, rows)
    return Grammar(
        verbs=verbs,
        verb=re.compile(said),
        hanging=re.compile(rf"(?:[,;.:] |^)(?P<and>{form['and']} )?(?P<head>{said})(?=[ ,:]|$)"),
        telling=_telling(form["telling"], told),
        told_roles=told,
        opens=re.compile(form["opens"]),
        asked=re.compile(rf",? (?={form['opens']}|{_NUMBERED} (?:{form['opens']}))"),
        addressee=re.compile(rf" ?{form['governs']}(?P<who>{form['addressee']})"),
        especially=re.compile(form["especially"]),
        bare=re.compile(form["bare"]),
        qualifier=re.compile(form["qualifier"]),
        together=re.compile(form["together"]),
        finite=re.compile(form["finite"]),
        again=re.compile(rf"(?i)\b(?:{_any(form['again'])})\b"),
        thing=re.compile(form["thing"]),
        interrupted=re.compile(form["interrupted"]),
        relative=re.compile(form["relative"]),
        goes_on=re.compile(form["goes_on"]),
        dangling=re.compile(form["dangling"]),
        joined=re.compile(rf"{form['and']} (?=[a-zà-ÿ])"),
        states=re.compile(form["states"]),
        past=tuple(form["past"]),
        numbered=re.compile(rf",? (?=\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})(?:\)|\.| (?={form['task']})))"),
        unknown=_unknown(form),
        speaking=frozenset(verb.role for verb in verbs.values() if verb.addressed),
        subject=re.compile(rules("clauses")["enacting"]["subject"]),
    )  # fmt: skip


def _unknown(form: dict[str, Any]) -> Unknown:
    said = form["unknown"]
    adverb = _any((*form["again"], *form["manner"]))
    before, after = (
        rf"(?P<before>(?:(?i:{adverb}),? )*)",
        rf"(?:,? (?i:{adverb})(?!\w))*(?: (?i:{form['manner_phrase']}))?",
    )

    def verb(part: str) -> str:
        return rf"{before}(?P<verb>(?i:{said[part]}))(?![\w-]){after}"

    return Unknown(
        preambular=re.compile(verb("preambular") + said["behind"]),
        operative=re.compile(verb("operative")),
        leads_preambular=re.compile(verb("preambular") + r"(?= )"),
        leads_operative=re.compile(verb("operative") + rf"(?={said['follows']})"),
        never=frozenset(said["never"]),
    )


def _telling(said: dict[str, str], told: Iterable[str]) -> Telling:
    again, task, numbers = said["again"], said["task"], said["range"]
    return Telling(
        verb=re.compile(rf"(?:,? {said['relative']} | )(?:{again} )?(?P<verb>{_any(told)})(?: {again})?(?=[ :,]|$)"),
        between=re.compile(said["between"]),
        task=re.compile(task),
        to=re.compile(rf"(?P<addressee>(?: [^,;.:\s]+){{0,14}}?),? (?P<what>{task})"),
        inline=re.compile(rf"(?P<addressee> [^,;.:]{{3,80}}?):? (?P<number>\d{{1,2}}|[a-z]\)) {task}"),
        quoted_to=re.compile(rf'(?P<addressee>(?: [^,;.:"«\s]+){{0,14}}?)(?=[,:]? ?["«] ?{task})'),
        next=re.compile(said["next"]),
        number=re.compile(rf" (?P<number>\d[\d., -]*(?:{numbers} \d[\d.]*)?|[a-z]\)(?: {numbers} [a-z]\))?)$"),
    )


def _verbs(rows: Iterable[dict[str, Any]]) -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for row in rows:
        concept = row["concept"]
        verb = Verb(concept, row.get("further", concept), row["part"] == "operative", row.get("addressed", False))
        for words in (*row["words"], *row.get("infinitive", ())):
            table.setdefault(words, verb)
    return table


def _told(form: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, str]:
    """The concepts of verbs as another text tells them, alone or behind another ("resolved to instruct")."""
    told: dict[str, str] = {}
    for row in rows:
        if row["part"] == "operative":
            told.update((words, row["concept"]) for words in (*row["words"], *row.get("told", ())))
            for inner in row.get("infinitive", ()):
                told.update((f"{before} {inner}", row["concept"]) for before in form["told_before"])
    return told


def _said(form: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """A verb with its adverbs, in any letters: "also strongly urges", "noting with deep concern"."""
    words = _any(word for row in rows for word in row["words"])
    inner = _any(word for row in rows for word in row.get("infinitive", ()))
    adverb = _any((*form["again"], *form["manner"]))
    manner = form["manner_phrase"]
    finite = rf"(?i:{form['before_infinitive']}) ?(?P<inner>(?i:{inner}))(?!\w)"
    plain = rf"(?P<plain>(?i:{words}))(?!\w)"
    return (
        rf"(?P<before>(?:(?i:{adverb}),? )*)(?:{finite}|{plain})"
        rf"(?P<after>(?:,? (?i:{adverb})(?!\w))*(?: (?i:{manner}))?)"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
