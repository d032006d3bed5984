"""An import from its file to its outcome: at one address, what is at hand now."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action
from app.imports import files, guessing, kept
from app.imports.files import Cell, Row, Unseen
from app.imports.plan import Plan
from app.imports.vocabularies import AT_WORK, ImportStage
from app.kit.errors import Fault, Refused, TrackerError
from app.web.imports import columns_page, outcome_page
from app.web.imports.samples import sample, unpointed
from app.web.imports.typed_columns import letter
from app.web.imports.visits import (
    Importer,
    Sender,
    address,
    at_work,
    changing,
    seen,
    wanted,
    worker,
)
from app.web.shell import error_messages, uploads
from app.web.shell.request_context import Numbered, Visit

router = APIRouter(prefix="/imports")
FIRST_ROWS = 30  # among them the headings are looked for
SHOWN_ROWS = 8
MOST_CELLS = 12  # shown of a row
LONGEST = 60  # signs
_PLACE_AND_ROW = re.compile(r"([0-9]{1,2}):([1-9][0-9]{0,6})")


class RowShown(NamedTuple):
    """A row that may hold the headings: its first filled cells, and how many more there are."""

    number: int
    cells: Sequence[str]
    more: int


class SheetShown(NamedTuple):
    """A sheet that can be chosen: its first rows, masked, and where its headings seem to be."""

    number: int
    name: str
    is_hidden: bool
    rows: Sequence[RowShown]
    others: Sequence[RowShown]  # too, but less likely
    heading: int
    unseen: Unseen


@router.get("")
def overview(visit: Importer) -> Response:
    """Show where a file is sent, and one's own imports."""
    return _overview(visit)


@router.post("")
def send(visit: Sender) -> Response:
    """Keep a file that can be read, sealed, for its sender only."""
    try:
        upload = visit.form.files.get("file")
        if upload is None:
            raise Refused("invalid_request", "no file", [Fault("/file", "no_file", "a file")])
        names = files.names(upload.content)
        name = uploads.file_name(upload.name, LONGEST)
        sheets = files.beginnings(upload.content, FIRST_ROWS)
        plan = Plan(name, tuple(names), *_likeliest(sheets))
        with visit.write() as unit:
            kept.forget_old(unit)
            number = kept.begin(unit, visit.person.id, content=upload.content, plan=plan)
    except TrackerError as error:
        return _overview(visit, error)
    return visit.to(f"/imports/{number}")


@router.get("/{number}")
def show(number: Numbered, visit: Importer) -> Response:
    """Show what is at hand: a question to the person, how far it is, or what came of it."""
    one = wanted(visit, number)
    if one.is_at_work:
        worker(visit).wake()
        with seen(visit, number, *AT_WORK) as (unit, one):
            plan = kept.plan_kept(unit, number)
        template = "imports/far.html" if visit.is_partial else "imports/progress.html"
        return visit.page(template, one=one, plan=plan)
    if visit.is_partial:
        return visit.to(address(one))
    match one.stage:
        case ImportStage.SENT:
            return _choose_sheet(visit, number)
        case ImportStage.READ:
            return columns_page.shown(visit, number)
        case ImportStage.FAILED:
            return _failed(visit, number)
    return outcome_page.shown(visit, number)


@router.post("/{number}/sheet")
def sheet(number: Numbered, visit: Importer) -> Response:
    """Take the row of headings that was chosen, and with it its sheet."""
    one = wanted(visit, number, ImportStage.SENT)
    with changing(visit, one) as unit:
        plan = kept.plan_kept(unit, number)
        chosen = _PLACE_AND_ROW.fullmatch(visit.form.text("heading"))
        if chosen is None or int(chosen[1]) >= len(plan.sheets):
            return visit.to(address(one))
        kept.move(unit, one, ImportStage.READING)
        plan = Plan(plan.name, plan.sheets, int(chosen[1]), int(chosen[2]))
        kept.keep_plan(unit, number, plan)
    return at_work(visit, one)


@router.post("/{number}/back")
def back(number: Numbered, visit: Importer) -> Response:
    """Go back to a question that was answered: which sheet, which columns, which words."""
    one = wanted(visit, number, ImportStage.READ, ImportStage.CHECKED, ImportStage.FAILED)
    to = visit.form.text("to")
    with changing(visit, one) as unit:
        is_read = to != "sheet" and kept.survey_kept(unit, number) is not None
        kept.move(unit, one, ImportStage.READ if is_read else ImportStage.SENT)
        plan = replace(kept.plan_kept(unit, number), is_matched=to == "words")
        kept.keep_plan(unit, number, plan)
    return visit.to(address(one))


@router.post("/{number}/start")
def start(number: Numbered, visit: Importer) -> Response:
    """Bring the rows in that were checked."""
    one = wanted(visit, number, ImportStage.CHECKED)
    with changing(visit, one) as unit:
        kept.move(unit, one, ImportStage.IMPORTING)
        audit.record(unit, visit.person.name, Action.IMPORT_STARTED, number=number, rows=one.total)
    return at_work(visit, one)


@router.post("/{number}/cancel")
def cancel(number: Numbered, visit: Importer) -> Response:
    """Stop after the rows at hand."""
    one = wanted(visit, number, *AT_WORK)
    with changing(visit, one) as unit:
        kept.stop(unit, one)
    return at_work(visit, one)


@router.post("/{number}/forget")
def forget(number: Numbered, visit: Importer) -> Response:
    """Take an import away, file and all; what it logged stays."""
    one = wanted(visit, number, *set(ImportStage) - AT_WORK)
    with changing(visit, one) as unit:
        kept.forget(unit, one)
    return visit.to("/imports")


def _failed(visit: Visit, number: int) -> Response:
    with seen(visit, number, ImportStage.FAILED) as (unit, one):
        plan = kept.plan_kept(unit, one.id)
    sentence = error_messages.sentence(one.problem or "", visit.words)
    return visit.page("imports/failed.html", one=one, plan=plan, sentence=sentence)


def _choose_sheet(visit: Visit, number: int) -> Response:
    with seen(visit, number, ImportStage.SENT) as (unit, one):
        plan, content = kept.plan_kept(unit, one.id), kept.file_of(unit, one.id)
    places = sorted(range(len(plan.sheets)), key=lambda place: place != plan.sheet)
    begin, unseen = files.beginnings(content, FIRST_ROWS), files.unseen(content)
    sheets = [_sheet(begin[place], plan, place, unseen=unseen[place]) for place in places]
    last = letter(files.MAX_COLUMNS - 1)
    return visit.page("imports/sheet.html", one=one, plan=plan, sheets=sheets, last_column=last)


def _sheet(rows: Sequence[Row], plan: Plan, place: int, *, unseen: Unseen) -> SheetShown:
    """Show where a sheet begins; what stands below its headings is masked."""
    heading = plan.heading if place == plan.sheet else guessing.heading_row(rows)
    near = [row[0] for row in rows if row[0] >= heading - SHOWN_ROWS // 2][:SHOWN_ROWS]
    targets = guessing.columns(guessing.headings(rows, heading), [])
    texts = [
        (at, _texts(cells, None if at in near and at <= heading else targets)) for at, cells in rows
    ]
    shown = [RowShown(at, told[:MOST_CELLS], len(told[MOST_CELLS:])) for at, told in texts]
    likely, others = (
        [row for row in shown if (row.number in near) is is_near] for is_near in (True, False)
    )
    name, is_hidden = plan.sheets[place]
    return SheetShown(place, name, is_hidden, likely, others, heading, unseen)


def _texts(cells: Sequence[Cell], targets: Mapping[int, str] | None) -> list[str]:
    """Spell the filled cells: with `targets` what was reported is masked, else merged are one."""
    told = [files.shown(cell) for cell in cells]
    if targets is not None:
        found = [sample(text, targets.get(place)) for place, text in enumerate(told)]
    else:
        found = [
            "" if place and text == told[place - 1] else unpointed(text)[:LONGEST]
            for place, text in enumerate(told)
        ]
    return [text for text in found if text]


def _likeliest(sheets: Sequence[Sequence[Row]]) -> tuple[int, int]:
    """Return the sheet that looks most like a list of requests, and its row of headings."""
    found: list[tuple[int, int, int]] = []
    for place, rows in enumerate(sheets):
        heading = guessing.heading_row(rows)
        names = guessing.headings(rows, heading)
        below = [cells for number, cells in rows if number > heading]
        samples = [[row[at] for row in below if at < len(row)] for at in range(len(names))]
        known = guessing.columns(names, samples)
        found.append((len(known) + 3 * ("url" in known.values()), -place, heading))
    _, place, heading = max(found)
    return -place, heading


def _overview(visit: Visit, error: TrackerError | None = None) -> Response:
    with visit.read() as unit:
        own = kept.of_person(unit, visit.person.id)
        names = {one.id: kept.plan_kept(unit, one.id).name for one in own}
    if error is not None and not getattr(error, "faults", ()):
        code = getattr(error, "code", "refused")
        error = Refused(code, str(error), [Fault("/file", code, str(error))])
    return visit.page(
        "imports/overview.html",
        200 if error is None else 422,
        own=own,
        names=names,
        complaints=[] if error is None else error_messages.told(error, visit.words),
    )
