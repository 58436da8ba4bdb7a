"""Which clause another one is an item of, from its number, its depth and how the clause before it ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.provisions.numerals import Numeral, follows, numeral

_ANEW = 1000
"""More than any depth: what starts anew comes after all that goes on."""


@dataclass(frozen=True, slots=True)
class Open:
    """A clause that the next may be an item or a neighbour of."""

    number: Numeral | None
    level: int
    position: int
    end: str
    """The last characters of its words."""

    @property
    def awaits(self) -> bool:
        """Whether its words cannot end here: ":" or no mark at all ("provided that")."""
        return self.end.endswith(":") or self.end[-1:].isalnum()


@dataclass(slots=True)
class Nesting:
    """The lists that are open under one head, the outermost first."""

    open: list[Open] = field(default_factory=list)

    def numbers(self) -> list[Numeral]:
        """The last number of each list that is open."""
        return [one.number for one in self.open if one.number is not None]

    def last(self) -> Open | None:
        """The clause read last."""
        return self.open[-1] if self.open else None

    @property
    def awaits(self) -> bool:
        """Whether a list is to begin below the clause read last."""
        return bool(self.open) and self.open[-1].end.endswith(":")

    def numeral(self, printed: str | None) -> Numeral | None:
        """A printed number as it is to be taken among the lists that are open."""
        return numeral(printed, self.numbers(), awaited=self.awaits)

    def expects(self, number: Numeral | None) -> bool:
        """Whether a number goes on with a list that is open."""
        return number is not None and any(follows(last, number) for last in self.numbers())

    def parent(self, number: Numeral | None, level: int) -> int | None:
        """The clause that the next one is an item of; its neighbours and their items are closed by that."""
        if number is None:
            return self._of_unnumbered(level)
        if len(number.values) > 1 and (above := self._above(number)) is not None:
            del self.open[above + 1 :]
            return self.open[-1].position
        if self.open and number.begins and self.open[-1].awaits:
            return self.open[-1].position
        index = self._neighbour(number, level)
        return self._of_new_list(number, level) if index is None else self._close(index)

    def _neighbour(self, number: Numeral, level: int) -> int | None:
        """Where the clause stands that the number follows: at its own depth, at any, or in a series begun anew."""
        near: list[int] = []
        for index in range(len(self.open) - 1, -1, -1):
            last = self.open[index].number
            if last is None or not _alike(last, number):
                continue
            if follows(last, number) and self.open[index].level == level:
                return index
            near.append(index if follows(last, number) else index - _ANEW)
        return max(near) % _ANEW if near else None

    def _above(self, number: Numeral) -> int | None:
        """Where the clause stands whose number a dotted one continues: "4" for "4.1"."""
        for index in range(len(self.open) - 1, -1, -1):
            last = self.open[index].number
            if last is not None and last.values == number.values[:-1] and last.style == number.style:
                return index
        return None

    def _close(self, index: int) -> int | None:
        del self.open[index:]
        return self.open[-1].position if self.open else None

    def _of_new_list(self, number: Numeral, level: int) -> int | None:
        if not self.open:
            return None
        last = self.open[-1]
        if level > last.level and last.level > 0:
            return last.position
        return last.position if self.open[0].number is not None else self._close(len(self.open) - 1)

    def _of_unnumbered(self, level: int) -> int | None:
        if not self.open:
            return None
        last = self.open[-1]
        if last.awaits or (level > last.level and last.number is not None):
            return last.position
        while self.open and self.open[-1].number is not None and self.open[-1].level >= level > 0:
            self.open.pop()
        if self.open and self.open[-1].number is None:
            self.open.pop()
        return self.open[-1].position if self.open else None


def _alike(last: Numeral, number: Numeral) -> bool:
    return last.style == number.style and len(last.values) == len(number.values)
