"""Whose turn it is, what comes next, and when that becomes late.

Pure: the table of docs/definitions.md section 4, one function a line, first that fits.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from app.schemas.vocabularies import ItemState, NextStep, Recipient, Stage, Turn
from app.takedowns import clocks, facts
from app.takedowns.item_story import DAY
from app.takedowns.lifecycle import Appeal, ReplayedItem, State

DRAFT_TIME = timedelta(hours=4)
URGENT_DRAFT_TIME = timedelta(hours=1)
WINDOW_MONTHS = 6  # DSA Art. 20(1): at least six months from the decision
BEFORE_THE_WINDOW_ENDS = timedelta(days=7)
TO_CLOSE = timedelta(days=7)
APPEAL_TIME = timedelta(days=30)
OUT_OF_COURT_TIME = timedelta(days=90)  # DSA Art. 21(4)
ALWAYS = datetime.min.replace(tzinfo=UTC)


class Step(NamedTuple):
    """One line of the table; `due_at` is the moment the step becomes late, None: never."""

    whose_turn: Turn
    next_step: NextStep
    due_at: datetime | None


class Phase(NamedTuple):
    """A step, and the moment the clock alone will change it; None: only an event will."""

    step: Step
    changes_at: datetime | None


NOBODY = Step(Turn.NOBODY, NextStep.NONE, None)


def step(state: State, missing: bool, now: datetime) -> Step:
    """What comes next; `missing` tells whether a draft lacks a required field."""
    if state.stage == Stage.WITHDRAWN or state.closed_by_person:
        return NOBODY
    if state.submitted_at is None:
        return _before_submission(state, missing)
    for line in LINES:
        found = line(state, now)
        if found:
            return found
    return Step(Turn.PLATFORM, NextStep.WAIT, _awaited_at(state, now))


def phases(state: State, missing: bool) -> list[Phase]:
    """All that `step` can answer until the next event, in time order."""
    starts = [(ALWAYS, step(state, missing, ALWAYS))]
    for moment in breakpoints(state):
        then = step(state, missing, moment)
        if then != starts[-1][1]:
            starts.append((moment, then))
    ends = [moment for moment, _ in starts[1:]]
    return [Phase(s, end) for (_, s), end in zip(starts, [*ends, None], strict=True)]


def phase(state: State, missing: bool, now: datetime) -> Phase:
    """The one of `phases` that holds now."""
    return next(p for p in phases(state, missing) if p.changes_at is None or now < p.changes_at)


def breakpoints(state: State) -> list[datetime]:
    """Moments at which the answer may change without an event, in time order."""
    if state.submitted_at is None:
        return []
    moments = {clocks.receipt_target(state), clocks.removal_target(state)}
    moments.update(window_ends_at(item) for item in state.items)
    if state.reminded_at:
        moments.add(state.reminded_at + DAY)
    return sorted(moment for moment in moments if moment)


def overdue(due_at: datetime | None, now: datetime) -> bool:
    """Whether a step is late."""
    return due_at is not None and now >= due_at


def window_ends_at(item: ReplayedItem) -> datetime | None:
    """Until when a refusal or restriction that stands can be complained about, else None."""
    if item.state not in (ItemState.REFUSED, ItemState.RESTRICTED) or item.platform_says is None:
        return None
    return _months_later(item.platform_says.at, WINDOW_MONTHS)


def _before_submission(state: State, missing: bool) -> Step:
    if state.stage == Stage.SENDING:
        return Step(Turn.US, NextStep.WAIT, None)
    if state.stage == Stage.HELD:
        return Step(Turn.US, NextStep.RELEASE, None)
    due_at = state.logged_at + (URGENT_DRAFT_TIME if state.facts.get("urgent") else DRAFT_TIME)
    deadline = facts.moment_of(state.facts, "deadline_at")
    return Step(
        Turn.US,
        NextStep.COMPLETE if missing else NextStep.SUBMIT,
        min(due_at, deadline) if deadline else due_at,
    )


def _chase_what_is_up(state: State, now: datetime) -> Step | None:
    """Said removed or restricted but seen live where it should not be, or came back."""
    due = []
    for item in state.items:
        if item.still_up_at:
            chase_at = _after_reminder(state, item.still_up_at)
            if chase_at == item.still_up_at or chase_at <= now:
                due.append(chase_at)
    return Step(Turn.US, NextStep.CHASE, min(due)) if due else None


def _closed(state: State, _now: datetime) -> Step | None:
    return NOBODY if state.stage == Stage.CLOSED else None


def _answer(state: State, _now: datetime) -> Step | None:
    asked = [item.asked_at for item in state.items if item.asked_at]
    return Step(Turn.US, NextStep.ANSWER, min(asked) + DAY) if asked else None


def _decide_next(state: State, now: datetime) -> Step | None:
    """A refusal or restriction stands that we neither contested nor accepted."""
    contestable = [item for item in state.items if not item.appeal and not item.accepted]
    ends = [end for end in map(window_ends_at, contestable) if end and now < end]
    return Step(Turn.US, NextStep.DECIDE_NEXT, min(ends) - BEFORE_THE_WINDOW_ENDS) if ends else None


def _await_the_appeal(state: State, _now: datetime) -> Step | None:
    return (
        Step(Turn.PLATFORM, NextStep.WAIT, _appeal_due_at(state.appeal)) if state.appeal else None
    )


def _look_where_no_reply_comes(state: State, now: datetime) -> Step | None:
    target = clocks.removal_target(state)
    if state.reply_expected or target is None or now < target:
        return None
    unseen = any(
        item.looked_at is None or item.looked_at < target
        for item in state.items
        if item.state != ItemState.WITHDRAWN and not item.seen_gone_at
    )
    return Step(Turn.US, NextStep.CHECK, target) if unseen else None


def _chase_silence(state: State, now: datetime) -> Step | None:
    """Nothing heard by the receipt target, or an item neither decided nor gone by its own."""
    passed = [moment for moment in _silence_counts_from(state) if moment <= now]
    return Step(Turn.US, NextStep.CHASE, min(passed)) if passed else None


def _check_the_claim(state: State, _now: datetime) -> Step | None:
    claims = [item.unchecked_claim_at for item in state.items if item.unchecked_claim_at]
    return Step(Turn.US, NextStep.CHECK, min(claims) + DAY) if claims else None


def _close(state: State, now: datetime) -> Step | None:
    """Every item is gone, or refused or restricted for good."""
    for item in state.items:
        window_ends = window_ends_at(item)
        is_final = window_ends is not None and (item.accepted or now >= window_ends)
        if not item.is_offline and not is_final:
            return None
    return Step(Turn.US, NextStep.CLOSE, state.last_event_at + TO_CLOSE)


LINES: tuple[Callable[[State, datetime], Step | None], ...] = (
    _chase_what_is_up,
    _closed,
    _answer,
    _decide_next,
    _await_the_appeal,
    _look_where_no_reply_comes,
    _chase_silence,
    _check_the_claim,
    _close,
)


def _awaited_at(state: State, now: datetime) -> datetime | None:
    """By when we want to have heard: our reminder's answer, a receipt, a removal, an appeal's."""
    if state.reminded_at and any(item.still_up_at for item in state.items):
        return state.reminded_at + DAY
    ahead = [moment for moment in _silence_counts_from(state) if moment > now]
    if ahead:
        return ahead[0]
    removal = clocks.removal_target(state)
    if removal and removal > now:
        return removal
    return min((_appeal_due_at(i.appeal) for i in state.items if i.appeal), default=None)


def _silence_counts_from(state: State) -> list[datetime]:
    """From when a receipt and then a removal still missing are to be chased."""
    moments = []
    if state.reply_expected and not (state.receipt_at or state.answered_at):
        moments.append(clocks.receipt_target(state))
    if any(item.is_silent for item in state.items):
        moments.append(clocks.removal_target(state))
    return [_after_reminder(state, moment) for moment in moments if moment]


def _after_reminder(state: State, moment: datetime) -> datetime:
    """When to chase what showed at `moment`: a reminder since then gives the platform a day."""
    if state.reminded_at and state.reminded_at >= moment:
        return state.reminded_at + DAY
    return moment


def _appeal_due_at(appeal: Appeal) -> datetime:
    is_out_of_court = appeal.to == Recipient.OUT_OF_COURT_BODY
    return appeal.at + (OUT_OF_COURT_TIME if is_out_of_court else APPEAL_TIME)


def _months_later(at: datetime, months: int) -> datetime:
    """The same day and time some months on; the month's last day where it has no such day."""
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))
