"""A fictional year of a hotline: about 120 takedowns, every state, two reports, always the same.

Everything goes through the same use cases as real work; only the clock is told what to read.
"""

from datetime import date, datetime

from sqlalchemy import insert, select

from app.accounts.models import users
from app.accounts.permissions import ROLES
from app.accounts.vocabularies import Role
from app.demo import reporting
from app.demo.stories import COUNT, NOW, SPAN, UNNAMED, Story
from app.kit.database import Database, Unit
from app.kit.errors import Misconfigured
from app.notices.filling import Workspace
from app.schemas.vocabularies import StatusChange
from app.takedowns import bases
from app.takedowns.flagger_status import Change
from app.takedowns.models import takedowns

__all__ = ["NOW", "TOTAL", "Moving", "fill", "join"]
TOTAL = COUNT + UNNAMED
AWARD = Change(
    StatusChange.AWARDED, date(2026, 1, 1), "Fictional Coordinator", decision="FICTIONAL-1"
)


class Moving:
    """A clock that reads what it is told: the moment of the action being replayed."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the moment it was told."""
        return self.now


def fill(database: Database, workspace: Workspace, clock: Moving) -> int:
    """Tell the whole year; returns how many takedowns there are.

    Raises Misconfigured when there are takedowns already.
    """
    with database.read() as unit:
        if unit.connection.execute(select(takedowns.c.id).limit(1)).first():
            raise Misconfigured("the demo needs an empty database; choose another --data-dir")
    clock.now = NOW - SPAN
    with database.write() as unit:
        join(unit)
        bases.record_change(unit, AWARD, by="Analyst-03")
    stories = [Story(number, workspace) for number in range(TOTAL)]
    actions = sorted(action for story in stories for action in story.actions())
    with database.write() as unit:
        for action in actions:
            clock.now = action.at
            action.do(unit)
    clock.now = NOW
    reporting.fill(database, workspace)
    return TOTAL


def join(unit: Unit) -> None:
    """Add three people who do not exist; they have no password and sign in by a button."""
    for number, role in enumerate(ROLES, start=1):
        unit.connection.execute(
            insert(users).values(
                email=f"analyst-{number:02d}@hotline.demo.invalid",
                name=f"Analyst-{number:02d}",
                role=role,
                may_view=role == Role.CASEWORKER,
                language=None,
                has_shortcuts=True,
                created_at=unit.clock(),
            )
        )
