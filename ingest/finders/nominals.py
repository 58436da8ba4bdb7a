"""Instruments spoken of without their number: "this resolution", "the said decisions". Kept apart from citations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.finders.mentions import mention
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean

_NOMINAL = re.compile(
    r"\b(?P<pointer>[Tt]his|[Tt]hese|[Tt]he said|[Tt]he present|[Tt]he above(?:-mentioned)?|[Tt]he aforementioned"
    r"|[Tt]he same|[Tt]he)"
    r" (?:[A-Z]{2,8} )?(?P<noun>[Rr]esolution|[Dd]ecision|[Rr]ecommendation|[Oo]pinion)(?P<plural>s?)\b"
    r"(?! ?\(?[A-Z]{0,6}[- ]?\d| No| ITU| on | of |s of)"
)
_PLAIN = frozenset({"the"})


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Nominal mentions, in order. A plain article counts only before a capital: "the Resolution"."""
    for found in _NOMINAL.finditer(clean.text):
        if found["pointer"].lower() in _PLAIN and (found["noun"][0].islower() or found["noun"][0] != "R"):
            continue
        block = clean.block_at(found.start())
        parts = {"kind": found["noun"].lower(), "pointer": found["pointer"].lower()}
        if found["plural"]:
            parts["plural"] = "yes"
        yield mention(clean, "nominal", found.start(), found.end(), block.order if block else 1, parts)
