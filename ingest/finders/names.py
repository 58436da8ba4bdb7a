"""Names of bodies, offices, States, groups and events, as the registers know them.

One pass over the words of a text: the first word of a name leads to the names that begin with it, the longest
first. Names whose words alone do not say what is meant ("the Group", "DG") are found too, marked as needing
their context; `ingest.resolving.names` decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from ingest.finders import sessions, unregistered
from ingest.finders.hits import Hit, longest, mentions
from ingest.model import Mention
from ingest.register import Name, Register
from ingest.rulebook import rules
from ingest.text import Clean

KINDS = ("body", "office", "state", "event")

_LONG = 18
"""Letters from which on a name of three words and more is known in any case."""

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"(?=.{0,12}(?:[A-Z][A-Z&]|\d))[A-Z0-9][A-Za-z0-9&+/ .-]{0,14}|[A-Z]")
_ADJECTIVE_OF = re.compile(
    r"(?:'s)?(?:,? (?:and|&) (?:the )?[A-Z]\w+)*,? (?:[Jj]oint |written )?(?:[Cc]ontribution|[Pp]roposal|[Dd]elegat"
    r"|[Aa]dministration|[Dd]ocument|[Pp]aper|[Ss]ubmission|[Rr]epresentative|[Gg]overnment|[Ii]nput|[Ii]ntervention"
    r"|[Ss]tatement|[Pp]resentation|[Pp]osition)"
)
_TITLE_OF_A_TEXT = re.compile(
    r" (?:Agenda|Declaration|Action Plan|Plan of Action|Programme of Action|Commitment|Consensus|Convention|Protocol"
    r"|Statement|Principles|Process|Agreement|Treaty|Framework)\b"
)
_CITED_PLACE = re.compile(r"\((?:Rev\.? ?|Mod\.? ?)?\(?[A-Z][\w' .-]{2,40},? ?\d{4}\)?")
_PERSON = re.compile(r"\b(?:Mr|Ms|Mrs|Dr)\.? (?:\w+ )?$")
_GROUP_NUMBER = re.compile(r" \d{1,2}(?![\w/]|[.,-]\d)")
_NUMBERED = re.compile(r"(?:[- ]?\d{1,3}/\d|[- ]\d{1,3}-\d)|[-/&+][A-Za-z0-9]")


@cache
def _acronym() -> re.Pattern[str]:
    """An acronym of two parts, the first of which says what it is: "CWG-Harbour"."""
    first = "|".join(rules("names")["acronyms"])
    return re.compile(rf"\b(?:{first})-(?!\d)[A-Z][A-Za-z0-9]+(?:&[A-Z]\w*)?(?![\w/]|-\d)")


@dataclass(frozen=True, eq=False)
class Rows:
    """The names that begin with one word, the longest first, and what each names."""

    names: Mapping[str, tuple[Name, ...]]

    @cached_property
    def form(self) -> re.Pattern[str]:
        """Fits the longest of the names. Made when a text has the word: few texts have most."""
        return _form(tuple(self.names))


@lru_cache(maxsize=16384)
def _form(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """Shared by all registers that have the same names for a word, such as those of several days."""
    return re.compile(rf"(?:{'|'.join(re.escape(spelling) for spelling in spellings)})(?!\w)")


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Mentions of kinds body, office, state, event and group; parts say what the words stand for.

    parts: name (as the register writes it, or the mark and the slug of what the text alone names), context ("yes" where
    the words alone do not decide), and for events kind, body and year.
    """
    return mentions(clean, hits(clean.text, register))


@lru_cache(maxsize=8)
def hits(text: str, register: Register) -> tuple[Hit, ...]:
    """The names in a cleaned text, in order, none overlapping."""
    known = [hit for hit in _scan(text, register) if _stands(text, hit)]
    named = unregistered.merged(text, known, register)
    unlisted = (Hit(m.start(), m.end(), "body", {"name": m.group()}) for m in _acronym().finditer(text))
    events = [*sessions.tagged(text, named, register), *sessions.dated(text, named, register)]
    return tuple(longest([*events, *named, *unlisted]))


def _scan(text: str, register: Register) -> Iterator[Hit]:
    """Short names as written, long ones in any case; at one place the longest."""
    exact, anyhow = _by_first_word(register)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    done = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < done:
            continue
        written = word.group()
        found = _at(text, start, exact.get(written))
        longer = _at(lower, start, anyhow.get(written.lower()))
        best = longer if found is None or (longer is not None and longer[0] > found[0]) else found
        if best is not None:
            yield _hit(start, best[0], best[1])
            done = best[0]


def _at(text: str, start: int, rows: Rows | None) -> tuple[int, tuple[Name, ...]] | None:
    match = rows.form.match(text, start) if rows else None
    return (match.end(), rows.names[match.group()]) if match and rows else None


def _hit(start: int, end: int, found: tuple[Name, ...]) -> Hit:
    first = found[0]
    kind = "event" if first.entity.kind in ("conference", "session", "event") else first.entity.kind
    parts = {"name": first.text, "form": first.form}
    if all(name.context for name in found):
        parts["context"] = "yes"
    return Hit(start, end, kind, parts)


@lru_cache(maxsize=32)
def _by_first_word(register: Register) -> tuple[Mapping[str, Rows], Mapping[str, Rows]]:
    """Names under their first word, longest first: as they may be written, and long ones in lower case."""
    exact: defaultdict[str, list[Name]] = defaultdict(list)
    anyhow: defaultdict[str, list[Name]] = defaultdict(list)
    for kind in KINDS:
        for name in register.named(kind):
            if name.form == "keyword" or (name.language not in ("en", "und") and not name.text.isascii()):
                continue
            for spelling in _spellings(name.text):
                exact[spelling].append(name)
                if len(spelling) >= _LONG and spelling.count(" ") >= 2:
                    anyhow[spelling.lower()].append(name)
    return _table(exact), _table(anyhow)


def _table(written: Mapping[str, list[Name]]) -> Mapping[str, Rows]:
    table: defaultdict[str, dict[str, tuple[Name, ...]]] = defaultdict(dict)
    for spelling in sorted(written, key=lambda spelling: (-len(spelling), spelling)):
        word = _WORD.match(spelling)
        if word:
            table[word.group()][spelling] = tuple(dict.fromkeys(written[spelling]))
    return {word: Rows(rows) for word, rows in table.items()}


@lru_cache(maxsize=16384)
def _spellings(name: str) -> frozenset[str]:
    """A name as written, in capitals, and with its joints changed; an article in front does not belong to it."""
    name = re.sub(r"^[Tt]he (?=\w)", "", name).replace("\u2019", "'").replace("\u2011", "-")
    found = {name}
    if _CODE.fullmatch(name) and not name.islower():
        found |= {name.replace("-", " "), name.replace(" & ", "&"), name.replace("&", " & ")}
        found |= {re.sub(r"(?<=[A-Z])[- ](?=[A-Z])", "-", name)}
    else:
        found |= {name.upper(), name[0].upper() + name[1:], name.replace("-", " ")}
        found |= {name.replace("Co-operation", "Cooperation"), name.replace(" and ", " & ")}
    return frozenset(found)


def _stands(text: str, hit: Hit) -> bool:
    """Whether the words name the thing here, and are no part of a longer name."""
    after = text[hit.end : hit.end + 80]
    if hit.kind == "state":
        if hit.parts["form"] == "adjective":
            return bool(_ADJECTIVE_OF.match(after))
        bracket = text.rfind("(", max(0, hit.start - 45), hit.start)
        if bracket >= 0 and (cited := _CITED_PLACE.match(text, bracket)) and cited.end() > hit.start:
            return False
        return not _TITLE_OF_A_TEXT.match(after) and not _PERSON.search(text[max(0, hit.start - 20) : hit.start])
    if text[max(0, hit.start - 3) : hit.start] == "UN " and hit.kind == "office":
        return False
    if hit.parts.get("context") == "yes" and _GROUP_NUMBER.match(after):
        return False  # "DG 2" is a numbered group, whatever "DG" alone stands for
    return not (_CODE.fullmatch(text[hit.start : hit.end]) and _NUMBERED.match(after))


def inside(text: str, hit: Hit, register: Register) -> Iterator[Hit]:
    """The names within a longer one, such as the body in the name of an office."""
    start = hit.start + 1
    for found in _scan(text[start : hit.end], register):
        yield Hit(found.start + start, found.end + start, found.kind, found.parts)
