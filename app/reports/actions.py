"""What the provider did about a notice: one line of docs/definitions.md section 6.

Pure. Read over the items that count: asked for, and not already gone. Each is judged by its story
up to the freeze, or up to its withdrawal.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from app.reports.vocabularies import ReportedAction
from app.schemas.vocabularies import Ground, Outcome
from app.takedowns import item_story
from app.takedowns.item_story import Story
from app.takedowns.outcomes import CLAIMS, RESTRICTIONS

ON_THE_ACCOUNT = frozenset({Outcome.ACCOUNT_SUSPENDED, Outcome.ACCOUNT_TERMINATED})
OTHER_RESTRICTIONS = RESTRICTIONS - {Outcome.GEO_RESTRICTED}
# Actions after which a live look is counted beside.
SEEN_AFTER = frozenset({ReportedAction.ACCOUNT_ACTION, ReportedAction.REMOVED})
UNDER_THE_LINE = (
    ReportedAction.ALREADY_GONE,
    ReportedAction.COURT_ORDER,
    ReportedAction.WITHDRAWN,
)


class Asked(NamedTuple):
    """A notice as the action is read: its items that count, and when it was answered.

    `target_at` is when we wanted it gone; `withdrawn_at` when the last of its items was withdrawn.
    """

    stories: Sequence[Story]
    is_court_ordered: bool
    answered_at: datetime | None
    target_at: datetime
    withdrawn_at: datetime | None
    as_of: datetime


class Reading(NamedTuple):
    """The action, the ground of the decisions that make it, and whether it was seen live since."""

    action: ReportedAction
    ground: Ground | None = None
    seen_live_afterwards: bool = False


# First line that fits: its outcomes, and how many of the items must have them.
_BY_DECISIONS: Sequence[tuple[ReportedAction, frozenset[Outcome], Callable[..., bool]]] = (
    (ReportedAction.ACCOUNT_ACTION, ON_THE_ACCOUNT, all),
    (ReportedAction.REMOVED, CLAIMS, all),
    (ReportedAction.PARTLY_REMOVED, CLAIMS, any),
    (ReportedAction.BLOCKED_IN_COUNTRIES, frozenset({Outcome.GEO_RESTRICTED}), any),
    (ReportedAction.RESTRICTED_OTHERWISE, OTHER_RESTRICTIONS, any),
    (ReportedAction.REFUSED, frozenset({Outcome.REFUSED}), any),
    (ReportedAction.OTHER, frozenset({Outcome.OTHER}), any),
)


def reading_of(asked: Asked) -> Reading:
    """Return the one line a notice stands in."""
    if not asked.stories:
        return Reading(ReportedAction.ALREADY_GONE)
    if asked.is_court_ordered:
        return Reading(ReportedAction.COURT_ORDER)
    if _was_given_up_unanswered(asked):
        return Reading(ReportedAction.WITHDRAWN)
    for action, outcomes, quantifier in _BY_DECISIONS:
        if quantifier(story.outcome in outcomes for story in asked.stories):
            return _decided(action, [one for one in asked.stories if one.outcome in outcomes])
    return Reading(_undecided(asked))


def _decided(action: ReportedAction, stories: Sequence[Story]) -> Reading:
    """Read the ground and what was seen since off the stories whose decisions make the action."""
    grounds = {story.last_decision.ground for story in stories if story.last_decision}
    ground = next((one for one in (Ground.LAW, Ground.TERMS) if one in grounds), Ground.UNKNOWN)
    seen_live = action in SEEN_AFTER and any(
        item_story.belied_at(story) is not None for story in stories
    )
    return Reading(action, ground, seen_live)


def _undecided(asked: Asked) -> ReportedAction:
    if all(item_story.standing_removals(story) for story in asked.stories):
        return ReportedAction.GONE_WITHOUT_A_WORD
    until = asked.withdrawn_at or asked.as_of
    if not _is_answered(asked, until) and asked.target_at <= until:
        return ReportedAction.NO_REACTION
    return ReportedAction.PENDING


def _was_given_up_unanswered(asked: Asked) -> bool:
    """Tell whether we withdrew it before anything was told, and before its target passed."""
    at = asked.withdrawn_at
    return at is not None and not _is_answered(asked, at) and asked.target_at > at


def _is_answered(asked: Asked, until: datetime) -> bool:
    return asked.answered_at is not None and asked.answered_at <= until
