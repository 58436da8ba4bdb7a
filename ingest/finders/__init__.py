"""What a text names: a module per kind of thing, each with `find(clean, register) -> Iterator[Mention]`."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.finders import citations, consultations, dates, meetings, names, nominals, numbers, people, provisions
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean

FINDERS = (citations, nominals, provisions, numbers, meetings, consultations, names, people, dates)
"""The finders; where two mentions begin at one place, that of the earlier finder comes first."""


def find_all(clean: Clean, register: Register) -> Iterator[Mention]:
    """All mentions, in order of the text; of those that begin together, the longest first."""
    found = [mention for finder in FINDERS for mention in finder.find(clean, register)]
    yield from sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))
