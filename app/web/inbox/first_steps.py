"""What has to be settled before the first request, and how far it is."""

from collections.abc import Sequence
from typing import NamedTuple

from app.accounts import people
from app.kit.database import Unit
from app.notices.filling import Workspace
from app.takedowns import bases


class FirstSteps(NamedTuple):
    """How many platforms have a basis, texts nobody reviewed yet, how many people may sign in."""

    with_basis: int
    not_reviewed: Sequence[str]
    persons: int


def read(unit: Unit, workspace: Workspace) -> FirstSteps:
    """Look how far an installation is."""
    catalogue, on = workspace.catalogue, unit.clock().astimezone(workspace.zone).date()
    return FirstSteps(
        bases.with_one(unit, catalogue.platforms, on),
        [language for language, texts in catalogue.texts.items() if not texts.reviewed],
        sum(person.disabled_at is None for person in people.everyone(unit)),
    )
