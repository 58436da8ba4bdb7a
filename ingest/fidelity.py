"""How faithfully some words give those of a clause.

Marks, capitals and footnote numbers are folded as for clause lineage. Word lists and bounds are in `fidelity.toml`;
`ingest/decisions/0104-quotations.md` says what happens around each of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from rapidfuzz.distance import LCSseq

from ingest.finders.hits import CARDINALS
from ingest.lineage.likeness import stem
from ingest.lineage.words import differing, parts_of, words_of
from ingest.rulebook import rules

Verdict: TypeAlias = Literal["verbatim", "near-verbatim", "paraphrase", "unsupported"]
"""The terms of the code list `fidelity`."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, its reason in words, and the runs of words that only the one or the other side has.

    score is the share, from 0 to 1, of the excerpt's words that stand in the clause in their order.
    """

    verdict: Verdict
    reason: str
    score: float
    quoted: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()


def judge(excerpt: str, clause: str, text: str, *, marked: bool) -> Judgement:
    """Hold an excerpt against the clause that it is of.

    text is the whole text that the clause stands in. marked: the excerpt stands between quotation marks, so that each
    of its words is claimed.
    """
    score = _share(excerpt, clause)
    if _within(excerpt, clause, plain=False):
        return Judgement("verbatim", "the same words", score)
    only_clause, only_quoted = differing(clause, _joined(excerpt), whole="earlier")
    extra, missing = _left(only_quoted, only_clause)
    verdict, reason = _verdict(_Difference(excerpt, clause, text, only_quoted, extra, missing), marked=marked)
    return Judgement(verdict, reason, score, only_quoted, only_clause)


def nowhere(excerpt: str, text: str, *, marked: bool) -> bool:
    """Whether an excerpt that is of no clause tells what the whole text of the revision does not have.

    Words between quotation marks have to stand there in that order; what is told in other words has to have some.
    """
    telling = _telling(parts_of(words_of(excerpt)))
    if len(telling) < rules("fidelity")["claim"]["telling"]:
        return False
    there = {stem(part) for part in parts_of(words_of(text))}
    share = sum(word in there for word in telling) / len(telling)
    bound = rules("fidelity")["claim"]["absent"]
    return bool(share < (2 * bound if marked else bound))


@dataclass(frozen=True, slots=True)
class _Difference:
    """An excerpt and its clause, the runs that only the excerpt has, and the words that only one of them has."""

    excerpt: str
    clause: str
    text: str
    runs: tuple[str, ...]
    extra: Counter[str]
    missing: Counter[str]

    @property
    def few(self) -> bool:
        """Whether so little differs that the excerpt still counts as the words of the clause."""
        rule = rules("fidelity")["few"]
        allowed = max(rule["words"], rule["share"] * len(parts_of(words_of(self.excerpt))))
        return bool(max(self.extra.total(), self.missing.total()) <= allowed)


def _verdict(found: _Difference, *, marked: bool) -> tuple[Verdict, str]:
    extra, missing = found.extra, found.missing
    serious = _serious(found)
    if serious:
        return "unsupported", serious
    if _within(found.excerpt, found.clause, plain=True) or not (extra or missing):
        return "near-verbatim", "only articles, tense or the like differ"
    duty = _duties(extra) != _duties(missing)
    if marked and _telling(extra) and _telling(missing):
        return "unsupported", "between quotation marks one word stands for another"
    if found.few and not duty:
        return "near-verbatim", "a few words differ"
    if marked and extra:
        return "unsupported", "words between quotation marks are not those of the clause"
    if added := _added(found):
        return "unsupported", f"the text has nothing of “{added}”"
    return "paraphrase", "how binding the clause is differs" if duty and found.few else "told in other or fewer words"


def _serious(found: _Difference) -> str | None:
    """A difference that no rewording explains, in words."""
    held = set(_plain(parts_of(words_of(found.clause))))
    numbers = [word for word in found.extra if _number(word) and word not in held]
    instead = [word for word in found.missing if _number(word)]
    if numbers and instead and not _years(numbers, instead):
        return f"the number {numbers[0]} stands where the clause has {instead[0]}"
    told_whole = found.missing.total() <= rules("fidelity")["few"]["words"]
    if numbers and told_whole and any(not _year(word) and word != "1" for word in numbers):
        return f"the clause has no number {numbers[0]}"
    denied = _listed("negation")
    told, said = sum(found.extra[w] for w in denied), sum(found.missing[w] for w in denied)
    if found.few and (told + said) % 2:
        return "the one denies what the other says"
    return None


def _years(numbers: Sequence[str], instead: Sequence[str]) -> bool:
    """Whether only years are told that the clause does not have, in place of what is no year."""
    return all(map(_year, numbers)) and not any(map(_year, instead))


def _added(found: _Difference) -> str | None:
    """Words that the whole text of the revision knows nothing of, beside a clause that is otherwise told."""
    if _share(found.excerpt, found.clause) < rules("fidelity")["claim"]["told"]:
        return None
    if found.missing.total() > max(rules("fidelity")["few"]["words"], found.extra.total() // 2):
        return None
    there = {stem(part) for part in parts_of(words_of(found.text))}
    strange = [run for run in found.runs if any(w not in there for w in _telling(parts_of(words_of(run))))]
    words = {w for run in strange for w in _telling(parts_of(words_of(run))) if w not in there}
    return " … ".join(strange) if len(words) >= rules("fidelity")["claim"]["added"] else None


# ---- words ----------------------------------------------------------------------------------------------------------


def _left(quoted: Sequence[str], clause: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """The words that only one side has, articles, tense and words that only changed their place left out."""
    one, other = (
        Counter(_plain(part for run in side for part in parts_of(words_of(run)))) for side in (quoted, clause)
    )
    return one - other, other - one


def _within(excerpt: str, clause: str, *, plain: bool) -> bool:
    """Whether each stretch of the excerpt, between marks of omission, stands unbroken in the clause, in order."""
    whole = parts_of(words_of(clause))
    sought = [parts_of(words_of(piece)) for piece in _pieces(excerpt)]
    if plain:
        whole, sought = tuple(_plain(whole)), [tuple(_plain(piece)) for piece in sought]
    at = 0
    for piece in (_trimmed(each) for each in sought):
        found = next((i for i in range(at, len(whole) - len(piece) + 1) if whole[i : i + len(piece)] == piece), None)
        if not piece or found is None:
            return False
        at = found + len(piece)
    return True


def _pieces(excerpt: str) -> list[str]:
    return [piece for piece in re.split(rules("fidelity")["omitted"]["pattern"], excerpt) if words_of(piece)]


def _joined(excerpt: str) -> str:
    return " ".join(_pieces(excerpt))


def _trimmed(piece: tuple[str, ...]) -> tuple[str, ...]:
    """Without the word that joins a clause to the next one."""
    while piece and piece[-1] in _listed("edge"):
        piece = piece[:-1]
    return piece


def _share(excerpt: str, clause: str) -> float:
    one, other = parts_of(words_of(excerpt)), parts_of(words_of(clause))
    return round(LCSseq.similarity(one, other) / len(one), 3) if one else 0.0


def _plain(parts: Iterable[str]) -> list[str]:
    """Words as they are told apart: no articles, one form for all times of a verb, numbers in digits."""
    return [_one_form(part) for part in parts if part not in _light()]


@cache
def _one_form(part: str) -> str:
    if part in CARDINALS:
        return str(CARDINALS[part])
    if part in _forms():
        return _forms()[part]
    for ending in sorted(rules("fidelity")["tense"]["endings"], key=len, reverse=True):
        if part.endswith(ending) and len(part) - len(ending) >= 3 and part.isalpha():
            return re.sub(r"([bdgmnprt])\1$", r"\1", part.removesuffix(ending)).removesuffix("e")
    return part.removesuffix("e") if len(part) > 3 and part.isalpha() else part


@cache
def _forms() -> dict[str, str]:
    tables = (said for name, said in rules("fidelity")["tense"].items() if name != "endings")
    lines = [line.split() for said in tables for line in said.splitlines() if line.strip()]
    lines += [group.split() for group in rules("fidelity")["duty"]["groups"]]
    return {word: words[0] for words in lines for word in words}


@cache
def _light() -> frozenset[str]:
    return frozenset(word for words in rules("fidelity")["light"].values() for word in words.split())


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(rules("fidelity")[table]["words"].split())


def _duties(words: Counter[str]) -> frozenset[str]:
    """How binding the words are: the first word of each line of the list that one of them is of."""
    return frozenset(group.split()[0] for group in rules("fidelity")["duty"]["groups"]) & words.keys()


def _telling(parts: Iterable[str]) -> list[str]:
    """The words that say what a clause is about, without the ending of the plural."""
    common = {word for words in rules("lineage")["common"].values() for word in words.split()}
    short = rules("lineage")["weights"]["short_letters"]
    return [s for s in map(stem, parts) if len(s) > short and s.isalpha() and s not in common]


def _number(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _year(word: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", word) is not None
