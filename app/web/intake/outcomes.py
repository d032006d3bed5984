"""What became of a request: notices to send, what came back, and what was left out and why.

What was left out is told once more on the next page, and links stand in no address: it is kept as
long as a draft is, sealed, and holds no more than a page may show.
"""

import re
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from app.accounts import form_drafts
from app.accounts.vocabularies import Scope
from app.kit import references
from app.kit.database import Unit
from app.operations.intake_of_text import Plan
from app.web.intake.contents import Unplaced
from app.web.notices import notice_card
from app.web.shell import masking
from app.web.shell.request_context import Visit

MOST_CARDS = 20
PAGE = "outcome:"
KNOWN = "known"
CAME_BACK = "came_back"
_ID = re.compile(r"[0-9a-f]{16}")


class LeftOut(NamedTuple):
    """A link that is in no new takedown: how it is told apart, and why (`unrecognised` codes).

    `KNOWN` is what `reference` holds already.
    """

    kind: str | None
    shown: str
    reason: str
    reference: str | None = None
    site: str | None = None


class Outcome(NamedTuple):
    """What a request comes to beside its notices; `back` are the takedowns that go on."""

    back: Sequence[str] = ()
    left_out: Sequence[LeftOut] = ()


class Done(NamedTuple):
    """A request that was sent: what was logged, the events recorded beside it, what else it is."""

    logged: Sequence[str]
    events: Sequence[int]
    outcome: Outcome


def of(visit: Visit, plan: Plan, left_out: Sequence[Unplaced]) -> Outcome:
    """Return what a request comes to beside its notices, as a page may show it."""
    may_see = visit.may(Scope.CONTENT_READ)
    held = [(one.content.item, one.last.reference) for one in plan.held]
    return Outcome(
        list(dict.fromkeys(one.reference for one in plan.returned)),
        [
            *(LeftOut(item.kind, masking.told_apart(item), KNOWN, name) for item, name in held),
            *(
                LeftOut(
                    None,
                    masking.told_apart(one.link.text),
                    one.link.reason,
                    site=one.site if may_see else None,
                )
                for one in left_out
            ),
        ],
    )


def redirect(visit: Visit, unit: Unit, done: Done) -> Response:
    """Send the browser on to the page that tells what became of a request."""
    back, left_out = done.outcome
    asked: dict[str, str] = {}
    if done.events:
        asked = {"said": CAME_BACK, "undo": ",".join(map(str, done.events))}
    if back and not (done.logged or left_out or len(back) > 1):
        return visit.to(f"/takedowns/{back[0]}", **asked)
    if back or left_out:
        asked["out"] = _keep(unit, visit, done.outcome)
    if done.logged:
        asked["logged"] = ",".join(done.logged)
    return visit.to("/takedowns/new", **asked)


def logged_references(visit: Visit) -> list[str]:
    """Return the takedowns whose notices an address asks for."""
    logged = visit.request.query_params.get("logged", "").split(",")
    return [one for one in logged if references.PATTERN.fullmatch(one)][:MOST_CARDS]


def page(visit: Visit, logged: Sequence[str]) -> Response:
    """Show the notices of what was just logged, and all else that became of it."""
    asked = visit.request.query_params
    outcome_id = asked.get("out", "")
    outcome = _kept(visit, outcome_id)
    cards = notice_card.cards(visit, logged)
    cards.sort(key=lambda card: not card.is_to_be_sent)
    here = [("logged", ",".join(logged)), ("out", outcome_id if any(outcome) else "")]
    query = "&".join(f"{name}={value}" for name, value in here if value)
    if not query:
        return visit.to("/takedowns/new")
    return visit.page(
        "intake/logged.html",
        cards=cards,
        left=sum(card.is_to_be_sent for card in cards),
        all_out=all(card.row.submitted_at for card in cards),
        here=f"/takedowns/new?{query}",
        outcome=outcome,
    )


def _keep(unit: Unit, visit: Visit, outcome: Outcome) -> str:
    outcome_id = secrets.token_hex(8)
    values = {"back": list(outcome.back), "left_out": [list(one) for one in outcome.left_out]}
    form_drafts.keep(unit, visit.person.id, PAGE + outcome_id, values=values)
    return outcome_id


def _kept(visit: Visit, outcome_id: str) -> Outcome:
    if not _ID.fullmatch(outcome_id):
        return Outcome()
    with visit.read() as unit:
        found = form_drafts.find(unit, visit.person.id, PAGE + outcome_id)
    if found is None:
        return Outcome()
    return Outcome(found.values["back"], [LeftOut(*one) for one in found.values["left_out"]])
