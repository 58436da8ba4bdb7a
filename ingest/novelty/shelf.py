"""An index of the sentences of documents in the order of their dates, which answers as of any place in that order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from ingest.novelty.forms import MARKS, Form, telling_pairs
from ingest.rulebook import rules


@dataclass(frozen=True, slots=True)
class Shelved:
    """A sentence on the shelf: the place of its document (from 0), its place in that document (from 0), its form."""

    document: int
    place: int
    form: Form


class Shelf:
    """Grows by whole documents, the oldest first. A question names how many of the first documents it is about."""

    def __init__(self) -> None:
        self.sentences: list[Shelved] = []
        self._starts: list[int] = [0]
        self._by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_frame: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_pair: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, forms: Iterable[Form]) -> None:
        """The sentences of the next document."""
        document = len(self._starts) - 1
        for place, each in enumerate(forms):
            at = len(self.sentences)
            self.sentences.append(Shelved(document, place, each))
            self._by_key[each.key].append(at)
            self._by_frame[each.frame].append(at)
            for pair in telling_pairs(each):
                self._by_pair[pair].append(at)
        self._starts.append(len(self.sentences))

    def same(self, sought: Form, first: int) -> list[Shelved]:
        """The sentences of the first documents with the same words, the oldest first."""
        return self._before(self._by_key.get(sought.key, ()), first)

    def refilled(self, sought: Form, first: int) -> list[Shelved]:
        """The sentences of the first documents with the same words but for dates and ordinals, the oldest first.

        A date that stands alone has no words.
        """
        if sum(part not in MARKS for part in sought.frame) < rules("novelty")["near"]["filled_words"]:
            return []
        return self._before(self._by_frame.get(sought.frame, ()), first)

    def likest(self, sought: Form, first: int) -> tuple[Shelved, float] | None:
        """The sentence of the first documents that has the most words in common in order, and their share from 0 to 1.

        Of several as like the one of the latest document, and there the first. None if none is near.
        """
        near = rules("novelty")["near"]
        if len(sought.key) < near["words"]:
            return None
        limit = self._starts[first]
        votes: Counter[int] = Counter()
        for pair in telling_pairs(sought):
            held = self._by_pair.get(pair, ())
            end = bisect_left(held, limit)
            votes.update(held[max(0, end - near["recent"]) : end])
        ranked = sorted(votes, key=lambda at: (-votes[at], -at))[: near["candidates"]]
        scored = [(score, at) for at in ranked if (score := likeness(self.sentences[at].form, sought))]
        best = max(scored, key=lambda one: (one[0], self.sentences[one[1]].document, -one[1]), default=None)
        return None if best is None else (self.sentences[best[1]], best[0])

    def _before(self, held: Sequence[int], first: int) -> list[Shelved]:
        return [self.sentences[at] for at in held[: bisect_left(held, self._starts[first])]]


def likeness(earlier: Form, later: Form) -> float:
    """How much of two sentences stands in both in the same order, dates and ordinals alike: from 0 to 1.

    0 for two that are not one sentence edited. Of a sentence that stands in a longer one the share of its own words.
    """
    near = rules("novelty")["near"]
    one, other = len(earlier.frame), len(later.frame)
    if min(len(earlier.key), len(later.key)) < near["words"]:
        return 0.0
    common = LCSseq.similarity(earlier.frame, later.frame)
    both, own = 2 * common / (one + other), common / other
    if both >= near["least"] and own >= near["own"]:
        return min(both, 0.999)
    return min(own, 0.999) if own >= near["held"] and other >= near["held_words"] else 0.0
