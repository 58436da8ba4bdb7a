"""Since when conclusions are known: inference asked again for every day on which a document or a row became known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.clocks import Answer, Kept, history
from ingest.graph.triples import merged
from ingest.inference import Account, Archive, infer
from ingest.model import Claim, Held, Known
from ingest.register import Register

SOURCE = "inferences"
"""What stands for the source in the keys of conclusions."""


@dataclass(frozen=True, slots=True)
class Chronicle:
    """What one document states, with the time for which each of its claims is known; account is all of it."""

    account: Account
    claims: tuple[Held, ...]

    def on(self, day: str) -> Account:
        """The account as known on a day."""
        pairs = tuple((held.key, held.claim) for held in self.claims if held.known.on(day))
        return self.account.with_claims(pairs)


@dataclass(frozen=True)
class Chronicles:
    """All documents and the registers, out of which an archive can be made for any day."""

    documents: tuple[Chronicle, ...]
    registers: tuple[Held, ...]
    register: Register

    def archive(self, day: str | None = None) -> Archive:
        """What was known on a day; without one all that is held now, undated documents included."""
        if day is None:
            accounts = [t.account.with_claims(_current(t.claims)) for t in self.documents]
            return Archive.of(accounts, Account("register", _current(self.registers)), self.register)
        accounts = [account for t in self.documents if (account := t.on(day)).claims]
        rows = tuple((h.key, h.claim) for h in self.registers if h.known.on(day) or h.known == Known())
        return Archive.of(accounts, Account("register", rows), self.register.known_on(day))

    @property
    def days(self) -> tuple[str, ...]:
        """The days on which a claim of a document came or went, in order."""
        known = [held.known for each in self.documents for held in each.claims]
        dates = {day for each in known if each.latest for day in (each.latest, each.until) if day}
        return tuple(sorted(dates))


def _current(claims: Iterable[Held]) -> tuple[tuple[str, Claim], ...]:
    return tuple((held.key, held.claim) for held in claims if held.known.until is None)


def conclusions(record: Chronicles, rules: Callable[[Archive], Iterator[Claim]] = infer) -> Iterator[Held]:
    """What follows from the documents and the registers, with the time for which it is known.

    Undated documents are of no day: what follows with them alone is undated, and they overturn nothing.
    """
    dated = record.days
    days = [*dated[:1], *(day for day in sorted({*dated, *record.register.days}) if dated and day > dated[0])]
    times = {held.key: held.known for each in record.documents for held in each.claims}
    times.update((held.key, held.known) for held in record.registers)
    met: set[str] = set()
    for kept in history(days, lambda day: _keyed(rules(record.archive(day))), pivots=_pivots(days, dated)):
        met.add(kept.key)
        yield Held(kept.key, kept.claim, _known(kept, times))
    if not days or any(each.account.latest is None for each in record.documents):
        for key, claim in _keyed(rules(record.archive())).items():
            if key not in met:
                yield Held(key, claim, Known())


def _pivots(days: Sequence[str], dated: Sequence[str]) -> list[int]:
    """The places of the days on which a document's claims changed, and of the days before them: there is the news."""
    places = [bisect_left(days, day) for day in dated]
    return sorted({at for place in places for at in (place - 1, place) if at >= 0})


def _keyed(claims: Iterable[Claim]) -> Answer:
    return dict(merged(SOURCE, claims))


def _known(kept: Kept, times: Mapping[str, Known]) -> Known:
    """A conclusion may be as old as the earliest days that its premises can be of, if they are what made it known.

    What it came to rest on later (the day on which a text, then in force, ended) has no say in that.
    """
    premises = [times[key] for key in kept.claim.premises if key in times]
    premises = [known for known in premises if known.latest is not None and known.latest <= kept.since]
    made_known = [known for known in premises if known.latest == kept.since]
    earliest = max((known.earliest or "" for known in premises), default="") if made_known else kept.since
    return Known(earliest or None, kept.since, kept.until)
