"""What the rows of a takedown and its items say: the replayed state, written down.

Rows are a cache: everything here is recomputed and compared by `takedown verify`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from app.kit import canonical, steady_clock
from app.kit.clock import SKEW
from app.kit.database import Database, Unit
from app.takedowns import chain, clocks, facts, lifecycle, next_step, queries
from app.takedowns.lifecycle import Event, ReplayedItem, State
from app.takedowns.models import items, takedowns
from app.takedowns.queries import Stored

Missing = Sequence[Mapping[str, str]]
Columns = dict[str, object]

# What to do next, and when that changes by itself.
PHASE = ("whose_turn", "next_step", "due_at", "changes_at")
# By which rules a row was replayed: the definition of docs/definitions.md.
RULES = "2026-2"
_AT_ONCE = 1000
_WRITE = update(takedowns).where(takedowns.c.id == bindparam("row_id"))
_WRITE_ITEM = update(items).where(
    items.c.takedown_id == bindparam("row_id"), items.c.number == bindparam("row_number")
)


def write(
    unit: Unit, takedown_id: int, timeline: Sequence[Stored], *, missing: Missing, now: datetime
) -> State:
    """Replay a timeline and write down what it amounts to."""
    unit.steady.reading()  # so that a clock that goes back after this is seen to
    state = lifecycle.replay([entry.event for entry in timeline], check=False)
    columns = takedown_columns(state, timeline, missing, now=now)
    unit.connection.execute(_WRITE, columns | {"row_id": takedown_id})
    who = {entry.number: entry.by for entry in timeline}
    unit.connection.execute(
        _WRITE_ITEM,
        [
            item_columns(item, who) | {"row_id": takedown_id, "row_number": item.id}
            for item in state.items
        ],
    )
    return state


def takedown_columns(
    state: State, timeline: Sequence[Stored], missing: Missing, *, now: datetime
) -> Columns:
    """Return the columns of a takedown's row that come from its timeline."""
    return columns_of(state, [entry.event for entry in timeline], missing, now=now)


def columns_of(
    state: State, recorded: Sequence[Event], missing: Missing, *, now: datetime
) -> Columns:
    """Return the same of events that do not lie in the database yet."""
    lacking = list(missing) if state.stage in lifecycle.DRAFTS else []
    phase = next_step.phase(state, missing=bool(lacking), now=now)
    return (
        state_columns(state)
        | phase_columns(phase)
        | {
            "stage": state.stage,
            "missing": canonical.text([dict(entry) for entry in lacking]),
            "version": len(recorded),
            "created_at": recorded[0].recorded_at,
            "updated_at": recorded[-1].recorded_at,
            "replay_rules": RULES,
        }
    )


def state_columns(state: State) -> Columns:
    """Return the columns that hold facts and moments, which the figures read."""
    measures = state.measures._asdict()
    told = [[complaint.became, complaint.micros] for complaint in state.measures.complaints]
    return (
        fact_columns(state)
        | measures
        | {
            "complaints": canonical.text(told) if told else "",
            "logged_at": state.logged_at,
            "submitted_at": state.submitted_at,
            "receipt_at": state.receipt_at,
            "answered_at": state.answered_at,
            "decided_at": state.decided_at,
            "gone_at": state.gone_at,
            "closed_at": state.closed_at,
            "withdrawn_at": state.withdrawn_at,
            "target_at": clocks.removal_target(state),
            "reply_expected": state.reply_expected,
            "imported": state.imported,
        }
    )


def fact_columns(state: State) -> Columns:
    """Return the columns that hold the facts; those frozen in the submission win."""
    # What was logged by an earlier version tells of no conditions.
    values: Columns = {
        "conditions": (),
        **facts.read(state.facts),
        "product": state.product,
        "provider": state.provider,
        "category": state.category,
        "basis": state.basis,
    }
    if state.submission is not None:
        values["channel"] = state.submission.channel
        values["language"] = state.submission.language
    return values


def phase_columns(phase: next_step.Phase) -> Columns:
    """Return the columns that say what to do next, and when that changes by itself."""
    return {
        "whose_turn": phase.step.whose_turn,
        "next_step": phase.step.next_step,
        "due_at": phase.step.due_at,
        "changes_at": phase.changes_at,
    }


def item_columns(item: ReplayedItem, who: Mapping[int, str]) -> Columns:
    """Return the columns of an item's row that come from the timeline; `who` by event number."""
    says, saw = item.platform_says, item.we_saw
    return {
        "state": item.state,
        "outcome": says.outcome if says else None,
        "ground": says.ground if says else None,
        "said_at": says.at if says else None,
        "availability": saw.availability if saw else None,
        "seen_at": saw.at if saw else None,
        "seen_by": who.get(saw.number) if saw else None,
        "gone_at": item.gone_at,
        **item.measured._asdict(),
    }


def has_gone_back(unit: Unit) -> bool:
    """Tell whether rows may have been written by a later clock: at a start, or since."""
    if unit.steady.has_gone_back is None:
        newest = max(steady_clock.now(unit), chain.head(unit).at or unit.clock())
        unit.steady.has_gone_back = newest > unit.clock() + SKEW
    unit.steady.reading()
    return unit.steady.has_gone_back


def catch_up(database: Database) -> None:
    """Rewrite what the mere passing of time has changed since it was written.

    Time that a clock put back has taken back counts too: then whatever is under way is looked at.
    """
    with database.read() as unit:
        is_back = has_gone_back(unit)
        due = select(takedowns.c.id).where(queries.due_for_a_change(unit.clock())).limit(1)
        stale = unit.connection.scalar(due)
    if stale is None and not is_back:
        return
    with database.write() as unit:
        steady_clock.now(unit)  # kept with what is written by it
        now = unit.clock()
        wanted = queries.under_way() if is_back else queries.due_for_a_change(now)
        query = select(takedowns.c.id, *(takedowns.c[name] for name in PHASE)).where(wanted)
        found = [(row[0], row[1:]) for row in unit.connection.execute(query)]
        for start in range(0, len(found), _AT_ONCE):
            _rewrite_phases(unit, dict(found[start : start + _AT_ONCE]), now)
    if is_back:
        database.steady.has_gone_back = False


def _rewrite_phases(unit: Unit, phases: Mapping[int, Sequence[object]], now: datetime) -> None:
    """Rewrite those of these takedowns whose phase is another now than the columns PHASE say."""
    timelines = queries.events_of(unit, phases)
    for takedown_id, before in phases.items():
        state = lifecycle.replay([entry.event for entry in timelines[takedown_id]], check=False)
        found = phase_columns(next_step.phase(state, missing=False, now=now))
        if tuple(found[name] for name in PHASE) != tuple(before):
            unit.connection.execute(_WRITE, found | {"row_id": takedown_id})
