"""A number that is shown is the length of the list behind it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.metrics.clocks import HOUR
from app.metrics.cohort import NEVER
from app.metrics.counting import Group, group_of
from app.metrics.figures import FIGURES, FORMERLY, SHARE_BY_HOURS, counts_of, rows_behind
from app.metrics.questions import micros_of
from app.metrics.summary import summary_of
from app.metrics.vocabularies import ClockName
from app.schemas.vocabularies import Contested, Standing
from tests.metrics.cohorts import LATER, MONDAY, Line, Told, cohort_of

START = micros_of(MONDAY)
HOURS = st.none() | st.integers(0, 1100)
FACTS = ("urgent", "court_order", "information_asked", "is_imported", "wrong_channel", "duplicate")


@st.composite
def lines(draw: st.DrawFn) -> Line:
    stands = draw(st.sampled_from([one for one in Standing if one != Standing.ALREADY_GONE]))
    hours = draw(st.integers(0, 1100))
    return Line(stands, hours, gone_after=0, decided=draw(HOURS))


@st.composite
def takedowns(draw: st.DrawFn) -> Told:
    def moment() -> int:
        after = draw(HOURS)
        return NEVER if after is None else START + after * HOUR

    columns: dict[str, Any] = {
        **{name: draw(st.booleans()) for name in (*FACTS, "reply_expected")},
        **{name: draw(st.booleans()) for name in ("tells_receipts", "tells_reports")},
        **{name: moment() for name in ("receipt_at", "answered_at", "target_at", "handling_from")},
    }
    complaint = draw(st.none() | st.tuples(st.sampled_from(Contested), st.integers(1, 99)))
    items = draw(st.lists(lines(), min_size=1, max_size=3))
    return Told(items, columns=columns, complaint=complaint)


def group(told: list[Told]) -> Group:
    return group_of(cohort_of(told), LATER)


@given(st.lists(takedowns(), max_size=14))
def test_every_number_is_the_length_of_its_list(told: list[Told]) -> None:
    numbers = summary_of(group(told))
    counts = counts_of(FIGURES, group(told))
    clocks = {
        f"{clock}_{name}": getattr(getattr(numbers, clock), name)
        for clock in ClockName
        for name in (
            "n", "events", "competing", "censored", "unknown_start", "not_recorded",
        )
    }  # fmt: skip

    assert {
        "takedowns": numbers.takedowns,
        "items": numbers.items,
        "imported": numbers.imported,
        "gone": numbers.stands.gone,
        "came_back": numbers.stands.came_back,
        "refused": numbers.stands.refused,
        "restricted": numbers.stands.restricted,
        "withdrawn": numbers.stands.withdrawn,
        "open": numbers.stands.open,
        "still_up": numbers.claimed_removed_still_up,
        "court_ordered": numbers.excluded.court_ordered,
        "already_gone": numbers.excluded.already_gone,
        "no_reply_expected": numbers.excluded.no_reply_expected,
        "said_and_seen": numbers.removal_rests_on.said_and_seen,
        "said_only": numbers.removal_rests_on.said_only,
        "seen_only": numbers.removal_rests_on.seen_only,
        "acted_on": numbers.dsa_style.acted.n,
        "decided_on": numbers.dsa_style.decided.n,
        "a_day_old": numbers.receipt_within_24h.denominator,
        "receipt_24h": numbers.receipt_within_24h.numerator,
        "due": numbers.gone_by_target.denominator,
        "gone_by_target": numbers.gone_by_target.numerator,
        "due_to_answer": numbers.answered_by_target.denominator,
        "answered_by_target": numbers.answered_by_target.numerator,
        "a_week_old": numbers.silent_after_7d.denominator,
        "silent_7d": numbers.silent_after_7d.numerator,
        "decided": numbers.refused_of_decided.denominator,
        "ever_gone": numbers.came_back_of_gone.denominator,
        "complaints": numbers.complaints.made,
        "complaints_upheld": numbers.complaints.upheld,
        "complaints_refused": numbers.complaints.refused,
        "complaints_open": numbers.complaints.open,
        "notices_refused": numbers.own_quality.refused,
        "information_asked": numbers.own_quality.information_asked,
        "withdrawn_after_submission": numbers.own_quality.withdrawn_after_submission,
        **clocks,
    }.items() <= counts.items()


@given(st.lists(takedowns(), max_size=8))
def test_parts_add_up(told: list[Told]) -> None:
    counts = counts_of(FIGURES, group(told))
    stands = [counts[one] for one in Standing if one != Standing.ALREADY_GONE]

    assert sum(stands) == counts["items"]
    assert counts["gone"] == sum(counts[one] for one in ("said_and_seen", "said_only", "seen_only"))
    assert counts["complaints"] == sum(counts[f"complaints_{one}"] for one in Contested)
    for clock in ClockName:
        ends = [counts[f"{clock}_{name}"] for name in ("events", "competing", "censored")]
        assert counts[f"{clock}_n"] == sum(ends)


@given(st.lists(takedowns(), max_size=8))
def test_what_was_gone_within_some_hours_is_still_counted_within_more(told: list[Told]) -> None:
    counts = counts_of(FIGURES, group(told))
    within = [counts[f"gone_{hours}h"] for hours in SHARE_BY_HOURS]

    assert within == sorted(within)
    assert within[-1] <= counts["gone"]


def test_rows_are_of_items_of_takedowns_or_of_complaints() -> None:
    one = Told((Line(Standing.GONE, 2), Line()), complaint=(Contested.UPHELD, 5))

    assert rows_behind("gone", group([one])).places.tolist() == [0]
    assert rows_behind("open", group([one])).places.tolist() == [1]
    assert rows_behind("takedowns", group([one])).places.tolist() == [0]
    assert rows_behind("complaints_upheld", group([one])).places.tolist() == [0]
    with pytest.raises(KeyError):
        rows_behind("per_employee", group([one]))


def test_a_figure_is_found_by_the_name_that_it_had() -> None:
    assert set(FORMERLY) & set(FIGURES) == set()
    assert set(FORMERLY.values()) - set(FIGURES) == set()
