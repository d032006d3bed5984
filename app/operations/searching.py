"""What a person looks for, in any spelling, as the ids of the takedowns it may mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, select

from app.kit.database import Unit
from app.kit.references import spelled
from app.notices.filling import Workspace
from app.platforms.identity import account_key, content_identity
from app.platforms.matching import spaces_of
from app.platforms.recognition import Recognised
from app.takedowns.models import lookups, takedowns
from app.takedowns.timeline import ticket_key


def ways(
    unit: Unit, workspace: Workspace, wanted: Mapping[str, str], *, now: datetime
) -> dict[str, Select[int]]:
    """Return the ids found in each way a takedown can match, by its name; `text` tries them all."""

    def told(name: str) -> list[str]:
        return [wanted[given] for given in (name, "text") if given in wanted]

    urls = [same for url in told("url") for same in _identities(workspace, url, now)]
    indexed = {
        "url": ("content", urls),
        "account": ("account", [account_key(name) for name in told("account")]),
        "ticket_id": ("ticket", [ticket_key(ticket) for ticket in told("ticket_id")]),
    }
    text = wanted.get("text", "")
    any_case = [text, text.upper(), text.lower()] if text else []
    named = {
        "case_ref": told("case_ref") + any_case,
        "external_ref": any_case,
        "reference": [spelled(text)] if text else [],
    }
    found = {
        reason: _indexed(unit, what, values) for reason, (what, values) in indexed.items() if values
    }
    return found | {
        name: select(takedowns.c.id).where(takedowns.c[name].in_(values))
        for name, values in named.items()
        if values
    }


def matched(
    unit: Unit, references: Sequence[str], found: Mapping[str, Select[int]]
) -> dict[str, list[str]]:
    """Return in which ways each of these takedowns matched."""
    reasons: dict[str, list[str]] = {reference: [] for reference in references}
    for reason, ids in found.items():
        query = select(takedowns.c.reference).where(
            takedowns.c.reference.in_(references), takedowns.c.id.in_(ids)
        )
        for reference in unit.connection.scalars(query):
            reasons[reference].append(reason)
    return reasons


def _identities(workspace: Workspace, text: str, now: datetime) -> list[str]:
    """What content a text may mean: links in it, as a whole an address of any host, or a number."""
    links, unknown = workspace.recogniser.recognise_text(text, now=now)
    others = [
        workspace.recogniser.other(one, now=now) for one in (text, *(u.text for u in unknown))
    ]
    found = [link.identity for link in (*links, *others) if isinstance(link, Recognised)]
    if not found and " " not in text:
        found = [
            content_identity(rules.slug, text, space)
            for rules in workspace.catalogue.rules
            for space in spaces_of(rules)
        ]
    return found


def _indexed(unit: Unit, what: str, values: Sequence[str]) -> Select[int]:
    keys = [unit.vault.index(what, value) for value in values]
    return select(lookups.c.takedown_id).where(lookups.c.what == what, lookups.c.key.in_(keys))
