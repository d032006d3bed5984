"""Every kind of list that people ask for, by its address: what matches much, little and nothing."""

from collections.abc import Mapping

from benchmarks import stock

# On each of them a page is full, or empty, in a stock of any size.
LISTS = (
    "/inbox",
    "/inbox?turn=platform",
    "/inbox?turn=all",
    "/inbox?turn=aside",
    "/inbox?mine=1",
    "/inbox?mine=1&turn=all&category=csam",
    "/inbox?platform=tiktok",
    "/inbox?category=grooming",
    "/inbox?turn=all&platform=pornhub&category=grooming",
    "/api/v1/takedowns",
    "/api/v1/takedowns?platform=tiktok",
    "/api/v1/takedowns?platform=pornhub",
    "/api/v1/takedowns?platform=tiktok&category=grooming&stage=closed",
    "/api/v1/takedowns?platform=tiktok&category=csam",
    "/api/v1/takedowns?platform=pornhub&category=grooming",
    "/api/v1/takedowns?provider=tiktok+Ltd",
    "/api/v1/takedowns?provider=Snap+B.V.",
    "/api/v1/takedowns?category=grooming",
    "/api/v1/takedowns?category=ncii_adult",
    "/api/v1/takedowns?basis=voluntary",
    "/api/v1/takedowns?stage=held",
    "/api/v1/takedowns?stage=closed",
    "/api/v1/takedowns?stage=sending&platform=tiktok",
    "/api/v1/takedowns?whose_turn=us",
    "/api/v1/takedowns?whose_turn=platform",
    "/api/v1/takedowns?whose_turn=us&stage=closed",
    "/api/v1/takedowns?next_step=chase",
    "/api/v1/takedowns?next_step=release&category=csam",
    "/api/v1/takedowns?overdue=true",
    "/api/v1/takedowns?overdue=false",
    "/api/v1/takedowns?overdue=true&stage=closed",
    "/api/v1/takedowns?platform=x&stage=sending&overdue=false",
    "/api/v1/takedowns?item_state=came_back",
    "/api/v1/takedowns?item_state=restricted&platform=pornhub",
    "/api/v1/takedowns?submitted_from=2022-01-01&submitted_to=2029-01-01",
    "/api/v1/takedowns?submitted_from=2022-01-01&submitted_to=2029-01-01&basis=voluntary",
    "/api/v1/takedowns?submitted_to=2019-01-01",
    "/api/v1/takedowns?logged_from=2029-01-01",
    "/api/v1/takedowns?updated_since=2029-01-01",
    "/api/v1/takedowns?updated_since=2022-01-01&stage=held",
    "/api/v1/takedowns?sort=logged_at",
    "/api/v1/takedowns?sort=-submitted_at",
    "/api/v1/takedowns?sort=due_at",
    "/api/v1/takedowns?sort=-due_at&stage=held",
    "/api/v1/takedowns?sort=submitted_at&platform=tiktok",
    "/api/v1/takedowns?sort=-logged_at&category=csam&stage=closed",
    "/api/v1/takedowns?sort=due_at&platform=pornhub",
    "/api/v1/takedowns?case_ref=CASE-7",
    "/api/v1/takedowns?case_ref=CASE-NOBODY",
    "/api/v1/takedowns?external_ref=E-1",
)  # fmt: skip


def searches(number: int) -> Mapping[str, Mapping[str, str]]:
    """Return searches for what stands on a stocked takedown, and one for nothing."""
    return {
        "url": {"url": f"https://instagram.com/p/{stock.content_of(number)}/?igsh=1"},
        "account": {"account": f"@ACCOUNT{number // 7}"},
        "ticket_id": {"ticket_id": f"#t-{number}"},
        "case_ref": {"case_ref": f"CASE-{number // 3}"},
        "nothing": {"text": "nothing of the kind"},
    }
