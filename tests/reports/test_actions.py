from datetime import datetime
from typing import Any

import pytest

from app.notices.filling import Workspace
from app.reports.actions import Asked, reading_of
from app.reports.counted import CountedRequest, counted_request
from app.schemas.vocabularies import Ground, Outcome
from app.takedowns.item_story import Decision, Story
from tests.takedowns.stories import hour, told


def counted(
    workspace: Workspace,
    story: str,
    *,
    items: int = 1,
    now: datetime | None = None,
    submission: dict[str, Any] | None = None,
    **facts: Any,
) -> CountedRequest:
    """Count a story as a report would, at the moment it stops at."""
    timeline = told(
        story,
        items=items,
        facts={"case_ref": "C-1", **facts},
        submission={"category": facts.get("category", "csam"), **(submission or {})},
    )
    found = counted_request(
        "TD-222222",
        timeline.events,
        as_of=now or timeline.now,
        catalogue=workspace.catalogue,
    )
    assert found
    return found


@pytest.mark.parametrize(
    ("story", "items", "action"),
    [
        ("decided account_terminated 5", 1, "account_action"),
        ("decided account_suspended 5 #1, decided removed 6 #2", 2, "removed"),
        ("decided removed 5 #1, decided disabled 6 #2", 2, "removed"),
        ("decided removed 5 #1, decided refused 6 #2", 2, "partly_removed"),
        ("decided removed 5 #1, now 6", 2, "partly_removed"),
        ("decided geo_restricted [BE] 5 #1, decided demoted 6 #2", 2, "blocked_in_countries"),
        ("decided labelled 5 #1, decided refused 6 #2", 2, "restricted_otherwise"),
        ("decided refused 5 #1, now 6", 2, "refused"),
        ("decided other 5", 1, "other"),
        ("decided refused 5, decided other 6", 1, "refused"),
        ("decided removed 5, seen live 7", 1, "removed"),
        ("decided removed 5, decided refused 10", 1, "refused"),
        ("decided already_gone 30", 1, "removed"),
        ("decided already_gone 5, seen live 7", 1, "removed"),
        ("decided already_gone 5", 1, "already_gone"),
        ("seen gone -1", 1, "already_gone"),
        ("seen gone -1 #1, decided refused 5 #2", 2, "refused"),
        ("seen gone 4", 1, "gone_without_a_word"),
        ("seen gone 4 #1, now 6", 2, "pending"),
        ("seen gone 4, seen live 5, now 6", 1, "pending"),
        ("seen gone 4, seen live 5, now 30", 1, "no_reaction"),
        ("receipt auto 1, now 24", 1, "no_reaction"),
        ("receipt auto 1, now 23.9", 1, "pending"),
        ("receipt 1, now 30", 1, "pending"),
        ("question 1, now 30", 1, "pending"),
        ("withdrawn 5, now 30", 1, "withdrawn"),
        ("withdrawn 25, now 30", 1, "no_reaction"),
        ("withdrawn 25, decided removed 26", 1, "no_reaction"),
        ("receipt 1, withdrawn 5, now 30", 1, "pending"),
        ("decided refused 1, withdrawn 5, now 30", 1, "refused"),
        ("withdrawn 5 #1, now 30", 2, "no_reaction"),
        ("withdrawn 5 #1, decided removed 6 #2", 2, "partly_removed"),
    ],
)
def test_a_notice_stands_in_the_first_line_that_fits(
    workspace: Workspace, story: str, items: int, action: str
) -> None:
    reading = counted(workspace, story, items=items).reading

    assert reading
    assert reading.action == action


@pytest.mark.parametrize(
    ("grounds", "ground"),
    [
        (["terms", "law"], "law"),
        (["terms", None], "terms"),
        (["unknown", "terms"], "terms"),
        (["unknown", None], "unknown"),
    ],
)
def test_a_line_rests_on_the_law_where_any_decision_says_so(
    grounds: list[str | None], ground: str
) -> None:
    decided = [
        Decision(hour(5), number, Outcome.REMOVED, said and Ground(said), ())
        for number, said in enumerate(grounds)
    ]
    stories = [Story((), hour(0), [one], ()) for one in decided]

    reading = reading_of(
        Asked(
            stories,
            is_court_ordered=False,
            answered_at=hour(5),
            target_at=hour(24),
            withdrawn_at=None,
            as_of=hour(30),
        )
    )

    assert reading.ground == ground


def test_a_court_order_is_credited_to_no_notice(workspace: Workspace) -> None:
    reading = counted(workspace, "decided removed 5", court_order=True).reading

    assert reading
    assert reading.action == "court_order"


def test_what_was_seen_live_after_its_removal_is_counted_beside(workspace: Workspace) -> None:
    stories = (
        "decided removed 5",
        "decided removed 5, seen live 6",
        "decided refused 5, seen live 6",
    )

    found = [counted(workspace, story).reading for story in stories]

    assert [one and one.seen_live_afterwards for one in found] == [False, True, False]


@pytest.mark.parametrize(
    ("category", "ai_generated", "deepnude", "concerned", "part"),
    [
        ("csam_ai", "no", "yes", "minor", "other_basis"),
        ("csam", "yes", "yes", "minor", "other_basis"),
        ("csam", "suspected", "suspected", "minor", "other_basis"),
        ("csam", "unknown", "no", "minor", "other_basis"),
        ("ncii_adult", "yes", "yes", "adult", "other_basis"),
        ("sexual_extortion_adult", "yes", "yes", "adult", "other_basis"),
        ("grooming", "yes", "no", "minor", "other_basis"),
        ("nudify_promotion", "yes", "no", "not_said", "terms_only"),
    ],
)
def test_a_deepnude_is_one_by_its_category_or_by_what_was_said(
    workspace: Workspace,
    category: str,
    ai_generated: str,
    deepnude: str,
    concerned: str,
    part: str,
) -> None:
    found = counted(workspace, "logged -1", category=category, ai_generated=ai_generated)

    assert (found.deepnude, found.concerned, found.part) == (deepnude, concerned, part)


@pytest.mark.parametrize(
    ("platform", "channel", "how", "used"),
    [
        ("instagram", "trusted_flagger", "form", "knows_us"),
        ("discord", "trusted_partner", "email", "knows_us"),
        ("discord", "dsa", "form", "form"),
        ("other", "by_hand", "email", "email"),
        ("instagram", "no_longer_known", "form", "form"),
        ("no_longer_known", "trusted_flagger", "email", "email"),
    ],
)
def test_a_channel_is_one_that_knows_us_or_that_anybody_can_use(
    workspace: Workspace, platform: str, channel: str, how: str, used: str
) -> None:
    sent = {"platform": platform, "channel": channel, "how": how}

    assert counted(workspace, "now 1", submission=sent).channel == used
    assert counted(workspace, "logged -1", submission=sent).channel is None
