"""Solutions as typed rows, the same for every engine; and the one rule for choosing a label's language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeAlias

from queryapp.errors import QueryError

XSD = "http://www.w3.org/2001/XMLSchema#"

Value: TypeAlias = str | int | Decimal | float | bool | datetime.date

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r"[\\\"\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI, a literal or a blank node, whichever engine it came from."""

    kind: Literal["iri", "literal", "blank"]
    value: str
    datatype: str | None = None
    language: str | None = None

    @property
    def is_iri(self) -> bool:
        """Whether it is an IRI."""
        return self.kind == "iri"

    def __str__(self) -> str:
        return self.value

    def n3(self) -> str:
        """The term as SPARQL and Turtle write it, safe to stand in a query.

        Raises QueryError for an IRI or language tag that no grammar allows, and for blank nodes, which
        would be variables in a query.
        """
        match self.kind:
            case "iri":
                return f"<{_checked(_IRI, self.value, 'IRI')}>"
            case "blank":
                raise QueryError(f"_:{self.value}: a blank node cannot be asked for; it has no address.")
        quoted = '"' + _ESCAPED.sub(_escape, self.value.encode("utf-8", "replace").decode()) + '"'
        if self.language:
            return f"{quoted}@{_checked(_LANGUAGE, self.language, 'language tag')}"
        if self.datatype and self.datatype != XSD + "string":
            return f"{quoted}^^<{_checked(_IRI, self.datatype, 'IRI')}>"
        return quoted

    def python(self) -> Value:
        """The value as Python knows it: numbers, booleans, whole days; everything else as text.

        An ill-typed literal ("unknown"^^xsd:integer) is text too: what a source says is shown, not dropped.
        """
        if self.kind != "literal" or not (self.datatype or "").startswith(XSD):
            return self.value
        try:
            match (self.datatype or "").removeprefix(XSD):
                case "integer" | "int" | "long" | "short" | "byte" | "nonNegativeInteger" | "positiveInteger":
                    return int(self.value) if len(self.value) <= 40 else self.value
                case "decimal":
                    return Decimal(self.value) if len(self.value) <= 40 else self.value
                case "double" | "float":
                    return float(self.value)
                case "boolean":
                    return {"true": True, "1": True, "false": False, "0": False}.get(self.value, self.value)
                case "date":
                    return datetime.date.fromisoformat(self.value)
        except (ValueError, InvalidOperation):
            pass
        return self.value


def iri(address: str) -> Term:
    """The term of an IRI. Raises QueryError for what is none."""
    return Term("iri", _checked(_IRI, address, "IRI"))


def is_iri(words: str) -> bool:
    """Whether this is an absolute IRI, as `iri` would take it."""
    return _IRI.fullmatch(words) is not None


def text(words: str, *, language: str | None = None) -> Term:
    """The term of a plain or language-tagged text."""
    return Term("literal", words, None if language else XSD + "string", language)


def typed(lexical: str, datatype: str) -> Term:
    """The term of a typed literal; datatype is the local name in XML Schema ("date", "integer")."""
    return Term("literal", lexical, XSD + datatype)


class Row(dict[str, Term]):
    """One solution: variable to term; an unbound variable is absent."""

    __slots__ = ()

    def words(self, variable: str, default: str = "") -> str:
        """The value as text, or the default where it is unbound."""
        term = self.get(variable)
        return default if term is None else term.value

    def python(self, variable: str) -> Value | None:
        """The value as Python knows it, None where it is unbound."""
        term = self.get(variable)
        return None if term is None else term.python()


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """The whole answer to a SELECT: never a part of one. variables are in the order of the query."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self.rows[index]

    def column(self, variable: str) -> list[str]:
        """The values of one variable as text, row by row, without the unbound."""
        return [row[variable].value for row in self.rows if variable in row]


def rows_from_json(results: Mapping[str, object]) -> Rows:
    """Rows of a SPARQL 1.1 Query Results JSON document. Raises QueryError for anything else."""
    try:
        head, body = results["head"], results["results"]
        variables = tuple(str(name) for name in head["vars"])  # type: ignore[index]
        found = tuple(
            Row({name: _term(cell) for name, cell in binding.items()})
            for binding in body["bindings"]  # type: ignore[index]
        )
    except (KeyError, TypeError, AttributeError) as broken:
        raise QueryError("The engine's answer is not a SPARQL result in JSON.") from broken
    return Rows(variables, found)


def best_label(labels: Iterable[Term], *, language: str = "en") -> str | None:
    """The label to show: in the language asked for, else without language, else English, else the first by order.

    None if there is none. A regional variant ("en-GB") counts as the language where nothing closer is there.
    """

    def rank(label: Term) -> tuple[int, str]:
        tag = (label.language or "").lower()
        places = [language.lower(), "", "en"]
        if tag in places:
            return 2 * places.index(tag), label.value
        return (1 if tag.partition("-")[0] == language.lower() else 9), label.value

    return min((rank(label) for label in labels), default=(0, None))[1]


def _term(cell: Mapping[str, str]) -> Term:
    match cell["type"]:
        case "uri":
            return Term("iri", cell["value"])
        case "bnode":
            return Term("blank", cell["value"])
        case "literal" | "typed-literal":
            language = cell.get("xml:lang")
            return Term("literal", cell["value"], None if language else cell.get("datatype", XSD + "string"), language)
    raise KeyError(cell["type"])


def _checked(pattern: re.Pattern[str], value: str, name: str) -> str:
    if not pattern.fullmatch(value):
        raise QueryError(f"{value[:80]!r}: not an absolute {name}.")
    return value


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"
