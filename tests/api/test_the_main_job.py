"""The product's main job, end to end over the API: paste, notice, submit, answer, measure."""

import pytest

from tests.api_client import ApiClient
from tests.factories import EIGHT_LINKS, ManualClock

EIGHT = {"discord", "facebook", "google", "instagram", "snapchat", "tiktok", "x", "youtube"}


@pytest.fixture
def pasted() -> dict[str, object]:
    return {
        "case_ref": "CASE-1",
        "category": "csam_ai",
        "explanation": "Assessed by a trained analyst as AI-made abuse material.",
        "text": "Gekregen van de melder:\n" + "\n".join(EIGHT_LINKS),
    }


def test_a_message_with_links_to_all_eight_platforms_becomes_eight_ready_notices(
    api: ApiClient, pasted: dict[str, object]
) -> None:
    answer = api.post("/intakes", pasted)

    assert {takedown["platform"] for takedown in answer["takedowns"]} == EIGHT
    assert answer["duplicates"] == []
    assert [t["missing"] for t in answer["takedowns"]] == [[]] * 8
    for takedown in answer["takedowns"]:
        notice = api.get(f"/takedowns/{takedown['reference']}/notice")
        assert notice["ready"] is True
        assert takedown["items"][0]["url"] in notice["body"]


def test_the_same_message_again_shows_eight_duplicates(
    api: ApiClient, pasted: dict[str, object]
) -> None:
    first = api.post("/intakes", pasted)

    again = api.post("/intakes", pasted)

    assert again["takedowns"] == []
    assert {d["reference"] for d in again["duplicates"]} == {
        t["reference"] for t in first["takedowns"]
    }
    assert [d["index"] for d in again["duplicates"]] == list(range(8))


def test_a_dry_run_shows_the_same_and_stores_nothing(
    api: ApiClient, pasted: dict[str, object]
) -> None:
    shown = api.post("/intakes?dry_run=true", pasted, status=200)

    assert len(shown["takedowns"]) == 8
    assert api.get("/takedowns")["data"] == []


def test_submitted_and_answered_takedowns_are_measured(
    api: ApiClient, clock: ManualClock, pasted: dict[str, object]
) -> None:
    takedowns = api.post("/intakes", pasted)["takedowns"]
    for takedown in takedowns:
        clock.advance(0.5)
        submitted = api.post(
            f"/takedowns/{takedown['reference']}/submission", {"how": "form", "no_ticket": True}
        )
        assert (submitted["stage"], submitted["whose_turn"]) == ("submitted", "platform")
    clock.advance(4)
    for takedown in takedowns:
        events = f"/takedowns/{takedown['reference']}/events"
        api.post(events, {"kind": "decided", "outcome": "removed", "ground": "law"})
        clock.advance(1)
        api.post(events, {"kind": "seen", "availability": "gone", "vantage": "BE"})

    times = api.get("/metrics/response-times")

    assert {group["key"]: group["gone"]["events"] for group in times["groups"]} == dict.fromkeys(
        EIGHT, 1
    )
    assert {t["stage"] for t in api.get("/takedowns")["data"]} == {"closed"}
