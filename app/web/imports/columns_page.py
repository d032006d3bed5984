"""What each column of a sheet is, and what the words in columns of codes mean."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.imports import guessing, kept
from app.imports.kept import Import
from app.imports.moments import clock_time
from app.imports.plan import NOTHING, Plan, Survey
from app.imports.targets import GROUPS, KINDS, NEEDED, Kind
from app.imports.vocabularies import ImportStage
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.web.imports import choices, remembered, typed_columns
from app.web.imports.samples import sample, unpointed
from app.web.imports.visits import Importer, address, at_work, changing, seen
from app.web.shell import error_messages
from app.web.shell.request_context import Numbered, Visit

router = APIRouter(prefix="/imports")


class ColumnShown(NamedTuple):
    """A column: its letter, heading, some of its cells, and what it is."""

    place: int
    letter: str
    heading: str
    samples: Sequence[str]
    target: str


class WordShown(NamedTuple):
    """A word in a column of codes, how often it stands there, and what it stands for."""

    field: str
    word: str
    shown: str
    often: int
    code: str


def shown(visit: Visit, number: int, error: Refused | None = None) -> Response:
    """Ask what the columns are, or then what their words mean."""
    with seen(visit, number, ImportStage.READ) as (unit, one):
        plan, survey = kept.plan_kept(unit, one.id), kept.survey_kept(unit, one.id)
        assert survey is not None  # noqa: S101 - kept before its stage
        if plan.is_matched:
            return _words_asked(visit, one, plan, survey=survey, error=error)
        if not plan.columns:
            plan = _guessed(unit, plan, survey)
    if error is not None:
        plan = _typed(visit, plan, survey)
    told = [
        ColumnShown(place, typed_columns.letter(place), unpointed(name), samples, target or "")
        for place, name in enumerate(survey.headings)
        for target in [plan.columns.get(place)]
        for samples in [_samples(survey, place, target)]
        if name or survey.samples[place]
    ]
    return visit.page(
        "imports/columns.html",
        200 if error is None else 422,
        one=one,
        plan=plan,
        columns=told,
        groups=[
            (group, [(name, choices.column_name(visit.words, name)) for name in names])
            for group, names in GROUPS.items()
        ],
        categories=choices.of(visit, "category"),
        needs=typed_columns.needed(visit, plan, survey),
        needed=NEEDED,
        complaints=[] if error is None else error_messages.told(error, visit.words),
    )


@router.post("/{number}/columns")
def match(number: Numbered, visit: Importer) -> Response:
    """Take what the columns are; then the words are asked, where there are any."""
    with seen(visit, number, ImportStage.READ) as (unit, one):
        plan, survey = kept.plan_kept(unit, number), kept.survey_kept(unit, number)
        assert survey is not None  # noqa: S101 - kept before its stage
        again = remembered.find(unit, survey.headings)
    typed = _typed(visit, plan, survey)
    faults = typed_columns.faults(typed.columns, typed.fixed)
    if faults:
        return shown(visit, number, Refused("invalid_request", "columns are missing", faults))
    words = plan.words or (again.words if again else {})
    day_time = plan.day_time or (again.day_time if again else "")
    plan = replace(typed, words=words, day_time=day_time, is_matched=True)
    if _asked(visit, plan, survey) or _days(plan, survey):
        with changing(visit, one) as unit:
            kept.move(unit, one, ImportStage.READ)
            kept.keep_plan(unit, number, plan)
        return visit.to(address(one))
    return _checked(visit, one, plan, survey=survey)


@router.post("/{number}/needs")
def needs(number: Numbered, visit: Importer) -> Response:
    """Show what is needed still, while somebody chooses."""
    with seen(visit, number, ImportStage.READ) as (unit, _):
        plan, survey = kept.plan_kept(unit, number), kept.survey_kept(unit, number)
        assert survey is not None  # noqa: S101 - kept before its stage
    typed = _typed(visit, plan, survey)
    return visit.page("imports/needs.html", needs=typed_columns.needed(visit, typed, survey))


@router.post("/{number}/words")
def mean(number: Numbered, visit: Importer) -> Response:
    """Take what the words mean, and have the rows checked."""
    with seen(visit, number, ImportStage.READ) as (unit, one):
        plan, survey = kept.plan_kept(unit, number), kept.survey_kept(unit, number)
        assert survey is not None  # noqa: S101 - kept before its stage
    words = {
        target: {
            shown.word: code
            for shown in told
            if (code := visit.form.text(shown.field)) in _codes(visit, target)
        }
        for target, told in _asked(visit, plan, survey).items()
    }
    day_time = visit.form.text("day_time")
    at = clock_time(day_time) if day_time else None
    if day_time and at is None:
        faults = [Fault("/day_time", "no_clock_time", "HH:MM")]
        return shown(visit, number, Refused("invalid_request", "not a time", faults))
    plan = replace(plan, words=words, day_time=at.isoformat("minutes") if at else "")
    return _checked(visit, one, plan, survey=survey)


def _checked(visit: Visit, one: Import, plan: Plan, *, survey: Survey) -> Response:
    """Remember what was said, and have the rows checked."""
    with changing(visit, one) as unit:
        kept.move(unit, one, ImportStage.CHECKING)
        kept.keep_plan(unit, one.id, plan)
        remembered.keep(unit, survey.headings, plan)
    return at_work(visit, one)


def _words_asked(
    visit: Visit, one: Import, plan: Plan, *, survey: Survey, error: Refused | None
) -> Response:
    return visit.page(
        "imports/words.html",
        200 if error is None else 422,
        one=one,
        plan=plan,
        asked=_asked(visit, plan, survey),
        names={target: choices.column_name(visit.words, target) for target in _coded(plan)},
        options={target: _options(visit, target) for target in _coded(plan)},
        days=_days(plan, survey),
        day_time=visit.form.text("day_time") or plan.day_time,
        complaints=[] if error is None else error_messages.told(error, visit.words),
    )


def _asked(visit: Visit, plan: Plan, survey: Survey) -> dict[str, list[WordShown]]:
    """Return the words of each column of codes, those first that nobody could guess."""
    asked: dict[str, list[WordShown]] = {}
    typed = dict(visit.form.fields)
    for target in _coded(plan):
        told = plan.words.get(target, {})
        [place, *_] = plan.places(target)
        found = [
            WordShown(
                field,
                word,
                unpointed(word),
                often,
                typed.get(field) or told.get(word) or choices.guessed(visit, target, word),
            )
            for at, (word, often) in enumerate(survey.words[place].items())
            for field in [f"word-{target}-{at}"]
        ]
        asked[target] = sorted(found, key=lambda one: bool(one.code))
    return asked


def _coded(plan: Plan) -> list[str]:
    found = dict.fromkeys(plan.columns.values())
    return [target for target in found if KINDS[target] is Kind.CODE]


def _options(visit: Visit, target: str) -> list[tuple[str, str]]:
    nothing = visit.words.gettext("Nothing: leave the cell empty")
    return [*choices.of(visit, target), (NOTHING, nothing)]


def _codes(visit: Visit, target: str) -> set[str]:
    return {code for code, _ in _options(visit, target)}


def _days(plan: Plan, survey: Survey) -> int:
    """Return how many moments have a day alone; their time may stand beside them."""
    return sum(
        survey.days[place] for place, target in plan.columns.items() if KINDS[target] is Kind.MOMENT
    )


def _guessed(unit: Unit, plan: Plan, survey: Survey) -> Plan:
    """Return the plan as these headings were matched the last time, else as they read."""
    again = remembered.find(unit, survey.headings)
    if again is None:
        return replace(plan, columns=guessing.columns(survey.headings, survey.samples))
    columns = {
        place: again.columns[name]
        for place, name in enumerate(survey.headings)
        if name in again.columns
    }
    return replace(plan, columns=columns, fixed=again.fixed)


def _typed(visit: Visit, plan: Plan, survey: Survey) -> Plan:
    """Return the plan with what was just said of the columns."""
    columns = typed_columns.columns(visit, survey)
    return replace(plan, columns=columns, fixed=typed_columns.fixed(visit))


def _samples(survey: Survey, place: int, target: str | None) -> list[str]:
    return [sample(text, target) for text in survey.samples[place]]
