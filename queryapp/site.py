"""What a request works on: the dataset that was current when it began, and the client's budget."""

from __future__ import annotations

from flask import Flask, current_app, g

from queryapp.budget import Budget
from queryapp.config import Config
from queryapp.dataset import Dataset, Datasets, Held

KEY = "recalling"


class Site:
    """The parts that live as long as the application."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.datasets = Datasets(config)
        self.budget = Budget(config.budget, config.client_queries)


def register(app: Flask, config: Config) -> None:
    """Pin a dataset to each request that asks for one, and let go of it when the request ends."""
    app.extensions[KEY] = Site(config)

    @app.teardown_appcontext
    def release(_: BaseException | None) -> None:
        held: Held | None = g.pop("held_dataset", None)
        if held is not None:
            app.extensions[KEY].datasets.release(held)

    @app.context_processor
    def of_dataset() -> dict[str, object]:
        return {"manifest": dataset().manifest}


def site() -> Site:
    """The parts of the current application."""
    found: Site = current_app.extensions[KEY]
    return found


def dataset() -> Dataset:
    """The dataset of the current request: one build from its first line to its last."""
    if "held_dataset" not in g:
        g.held_dataset = site().datasets.pin()
    held: Held = g.held_dataset
    return held.dataset
