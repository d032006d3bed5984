"""Notices over the API: fill in, edit, submit, read as they went out."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.api import views
from app.api.dependencies import Answer, no_content
from app.api.events import Recorder, actor, shown_events
from app.api.logging_in import Writer
from app.api.reading import Reader, existing
from app.api.schemas import Code, Language, NoticeEditsIn, NoticeIn, SubmissionIn, refuse_future
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import NoSuchThing
from app.notices import drafts, edits, filling, submission
from app.notices.notice import Notice
from app.notices.submission import Frozen, Sending
from app.takedowns import queries

router = APIRouter(tags=["Notices"], prefix="/takedowns/{reference}")


class NoticeQuery(BaseModel):
    """Which notice; what is left out is chosen as it would be sent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: Code | None = None
    language: Language | None = None
    purpose: Literal["first", "reminder", "complaint"] = "first"


Which = Annotated[NoticeQuery, Query()]


@router.get("/notice", operation_id="getNotice", response_model=None)
def get_notice(reference: str, call: Reader, query: Which) -> Response:
    """Fill in the platform's template for a takedown as it stands now."""
    with call.read() as unit:
        row = existing(unit, reference)
        notice = filling.notice(
            unit, call.context.desk, row, channel=query.channel, language=query.language,
            purpose=query.purpose,
        )  # fmt: skip
    return Answer(200, _notice(notice, content=call.reads_content)).response()


@router.put("/notice", operation_id="editNotice", response_model=None)
def edit_notice(reference: str, call: Writer, body: NoticeEditsIn) -> Response:
    """Keep a caseworker's own words for fields of one notice until it is frozen."""
    with call.write() as unit:
        row = existing(unit, reference, for_update=True)
        desk = call.context.desk
        plain = filling.notice(
            unit, desk, row, channel=body.channel, language=body.language, purpose=body.purpose
        )
        which = (body.purpose, plain.channel.id, plain.language)
        edits.keep(unit, row, which, body.fields)
        notice = filling.notice(
            unit, desk, row, channel=body.channel, language=body.language, purpose=body.purpose
        )
        drafts.reassess(unit, desk, row)
    return Answer(200, _notice(notice, content=call.reads_content)).response()


@router.delete("/notice", operation_id="discardNoticeEdits", response_model=None)
def discard_edits(reference: str, call: Writer, query: Which) -> Response:
    """Take back the edits of one notice."""
    with call.write() as unit:
        row = existing(unit, reference, for_update=True)
        plain = filling.notice(
            unit, call.context.desk, row, channel=query.channel, language=query.language,
            purpose=query.purpose,
        )  # fmt: skip
        edits.forget(unit, row, (query.purpose, plain.channel.id, plain.language))
        drafts.reassess(unit, call.context.desk, row)
    return no_content()


@router.post("/submission", operation_id="submitTakedown", response_model=None)
def submit(reference: str, call: Recorder, body: SubmissionIn) -> Response:
    """Freeze the notice and record that it went out: our statement of good faith."""

    def work(unit: Unit) -> Answer:
        row = existing(unit, reference, for_update=True)
        refuse_future(unit.clock(), happened_at=body.happened_at)
        submission.submit(
            unit, call.context.desk, row, Sending(**body.model_dump()), by=actor(call)
        )
        row = queries.by_reference(unit, reference)
        [told] = views.takedowns(unit, [row], content=call.reads_content, now=unit.clock())
        return Answer(201, told, views.version_headers(row), (row.id,))

    return call.once(work)


@router.post("/notices", operation_id="sendNotice", response_model=None)
def send_notice(reference: str, call: Recorder, body: NoticeIn) -> Response:
    """Freeze a reminder, complaint or withdrawal and record that it went out."""

    def work(unit: Unit) -> Answer:
        row = existing(unit, reference, for_update=True)
        refuse_future(unit.clock(), happened_at=body.happened_at)
        sending = Sending(**body.model_dump(exclude={"purpose", "to", "reason"}))
        recorded = submission.send_further(
            unit, call.context.desk, row, body.purpose, sending, reason=body.reason,
            by=actor(call),
        )  # fmt: skip
        frozen = submission.frozen_of(unit, row)[-1]
        [event] = shown_events(unit, [recorded.entry], content=call.reads_content)
        told = _frozen(frozen, content=call.reads_content) | {"event": event}
        return Answer(201, told, takedown_ids=(row.id,))

    return call.once(work)


@router.get("/notices", operation_id="listNotices", response_model=None)
def list_notices(reference: str, call: Reader) -> Response:
    """Read the notices of a takedown as they went out."""
    with call.read() as unit:
        found = submission.frozen_of(unit, existing(unit, reference))
    data = [_frozen(frozen, content=call.reads_content) for frozen in found]
    return Answer(200, {"data": data, "next_cursor": None}).response()


@router.get("/notices/{number}", operation_id="getFrozenNotice", response_model=None)
def get_frozen_notice(reference: str, number: str, call: Reader) -> Response:
    """Read one notice as it went out."""
    with call.read() as unit:
        for frozen in submission.frozen_of(unit, existing(unit, reference)):
            if str(frozen.row.number) == number:
                return Answer(200, _frozen(frozen, content=call.reads_content)).response()
    raise NoSuchThing("this takedown has no such notice")


def _notice(notice: Notice, *, content: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "platform": notice.platform,
        "channel": notice.channel._asdict(),
        "language": notice.language,
        "purpose": notice.purpose,
        "template": notice.template._asdict(),
        "ready": notice.ready,
        "missing": [lack._asdict() for lack in notice.missing],
        "warnings": [warning._asdict() for warning in notice.warnings],
    }
    texts = {
        "fields": [field._asdict() for field in notice.fields],
        "subject": notice.subject,
        "body": notice.body,
    }
    return told | _masked(texts, content=content) | {"sha256": notice.sha256}


def _frozen(frozen: Frozen, *, content: bool) -> dict[str, Any]:
    row, words = frozen
    told: dict[str, Any] = {
        "number": row.number,
        "purpose": row.purpose,
        "channel": words["channel"],
        "language": row.language,
        "template": {"id": row.template_id, "version": row.template_version},
        "warnings": words["warnings"],
        "edits": words["edits"],
        "frozen_at": stamp(row.frozen_at),
    }
    texts = {name: words[name] for name in ("fields", "subject", "body")}
    return told | _masked(texts, content=content) | {"sha256": words["sha256"]}


def _masked(texts: dict[str, Any], *, content: bool) -> dict[str, Any]:
    """Hide what a notice says from callers who may not read content."""
    if content:
        return texts
    fields = [field | {"value": None} for field in texts["fields"]]
    return texts | {"fields": fields, "subject": None, "body": None, "masked": True}
