"""Invented institutions and documents, and the verdicts that their citations must get: a check that shares no rule.

Each institution is a folder of registers with conferences and sessions whose closing days are known to the day, the
month or the year, or are not verified; resolutions with gaps, first texts, merged and ended ones, rows that nobody
verified, lists that are complete to a day or to none. Its documents cite them in many notations, before, on and after
closing days. What each citation must get is worked out here on a calendar, day by day and for every way that things
may have been; then the project's own build reads the folder, and the two are compared.

    python -m tests.verdictcases            all institutions, a confusion table, the differences one by one
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from ingest.build import Order, build

SEEDS = (11, 23, 37, 41, 59)
DOCUMENTS, CITATIONS = 15, 7
BASE = "https://example.org/cases/"
TERMS = ("current", "stale", "ahead", "cannot-tell")

Number = tuple[str, str]
"""A resolution by its issuer and number."""


@dataclass(frozen=True)
class Meeting:
    """A conference or session: the day it opened and closed, and how much of that the register has.

    known is "day", "month", "year", or "unverified": a day that nobody verified.
    """

    body: str
    year: int
    city: str
    opened: date
    closed: date
    known: str

    @property
    def closings(self) -> tuple[date, date]:
        """The days that can have been the last one, going by what is verified."""
        if self.known == "day":
            return self.closed, self.closed
        if self.known == "month":
            following = (self.closed.replace(day=28) + timedelta(days=4)).replace(day=1)
            return self.closed.replace(day=1), following - timedelta(days=1)
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def written(self, day: date) -> str:
        """The cell of a day."""
        return {"day": str(day), "unverified": str(day), "month": str(day)[:7]}.get(self.known, "")


@dataclass(frozen=True)
class Text:
    """A revision: the meeting that adopted it, and whether somebody verified its row."""

    number: Number
    meeting: Meeting
    first: bool
    verified: bool


@dataclass(eq=False)
class Resolution:
    """A chain of texts. into and ended_at: what the last one was merged into, and when it was that or abrogated."""

    number: Number
    texts: list[Text]
    complete: date | None
    complete_verified: bool
    ended_at: Meeting | None = None
    into: Text | None = None
    end_verified: bool = True


@dataclass(frozen=True)
class Paper:
    """A document with the first and the last day that it can be of; outcome: the meeting that it is a paper of."""

    name: str
    first: date | None
    last: date | None
    cited: tuple[Text, ...]
    outcome: Meeting | None


@dataclass
class Institution:
    """All of it, out of one seed."""

    seed: int
    meetings: dict[str, list[Meeting]] = field(default_factory=dict)
    resolutions: dict[Number, Resolution] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)


Verdict = tuple[str, str | None]
"""The term, and the successor of a stale one as issuer/number/year."""


# ---- what each citation must get: a calendar ------------------------------------------------------------------------


def expected(made: Institution, paper: Paper, cited: Text) -> Verdict:
    """The verdict by trying every day that the document can be of, and all that may have been in force on it."""
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


# ---- an institution out of a seed -----------------------------------------------------------------------------------

SERIES = {"asm": "ASM", "board": "BRD"}
BODIES = {"asm": "General Assembly", "board": "Board"}
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


# ---- as files -------------------------------------------------------------------------------------------------------

CITY = {
    True: ["Resolution {n} ({c}, {y})", "Res. {n} ({c}, {y})", "General Assembly Resolution {n} ({c}, {y})"],
    False: [
        "Resolution {n} (Rev. {c}, {y})", "Res. {n} (REV. {C}, {y})", "Resolution {n} (Rev.{c}, {y})",
        "General Assembly Resolution {n} (Rev. {c}, {y})", "Resolution {n} (Rev. {c}, {y}) of the General Assembly",
    ],
}  # fmt: skip
YEAR = {
    True: ["Board Resolution {n} ({y})", "Board Res. {n} ({y})", "Resolution {n} ({y}) of the Board"],
    False: [
        "Board Resolution {n} (Mod. {y})",
        "Board Resolution {n} (Rev. {y})",
        "Board Resolution {n} (modified {y})",
    ],
}
SENTENCES = [
    "The panel worked in line with {}.",
    "Nothing in {} was contested.",
    "One delegation read out {}.",
    "The lamps were lit as {} has it.",
    "See also {}.",
]


def cite(chance: random.Random, text: Text) -> str:
    """A notation of the text: by city and year for the Assembly, by year for the Board."""
    forms = (CITY if text.number[0] == "asm" else YEAR)[text.first]
    meeting = text.meeting
    return chance.choice(forms).format(n=text.number[1], c=meeting.city, C=meeting.city.upper(), y=meeting.year)


def write(made: Institution, folder: Path) -> tuple[Path, Path]:
    """The folder of registers and the register of documents."""
    registers, papers = folder / "registers", folder / "papers"
    registers.mkdir(parents=True)
    papers.mkdir()
    for name, rows in _tables(made).items():
        _csv(registers / f"{name}.csv", [{"source": "invented", "verified": "yes", **row} for row in rows], name)
    (registers / "number_forms.toml").write_text(FORMS, encoding="utf-8")
    chance = random.Random(made.seed + 1)  # noqa: S311  # cases, not secrets
    listed = []
    for at, paper in enumerate(made.papers):
        lines = [chance.choice(SENTENCES).format(cite(chance, text)) for text in paper.cited]
        number = _number(paper, at)
        head = f"{number}\n\n" if number else ""
        (papers / f"{paper.name}.txt").write_text(head + "\n\n".join(lines) + "\n", encoding="utf-8")
        listed.append(_listed(paper, number))
    _csv(papers / "sources.csv", listed, "sources")
    return registers, papers


def _number(paper: Paper, at: int) -> str:
    """The number of a paper of a meeting; none of any other."""
    return f"{SERIES[paper.outcome.body]}{paper.outcome.year}/{at + 1}" if paper.outcome else ""


def _listed(paper: Paper, number: str) -> Mapping[str, str]:
    known = paper.first == paper.last and paper.first is not None
    return {
        "id": paper.name,
        "file": f"{paper.name}.txt",
        "kind": "contribution",
        "body": paper.outcome.body if paper.outcome else "panel",
        "number": number,
        "date": str(paper.first) if known else "",
        "date_not_before": "" if known or paper.first is None else str(paper.first),
        "date_not_after": "" if known or paper.last is None else str(paper.last),
        "language": "en",
        "verified": "yes",
        "basis": "invented",
    }


def _tables(made: Institution) -> dict[str, list[Mapping[str, str]]]:
    bodies: list[Mapping[str, str]] = [
        {"slug": slug, "label": label, "kind": "conference" if slug == "asm" else "council"}
        for slug, label in BODIES.items()
    ]
    bodies.append({"slug": "panel", "label": "Panel of Lamps", "kind": "group"})
    names: list[Mapping[str, str]] = [
        {"body": slug, "name": label, "language": "en", "form": "usual", "context": "yes" if slug == "board" else "no"}
        for slug, label in BODIES.items()
    ]
    chains = made.resolutions.values()
    return {
        "bodies": bodies,
        "body_names": names,
        "conferences": [_meeting(meeting) for meeting in made.meetings["asm"]],
        "sessions": [_meeting(meeting) for meeting in made.meetings["board"]],
        "resolutions": [_instrument(chain) for chain in chains],
        "revisions": [_revision(chain, text) for chain in chains for text in chain.texts],
    }


def _meeting(meeting: Meeting) -> Mapping[str, str]:
    tag = f"{'ASM' if meeting.body == 'asm' else 'B'}-{meeting.year}"
    return {
        "body": meeting.body,
        "year": str(meeting.year),
        "label": f"{BODIES[meeting.body]} {meeting.year}",
        "city": meeting.city,
        "start": meeting.written(meeting.opened),
        "end": meeting.written(meeting.closed),
        "tag": tag,
        "cited_by": "city",
        "unverified": "start|end" if meeting.known == "unverified" else "",
    }


def _instrument(chain: Resolution) -> Mapping[str, str]:
    return {
        "kind": "resolution",
        "issuer": chain.number[0],
        "number": chain.number[1],
        "complete_until": str(chain.complete or ""),
        "unverified": "" if chain.complete_verified or chain.complete is None else "complete_until",
    }


def _revision(chain: Resolution, text: Text) -> Mapping[str, str]:
    last = text is chain.texts[-1]
    ended = chain.ended_at if last else None
    status = "adopted" if ended is None else "merged" if chain.into else "abrogated"
    doubted = ended is not None and not chain.end_verified
    into = chain.into if last else None
    return {
        "kind": "resolution",
        "issuer": chain.number[0],
        "number": chain.number[1],
        "year": str(text.meeting.year),
        "adopted_at": "conference" if chain.number[0] == "asm" else "session",
        "first": "yes" if text.first else "no",
        "status": status,
        "replaced_by": f"resolution/{into.number[0]}/{into.number[1]}/{into.meeting.year}" if into else "",
        "ended": (ended.written(ended.closed) or str(ended.year)) if ended else "",
        "verified": "yes" if text.verified else "no",
        "unverified": "status|replaced_by|ended" if doubted and text.verified else "",
    }


FORMS = r"""
[[form]]
name = "assembly"
regex = '(?P<series>ASM|BRD)(?P<meeting>20\d\d)/(?P<number>\d{1,3})'
entity = "document"
key = ["{body}", "{meeting}", "{number}"]
meaning = { meeting = "year of the assembly", number = "number in its series" }
source = "invented"
verified = true
examples = [{ text = "ASM2031/7", body = "asm", key = "asm/2031/7" }]
near_misses = ["ASM/7"]

[form.bodies]
ASM = "asm"
BRD = "board"
"""

COLUMNS = {
    "bodies": "slug label label_fr kind parent",
    "body_names": "body name language form context",
    "conferences": "body year label ordinal city city_aliases country start end tag modality cited_by",
    "resolutions": "kind issuer number label complete_until",
    "revisions": "kind issuer number year adopted_at city title title_begins notations first status replaced_by ended",
    "sources": "id file kind body number meeting date date_not_before date_not_after language publisher verified basis",
}
ROW = "source verified unverified known_since derived_from"


def _csv(path: Path, rows: Sequence[Mapping[str, str]], table: str) -> None:
    columns = COLUMNS[table if table != "sessions" else "conferences"].split()
    if table != "sources":
        columns += ROW.split()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


# ---- what the build says --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A citation with the verdict that it must get and the one that it got; got None: it was not read."""

    paper: Paper
    cited: Text
    due: Verdict
    got: Verdict | None
    reason: str


def cases(seed: int, folder: Path) -> Iterator[Case]:
    """Every citation of an institution's documents, after a build of its own."""
    made = invent(seed)
    registers, papers = write(made, folder)
    outcome = build(Order((papers,), folder / "dataset", (registers,), 1, base=BASE), lambda *_: None)
    said = _said(outcome.version / "graph.nq")
    for at, paper in enumerate(made.papers):
        document = (
            f"document/{paper.outcome.body}/{paper.outcome.year}/{at + 1}"
            if paper.outcome
            else f"document/{paper.name}"
        )
        for cited in paper.cited:
            key = f"resolution/{cited.number[0]}/{cited.number[1]}/{cited.meeting.year}"
            got, reason = said.get((document, key), (None, ""))
            yield Case(paper, cited, expected(made, paper, cited), got, reason)


def _said(path: Path) -> dict[tuple[str, str], tuple[Verdict, str]]:
    """The verdict on each revision that a document cites, as the graph holds it now, with its reason."""
    plain: dict[str, dict[str, str]] = {}
    for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if not isinstance(quad.subject, NamedNode):
            continue
        if isinstance(quad.graph_name, DefaultGraph) or name in ("subject", "predicate", "object", "doubt"):
            plain.setdefault(quad.subject.value, {})[name] = getattr(quad.object, "value", "")
    reasons = {
        about["subject"]: about.get("doubt", "")
        for about in plain.values()
        if about.get("predicate", "").endswith("#verdict") and "subject" in about
    }
    found = {}
    for citation, about in plain.items():
        if "hasCitedEntity" in about and "verdict" in about:
            successor = about["successor"].removeprefix(f"{BASE}resolution/") if "successor" in about else None
            term = about["verdict"].rpartition("/")[2]
            key = (about["hasCitingEntity"].removeprefix(BASE), about["hasCitedEntity"].removeprefix(BASE))
            found[key] = ((term, successor), reasons.get(citation, ""))
    return found


def table(found: Sequence[Case]) -> str:
    """How many of each verdict that was due got which."""
    counts = Counter((case.due[0], case.got[0] if case.got else "not read") for case in found)
    columns = [*TERMS, "not read"]
    lines = ["due \\ got".ljust(14) + "".join(column.rjust(13) for column in columns)]
    lines += [due.ljust(14) + "".join(str(counts[due, got]).rjust(13) for got in columns) for due in TERMS]
    right = sum(case.got == case.due for case in found)
    return "\n".join([*lines, f"{right} of {len(found)} right, successors included ({right / len(found):.1%})"])


def differences(found: Sequence[Case]) -> Iterator[str]:
    """What came out otherwise than was due, with the reason that the build gives."""
    for case in found:
        if case.got != case.due:
            cited = f"{'/'.join(case.cited.number)}/{case.cited.meeting.year}"
            when = f"{case.paper.first}..{case.paper.last}"
            yield f"{case.paper.name} ({when}) cites {cited}: due {case.due}, got {case.got}. {case.reason}"


def every(folder: Path) -> list[Case]:
    """The cases of all seeds."""
    return [case for seed in SEEDS for case in cases(seed, folder / str(seed))]


def main() -> int:
    """Print every difference and the table; status 1 where one is found."""
    with tempfile.TemporaryDirectory() as folder:
        found = every(Path(folder))
    other = list(differences(found))
    sys.stdout.write("\n".join([*other, table(found)]) + "\n")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
