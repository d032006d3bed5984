"""Where one submitted item stands, and when what happened to it happened.

Readings taken where the text leaves room:
- "Later" and "after" follow the order of the replay: at one moment, the higher number is later.
- "At or before submission" and "looks up to the submission" go by the moment alone.
- "Within 24 h" includes the 24th hour, before the submission and after it.
- "Shows it live" is a live look; a refusal does not show an item live.
- The unbroken run is made of refusals and restrictions of any kind, `other` passed over; a live
  look that contradicts a geo-block does not break it, a claim of removal does.
- The first withdrawal that covers an item withdraws it.
- "Was gone" of came back is a gone look after the submission; a broken claim is open.
"""

from datetime import datetime, timedelta

from tests.metrics.oracle_2026_2.timeline import Event, Takedown

REMOVALS = ("removed", "disabled", "account_suspended", "account_terminated")
RESTRICTIONS = ("geo_restricted", "age_restricted", "demoted", "labelled", "interaction_restricted")
DAY = timedelta(hours=24)


class Item:
    """One item of a submitted takedown; nothing after its withdrawal is seen here."""

    def __init__(self, takedown: Takedown, number: int) -> None:
        self.takedown, self.number = takedown, number
        self.submitted_at: datetime = takedown.submitted.at
        withdrawals = takedown.about(number, "withdrawn")
        self.withdrawal = withdrawals[0] if withdrawals else None
        self.was_asked_for = not (
            self.withdrawal and takedown.is_before_submission(self.withdrawal)
        )
        self.decisions = self._heard("decided")
        self.looks = [e for e in self._heard("seen") if e.data["availability"] != "unknown"]
        self.live_looks = [e for e in self.looks if e.data["availability"] == "live"]
        self.gone_looks = [
            e for e in self.looks if e.data["availability"] == "gone" and e.at > self.submitted_at
        ]
        self.was_already_gone = self._was_already_gone()
        self.standing_removals = [e for e in self._removals() if not self._contradicted(e)]

    def _heard(self, kind: str) -> list[Event]:
        end = self.withdrawal
        events = self.takedown.about(self.number, kind)
        return [e for e in events if end is None or e.place < end.place]

    def _was_already_gone(self) -> bool:
        before = [e for e in self.looks if e.at <= self.submitted_at]
        later_live = [e for e in self.live_looks if e.at > self.submitted_at]
        if before and before[-1].data["availability"] == "gone" and not later_live:
            return True
        recent_live = [e for e in self.live_looks if e.at >= self.submitted_at - DAY]
        return (
            bool(self.decisions)
            and all(e.data["outcome"] == "already_gone" for e in self.decisions)
            and self.decisions[0].at <= self.submitted_at + DAY
            and not recent_live
        )

    def _removals(self) -> list[Event]:
        """Every statement that the item is gone, in order."""
        said = [e for e in self.decisions if e.data["outcome"] in (*REMOVALS, "already_gone")]
        return sorted([*said, *self.gone_looks], key=lambda e: e.place)

    def _contradicted(self, statement: Event) -> bool:
        against = list(self.live_looks)
        if statement.kind == "decided":
            against += [
                e for e in self.decisions if e.data["outcome"] in ("refused", *RESTRICTIONS)
            ]
        return any(e.place > statement.place for e in against)

    @property
    def gone(self) -> Event | None:
        return self.standing_removals[0] if self.standing_removals else None

    @property
    def gone_at(self) -> datetime | None:
        return self.gone.at if self.gone else None

    @property
    def first_gone_look(self) -> datetime | None:
        return self.gone_looks[0].at if self.gone_looks else None

    @property
    def telling_decisions(self) -> list[Event]:
        """`other` says nothing about availability."""
        return [e for e in self.decisions if e.data["outcome"] != "other"]

    @property
    def last_outcome(self) -> str | None:
        return self.telling_decisions[-1].data["outcome"] if self.telling_decisions else None

    def _restriction_holds(self) -> bool:
        last = self.telling_decisions[-1]
        if last.data["outcome"] != "geo_restricted":
            return True
        scope = last.data.get("scope") or []
        return not any(
            look.place > last.place and (not scope or look.data.get("vantage") in scope)
            for look in self.live_looks
        )

    @property
    def stands(self) -> str:
        """The one of the six at which the item stands; not asked of what was already gone."""
        last = self.last_outcome
        if self.gone:
            return "gone"
        if any(live.place > gone.place for gone in self.gone_looks for live in self.live_looks):
            return "came_back"
        if last == "refused":
            return "refused"
        if last in RESTRICTIONS and self._restriction_holds():
            return "restricted"
        return "withdrawn" if self.withdrawal else "open"

    @property
    def settled_at(self) -> datetime:
        """The first decision of the run of refusals and restrictions that ends the decisions."""
        run = []
        for decision in reversed(self.telling_decisions):
            if decision.data["outcome"] not in ("refused", *RESTRICTIONS):
                break
            run.append(decision)
        return run[-1].at

    @property
    def is_claimed_removed_still_up(self) -> bool:
        if self.stands not in ("open", "came_back"):
            return False
        if self.last_outcome not in (*REMOVALS, "already_gone"):
            return False
        last = self.telling_decisions[-1]
        return any(look.place > last.place for look in self.live_looks)

    @property
    def rests_on(self) -> str:
        kinds = {e.kind for e in self.standing_removals}
        if kinds == {"decided", "seen"}:
            return "said_and_seen"
        return "said_only" if kinds == {"decided"} else "seen_only"

    @property
    def earliest_gone_at(self) -> datetime:
        """Where a look found it gone: just after the last live look, or the submission."""
        if self.gone.kind == "decided":
            return self.gone.at
        before = [e.at for e in self.live_looks if e.place < self.gone.place]
        return max([self.submitted_at, *before])
