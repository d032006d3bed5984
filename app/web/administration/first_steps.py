"""The first steps of an installation: how far it is, until all are done or somebody ends the list.

Each is read from the record; only that the key has a copy elsewhere must be said by a person.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from app.accounts import access, audit, people
from app.accounts.access import Token
from app.accounts.audit import Wanted
from app.accounts.vocabularies import Action, Scope
from app.kit import preferences
from app.kit.database import Unit
from app.kit.wording import N_
from app.notices.filling import Workspace
from app.takedowns import bases
from app.takedowns.models import takedowns
from app.web.administration.vocabularies import FirstStep
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/admin/first-steps")
Administrator = Annotated[Visit, require_rights(Scope.ADMIN)]
_KEY_COPY, _ENDED = "first_steps.key_copy", "first_steps.ended"
_ANY_REQUEST = select(takedowns.c.id).limit(1)
TITLES: Mapping[FirstStep, str] = MappingProxyType(
    {
        FirstStep.ORGANISATION: N_("Say who you are in notices"),
        FirstStep.KEY_COPY: N_("Keep a copy of the secret key in another place"),
        FirstStep.BACKUP: N_("Make the first backup"),
        FirstStep.BASIS: N_("Record on which legal basis each platform deals with you"),
        FirstStep.TEMPLATES: N_("Read through the templates of the notices"),
        FirstStep.PEOPLE: N_("Invite the people who work here"),
        FirstStep.TOKEN: N_("Make a token for the case system"),
        FirstStep.FIRST_REQUEST: N_("Log the first request, or bring in what you have"),
    }
)
# Where each is done; what is done on the server is told by the help.
ADDRESSES: Mapping[FirstStep, str] = MappingProxyType(
    {
        FirstStep.ORGANISATION: "/admin/organisation",
        FirstStep.KEY_COPY: "/help/key_copy",
        FirstStep.BACKUP: "/help/backup",
        FirstStep.BASIS: "/admin/status",
        FirstStep.TEMPLATES: "/templates",
        FirstStep.PEOPLE: "/admin/users",
        FirstStep.TOKEN: "/admin/clients",
        FirstStep.FIRST_REQUEST: "/takedowns/new",
    }
)


class SetUp(NamedTuple):
    """What an installation has, as the record holds it."""

    with_basis: int
    persons: int
    tokens: Sequence[Token]
    backed_up_at: datetime | None


class Step(NamedTuple):
    """One step: what it is, where it is done, and whether it is."""

    code: FirstStep
    title: str
    address: str
    is_done: bool


class Progress(NamedTuple):
    """The steps, and what is told beside three of them."""

    steps: Sequence[Step]
    with_basis: int
    not_reviewed: Sequence[str]
    persons: int

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.is_done for step in self.steps)


@router.post("/key-copy")
def confirm_key_copy(visit: Administrator) -> Response:
    """Write down that somebody keeps a copy of the secret key in another place."""
    with visit.write() as unit:
        preferences.keep_moment(unit, _KEY_COPY, unit.clock())
        audit.record(unit, visit.actor.name, Action.KEY_COPY_CONFIRMED)
    return visit.to("/admin", said="saved")


@router.post("/end")
def end(visit: Administrator) -> Response:
    """Take the list away for good."""
    with visit.write() as unit:
        preferences.keep_moment(unit, _ENDED, unit.clock())
    return visit.to("/admin", said="saved")


def are_left(unit: Unit) -> bool:
    """Tell whether the list stands, without a look at how far it is."""
    return preferences.moment(unit, _ENDED) is None


def set_up(unit: Unit, workspace: Workspace) -> SetUp:
    """Look what an installation has."""
    on = unit.clock().astimezone(workspace.zone).date()
    backups = audit.page(unit, Wanted(action=Action.BACKED_UP), before=None, limit=1)
    return SetUp(
        with_basis=bases.with_one(unit, workspace.catalogue.platforms, on),
        persons=sum(person.disabled_at is None for person in people.everyone(unit)),
        tokens=access.everything(unit),
        backed_up_at=backups[0].at if backups else None,
    )


def read(unit: Unit, workspace: Workspace, seen: SetUp | None = None) -> Progress | None:
    """Look how far an installation is; None once all is done, or the list was ended."""
    if not are_left(unit):
        return None
    found = _progress(unit, workspace, seen or set_up(unit, workspace))
    if found.done == len(found.steps):
        now = unit.clock()
        unit.afterwards.append(lambda unit: preferences.keep_moment(unit, _ENDED, now))
        return None
    return found


def _progress(unit: Unit, workspace: Workspace, seen: SetUp) -> Progress:
    texts, organisation = workspace.catalogue.texts, workspace.organisation
    not_reviewed = [code for code, text in texts.items() if not text.reviewed]
    done = {
        FirstStep.ORGANISATION: bool(organisation.name and organisation.email),
        FirstStep.KEY_COPY: preferences.moment(unit, _KEY_COPY) is not None,
        FirstStep.BACKUP: seen.backed_up_at is not None,
        FirstStep.BASIS: seen.with_basis > 0,
        FirstStep.TEMPLATES: not not_reviewed,
        FirstStep.PEOPLE: seen.persons > 1,
        FirstStep.TOKEN: bool(seen.tokens),
        FirstStep.FIRST_REQUEST: unit.connection.execute(_ANY_REQUEST).first() is not None,
    }
    steps = [Step(code, TITLES[code], ADDRESSES[code], is_done) for code, is_done in done.items()]
    return Progress(steps, seen.with_basis, not_reviewed, seen.persons)
