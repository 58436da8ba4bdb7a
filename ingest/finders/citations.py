"""Resolutions, decisions, recommendations and opinions named by their number: one mention each.

A list shares what is said of it once: the issuer before it or after it, the tag between noun and number, and a
bracket, which counts for the numbers before it back to the bracket before. A mention's span is the number's own
stretch; that of the first number begins at the issuer or at the noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ingest.finders import citation_forms as forms
from ingest.finders.issuers import Issuer, Known, issuer_after, issuer_before, own_issuer
from ingest.finders.mentions import mention
from ingest.finders.selfnamed import local_bodies
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean

_SEPARATOR = re.compile(
    r" ?(?P<mark>,|;|&|\band\b|\bAND\b|\bor\b|\bOR\b|\bto\b|\bas well as\b)(?: ?(?:and|AND|&|or|as well as)\b)? (?=\S)"
)
_TITLE = re.compile(r',? (?:on )?"[^"]{1,300}"(?= ?\()')
_DATED = re.compile(r" of \d{1,2} [A-Z][a-z]{2,8} \d{4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEXT_WORD = re.compile(r" (?P<word>[A-Za-z]+)")
_DRAFT = re.compile(r"\b[Dd]raft (?:new |revised )?$")
_SYMBOL = re.compile(
    r"\b(?P<organ>[AES](?:/[A-Z]{2,4})?)/RES/(?P<number>\d{1,4}(?:/\d{1,4}[A-Z]?)?)(?: \((?P<year>\d{4})\))?"
)
_AMENDED = re.compile(
    r",? (?P<said>as (?:last )?(?:amended|modified|revised) (?:in|by|at)(?: the)?(?: Council)?(?: in)?"
    r" ?(?P<year>\d{4}))\b"
)
_OF_ONE_TEXT = frozenset({"revision", "rev", "city", "tag", "year", "month", "adopted"})
_STRANGER = re.compile(r" of the (?P<name>(?:[A-Z][\w'-]+ ){1,5}(?:of (?:the )?)?[A-Z][\w'-]+)")
"""Something with a name behind a number whose issuer is open: whatever it is, the number is not another body's."""
_SESSION = re.compile(r",? (?:as )?(?:adopted )?(?:at|during|by) its (?P<adopted>\d{4}) session")


@dataclass(slots=True)
class Item:
    """One number of a list, with what the list says of it; offsets are in the cleaned copy."""

    start: int
    end: int
    number: str
    parts: dict[str, str] = field(default_factory=dict)
    bracketed: bool = False
    loose: bool = False
    """Joined by a comma after the list seemed closed: kept only if a bracket takes it in."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One instrument cited, before it becomes a mention; offsets are in the cleaned copy."""

    start: int
    end: int
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """The block being read: the cleaned text, its bounds, and what the register knows by name."""

    text: str
    start: int
    end: int
    known: Known


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """The citations of a document, in their order."""

    told = local_bodies(clean.text, register)

    def known(name: str) -> object:
        return register.entities_named(name, "body", context=True) or told.knows(name)

    for block in clean.blocks:
        for cited in read(Scope(clean.text, block.start, block.end, known)):
            yield mention(clean, "citation", cited.start, cited.end, block.order, cited.parts)


def read(scope: Scope) -> Iterator[Cited]:
    """The citations in one block of a cleaned text, in their order."""
    found = [*_by_symbol(scope)]
    done = scope.start
    for noun in forms.nouns().finditer(scope.text, scope.start, scope.end):
        if noun.start() < done:
            continue
        cited = _citations(scope, noun)
        found.extend(cited)
        done = max([done, *(one.end for one in cited)])
    yield from sorted(found, key=lambda one: one.start)


def _by_symbol(scope: Scope) -> Iterator[Cited]:
    for symbol in _SYMBOL.finditer(scope.text, scope.start, scope.end):
        parts = {"kind": "resolution", "issuer": f"{symbol['organ']}/RES", "number": symbol["number"]}
        yield Cited(symbol.start(), symbol.end(), parts | ({"year": symbol["year"]} if symbol["year"] else {}))


def _citations(scope: Scope, noun: re.Match[str]) -> list[Cited]:
    """What a noun and the list after it cite; nothing if it is a draft's, a State's or no instrument's number."""
    if _DRAFT.search(scope.text, max(scope.start, noun.start() - 20), noun.start()):
        return []
    kind = noun.lastgroup or "resolution"
    before = issuer_before(scope.text, scope.start, noun.start(), scope.known)
    items, end = _segments(scope, noun)
    if not items or not _is_instrument(noun, items, before):
        return []
    shared = _said_before(scope, noun, before)
    clause = _clause(scope, items, before.start if before else noun.start(), end)
    for item in items:
        item.parts = {"kind": kind, **shared, **item.parts, "number": item.number}
    if clause:
        items[0 if len(items) == 1 else -1].parts["clause"] = clause
    items[0].start = before.start if before else noun.start()
    return [Cited(item.start, item.end, item.parts) for item in items]


def _said_before(scope: Scope, noun: re.Match[str], before: Issuer | None) -> dict[str, str]:
    if before is not None:
        return {"tag" if before.tag else "issuer": before.words}
    own = own_issuer(scope.text, scope.start, noun.start())
    return {"issuer": own} if own else {}


def _is_instrument(noun: re.Match[str], items: list[Item], before: Issuer | None) -> bool:
    """Whether the words are enough: a small letter, or a number that looks like a year, needs a body or a revision."""
    first = items[0]
    if first.parts.pop("foreign", None):
        return False
    firm = before is not None or first.bracketed or "issuer" in first.parts or "tag" in first.parts
    written = noun[noun.lastgroup or 0]
    small = written[0].islower() and noun.lastgroup != "resolution"
    by_session = "/" in first.number and noun.lastgroup == "decision"
    return firm or by_session or not (small or (written[0].islower() and _YEAR.fullmatch(first.number)))


def _segments(scope: Scope, noun: re.Match[str]) -> tuple[list[Item], int]:
    """The numbers after a noun, with brackets and issuers told, and where the reading stopped.

    Several segments follow one another where an issuer closes the first and bracketed numbers go on after it.
    """
    plural = _is_plural(noun)
    items, end = _list(scope, noun.end(), plural=plural)
    if not items:
        return [], end
    end = _close(scope, items, end)
    while (separator := _SEPARATOR.match(scope.text, end, scope.end)) is not None:
        more, after = _list(scope, separator.end(), plural=True)
        if not more or not all(item.bracketed for item in more):
            break
        end = _close(scope, more, after)
        items.extend(more)
    return items, end


def _is_plural(noun: re.Match[str]) -> bool:
    written = noun[noun.lastgroup or 0]
    return written[-1] in "sS." or written.upper().endswith("S")


def _list(scope: Scope, position: int, *, plural: bool) -> tuple[list[Item], int]:
    """Numbers joined by commas and conjunctions, each with its bracket or that of a later one."""
    items: list[Item] = []
    prefix: dict[str, str] = {}
    pending = 0
    conjoined = loose = False
    while True:
        start = position
        for form in forms.prefix():
            if found := form.match(scope.text, position, scope.end):
                prefix, position = found.groupdict(), found.end()
                break
        number = forms.number().match(scope.text, position, scope.end)
        if number is None or not _counts(scope, number, items):
            break
        item = Item(start, number.end(), number.group(), dict(prefix), loose=loose)
        items.append(item)
        position = number.end()
        if dated := _DATED.match(scope.text, position, scope.end):
            position = dated.end() if "/" in item.number else position
        if bracket := _bracket(scope, position):
            parts, position = bracket
            for one in items[pending:]:
                one.parts |= parts
                one.bracketed, one.loose = True, False
            item.end, pending, conjoined = position, len(items), False
        separator = _SEPARATOR.match(scope.text, position, scope.end)
        if separator is None:
            break
        loose = conjoined and separator["mark"] in ",;"
        conjoined = conjoined or separator.group().strip() not in (",", ";")
        position = separator.end()
    return _kept(items, plural=plural)


def _counts(scope: Scope, number: re.Match[str], items: list[Item]) -> bool:
    """Whether a number is one of the list: not what follows counts, not a year after small numbers."""
    word = _NEXT_WORD.match(scope.text, number.end(), scope.end)
    if word and word["word"] in forms.words().counted:
        return False
    if not items or len(items[0].number) == 4 or not _YEAR.fullmatch(number.group()):
        return True
    return _bracket(scope, number.end()) is not None


def _kept(items: list[Item], *, plural: bool) -> tuple[list[Item], int]:
    """The items that the list vouches for: after a singular noun, or a closed list, only what a bracket takes in."""
    last = 0
    for index, item in enumerate(items):
        if index == 0 or item.bracketed or (plural and not item.loose):
            last = index + 1
        elif item.loose or not plural:
            break
    kept = items[:last]
    return kept, kept[-1].end if kept else 0


def _bracket(scope: Scope, position: int) -> tuple[dict[str, str], int] | None:
    """What the bracket after a number says, and where it ends; a title in quotation marks may stand in between."""
    title = _TITLE.match(scope.text, position, scope.end)
    for pattern in forms.brackets():
        if found := pattern.match(scope.text, title.end() if title else position, scope.end):
            parts = {name: value for name, value in found.groupdict().items() if value is not None}
            parts["revision"] = parts.pop("said")
            second = "(" in parts["revision"] and scope.text.startswith(")", found.end(), scope.end)
            return parts, found.end() + second
    return None


def _close(scope: Scope, items: list[Item], position: int) -> int:
    """Tell the items what stands after their list: the issuer, a bracket after it, the session that adopted them."""
    issuer = issuer_after(scope.text, position, scope.end, scope.known)
    if issuer is None:
        stranger = _STRANGER.match(scope.text, position, scope.end)
        for item in items:
            if stranger and not item.bracketed:
                item.parts.setdefault("issuer", stranger["name"])
        return _session(scope, items, position)
    if issuer.none:
        items[0].parts["foreign"] = issuer.words
        return position
    for item in items:
        item.parts.setdefault("tag" if issuer.tag else "issuer", issuer.words)
    open_items = [item for item in items if not item.bracketed]
    bracket = _bracket(scope, issuer.end) if open_items else None
    if bracket is None:
        return _session(scope, items, issuer.end)
    parts, end = bracket
    for item in open_items:
        item.parts = parts | item.parts
        item.bracketed = True
    items[-1].end = end
    return end


def _session(scope: Scope, items: list[Item], position: int) -> int:
    """Tell the items the session that adopted them, or the year that amended them: that text is then the one cited."""
    if amended := _AMENDED.match(scope.text, position, scope.end):
        for item in items:
            kept = {name: value for name, value in item.parts.items() if name not in _OF_ONE_TEXT}
            item.parts = kept | {"revision": amended["said"], "year": amended["year"]}
            item.bracketed = True
        items[-1].end = amended.end()
        return amended.end()
    session = _SESSION.match(scope.text, position, scope.end)
    if session is None:
        return position
    for item in items:
        item.parts.setdefault("adopted", session["adopted"])
    return session.end()


def _clause(scope: Scope, items: list[Item], start: int, end: int) -> str | None:
    """The provision named before the citation ("Annex 2 to …") or after it ("… under instructs the SG")."""
    window = scope.text[max(scope.start, start - 120) : start]
    before = forms.provision_before().search(window)
    if before and len(items) == 1:
        return next(value for value in before.groups() if value)
    after = forms.provision_after().match(scope.text, end, scope.end)
    return next(value for value in after.groups() if value) if after else None
