"""Notices over the API: fill in, edit, submit, read as they went out."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.api import lists, reading, views
from app.api.contract import documented
from app.api.dependencies import Answer
from app.api.events import Recorder, shown_events
from app.api.intakes import Writer
from app.api.notice_shapes import FrozenNotice, FrozenNoticePage, Notice, SentNotice
from app.api.parameters import NoticeNumber, PageQuery, Parameters, Reference
from app.api.reading import Reader
from app.api.shapes import Takedown
from app.http.front import API
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.languages import Language
from app.notices import drafts, edits, filling, frozen, submission
from app.notices.frozen import Frozen
from app.notices.notice import Notice as Composed
from app.notices.submission import Sending
from app.schemas.shapes import NoticeEditsIn, NoticeIn, SubmissionIn
from app.schemas.values import Code, refuse_future
from app.schemas.vocabularies import Previewed, Purpose
from app.takedowns import queries
from app.takedowns.rows import TakedownRow

router = APIRouter(tags=["Notices"], prefix="/takedowns/{reference:reference}")


CHOSEN = ("not_found", "channel_not_for_category")
SENT = (
    *CHOSEN, "not_allowed_now", "mail_not_set_up", "in_the_future", "ticket_or_none",
    "notice_incomplete",
)  # fmt: skip


class NoticeQuery(Parameters):
    """Which notice; what is left out is chosen as it would be sent."""

    channel: Code | None = None
    language: Language | None = None
    purpose: Previewed = Purpose.FIRST


Which = Annotated[NoticeQuery, Query()]


@router.get("/notice", **documented("getNotice", Notice, *CHOSEN))
def get_notice(reference: Reference, call: Reader, query: Which) -> Response:
    """Fill in the platform's template for a takedown as it stands now."""
    with call.read() as unit:
        row = queries.by_reference(unit, reference)
        notice = filling.notice(
            unit, call.workspace, row, channel=query.channel, language=query.language,
            purpose=query.purpose,
        )  # fmt: skip
    return Answer(200, _notice(notice, content=call.reads_content)).response()


@router.put(
    "/notice", **documented("editNotice", Notice, *CHOSEN, "unknown_field", "not_allowed_now")
)
def edit_notice(reference: Reference, call: Writer, body: NoticeEditsIn) -> Response:
    """Keep a caseworker's own words for fields of one notice until it is frozen."""
    with call.write() as unit:
        row = queries.by_reference(unit, reference)
        workspace = call.workspace
        plain = filling.notice(
            unit, workspace, row, channel=body.channel, language=body.language, purpose=body.purpose
        )
        filling.refuse_unknown(plain, body.fields)
        which = (body.purpose, plain.channel.id, plain.language)
        edits.keep(unit, row, which, words=body.fields)
        notice = filling.notice(
            unit, workspace, row, channel=body.channel, language=body.language, purpose=body.purpose
        )
        drafts.reassess(unit, workspace, row)
    return Answer(200, _notice(notice, content=call.reads_content)).response()


@router.delete("/notice", **documented("discardNoticeEdits", None, *CHOSEN, status=204))
def discard_edits(reference: Reference, call: Writer, query: Which) -> Response:
    """Take back the edits of one notice."""
    with call.write() as unit:
        row = queries.by_reference(unit, reference)
        plain = filling.notice(
            unit, call.workspace, row, channel=query.channel, language=query.language,
            purpose=query.purpose,
        )  # fmt: skip
        edits.forget(unit, row, (query.purpose, plain.channel.id, plain.language))
        drafts.reassess(unit, call.workspace, row)
    return Response(status_code=204)


@router.post(
    "/submission",
    **documented(
        "submitTakedown",
        Takedown,
        *SENT,
        "ticket_needed",
        "basis_not_held",
        headers=["ETag", "Location"],
        status=201,
        is_once=True,
    ),
)
def submit(reference: Reference, call: Recorder, body: SubmissionIn) -> Response:
    """Freeze the notice and record that it went out: our statement of good faith."""

    def work(unit: Unit) -> Answer:
        row = queries.by_reference(unit, reference)
        refuse_future(unit.clock(), happened_at=body.happened_at)
        sending = Sending(**body.model_dump())
        recorded = submission.submit(unit, call.workspace, row, sending=sending, by=call.actor)
        number = recorded.entry.told["notice"]["number"]
        answer = reading.shown(call, unit, queries.by_reference(unit, reference), status=201)
        return answer._replace(headers={**answer.headers, "Location": _address(row, number)})

    return call.once(work)


@router.post(
    "/notices",
    **documented("sendNotice", SentNotice, *SENT, headers=["Location"], status=201, is_once=True),
)
def send_notice(reference: Reference, call: Recorder, body: NoticeIn) -> Response:
    """Freeze a reminder, complaint or withdrawal and record that it went out."""

    def work(unit: Unit) -> Answer:
        row = queries.by_reference(unit, reference)
        refuse_future(unit.clock(), happened_at=body.happened_at)
        sending = Sending(**body.model_dump(exclude={"purpose", "to", "reason"}))
        recorded = submission.send_further(
            unit, call.workspace, row, purpose=body.purpose, sending=sending, reason=body.reason,
            by=call.actor,
        )  # fmt: skip
        number = recorded.entry.told["notice"]["number"]
        sent = frozen.one_of(unit, row, number)
        [event] = shown_events(unit, [recorded.entry], content=call.reads_content)
        told = _frozen(sent, content=call.reads_content) | {"event": event}
        return Answer(201, told, {"Location": _address(row, number)}, (row.id,))

    return call.once(work)


@router.get(
    "/notices",
    **documented("listNotices", FrozenNoticePage, "not_found", "bad_cursor", headers=["Link"]),
)
def list_notices(
    reference: Reference, call: Reader, query: Annotated[PageQuery, Query()]
) -> Response:
    """Read the notices of a takedown as they went out; one that was taken back did not."""
    with call.read() as unit:
        found = frozen.sent_of(unit, queries.by_reference(unit, reference))
    data = [_frozen(one, content=call.reads_content) for one in found]
    return lists.whole(call, data, query)


@router.get("/notices/{number}", **documented("getFrozenNotice", FrozenNotice, "not_found"))
def get_frozen_notice(reference: Reference, number: NoticeNumber, call: Reader) -> Response:
    """Read one notice as it was frozen; `taken_back_by` names the event that took it back."""
    with call.read() as unit:
        found = frozen.one_of(unit, queries.by_reference(unit, reference), number)
    return Answer(200, _frozen(found, content=call.reads_content)).response()


def _notice(notice: Composed, *, content: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "platform": notice.platform,
        "channel": _channel(notice.channel._asdict(), content=content),
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


def _frozen(found: Frozen, *, content: bool) -> dict[str, Any]:
    row, words = found.row, found.words
    told: dict[str, Any] = {
        "number": row.number,
        "purpose": row.purpose,
        "channel": _channel(words["channel"], content=content),
        "language": row.language,
        "template": {"id": row.template_id, "version": row.template_version},
        "warnings": words["warnings"],
        "edits": words["edits"],
        "frozen_at": stamp(row.frozen_at),
        "taken_back_by": found.taken_back_by,
    }
    texts = {name: words[name] for name in ("fields", "subject", "body")}
    return told | _masked(texts, content=content) | {"sha256": words["sha256"]}


def _channel(told: Mapping[str, Any], *, content: bool) -> dict[str, Any]:
    """Show the way a notice goes; where a person looked it up, it tells where the content is."""
    shown = {name: value for name, value in told.items() if name != "by_hand"}
    is_hidden = told.get("by_hand") and not content
    return shown | {"form_url": None, "to": None} if is_hidden else shown


def _masked(texts: dict[str, Any], *, content: bool) -> dict[str, Any]:
    """Hide what a notice says from callers who may not read content."""
    fields = [field if content else field | {"value": None} for field in texts["fields"]]
    return views.masked(texts | {"fields": fields}, ["subject", "body"], content=content)


def _address(row: TakedownRow, number: int) -> str:
    return f"{API}/takedowns/{row.reference}/notices/{number}"
