"""The contract, for machines (`/openapi.json`) and for people (`/docs`, works offline)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.api import contract, problem_types
from app.http.problems import TYPES

Contract = dict[str, Any]
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"
_FOLDER = Path(__file__).parent / "pages"
_pages = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=select_autoescape(default=True),
)


def _refusal(request: Request, api: dict[str, Any]) -> Response:
    for code, kind in problem_types.KINDS.items():
        if problem_types.address(code) == request.url.path:
            return _page(
                "problem.html",
                api=api,
                code=code,
                kind=kind,
                rules=problem_types.fault_codes(),
                is_open=is_open(request),
            )
    raise HTTPException(404)


def drawn_up(app: FastAPI) -> Contract:
    """Return the contract of an application's calls."""
    return contract.complete(
        get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=app.description,
            contact=app.contact,
            servers=app.servers,
            license_info=app.license_info,
            tags=app.openapi_tags,
            routes=app.routes,
            separate_input_output_schemas=app.separate_input_output_schemas,
        )
    )


def install(app: FastAPI, openapi: Callable[[], Contract]) -> None:
    """Serve the contract, a page that shows it, and one for each kind of refusal."""

    def machine(request: Request) -> Response:
        _refuse_closed(request)
        return JSONResponse(openapi())

    def page(request: Request) -> Response:
        _refuse_closed(request)
        return _page("docs.html", api=openapi())

    def refusal(request: Request) -> Response:
        return _refusal(request, openapi())

    def style(_: Request) -> Response:
        text = (_FOLDER / "docs.css").read_text(encoding="utf-8")
        return Response(text, media_type="text/css")

    app.openapi = openapi  # type: ignore[method-assign]
    app.add_route("/openapi.json", machine, include_in_schema=False)
    app.add_route("/docs", page, include_in_schema=False)
    app.add_route("/docs.css", style, include_in_schema=False)
    app.add_route(TYPES + "{name}", refusal, include_in_schema=False)


def is_open(request: Request) -> bool:
    """Tell whether the contract is shown here; what a refusal means is told in any case."""
    return bool(getattr(request.app.state, "has_docs", True))


def _refuse_closed(request: Request) -> None:
    if not is_open(request):
        raise HTTPException(404)


def _page(template: str, **values: Any) -> Response:
    text = _pages.get_template(template).render(values)
    return HTMLResponse(text, headers={"Content-Security-Policy": POLICY})
