"""A group of takedowns, sorted by what counts where.

Pure: docs/definitions.md section 6, "Cohort". Nothing here asks what time it is.
"""

from dataclasses import dataclass

from app.metrics.cohort import NEVER, NONE, STANDINGS, Cohort, Flags
from app.schemas.vocabularies import Standing

SMALL = 10
ALREADY_GONE = STANDINGS.index(Standing.ALREADY_GONE)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """One group as asked for, and what of it counts; `until`: so long has waited what is open."""

    asked: Cohort  # what was submitted, and drafts
    already_gone: Cohort  # left out of every figure, a court's too
    court_ordered: Cohort  # left out likewise, without what was already gone
    counted: Cohort
    replying: Cohort  # of it, what a platform can answer
    handled: Cohort  # counted, and the drafts that wait for us
    until: int


def group_of(asked: Cohort, until: int) -> Group:
    """Sort a group."""
    takedowns, items = asked.takedowns, asked.items
    is_draft = takedowns.submitted_at == NEVER
    by_notice = ~(takedowns.court_order | is_draft)[items.takedown]
    was_asked = (items.stands != NONE) & (items.stands != ALREADY_GONE)
    is_ordered = (takedowns.court_order & ~is_draft)[items.takedown]
    counted = asked.of_items(by_notice & was_asked)
    return Group(
        asked=asked,
        already_gone=asked.of_items(items.stands == ALREADY_GONE),
        court_ordered=asked.of_items(is_ordered & was_asked),
        counted=counted,
        replying=counted.where(counted.takedowns.reply_expected),
        handled=_handled(asked, asked.with_any(by_notice & was_asked), is_draft),
        until=until,
    )


def is_small(takedowns: int) -> bool:
    """Tell whether there are too few for any percentage, median, curve or single waiting time."""
    return takedowns < SMALL


def _handled(asked: Cohort, is_counted: Flags, is_draft: Flags) -> Cohort:
    """Drafts have no items that count; those imported were never ours to send."""
    waiting = is_draft & ~asked.takedowns.court_order & ~asked.takedowns.is_imported
    return asked.where(waiting | is_counted)
