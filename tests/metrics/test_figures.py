"""A number that is shown is the length of the list behind it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.metrics.figures import COUNTED, FIGURES, Row, counts_of, rows_behind
from app.metrics.inclusion_rules import CohortItem, CohortTakedown
from app.metrics.summary import summary_of

AS_OF = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
STATES = (
    "waiting", "gone", "restricted", "refused", "came_back", "already_gone", "withdrawn",
)  # fmt: skip


def some_hours(most: int) -> st.SearchStrategy[timedelta]:
    return st.integers(0, most).map(lambda hours: timedelta(hours=hours))


@st.composite
def an_item(draw: st.DrawFn, number: int, submitted_at: datetime) -> CohortItem:
    def moment() -> datetime | None:
        later = draw(st.none() | some_hours(1100))
        return None if later is None else submitted_at + later

    state = draw(st.sampled_from(STATES))
    decided_at = moment()
    return CohortItem(
        number=number,
        state=state,
        gone_at=moment() if state == "gone" else None,
        competing_at=decided_at if state in ("refused", "restricted") else None,
        first_decided_at=decided_at,
        first_action_at=draw(st.sampled_from((None, decided_at))),
        claimed_removed_still_up=draw(st.booleans()),
    )


@st.composite
def a_takedown(draw: st.DrawFn) -> CohortTakedown:
    submitted_at = AS_OF - draw(some_hours(1200))

    def moment() -> datetime | None:
        later = draw(st.none() | some_hours(100))
        return None if later is None else submitted_at + later

    return CohortTakedown(
        reference="TD-7K3M9Q",
        submitted_at=submitted_at,
        receipt_at=moment(),
        answered_at=moment(),
        target_at=moment(),
        our_hours=draw(st.none() | st.floats(0, 100)),
        reply_expected=draw(st.booleans()),
        court_order=draw(st.booleans()),
        items=tuple(
            draw(an_item(number, submitted_at)) for number in range(1, draw(st.integers(1, 3)) + 1)
        ),
    )


@given(st.lists(a_takedown(), max_size=14))
def test_every_number_is_the_length_of_its_list(takedowns: list[CohortTakedown]) -> None:
    numbers = summary_of(takedowns, AS_OF)
    counts = counts_of(FIGURES, takedowns, AS_OF)

    assert {
        "takedowns": numbers.takedowns,
        "items": numbers.items,
        "open": numbers.open,
        "refused": numbers.refused,
        "came_back": numbers.came_back,
        "still_up": numbers.claimed_removed_still_up,
        "court_ordered": numbers.court_ordered.items,
        "already_gone": numbers.excluded.already_gone,
        "withdrawn": numbers.excluded.withdrawn,
        "no_reply_expected": numbers.excluded.no_reply_expected,
        "watched": numbers.gone.n,
        "gone": numbers.gone.events,
        "not_gone": numbers.gone.censored,
        "to_decide": numbers.decision.n,
        "undecided": numbers.decision.censored,
        "to_answer": numbers.answer.n,
        "answered": numbers.answer.events,
        "unanswered": numbers.answer.censored,
        "our_time": numbers.our_time.n,
        "a_day_old": numbers.receipt_within_24h.denominator,
        "receipt_24h": numbers.receipt_within_24h.numerator,
        "due": numbers.target_kept.denominator,
        "target_kept": numbers.target_kept.numerator,
        "a_week_old": numbers.silent_after_7d.denominator,
        "silent_7d": numbers.silent_after_7d.numerator,
    }.items() <= counts.items()
    assert (numbers.dsa_style_median_hours is None) == (counts["acted_on"] == 0 or numbers.small)


@given(st.lists(a_takedown(), max_size=8))
def test_what_was_gone_within_some_hours_is_still_counted_within_more(
    takedowns: list[CohortTakedown],
) -> None:
    counts = counts_of(FIGURES, takedowns, AS_OF)
    within = [counts[f"gone_{hours}h"] for hours in (1, 6, 24, 48, 72, 168, 1008)]

    assert within == sorted(within)
    assert within[-1] <= counts["gone"]
    assert counts["refused"] <= counts["items"]


def test_a_row_names_the_item_or_the_whole_takedown() -> None:
    item = CohortItem(2, "gone", AS_OF, None, AS_OF, AS_OF, False)
    takedown = CohortTakedown("TD-7K3M9Q", AS_OF, None, None, None, None, True, False, (item,))

    assert rows_behind("gone", [takedown], AS_OF) == [Row(takedown, item)]
    assert rows_behind("unanswered", [takedown], AS_OF) == [Row(takedown, None)]
    assert (COUNTED["gone"], COUNTED["unanswered"]) == ("item", "takedown")
    with pytest.raises(KeyError):
        rows_behind("per_employee", [takedown], AS_OF)
