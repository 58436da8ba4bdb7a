"""Days: since when something is known, and how a row is judged by the day that was asked for."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

from queryapp.errors import QueryError
from queryapp.queries import Question
from queryapp.rows import Row

RULES = {"by": 1, "between": 2, "during": 2}
"""The rules of a front matter, with how many columns each needs."""

BOUNDS = ("Earliest", "Latest")
"""Endings of columns that hold the first and the last day that another column can be."""


def known_on(known: str, until: str, day: str) -> bool:
    """Whether a fact known from one day until another was known on a day. Dates are ISO; "" is no date.

    Without a day this is the view of today: all that nothing has overturned, dated or not.
    """
    if not day:
        return not until
    return bool(known) and known[:10] <= day and not (until and until[:10] <= day)


def first_day(when: str) -> str:
    """The first day of a day, a month or a year, as an ISO date; "" for what is none of these."""
    parts = when[:10].split("-")
    if not (1 <= len(parts) <= 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4):
        return ""
    return "-".join((*parts, "01", "01")[:3])


def last_day(when: str) -> str:
    """The last day of a day, a month or a year, as an ISO date; "" for what is none of these."""
    if not first_day(when):
        return ""
    parts = when[:10].split("-")
    year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
    if len(parts) == 3:
        return when[:10]
    days = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 0
    return f"{parts[0]}-{month:02}-{days}" if days else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a question's rows are judged by ?on=: the rule's name with its columns, or the reason why not at all."""

    name: str
    columns: tuple[str, ...] = ()
    reason: str = ""

    def holds(self, row: Row, day: str) -> bool | None:
        """Whether a row held on the day; None where a date that would tell is missing, or the day is between bounds.

        A column `from` may be bounded by columns fromEarliest and fromLatest, and so may each other.
        """
        begun = _passed(row, self.columns[0], day, last=False)
        if len(self.columns) == 1:
            return begun
        over = _passed(row, self.columns[1], day, last=self.name == "during")
        ends = any(self.columns[1] + bound in row for bound in ("", *BOUNDS))
        if begun is False or over:
            return False
        if begun is None and self.name == "during" and over is False:
            return True
        return None if begun is None or (ends and over is None) else True


def _passed(row: Row, column: str, day: str, *, last: bool) -> bool | None:
    """Whether the day is on or after the one in a column; last: after the last day of what stands there.

    None where the column and its bounds do not say.
    """
    exact = row.words(column)
    if last:
        return last_day(exact) < day if last_day(exact) else None
    if first_day(exact):
        return first_day(exact) <= day
    earliest, latest = (first_day(row.words(column + bound)) for bound in BOUNDS)
    if latest and latest <= day:
        return True
    return False if earliest and day < earliest else None


def rule_of(question: Question) -> Rule:
    """The rule in a question's front matter; where none is, columns from and until are one. Raises QueryError."""
    said = question.front.get("on", "")
    if not said and {"from", "until"} <= dict(question.columns).keys():
        said = "between from until"
    name, _, rest = said.partition(" ")
    if name in ("", "no", "no,"):
        return Rule("", reason=rest.strip())
    columns = tuple(rest.split())
    missing = [column for column in columns if column not in dict(question.columns)]
    if RULES.get(name) != len(columns) or missing:
        raise QueryError(
            f"{question.name}.rq: on: {said} – no such rule, or a column is missing: {', '.join(missing)}."
        )
    return Rule(name, columns)
