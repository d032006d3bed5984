"""Log takedowns over the API: recognise, intakes, one by one; amend drafts."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import IntegrityError
from starlette.responses import Response

from app.api import views
from app.api.dependencies import Answer, Call, Needs
from app.api.events import actor
from app.api.problems import Problem, problem
from app.api.reading import Reader, Truth, existing, shown
from app.api.schemas import FactsIn, FactsPatch, IntakeIn, TakedownIn, TextIn, refuse_future
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, Refused, Stale
from app.notices import drafts
from app.platforms.recognition import Recognised, Unrecognised, identity
from app.takedowns import intake, queries
from app.takedowns.intake import Known, NewItem

router = APIRouter(tags=["Logging"])
Writer = Annotated[Call, Depends(Needs("takedowns:write"))]
MAX_LINKS = 1000


class DryQuery(BaseModel):
    """Whether only to show what would be done."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dry_run: Truth = False


class _DryRun(Exception):
    """Carries the answer out of a transaction that must leave nothing."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("dry run")
        self.answer = answer


@router.post("/recognise", operation_id="recognise", response_model=None)
def recognise(call: Reader, body: TextIn) -> Response:
    """Look at pasted text: which links are in it, and what is already reported. Stores nothing."""
    links, unrecognised = _read(call, body.text)
    identities = [identity(link) for link in links]
    with call.read() as unit:
        known = intake.known(unit, identities)
    shown_links = [_link(link) | {"known": _known(known[identity(link)])} for link in links]
    answer = {"links": shown_links, "unrecognised": [link._asdict() for link in unrecognised]}
    return Answer(200, answer).response()


@router.post("/intakes", operation_id="createIntake", response_model=None)
def create_intake(call: Writer, query: Annotated[DryQuery, Query()], body: IntakeIn) -> Response:
    """Turn pasted material into one takedown per platform, in one transaction."""
    if (body.text is None) == (body.urls is None):
        mend = "give either text or urls"
        raise Refused("text_or_urls", mend, [Fault("/text", "text_or_urls", mend)])
    if body.text is not None:
        links, unrecognised = _read(call, body.text)
    else:
        links, unrecognised = _recognised(call, body.urls or [])
    if len(links) + len(unrecognised) > MAX_LINKS:
        mend = f"an intake takes at most {MAX_LINKS} links; split it"
        raise Refused("too_many_links", mend, [Fault("/text", "too_many_links", mend)])

    def work(unit: Unit) -> Answer:
        answer = _taken_in(call, unit, body, links, unrecognised)
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


@router.post("/takedowns", operation_id="createTakedown", response_model=None)
def create_takedown(call: Writer, body: TakedownIn) -> Response:
    """Log exactly one takedown, by URLs or by locators where there is no URL."""
    if not body.urls and not body.locators:
        mend = "give at least one url or locator"
        raise Refused("no_items", mend, [Fault("/urls", "no_items", mend)])
    platform, found = body.platform, list[NewItem]()
    if body.urls:
        now = call.context.clock()
        platform, found = drafts.items_at(call.context.desk, body.urls, platform, now)
    if platform is None:
        mend = "name the platform: a locator does not tell it"
        raise Refused("platform_unknown", mend, [Fault("/platform", "required", mend)])
    found += [drafts.item_without_url(platform, locator.model_dump()) for locator in body.locators]
    items = drafts.once(found)

    def work(unit: Unit) -> Answer:
        _check_times(unit, body)
        if not body.report_again:
            _refuse_reported(unit, items)
        logged = drafts.log(unit, call.context.desk, _facts(body), platform, items, by=actor(call))
        row = queries.by_reference(unit, logged.reference)
        return shown(call, unit, row, 201)

    return _unique(call, work)


@router.patch("/takedowns/{reference}", operation_id="amendTakedown", response_model=None)
def amend_takedown(reference: str, call: Writer, body: FactsPatch) -> Response:
    """Change the facts of a draft; needs If-Match with the version last read."""
    tags = call.request.headers.get("if-match")

    def work(unit: Unit) -> Answer:
        row = existing(unit, reference, for_update=True)
        _check_version(tags, row.version)
        _check_times(unit, body)
        changed = body.model_dump(exclude_unset=True)
        if changed:
            drafts.amend(unit, call.context.desk, row, changed, by=actor(call))
            row = queries.by_reference(unit, reference)
        return shown(call, unit, row)

    try:
        with call.write() as unit:
            answer = work(unit)
    except IntegrityError:
        raise Conflict("external_ref_taken", "this external_ref is in use; use another") from None
    return answer.response()


def _taken_in(
    call: Call,
    unit: Unit,
    body: IntakeIn,
    links: list[Recognised],
    unrecognised: list[Unrecognised],
) -> Answer:
    _check_times(unit, body)
    items = [(link.platform, drafts.item_of(link)) for link in links]
    identities = [item.identity for _, item in items]
    intake.lock(unit, identities)
    known = intake.known(unit, identities)
    duplicates, wanted = [], dict[str, dict[str, NewItem]]()
    for index, (platform, item) in enumerate(items):
        reported = [] if body.report_again else [k for k in known[item.identity] if k.is_open]
        if reported:
            duplicates.append(
                {
                    "index": index,
                    "url": item.url,
                    "reference": reported[-1].reference,
                    "state": reported[-1].state,
                }
            )
        else:
            wanted.setdefault(platform, {}).setdefault(item.identity, item)
    ids = [
        drafts.log(
            unit, call.context.desk, _facts(body), platform, list(found.values()), by=actor(call)
        )
        for platform, found in wanted.items()
    ]
    rows = [queries.by_reference(unit, logged.reference) for logged in ids]
    content = call.reads_content
    told = {
        "takedowns": views.takedowns(unit, rows, content=content, now=unit.clock()),
        "duplicates": duplicates,
        "unrecognised": [link._asdict() for link in unrecognised],
    }
    return Answer(201, told, takedown_ids=tuple(row.id for row in rows))


def _read(call: Call, text: str) -> tuple[list[Recognised], list[Unrecognised]]:
    return call.context.desk.recogniser.recognise_text(text, now=call.context.clock())


def _recognised(call: Call, urls: list[str]) -> tuple[list[Recognised], list[Unrecognised]]:
    now = call.context.clock()
    found = [call.context.desk.recogniser.recognise(url, now=now) for url in urls]
    return (
        [link for link in found if isinstance(link, Recognised)],
        [link for link in found if isinstance(link, Unrecognised)],
    )


def _facts(body: FactsIn) -> dict[str, Any]:
    return body.model_dump(exclude={"text", "urls", "locators", "platform", "report_again"})


def _check_times(unit: Unit, body: FactsIn | FactsPatch) -> None:
    refuse_future(unit.clock(), reported_at=body.reported_at)


def _refuse_reported(unit: Unit, items: list[NewItem]) -> None:
    identities = [item.identity for item in items]
    intake.lock(unit, identities)
    found = [
        one.reference
        for all_known in intake.known(unit, identities).values()
        for one in all_known
        if one.is_open
    ]
    if found:
        raise Conflict(
            "already_reported",
            "an item is in a takedown that is open; follow that one, or send report_again: true",
            list(dict.fromkeys(found)),
        )


def _unique(call: Call, work: Any) -> Response:
    """Answer a lost race for an external_ref like a lost look-up."""
    try:
        return call.once(work)
    except IntegrityError:
        raise Conflict("external_ref_taken", "this external_ref is in use; use another") from None


def _check_version(tags: str | None, version: int) -> None:
    if tags is None:
        raise Problem(
            problem(
                428,
                "if_match_required",
                "Say which version",
                "send If-Match with the ETag of the version you read",
            )
        )
    if tags.strip() != "*" and f'"v{version}"' not in [tag.strip() for tag in tags.split(",")]:
        raise Stale("the takedown has changed since you read it; read it again")


def _link(link: Recognised) -> dict[str, Any]:
    return {
        "text": link.text,
        "url": link.url,
        "platform": link.platform,
        "kind": link.kind,
        "content_id": link.content_id,
        "account": link.account,
        "canonical_url": link.canonical_url,
        "posted_at": stamp(link.posted_at) if link.posted_at else None,
        "warnings": list(link.warnings),
    }


def _known(found: list[Known]) -> list[dict[str, str]]:
    return [{"reference": one.reference, "state": one.state} for one in found]
