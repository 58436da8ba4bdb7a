"""The pages and endpoints: every module here has a `blueprint`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint


def blueprints() -> Iterator[Blueprint]:
    """The blueprint of every module of this folder, by name of the module."""
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        found = getattr(import_module(f"{__name__}.{module.name}"), "blueprint", None)
        if isinstance(found, Blueprint):
            yield found
