"""Days: since when something is known, and how a row is judged by the day that was asked for."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

from queryapp.errors import QueryError
from queryapp.queries import Question
from queryapp.rows import Row

RULES = {"by": 1, "between": 2, "during": 2}
"""The rules of a front matter, with how many columns each needs."""


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
        """Whether a row held on the day; None where a date that would tell is missing."""
        start = first_day(row.words(self.columns[0]))
        end = row.words(self.columns[1]) if len(self.columns) > 1 else ""
        if start and day < start:
            return False
        if end and (
            (self.name == "between" and last_day(end) <= day) or (self.name == "during" and last_day(end) < day)
        ):
            return False
        return True if start or (self.name == "during" and end) else None


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
