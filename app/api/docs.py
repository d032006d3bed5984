"""The contract, for machines (`/openapi.json`) and for people (`/docs`, works offline)."""

from pathlib import Path

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"
_FOLDER = Path(__file__).parent / "pages"
_pages = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=select_autoescape(default=True),
)


def install(app: FastAPI) -> None:
    """Serve the contract and a page that shows it."""

    def contract(_: Request) -> Response:
        return JSONResponse(app.openapi())

    def page(_: Request) -> Response:
        text = _pages.get_template("docs.html").render(api=app.openapi())
        return HTMLResponse(text, headers={"Content-Security-Policy": POLICY})

    def style(_: Request) -> Response:
        text = (_FOLDER / "docs.css").read_text(encoding="utf-8")
        return Response(text, media_type="text/css")

    app.add_route("/openapi.json", contract, include_in_schema=False)
    app.add_route("/docs", page, include_in_schema=False)
    app.add_route("/docs.css", style, include_in_schema=False)
