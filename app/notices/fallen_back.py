"""Drafts that would claim the trusted-flagger status, were it not suspended, revoked or ended."""

from typing import NamedTuple

from sqlalchemy import select

from app.kit.database import Unit
from app.notices.filling import Workspace
from app.schemas.vocabularies import StatusChange, StatusState
from app.takedowns import bases, basis_choice, flagger_status, queries
from app.takedowns.basis_choice import AWARDED, Asked, Record
from app.takedowns.flagger_status import Change, Standing
from app.takedowns.lifecycle import DRAFTS
from app.takedowns.models import takedowns
from app.takedowns.rows import TakedownRow

_DRAFTS = select(takedowns).where(takedowns.c.stage.in_(DRAFTS)).order_by(takedowns.c.logged_at)
LOST = (StatusState.SUSPENDED, StatusState.REVOKED, StatusState.ENDED)


class FallenBack(NamedTuple):
    """How the status stands today, and the drafts that fall back to Article 16 by it."""

    standing: Standing
    drafts: list[TakedownRow]


def today(unit: Unit, workspace: Workspace) -> FallenBack:
    """Return what falls back today; nothing while the status is held, or was never awarded."""
    on = unit.clock().astimezone(workspace.zone).date()
    standing = flagger_status.standing(bases.history(unit), on)
    if standing.state not in LOST:
        return FallenBack(standing, [])
    known = dict[str, list[Record]]()
    found = []
    for row in queries.rows(unit, _DRAFTS):
        category = workspace.catalogue.categories.get(row.category)
        if row.platform not in known:
            known[row.platform] = bases.records(unit, row.platform)
        records = known[row.platform]
        if category is not None and _falls_back(records, row, Asked(row.platform, category, on)):
            found.append(row)
    return FallenBack(standing, found)


def _falls_back(records: list[Record], row: TakedownRow, asked: Asked) -> bool:
    """Tell whether it is the status, and nothing else, that takes Article 22 from a draft."""
    as_if = [_unended(one) for one in records if not _is_step(one)]
    would = basis_choice.default(as_if, asked).basis == AWARDED
    return would and basis_choice.held(records, row.basis, asked, is_draft=True).fell_back


def _unended(one: Record) -> Record:
    return one._replace(until=None) if isinstance(one, Change) else one


def _is_step(one: Record) -> bool:
    return isinstance(one, Change) and one.kind != StatusChange.AWARDED
