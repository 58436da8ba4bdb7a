"""What each citation must get, worked out on a calendar: day by day, and for every way that things may have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tests.verdictcases.records import Institution, Number, Paper, Resolution, Text, Verdict


def expected(made: Institution, paper: Paper, cited: Text) -> Verdict:
    """The verdict by trying every day that the document can be of, and all that may have been in force on it.

    Where only its last day is known, the days are those since the latest of the texts that it cites, as far as
    somebody verified them; that can make a citation current, and nothing else.
    """
    if paper.first is None and paper.last is not None:
        begun = [text.meeting.closings[0] + timedelta(days=1) for text in paper.cited if text.verified]
        since = max((day for day in begun if day <= paper.last), default=None)
        found = expected(made, replace(paper, first=since), cited) if since is not None else ("cannot-tell", None)
        return found if found[0] == "current" else ("cannot-tell", None)
    if paper.first is None or paper.last is None or not cited.verified:
        return "cannot-tell", None
    if paper.outcome is not None and cited.meeting is paper.outcome:
        return "current", None
    if paper.last <= cited.meeting.closings[0]:
        return "ahead", None
    held = over(made, cited.number, paper.first, paper.last)
    met = {cited.number}
    while len(held) == 1 and isinstance(only := next(iter(held)), Resolution) and only.number not in met:
        met.add(only.number)
        held = over(made, only.number, paper.first, paper.last)
    if len(held) != 1 or not isinstance(now := next(iter(held)), Text) or not now.verified:
        return "cannot-tell", None
    if now == cited:
        return "current", None
    if now.number == cited.number and now.meeting.year < cited.meeting.year:
        return "ahead", None
    return "stale", f"{now.number[0]}/{now.number[1]}/{now.meeting.year}"


def over(made: Institution, number: Number, first: date, last: date) -> set[object]:
    """All that may have been in force on some day from first to last."""
    found: set[object] = set()
    day = first
    while day <= last:
        found |= on(made, made.resolutions[number], day)
        day += timedelta(days=1)
    return found


def on(made: Institution, chain: Resolution, day: date) -> set[object]:
    """What may have been in force on a day: texts, the resolution that took the content, "nothing", "unseen"."""
    found: set[object] = set()
    if all(not text.verified or text.meeting.closings[1] >= day for text in chain.texts):
        found.add("nothing")
    for at, text in enumerate(chain.texts):
        begun = text.meeting.closings[0] < day
        left = any(later.verified and later.meeting.closings[1] < day for later in chain.texts[at + 1 :])
        if not begun or left:
            continue
        last = at == len(chain.texts) - 1
        if last and chain.ended_at is not None:
            earliest, latest = chain.ended_at.closings
            if earliest < day:
                found.add("nothing" if chain.into is None else made.resolutions[chain.into.number])
            if latest < day and chain.end_verified:
                continue
        found.add(text)
        if any(unseen(made, chain, text, day)):
            found.add("unseen")
    return found


def unseen(made: Institution, chain: Resolution, text: Text, day: date) -> Iterator[bool]:
    """Whether each meeting of the issuer may have made a later text of which the register says nothing."""
    listed = {each.meeting for each in chain.texts}
    assured = chain.complete if chain.complete_verified else None
    for meeting in made.meetings[chain.number[0]]:
        if meeting in listed or (assured is not None and day <= assured):
            continue
        earliest, latest = meeting.closings
        after_list = assured is None or latest > assured
        yield earliest < day and latest > text.meeting.closings[0] and after_list
