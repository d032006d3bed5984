"""Who visits a page, in which language, and what they sent: what every page stands on."""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote, urlsplit

import anyio.to_thread
from fastapi import Security
from fastapi.openapi.models import APIKey, APIKeyIn
from fastapi.security.base import SecurityBase
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.accounts import devices, sessions
from app.accounts.permissions import Person
from app.accounts.sessions import Session
from app.accounts.signing_in import Step
from app.kit.database import Unit
from app.parts import Context
from app.takedowns.timeline import Actor
from app.web import csrf, forms, languages
from app.web.forms import Form
from app.web.languages import Words
from app.web.rendering import POLICY, Pages

LANGUAGE_COOKIE = "language"
DEVICE = "device"
SIGN_IN = "/login"
# Sent by a page that asks by itself: nobody need be there, so the session does not go on for it.
BACKGROUND = "x-background"
_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9/_\-.?=&,%+:~]*")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Visit:
    """One request to a page."""

    context: Context
    pages: Pages
    request: Request
    form: Form
    language: str
    session: Session | None = None
    token: str = ""

    @property
    def person(self) -> Person:
        """Who is signed in; only on pages that ask for it."""
        assert self.session is not None  # noqa: S101 - `seeing` lets nobody else in
        return self.session.person

    @property
    def actor(self) -> Actor:
        """Who records when this person does."""
        return Actor(self.person.name, "person")

    @cached_property
    def words(self) -> Words:
        """The words of the visitor's language."""
        return languages.words_of(self.language)

    @property
    def address(self) -> str:
        """Where the request came from."""
        return self.request.client.host if self.request.client else ""

    @property
    def device(self) -> str:
        """What the browser says it is known by; empty when nobody signed in from it."""
        return self.request.cookies.get(cookie_name(self.context, DEVICE), "")

    @property
    def seconds_left(self) -> tuple[int, int]:
        """How long the visit lasts: idle, and however it is used."""
        assert self.session is not None  # noqa: S101 - asked for only where somebody is
        used = self.context.clock() - self.session.created_at
        # Use is written down once a minute only.
        idle = sessions.IDLE - timedelta(minutes=1)
        return int(idle.total_seconds()), int((sessions.LONGEST - used).total_seconds())

    @property
    def is_partial(self) -> bool:
        """Tell whether only a part of a page was asked for."""
        return self.request.headers.get("hx-request") == "true"

    def may(self, right: str) -> bool:
        """Tell whether the visitor may do something; templates ask this too."""
        return self.session is not None and self.session.person.may(right)

    def read(self) -> AbstractContextManager[Unit]:
        """Open a reading unit of work."""
        return self.context.database.read()

    def write(self) -> AbstractContextManager[Unit]:
        """Open a writing unit of work."""
        return self.context.database.write()

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Show a page, or a part of one."""
        return HTMLResponse(
            self.text(template, **values),
            status,
            {"Content-Security-Policy": POLICY},
        )

    def text(self, template: str, **values: Any) -> str:
        """Return a part of a page as text, to be put together with others."""
        return self.pages.render(
            template,
            self.language,
            visit=self,
            csrf=csrf.token(self.token) if self.token else "",
            now=self.context.clock(),
            **values,
        )

    def to(self, path: str, **query: str | int) -> Response:
        """Send the browser on to one of our own pages (303: it asks for it anew).

        The query holds codes and numbers only: an address ends up in histories.
        """
        asked = "&".join(f"{name}={quote(str(value), safe=',')}" for name, value in query.items())
        address = f"{path}{'&' if '?' in path else '?'}{asked}" if asked else path
        if self.is_partial:
            return Response(status_code=204, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)


class Anyone(SecurityBase):
    """A dependency: the visit, signed in or not."""

    model = APIKey(**{"in": APIKeyIn.cookie, "name": "session"})
    scheme_name = "session"

    async def __call__(self, request: Request) -> Visit:
        """Return the visit; refuses a form that none of our pages sent."""
        context: Context = request.app.state.context
        form = Form() if request.method in ("GET", "HEAD") else await _form(request)
        token = request.cookies.get(cookie_name(context), "")
        is_somebody = BACKGROUND not in request.headers
        session = (
            await anyio.to_thread.run_sync(_session, context, token, is_somebody) if token else None
        )
        if session is not None and request.method not in ("GET", "HEAD"):
            sent = form.given(csrf.FIELD) or request.headers.get(csrf.HEADER)
            if not csrf.is_of(token, sent):
                raise HTTPException(403, "csrf")
        own = session.person.language if session is not None else None
        return Visit(
            context=context,
            pages=request.app.state.pages,
            request=request,
            form=form,
            language=languages.preferred(
                request.cookies.get(LANGUAGE_COOKIE),
                own,
                request.headers.get("accept-language", ""),
            ),
            session=session,
            token=token if session is not None else "",
        )


class Seeing(SecurityBase):
    """A dependency: the visit of somebody who is signed in and holds these rights."""

    model = Anyone.model
    scheme_name = Anyone.scheme_name

    def __init__(self, *rights: str) -> None:
        self.rights = rights
        self._anyone = Anyone()

    async def __call__(self, request: Request) -> Visit:
        """Return the visit; sends others to sign in, and answers 403 where a right is missing."""
        visit = await self._anyone(request)
        if visit.session is None or not visit.session.is_complete:
            raise sign_in_first(request)
        for right in self.rights:
            if not visit.may(right):
                raise HTTPException(403, f"right {right}")
        return visit


anyone = Anyone()


def seeing(*rights: str) -> Any:
    """Make the dependency of a page that needs these rights (the scopes of the API)."""
    return Security(Seeing(*rights))


def visiting() -> Any:
    """Make the dependency of a page that anyone may see."""
    return Security(anyone)


def sign_in_first(request: Request) -> HTTPException:
    """Build the way to the sign-in page, and back to where the visitor wanted to go."""
    wanted = request.url.path if request.method == "GET" else ""
    if wanted and request.url.query:
        wanted += f"?{request.url.query}"
    address = f"{SIGN_IN}?next={quote(wanted, safe='/')}" if wanted else SIGN_IN
    if request.headers.get("hx-request") == "true":
        page = urlsplit(request.headers.get("hx-current-url", "")).path
        back = f"{SIGN_IN}?next={quote(page, safe='/')}" if page else SIGN_IN
        return HTTPException(401, "sign_in", {"HX-Redirect": back})
    return HTTPException(303, "sign_in", {"Location": address})


def local(path: str | None, otherwise: str) -> str:
    """Return a path of our own that a visitor may be sent back to, never another site's."""
    if path and _LOCAL.fullmatch(path):
        return path
    return otherwise


def cookie_name(context: Context, what: str = "session") -> str:
    """Return the name of a cookie that proves something: `__Host-` ones go to this host only.

    The demo runs on plain HTTP, where not every browser keeps a Secure cookie.
    """
    return what if context.settings.demo else f"__Host-{what}"


def remember(answer: Response, context: Context, step: Step) -> Response:
    """Give the browser its session, and by what it is known when it proved a second factor."""
    _give(answer, context, cookie_name(context), step.token)
    if step.device is not None:
        life = int(devices.KNOWN.total_seconds())
        _give(answer, context, cookie_name(context, DEVICE), step.device, life)
    return answer


def forget(answer: Response, context: Context) -> Response:
    """Take the session from the browser."""
    answer.delete_cookie(
        cookie_name(context),
        path="/",
        secure=not context.settings.demo,
        httponly=True,
        samesite="lax",
    )
    return answer


def speak(answer: Response, context: Context, language: str) -> Response:
    """Let the browser remember a language."""
    return keep(answer, context, LANGUAGE_COOKIE, language)


def keep(answer: Response, context: Context, name: str, value: str) -> Response:
    """Let the browser remember how pages are to look there; an empty value is forgotten."""
    _give(answer, context, name, value, _YEAR if value else 0)
    return answer


def _give(
    answer: Response, context: Context, name: str, value: str, seconds: int | None = None
) -> None:
    """Set a cookie; without a life it goes when the browser is closed."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=not context.settings.demo,
        httponly=True,
        samesite="lax",
    )


async def _form(request: Request) -> Form:
    if not csrf.is_from_us(request.headers):
        raise HTTPException(403, "csrf")
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != forms.CONTENT_TYPE:
        raise HTTPException(415, "not a form")
    try:
        return forms.read(body)
    except forms.Malformed:
        raise HTTPException(400, "not a form") from None


def _session(context: Context, token: str, is_somebody: bool) -> Session | None:
    now = context.clock()
    with context.database.read() as unit:
        found = sessions.find(unit, token, now)
    if found is not None and is_somebody and found.is_to_be_touched(now):
        context.database.note(partial(sessions.touch, token=token))
    return found


def told(visit: Visit, names: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into these fields, by the names given; blank ones are left out."""
    found = {name: visit.form.given(field) for field, name in names.items()}
    return {name: value for name, value in found.items() if value is not None}
