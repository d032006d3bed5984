"""What counts: which items and takedowns a rule of docs/definitions.md section 6 names.

Pure: a cohort in, one truth value or moment for each of its items or takedowns out.
"""

import numpy as np

from app.metrics import clocks
from app.metrics.clocks import HOUR
from app.metrics.cohort import NEVER, NONE, STANDINGS, Cohort, Flags, Ints
from app.metrics.counting import Group
from app.schemas.vocabularies import Standing

DAY, WEEK = 24 * HOUR, 168 * HOUR


def stand(cohort: Cohort, standing: Standing) -> Flags:
    """Tell of each item whether it stands so."""
    return np.equal(cohort.items.stands, STANDINGS.index(standing))


def age_of(cohort: Cohort, moments: Ints) -> Ints:
    """Microseconds from the submission of each item's takedown; NEVER where it did not come."""
    submitted = cohort.takedowns.submitted_at[cohort.items.takedown]
    return np.where(moments == NEVER, NEVER, moments - submitted)


def is_due(group: Group, cohort: Cohort) -> Flags:
    """Tell of each item whether the moment by which we wanted it gone has passed."""
    return cohort.takedowns.target_at[cohort.items.takedown] <= group.until


def gone_by_target(group: Group, cohort: Cohort) -> Flags:
    """Tell of each item whether it is gone, and was by its target."""
    target = cohort.takedowns.target_at[cohort.items.takedown]
    is_gone = stand(cohort, Standing.GONE) & (cohort.items.ended_at <= target)
    return is_due(group, cohort) & is_gone


def answered_by_target(group: Group, cohort: Cohort) -> Flags:
    """Tell of each item whether it was decided about, or gone, by its target."""
    target = cohort.takedowns.target_at[cohort.items.takedown]
    is_decided = cohort.items.first_decided_at <= target
    return is_due(group, cohort) & is_decided | gone_by_target(group, cohort)


def is_as_old_as(age: int, group: Group, cohort: Cohort) -> Flags:
    """Tell of each takedown whether it was submitted so long ago, or longer."""
    return cohort.takedowns.submitted_at <= group.until - age


def receipt_at(cohort: Cohort) -> Ints:
    """When each takedown's receipt came, before it was withdrawn if it was."""
    return _before_withdrawal(cohort, cohort.takedowns.receipt_at)


def answered_at(cohort: Cohort) -> Ints:
    """When each takedown was first answered, before it was withdrawn if it was."""
    return _before_withdrawal(cohort, cohort.takedowns.answered_at)


def first_of_items(cohort: Cohort, moments: Ints) -> Ints:
    """Return the earliest moment of each takedown's items."""
    first: Ints = np.minimum.reduceat(moments, cohort.first_items)
    return first


def was_withdrawn_from(group: Group, cohort: Cohort) -> Flags:
    """Tell of each takedown whether an item of it was withdrawn that was asked for, gone or not."""
    asked = group.asked
    withdrawn = (asked.items.withdrawn_at != NEVER) & (asked.items.stands != NONE)
    return np.isin(cohort.takedowns.id, asked.takedowns.id[asked.items.takedown[withdrawn]])


def dsa_decided_at(cohort: Cohort) -> Ints:
    """When the first item of each takedown was decided about or seen gone."""
    items = cohort.items
    return first_of_items(cohort, np.minimum(items.first_decided_at, items.seen_gone_first_at))


def dsa_acted_at(cohort: Cohort) -> Ints:
    """When the platform first acted on each takedown, or an item was first seen gone."""
    return first_of_items(cohort, cohort.items.acted_at)


def _before_withdrawal(cohort: Cohort, moments: Ints) -> Ints:
    return np.where(moments <= clocks.withdrawn_at(cohort), moments, NEVER)
