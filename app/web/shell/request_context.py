"""Who visits a page, in which language, and what they sent: what every page stands on."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

import anyio.to_thread
from fastapi import Path, Security
from fastapi.openapi.models import APIKey, APIKeyIn
from fastapi.security.base import SecurityBase
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.accounts import audit, sessions
from app.accounts.permissions import Person
from app.accounts.sessions import Session
from app.accounts.vocabularies import Action
from app.context import Context, Units
from app.http.headers import PAGE_POLICY
from app.kit import wording
from app.kit.database import Unit
from app.kit.errors import Refused
from app.kit.languages import Language
from app.kit.wording import Words
from app.notices.filling import Workspace
from app.schemas.vocabularies import Source
from app.takedowns.timeline import Actor
from app.web.shell import cookies, csrf, forms, languages, unsent_forms, uploads
from app.web.shell.forms import Form
from app.web.shell.rendering import Pages

SIGN_IN = "/login"
KEEP = "/login/kept"
NO_FORM = Form()
# Sent by a page that asks by itself: nobody need be there, so the session does not go on for it.
BACKGROUND = "x-background"


@dataclass(frozen=True)
class Visit:
    """One request to a page."""

    context: Context
    pages: Pages
    request: Request
    form: Form
    language: Language
    session: Session | None = None
    token: str = ""
    # A form that came after the session had ended is shown again; nothing is recorded of it.
    is_again: bool = False

    @property
    def person(self) -> Person:
        """Who is signed in; only on pages that ask for it."""
        assert self.session is not None  # noqa: S101 - `require_rights` lets nobody else in
        return self.session.person

    @property
    def actor(self) -> Actor:
        """Who records when this person does."""
        return Actor(self.person.name, Source.PERSON)

    @cached_property
    def words(self) -> Words:
        """The words of the visitor's language."""
        return wording.words_of(self.language)

    @property
    def address(self) -> str:
        """Where the request came from."""
        return self.request.client.host if self.request.client else ""

    @property
    def device(self) -> str:
        """What the browser says it is known by; empty when nobody signed in from it."""
        return self.request.cookies.get(cookies.name(self.context, cookies.DEVICE), "")

    @property
    def seconds_left(self) -> tuple[int, int]:
        """How long the visit lasts: idle, and however it is used."""
        assert self.session is not None  # noqa: S101 - asked for only where somebody is
        # Use is written down once a minute only.
        idle = sessions.IDLE - timedelta(minutes=1)
        return int(idle.total_seconds()), int(self.session.time_left.total_seconds())

    @property
    def is_partial(self) -> bool:
        """Tell whether only a part of a page was asked for."""
        return self.request.headers.get("hx-request") == "true"

    def may(self, right: str) -> bool:
        """Tell whether the visitor may do something; templates ask this too."""
        return self.session is not None and self.session.person.may(right)

    def denied(self, lack: str) -> HTTPException:
        """Write down that something was refused to the visitor, and build the refusal."""
        page = f"{self.request.method} {self.request.scope['route'].path}"
        self.context.database.note(
            partial(audit.record, by=self.person.name, action=Action.DENIED, lack=lack, page=page)
        )
        return HTTPException(403, lack)

    @cached_property
    def units(self) -> Units:
        """What the request has to do with the database."""
        return Units(self.context)

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now, whichever process it was changed in."""
        return self.units.workspace

    def read(self) -> AbstractContextManager[Unit]:
        """Open a reading unit of work."""
        return self.units.read()

    def write(self) -> AbstractContextManager[Unit]:
        """Open a writing unit of work; raises Refused for a form that is only shown again."""
        if self.is_again:
            raise Refused("not_sent", "the session had ended before this was sent")
        return self.units.write()

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Show a page, or a part of one."""
        policy = {"Content-Security-Policy": PAGE_POLICY}
        return HTMLResponse(self.text(template, **values), status, policy)

    def text(self, template: str, **values: Any) -> str:
        """Return a part of a page as text, to be put together with others."""
        return self.pages.render(
            template,
            self.language,
            visit=self,
            csrf=csrf.token(self.token) if self.token else "",
            now=self.context.clock(),
            by_the_clock=self.context.database.steady.by_the_clock,
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


# The number of a row, as a path names it: as far as databases count.
Numbered = Annotated[int, Path(ge=1, lt=2**63)]


class Anyone(SecurityBase):
    """A dependency: the visit, signed in or not."""

    model = APIKey(**{"in": APIKeyIn.cookie, "name": "session"})
    scheme_name = "session"
    keeps_forms = False
    takes_files = False

    async def __call__(self, request: Request) -> Visit:
        """Return the visit; refuses a form that none of our pages sent."""
        context: Context = request.app.state.context
        is_sent = request.method not in ("GET", "HEAD")
        form = await _form(request, takes_files=self.takes_files) if is_sent else Form()
        token = request.cookies.get(cookies.name(context), "")
        is_somebody = BACKGROUND not in request.headers
        session = (
            await anyio.to_thread.run_sync(_session, context, token, is_somebody) if token else None
        )
        if session is not None:
            request.state.user_id = session.person.id
        again = self._again(context, request, form)
        own = session.person.language if session is not None else None
        visit = Visit(
            context=context,
            pages=request.app.state.pages,
            request=request,
            form=again or form,
            language=languages.preferred(
                request.cookies.get(cookies.LANGUAGE),
                own,
                request.headers.get("accept-language", ""),
            ),
            session=session,
            token=token if session is not None else "",
            is_again=again is not None,
        )
        request.state.visit = visit  # whatever is refused from here on keeps the page's frame
        if session is not None and again is None and is_sent:
            self._check_token(visit, form)
        return visit

    def _check_token(self, visit: Visit, form: Form) -> None:
        """Refuse a form that none of our pages sent; what was typed is kept, sealed."""
        request = visit.request
        sent = form.given(csrf.FIELD) or request.headers.get(csrf.HEADER)
        if csrf.is_of(visit.token, sent):
            return
        if self.keeps_forms:
            database = visit.context.database
            request.state.kept = unsent_forms.sealed(database, request.url.path, form)
        raise HTTPException(403, "csrf")

    def _again(self, context: Context, request: Request, form: Form) -> Form | None:
        """Return the form that was to come here and is shown again, which needs no other proof."""
        if not self.keeps_forms:
            return None
        found = unsent_forms.opened(context.database, form.given(unsent_forms.FIELD))
        return found.form if found is not None and found.path == request.url.path else None


class Seeing(SecurityBase):
    """A dependency: the visit of somebody who is signed in and holds these rights."""

    model = Anyone.model
    scheme_name = Anyone.scheme_name

    def __init__(self, *rights: str, takes_files: bool = False) -> None:
        self.rights = rights
        self.takes_files = takes_files
        self._anyone = Anyone()
        self._anyone.takes_files = takes_files
        # What everybody may is one's own: passwords above all, which are not kept.
        self._anyone.keeps_forms = bool(rights)

    async def __call__(self, request: Request) -> Visit:
        """Return the visit; sends others to sign in, and answers 403 where a right is missing."""
        visit = await self._anyone(request)
        if visit.session is None or not visit.session.is_complete:
            raise sign_in_first(request, visit.form if self.rights else NO_FORM)
        for right in self.rights:
            if not visit.may(right):
                raise await anyio.to_thread.run_sync(visit.denied, f"right {right}")
        return visit


anyone = Anyone()


def require_rights(*rights: str, takes_files: bool = False) -> Any:
    """Make the dependency of a page that needs these rights (the scopes of the API)."""
    return Security(Seeing(*rights, takes_files=takes_files))


def visiting() -> Any:
    """Make the dependency of a page that anyone may see."""
    return Security(anyone)


def sign_in_first(request: Request, form: Form = NO_FORM) -> HTTPException:
    """Build the way to the sign-in page, and back to where the visitor wanted to go.

    What was typed goes with the browser, which sends it once more to the page that seals it.
    """
    if unsent_forms.is_typed(form):
        if request.headers.get("hx-request") == "true":
            return HTTPException(401, "sign_in")
        address = f"{KEEP}?next={quote(request.url.path, safe='/')}"
        return HTTPException(307, "sign_in", {"Location": address})
    wanted = request.url.path if request.method == "GET" else ""
    if wanted and request.url.query:
        wanted += f"?{request.url.query}"
    address = f"{SIGN_IN}?next={quote(wanted, safe='/')}" if wanted else SIGN_IN
    if request.headers.get("hx-request") == "true":
        page = urlsplit(request.headers.get("hx-current-url", "")).path
        back = f"{SIGN_IN}?next={quote(page, safe='/')}" if page else SIGN_IN
        return HTTPException(401, "sign_in", {"HX-Redirect": back})
    return HTTPException(303, "sign_in", {"Location": address})


async def _form(request: Request, *, takes_files: bool) -> Form:
    if not csrf.is_from_us(request.headers):
        raise HTTPException(403, "csrf")
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    has_files = takes_files and kind == uploads.CONTENT_TYPE
    if body and kind != forms.CONTENT_TYPE and not has_files:
        raise HTTPException(415, "not a form")
    try:
        return uploads.read(body, content_type) if has_files else forms.read(body)
    except forms.Malformed:
        raise HTTPException(400, "not a form") from None


def _session(context: Context, token: str, is_somebody: bool) -> Session | None:
    with context.database.read() as unit:
        found = sessions.find(unit, token)
    if found is not None and is_somebody and found.is_to_be_touched:
        context.database.note(partial(sessions.touch, token=token))
    return found
