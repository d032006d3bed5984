"""Giving up what was not answered polishes nothing: the lines of a report stay as they were."""

import pytest

from app.context import Context
from app.metrics import cohort_reading
from app.reports import making
from app.reports.made import Made
from app.reports.vocabularies import ReportedAction, ReportKind
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.reports.count_oracle import Span
from tests.reports.random_years import BEGIN, YearWriter, award
from tests.reports.test_independent_count import a_report


def made_now(parts: Context) -> Made:
    as_of = cohort_reading.latest(parts.database)
    days = BEGIN.date().replace(month=1, day=1), BEGIN.date().replace(month=12, day=31)
    span = Span(*days, parts.workspace.zone, as_of.moment, as_of.until)
    with parts.database.read() as unit:
        report = a_report(ReportKind.ARTICLE_22, span)
        return making.make(unit, parts.workspace, report, as_of=as_of)


def lines(made: Made) -> dict[str, ReportedAction]:
    """The line of every notice."""
    return {one.reference: one.reading.action for one in made.requests if one.reading}


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 9))]
)
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_withdrawing_all_there_is_moves_only_what_was_pending_before_its_target(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    clock.now = BEGIN
    award(parts.database)
    YearWriter(api, clock, seed).tell(240)
    before = made_now(parts)

    withdrawn = {
        reference: api.request(
            "POST", f"/takedowns/{reference}/events", {"kind": "withdrawn", "reason": "Enough."}
        ).status_code
        for reference in lines(before)
    }

    after = made_now(parts)
    assert set(withdrawn.values()) <= {201, 409}
    moved = {
        (action, lines(after)[reference])
        for reference, action in lines(before).items()
        if lines(after)[reference] != action
    }
    assert moved <= {
        (ReportedAction.PENDING, ReportedAction.WITHDRAWN),
        (ReportedAction.GONE_WITHOUT_A_WORD, ReportedAction.WITHDRAWN),
    }
    silent = {one for one, action in lines(before).items() if action == ReportedAction.NO_REACTION}
    assert 201 in {withdrawn[reference] for reference in silent}
