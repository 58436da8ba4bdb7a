"""Drawings made on the server: SVG whose every mark is a link, so that they work, print and can be read out.

Colours and strokes come from classes of the style sheet, and shape and letter say the same as the colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from queryapp.lanes import Lane, Lanes, Mark

LABEL, CELL, ROW, HEAD, HIT = 222, 56, 40, 46, 24
STATED, PLANNED, INFERRED = "stated", "planned", "inferred"

HEXAGON = '<path d="M-4-8H4L9 0 4 8H-4L-9 0Z" class="mark {style}"/>'
SQUARE = '<path d="M-8-8H8V8H-8Z" class="mark {style}"/>'
TICK = '<path d="M-4 0-1 4 5-4" class="tick {style}"/>'
CROSS = '<path d="M-4-4 4 4M-4 4 4-4" class="tick {style}"/>'

SHAPES = {
    "proposed": '<circle r="7" class="mark ring {style}"/>',
    "discussed": '<circle r="8" class="mark {style}"/>',
    "no-consensus": '<path d="M-7-4-4-7 0-3 4-7 7-4 3 0 7 4 4 7 0 3-4 7-7 4-3 0Z" class="mark {style}"/>',
    "divided": '<path d="M-8 0 0-8 0 8ZM2-8 9 0 2 8Z" class="mark {style}"/>',
    "agreed": SQUARE + TICK,
    "launched": '<path d="M-7-8 9 0-7 8Z" class="mark {style}"/>',
    "summarised": '<path d="M-7-9H3L8-4V9H-7Z" class="mark {style}"/><path d="M-4 0H5M-4 4H5" class="tick {style}"/>',
    "deferred": '<path d="M-7-8h5V8h-5ZM2-8h5V8H2Z" class="mark {style}"/>',
    "requested": '<path d="M-9 2V9H9V2M0-9V4M-4 0 0 4 4 0" class="mark open {style}"/>',
    "noted": '<circle r="4" class="mark {style}"/>',
    "planned": '<path d="M-6-8H6L-6 8H6Z" class="mark {style}"/>',
    "reported": '<path d="M-8-7H8V4H0L-4 9V4H-8Z" class="mark {style}"/>',
    "adopted": '<path d="M-8-8H8V2L0 9-8 2Z" class="mark {style}"/><path d="M-4-2-1 2 5-5" class="tick {style}"/>',
    "approved": HEXAGON + TICK,
    "not-agreed": SQUARE + CROSS,
    "rejected": HEXAGON + CROSS,
    "withdrawn": '<path d="M-9 0 0-8V-4H8V4H0V8Z" class="mark {style}"/>',
    "completed": '<path d="M-7-9H8L4-4 8 1H-4V9H-7Z" class="mark {style}"/>',
    "for-information": '<path d="M0-8 8 0 0 8-8 0Z" class="mark {style}"/>',
}
"""Each drawn around its own middle."""

COLOURS = {
    "planned": "launched",
    "reported": "summarised",
    "adopted": "agreed",
    "approved": "agreed",
    "completed": "agreed",
    "not-agreed": "no-consensus",
    "rejected": "no-consensus",
    "withdrawn": "deferred",
    "divided": "no-consensus",
    "requested": "deferred",
    "noted": "proposed",
    "for-information": "proposed",
}


def style_of(how: str) -> str:
    """Solid for what a source or register states, outline for what is intended, dotted for what no source states."""
    if how in ("stated", "register"):
        return STATED
    return PLANNED if how in ("planned", "proposed", "conditional") else INFERRED


def shape(outcome: str, how: str) -> Markup:
    """The mark of an outcome, around the origin. An outcome without a shape is a small square with a ?."""
    drawn = SHAPES.get(outcome, '<rect x="-5" y="-5" width="10" height="10" class="mark {style}"/>')
    return Markup(drawn.format(style=style_of(how)))  # noqa: S704 - constants of this file


def colour_class(outcome: str) -> str:
    """The class of the style sheet that colours an outcome."""
    return f"st-{COLOURS.get(outcome, outcome if outcome in SHAPES else 'proposed')}"


def legend_mark(outcome: str, how: str = STATED) -> Markup:
    """A mark by itself, beside words that say the same."""
    return Markup('<svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true" class="{}">{}</svg>').format(
        colour_class(outcome), shape(outcome, how)
    )


def lanes_svg(lanes: Lanes, link: Callable[[Mark], str], topic_link: Callable[[str], str], identifier: str) -> Markup:
    """The topic lanes. identifier tells several drawings of one page apart."""
    widths = [_width(lanes, at) for at in range(len(lanes.columns))]
    lefts = [LABEL + sum(widths[:at]) for at in range(len(widths))]
    wide, high = LABEL + sum(widths) + 8, HEAD + ROW * len(lanes.lanes) + 8
    parts = [_heads(lanes, lefts, widths, high)]
    for row, lane in enumerate(lanes.lanes):
        middle = HEAD + ROW * row + ROW / 2
        parts.append(Markup('<line class="line" x1="0" x2="{}" y1="{y}" y2="{y}"/>').format(wide, y=HEAD + ROW * row))
        parts.append(_lane(lane, middle, lefts, widths, link, topic_link))
    return Markup(
        '<svg class="lanes" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="group" aria-labelledby="{i}-t">'
        '<title id="{i}-t">Topics by meeting: each mark opens its sentence</title>{parts}</svg>'
    ).format(w=wide, h=high, i=identifier, parts=Markup("").join(parts))


def _width(lanes: Lanes, at: int) -> int:
    if lanes.columns[at].is_gap:
        return CELL + 12
    most = max((len(lane.marks.get(at, ())) for lane in lanes.lanes), default=1)
    return max(CELL, HIT * most + 8)


def _heads(lanes: Lanes, lefts: Sequence[int], widths: Sequence[int], high: int) -> Markup:
    parts = []
    for column, left, width in zip(lanes.columns, lefts, widths, strict=True):
        if column.is_gap:
            lines = [column.label.partition(":")[0] if ":" in column.label else "", "no", "document"]
            parts.append(
                Markup('<rect class="gap" x="{}" y="0" width="{}" height="{}"/>').format(left + 2, width - 4, high)
            )
            soft = " soft"
        else:
            lines, soft = [column.label, *column.date.split(" ", 1)], ""
        for line, words in enumerate(lines):
            parts.append(
                Markup('<text class="head{}" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                    soft if line == 0 else " soft", left + width / 2, 13 + 14 * line, words
                )
            )
    return Markup("").join(parts)


def _lane(
    lane: Lane,
    middle: float,
    lefts: Sequence[int],
    widths: Sequence[int],
    link: Callable[[Mark], str],
    topic_link: Callable[[str], str],
) -> Markup:
    lines = _wrap(lane.label)
    first = middle + 4 - 7 * (len(lines) - 1)
    label = Markup("").join(
        Markup('<tspan x="0" y="{}">{}</tspan>').format(first + 14 * at, words) for at, words in enumerate(lines)
    )
    parts = [Markup('<a href="{}"><text>{}</text></a>').format(topic_link(lane.topic), label)]
    for bar in lane.bars:
        start, end = lefts[bar.start] + widths[bar.start] / 2, lefts[bar.end] + widths[bar.end] / 2
        parts.append(
            Markup('<line class="window {}" x1="{}" x2="{}" y1="{y}" y2="{y}"/>').format(
                style_of(bar.how), start, end, y=middle
            )
        )
    for at, marks in sorted(lane.marks.items()):
        left = lefts[at] + widths[at] / 2 - HIT * (len(marks) - 1) / 2
        parts.extend(_mark(mark, left + HIT * place, middle, lane.label, link) for place, mark in enumerate(marks))
    return Markup("").join(parts)


def _mark(mark: Mark, x: float, y: float, topic: str, link: Callable[[Mark], str]) -> Markup:
    words = f"{topic}: {mark.words} ({mark.known.words})"
    return Markup(
        '<a href="{}" class="ev {}" transform="translate({} {})" aria-label="{words}">'
        '<title>{words}</title><rect class="hit" x="-12" y="-13" width="24" height="26"/>{}</a>'
    ).format(link(mark), colour_class(mark.outcome), x, y, shape(mark.outcome, mark.known.how), words=words)


def _wrap(label: str, width: int = 34) -> list[str]:
    """At most two lines; the whole label is the link's text elsewhere on the page."""
    if len(label) <= width:
        return [label]
    at = label.rfind(" ", 0, width)
    at = at if at > 0 else width
    rest = label[at:].strip()
    return [label[:at], rest if len(rest) <= width else rest[: width - 1] + "…"]


@dataclass(frozen=True, slots=True)
class Revision:
    """What held from when until when. since and until are ISO dates or years; "" where not known."""

    iri: str
    label: str
    since: str
    until: str = ""


def _day(when: str) -> float | None:
    """A year, month or day as a number of years; None if it is none of these."""
    parts = when.split("-")
    try:
        year, month, day = (int(p) for p in (*parts, "1", "1")[:3])
        start = date(year, 1, 1)
        return year + (date(year, month, day) - start).days / 366
    except ValueError:
        return None


def in_force(revision: Revision, on: str) -> bool | None:
    """Whether a revision held on a day; None where its first day is not known."""
    start, end, day = _day(revision.since), _day(revision.until) if revision.until else None, _day(on)
    if start is None or day is None:
        return None
    return start <= day and (end is None or day < end)
