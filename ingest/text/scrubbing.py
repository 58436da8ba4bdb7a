"""What changes lengths on the way to the cleaned copy: debris, white space, broken words, footnote marks."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from functools import lru_cache
from html import unescape

from ingest.text.genre import genre

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_PLAIN_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_UNITS = frozenset({"m", "km", "cm", "mm", "dm", "nm", "s", "ft", "in"})
_SUSPENDED = frozenset({"and", "or", "to", "et", "ou", "y", "o", "e", "und", "и", "или", "nor", "as"})


_MARKUP = (  # what Markdown writes around words; the words stay
    r"|(?P<unline>\n[ \t]*>[ \t>]*)"
    r"|(?P<markup>(?<=\n)(?:=+|-+)\s*$|[ \t]+\#+\s*$|(?<!\\)\*{1,3}(?=\S)|(?<![\s\\])\*{1,3}"
    r"|(?<![\w\\])_{1,3}(?=\S)|(?<![\s\\])_{1,3}(?!\w)|(?<!\\)`+"
    r"|!?\[(?=[^\]\n]{0,300}\]\()|\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\))?[^()\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)"
    r"|\[\^[^\]\s]{1,20}\]|<(?=https?://)|(?<=\w)>|(?<=/)>|</?[a-zA-Z][^<>\n]{0,500}>"
    r"|<!--.{0,2000}?-->|\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<pipe>(?<!\\)\|)"
    r"|(?P<entity>&(?:[A-Za-z]{2,24}|\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6});)"
)


@lru_cache(maxsize=2)
def _pattern(markup: bool) -> re.Pattern[str]:
    """Everything that is not copied as it stands; the name of the group says what is done with it."""
    return re.compile(
        rf"(?P<debris>{genre().debris.pattern})"
        + (_MARKUP if markup else "")
        + r"|(?P<broken>(?<=[^\W_])[-\u00ad\ufffe\x02][ \t]*\n\s*(?=[^\W_]))"
        r"|(?P<apart>(?<=[^\W_])- (?=[^\W_]))"
        r"|(?P<space>\s\s+|[^\S ])"
        r"|(?P<hidden>[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e"
        r"\u2060-\u2069\ufeff\ufffe\uffff]|(?<![\u0600-\u0dff])[\u200c\u200d])"
        r"|(?P<ligature>[\ufb00-\ufb06])"
        rf"|(?P<raised>(?<=[^\s{_SUPERSCRIPTS}])[{_SUPERSCRIPTS}\u1d43-\u1d63\u02b0\u02b3\u02b2\u02b7\u02b8\u02e1\u02e2\u2071\u207f]+)"
        r"|(?P<stuck>(?:(?<=[a-zß-öø-ÿа-я]{3})|(?<=[A-Z]{2}s)|(?<=[)\]])|(?<=[^\s(\[][\"'])|(?<=[a-zß-öø-ÿа-я]{3}[.,;]))"
        r"[1-9]\d?(?=$|[\s,.;:)\]]))"
        r"|(?P<accent>[^\W\d_][\u0300-\u036f]+)"
    )


def vocabulary(text: str) -> Counter[str]:
    """How often each word, and each pair joined by a hyphen, stands in the text within a line."""
    return Counter(match.group().lower() for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)?", text))


class Scrubber:
    """Builds the cleaned copy block by block, and the offsets behind each of its characters.

    notes are the numbers of the document's footnotes: a bare number that sticks to a word is taken for a
    footnote mark only if there is such a footnote. markup: the text is Markdown.
    """

    def __init__(self, plain: str, notes: frozenset[str], words: Counter[str], *, markup: bool = False) -> None:
        self._pattern = _pattern(markup)
        self._plain = plain
        self._notes = notes
        self._words = words
        self._pieces: list[str] = []
        self._length = 0
        self._blank = True  # whether the last character is white space, or there is none in this block
        self._origin = array("I")
        self._ends = array("I")

    def mark(self) -> tuple[int, int]:
        """A point to go back to."""
        return len(self._pieces), self._length

    def back_to(self, mark: tuple[int, int]) -> None:
        """Forget what was put since the mark."""
        del self._pieces[mark[0] :]
        self._length = mark[1]
        del self._origin[self._length :]
        del self._ends[self._length :]

    def result(self, size: int) -> tuple[str, array[int], array[int]]:
        """The cleaned copy, where its characters start and where they end; size: of the text as read."""
        self._origin.append(size)
        self._ends.append(size)
        return "".join(self._pieces), self._origin, self._ends

    def add(self, start: int, content: int, end: int) -> tuple[int, int, int]:
        """Clean one block; its start, content and end in the cleaned copy."""
        if self._length:
            self._put("\n", start, start)
        first = self._length
        self._blank = True
        self._copy(start, content)
        if self._length > first and not self._blank and content < end:
            self._put(" ", content, content)
        after = self._length
        self._copy(content, end)
        self._trim(first)
        return first, min(after, self._length), self._length

    def _put(self, char: str, start: int, end: int) -> None:
        self._pieces.append(char)
        self._length += len(char)
        for _ in char:
            self._origin.append(start)
            self._ends.append(end)
        self._blank = char.isspace()

    def _slice(self, start: int, end: int) -> None:
        if start < end and self._blank:  # the space after a space or after debris
            while start < end and self._plain[start] == " ":
                start += 1
        if start < end:
            self._pieces.append(self._plain[start:end])
            self._length += end - start
            self._origin.extend(range(start, end))
            self._ends.extend(range(start + 1, end + 1))
            self._blank = self._plain[end - 1] == " "

    def _trim(self, first: int) -> None:
        while self._length > first and self._pieces[-1].endswith((" ", "\t")):
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
            self._origin.pop()
            self._ends.pop()
            if not self._pieces[-1]:
                self._pieces.pop()

    def _copy(self, start: int, end: int) -> None:
        done = start
        for match in self._pattern.finditer(self._plain, start, end):
            self._slice(done, match.start())
            self._change(match)
            done = match.end()
        self._slice(done, end)

    def _change(self, match: re.Match[str]) -> None:
        start, end = match.span()
        match match.lastgroup:
            case "space" | "unline" | "pipe":
                if not self._blank:
                    self._put(" ", start, end)
            case "ligature":
                self._put(_LIGATURES[match.group()], start, end)
            case "entity":
                for char in unescape(match.group()):
                    self._put(" " if char.isspace() else char, start, end)
            case "accent":
                self._put(unicodedata.normalize("NFC", match.group()), start, end)
            case "broken" | "apart":
                self._join(match)
            case "raised":
                if not self._is_mark(match):
                    self._slice(start, end)
            case "stuck":
                if match.group() not in self._notes:
                    self._slice(start, end)

    def _is_mark(self, match: re.Match[str]) -> bool:
        """Whether raised characters point to a footnote; "5 m²" does not, nor does any without a footnote."""
        digits = match.group().translate(_PLAIN_DIGITS)
        if self._notes.isdisjoint({digits, re.sub(r"\D+$", "", digits)}):
            return False
        unit = re.search(r"\d ?([a-z]{1,2})$", self._plain[max(0, match.start() - 6) : match.start()])
        return not (unit and unit[1] in _UNITS)

    def _join(self, match: re.Match[str]) -> None:
        """A hyphen at the end of a line: part of the word, put in by the printer, or a dash."""
        start, end = match.span()
        left = re.search(r"[^\W_]+$", self._plain[max(0, start - 40) : start])
        right = re.match(r"[^\W_]+", self._plain[end : end + 40])
        before, after = (left[0] if left else ""), (right[0] if right else "")
        broken = match.lastgroup == "broken"
        if after.lower() in _SUSPENDED and not (broken and self._words[(before + after).lower()]):
            self._dash(start, end)
        elif before.isdigit() or after.isdigit() or self._words[f"{before}-{after}".lower()]:
            self._put("-", start, start + 1)
        elif self._words[(before + after).lower()]:
            return
        elif not broken:
            self._dash(start, end)
        elif not (after.islower() and before.isalpha()) or self._both_are_words(before, after):
            self._put("-", start, start + 1)

    def _dash(self, start: int, end: int) -> None:
        self._put("-", start, start + 1)
        self._put(" ", start + 1, end)

    def _both_are_words(self, before: str, after: str) -> bool:
        """Whether each half stands elsewhere on its own (the halves themselves count once each)."""
        return self._words[before.lower()] > 1 and self._words[after.lower()] > 1
