"""Log takedowns one by one over the API, and amend drafts."""

from fastapi import APIRouter
from starlette.responses import Response

from app.api import preconditions
from app.api.contract import documented
from app.api.dependencies import Answer, Call
from app.api.intakes import REFUSED, Writer
from app.api.parameters import Reference
from app.api.reading import shown
from app.api.shapes import Takedown
from app.http.front import API
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, Refused
from app.notices import drafts, new_items
from app.operations import intake_of_text
from app.schemas.facts import past
from app.schemas.shapes import FactsPatch, TakedownIn, facts_given, parted
from app.schemas.values import refuse_future
from app.takedowns import queries, same_content
from app.takedowns.intake import NewItem

router = APIRouter(tags=["Logging"])


@router.post(
    "/takedowns",
    **documented(
        "createTakedown",
        Takedown,
        *REFUSED,
        "already_reported",
        "no_items",
        "too_many_links",
        "platform_required",
        "unknown_platform",
        "unrecognised_url",
        "several_platforms",
        "several_products",
        "several_sites",
        "another_platform",
        status=201,
        headers=["ETag", "Location"],
        is_once=True,
    ),
)
def create_takedown(call: Writer, body: TakedownIn) -> Response:
    """Log exactly one takedown, by URLs or by locators where there is no URL."""
    platform, items = _items(call, body)

    def work(unit: Unit) -> Answer:
        _check_times(unit, body)
        identities = [item.identity for item in items]
        if not body.report_again:
            _refuse_reported(unit, identities)
        workspace = call.workspace
        row = drafts.log(
            unit, workspace, facts_given(body), platform=platform, items=items, by=call.actor
        )
        answer = shown(call, unit, row, status=201)
        location = {"Location": f"{API}/takedowns/{row.reference}"}
        return answer._replace(headers={**answer.headers, **location})

    return call.once(work)


@router.patch(
    "/takedowns/{reference:reference}",
    **documented(
        "amendTakedown",
        Takedown,
        *REFUSED,
        "not_found",
        "not_allowed_now",
        "stale",
        "if_match_required",
        headers=["ETag"],
    ),
)
def amend_takedown(reference: Reference, call: Writer, body: FactsPatch) -> Response:
    """Change the facts of a draft; needs If-Match with the version last read."""
    with call.write() as unit:
        row = queries.by_reference(unit, reference)
        preconditions.refuse_stale(call, row.version)
        refuse_future(unit.clock(), **past(dict(body)))
        changed = body.model_dump(exclude_unset=True)
        if changed:
            drafts.amend(unit, call.workspace, row, changed=changed, by=call.actor)
            row = queries.by_reference(unit, reference)
        answer = shown(call, unit, row)
    return answer.response()


def _items(call: Call, body: TakedownIn) -> tuple[str, list[NewItem]]:
    """Return the platform and an item for each content; raises Refused."""
    if not body.urls and not body.locators:
        mend = "give at least one url or locator"
        raise Refused("no_items", mend, [Fault("/urls", "no_items", mend)])
    intake_of_text.refuse_too_many(len(body.urls), "urls")
    intake_of_text.refuse_too_many(len(body.locators), "locators")
    platform, found = body.platform, list[NewItem]()
    if body.urls:
        laid, now = call.context.last_laid, call.context.clock()
        urls, places = parted(body.urls)
        platform, found = new_items.items_at(laid, urls, platform, now=now, places=places)
    if platform is None:
        mend = "name the platform: a locator does not tell it"
        raise Refused("platform_required", mend, [Fault("/platform", "required", mend)])
    found += [
        new_items.item_without_url(platform, locator.model_dump()) for locator in body.locators
    ]
    return platform, new_items.once(found)


def _check_times(unit: Unit, body: TakedownIn) -> None:
    occurred = {
        f"locators/{index}/occurred_at": locator.occurred_at
        for index, locator in enumerate(body.locators)
    }
    refuse_future(unit.clock(), **past(dict(body)), **occurred)


def _refuse_reported(unit: Unit, identities: list[str]) -> None:
    found = [
        one.reference
        for known in same_content.history(unit, identities).values()
        for one in known
        if one.is_open
    ]
    if found:
        raise Conflict(
            "already_reported",
            "an item is in a takedown that is open; follow that one, or send report_again: true",
            list(dict.fromkeys(found)),
        )
