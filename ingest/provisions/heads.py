"""The heads under which clauses stand: "considering further", "instructs the Treasurer and the Harbour Master".

A head stands alone in its line, hangs on the end of the line before, leads the words of its clause ("1. Decides to
…", "Recalling its decision 4/2,"), or stands in the middle of a line. Offsets are those of the text searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ingest.provisions.grammar import Grammar, grammar
from ingest.rulebook import rules

_LONGEST = 330
"""Characters: no head is longer, so no more of a paragraph's end is searched."""
_ASIDE = re.compile(r",(?: [\w-]+){1,8},(?= )")
"""Words between a verb and those it speaks to: "invites, as appropriate, Member States"."""


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

    def moved(self, by: int) -> Head:
        """The same head in a text in which it stands further on."""
        return replace(self, start=self.start + by, end=self.end + by, addressee_start=self.addressee_start + by)


@dataclass(frozen=True, slots=True)
class _Said:
    """A verb with its adverbs, where it stands; plain is its role whatever "also" or "further" says."""

    role: str
    plain: str
    operative: bool
    addressed: bool
    start: int
    end: int


def _said(found: re.Match[str], forms: Grammar) -> _Said:
    verb = forms.verbs[(found["plain"] or found["inner"]).lower()]
    again = forms.again.search(f"{found['before']}|{found['after']}") is not None
    start = found.start("head") if "head" in found.re.groupindex else found.start()
    end = found.end("head") if "head" in found.re.groupindex else found.end()
    return _Said(verb.further if again else verb.role, verb.role, verb.operative, verb.addressed, start, end)


def read_head(text: str, language: str | None = None) -> Head | None:
    """The text as a head and nothing else, or None."""
    forms = grammar(language)
    start = len(text) - len(text.lstrip())
    found = forms.verb.match(text, start)
    return _whole(_said(found, forms), text, forms) if found else None


def _whole(said: _Said, text: str, forms: Grammar) -> Head | None:
    """A verb with nothing behind it but an addressee and a comma or colon."""
    end = len(text.rstrip())
    rest = text[said.end : end].rstrip(" ,:") if text[end - 1 : end] in (",", ":") else text[said.end : end]
    if not rest.strip(" ,") or forms.bare.fullmatch(rest):
        return Head(said.role, said.operative, None, said.start, end)
    if forms.asked.search(rest):
        return None
    aside = forms.qualifier.match(rest) if rest[0] == "," else None
    if aside and aside.end() == len(rest):
        return Head(said.role, said.operative, None, said.start, end)
    between = _ASIDE.match(rest)
    begin, rest = between.end() if between else 0, forms.dangling.sub("", rest)
    who = forms.addressee.fullmatch(rest, begin) if said.addressed and rest[begin : begin + 1] == " " else None
    if who is None:
        return None
    return Head(said.role, said.operative, _who(who["who"], forms), said.start, end, said.end + who.start("who"))


def governing(text: str, role: str, end: int, language: str | None, *, whole: bool, addressed: bool) -> Head | None:
    """A verb that ends at an offset, with those it speaks to; whole: nothing else may stand in the text."""
    forms = grammar(language)
    said = _Said(role, role, role.endswith("operative"), addressed, 0, end)
    if whole:
        return _whole(said, text, forms)
    return _with_addressee(said, text, forms, len(text)) or Head(role, said.operative, None, 0, end)


def run_on(text: str, language: str | None = None) -> Head | None:
    """A head that hangs on the end of a paragraph without any mark after it; start is where it begins."""
    if not text or text[-1] in ".;:,?!":
        return None
    forms = grammar(language)
    for found in reversed(list(forms.hanging.finditer(text, max(0, len(text) - _LONGEST)))):
        said = _said(found, forms)
        head = None if text[said.start].isupper() else _whole(said, text, forms)
        if head is not None:
            return replace(head, end=len(text))
    return None


def leading(text: str, language: str | None = None) -> Head | None:
    """A head with which a paragraph begins and its clause goes on: "Also requests the Board to print it".

    end is where what it governs begins. "Also" and "further" change nothing in a running sentence.
    """
    forms = grammar(language)
    joined = forms.joined.match(text)
    found = forms.verb.match(text, joined.end() if joined else 0)
    if found is None or text[found.end() : found.end() + 1] not in (" ", ",", ":", ""):
        return None
    said = replace(said := _said(found, forms), role=said.plain)
    return _with_addressee(said, text, forms, len(text)) or Head(said.role, said.operative, None, said.start, said.end)


def _who(words: str, forms: Grammar) -> str:
    """Those spoken to, without those whom they are to consult ("the Treasurer, in cooperation with …")."""
    return forms.together.sub("", words).strip(" ,") or words.strip(" ,")


def _with_addressee(said: _Said, text: str, forms: Grammar, stop: int) -> Head | None:
    """The verb with those it speaks to, as far as what they are asked begins."""
    if not said.addressed:
        return None
    limit = min(stop, said.end + _LONGEST)
    ends = [m for m in (forms.asked.search(text, said.end, limit), forms.numbered.search(text, said.end, limit)) if m]
    colon = text.find(":", said.end, limit)
    cut = min([m.start() for m in ends] + ([colon] if colon >= 0 else []), default=None)
    if cut is not None:
        cut = len(text[:cut].rstrip())
    who = forms.addressee.fullmatch(text, said.end, cut) if cut is not None and cut > said.end else None
    if who is None and cut is not None and (named := forms.especially.search(text, said.end, cut)):
        who = forms.addressee.fullmatch(text, said.end, named.start())
    if who is None or ";" in who["who"]:
        return None
    return Head(said.role, said.operative, _who(who["who"], forms), said.start, who.end(), who.start("who"))


def inside(text: str, start: int, end: int, language: str | None, *, operative: bool) -> Iterator[Head]:
    """Heads in the middle of a paragraph: "…, instructs the Treasurer to count", "…, resolves to build".

    operative says under what kind of head the paragraph stands. Under one of the preamble a verb may be that of the
    sentence itself ("that Resolution 12, on tides, instructs the Board to …"), so a number must follow, or the words
    before must be a statement on their own.
    """
    forms = grammar(language)
    at = start
    for found in forms.hanging.finditer(text, start, end):
        said = _said(found, forms)
        if said.start < at or found["and"] or found.start() == start or text[said.start].isupper():
            continue
        if text[found.start()] == ":" or not said.operative or (found["plain"] or "").startswith(forms.past):
            continue
        head = _with_addressee(said, text, forms, end) or _at_once(said, text, forms)
        if head is None and operative:
            head = _with_thing(said, text, at, forms)
        if head is None or head.end >= end or "thereof" in (head.addressee or ""):
            continue
        if forms.interrupted.search(text[max(at, head.start - _LONGEST) : head.start].rstrip(" ,")):
            continue
        if not operative and not _is_statement(text, at, head, forms):
            continue
        yield head
        at, operative = head.end, True


def _at_once(said: _Said, text: str, forms: Grammar) -> Head | None:
    """A verb whose clause follows it at once: "resolves to build", "decides 1 to build"."""
    number = forms.numbered.match(text, said.end)
    if number is None and (said.addressed or forms.asked.match(text, said.end) is None):
        return None
    return Head(said.role, True, None, said.start, said.end)


def _with_thing(said: _Said, text: str, start: int, forms: Grammar) -> Head | None:
    """A verb with what it is about behind a task: "to pay the crews, expresses its thanks to the pilots"."""
    task = forms.opens.search(text, start, said.start) and not forms.states.match(text, start)
    if (
        not task
        or said.addressed
        or not forms.thing.match(text, said.end)
        or forms.relative.search(_last_phrases(text, start, said.start))
    ):
        return None
    return Head(said.role, True, None, said.start, said.end)


def _last_phrases(text: str, start: int, end: int) -> str:
    """The last two phrases before a verb: a relative word there makes it the verb of a statement."""
    return "".join(text[max(start, end - _LONGEST) : end].rstrip(" ,").rsplit(",", 2)[-2:])


def addressed(text: str, start: int, end: int, head: Head, language: str | None = None) -> Head:
    """The head with those it speaks to, where the words below begin with them: "urges", "pilots in arrears to pay"."""
    forms = grammar(language)
    if (
        head.addressee is not None
        or head.role not in forms.speaking
        or forms.asked.match(f" {text[start : start + 12]}")
    ):
        return head
    said = _Said(head.role, head.role, head.operative, True, start, start)
    found = _with_addressee(said, text, forms, end)
    return head if found is None else replace(head, addressee=found.addressee)


def _is_statement(text: str, start: int, head: Head, forms: Grammar) -> bool:
    if forms.numbered.match(text, head.end):
        return True
    if head.addressee is None and head.role not in ("resolves", "decides", "resolves-further"):
        return False
    return forms.finite.search(text, start, head.start) is not None or not forms.states.match(text, start)


def inner_verbs(text: str, language: str | None = None) -> list[str]:
    """Operative verbs that stand in a clause as if they headed another: a sign that two were read as one."""
    forms = grammar(language)
    found = (match for match in forms.hanging.finditer(text) if match.start())
    return [match["head"] for match in found if not match["and"] and _said(match, forms).operative]


def role_told(verb: str, language: str | None = None) -> str:
    """The term of the code list for a verb as told ("instructed" is "instructs")."""
    return grammar(language).told_roles[verb]


def read_addressee(text: str, language: str | None = None) -> str | None:
    """The text as an addressee and nothing else: "the Treasurer and the Harbour Master"; None if it is none."""
    forms = grammar(language)
    words = text.strip(" ,:")
    found = forms.addressee.fullmatch(f" {words}")
    return _who(found["who"], forms) if found and not forms.asked.search(words) else None


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    row = rules("clauses")["ends"]
    return re.compile(row["regex"]), re.compile(row["line"])


def ending(text: str) -> int | None:
    """Where an annex or another part begins that is stuck to the end of a clause, or that the text is."""
    stuck, line = _ends()
    if line.fullmatch(text.strip()):
        return 0
    found = stuck.search(text)
    return found.start() if found else None
