"""The heads under which clauses stand: "considering further", "instructs the Treasurer and the Harbour Master"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.rulebook import rules

_ADDRESSEE = (
    r"(?: (?:all )?(?:(?:the|relevant|interested|those) ){0,3}(?:relevant |appropriate )?"
    r"(?:[A-Z][\w/&-]*|membership|organizations|study groups|administrations|members)"
    r"(?:,? [\w/&.()'-]+){0,32}(?:, (?:in|with|within|and|as|including)(?: [\w/&.()'-]+){1,24}){0,3})"
)
_NO_ADDRESSEE = re.compile(r",? (?:to|that|and to) [a-z]+")


@dataclass(frozen=True, slots=True)
class Head:
    """A head: its role in the code list, whether it opens the operative part, and whom it addresses, as written.

    start and end are offsets of the head in the text searched; addressee_start that of the addressee.
    """

    role: str
    operative: bool
    addressee: str | None
    start: int
    end: int
    addressee_start: int = 0


@dataclass(frozen=True, slots=True)
class _Verb:
    role: str
    operative: bool


@cache
def _verbs() -> dict[str, _Verb]:
    """Verbs as printed, with "further" and "also" where the code list has a term for it or none is needed."""
    table: dict[str, _Verb] = {}
    for row in rules("clauses")["role"]:
        operative = row["part"] == "operative"
        for words in row["words"]:
            table[words] = _Verb(row["concept"], operative)
            again = _Verb(row.get("further", row["concept"]), operative)
            for adverb in ("further", "also"):
                table[f"{words} {adverb}"] = table[f"{adverb} {words}"] = again
    return table


@cache
def _told() -> dict[str, _Verb]:
    """Operative verbs as another text tells them, in the present and in the past."""
    table = {}
    for row in rules("clauses")["role"]:
        if row["part"] == "operative":
            for words in (*row["words"], *row.get("told", ())):
                table[words] = _Verb(row["concept"], True)
    return table


def _alternatives(words: dict[str, _Verb]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"(?P<verb>{_alternatives(_verbs())})(?P<addressee>{_ADDRESSEE})?[,:]?", re.IGNORECASE)


@cache
def _at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:[,;.:] |^)(?:and )?(?P<verb>{_alternatives(_verbs())})(?=[ ,]|$)")


@cache
def told_verb() -> re.Pattern[str]:
    """A verb by which another text tells what an instrument lays down; to be searched for behind a citation.

    After a comma it needs "which", for a bare verb there heads the citing text's own next clauses.
    """
    return re.compile(
        rf"(?:,? (?:which|that) | )(?:(?:also|further) )?(?P<verb>{_alternatives(_told())})(?: further)?(?=[ :,]|$)"
    )


def role_told(verb: str) -> str:
    """The term of the code list for a verb as told ("instructed" is "instructs")."""
    return _told()[verb].role


def read_head(text: str) -> Head | None:
    """The text as a head and nothing else, or None."""
    found = _alone().fullmatch(text.strip())
    if found is None:
        return None
    return _head(found["verb"].lower(), found["addressee"], text.find(found.group()), text, found.start("addressee"))


def _head(verb: str, addressee: str | None, start: int, text: str, addressee_start: int) -> Head | None:
    if addressee and _NO_ADDRESSEE.search(addressee):
        return None
    known = _verbs()[verb]
    if addressee and not known.operative:
        return None
    words = addressee.strip(" ,:") if addressee else None
    return Head(known.role, known.operative, words, start, start + len(text.strip()), addressee_start + 1)


def run_on(text: str) -> Head | None:
    """A head that hangs on the end of a paragraph without any mark after it; start is where it begins."""
    if not text or text[-1] in ".;:,?!":
        return None
    for found in reversed(list(_at_end().finditer(text, max(0, len(text) - 330)))):
        begin = found.start("verb")
        tail = text[begin:]
        head = _alone().fullmatch(tail)
        if head is None or (tail[0].isupper()):
            continue
        made = _head(head["verb"].lower(), head["addressee"], begin, tail, begin + (head.start("addressee")))
        if made is not None and (made.operative or not made.addressee):
            return Head(made.role, made.operative, made.addressee, begin, len(text), made.addressee_start)
    return None


def read_addressee(text: str) -> str | None:
    """The text as an addressee and nothing else: "the Treasurer and the Harbour Master"; None if it is none."""
    words = text.strip(" ,:")
    if not re.fullmatch(_ADDRESSEE, f" {words}") or _NO_ADDRESSEE.search(words):
        return None
    return words


def ending(text: str) -> int | None:
    """Where an annex or another part begins that is stuck to the end of a clause, or that the text is."""
    found = re.search(rules("clauses")["ends"]["regex"], text)
    return found.start() if found else None
