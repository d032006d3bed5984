"""The trusted-flagger status (DSA Article 22): its award, its suspensions, its end.

Pure: the history in the order it was recorded, and a local day. One award of one coordinator
holds on every platform of the Union but those that do not honour it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from app.kit.errors import Fault, Refused

Kind = Literal["awarded", "suspended", "resumed", "revoked"]
State = Literal["never", "to_come", "held", "suspended", "revoked", "ended"]
AWARD = "takedown basis award COORDINATOR --from DATE"


class Change(NamedTuple):
    """One entry of the history, from a local day on; all but its kind and day is an award's.

    `until` is the first day on which the award no longer holds; no `categories` mean every one,
    `exceptions` are the platforms that do not honour it.
    """

    kind: Kind
    on: date
    coordinator: str = ""
    until: date | None = None
    decision: str = ""
    categories: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


class Standing(NamedTuple):
    """How the status stands on a day: since when, and under which award."""

    state: State
    since: date | None = None
    award: Change | None = None


def standing(history: Sequence[Change], on: date) -> Standing:
    """Return how the status stands on a day.

    Of several awards the newest recorded that has begun counts; a suspension outlasts it.
    """
    found = Standing("never")
    for change in history:
        if change.on > on:
            if change.kind == "awarded" and found.state == "never":
                found = Standing("to_come", change.on, change)
        elif change.kind != "awarded":
            state: State = "held" if change.kind == "resumed" else change.kind
            found = found._replace(state=state, since=change.on)
        elif found.state == "suspended":
            found = found._replace(award=change)
        else:
            found = Standing("held", change.on, change)
    until = found.award.until if found.award else None
    if found.state == "held" and until is not None and until <= on:
        return found._replace(state="ended", since=until)
    return found


def refuse_untimely(history: Sequence[Change], new: Change) -> None:
    """Raise Refused where an entry cannot follow what is recorded."""
    steps = [change for change in history if change.kind != "awarded"]
    if new.kind == "awarded":
        _refuse_award(steps, new)
        return
    found = standing(history, new.on)
    if found.state in ("never", "to_come", "ended"):
        raise _refused("not_awarded", f"no award is held on {new.on}: record it first ({AWARD})")
    if found.state == "revoked":
        mend = f"the status was revoked on {found.since}: only a new award gives it back ({AWARD})"
        raise _refused("status_revoked", mend)
    if steps and new.on < steps[-1].on:
        mend = f"the status was {steps[-1].kind} on {steps[-1].on}: give that day or a later one"
        raise _refused("before_last_change", mend)
    if new.kind == "suspended" and found.state == "suspended":
        raise _refused("status_suspended", f"the status is suspended since {found.since} already")
    if new.kind == "resumed" and found.state == "held":
        raise _refused("not_suspended", f"the status is not suspended on {new.on}")


def _refuse_award(steps: Sequence[Change], new: Change) -> None:
    if new.until is not None and new.until <= new.on:
        mend = f"an award that begins on {new.on} ends on a later day"
        raise Refused("ends_too_early", mend, [Fault("/until", "ends_too_early", mend)])
    revoked = [step.on for step in steps if step.kind == "revoked"]
    if revoked and new.on < revoked[-1]:
        mend = f"the status was revoked on {revoked[-1]}: a new award begins on that day or later"
        raise Refused("status_revoked", mend, [Fault("/from", "status_revoked", mend)])


def _refused(code: str, mend: str) -> Refused:
    return Refused(code, mend, [Fault("/on", code, mend)])
