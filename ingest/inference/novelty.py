"""What each document says that no earlier one said, and what it repeats, refills or edits.

Earlier is a document whose last possible day is before the first possible day of this one: which documents those are
does not depend on the day that is asked about, so an answer, once given, stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from ingest.inference.archive import Account, Archive, conclusion
from ingest.inference.texts import cleaned
from ingest.model import Claim, Entity, Value
from ingest.novelty import Kind, Origin, Spoken, form, origins
from ingest.novelty.shelf import Shelf

RULE = "what-is-new"
SAYS: dict[Kind, str] = {"repeated": "rc:repeats", "refilled": "rc:refills", "edited": "rc:edits"}
COUNTS: dict[Kind, str] = {
    "new": "rc:sentencesNew",
    "edited": "rc:sentencesEdited",
    "refilled": "rc:sentencesRefilled",
    "repeated": "rc:sentencesRepeated",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One document and the origin of each of its sentences; earlier are the documents that origins are places in.

    mark stands for the earlier documents, in this process.
    """

    account: Account
    origins: tuple[Origin, ...]
    earlier: Sequence[Account]
    mark: int


def told(archive: Archive) -> Iterator[Told]:
    """Every dated document that has earlier ones, by date: what it says is new or was said before."""
    dated = sorted((a for a in archive.accounts if a.latest and a.sentences), key=lambda a: (a.latest or "", a.name))
    memory = _memory()
    marks = memory.shelve(dated)
    days = [account.latest or "" for account in dated]
    for account in dated:
        first = bisect_left(days, account.earliest) if account.earliest else 0
        if first:
            mark = marks[first - 1]
            yield Told(account, memory.origins(account, first, mark), dated[:first], mark)


def what_is_new(archive: Archive) -> Iterator[Claim]:
    """How many sentences of each document are new, and where the passages that state facts were said before."""
    made = _memory().claims
    for each in told(archive):
        account = each.account
        key = (account.name, account.text, each.mark, hash(tuple(key for key, _ in account.claims)))
        if key not in made:
            made[key] = (*_counts(each), *_passages(each))
        yield from made[key]


def _counts(each: Told) -> Iterator[Claim]:
    document, key = each.account.document, _read(each.account)
    if document is None or key is None:
        return
    found = Counter(origin.kind for origin in each.origins)
    numbers = {"rc:earlierDocuments": len(each.earlier), **{COUNTS[kind]: found[kind] for kind in COUNTS}}
    for predicate, number in numbers.items():
        yield conclusion(document, predicate, Value(str(number), "xsd:integer"), RULE, (key,))


def _passages(each: Told) -> Iterator[Claim]:
    """The passages in which a fact is stated, each with the earlier passage and, where that is another, the first."""
    stating = _stating(each.account)
    own = _read(each.account)
    for origin in each.origins:
        if origin.earlier is None or origin.first is None or origin.place not in stating or own is None:
            continue
        here = passage(each.account, origin.place)
        before = each.earlier[origin.earlier[0]]
        read = _read(before)
        premises = (own,) if read is None else (own, read)
        there = passage(before, origin.earlier[1])
        yield conclusion(here, SAYS[origin.kind], there, RULE, premises, score=origin.score)
        if origin.first != origin.earlier:
            oldest = each.earlier[origin.first[0]]
            read = _read(oldest)
            premises = (own,) if read is None else (own, read)
            yield conclusion(here, "rc:firstSaidAt", passage(oldest, origin.first[1]), RULE, premises)


def _stating(account: Account) -> frozenset[int]:
    """The places of the sentences that are evidence of a claim."""
    starts = [start for start, _, _ in account.sentences]
    held: set[int] = set()
    for span in {span for _, claim in account.claims for span in claim.spans}:
        at = max(bisect_left(starts, span.start + 1) - 1, 0)
        while at < len(starts) and starts[at] < span.end:
            if account.sentences[at][1] > span.start:
                held.add(at)
            at += 1
    return frozenset(held)


def passage(account: Account, place: int) -> Entity:
    """A sentence of a document, by its place from 0, as the evidence that it is or would be."""
    start, end, _ = account.sentences[place]
    return Entity("evidence", (account.name, f"{start}-{end}"))


def _read(account: Account) -> str | None:
    """The key of the assertion that the document was read from this file."""
    return next((key for key, claim in account.claims if claim.predicate == "rc:embodiedBy"), None)


# ---- what is worked out once ----------------------------------------------------------------------------------------


@dataclass
class _Memory:
    """What does not depend on the day, kept from one day's archive to the next: the index above all.

    The archive of a later day holds the documents of the earlier day and then some, in the same order, so that the
    index only grows. Where it does not, it is made anew.
    """

    shelf: Shelf = field(default_factory=Shelf)
    shelved: list[Spoken] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    spoken: dict[tuple[str, str], Spoken] = field(default_factory=dict)
    found: dict[tuple[str, str, int], tuple[Origin, ...]] = field(default_factory=dict)
    claims: dict[tuple[str, str, int, int], tuple[Claim, ...]] = field(default_factory=dict)

    def shelve(self, dated: Sequence[Account]) -> list[int]:
        """Put the documents on the shelf; what stands for each of them with all before it."""
        marks = list(accumulate(dated, lambda mark, a: hash((mark, a.name, a.text)), initial=0))[1:]
        common = min(len(marks), len(self.marks))
        if marks[:common] != self.marks[:common]:
            self.shelf, self.shelved, self.marks = Shelf(), [], []
        for account, mark in list(zip(dated, marks, strict=True))[len(self.marks) :]:
            spoken = self.speech(account)
            self.shelf.add(spoken.forms)
            self.shelved.append(spoken)
            self.marks.append(mark)
        return marks

    def speech(self, account: Account) -> Spoken:
        """The sentences of a document, cleaned and folded."""
        key = (account.name, account.text)
        if key not in self.spoken:
            words = tuple(cleaned(account.text[start:end]) for start, end, _ in account.sentences)
            self.spoken[key] = Spoken(words, tuple(form(each) for each in words))
        return self.spoken[key]

    def origins(self, account: Account, first: int, mark: int) -> tuple[Origin, ...]:
        """The origins of a document's sentences among the first documents of the shelf, which the mark stands for."""
        key = (account.name, account.text, mark)
        if key not in self.found:
            self.found[key] = tuple(origins(self.speech(account), self.shelf, first, self.shelved))
        return self.found[key]


@cache
def _memory() -> _Memory:
    return _Memory()
