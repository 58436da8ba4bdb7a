"""What a client is told when a request is not answered: a page to people, problem+json (RFC 9457) to programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app, make_response, render_template, request
from jinja2 import TemplateNotFound
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from queryapp.errors import QueryError
from queryapp.formats import wants_page


class Problem(Exception):  # noqa: N818  # it is the body of an answer as well
    """A request that is not answered: status, what is wrong, and what to do about it.

    more are further members of the JSON body (line, column, suggestions); headers go out with the response.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.hint = status, detail, hint
        self.headers, self.more = dict(headers or {}), dict(more or {})

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase


def register(app: Flask) -> None:
    """The one handler of errors."""
    app.register_error_handler(Exception, _handle)


def _handle(error: Exception) -> Response:
    return respond(_problem(error))


def _problem(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case HTTPException() if error.code is not None and error.response is None:
            headers = {}
            if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
                headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
            return Problem(error.code, error.description or HTTPStatus(error.code).phrase, headers=headers)
        case QueryError():
            current_app.logger.error("%s", error.message)
            return Problem(500, error.message)
    current_app.logger.exception("unexpected error")
    return Problem(500, "Something went wrong on the server; its log says what.")


def respond(problem: Problem) -> Response:
    """The problem as a page where the client is a browser, else as JSON."""
    if wants_page(request.headers.get("Accept")):
        response = make_response(_page(problem), problem.status)
    else:
        body = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail}
        if problem.hint:
            body["hint"] = problem.hint
        response = make_response(json.dumps(body | problem.more, ensure_ascii=False) + "\n", problem.status)
        response.content_type = "application/problem+json"
    response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _page(problem: Problem) -> str:
    try:
        return render_template("error.html", problem=problem)
    except TemplateNotFound:
        title = escape(problem.title)
        hint = f"<p>{escape(problem.hint)}</p>" if problem.hint else ""
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><main><h1>{title}</h1><p>{escape(problem.detail)}</p>{hint}</main></body></html>"
        )
