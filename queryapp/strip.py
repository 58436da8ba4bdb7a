"""The revision strip: each revision a link at its date, its time in force a bar, the text of the chosen day filled.

Drawn to scale. What is not sure is hatched, what has no end in the record runs out in dashes, what is planned is an
outline; the same stands in words in each mark's title and in the list beside the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from queryapp.revisions import Revision

WIDE, LEFT, RIGHT = 940, 46, 60
LINE, LABEL, LEAST = 34, 100, 28
"""Height of a line of labels, width of a label, and the least distance of two marks, in pixels."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next occasion on which the text can be revised. how: "planned" and the like; duties fall due there."""

    iri: str
    label: str
    when: str
    how: str = "planned"
    duties: int = 0


def decimal_year(when: str) -> float | None:
    """A year, month or day as a number of years; None if it is none of these."""
    parts = when.split("-")
    try:
        year, month, day = (int(p) for p in (*parts, "1", "1")[:3])
        start, end = date(year, 1, 1), date(year + 1, 1, 1)
        return year + (date(year, month, day) - start).days / (end - start).days
    except ValueError:
        return None


def revision_strip(
    revisions: Sequence[Revision], day: str, link: Callable[[str], str], *, ahead: Ahead | None = None, here: str = ""
) -> Markup:
    """The strip for a day. here is the revision whose page shows it. Empty where no revision has a date."""
    dated = [(when, each) for each in revisions if (when := decimal_year(each.begins)) is not None]
    if not dated:
        return Markup("")
    dated.sort(key=lambda pair: pair[0])
    planned = decimal_year(ahead.when) if ahead else None
    last = max(filter(None, (dated[-1][0], decimal_year(day), planned)))
    scale = _Scale(dated[0][0], last, [when for when, _ in dated])
    marks = [(scale.at(when), _said(each, day), each) for when, each in dated]
    rows = _rows([x for x, _, _ in marks] + ([scale.at(planned)] if planned else []))
    top = 22
    high = top + 26 + LINE * (max(rows) + 1) + 8
    parts = [Markup('<path class="axis" d="M{} {y}H{}"/>').format(LEFT, WIDE - 10, y=top)]
    for place, (x, _, each) in enumerate(marks):
        end = marks[place + 1][0] if place + 1 < len(marks) else None
        parts.append(_bar(each, x, _end(each, end, scale), top))
    parts.append(_today(scale.at(decimal_year(day) or last), day, top))
    for place, (x, said, each) in enumerate(marks):
        parts.append(_node(each, x, top, rows[place], said, link(each.iri), is_here=each.iri == here))
    if ahead and planned:
        parts.append(_ahead(ahead, scale.at(planned), top, rows[-1], link(ahead.iri)))
    return Markup(
        '<svg class="strip" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="group" aria-labelledby="strip-t">'
        '<title id="strip-t">Revisions by date</title><defs><pattern id="hatch" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
        "{parts}</svg>"
    ).format(w=WIDE, h=high, parts=Markup("").join(parts))


class _Scale:
    """Where a date stands: in proportion, but two revisions never so close that they cannot be told apart."""

    def __init__(self, first: float, last: float, dates: Sequence[float]) -> None:
        wide = WIDE - LEFT - RIGHT
        self.first, self.unit = first, wide / ((last - first) or 1)
        self.fixed: list[tuple[float, float]] = []
        for when in dates:
            at = LEFT + (when - first) * self.unit
            self.fixed.append((when, max(at, self.fixed[-1][1] + LEAST) if self.fixed else at))
        over = self.fixed[-1][1] - (WIDE - RIGHT)
        if over > 0 and len(self.fixed) > 1:
            shrink = (WIDE - RIGHT - LEFT) / (self.fixed[-1][1] - LEFT)
            self.fixed = [(when, LEFT + (at - LEFT) * shrink) for when, at in self.fixed]

    def at(self, when: float) -> float:
        """Dates between two revisions keep their share of the way between them."""
        before = [pair for pair in self.fixed if pair[0] <= when]
        after = [pair for pair in self.fixed if pair[0] >= when]
        if before and after:
            (start, x), (end, y) = before[-1], after[0]
            return round(x + (y - x) * (when - start) / ((end - start) or 1), 1)
        if before:
            return round(min(max(LEFT + (when - self.first) * self.unit, before[-1][1]), WIDE - RIGHT + 20), 1)
        return float(LEFT)


def _rows(places: Sequence[float]) -> list[int]:
    """The line of each label: the first in which it does not touch the one before."""
    ends: list[float] = []
    rows = []
    for x in places:
        row = next((at for at, end in enumerate(ends) if x - LABEL / 2 >= end), len(ends))
        ends[row : row + 1] = [x + LABEL / 2]
        rows.append(row)
    return rows


def _end(revision: Revision, following: float | None, scale: _Scale) -> float:
    until = decimal_year(revision.until) if revision.until else None
    if until is not None:
        return scale.at(until)
    return following if following is not None else WIDE - 10


def _bar(revision: Revision, x: float, end: float, top: int) -> Markup:
    fill = "held" if revision.holds else "past"
    width = max(round(end - x, 1), 0)
    drawn = Markup('<rect class="{} {}" x="{x}" y="{y}" width="{w}" height="14"/>').format(
        fill, revision.interval, x=x, y=top - 7, w=width
    )
    if revision.interval in ("bounded", "unverified"):
        drawn += Markup('<rect class="unsure" x="{}" y="{}" width="{}" height="14"/>').format(x, top - 7, width)
    return drawn


def _today(x: float, day: str, top: int) -> Markup:
    return Markup('<path class="day" d="M{x} {}V{}"><title>{}</title></path>').format(top - 13, top + 13, day, x=x)


def _node(revision: Revision, x: float, top: int, row: int, said: str, link: str, *, is_here: bool) -> Markup:
    y = top + 26 + LINE * row
    classes = " ".join(filter(None, ("now" if revision.holds else "off", "here" if is_here else "")))
    lines = [_cited(revision), _text(revision)]
    words = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(x, y + 12 + 11 * at, line) for at, line in enumerate(lines)
    )
    lead = Markup('<path class="lead" d="M{x} {}V{}"/>').format(top + 9, y - 11, x=x) if row else Markup("")
    return Markup(
        '{lead}<a href="{}"{} aria-label="{said}"><title>{said}</title>'
        '<rect class="hit" x="{left}" y="{}" width="26" height="28"/><circle cx="{x}" cy="{top}" r="8" class="{}"/>'
        '<text x="{x}" y="{y}" text-anchor="middle" class="year">{}</text>'
        '<text text-anchor="middle" class="soft">{}</text></a>'
    ).format(
        link, Markup(' aria-current="page"') if is_here else "", top - 14, classes, revision.short, words,
        lead=lead, said=said, left=x - 13, x=x, top=top, y=y,
    )  # fmt: skip


def _ahead(ahead: Ahead, x: float, top: int, row: int, link: str) -> Markup:
    y = top + 26 + LINE * row
    due, how = f"{ahead.duties} due" if ahead.duties else "", ahead.how.partition(",")[0]
    said = f"{ahead.label}, {ahead.how}{f'; {ahead.duties} duties fall due there' if ahead.duties else ''}"
    return Markup(
        '<a href="{}" aria-label="{said}"><title>{said}</title><rect class="hit" x="{}" y="{}" width="26" height="28"/>'
        '<path class="ahead" d="M{x} {}l9 9l-9 9l-9 -9Z"/>'
        '<text x="{x}" y="{y}" text-anchor="middle" class="year">{}</text><text text-anchor="middle" class="soft">'
        '<tspan x="{x}" y="{}">{}</tspan><tspan x="{x}" y="{}">{}</tspan></text></a>'
    ).format(
        link, x - 13, top - 14, top - 9, ahead.when[:4], y + 12, how, y + 23, due, said=said, x=x, y=y
    )  # fmt: skip


def _cited(revision: Revision) -> str:
    return f"cited {revision.cited}× in {revision.documents}" if revision.cited else "not cited"


def _text(revision: Revision) -> str:
    match revision.loaded:
        case "full":
            return f"full, {revision.clauses} clauses"
        case "excerpts":
            return f"{revision.clauses} excerpt{'' if revision.clauses == 1 else 's'}"
    return "no text"


def _said(revision: Revision, day: str) -> str:
    """All of a mark in words."""
    held = {True: f"in force on {day}", False: "", None: f"whether it was in force on {day} cannot be told"}
    documents = f"{revision.documents} document{'' if revision.documents == 1 else 's'}"
    cited = f"cited {revision.cited} times in {documents}" if revision.cited else "not cited"
    return ", ".join(filter(None, (revision.label, held[revision.holds], cited, _text(revision), revision.reason)))
