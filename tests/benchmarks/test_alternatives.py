"""Those set beside the tracker have a fair trial: their figures are reckoned rightly."""

import json
from datetime import datetime, timedelta
from math import inf
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from benchmarks.alternatives import fir
from benchmarks.alternatives.rows import FIRST, Row, at_share, medians_of, notice_of

ZONE = ZoneInfo("Europe/Brussels")
URL = "https://www.tiktok.com/p/C1/"


def at(hours: float, gone: float | None) -> Row:
    midnight = datetime.combine(FIRST, datetime.min.time(), ZONE)
    return Row(URL, "tiktok", (midnight + timedelta(hours=hours)).isoformat(), gone)


def fir_holding(rows: list[Row]) -> SimpleNamespace:
    kept = [fir.incident_of(row, ZONE) for row in rows]
    told = [
        {
            "date": one["opened"],
            "status": "Closed" if one["ended"] else "Open",
            "last_comment_date": one["ended"] or one["opened"],
            "concerned_business_lines": [one["platform"]],
        }
        for one in kept
    ]
    return SimpleNamespace(call=lambda _: json.dumps({"results": told}))


def test_a_median_by_hand_is_the_hour_by_which_half_are_gone_open_ones_last() -> None:
    rows = [at(1, 5.0), at(2, None), at(3, 7.0), at(4, None), at(-1, 1.0)]

    assert medians_of(rows, ZONE) == {"tiktok": 7.0}
    assert at_share([1.0, inf, 2.0, 3.0], 0.9) == inf


def test_from_the_incidents_of_fir_a_client_reckons_the_same() -> None:
    rows = [at(1, 5.0), at(2, None), at(3, 7.0)]
    ends = fir.ends_of(fir_holding(rows), datetime.now(ZONE), ZONE)

    assert {platform: at_share(each, 0.5) for platform, each in ends.items()} == medians_of(
        rows, ZONE
    )


def test_what_ended_after_the_moment_asked_for_is_open_then() -> None:
    rows = [at(1, 5.0), at(2, 50.0)]
    then = datetime.combine(FIRST, datetime.min.time(), ZONE) + timedelta(hours=20)

    assert fir.ends_of(fir_holding(rows), then, ZONE) == {"tiktok": [5.0, inf]}


def test_fir_is_given_the_link_its_host_and_the_text_of_the_notice() -> None:
    told = fir.incident_of(at(0, 2.0), ZONE)

    assert told["host"] == "www.tiktok.com"
    assert told["description"] == notice_of(URL)
    assert told["ended"] == f"{FIRST}T02:00:00"
