"""Archives made by hand: documents whose sentences are the lines of a text, and texts of revisions, a clause a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ingest.inference import Account, Archive, Keyed
from ingest.model import Claim, Entity, Span
from ingest.register import Register
from tests.ingest.harbour import register

REVISION = Entity("revision", ("resolution", "congress", "7", "2040"))


@cache
def known() -> Register:
    return register()


def paper(
    name: str,
    day: str | tuple[str | None, str | None],
    lines: Sequence[str],
    claims: Sequence[tuple[str, Claim]] = (),
    *,
    meetings: Sequence[int] = (),
) -> Account:
    """A document of a day (or between two), each line a sentence and a paragraph."""
    text, bounds = "\n".join(lines), []
    at = 0
    for order, line in enumerate(lines, start=1):
        bounds.append((at, at + len(line), order))
        at += len(line) + 1
    document = Entity("document", (name,))
    read = Claim(document, "rc:embodiedBy", Entity("file", (name,)), "asserted", "rule", "reading")
    held: list[Keyed] = [(f"{name}-read", read), *claims]
    for number in meetings:
        meeting = Entity("meeting", ("cwg-harbour", str(number)))
        said = Claim(document, "rc:reportsOn", meeting, "asserted", "text", "invented", (Span(0, 1),))
        held.append((f"{name}-meeting-{number}", said))
    first, last = (day, day) if isinstance(day, str) else day
    return Account(name, tuple(held), text, first, last, tuple(bounds))


def text_of(name: str, day: str, clauses: Sequence[str], revision: Entity = REVISION) -> Account:
    """A document that is the whole text of a revision, a clause a line."""
    claims, at = [], 0
    for number, words in enumerate(clauses, start=1):
        clause = Entity("clause", (*revision.key, str(number)))
        role = ("rc:clauseRole", Entity("concept", ("clause-role", "resolves")))
        span = Span(at, at + len(words))
        said = Claim(revision, "eli:has_part", clause, "asserted", "text", "invented", (span,), details=(role,))
        claims.append((f"{name}-clause-{number}", said))
        at += len(words) + 1
    return paper(name, day, clauses, claims)


def quoting(name: str, day: str, line: str, words: str, revision: Entity = REVISION) -> Account:
    """A document of one line that gives these words of it as those of a revision."""
    start = line.index(words)
    excerpt = Entity("excerpt", (name, str(start)))
    details = (("rc:quotedIn", Entity("document", (name,))),)
    span = Span(start, start + len(words))
    said = Claim(revision, "eli:has_part", excerpt, "asserted", "text", "invented", (span,), details=details)
    return paper(name, day, [line], [(f"{name}-excerpt", said)])


def archive(*accounts: Account) -> Archive:
    return Archive.of(accounts, Account("register", ()), known())
