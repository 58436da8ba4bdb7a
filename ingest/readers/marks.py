"""Footnote marks, put into the text as raised characters: set apart from the word, and still readable."""

from __future__ import annotations

_RAISED = str.maketrans(
    "0123456789abcdefghijklmnoprstuvwxyz",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)


def raised(mark: str) -> str:
    """The mark in superscript characters where these exist: "2" becomes "²", "*" stays."""
    return mark.strip().strip("()[]").translate(_RAISED)
