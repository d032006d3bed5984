"""Pasted material: what it holds, and one takedown per platform, or product, made of it."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.api import views
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.parameters import Parameters
from app.api.reading import Reader
from app.api.shapes import Intake, Recognition
from app.http.front import API
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.operations import intake_of_text
from app.operations.intake_of_text import Links
from app.schemas.facts import past
from app.schemas.list_filters import Truth
from app.schemas.shapes import IntakeIn, TextIn, facts_given, parted
from app.schemas.values import refuse_future
from app.takedowns import same_content

router = APIRouter(tags=["Logging"])
Writer = Annotated[Call, needing(Scope.TAKEDOWNS_WRITE)]
REFUSED = (
    "external_ref_taken", "unknown_category", "contradictory_facts", "unknown_condition",
    "basis_not_held", "channel_not_for_category", "in_the_future", "provider_known",
    "names_a_host",
)  # fmt: skip


_INTAKE = documented(
    "createIntake",
    Intake,
    *REFUSED,
    "text_or_urls",
    "too_many_links",
    headers=["Location"],
    status=201,
    is_once=True,
)
_INTAKE["responses"][200] = _INTAKE["responses"][201] | {
    "description": "The same answer, but nothing was stored: it was a dry run.",
    "headers": {
        name: field
        for name, field in _INTAKE["responses"][201]["headers"].items()
        if name != "Location"
    },
}


class DryQuery(Parameters):
    """Whether only to show what would be done."""

    dry_run: Truth = False


@router.post("/recognise", **documented("recognise", Recognition))
def recognise(call: Reader, body: TextIn) -> Response:
    """Look at pasted text: which links are in it, and what is already reported. Stores nothing."""
    links = intake_of_text.in_text(call.context.last_laid, body.text, call.context.clock())
    with call.read() as unit:
        known = same_content.history(unit, [link.identity for _, link in links.found])
    content = call.reads_content
    told = {
        "links": [
            views.link(link, known[link.identity], content=content) for _, link in links.found
        ],
        "unrecognised": views.unrecognised(links.unrecognised, content=content),
    }
    return Answer(200, told).response()


@router.post("/intakes", **_INTAKE)
def create_intake(call: Writer, query: Annotated[DryQuery, Query()], body: IntakeIn) -> Response:
    """Turn pasted material into one takedown per platform, in one transaction.

    Where a platform takes one product a notice, one per product.
    """
    if (body.text is None) == (body.urls is None):
        mend = "give either text or urls"
        raise Refused("text_or_urls", mend, [Fault("/text", "text_or_urls", mend)])
    workspace, now = call.context.last_laid, call.context.clock()
    places: Sequence[str | None] = ()
    if body.urls:
        intake_of_text.refuse_too_many(len(body.urls), "urls")
        urls, places = parted(body.urls)
        links = intake_of_text.in_urls(workspace, urls, now)
    else:
        links = intake_of_text.in_text(workspace, body.text or "", now)
        intake_of_text.refuse_too_many(len(links.found) + len(links.unrecognised), "text")

    if query.dry_run:
        with call.context.database.rehearse() as unit:
            told = _taken_in(call, unit, body, links=links, places=places)
        return told._replace(status=200, headers={}).response()
    return call.once(lambda unit: _taken_in(call, unit, body, links=links, places=places))


def _taken_in(
    call: Call, unit: Unit, body: IntakeIn, *, links: Links, places: Sequence[str | None]
) -> Answer:
    refuse_future(unit.clock(), **past(dict(body)))
    workspace, asked = call.workspace, intake_of_text.AGAIN if body.report_again else None
    plan = intake_of_text.plan(unit, intake_of_text.contents(links, places, asked=asked))
    logged = intake_of_text.log(
        unit, workspace, plan.wanted, given=facts_given(body), by=call.actor
    )
    rows = [one.row for one in logged]
    content = call.reads_content
    duplicates = [
        {
            "index": int(one.content.key),
            "url": one.content.item.url,
            "reference": one.last.reference,
            "state": one.last.state,
        }
        for one in plan.held
    ]
    answer = {
        "takedowns": views.takedowns(unit, rows, content=content, now=unit.clock()),
        "duplicates": [views.masked(told, ["url"], content=content) for told in duplicates],
        "merged": views.merged(links.found, content=content),
        "unrecognised": views.unrecognised(links.unrecognised, content=content),
    }
    ids = [row.id for row in rows] + [one.last.takedown_id for one in plan.held]
    # Where nothing was made, there may be no such case.
    case_ref = next((row.case_ref for row in rows), None)
    location = {"Location": f"{API}/cases/{quote(case_ref)}"} if case_ref else {}
    return Answer(201, answer, location, takedown_ids=tuple(dict.fromkeys(ids)))
