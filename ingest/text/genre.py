"""What the genre prints, as data: `genre.toml`, read once and compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_NO_DOTS = str.maketrans("", "", ".·•")


@dataclass(frozen=True, slots=True)
class Genre:
    """The compiled rules of `genre.toml`; the file says what each is for."""

    debris: re.Pattern[str]
    rule_characters: frozenset[str]
    page_number: re.Pattern[str]
    always: frozenset[str]
    before_number: frozenset[str]
    starters: frozenset[str]
    heads: frozenset[str]
    head_prefixes: tuple[str, ...]
    languages: dict[str, frozenset[str]]
    heading_styles: dict[str, int]

    def is_rule(self, line: str) -> bool:
        """Whether a line only rules or fills: "_____", "* * *", but not "..." (something was left out)."""
        signs = "".join(line.split())
        return len(signs.translate(_NO_DOTS)) >= 3 and self.rule_characters.issuperset(signs)


@lru_cache(maxsize=1)
def genre() -> Genre:
    """The rules, compiled on first use."""
    data = tomllib.loads((resources.files("ingest.text") / "genre.toml").read_text(encoding="utf-8"))
    return Genre(
        debris=re.compile("|".join(data["debris"]["patterns"])),
        rule_characters=frozenset(data["debris"]["rule_characters"]),
        page_number=re.compile("|".join(data["pages"]["numbers"])),
        always=frozenset(data["abbreviations"]["always"]),
        before_number=frozenset(data["abbreviations"]["number"]),
        starters=frozenset(data["abbreviations"]["starters"]),
        heads=frozenset(data["headings"]["known"]),
        head_prefixes=tuple(data["headings"]["prefixes"]),
        languages={code: frozenset(words) for code, words in data["languages"].items()},
        heading_styles=data["styles"]["headings"],
    )
