"""The numbers that Word prints and no text holds: computed from numbering.xml as Word computes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx_parts import Styles, W, child, is_on, number, val

_BULLETS = str.maketrans(
    {
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "\uf02d": "–",
        "\uf0be": "–",
        "\uf06f": "□",
        "\uf0a8": "□",
        "\uf076": "❖",
        "\uf0e0": "→",
    }
)
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


def formatted(value: int, form: str) -> str:
    """A counter in one of Word's number formats; formats that are not known are written as decimals."""
    if value < 1 and form != "decimal":
        return str(value)
    match form:
        case "lowerLetter" | "upperLetter":
            letters = chr(97 + (value - 1) % 26) * min((value - 1) // 26 + 1, 20)
            return letters.upper() if form == "upperLetter" else letters
        case "russianLower" | "russianUpper":
            letters = _RUSSIAN[(value - 1) % len(_RUSSIAN)] * min((value - 1) // len(_RUSSIAN) + 1, 20)
            return letters.upper() if form == "russianUpper" else letters
        case "lowerRoman" | "upperRoman":
            return roman(value).lower() if form == "lowerRoman" else roman(value)
        case "decimalZero":
            return f"{value:02}"
        case "ordinal":
            tail = "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
            return f"{value}{tail}"
        case "none":
            return ""
    return str(value)


def roman(value: int) -> str:
    """A Roman numeral in capitals; above 3,999 the decimal."""
    if value > 3999:
        return str(value)
    letters = ""
    for worth, sign in (*_ROMAN, *_ROMAN_SMALL):
        letters += sign * (value // worth)
        value %= worth
    return letters


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts and what it prints."""

    start: int
    form: str
    text: str
    suffix: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """A number as printed, what stands after it, and whether it is a bullet."""

    text: str
    suffix: str
    form: str


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}  # an abstract list that is defined by a style
        self._nums: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                key = element.get(f"{W}abstractNumId") or ""
                self._abstract[key] = dict(map(_level, element.findall(f"{W}lvl")))
                if link := val(element, "numStyleLink"):
                    self._links[key] = link
            elif element.tag == f"{W}num":
                self._nums[element.get(f"{W}numId") or ""] = _num(element)

    def label(self, num_id: str, ilvl: int | None, style: str | None) -> tuple[Label, int] | None:
        """Count on and give the number to print and the level; None where nothing is printed.

        ilvl None (a numbering that comes from the style) means the level that names this style, else 0.
        """
        if num_id not in self._nums:
            return None
        abstract, starts, replaced = self._nums[num_id]
        abstract = self._resolved(abstract)
        levels = {**self._abstract.get(abstract, {}), **replaced}
        if ilvl is None:
            ilvl = next((at for at, level in levels.items() if level.style and level.style == style), 0)
        if ilvl not in levels:
            return None
        counts = self._counts.setdefault(abstract, [None] * 9)
        if num_id not in self._begun:
            self._begun.add(num_id)
            for at in starts:
                counts[at] = None
        self._count(counts, levels, starts, ilvl)
        return self._printed(counts, levels, ilvl), ilvl

    def _resolved(self, abstract: str) -> str:
        if abstract in self._links and not self._abstract.get(abstract):
            found = self._styles.numbering(self._links[abstract])
            if found and found[0] in self._nums:
                return self._nums[found[0]][0]
        return abstract

    @staticmethod
    def _count(counts: list[int | None], levels: dict[int, Level], starts: dict[int, int], ilvl: int) -> None:
        for at in range(ilvl + 1):
            here = counts[at]
            start = starts.get(at, levels[at].start if at in levels else 1)
            if at == ilvl:
                counts[at] = start if here is None else here + 1
            elif here is None:
                counts[at] = start
        for at in range(ilvl + 1, 9):
            restart = levels[at].restart if at in levels else None
            if restart is None or (restart and ilvl < restart):
                counts[at] = None

    @staticmethod
    def _printed(counts: list[int | None], levels: dict[int, Level], ilvl: int) -> Label:
        level = levels[ilvl]
        if level.form == "bullet":
            return Label(level.text.translate(_BULLETS), level.suffix, "bullet")

        def part(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = levels[at].form if at in levels else "decimal"
            return formatted(counts[at] or 0, "decimal" if level.legal and form != "none" else form)

        return Label(re.sub(r"%([1-9])", part, level.text).strip(), level.suffix, level.form)


def _level(element: etree._Element) -> tuple[int, Level]:
    text = child(element, "lvlText")
    restart = val(element, "lvlRestart")
    alternate = element.find(f".//{W}numFmt")
    return number(element.get(f"{W}ilvl")), Level(
        start=number(val(element, "start"), 1),
        form=val(element, "numFmt") or (alternate.get(f"{W}val") if alternate is not None else None) or "decimal",
        text=(text.get(f"{W}val") or "") if text is not None else "",
        suffix=val(element, "suff") or "tab",
        restart=number(restart) if restart is not None else None,
        legal=is_on(child(element, "isLgl")),
        style=val(element, "pStyle"),
    )


def _num(element: etree._Element) -> tuple[str, dict[int, int], dict[int, Level]]:
    starts: dict[int, int] = {}
    replaced: dict[int, Level] = {}
    for override in element.findall(f"{W}lvlOverride"):
        ilvl = number(override.get(f"{W}ilvl"))
        if not 0 <= ilvl <= 8:
            continue
        if (start := val(override, "startOverride")) is not None:
            starts[ilvl] = number(start, 1)
        if (level := child(override, "lvl")) is not None:
            replaced[ilvl] = _level(level)[1]
            starts.setdefault(ilvl, replaced[ilvl].start)
    return val(element, "abstractNumId") or "", starts, replaced
