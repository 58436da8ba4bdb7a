"""Drawings: well-formed, with a link and words for every mark; what is known shows in the stroke."""

from __future__ import annotations

import pytest
from lxml import etree

from queryapp.charts import SHAPES, Revision, in_force, lanes_svg, shape, style_of
from queryapp.evidence import STRENGTH, Known
from queryapp.lanes import OUTCOMES, Mark, Meeting, build

NASTY = 'Tides & <quays> "new"'


def drawn(outcome: str = "agreed", known: Known | None = None) -> etree._Element:
    found = [Mark("t/1", "m/1", outcome, known or Known(evidence=("e/1",)), "s/1")]
    lanes = build([Meeting("m/1", "1", 1, "2031", loaded=True)], found, {"t/1": NASTY})
    return etree.fromstring(lanes_svg(lanes, lambda mark: f"/evidence/{mark.iri}", lambda iri: f"/things/{iri}", "a"))


def marks(tree: etree._Element) -> list[etree._Element]:
    return [link for link in tree.iter("a") if "ev" in (link.get("class") or "").split()]


@pytest.mark.parametrize("outcome", [code for code, _, _ in OUTCOMES])
def test_every_outcome_has_a_shape_of_its_own(outcome: str) -> None:
    assert outcome in SHAPES
    assert [code for code, drawing in SHAPES.items() if drawing == SHAPES[outcome]] == [outcome]


def test_a_mark_is_a_link_with_words() -> None:
    [link] = marks(drawn())
    assert link.get("href") == "/evidence/s/1"
    assert link.get("aria-label") == f"{NASTY}: agreed (stated)"
    assert next(hit.get("width") for hit in link.iter("rect")) == "24"


HOW = [("stated", "stated"), ("register", "stated"), ("planned", "planned"), ("proposed", "planned"),
       ("conditional", "planned"), ("inferred", "inferred"), ("unverified", "inferred"),
       ("unknown", "inferred")]  # fmt: skip


@pytest.mark.parametrize(("how", "style"), HOW)
def test_how_it_is_known_decides_the_stroke(how: str, style: str) -> None:
    assert how in STRENGTH
    assert style_of(how) == style
    assert f'class="mark {style}"' in shape("agreed", how)


def test_an_outcome_without_a_shape_is_drawn_all_the_same() -> None:
    assert len(marks(drawn("never-heard-of"))) == 1


FORCE = [
    # since        until        on            in force
    ("2018-11-17", "2022-10-15", "2018-11-16", False),
    ("2018-11-17", "2022-10-15", "2018-11-17", True),
    ("2018-11-17", "2022-10-15", "2022-10-14", True),
    ("2018-11-17", "2022-10-15", "2022-10-15", False),  # the day on which the next one takes over
    ("2022-10-15", "", "2030-01-01", True),
    ("", "2022-10-15", "2020-01-01", None),
    ("2018", "", "2019-05-01", True),
    ("when it pleases", "", "2019-05-01", None),
]  # fmt: skip


@pytest.mark.parametrize(("since", "until", "on", "expected"), FORCE)
def test_in_force(since: str, until: str, on: str, expected: bool | None) -> None:
    assert in_force(Revision("r/1", "R", since, until), on) is expected
