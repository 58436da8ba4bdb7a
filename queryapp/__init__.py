"""The query side: serves a dataset folder as pages, data and a SPARQL endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from queryapp.config import Config


def create_app(config: Config | None = None) -> Flask:
    """The whole application. Imports stand inside, so that worker processes do not load what they never use.

    Every module in views/ has a `blueprint`; adding a page is adding a module there. A request finds its dataset
    by `queryapp.site.dataset()`.
    """
    from flask import Flask

    from queryapp import config as settings
    from queryapp import headers, packing, problems, site, views

    config = config or settings.Config()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = config.body_bytes
    app.config["MAX_FORM_PARTS"] = 20
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    site.register(app, config)
    headers.register(app)
    packing.register(app)
    problems.register(app)
    for blueprint in views.blueprints():
        app.register_blueprint(blueprint)
    return app
