"""Address of the inbox: which filters stand in it."""

from app.schemas.vocabularies import Turn
from app.takedowns.inbox_order import TURNS, Wanted
from app.web.shell import addresses
from app.web.shell.request_context import Visit

PATH = "/inbox"


def of(found: Wanted) -> str:
    """Return the address of what is wanted."""
    return addresses.of(PATH, asked(found))


def wanted(visit: Visit) -> Wanted:
    """Read what the address asks for; what is unknown is as if it were not there."""
    asked = visit.request.query_params
    catalogue = visit.workspace.catalogue
    turn, platform, category = asked.get("turn"), asked.get("platform"), asked.get("category")
    return Wanted(
        turn=turn if turn and turn in TURNS else "us",
        mine=visit.person.id if asked.get("mine") else None,
        platform=platform if platform in catalogue.platforms else None,
        category=category if category in catalogue.categories else None,
    )


def asked(found: Wanted) -> dict[str, object]:
    """Return what to put into an address to ask for the same."""
    return {
        "turn": found.turn if found.turn != Turn.US else "",
        "mine": "1" if found.mine is not None else "",
        "platform": found.platform,
        "category": found.category,
    }
