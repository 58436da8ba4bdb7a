"""Where the files that come with the code lie: in the checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import IngestError

_PACKAGE = Path(__file__).parent
_CHECKOUT = {
    "shapes": _PACKAGE.parent / "shapes",
    "curated": _PACKAGE.parent / "data" / "curated",
    "samples": _PACKAGE.parent / "data" / "samples",
}


def folder(name: str) -> Path:
    """A resource folder: "shapes", "curated" or "samples"."""
    for place in (_PACKAGE / "resources" / name, _CHECKOUT[name]):
        if place.is_dir():
            return place
    raise IngestError(f"The folder {name!r} is missing from the installation. Install the package again.")


def ontology() -> Path:
    """The folder of the ontology's Turtle files."""
    import ontology as package  # imported here: the vocabulary is not needed to find a folder

    return Path(package.__path__[0])


def register_folders() -> tuple[Path, ...]:
    """The registers that come with the code, each institution's folder and the common one."""
    return tuple(sorted(path for path in folder("curated").iterdir() if path.is_dir() and path.name != "rules"))
