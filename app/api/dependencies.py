"""What an endpoint stands on: who calls, the parts of the application, and answering once."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any, NamedTuple

import anyio.to_thread
from fastapi import Security
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.requests import Request
from starlette.responses import Response

from app.accounts import audit
from app.accounts.permissions import Caller
from app.accounts.vocabularies import Action, Scope
from app.context import Context, Units
from app.http.problems import Problem, problem
from app.kit import idempotency, steady_clock
from app.kit.database import Unit
from app.kit.errors import Fault, Refused, pointer
from app.notices.filling import Workspace
from app.schemas.vocabularies import Source
from app.takedowns import sealing
from app.takedowns.timeline import Actor

IDEMPOTENCY_KEY = "idempotency-key"
TOKENS = HTTPBearer(
    bearerFormat="tdk_…",
    description="An API token (`takedown token add`); an operation names the scope it needs.",
)


class Answer(NamedTuple):
    """What an endpoint says, and which takedowns it speaks of (to seal it when remembered)."""

    status: int
    body: Mapping[str, object]
    headers: Mapping[str, str] = {}
    takedown_ids: tuple[int, ...] = ()

    def response(self) -> Response:
        """Write it as JSON."""
        return Response(encoded(self.body), self.status, dict(self.headers), "application/json")


@dataclass(frozen=True)
class Call:
    """One authenticated request."""

    context: Context
    caller: Caller
    request: Request
    body: bytes

    @property
    def reads_content(self) -> bool:
        """Tell whether URLs, accounts, texts and tickets may be shown.

        An answer that shows them is a read of content, which the audit log tells.
        """
        may = self.caller.may(Scope.CONTENT_READ)
        if may:
            self._is_read_of_content()
        return may

    @property
    def actor(self) -> Actor:
        """Who records when this caller does."""
        return Actor(self.caller.actor, Source.API)

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
        """Open a writing unit of work."""
        return self.units.write()

    def once(self, work: Callable[[Unit], Answer]) -> Response:
        """Do the work in one transaction; with an Idempotency-Key, do it once and answer again."""
        slot = self._slot
        if slot is None:
            with self.write() as unit:
                answer = work(unit)
            return answer.response()
        with self.context.in_flight.only_one(slot), self.write() as unit:
            now = steady_clock.now(unit)
            self.context.in_flight.forget(unit, now)
            kept = idempotency.find(unit, slot, now)
            if kept is None:
                return _answered(unit, slot, work(unit), now=now)
            if kept.takedown_ids and self.caller.may(Scope.CONTENT_READ):
                self._is_read_of_content()
            return _answered_again(unit, slot, kept)

    @property
    def was_answered(self) -> bool:
        """Tell whether this very request, by its Idempotency-Key, was answered already."""
        if self._slot is None:
            return False
        with self.read() as unit:
            return idempotency.is_kept(unit, self._slot, steady_clock.now(unit))

    @property
    def _slot(self) -> idempotency.Slot | None:
        """Where the answer to an Idempotency-Key is kept; None without one."""
        key = self.request.headers.get(IDEMPOTENCY_KEY)
        if key is None:
            return None
        address = f"{self.request.method} {self.request.url.path}?{self.request.url.query}\n"
        return idempotency.slot_of(
            self.context.database.vault,
            self.caller.token_id,
            key,
            request=address.encode() + self.body,
        )

    def _is_read_of_content(self) -> None:
        """Let the audit log tell that content was read."""
        self.request.state.shows_content = self.request.scope["route"].operation_id


def _answered_again(unit: Unit, slot: idempotency.Slot, kept: idempotency.Kept) -> Response:
    keys = sealing.keys(unit, kept.takedown_ids)
    body = idempotency.reopen(
        unit, kept, slot, data_keys=[keys[number] for number in kept.takedown_ids]
    )
    headers = json.loads(kept.headers) | {"Idempotent-Replayed": "true"}
    return Response(body, kept.status, headers, "application/json")


def _answered(unit: Unit, slot: idempotency.Slot, answer: Answer, *, now: datetime) -> Response:
    keys = sealing.keys(unit, answer.takedown_ids)
    body = encoded(answer.body)
    idempotency.remember(
        unit,
        slot,
        answer.status,
        headers=answer.headers,
        body=body,
        data_keys={number: keys[number] for number in answer.takedown_ids},
        now=now,
    )
    return Response(body, answer.status, dict(answer.headers), "application/json")


class Needs(SecurityBase):
    """A dependency: the caller, who must hold the scopes."""

    model = TOKENS
    scheme_name = "token"

    def __init__(self, *scopes: str) -> None:
        self.scopes = scopes

    async def __call__(self, request: Request) -> Call:
        """Return the call; answers 403 naming the scope that is missing, and writes that down."""
        caller: Caller = request.scope["state"]["caller"]
        context: Context = request.app.state.context
        for scope in self.scopes:
            if not caller.may(scope):
                page = f"{request.method} {request.scope['route'].path}"
                denied = partial(
                    audit.record,
                    by=caller.actor,
                    action=Action.DENIED,
                    lack=f"scope {scope}",
                    page=page,
                )
                await anyio.to_thread.run_sync(context.database.note, denied)
                raise Problem(
                    problem(
                        403,
                        "missing_scope",
                        "Not allowed",
                        detail=f"this token lacks the scope {scope}",
                        scope=scope,
                    )
                )
        _refuse_parameters(request)
        return Call(context, caller, request, await request.body())


def needing(*scopes: str) -> Any:
    """Make the dependency of an endpoint that needs these scopes."""
    return Security(Needs(*scopes), scopes=scopes)


def _refuse_parameters(request: Request) -> None:
    """Refuse a query where the endpoint declares none; its own model refuses what it lacks."""
    if request.query_params and not request.scope["route"].dependant.query_params:
        mend = "this call takes no query parameters"
        pointers = (pointer(["query", name]) for name in request.query_params)
        raise Refused("invalid_request", mend, [Fault(one, "unknown", mend) for one in pointers])


def encoded(body: Mapping[str, object]) -> bytes:
    """Write an answer as JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
