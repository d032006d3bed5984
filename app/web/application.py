"""The admin frontend without its parts: every page, and the files they load."""

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from app.web import (
    administration,
    amending,
    audit_log,
    bulk,
    cases,
    catalogue,
    claiming,
    clients,
    correcting,
    demo_forms,
    demonstration,
    flagger_status,
    frozen,
    inbox,
    joining,
    keyboard,
    login,
    me,
    metrics,
    new_request,
    platforms,
    recipients,
    reminders,
    rendering,
    reporting_again,
    requests,
    revealing,
    rewording,
    search,
    second_factor,
    sending,
    speaking,
    style,
    takedown,
    undo,
    users,
)

# In the order in which a path is looked for.
PAGES = (
    inbox,
    bulk,
    reminders,
    undo,
    new_request,
    sending,
    recipients,
    rewording,
    frozen,
    requests,
    search,
    cases,
    metrics,
    platforms,
    catalogue,
    administration,
    flagger_status,
    clients,
    users,
    audit_log,
    me,
    login,
    joining,
    second_factor,
    keyboard,
    demonstration,
    demo_forms,
    style,
    speaking,
    revealing,
    correcting,
    amending,
    claiming,
    reporting_again,
    takedown,  # any name under /takedowns may be a reference
)
_YEAR = "public, max-age=31536000, immutable"


class _Kept(StaticFiles):
    """Files whose address changes with their content: browsers keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Answer with a file."""
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["Cache-Control"] = _YEAR
        return answer


def install(app: FastAPI) -> None:
    """Serve the pages beside the API; whoever serves it sets `state.pages`."""
    for entry in PAGES:
        app.include_router(entry.router, include_in_schema=False)
    app.mount("/static", _Kept(directory=rendering.STATIC))


def is_page(path: str) -> bool:
    """Tell whether a path is for people rather than machines."""
    return not path.startswith(("/api/", "/openapi.json", "/docs", "/problems/"))
