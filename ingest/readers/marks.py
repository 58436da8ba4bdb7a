"""Footnote marks, put into the text as raised characters: set apart from the word, and still readable."""

from __future__ import annotations

import re

_RAISED = str.maketrans(
    "0123456789abcdefghijklmnoprstuvwxyz",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)


def raised(mark: str) -> str:
    """The mark in superscript characters where these exist: "2" becomes "²", "*" stays."""
    return mark.strip().strip("()[]").translate(_RAISED)


_MARK = re.compile(r"\s*(?:[\[(]?(?:\d{1,3}|\*{1,3}|[\u2020\u2021])[\])]?|[\[(]?[a-z][\])])\s*")


def is_mark(text: str) -> bool:
    """Whether raised characters have the form of a footnote's mark: "2", "(3)", "4)", "*", "a)"; "st" is none."""
    return _MARK.fullmatch(text) is not None
