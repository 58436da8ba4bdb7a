"""Provisions of named instruments without a number of their own: "§ 71 of the Harbour Agenda".

Provisions of numbered resolutions are parts of their citation (`citations.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.finders.citation_forms import forms
from ingest.finders.mentions import mention
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean


@cache
def _pattern() -> re.Pattern[str]:
    kinds = "|".join(f.regex.pattern for f in forms("provision") if f.name in ("paragraph", "article", "annex"))
    return re.compile(
        rf"(?<![\w§.])(?P<clause>{kinds}) (?:of|to) the "
        rf"(?P<holder>(?:ITU )?[A-Z][\w'-]*(?: (?:of |on |for |the )?[A-Z][\w'-]*){{0,6}})"
    )


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Provisions of named instruments, in order; parts: clause and holder, as written."""
    for found in _pattern().finditer(clean.text):
        if re.match(r" ?\d| ?\(?Rev", clean.text[found.end() : found.end() + 6]):
            continue
        block = clean.block_at(found.start())
        parts = {"clause": found["clause"], "holder": found["holder"]}
        yield mention(clean, "provision", found.start(), found.end(), block.order if block else 1, parts)
