"""The tool that draws clauses to be judged by hand, on a small file of several defects."""

from __future__ import annotations

import csv
from pathlib import Path

from click.testing import CliRunner

from tests.drawclauses import JUDGED, main

SMALL = Path(__file__).parent.parent / "data" / "clauses" / "resolution-61.txt"
HEADED = "RESOLUTION 61 (REV. LARKHAVEN, 2031)\n\nTides\n\nresolves\n\n"
LEAPS = f"{HEADED}1\tto wait;\n\n2\tto row;\n\n4\tto sail;\n\n4\tto dive."


def test_a_draw_is_the_same_for_a_seed_and_its_sheet_holds_no_word(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    args = ["--seed", "7", "--count", "3", "--csv", str(sheet), str(SMALL)]
    first, again = (CliRunner().invoke(main, args) for _ in range(2))
    assert (first.exit_code, first.stdout) == (0, again.stdout)
    assert first.stdout.count(", clause ") == 3
    assert "3 of " in first.stderr
    rows = list(csv.reader(sheet.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["instrument", "position", *JUDGED]
    assert [row[2:] for row in rows[1:]] == [[""] * len(JUDGED)] * 3


def test_the_census_names_what_looks_odd(tmp_path: Path) -> None:
    path = tmp_path / "leaps.txt"
    path.write_text(LEAPS, encoding="utf-8")
    told = CliRunner().invoke(main, ["--census", str(path)])
    assert told.exit_code == 0
    assert told.stdout.splitlines()[-1].startswith("4 clauses: ")
    assert {"number leaps 1", "number repeated 1"} <= set(told.stdout.splitlines()[-1].partition(": ")[2].split(", "))
