"""Clauses with their words, and one sentence that holds several of them."""

from __future__ import annotations

import pytest

from queryapp.provisions import Clause, Provisions, cut, excerpted

CUT = [
    # words                                              numbers             parts
    ("to print lists;",                                  ["1"],              ["to print lists;"]),
    ("1 to print lists;",                                ["1"],              ["to print lists;"]),
    ("10 lists are printed",                             ["1"],              ["10 lists are printed"]),
    ("i) to print; ii) to fold; iii) to post",           ["i)", "ii)", "iii)"], ["to print;", "to fold;", "to post"]),
    ("to print; ii) to fold",                            ["i)", "ii)"],      ["to print;", "to fold"]),
    ("i) to print; iii) to post",                        ["i)", "ii)"],      None),
    ("ii) to fold; i) to print",                         ["i)", "ii)"],      None),
    ("to print and to fold",                             ["", ""],           None),
    ("to print",                                         [""],               ["to print"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "numbers", "parts"), CUT)
def test_a_sentence_is_cut_at_the_numbers_of_its_items(words: str, numbers: list[str], parts: list[str] | None) -> None:
    assert cut(words, numbers) == parts


FULL = Clause("c/1", "r/1", position=1)
EXCERPT = Clause("e/1", "r/1", is_excerpt=True)
LONE = Clause("e/2", "r/2", is_excerpt=True)


def test_how_much_of_a_text_is_loaded() -> None:
    found = Provisions((FULL, EXCERPT, LONE))
    assert [found.loaded(each) for each in ("r/1", "r/2", "r/3")] == ["full", "excerpts", "none"]
    assert found.text_of("r/1") == (FULL,)  # an excerpt adds nothing to a full text
    assert found.text_of("r/2") == (LONE,)


NAMES = [
    (Clause("c", "r", role="instructs", addressees=("Board", "Clerk"), number="2"), "instructs Board and Clerk 2"),
    (Clause("c", "r", role="resolves", is_excerpt=True), "resolves, an excerpt"),
    (Clause("c", "r"), "role unknown"),
    (Clause("c", "r", role="noting", number="i)", under="a)"), "noting a) i)"),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "name"), NAMES)
def test_the_name_of_a_clause_says_what_is_not_known(clause: Clause, name: str) -> None:
    assert clause.name == name


EXCERPTS = [
    # sentence                                        from, to    words
    ('It asks "to print" and "to fold".',             (9, 22),    "to print"),
    ('It asks "to print" and "to fold".',             (24, 33),   "to fold"),
    ("It asks to print, to fold.",                    (8, 18),    "to print,"),
    ("It asks to print,\n to fold.",                  (8, 27),    "to print, to fold."),
    ("It asks “to print and fold.",                   (9, 27),    "to print and fold."),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "span", "words"), EXCERPTS)
def test_an_excerpt_ends_with_its_quotation(sentence: str, span: tuple[int, int], words: str) -> None:
    assert excerpted(sentence, *span) == words
