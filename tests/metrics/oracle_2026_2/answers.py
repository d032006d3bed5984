"""The answers of `GET /metrics/response-times` and `/metrics/curve`, and the rows behind them.

Readings taken where the text leaves room:
- Groups come by key; `clock_behind` is always told.
- An item's target has passed when its moment is at or before the end of the answer.
- A receipt, or an answer, after the takedown was withdrawn counts in no share.
- `refused_of_decided`, both DSA-style medians, complaints and own quality take in takedowns
  without a reply expected too: the first shares its numerator with `stands`, and none of them is
  among the receipt, answer, decision and silence figures.
- A complaint that names no item is about every item of the takedown; any later decision, `other`
  included, answers it.
- "Ever recorded" looks at everything that stands in the book at `as_of`, whatever is asked, for
  each code apart.
- Questions and returns of a notice count about whichever item they were told, until `as_of`.
- Of the two bounds the later is the median of time to gone itself.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.metrics.oracle_2026_2 import clocks, numbers
from tests.metrics.oracle_2026_2.cohort import Asked, Group, known, whole
from tests.metrics.oracle_2026_2.cohort import groups as groups_of
from tests.metrics.oracle_2026_2.curves import clock_json, steps_json
from tests.metrics.oracle_2026_2.items import REMOVALS, Item
from tests.metrics.oracle_2026_2.timeline import Event, Takedown, Timeline, microseconds

STANDS = ("gone", "came_back", "refused", "restricted", "withdrawn", "open")


def answer(timelines: list[Timeline], question: dict[str, Any]) -> dict[str, Any]:
    """`GET /metrics/response-times` without labels and published figures."""
    asked = Asked(question)
    takedowns = known(timelines, asked)
    codes = {_returned_as(e) for t in takedowns for e in t.events}
    return {
        "as_of": _stamp(asked.as_of),
        "from": asked.first and asked.first.isoformat(),
        "to": asked.after and asked.after.isoformat(),
        "definition": "2026-2",
        "clock_behind": asked.clock < asked.as_of,
        "groups": [_group(group, codes) for group in groups_of(takedowns, asked)],
    }


def curve(timelines: list[Timeline], question: dict[str, Any], clock: str) -> dict[str, Any]:
    """`GET /metrics/curve`."""
    asked = Asked(question)
    found = clocks.CLOCKS[clock](whole(known(timelines, asked), asked)).curve
    return {
        "clock": clock,
        "n": len(found.observations),
        "takedowns": len(found.takedowns),
        "small": len(found.takedowns) < numbers.ENOUGH,
        "steps": steps_json(found),
    }


def rows(timelines: list[Timeline], question: dict[str, Any], figure: str) -> set[tuple[str, int]]:
    """The (reference, item) behind a value of `stands`, or one of the counts of items."""
    asked = Asked(question)
    group = whole(known(timelines, asked), asked)
    if figure in STANDS:
        found = [i for i in group.items if i.stands == figure]
    elif figure == "claimed_removed_still_up":
        found = [i for i in group.items if i.is_claimed_removed_still_up]
    elif figure == "already_gone":
        found = [i for r in group.submitted for i in r.already_gone]
    else:
        found = {
            "items": group.items,
            "court_ordered": [i for r in group.submitted for i in r.court_ordered],
        }[figure]
    return {(i.takedown.reference, i.number) for i in found}


def _group(group: Group, codes: set[str | None]) -> dict[str, Any]:
    return (
        {"key": group.key}
        | _counts(group)
        | {name: _clock(watch(group)) for name, watch in clocks.CLOCKS.items()}
        | _what_removals_rest_on(group)
        | {"dsa_style": _dsa_style(group)}
        | _shares_of_takedowns(group)
        | _shares_of_items(group)
        | {"complaints": _complaints(group), "own_quality": _own_quality(group, codes)}
    )


def _counts(group: Group) -> dict[str, Any]:
    open_items = [i for i in group.items if i.stands == "open"]
    holders = {i.takedown.reference for i in open_items}
    oldest = None
    if len(holders) >= numbers.ENOUGH:
        waits = [microseconds(i.submitted_at, group.end) for i in open_items]
        oldest = numbers.hours(max(0, *waits))
    return {
        "takedowns": len(group.requests),
        "items": len(group.items),
        "imported": sum(r.takedown.imported is not None for r in group.requests),
        "excluded": {
            "already_gone": sum(len(r.already_gone) for r in group.submitted),
            "court_ordered": sum(len(r.court_ordered) for r in group.submitted),
            "no_reply_expected": len(group.requests) - len(group.replying),
        },
        "stands": {name: sum(i.stands == name for i in group.items) for name in STANDS},
        "claimed_removed_still_up": sum(i.is_claimed_removed_still_up for i in group.items),
        "oldest_open_hours": oldest,
    }


def _clock(watch: clocks.Watch) -> dict[str, Any]:
    return clock_json(watch.curve, watch.unknown_start, watch.not_recorded)


def _what_removals_rest_on(group: Group) -> dict[str, Any]:
    gone = [i for i in group.items if i.stands == "gone"]
    kinds = ("said_and_seen", "said_only", "seen_only")
    earliest, latest = clocks.of_items_at_the_earliest(group), clocks.of_items(group)
    return {
        "removal_rests_on": {kind: sum(i.rests_on == kind for i in gone) for kind in kinds},
        "gone_bounds": {
            "earliest_median_hours": _clock(earliest)["median_hours"],
            "latest_median_hours": _clock(latest)["median_hours"],
        },
    }


def _dsa_style(group: Group) -> dict[str, Any]:
    idle = ("refused", "already_gone", "other")
    acted, decided = [], []
    for request in group.requests:
        actions, decisions = [], []
        for item in request.items:
            seen = [item.first_gone_look] if item.first_gone_look else []
            actions += seen + [e.at for e in item.decisions if e.data["outcome"] not in idle]
            decisions += seen + [e.at for e in item.decisions]
        acted += [microseconds(request.submitted_at, min(actions))] if actions else []
        decided += [microseconds(request.submitted_at, min(decisions))] if decisions else []
    return {
        name: {"median_hours": numbers.plain_median(found, len(found)), "n": len(found)}
        for name, found in (("acted", acted), ("decided", decided))
    }


def _shares_of_takedowns(group: Group) -> dict[str, Any]:
    day, week = timedelta(hours=24), timedelta(days=7)
    receipts = [
        (r.reference, r.receipt is not None and r.receipt.at <= r.submitted_at + day)
        for r in group.replying
        if not r.takedown.lacks("receipt_at") and r.submitted_at + day <= group.end
    ]
    silent = [
        (r.reference, r.answer is None)
        for r in group.replying
        if r.submitted_at + week <= group.end
    ]
    return {
        "receipt_within_24h": numbers.share_of_takedowns(receipts),
        "silent_after_7d": numbers.share_of_takedowns(silent),
    }


def _shares_of_items(group: Group) -> dict[str, Any]:
    by_target = [i for i in group.items if _target_passed(i, group.end)]
    return {
        "gone_by_target": _share(by_target, lambda i: _is_by_target(i, i.gone_at)),
        "answered_by_target": _share(
            [i for i in by_target if i.takedown.is_reply_expected],
            lambda i: any(_is_by_target(i, at) for at in (i.gone_at, *_decided_at(i))),
        ),
        "refused_of_decided": _share(
            [i for i in group.items if i.decisions], lambda i: i.stands == "refused"
        ),
        "came_back_of_gone": _share(
            [i for i in group.items if i.stands in ("gone", "came_back")],
            lambda i: i.stands == "came_back",
        ),
    }


def _share(items: list[Item], is_counted: Any) -> dict[str, Any]:
    return numbers.share_of([(i.takedown.reference, is_counted(i)) for i in items])


def _target_passed(item: Item, end: datetime) -> bool:
    target = item.takedown.target
    return target is not None and target <= end


def _is_by_target(item: Item, at: datetime | None) -> bool:
    return at is not None and at <= item.takedown.target


def _decided_at(item: Item) -> list[datetime]:
    return [e.at for e in item.decisions]


def _complaints(group: Group) -> dict[str, Any]:
    fates, waits, answered = [], [], set()
    for takedown in (r.takedown for r in group.requests):
        for complaint in takedown.of("complained"):
            named = complaint.items or takedown.items
            later = [
                e
                for e in takedown.of("decided")
                if e.place > complaint.place and any(e.is_about(n) for n in named)
            ]
            is_upheld = any(e.data["outcome"] in REMOVALS for e in later)
            fates.append("upheld" if is_upheld else "refused" if later else "open")
            if later:
                waits.append(microseconds(complaint.at, later[0].at))
                answered.add(takedown.reference)
    counts = {fate: fates.count(fate) for fate in ("upheld", "refused", "open")}
    median = numbers.plain_median(waits, len(answered))
    return {"made": len(fates)} | counts | {"median_hours": median}


def _own_quality(group: Group, codes: set[str | None]) -> dict[str, Any]:
    def returned(code: str) -> int | None:
        if code not in codes:
            return None
        return sum(any(_returned_as(e) == code for e in t.events) for t in takedowns)

    takedowns = [r.takedown for r in group.requests]
    return {
        "notices": len(takedowns),
        "refused": sum(any(i.stands == "refused" for i in r.items) for r in group.requests),
        "information_asked": sum(bool(t.of("information_requested")) for t in takedowns),
        "wrong_channel": returned("wrong_channel"),
        "duplicates": returned("duplicate"),
        "withdrawn_after_submission": sum(_is_withdrawn_after(t) for t in takedowns),
    }


def _returned_as(event: Event) -> str | None:
    return event.data.get("returned_as")


def _is_withdrawn_after(takedown: Takedown) -> bool:
    return any(not takedown.is_before_submission(e) for e in takedown.of("withdrawn"))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
