"""An invented institution as files: its folder of registers, its documents and the register of these."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.verdictcases.records import Institution, Meeting, Paper, Resolution, Text

SERIES = {"asm": "ASM", "board": "BRD"}
BODIES = {"asm": "General Assembly", "board": "Board"}

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
