"""The rules that people edit: TOML files in `data/curated/rules`, found in a checkout and in a wheel."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ingest.errors import IngestError


def _text(name: str) -> str:
    checkout = Path(__file__).resolve().parent.parent / "data" / "curated" / "rules" / f"{name}.toml"
    if checkout.is_file():
        return checkout.read_text(encoding="utf-8")
    packed = resources.files("ingest") / "resources" / "curated" / "rules" / f"{name}.toml"
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    raise IngestError(f"No rules called {name!r}: expected the file data/curated/rules/{name}.toml.")


@cache
def rules(name: str) -> dict[str, Any]:
    """The tables of one rule file, by its name without ending. Callers share it and must not change it."""
    try:
        return tomllib.loads(_text(name))
    except tomllib.TOMLDecodeError as error:
        raise IngestError(f"data/curated/rules/{name}.toml is not valid TOML: {error}") from error
