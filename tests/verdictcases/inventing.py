"""An institution out of a seed: meetings, resolutions of two bodies, and documents that cite them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.verdictcases.records import Institution, Meeting, Number, Paper, Resolution, Text

DOCUMENTS, CITATIONS = 15, 7

HEADS = ("Ask Bel Cor Dun Elm Fal Gar Hol Ing Kel Lar", "Mol Nor Ost Pel Ras Sel Tor Ulm Ves Wes Yar")
TAILS = ("haven", "mouth", "stead", "bury", "ford", "minster")


def invent(seed: int) -> Institution:
    """Meetings from 2001 to 2047, resolutions of both bodies, and documents that cite them."""
    chance = random.Random(seed)  # noqa: S311  # cases, not secrets
    made = Institution(seed)
    cities = [head + tail for heads in HEADS for head in heads.split() for tail in TAILS]
    chance.shuffle(cities)
    for body, gap in (("asm", (3, 5)), ("board", (1, 3))):
        year, held = 2001 + chance.randint(0, 2), []
        while year < 2048:
            opened = date(year, chance.randint(2, 11), chance.randint(1, 17))
            known = chance.choices(("day", "month", "year", "unverified"), (12, 2, 1, 2))[0]
            held.append(
                Meeting(body, year, cities.pop(), opened, opened + timedelta(days=chance.randint(2, 10)), known)
            )
            year += chance.randint(*gap)
        made.meetings[body] = held
    for at in range(24):
        _invent_chain(chance, made, ("asm", str(11 + at)) if at < 13 else ("board", str(401 + at)))
    for chain in list(made.resolutions.values()):
        _end(chance, made, chain)
    for at in range(DOCUMENTS):
        made.papers.append(_invent_paper(chance, made, f"paper-{seed}-{at}"))
    return made


def _invent_chain(chance: random.Random, made: Institution, number: Number) -> None:
    held = made.meetings[number[0]]
    start, size = chance.randrange(len(held) - 2), chance.randint(1, 5)
    if chance.random() < 0.5:
        chosen = held[start : start + size]
    else:
        chosen = sorted(chance.sample(held[start:], min(size, len(held) - start)), key=lambda each: each.year)
    known_first = chance.random() < 0.7
    texts = [Text(number, meeting, at == 0 and known_first, chance.random() > 0.1) for at, meeting in enumerate(chosen)]
    complete = None
    if chance.random() < 0.75:
        complete = chance.choice(chosen).closed + timedelta(days=chance.randint(0, 4000))
    made.resolutions[number] = Resolution(number, texts, complete, chance.random() > 0.1)


def _end(chance: random.Random, made: Institution, chain: Resolution) -> None:
    """Now and then the end of a chain: abrogated, or merged into a text of another resolution of the same issuer."""
    last = chain.texts[-1]
    later = [m for m in made.meetings[chain.number[0]] if m.year > last.meeting.year]
    drawn = chance.random()
    if not later or drawn > 0.3:
        return
    chain.end_verified = chance.random() > 0.25
    if drawn < 0.1:
        chain.ended_at = chance.choice(later)
        return
    hosts = [
        text
        for other in made.resolutions.values()
        if other is not chain and other.number[0] == chain.number[0] and other.into is None
        for text in other.texts
        if text.meeting in later
    ]
    if hosts:
        chain.into = chance.choice(hosts)
        chain.ended_at = chain.into.meeting


def _invent_paper(chance: random.Random, made: Institution, name: str) -> Paper:
    meeting = chance.choice([m for m in made.meetings["asm" if chance.random() < 0.6 else "board"] if m.year < 2044])
    outcome = None
    if chance.random() < 0.12 and meeting.known == "day":
        outcome = meeting
        day = meeting.opened + timedelta(days=chance.randint(0, (meeting.closed - meeting.opened).days))
    elif chance.random() < 0.4:
        day = meeting.closed + timedelta(days=chance.choice((-1, 0, 1, 2)))
    else:
        day = date(chance.randint(2004, 2046), chance.randint(1, 12), chance.randint(1, 28))
    first: date | None = day
    last: date | None = day
    drawn = chance.random()
    if outcome is None and drawn < 0.3:
        first = day - timedelta(days=chance.randint(1, 300))
        last = day + timedelta(days=chance.randint(0, 300))
    elif outcome is None and drawn < 0.42:
        first, last = chance.choice([(None, None), (day, None), (None, day)])
    texts = [text for chain in made.resolutions.values() for text in chain.texts]
    near = [text for text in texts if -2500 < (text.meeting.closed - day).days < 300] or texts
    own = [text for text in texts if outcome is not None and text.meeting is outcome]
    pool = [*own, *chance.sample(near, min(len(near), CITATIONS - 1)), *chance.sample(texts, CITATIONS)]
    return Paper(name, first, last, tuple(dict.fromkeys(pool))[:CITATIONS], outcome)
