"""Saved views of the inbox: filters under a name, each person's own.

A view is the address of a list, so that it can be handed to anybody.
"""

from collections.abc import Mapping
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import preferences
from app.kit.database import Unit
from app.web.inbox import inbox_address
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
MOST, LONGEST = 12, 40


class Views(NamedTuple):
    """A person's views, each address by its name; `current` names the one that is shown."""

    addresses: Mapping[str, str]
    current: str | None
    here: str

    @property
    def may_add(self) -> bool:
        """Tell whether what is shown can be saved."""
        return self.current is None and "?" in self.here and len(self.addresses) < MOST


def read(unit: Unit, visit: Visit) -> Views:
    """Return the views of the person, as seen from the list that is asked for."""
    kept = preferences.one(unit, _name(visit))
    addresses: Mapping[str, str] = kept if isinstance(kept, dict) else {}
    here = inbox_address.of(inbox_address.wanted(visit))
    current = next((name for name, address in addresses.items() if address == here), None)
    return Views(addresses, current, here)


@router.post("/inbox/views")
def add(visit: Reader) -> Response:
    """Save what the address asks for under a name; a name without words saves nothing."""
    name = " ".join(visit.form.text("name").split())[:LONGEST]
    with visit.write() as unit:
        views = read(unit, visit)
        if name and views.may_add:
            preferences.write(unit, {_name(visit): {**views.addresses, name: views.here}})
    return visit.to(views.here)


@router.post("/inbox/views/remove")
def remove(visit: Reader) -> Response:
    """Forget the view that the address asks for."""
    with visit.write() as unit:
        views = read(unit, visit)
        left = {name: one for name, one in views.addresses.items() if one != views.here}
        preferences.write(unit, {_name(visit): left or None})
    return visit.to(views.here)


def _name(visit: Visit) -> str:
    return f"views of the inbox: {visit.person.id}"
