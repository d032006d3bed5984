"""What went wrong, as a page: what happened, whose help it needs, and a way on."""

from collections.abc import Mapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie

from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Scope

from app.kit import wording
from app.kit.errors import DatabaseFault
from app.kit.languages import Language
from app.kit.wording import N_
from app.web.shell import languages
from app.web.shell.rendering import Pages
from app.web.shell.request_context import Visit, anyone

_TITLES: Mapping[int, str] = {
    400: N_("What you sent could not be read"),
    403: N_("Not allowed"),
    404: N_("There is nothing at this address"),
    405: N_("This cannot be done here"),
    409: N_("Not possible now"),
    413: N_("Too much at once"),
    415: N_("What you sent could not be read"),
    429: N_("Too many tries"),
    500: N_("Something failed here"),
    503: N_("Not possible right now"),
}
_DETAILS: Mapping[int, str] = {
    400: N_("Go back and try again."),
    404: N_("It may have been mistyped, or it was never there."),
    405: N_("Go back and use the buttons of the page."),
    409: N_("Go back and look at how things stand now."),
    413: N_("Paste less at once, or send a file of at most 8 MB."),
    415: N_("Go back and use the buttons of the page."),
    429: N_("Wait a few minutes and try again."),
    500: N_("What you did before is kept. Try again; if it happens again, call the administrator."),
    503: N_("The database cannot take this now. Wait a moment and try again."),
}
_FORGED = N_("This form is out of date, or it did not come from this site. Load the page again.")
_ROLES = N_("Your role does not include this. An administrator can help.")


def page(pages: Pages, status: int, detail: str, *, scope: Scope) -> bytes:
    """Write the page of a refusal in the visitor's language; it quotes nothing that was sent.

    Who is signed in keeps the frame: menu, language, help.
    """
    state = scope.get("state", {})
    visit: Visit | None = state.get("visit")
    is_in = visit is not None and visit.session is not None and visit.session.is_complete
    language = visit.language if visit is not None else _language(scope)
    words = wording.words_of(language)
    told = {
        "title": words.gettext(_TITLES.get(status, _TITLES[400])),
        "detail": words.gettext(_detail(status, detail)),
        "kept": state.get("kept", ""),
        "address": scope["path"],
        "request_id": state.get("request_id", "") if status >= 500 else "",
        "frame": "shell/base.html" if is_in else "shell/bare.html",
    }
    if visit is None or not is_in:
        return pages.render("shell/error.html", language, **told).encode()
    # No unit of work here: the database may be what failed, and this is no thread of its own.
    told["paper_name"] = visit.context.last_laid.organisation.name
    if scope["method"] != "GET" or status in (404, 405):
        told["here"] = "/inbox"  # what was mistyped may be anything, and goes into no link
    return visit.text("shell/error.html", **told).encode()


async def recognise(request: Request) -> None:
    """Look who asked for what is no page; what was sent there is not read."""
    if request.method == "GET" and not hasattr(request.state, "visit"):
        with suppress(HTTPException, DatabaseFault, PoolExhausted):
            await anyone(request)


def _detail(status: int, detail: str) -> str:
    if status == 403:
        return _FORGED if detail == "csrf" else _ROLES
    return _DETAILS.get(status, _DETAILS[400])


def _language(scope: Scope) -> Language:
    fields: Mapping[bytes, bytes] = dict(scope.get("headers", ()))
    try:
        cookies = SimpleCookie(fields.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        cookies = SimpleCookie()
    chosen = cookies["language"].value if "language" in cookies else None
    accepted = fields.get(b"accept-language", b"").decode("latin-1")
    return languages.preferred(chosen, None, accepted)
