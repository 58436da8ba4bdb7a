"""Loads .rq files with their front matter and fills their VALUES blocks with terms.

A file is a query that runs as it stands: `VALUES ?meeting { <example> }` holds an example. Filling replaces
what stands between the braces by `term.n3()`, all blocks in one pass, so that a value is never read again as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from queryapp.errors import QueryError
from queryapp.rows import Term

OWN = Path(__file__).parent / "queries"
"""The questions behind the pages, <page>_<panel>.rq."""

_FRONT = re.compile(r"#\+\s*([\w-]+):[ \t]*(.*)")
_VALUES = re.compile(r"\bVALUES(\s+)\?(\w+)(\s*)\{([^{}]*)\}", re.IGNORECASE)
_ONE_TERM = re.compile(r"\s*(?:<[^<>\s]*>|[\w-]*:[\w./\\-]*|\"[^\"]*\"(?:@[\w-]+|\^\^[^\s]+)?|-?[\d.]+|true|false)\s*")
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A place in a question that takes terms; example is what stands there in the file."""

    name: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A .rq file: its front matter, its text, its parameters.

    name is the file's name without ending. A parameter is a one-variable VALUES block that holds a single
    example, or is named in the front matter's `parameters`; other VALUES blocks are part of the question.
    """

    name: str
    text: str
    front: Mapping[str, str]
    parameters: tuple[Parameter, ...]

    @property
    def title(self) -> str:
        """The heading; the file's name where there is none."""
        return self.front.get("title", self.name.replace("_", " "))

    @property
    def question(self) -> str:
        """The question in words."""
        return self.front.get("question", "")

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(variable, kind) as the front matter lists them: ("resolution", "IRI")."""
        return tuple(re.findall(r"(\w+)\s*(?:\(([^)]*)\))?\s*(?:,|$)", self.front.get("columns", "")))

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        found = _FORM.search(_without_comments(self.text))
        if not found:
            raise QueryError(f"{self.name}.rq: no SELECT, ASK, CONSTRUCT or DESCRIBE at the start of a line.")
        return found[1].upper()

    @property
    def query(self) -> str:
        """The text without its front matter."""
        lines = [line for line in self.text.splitlines() if not line.startswith("#+")]
        return "\n".join(lines).strip() + "\n"

    def fill(self, terms: Mapping[str, Term | Iterable[Term]] | None = None, /, **named: Term | Iterable[Term]) -> str:
        """The query with these terms in its VALUES blocks; parameters not given keep their example.

        Raises QueryError for a name that the question does not have. No terms at all make no rows.
        """
        return self._fill(self.query, {**(terms or {}), **named})

    def filled(self, terms: Mapping[str, Term | Iterable[Term]]) -> str:
        """The same with its front matter, so that lines keep their numbers."""
        return self._fill(self.text, terms)

    def _fill(self, source: str, given: Mapping[str, Term | Iterable[Term]]) -> str:
        blocks = {match[2] for match in _VALUES.finditer(_without_comments(self.query))}
        if unknown := sorted(given.keys() - blocks):
            choices = ", ".join(sorted(blocks)) or "none"
            raise QueryError(f"{self.name}.rq has no parameter {', '.join(unknown)}; it has {choices}.")
        filled = {name: _n3(value) for name, value in given.items()}

        def block(match: re.Match[str]) -> str:
            if match[2] not in filled:
                return match[0]
            return f"VALUES{match[1]}?{match[2]}{match[3]}{{ {filled[match[2]]} }}"

        return _VALUES.sub(block, source)


def parse(name: str, source: str) -> Question:
    """A question from the text of its file."""
    front = {}
    for line in source.splitlines():
        if found := _FRONT.match(line):
            front[found[1]] = found[2].strip()
    listed = [word for word in re.split(r"[,\s]+", front.get("parameters", "")) if word]
    parameters = [
        Parameter(match[2], match[4].strip())
        for match in _VALUES.finditer(_without_comments(source))
        if match[2] in listed or (not listed and _ONE_TERM.fullmatch(match[4]))
    ]
    seen = {parameter.name: parameter for parameter in parameters}
    return Question(name, source, MappingProxyType(front), tuple(seen.values()))


@cache
def load(name: str, folder: Path = OWN) -> Question:
    """The question of that name. Raises QueryError if the folder has none."""
    path = folder / f"{name}.rq"
    if not re.fullmatch(r"[\w-]+", name) or not path.is_file():
        raise QueryError(f"{name}: no such question in {folder.name}/.")
    return parse(name, path.read_text("utf-8"))


def load_all(folder: Path = OWN) -> Iterator[Question]:
    """Every question of a folder, by name."""
    for path in sorted(folder.glob("*.rq")):
        yield load(path.stem, folder)


def _n3(value: Term | Iterable[Term]) -> str:
    return value.n3() if isinstance(value, Term) else " ".join(term.n3() for term in value)


def _without_comments(source: str) -> str:
    return re.sub(r"^\s*#.*$", "", source, flags=re.MULTILINE)
