"""The product's main job, end to end over the API: paste, notice, submit, answer, measure."""

import pytest

from tests.client import Caller
from tests.factories import EIGHT_LINKS, Hands

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
    call: Caller, pasted: dict[str, object]
) -> None:
    answer = call.post("/intakes", pasted)

    assert {takedown["platform"] for takedown in answer["takedowns"]} == EIGHT
    assert answer["duplicates"] == []
    assert [t["missing"] for t in answer["takedowns"]] == [[]] * 8
    for takedown in answer["takedowns"]:
        notice = call.get(f"/takedowns/{takedown['reference']}/notice")
        assert notice["ready"] is True
        assert takedown["items"][0]["url"] in notice["body"]


def test_the_same_message_again_shows_eight_duplicates(
    call: Caller, pasted: dict[str, object]
) -> None:
    first = call.post("/intakes", pasted)

    again = call.post("/intakes", pasted)

    assert again["takedowns"] == []
    assert {d["reference"] for d in again["duplicates"]} == {
        t["reference"] for t in first["takedowns"]
    }
    assert [d["index"] for d in again["duplicates"]] == list(range(8))


def test_a_dry_run_shows_the_same_and_stores_nothing(
    call: Caller, pasted: dict[str, object]
) -> None:
    shown = call.post("/intakes?dry_run=true", pasted, status=200)

    assert len(shown["takedowns"]) == 8
    assert call.get("/takedowns")["data"] == []


def test_submitted_and_answered_takedowns_are_measured(
    call: Caller, hands: Hands, pasted: dict[str, object]
) -> None:
    takedowns = call.post("/intakes", pasted)["takedowns"]
    for takedown in takedowns:
        hands.forward(0.5)
        submitted = call.post(
            f"/takedowns/{takedown['reference']}/submission", {"how": "form", "no_ticket": True}
        )
        assert (submitted["stage"], submitted["whose_turn"]) == ("submitted", "platform")
    hands.forward(4)
    for takedown in takedowns:
        events = f"/takedowns/{takedown['reference']}/events"
        call.post(events, {"kind": "decided", "outcome": "removed", "ground": "law"})
        hands.forward(1)
        call.post(events, {"kind": "seen", "availability": "gone", "vantage": "BE"})

    times = call.get("/metrics/response-times")

    assert {group["key"]: group["gone"]["events"] for group in times["groups"]} == dict.fromkeys(
        EIGHT, 1
    )
    assert {t["stage"] for t in call.get("/takedowns")["data"]} == {"closed"}
