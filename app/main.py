"""Put the parts together: settings, database, catalogue, the application."""

import os
import time
from collections.abc import Awaitable, Callable, Collection
from functools import partial

import anyio.to_thread
from fastapi import FastAPI
from starlette.types import Scope

from app import opening
from app.accounts import access
from app.accounts.permissions import Caller
from app.api import application, feed_watcher
from app.api.content_reads import ContentReads
from app.context import Context
from app.http.errors import PageOf
from app.http.front import Addresses, Front, Known
from app.http.problems import Problem
from app.http.request_log import RequestLog
from app.imports.worker import Worker
from app.kit import preferences, steady_clock
from app.kit.clock import Clock, system_clock
from app.kit.database import Unit
from app.kit.errors import Misconfigured
from app.kit.progress import Progress, silent
from app.kit.settings import Settings, is_loopback, variable
from app.notices import drafts, workspaces
from app.notices.filling import Workspace
from app.takedowns import cache, clock_skew, reindexing
from app.web import application as pages
from app.web.shell import error_pages as web_errors
from app.web.shell import trust
from app.web.shell.rendering import Pages

LOOPBACK = ("localhost", "127.0.0.1", "::1")
# A revoked token works on for at most this long.
CALLER_LIFE_SECONDS = 1.0


def context(
    settings: Settings, clock: Clock = system_clock, progress: Progress = silent
) -> Context:
    """Open the database (migrating it) and read the catalogue.

    Raises Misconfigured, DatabaseFault or WrongKey.
    """
    database = opening.made_ready(settings, clock, progress)
    with database.read() as unit:
        workspace = workspace_of(settings, unit)
        laid_from = preferences.stored(unit, workspaces.CHANGEABLE)
    reindexing.run(database, workspace.recogniser, progress)
    drafts.reassess_all(database, workspace)
    return Context(settings, database, clock, workspace, laid_from)


def workspace_of(settings: Settings, unit: Unit | None = None) -> Workspace:
    """Read the catalogue; with a database, also what administrators changed."""
    changed = preferences.read(unit) if unit is not None else {}
    return workspaces.build(settings, os.environ, changed)


def create_app(parts: Context, hosts: Collection[str] = ()) -> FastAPI:
    """Build the application over its parts; `hosts` are the names it answers to, none: any."""
    with parts.database.read() as unit:
        clock_skew.of(unit)  # logs it
        cache.has_gone_back(unit)
    app = application.build()
    pages.install(app)
    app.state.context = parts
    app.state.feed_watcher = feed_watcher.of(parts.database)
    app.state.importer = Worker(parts.database, parts.workspace_in)
    app.state.has_docs = parts.settings.docs == "open"
    app.state.pages = Pages(
        parts.workspace.catalogue, parts.settings.zone, is_demo=parts.settings.demo
    )
    app.state.page_of = _page_of(app.state.pages)
    app.add_middleware(ContentReads, database=parts.database, clock=parts.clock)
    app.add_middleware(
        Front,
        routes=app.router.routes,
        known=Known(_authenticator(parts), trust.of(parts)),
        rate_limit=parts.settings.rate_limit,
        addresses=Addresses(
            application.PUBLIC,
            frozenset((*application.LARGE_BODIES, *pages.LARGE_BODIES)),
            application.MAILS,
        ),
        hosts=hosts,
        page_of=app.state.page_of,
    )
    app.add_middleware(RequestLog, routes=app.router.routes)
    return app


def _page_of(shown: Pages) -> PageOf:
    """Tell people what went wrong as a page, machines as a problem."""

    def page_of(found: Problem, scope: Scope) -> bytes | None:
        if not pages.is_page(scope["path"]):
            return None
        return web_errors.page(shown, found.body["status"], found.body["detail"], scope=scope)

    return page_of


def hosts(settings: Settings, listening_on: str) -> Collection[str]:
    """Return the names the server answers to: this machine's, and that of the public URL.

    Raises Misconfigured where other machines could reach it and no setting says by which name.
    """
    public = [settings.public_url.host] if settings.public_url and settings.public_url.host else []
    if not public and not is_loopback(listening_on):
        raise Misconfigured(
            f"{variable('public_url')}: is not set, and --host {listening_on} lets other machines "
            "in; set it to the https:// address people use, or leave --host out"
        )
    return (*LOOPBACK, "[::1]", *public)


def _authenticator(parts: Context) -> Callable[[str], Awaitable[Caller | None]]:
    """Look tokens up, remembering the answer for a moment: a look-up costs a thread's hop."""
    known: dict[bytes, tuple[float, Caller | None]] = {}

    def look_up(token: str) -> Caller | None:
        now = parts.clock()
        with parts.database.read() as unit:
            caller = access.caller_of(unit, token, steady_clock.now(unit))
            secret = access.digest(token)
            is_due = caller is not None and access.is_to_be_touched(unit, secret, now)
        if caller is not None and is_due:
            parts.database.note(partial(access.touch, secret=secret))
        return caller

    async def authenticate(token: str) -> Caller | None:
        digest = access.digest(token)
        now = time.monotonic()
        found = known.get(digest)
        if found is not None and now < found[0]:
            return found[1]
        caller = await anyio.to_thread.run_sync(partial(look_up, token))
        if len(known) > 1000:
            known.clear()
        if caller is not None:
            known[digest] = (now + CALLER_LIFE_SECONDS, caller)
        return caller

    return authenticate
