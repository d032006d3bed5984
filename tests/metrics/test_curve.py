"""The points of a drawn clock."""

from app.metrics.curve import Point, curve_from
from app.metrics.survival import CENSORED, COMPETING, EVENT, Observation, cumulative_incidence


def test_a_curve_starts_at_nothing_and_tells_who_is_still_watched() -> None:
    watched = [
        (0.5, CENSORED),
        (2, EVENT),
        (2, COMPETING),
        (3, CENSORED),
        (5, EVENT),
        (9, CENSORED),
    ]
    observations = [Observation(*one) for one in watched]

    curve = curve_from("gone", observations, small=False)

    steps = cumulative_incidence(observations).steps
    counts = [
        (p.hours, p.share, p.at_risk, p.events, p.competing, p.censored) for p in curve.points
    ]
    assert counts == [(0, 0.0, 6, 0, 0, 1), (2, 0.2, 5, 1, 1, 1), (5, 0.5, 2, 1, 0, 1)]
    assert [(p.lo, p.hi) for p in curve.points] == [(None, None), *(s.interval for s in steps)]
    assert (curve.n, curve.events, curve.censored, curve.longest_hours) == (6, 2, 3, 9)


def test_what_happens_at_once_needs_no_other_start() -> None:
    curve = curve_from("receipt", [Observation(0.0, EVENT)], small=False)

    assert curve.points == (Point(0.0, 1.0, None, None, 1, 1, 0, 0),)


def test_open_ones_alone_make_a_flat_line() -> None:
    curve = curve_from("gone", [Observation(4.0, CENSORED)] * 3, small=False)

    assert curve.points == (Point(0.0, 0.0, None, None, 3, 0, 0, 3),)
    assert curve_from("gone", [], small=False).points == ()


def test_a_small_group_has_counts_but_no_shares() -> None:
    observations = [Observation(3.0, EVENT), Observation(5.0, CENSORED)]

    curve = curve_from("gone", observations, small=True)

    assert curve.points == (
        Point(0.0, None, None, None, 2, 0, 0, 0),
        Point(3.0, None, None, None, 2, 1, 0, 1),
    )
