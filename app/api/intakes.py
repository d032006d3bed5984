"""Pasted material: what it holds, and one takedown per platform made of it."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.api import views
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.parameters import Parameters, Truth
from app.api.reading import Reader
from app.api.schemas import FactsIn, IntakeIn, TextIn
from app.api.shapes import Intake, Recognition
from app.api.values import refuse_future
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.notices import drafts
from app.platforms.recognition import Recognised, Unrecognised, identity
from app.takedowns import intake, queries
from app.takedowns.intake import NewItem

router = APIRouter(tags=["Logging"])
Writer = Annotated[Call, needing("takedowns:write")]
MAX_LINKS = 1000
REFUSED = (
    "external_ref_taken", "unknown_category", "contradictory_facts", "basis_not_held",
    "channel_not_for_category", "in_the_future",
)  # fmt: skip
NOT_FACTS = {"text", "urls", "locators", "platform", "report_again"}


_INTAKE = documented(
    "createIntake", Intake, *REFUSED, "text_or_urls", "too_many_links", status=201, is_once=True
)
_INTAKE["responses"][200] = _INTAKE["responses"][201] | {
    "description": "The same answer, but nothing was stored: it was a dry run."
}


class DryQuery(Parameters):
    """Whether only to show what would be done."""

    dry_run: Truth = False


class Links(NamedTuple):
    """What pasted material holds: links with their place in it, and what is none."""

    found: Sequence[tuple[int, Recognised]]
    unrecognised: Sequence[Unrecognised]


class _DryRun(Exception):
    """Carries the answer out of a transaction that must leave nothing."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("dry run")
        self.answer = answer


@router.post("/recognise", **documented("recognise", Recognition))
def recognise(call: Reader, body: TextIn) -> Response:
    """Look at pasted text: which links are in it, and what is already reported. Stores nothing."""
    links = _in_text(call, body.text)
    with call.read() as unit:
        known = intake.known(unit, [identity(link) for _, link in links.found])
    content = call.reads_content
    told = {
        "links": [
            views.link(link, known[identity(link)], content=content) for _, link in links.found
        ],
        "unrecognised": views.unrecognised(links.unrecognised, content=content),
    }
    return Answer(200, told).response()


@router.post("/intakes", **_INTAKE)
def create_intake(call: Writer, query: Annotated[DryQuery, Query()], body: IntakeIn) -> Response:
    """Turn pasted material into one takedown per platform, in one transaction."""
    if (body.text is None) == (body.urls is None):
        mend = "give either text or urls"
        raise Refused("text_or_urls", mend, [Fault("/text", "text_or_urls", mend)])
    links = _in_urls(call, body.urls) if body.urls else _in_text(call, body.text or "")
    if len(links.found) + len(links.unrecognised) > MAX_LINKS:
        mend = f"an intake takes at most {MAX_LINKS} links; split it"
        raise Refused("too_many_links", mend, [Fault("/text", "too_many_links", mend)])

    def work(unit: Unit) -> Answer:
        answer = _taken_in(call, unit, body, links)
        if query.dry_run:
            raise _DryRun(answer)
        return answer

    if not query.dry_run:
        return call.once(work)
    try:
        with call.write() as unit:
            work(unit)
    except _DryRun as told:
        return told.answer._replace(status=200).response()
    raise AssertionError("a dry run always ends early")


def facts(body: FactsIn) -> dict[str, Any]:
    """Return the facts a body gives, as told."""
    return body.model_dump(exclude=NOT_FACTS)


def _taken_in(call: Call, unit: Unit, body: IntakeIn, links: Links) -> Answer:
    refuse_future(unit.clock(), reported_at=body.reported_at)
    items = [(index, link.platform, drafts.item_of(link)) for index, link in links.found]
    identities = [item.identity for _, _, item in items]
    intake.lock(unit, identities, {platform for _, platform, _ in items}, body.external_ref)
    known = intake.known(unit, identities)
    duplicates, ids = list[dict[str, Any]](), list[int]()
    wanted = dict[str, dict[str, NewItem]]()
    for index, platform, item in items:
        reported = [] if body.report_again else [k for k in known[item.identity] if k.is_open]
        if reported:
            one = reported[-1]
            told = {"index": index, "url": item.url, "reference": one.reference, "state": one.state}
            duplicates.append(views.masked(told, ["url"], content=call.reads_content))
            ids.append(one.takedown_id)
        else:
            wanted.setdefault(platform, {}).setdefault(item.identity, item)
    rows = []
    for platform, new in wanted.items():
        logged = drafts.log(
            unit, call.context.desk, facts(body), platform, list(new.values()), by=call.actor
        )
        rows.append(queries.by_reference(unit, logged.reference))
    content = call.reads_content
    answer = {
        "takedowns": views.takedowns(unit, rows, content=content, now=unit.clock()),
        "duplicates": duplicates,
        "unrecognised": views.unrecognised(links.unrecognised, content=content),
    }
    return Answer(201, answer, takedown_ids=tuple(dict.fromkeys([row.id for row in rows] + ids)))


def _in_text(call: Call, text: str) -> Links:
    now = call.context.clock()
    found, unrecognised = call.context.desk.recogniser.recognise_text(text, now=now)
    return Links(list(enumerate(found)), unrecognised)


def _in_urls(call: Call, urls: Sequence[str]) -> Links:
    now = call.context.clock()
    read = [call.context.desk.recogniser.recognise(url, now=now) for url in urls]
    found = [(index, link) for index, link in enumerate(read) if isinstance(link, Recognised)]
    return Links(found, [link for link in read if isinstance(link, Unrecognised)])
