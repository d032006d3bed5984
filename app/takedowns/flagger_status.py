"""The trusted-flagger status (DSA Article 22): its award, its suspensions, its end.

Pure: the history in the order it was recorded, and a local day. One award of one coordinator
holds on every platform of the Union but those that do not honour it.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.kit.errors import Fault, Refused
from app.platforms import leaks
from app.schemas.vocabularies import StatusChange, StatusState

_LEADS_TO = {
    StatusChange.AWARDED: StatusState.HELD,
    StatusChange.SUSPENDED: StatusState.SUSPENDED,
    StatusChange.RESUMED: StatusState.HELD,
    StatusChange.REVOKED: StatusState.REVOKED,
}
_NOT_AWARDED = frozenset({StatusState.NEVER, StatusState.TO_COME, StatusState.ENDED})
AWARD = "takedown basis award COORDINATOR --from DATE"


class Change(NamedTuple):
    """One entry of the history, from a local day on; all but its kind and day is an award's.

    `until` is the first day on which the award no longer holds; no `categories` mean every one,
    `exceptions` are the platforms that do not honour it.
    """

    kind: StatusChange
    on: date
    coordinator: str = ""
    until: date | None = None
    decision: str = ""
    categories: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


class Standing(NamedTuple):
    """How the status stands on a day: since when, and under which award."""

    state: StatusState
    since: date | None = None
    award: Change | None = None


def standing(history: Sequence[Change], on: date) -> Standing:
    """Return how the status stands on a day.

    Of several awards the newest recorded that has begun counts; a suspension outlasts it.
    """
    found = Standing(StatusState.NEVER)
    for change in history:
        if change.on > on:
            if change.kind == StatusChange.AWARDED and found.state == StatusState.NEVER:
                found = Standing(StatusState.TO_COME, change.on, change)
        elif change.kind != StatusChange.AWARDED:
            found = found._replace(state=_LEADS_TO[change.kind], since=change.on)
        elif found.state == StatusState.SUSPENDED:
            found = found._replace(award=change)
        else:
            found = Standing(StatusState.HELD, change.on, change)
    until = found.award.until if found.award else None
    if found.state == StatusState.HELD and until is not None and until <= on:
        return found._replace(state=StatusState.ENDED, since=until)
    return found


def refuse_untimely(history: Sequence[Change], new: Change) -> None:
    """Raise Refused where an entry cannot follow what is recorded."""
    steps = [change for change in history if change.kind != StatusChange.AWARDED]
    if new.kind == StatusChange.AWARDED:
        _refuse_award(steps, new)
        return
    found = standing(history, new.on)
    if found.state in _NOT_AWARDED:
        raise _refused("not_awarded", f"no award is held on {new.on}: record it first ({AWARD})")
    if found.state == StatusState.REVOKED:
        mend = f"the status was revoked on {found.since}: only a new award gives it back ({AWARD})"
        raise _refused("status_revoked", mend)
    if steps and new.on < steps[-1].on:
        mend = f"the status was {steps[-1].kind} on {steps[-1].on}: give that day or a later one"
        raise _refused("before_last_change", mend)
    if new.kind == StatusChange.SUSPENDED and found.state == StatusState.SUSPENDED:
        raise _refused("status_suspended", f"the status is suspended since {found.since} already")
    if new.kind == StatusChange.RESUMED and found.state == StatusState.HELD:
        raise _refused("not_suspended", f"the status is not suspended on {new.on}")


def refuse_personal_data(new: Change) -> None:
    """Raise Refused where the authority's name tells more than a name: reports print it."""
    if leaks.holds_personal_data(new.coordinator):
        mend = "give the authority's name alone, without a telephone number or anybody's data"
        faults = [Fault("/coordinator", "personal_data", mend)]
        raise Refused("invalid_request", mend, faults)


def _refuse_award(steps: Sequence[Change], new: Change) -> None:
    if new.until is not None and new.until <= new.on:
        mend = f"an award that begins on {new.on} ends on a later day"
        raise Refused("ends_too_early", mend, [Fault("/until", "ends_too_early", mend)])
    revoked = [step.on for step in steps if step.kind == StatusChange.REVOKED]
    if revoked and new.on < revoked[-1]:
        mend = f"the status was revoked on {revoked[-1]}: a new award begins on that day or later"
        raise Refused("status_revoked", mend, [Fault("/from", "status_revoked", mend)])


def _refused(code: str, mend: str) -> Refused:
    return Refused(code, mend, [Fault("/on", code, mend)])
