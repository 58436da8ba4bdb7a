"""Which days and which place belong to a meeting: those that only words of holding a meeting tie to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.discourse.certainty import modality
from ingest.finders.hits import Hit
from ingest.text import Sentence, dates

_GLUE = frozenset(
    """
    a again all also and are as at be been being between both building by case cases center centre
    city closing conference consecutive convened days days' due during each first for from fully
    gather gathered group had hall has have headquarters held hold holding hosted house hybrid in
    into is it it's its itself kind local meet meeting meetings met not of on once online only organised
    organized over palace part physical physically place planned premises remote remotely
    respectively room same scheduled seat second session sessions set shall sides take taken takes
    taking that the their then there this three through time times to together took town two until
    virtual virtually was were when which while will with would
    """.split()  # noqa: SIM905 - a block of words is read and changed more easily
)
"""Words of holding a meeting: if others stand between a meeting and a date, the date is not taken for its own."""

_PLACE = re.compile(
    r"(?:\b(?:in|at)(?: the)? |\(|, |: |; | - )"
    r"(?P<place>[A-Z][\w'.-]+(?: (?:de|of|the|do|del|la|al|los|[A-Z][\w'.-]+))*)"
    r"(?P<more>(?:, [A-Z][\w'.-]+(?: (?:of|and|the|[A-Z][\w'.-]+))*)*)"
)
_PREMISES = re.compile(
    r"(?:Headquarters|headquarters|HQ|Building|Room|Centre|Center|Hall|House|Tower|Office|Palais|Palace)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting in a sentence with what its words tie to it; offsets are in the cleaned copy.

    ordinal is None where the words give none. day and place are stretches of the text; said is how the holding
    is put. series numbers the list that the meeting stands in.
    """

    start: int
    end: int
    ordinal: int | None
    body: str | None
    series: int
    period: dates.Period | None = None
    day: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    said: str = "asserted"
    problem: str | None = None
    noun: str = "meeting"
    extra: dict[str, str] = field(default_factory=dict)

    def hit(self, text: str) -> Hit:
        """The mention that it makes: parts ordinal, body (as written), start, end, place, held."""
        parts = {"series": str(self.series), "noun": self.noun}
        if self.ordinal is not None:
            parts["ordinal"] = str(self.ordinal)
        if self.body:
            parts["body"] = self.body
        elif re.search(r"\b(?:its|their) $", text[: self.series][-8:], re.IGNORECASE):
            parts["its"] = "yes"
        if self.period:
            parts |= {"start": self.period.start, "end": self.period.end, "held": self.said}
        if self.day:
            parts |= {"day_from": str(self.day[0]), "day_to": str(self.day[1])}
        if self.place:
            parts["place"] = text[slice(*self.place)]
            parts |= {"place_from": str(self.place[0]), "place_to": str(self.place[1]), "held": self.said}
        return Hit(self.start, self.end, "meeting", parts | self.extra)


def with_days(text: str, sentence: Sentence, told: list[Told], named: Sequence[Hit]) -> list[Told]:
    """The meetings with the days and places that the sentence ties to them, list by list."""
    if not told:
        return told
    days = [d for d in _dates(text[sentence.start : sentence.end]) if d.period is None or d.period.precision == "day"]
    days = [replace(d, start=d.start + sentence.start, end=d.end + sentence.start) for d in days]
    result: list[Told] = []
    for series in dict.fromkeys(each.series for each in told):
        group = [each for each in told if each.series == series]
        result += _Holding(text, sentence, group, told, days, named).attached()
    return [each for each in result if each.ordinal is not None or each.period]


@lru_cache(maxsize=512)
def _dates(text: str) -> tuple[dates.Dated, ...]:
    return tuple(dates.find(text))


@dataclass(frozen=True, slots=True)
class _Holding:
    """One list of meetings in its sentence: looks for the days and the place that belong to it."""

    text: str
    sentence: Sentence
    group: list[Told]
    told: list[Told]
    days: list[dates.Dated]
    named: Sequence[Hit]

    def attached(self) -> list[Told]:
        """The meetings with their days, in turn where there are as many, else with none."""
        days = self._after() or self._before()
        stretch = self._stretch(days)
        said = self._said(stretch)
        places = self._places(stretch, days) if days or self._is_held(stretch) else []
        out = []
        for index, each in enumerate(self.group):
            day = days[index] if len(days) == len(self.group) else None
            place = places[index] if len(places) == len(self.group) else places[0] if len(places) == 1 else None
            if day is not None:
                each = replace(each, period=day.period, day=(day.start, day.end), said=said, problem=day.problem)
                if day.problem:
                    each.extra["problem"] = day.problem
            if place is not None:
                each = replace(each, place=place, said=said)
            out.append(each)
        return out

    def _after(self) -> list[dates.Dated]:
        """Dates behind the meetings, as long as only glue lies between."""
        at = self.group[-1].end
        found: list[dates.Dated] = []
        for day in self.days:
            if day.start < at:
                continue
            if not self._is_glue(at, day.start, first=not found):
                break
            found.append(day)
            at = day.end
        return found if len(found) <= len(self.group) else found[: len(self.group)] if len(self.group) == 1 else []

    def _before(self) -> list[dates.Dated]:
        """ "On 3 May 2031 the Group held its third meeting": one date in front of one meeting."""
        if len(self.group) != 1:
            return []
        near = [d for d in self.days if d.end <= self.group[0].start]
        if not near or any(near[-1].end <= t.start < self.group[0].start for t in self.told):
            return []
        day = near[-1]
        between = self.text[day.end : self.group[0].start]
        if not re.search(r"\b(?:held|met|convened|opened|hold|meet|convene|at)\b", between):
            return []
        return [day] if self._is_glue(day.end, self.group[0].start, first=True) else []

    def _is_glue(self, start: int, end: int, *, first: bool) -> bool:
        between = self.text[start:end]
        if re.search(r"[;!?]|\.\s", between) or len(between) > 220:
            return False
        for hit in self.named:
            if hit.start < end and hit.end > start:
                if hit.kind in ("event", "office") or (hit.kind == "body" and not self._is_own(hit)):
                    return False
                between = between.replace(self.text[hit.start : hit.end], " ")
        if any(other.start < end and other.end > start for other in self.told if other.series != self.group[0].series):
            return False
        if not first and re.search(r"[A-Za-z]{4,}", re.sub(r"\brespectively|\bfrom\b|[A-Z][\w'-]+", "", between)):
            return all(word in _GLUE for word in re.findall(r"[a-z][a-z']*", between)) and len(self.group) > 1
        return all(word in _GLUE for word in re.findall(r"(?<![A-Za-z])[a-z][a-z']*", between))

    def _is_own(self, hit: Hit) -> bool:
        own = self.group[0].body
        words = self.text[hit.start : hit.end]
        beside = self.text[max(0, hit.start - 2 - len(own or "")) : hit.start]
        if own and beside == f"{own} (" and self.text[hit.end : hit.end + 1] == ")":
            return True  # its abbreviation, in brackets
        premises = _PREMISES.match(self.text[hit.end + 1 : hit.end + 20])
        return bool(premises) or own is None or words == own or hit.parts.get("context") == "yes"

    def _stretch(self, days: Sequence[dates.Dated]) -> tuple[int, int]:
        """From the first of the meetings and dates to the last, with the glue around them."""
        ends = [self.group[-1].end, *(day.end for day in days)]
        starts = [self.group[0].start, *(day.start for day in days)]
        limit = min((t.start for t in self.told if t.start > max(ends)), default=self.sentence.end)
        tail = re.match(r"[^;]*", self.text[max(ends) : limit])
        return min(starts), max(ends) + (tail.end() if tail else 0)

    def _said(self, stretch: tuple[int, int]) -> str:
        verb = re.compile(
            r"\b(?:held|convened|met|take place|took place|taken place|hold|holds|meet|meets|convene|scheduled|planned"
            r"|postponed|cancelled|canceled|organized|organised|have|has|had)\b"
        )
        before = self.text[max(self.sentence.start, self.group[0].start - 90) : self.group[0].start]
        clause = re.split(r"[,;:] (?:and|but|while) ", before)[-1]
        near = verb.search(self.text, self.group[-1].end, stretch[1]) if stretch[1] > self.group[-1].end else None
        if near and self._is_glue(self.group[-1].end, near.start(), first=True):
            return self._modality(near)
        behind = list(verb.finditer(self.text, self.group[0].start - len(clause), self.group[0].start))
        if behind and self._is_glue(behind[-1].end(), self.group[0].start, first=True):
            return self._modality(behind[-1])
        return "asserted"

    def _modality(self, verb: re.Match[str]) -> str:
        if verb.group() in ("postponed", "cancelled", "canceled"):
            return "negated"
        return modality(self.text, verb.start(), verb.end())

    def _is_held(self, stretch: tuple[int, int]) -> bool:
        around = self.text[max(self.sentence.start, self.group[0].start - 60) : stretch[1]]
        return bool(re.search(r"\b(?:held|took place|take place|met|convened|hosted|meet|hold)\b", around))

    def _places(self, stretch: tuple[int, int], days: Sequence[dates.Dated]) -> list[tuple[int, int]]:
        """Towns named in the stretch: one for all of the list, or one for each of them."""
        last = max([self.group[-1].end, *(day.end for day in days)])
        found: list[tuple[int, int]] = []
        for match in _PLACE.finditer(self.text, stretch[0], stretch[1]):
            if match.start("place") < self.group[-1].end or any(
                d.start < match.end("place") and match.start("place") < d.end for d in days
            ):
                continue
            if match.start() > last and not self._is_glue(last, match.start(), first=True):
                break
            if not match.group().startswith(("in ", "at ")) and not self._bracketed(match, days):
                continue
            town = self._town(match)
            if town:
                stop = self.text[town[0] : town[1]].rstrip(".")
                found.append((town[0], town[0] + len(stop)))
        distinct = {self.text[slice(*place)] for place in found}
        return found if len(found) == len(self.group) else found[:1] if len(distinct) == 1 else []

    def _bracketed(self, match: re.Match[str], days: Sequence[dates.Dated]) -> bool:
        """ "(Geneva, 18 October 2023)" or "18 October 2023, Geneva": a capitalised word beside the date."""
        return any(
            0 <= day.start - match.end() <= 2
            or (match.start() == day.end and match.group()[0] == ",")
            or (0 <= match.start() - day.end <= 1 and match.group()[0] == "(" and self.text[match.end()] == ")")
            for day in days
        )

    def _town(self, match: re.Match[str]) -> tuple[int, int] | None:
        """The town of a place: behind the name of the premises, before the State."""
        start, end = match.span("place")
        words = self.text[start:end]
        if any(month.capitalize() == words.split()[0] for month in dates.MONTHS if month):
            return None
        for hit in self.named:
            if hit.start <= start < hit.end and hit.kind != "state":
                return self._behind_premises(match)
        if _PREMISES.search(words):
            return self._behind_premises(match)
        return start, end

    def _behind_premises(self, match: re.Match[str]) -> tuple[int, int] | None:
        more = re.match(r", (?P<town>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*)", match["more"] or "")
        if not more:
            return None
        return match.start("more") + more.start("town"), match.start("more") + more.end("town")
