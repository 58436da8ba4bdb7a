"""Provisions of named instruments without a number of their own: "§ 71 of the Harbour Agenda", "Harbour Agenda, § 71".

Provisions of numbered resolutions are parts of their citation (`citations.py`). What an instrument's name ends in, and
which words before it tell nothing, is data (`citations.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.finders.citation_forms import forms, words
from ingest.finders.mentions import mention
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean

_WORD = r"[A-Z\u00c0-\u00de][\w'-]*"
_PART = r"(?:Chapter|Part|Title|Section) (?:[IVX]{1,6}|\d{1,3}|[A-Z])"
_DATED = re.compile(r" ?\d| ?\(?Rev")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    kinds = "|".join(f.regex.pattern for f in forms("provision") if f.name in ("paragraph", "article", "annex"))
    numbered = "|".join(f.regex.pattern for f in forms("provision") if f.name in ("paragraph", "article"))
    nouns = "|".join(sorted(words().named_instruments))
    more = rf"(?: (?:of|on|for|against) (?:the )?{_WORD}(?: (?:(?:and|of|the|for) )?{_WORD}){{0,5}})?"
    name = rf"(?:{_WORD} ){{0,5}}(?:{nouns})\b{more}"
    any_name = rf"{_WORD}(?: (?:of |on |for |the )?{_WORD}){{0,6}}"
    ends = r"(?![\w/]|\.\d| of\b)"
    return (
        re.compile(rf"(?<![\w§.])(?P<clause>{kinds}) (?:of|to) the (?P<holder>{any_name})"),
        re.compile(rf"(?:(?P<part>{_PART}) of the )?(?<![\w-])(?P<holder>{name}),? (?P<clause>{numbered}){ends}"),
    )


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Provisions of named instruments, in order; parts: clause and holder, as written."""
    found = sorted((m for form in _patterns() for m in form.finditer(clean.text)), key=lambda m: (m.start(), -m.end()))
    done = 0
    for match in found:
        if match.start() < done or _DATED.match(clean.text[match.end("holder") : match.end("holder") + 6]):
            continue
        done = match.end()
        block = clean.block_at(match.start())
        parts = {"clause": match["clause"], "holder": match["holder"]}
        yield mention(clean, "provision", match.start(), match.end(), block.order if block else 1, parts)


def own_name(holder: str) -> str | None:
    """The name of an instrument whose provision is cited, if the words are one: "Harbour Agenda", "Charter of Quays".

    None for what is called by its noun alone ("the Convention"), and for what is no instrument by its noun.
    """
    name = re.sub(r"^The ", "", holder)
    spoken = name.split(" ")
    if not any(word in words().named_instruments for word in spoken):
        return None
    telling = [w for w in spoken if w[0].isupper() and w not in words().telling_nothing | words().named_instruments]
    return name if telling else None
