"""The parts of a citation, compiled from `data/curated/rules/citations.toml`.

Every pattern is linear: no quantifier stands inside another without a separator between, white space is a single
plain space (the cleaned copy has no other), and lengths are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, cast

from ingest.rulebook import rules

Part: TypeAlias = Literal["noun", "prefix", "number", "revision", "provision"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write one part of a citation. regex has the part's own groups, and matches it whole."""

    part: Part
    name: str
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of the rule file."""

    body_nouns: frozenset[str]
    state_instruments: frozenset[str]
    self_nouns: frozenset[str]
    counted: frozenset[str]
    named_instruments: frozenset[str]
    telling_nothing: frozenset[str]


@cache
def forms(part: Part) -> tuple[Form, ...]:
    """The forms of a part, in the order in which they are tried."""
    return tuple(
        Form(
            cast("Part", row["part"]),
            row["name"],
            re.compile(row["regex"]),
            tuple(row["examples"]),
            tuple(row["near_misses"]),
        )
        for row in rules("citations")["form"]
        if row["part"] == part
    )


@cache
def words() -> Words:
    """The word lists: what ends the name of a body, what is an instrument of a State, what a number may count."""
    lists = rules("citations")["words"]
    return Words(**{name: frozenset(lists[name]) for name in Words.__dataclass_fields__})


def alternatives(part: Part) -> str:
    """All forms of a part as one group, without the names of their own groups."""
    return "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", form.regex.pattern) for form in forms(part)) + ")"


@cache
def nouns() -> re.Pattern[str]:
    """A noun of any kind, with one group per kind, where a number or a prefix may follow."""
    kinds = "|".join(f"(?P<{form.name}>{form.regex.pattern})" for form in forms("noun"))
    return re.compile(rf"\b(?:{kinds})(?:,? ?(?:[Nn]os?\.|No)(?= ?\d))? ?(?=[A-Z0-9(])")


_NUMBER_ENDS = r"(?![\w/%]|[-.]\w| %)"


@cache
def number() -> re.Pattern[str]:
    """A number of any form that ends where a number may end."""
    return re.compile(alternatives("number") + _NUMBER_ENDS)


@cache
def prefix() -> tuple[re.Pattern[str], ...]:
    """What may stand between noun and number, each with the space after it."""
    return tuple(re.compile(rf"{form.regex.pattern} (?=[A-Z0-9])") for form in forms("prefix"))


@cache
def brackets() -> tuple[re.Pattern[str], ...]:
    """What may stand in the bracket after a number, each with the bracket; the group "said" is what it says.

    A bracket that is never closed is read only where a town and a year stand in it, and no bracket at all only
    where "Rev." opens it.
    """
    found = []
    for form in forms("revision"):
        closing = r" {0,2}\)?\)" if form.name != "place-and-year" else r"(?: {0,2}\))?"
        opening = r",? {0,2}\( ?" if "city" in form.regex.groupindex else r" {0,2}\( ?"
        found.append(re.compile(rf"{opening}(?P<said>{form.regex.pattern}){closing}"))
        if form.name == "place-and-year":
            bare = form.regex.pattern
            found.append(re.compile(rf",? (?=(?:[Rr][eé]v|R[EÉ]V)\.? ?\(?[A-Z])(?P<said>{bare})(?: ?\))?"))
    return tuple(found)


@cache
def provision_before() -> re.Pattern[str]:
    """A provision that is said to be "of" or "to" what follows; to be matched up to the end of a stretch.

    "In its resolves 2, Resolution 61 …" needs the "in": a comma alone parts the items of a list.
    """
    clause = alternatives("provision")
    own = r"(?: (?:the|its|their)(?: own)?)?"
    return re.compile(
        rf"(?<![\w§])(?:(?P<clause>{clause}) (?:of|to|in|under){own}"
        rf"|(?<=\b[Ii]n )(?P<within>{clause}),|(?<=\b[Ii]n its )(?P<its>{clause}),) $"
    )


@cache
def provision_after() -> re.Pattern[str]:
    """A provision named after a citation: "invites the Council 2", "under instructs the SG", "(Annex 2)".

    After a comma a verb begins the citing text's own next part, so there it needs "in" or "under", or to stand alone
    with its number ("Res. 61, resolves 2.").
    """
    heads = {"operative-head", "operative"}
    exact = "|".join(form.regex.pattern for form in forms("provision") if form.name not in heads)
    verbs = {form.name: form.regex.pattern for form in forms("provision") if form.name in heads}
    ends = r"(?!\w|\.\w)(?! of\b)"
    return re.compile(
        rf" (?P<verb>{verbs['operative']}){ends}"
        rf"|, (?P<listed>{verbs['operative']})(?=[.;:)]|,? [A-Z]|$)"
        rf"|,? (?:(?!and)[a-z]{{3,12}} )?(?:in|under) (?:its )?\"?(?:"
        rf"(?P<clause>{verbs['operative']}|{exact}){ends}|(?P<head>{verbs['operative-head']})(?!\w))"
        rf"| \((?P<bracketed>{exact})\)|,? (?P<direct>(?=(?:[Oo]perative )?[^ ]{{1,10}} ?[\dA-Z])(?:{exact})){ends}"
    )
