"""The numbers of one group of takedowns: counts, clocks and shares (docs/definitions.md, 6).

Pure: the rows arrive as they stood at `as_of`; nothing here asks what time it is. Durations that
end at `as_of` end at `until`: the same moment, but where the clock is behind that (questions.AsOf).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from app.metrics.curve import Clock, ClockName, Curve, clock_of, curve_from
from app.metrics.inclusion_rules import (
    DAY,
    WEEK,
    Cohort,
    CohortTakedown,
    by_notice,
    cohort_of,
    has_receipt_in_a_day,
    hours_between,
    hours_watched,
    is_as_old_as,
    is_due,
    is_open,
    is_small,
    keeps_target,
    replying,
)
from app.metrics.survival import CENSORED, COMPETING, EVENT, Observation

DEFINITION = "2026-1"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `share` is None for nothing of nothing and in a small group."""

    numerator: int
    denominator: int
    share: float | None


@dataclass(frozen=True, slots=True)
class OurTime:
    """The hotline's own hours before submission."""

    median_hours: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """What was left out: items, but `no_reply_expected` counts takedowns."""

    already_gone: int
    withdrawn: int
    no_reply_expected: int


@dataclass(frozen=True, slots=True)
class CourtOrdered:
    """Items a court ordered removed, and how many of them are gone."""

    items: int
    gone: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer for one group; `dataclasses.asdict` of it is its JSON in the API."""

    takedowns: int
    items: int
    excluded: Excluded
    court_ordered: CourtOrdered
    open: int
    refused: int
    oldest_open_hours: float | None
    small: bool
    gone: Clock
    receipt: Clock
    answer: Clock
    decision: Clock
    our_time: OurTime
    dsa_style_median_hours: float | None
    receipt_within_24h: Share
    target_kept: Share
    silent_after_7d: Share
    came_back: int
    claimed_removed_still_up: int


def summary_of(takedowns: Iterable[CohortTakedown], until: datetime) -> Summary:
    """All numbers of one group."""
    submitted = tuple(takedowns)
    cohort = cohort_of(submitted)
    small = is_small(cohort)
    items = [item for takedown in cohort for item in takedown.items]
    still_open = [takedown.submitted_at for takedown in cohort if any(map(is_open, takedown.items))]
    ours = [takedown.our_hours for takedown in cohort if takedown.our_hours is not None]
    clocks: dict[ClockName, Clock] = {
        clock: clock_of(observations(clock, cohort, until), small=small)
        for clock in ("gone", "receipt", "answer", "decision")
    }
    return Summary(
        takedowns=len(cohort),
        items=len(items),
        excluded=excluded_from(submitted, cohort),
        court_ordered=court_ordered_in(cohort),
        open=sum(map(is_open, items)),
        refused=sum(item.state == "refused" for item in items),
        oldest_open_hours=hours_watched(min(still_open), until) if still_open else None,
        small=small,
        gone=clocks["gone"],
        receipt=clocks["receipt"],
        answer=clocks["answer"],
        decision=clocks["decision"],
        our_time=OurTime(median_of(ours, small=small), len(ours)),
        dsa_style_median_hours=median_of(hours_to_action(cohort), small=small),
        receipt_within_24h=receipt_within_24h(cohort, until, small=small),
        target_kept=target_kept(cohort, until, small=small),
        silent_after_7d=silent_after_7d(cohort, until, small=small),
        came_back=sum(item.state == "came_back" for item in items),
        claimed_removed_still_up=sum(item.claimed_removed_still_up for item in items),
    )


def curve_of(clock: ClockName, takedowns: Iterable[CohortTakedown], until: datetime) -> Curve:
    """One clock of one group, to draw."""
    cohort = cohort_of(takedowns)
    return curve_from(clock, observations(clock, cohort, until), small=is_small(cohort))


def observations(clock: ClockName, cohort: Cohort, until: datetime) -> list[Observation]:
    """One observation per item (gone, decision) or per takedown (receipt, answer)."""
    match clock:
        case "gone":
            return [
                watched(takedown, until, item.gone_at, competing_at=item.competing_at)
                for takedown in by_notice(cohort)
                for item in takedown.items
            ]
        case "receipt":
            return [watched(takedown, until, takedown.receipt_at) for takedown in replying(cohort)]
        case "answer":
            return [watched(takedown, until, takedown.answered_at) for takedown in replying(cohort)]
        case "decision":
            return [
                watched(takedown, until, item.first_decided_at)
                for takedown in replying(cohort)
                for item in takedown.items
            ]


def watched(
    takedown: CohortTakedown,
    until: datetime,
    event_at: datetime | None,
    *,
    competing_at: datetime | None = None,
) -> Observation:
    """From submission to the event, else to what competes with it, else to `until`."""
    if event_at is not None:
        return Observation(hours_between(takedown.submitted_at, event_at), EVENT)
    if competing_at is not None:
        return Observation(hours_between(takedown.submitted_at, competing_at), COMPETING)
    return Observation(hours_watched(takedown.submitted_at, until), CENSORED)


def excluded_from(submitted: Iterable[CohortTakedown], cohort: Cohort) -> Excluded:
    """What the cohort lacks of what was submitted, and whose silence says nothing."""
    states = [item.state for takedown in submitted for item in takedown.items]
    return Excluded(
        already_gone=states.count("already_gone"),
        withdrawn=states.count("withdrawn"),
        no_reply_expected=len(cohort) - len(replying(cohort)),
    )


def court_ordered_in(cohort: Cohort) -> CourtOrdered:
    """What a court ordered: shown apart, out of the clock to gone, targets and actions."""
    items = [item for takedown in cohort if takedown.court_order for item in takedown.items]
    return CourtOrdered(len(items), sum(item.gone_at is not None for item in items))


def hours_to_action(cohort: Cohort) -> list[float]:
    """Hours to the first action, of takedowns acted on (Implementing Regulation 2024/2835).

    It flatters: what a platform ignored or refused is not in it.
    """
    return [
        hours_between(takedown.submitted_at, min(actions))
        for takedown in by_notice(cohort)
        if (actions := [at for item in takedown.items if (at := item.first_action_at)])
    ]


def receipt_within_24h(cohort: Cohort, until: datetime, *, small: bool) -> Share:
    """Of the takedowns submitted a day ago or more, those with a receipt within the day."""
    asked = [takedown for takedown in replying(cohort) if is_as_old_as(DAY, takedown, until)]
    return share_of(sum(map(has_receipt_in_a_day, asked)), len(asked), small=small)


def target_kept(cohort: Cohort, until: datetime, *, small: bool) -> Share:
    """Of the items whose target moment has passed, those decided or gone by it."""
    kept = [
        keeps_target(takedown, item)
        for takedown in by_notice(cohort)
        if is_due(takedown, until)
        for item in takedown.items
    ]
    return share_of(sum(kept), len(kept), small=small)


def silent_after_7d(cohort: Cohort, until: datetime, *, small: bool) -> Share:
    """Of the takedowns submitted a week ago or more, those still without an answer."""
    asked = [takedown for takedown in replying(cohort) if is_as_old_as(WEEK, takedown, until)]
    silent = sum(takedown.answered_at is None for takedown in asked)
    return share_of(silent, len(asked), small=small)


def share_of(numerator: int, denominator: int, *, small: bool) -> Share:
    """The share, unless there is nothing to share or too little to say so."""
    known = denominator > 0 and not small
    return Share(numerator, denominator, numerator / denominator if known else None)


def median_of(sample: list[float], *, small: bool) -> float | None:
    """The usual median; None of nothing, and in a small group."""
    return None if small or not sample else median(sample)
