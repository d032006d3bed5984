"""Ways in which figures flatter, hide or overstate, each with the story in which they do not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.context import Context
from app.kit.clock import stamp
from app.metrics import cohort_reading
from app.metrics.counting import group_of
from app.metrics.figures import counts_of
from app.metrics.periods import Period
from app.metrics.questions import Question, micros_of
from tests import imported_rows
from tests.api.factories import logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import START, ManualClock

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)

MANY = 12
LINKS = {
    "tiktok": "https://www.tiktok.com/@zz.fixture/video/73123456789012{:05}",
    "facebook": "https://www.facebook.com/reel/1234567890{:05}",
}


def send(
    api: ApiClient, count: int, platform: str = "tiktok", items: int = 1, **facts: Any
) -> list[str]:
    """Submit so many requests at once."""
    begin = api.get("/integrity/head")["number"] * 10
    return [
        submitted(
            api,
            urls=[LINKS[platform].format(begin + n * items + i) for i in range(items)],
            include_identity=True,
            **facts,
        )
        for n in range(count)
    ]


def tell(api: ApiClient, references: list[str], kind: str, **data: Any) -> None:
    """Let the same happen to all of them."""
    for reference in references:
        record(api, reference, kind, **data)


def figures(api: ApiClient, query: str = "") -> Any:
    """The figures of all there is."""
    [group] = api.get(f"/metrics/response-times?by=all{query}")["groups"]
    return group


def share_by(group: Any, hours: int) -> float:
    share: float = group["gone"]["share_by"][str(hours)]["share"]
    return share


def test_giving_up_does_not_flatter(api: ApiClient, clock: ManualClock) -> None:
    """Half is gone after two hours. Then we withdraw the other half: it is no 100 %."""
    references = send(api, MANY)
    clock.advance(2)
    tell(api, references[:6], "decided", outcome="removed")
    clock.advance(30)
    before = figures(api)

    tell(api, references[6:], "withdrawn", reason="Too much else to do.")
    clock.advance(500)
    after = figures(api)

    assert share_by(before, 24) == share_by(after, 24) == 0.5
    assert share_by(after, 168) == 0.5
    assert (after["items"], after["stands"]["gone"], after["stands"]["withdrawn"]) == (12, 6, 6)
    assert (after["gone"]["n"], after["gone"]["competing"]) == (12, 6)
    assert after["silent_after_7d"]["numerator"] == 6


def test_an_answer_to_a_reminder_does_not_erase_a_removal(
    api: ApiClient, clock: ManualClock
) -> None:
    """Told again, the platform says that it was gone already, or something else: so it was."""
    references = send(api, MANY)
    clock.advance(5)
    tell(api, references, "decided", outcome="removed")
    clock.advance(25)
    tell(api, references, "reminded", text="Is it?")
    tell(api, references[:6], "decided", outcome="already_gone")
    tell(api, references[6:], "decided", outcome="other")

    group = figures(api)

    assert (group["stands"]["gone"], group["excluded"]["already_gone"]) == (12, 0)
    assert group["gone"]["median_hours"] == 5


def test_a_month_of_silence_is_not_erased_by_already_gone(
    api: ApiClient, clock: ManualClock
) -> None:
    references = send(api, MANY)
    clock.advance(720)
    tell(api, references, "decided", outcome="already_gone")

    group = figures(api)

    assert (group["items"], group["excluded"]["already_gone"]) == (12, 0)
    assert group["gone"]["median_hours"] == 720


def test_all_of_twelve_is_a_hundred_percent_with_an_interval(
    api: ApiClient, clock: ManualClock
) -> None:
    references = send(api, MANY)
    clock.advance(3)
    tell(api, references, "decided", outcome="removed")

    found = figures(api)["gone"]["share_by"]["24"]

    # Wilson: 12 ÷ (12 + 1.96²)
    assert found == {"share": 1, "ci": [pytest.approx(0.7575, abs=5e-5), 1]}


def test_a_broken_geo_block_is_open(api: ApiClient, clock: ManualClock) -> None:
    """Blocked in Belgium, seen from Belgium: open. What is labelled is meant to be live."""
    blocked, elsewhere, labelled = send(api, 3)
    clock.advance(1)
    tell(api, [blocked, elsewhere], "decided", outcome="geo_restricted", scope=["BE"])
    record(api, labelled, "decided", outcome="labelled")
    clock.advance(1)
    tell(api, [blocked, labelled], "seen", availability="live", vantage="BE")
    record(api, elsewhere, "seen", availability="live", vantage="NL")

    group = figures(api)

    assert (group["stands"]["open"], group["stands"]["restricted"]) == (1, 2)
    assert (group["gone"]["censored"], group["gone"]["competing"]) == (1, 2)


def test_refusing_in_an_hour_keeps_no_target(api: ApiClient, clock: ManualClock) -> None:
    references = send(api, MANY)
    clock.advance(1)
    tell(api, references, "decided", outcome="refused")
    clock.advance(100)

    group = figures(api)

    assert (group["gone_by_target"]["share"], group["answered_by_target"]["share"]) == (0, 1)
    assert share_by(group, 24) == 0


def test_a_broken_claim_keeps_no_target(api: ApiClient, clock: ManualClock) -> None:
    references = send(api, MANY)
    clock.advance(1)
    tell(api, references, "decided", outcome="removed")
    clock.advance(1)
    tell(api, references, "seen", availability="live")
    clock.advance(100)

    group = figures(api)

    assert (group["gone_by_target"]["share"], group["answered_by_target"]["share"]) == (0, 1)
    assert (group["claimed_removed_still_up"], group["stands"]["open"]) == (12, 12)


def test_a_backdated_log_has_no_handling_time(api: ApiClient, clock: ManualClock) -> None:
    """Sent on Monday, logged on Thursday: nobody knows how long it took us, and it was not 0."""
    clock.advance(72)
    for number in range(MANY):
        reference = logged(api, urls=[LINKS["tiktok"].format(number)])["reference"]
        body = {"how": "form", "no_ticket": True, "happened_at": stamp(START)}
        api.post(f"/takedowns/{reference}/submission", body)

    handling = figures(api)["handling"]

    assert (handling["n"], handling["unknown_start"], handling["median_hours"]) == (0, 12, None)


def test_a_mix_of_categories_makes_no_false_difference(api: ApiClient, clock: ManualClock) -> None:
    """Both are quick with one kind and never remove the other; one is asked more of the quick."""
    mix = {"tiktok": {"csam": 12, "ncii_adult": 3}, "facebook": {"csam": 3, "ncii_adult": 12}}
    quick = [
        reference
        for platform, kinds in mix.items()
        for category, count in kinds.items()
        for reference in send(api, count, platform, category=category)
        if category == "csam"
    ]
    clock.advance(1)
    tell(api, quick, "decided", outcome="removed")
    clock.advance(200)

    crude = api.get("/metrics/response-times?by=platform")["groups"]
    compared = api.get("/metrics/comparison")["platforms"]

    assert {group["key"]: share_by(group, 168) for group in crude} == {
        "tiktok": pytest.approx(0.8),
        "facebook": pytest.approx(0.2),
    }
    assert [one["difference_7d"]["value"] for one in compared] == pytest.approx([0, 0])
    assert {one["verdict"] for one in compared} == {"not_told_apart"}


def test_a_running_year_is_compared_with_the_same_part_of_the_last(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    """Of last February half was gone by the first of March, as now; the rest took until autumn."""
    zone = ZoneInfo("Europe/Brussels")
    answered: dict[int, list[str]] = {}
    for year in (2025, 2026):
        clock.now = datetime(year, 2, 2, 9, tzinfo=UTC)
        answered[year] = send(api, MANY)
        if year == 2025:
            clock.now = datetime(year, 9, 1, tzinfo=UTC)
            tell(api, answered[year][6:], "decided", outcome="removed")
        else:
            clock.now = datetime(year, 2, 20, tzinfo=UTC)
            tell(api, answered[year][:6], "decided", outcome="removed")
    # When it was entered does not matter: that of last year was entered this year.
    happened_at = stamp(datetime(2025, 2, 20, tzinfo=UTC))
    tell(api, answered[2025][:6], "decided", outcome="removed", happened_at=happened_at)
    clock.now = datetime(2026, 3, 1, tzinfo=UTC)

    def counted(year: int, happened_by: datetime | None) -> dict[str, int]:
        question = Question(zone=zone, periods=(Period(date(year, 1, 1), date(year, 3, 1)),))
        cohort = cohort_reading.load(parts.database, question, clock.now, happened_by=happened_by)
        group = group_of(cohort, micros_of(happened_by or clock.now))
        return counts_of(("items", "gone", "open"), group)

    same_part = counted(2025, datetime(2025, 3, 1, tzinfo=UTC))

    assert same_part == counted(2026, None) == {"items": 12, "gone": 6, "open": 6}
    assert counted(2025, None) == {"items": 12, "gone": 12, "open": 0}


def test_items_of_a_mixed_request_are_counted_apart(api: ApiClient, clock: ManualClock) -> None:
    """Of three locations one is removed, one refused, and of one nothing is said."""
    references = send(api, MANY, items=3)
    clock.advance(2)
    tell(api, references, "decided", outcome="removed", items=[1])
    clock.advance(1)
    tell(api, references, "decided", outcome="refused", items=[2])
    clock.advance(40)

    group = figures(api)

    assert (group["takedowns"], group["items"]) == (12, 36)
    assert (group["gone"]["n"], group["gone"]["takedowns"]) == (36, 12)
    stands = {name: count for name, count in group["stands"].items() if count}
    assert stands == {"gone": 12, "refused": 12, "open": 12}
    assert share_by(group, 24) == pytest.approx(1 / 3)
    assert group["refused_of_decided"]["share"] == 0.5
    assert group["gone_by_target"]["share"] == pytest.approx(1 / 3)
    assert group["answered_by_target"]["share"] == pytest.approx(2 / 3)
    assert group["dsa_style"]["acted"] == {"median_hours": 2, "n": 12}


def test_a_message_that_decides_all_of_a_request_makes_no_interval_narrower(
    api: ApiClient, clock: ManualClock
) -> None:
    """Three items that always share their fate say no more than one."""
    found = []
    for items, category in ((1, "csam"), (3, "ncii_adult")):
        references = send(api, MANY, items=items, category=category)
        clock.advance(2)
        tell(api, references[:6], "decided", outcome="removed")
        clock.advance(40)
        group = figures(api, f"&category={category}")
        found.append((group["gone"]["share_by"]["24"], group["gone_by_target"]["ci"]))

    [(curve, target), (curve_of_three, target_of_three)] = found
    assert curve_of_three["ci"] == pytest.approx(curve["ci"])
    assert target_of_three == pytest.approx(target, abs=0.02)


def test_imported_history_is_marked_and_never_scored_as_failure(
    api: ApiClient, clock: ManualClock, parts: Context, tmp_path: Path
) -> None:
    """The old file had no column for a receipt, nor for the report: nobody can tell."""
    rows = [
        {
            "case_ref": "CASE-OLD",
            "category": "csam",
            "explanation": "Assessed.",
            "url": LINKS["tiktok"].format(number),
            "include_identity": "yes",
            "submitted_at": stamp(START - timedelta(days=30)),
            "decided_at": stamp(START - timedelta(days=29)) if number < 8 else "",
            "outcome": "removed" if number < 8 else "",
        }
        for number in range(MANY)
    ]
    done = imported_rows.bring_in(parts.database, parts.workspace, rows, path=tmp_path / "old.csv")
    assert {one.outcome for one in done} == {"logged"}

    group = figures(api)

    assert (group["takedowns"], group["imported"]) == (12, 12)
    assert (group["receipt"]["n"], group["receipt"]["not_recorded"]) == (0, 12)
    assert group["receipt_within_24h"]["denominator"] == 0
    handling = group["handling"]
    assert (handling["n"], handling["not_recorded"], handling["unknown_start"]) == (0, 12, 0)
    assert group["report_to_gone"]["not_recorded"] == 12
    # An empty cell of a column that was there means that it did not happen.
    assert (group["stands"]["gone"], group["stands"]["open"]) == (8, 4)
    assert (group["answer"]["events"], group["answer"]["censored"]) == (8, 4)
    assert api.get("/metrics/response-times?imported=exclude")["groups"] == []


def test_a_clock_that_ran_ahead_makes_nothing_younger_than_nothing(
    api: ApiClient, clock: ManualClock
) -> None:
    """Half was sent while the clock stood two years ahead: nobody waited a negative time."""
    send(api, 6)
    clock.advance(24 * 730)
    send(api, 6)
    clock.now = START
    clock.advance(3)

    answer = api.get("/metrics/response-times?by=all")
    [group] = answer["groups"]

    assert answer["clock_behind"] is True
    assert (group["items"], group["stands"]["open"]) == (12, 12)
    assert (group["oldest_open_hours"], group["gone"]["follow_up_hours"]) == (3, 3)
    assert group["silent_after_7d"]["denominator"] == 0


def test_what_a_court_ordered_is_in_no_figure(api: ApiClient, clock: ManualClock) -> None:
    """Open or gone, it is never credited to a notice, nor held against a platform."""
    ordered = send(api, 2, court_order=True)
    references = send(api, MANY)
    clock.advance(2)
    tell(api, [*references, ordered[0]], "decided", outcome="removed")
    clock.advance(200)

    group = figures(api)

    assert group["excluded"]["court_ordered"] == 2
    assert (group["takedowns"], group["items"], group["stands"]["open"]) == (12, 12, 0)
    assert (group["gone"]["n"], group["decision"]["n"], group["handling"]["n"]) == (12, 12, 12)
    assert group["silent_after_7d"]["denominator"] == 12
    assert group["own_quality"]["notices"] == 12
