"""Which words of two texts differ, over one clause or several."""

from __future__ import annotations

import pytest

from queryapp.wording import Runs, differences, same_words


def marked(found: list[Runs]) -> list[str]:
    """Runs as one string for each text, what differs in brackets."""
    return ["".join(f"[{run.text.strip()}]" if run.differs else run.text for run in runs).strip() for runs in found]


CASES = [
    # earlier                 later                      before, what differs in []  after
    (["to print lists;"],     ["to print maps;"],        ["to print [lists;]"],      ["to print [maps;]"]),
    (["to print lists;"],     ["To print lists,"],       ["to print lists;"],        ["To print lists,"]),
    (["to print"],            ["to print and fold"],     ["to print"],               ["to print [and fold]"]),
    (["print and to fold"],   ["print", "to fold"],      ["print [and]to fold"],     ["print", "to fold"]),
    (["print", "to fold"],    ["print – and to fold"],   ["print", "to fold"],       ["print – [and]to fold"]),
    (["well-kept lists"],     ["well kept maps"],        ["well-kept [lists]"],      ["well kept [maps]"]),
    ([""],                    ["to print"],              [""],                       ["[to print]"]),
    (["а б"],                 ["а в"],                   ["а [б]"],                  ["а [в]"]),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later", "before", "after"), CASES)
def test_differing_words(earlier: list[str], later: list[str], before: list[str], after: list[str]) -> None:
    old, new = differences(earlier, later)
    assert (marked(old), marked(new)) == (before, after)


def test_no_character_is_lost() -> None:
    texts = ["  to print (all) lists ; ", "– and fold, twice"], ["To fold; print", "“all”   lists"]
    for given, found in zip(texts, differences(*texts), strict=True):
        assert ["".join(run.text for run in runs) for runs in found] == [text.lstrip() for text in given]


SAME = [("To print; all", "to print, ALL.", True), ("to print all", "to print", False), ("", "", True)]


@pytest.mark.parametrize(("earlier", "later", "expected"), SAME)
def test_same_words(earlier: str, later: str, expected: bool) -> None:
    assert same_words(earlier, later) is expected
