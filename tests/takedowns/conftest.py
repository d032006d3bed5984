"""One logged takedown to work on, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest

from app.kit.database import Database
from app.schemas.facts import Facts
from app.takedowns import event_data, intake, queries, timeline
from app.takedowns.intake import NewItem, NewTakedown
from app.takedowns.timeline import Actor, NewEvent, Recorded

CASE_SYSTEM = Actor("token:case system", "api")
SUBMITTED: dict[str, Any] = {
    "how": "form",
    "channel": "dsa",
    "language": "en",
    "platform": "instagram",
    "provider": "Meta Platforms Ireland Limited",
    "category": "csam",
    "dsa": {"category": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "keyword": "KEYWORD_OTHER"},
    "basis": "article_16",
    "targets": {"receipt_hours": 24, "gone_hours": 24},
    "reply_expected": True,
    "no_ticket": False,
}


def new_takedown(**changed: Any) -> NewTakedown:
    item = NewItem(
        "instagram content  abc",
        "post",
        url="https://www.instagram.com/p/abc",
        canonical_url="https://www.instagram.com/p/abc",
        content_id="abc",
        account="Zed",
    )
    facts = Facts(case_ref="CASE-1", category="csam", basis="article_16")
    return NewTakedown("instagram", "Meta", facts, [item], "Assessed.")._replace(**changed)


@pytest.fixture
def reference(database: Database) -> str:
    with database.write() as unit:
        reference: str = intake.log(unit, new_takedown(), by=CASE_SYSTEM).reference
        return reference


@pytest.fixture
def record(database: Database, reference: str) -> Callable[..., Recorded]:
    """Record an event on the takedown; texts among `told` are sealed."""

    def recorded(kind: str, voids: int | None = None, **told: Any) -> Recorded:
        happened_at = told.pop("happened_at", None)
        data, secrets = event_data.split(kind, SUBMITTED | told if kind == "submitted" else told)
        with database.write() as unit:
            row = queries.by_reference(unit, reference)
            new = NewEvent(kind, data, secrets, happened_at, (), voids)
            return timeline.record(unit, row, new, by=CASE_SYSTEM)

    return recorded
