"""Who may send a large form: whoever is signed in or was, and whoever sends back what we sealed.

A session that ended does not lose what was typed in it: its browser is known by the session, or by
its second factor. A stranger can send what signs in, no more.
"""

from collections.abc import Awaitable, Callable

import anyio.to_thread
from starlette.requests import Request
from starlette.types import Scope

from app.accounts import devices, sessions
from app.context import Context
from app.web.shell import cookies, unsent_forms


def of(context: Context) -> Callable[[Scope, bytes], Awaitable[int | None]]:
    """Return what tells how many bytes more than a stranger somebody may send.

    It is told the request and how its body begins; None: as many as the address takes.
    """

    async def trust(scope: Scope, beginning: bytes) -> int | None:
        return await anyio.to_thread.run_sync(_more, context, Request(scope), beginning)

    return trust


def _more(context: Context, request: Request, beginning: bytes) -> int | None:
    session, device = (
        request.cookies.get(cookies.name(context, what), "") for what in ("session", cookies.DEVICE)
    )
    with context.database.read() as unit:
        if sessions.is_known(unit, session) or devices.is_anybodys(unit, device):
            return None
    return unsent_forms.size(context.database, beginning)
