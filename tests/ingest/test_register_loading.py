"""Folders of registers: bad rows say file and remedy, another institution is another folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.register import load

HEADER = "slug,label,label_fr,kind,parent,source,verified,unverified,known_since,derived_from\n"
BAD = [
    # file              content                                                       error has
    ("bodies.csv", "slug,label\nx,y\n", "wrong columns"),
    ("bodies.csv", HEADER + "x,,,council,,GK,no,,,\n", "line 2: label is empty"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,maybe,,,\n", "Write yes or no"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,no,,2018-02-30,\n", "known_since"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,yes,nonsense,,\n", "which is no column"),
    ("bodies.csv", HEADER + "x,X,,council,,GK\n", "cells, but the header has"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,no,,,\nx,X,,council,,GK,no,,,\n", "stands already"),
    ("bodies.csv", HEADER + 'x,"X"y,,council,,GK,no,,,\n', "quotation marks"),
    ("number_forms.toml", '[[form]]\nname = "x"\n', "missing"),
    ("number_forms.toml", "[[form]\n", "Mend the TOML"),
]


@pytest.mark.parametrize(("file", "content", "error"), BAD)
def test_bad_rows_say_file_and_remedy(tmp_path: Path, file: str, content: str, error: str) -> None:
    (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(IngestError, match=file) as caught:
        load([tmp_path])
    assert error in str(caught.value)


def test_another_institution_is_another_folder(tmp_path: Path) -> None:
    harbour = tmp_path / "harbour"
    harbour.mkdir()
    rows = "harbour,Harbour Board,,council,,GK,no,,,\ntides,Tide Panel,,council-working-group,harbour,GK,no,,,\n"
    (harbour / "bodies.csv").write_text(HEADER + rows, encoding="utf-8")
    register = load([harbour])
    assert register.body_named("the tide panel") == ("tides",)
    assert register.ancestors("tides") == ("harbour",)
    assert load([harbour]).digest == register.digest
