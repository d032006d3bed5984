"""Random stories on which reports depend: bases, grounds, kinds of links, cases, withdrawals."""

from datetime import UTC, date, datetime
from typing import Any

from app.kit.database import Database
from app.schemas.vocabularies import StatusChange
from app.takedowns import bases
from app.takedowns.flagger_status import Change
from tests.random_histories import AFTER, HistoryWriter

# The clock is put forward, and a quarter ends, within the days that follow.
BEGIN = datetime(2026, 3, 26, 22, 30, tzinfo=UTC)
LINKS = {
    "facebook": ("https://www.facebook.com/reel/1{:014}", "https://www.facebook.com/ads/library/?id={}"),
    "discord": (
        "https://discord.com/channels/546376974303151756/1011052216293328663/1{:018}",
        "https://discord.com/application-directory/1{:018}",
    ),
    "other": ("https://zz-fixture-{}.example/page",),
}  # fmt: skip
CATEGORIES = (
    "csam", "csam", "csam_ai", "ncii_adult", "deepfake_adult", "sexual_extortion_minor",
    "nudify_promotion", "nudify_promotion", "impersonation", "hate",
)  # fmt: skip
GROUNDS = ("law", "terms", "unknown")
# More is withdrawn than in life, so that it happens at every point of a story.
TOLD_AFTER = AFTER | {"withdrawn": 6, "decided": 34, "seen": 24, "corrected": 14}


class YearWriter(HistoryWriter):
    """Tells of takedowns on several bases and platforms, some of one case."""

    def __init__(self, api: Any, clock: Any, seed: int) -> None:
        super().__init__(api, clock, seed, most=18, after=TOLD_AFTER)

    def _log(self) -> None:
        dice = self.dice
        platform = dice.choice([*LINKS, "facebook", "facebook"])
        number = dice.randrange(10**9)
        count = dice.choice((1, 2, 3))
        if platform == "other":
            urls = [f"{LINKS['other'][0].format(number)}-{place}" for place in range(count)]
        else:
            urls = [
                dice.choice(LINKS[platform]).format(number * 10 + place) for place in range(count)
            ]
        body = {
            "case_ref": f"CASE-{dice.randrange(12)}",
            "category": dice.choice(CATEGORIES),
            "platform": platform,
            "urls": urls,
            "explanation": "Assessed by a trained analyst.",
            "include_identity": dice.choice((True, True, False)),
        } | self._facts()
        if platform == "other":
            body["recipient"] = "https://zz-fixture.example/abuse"
            body["provider"] = dice.choice((None, "Zed Fixture BV", "Zed Fixture BV"))
        if dice.random() < 0.25:
            body["basis"] = dice.choice(("article_16", "voluntary"))
        if dice.random() < 0.3:
            body["sexual_extortion"] = dice.random() < 0.5
        self._logged(body)

    def _facts(self) -> dict[str, Any]:
        facts = super()._facts()
        if self.dice.random() < 0.2:
            facts["case_ref"] = f"CASE-{self.dice.randrange(12)}"
        if self.dice.random() < 0.5:
            facts["ai_generated"] = self.dice.choice(("yes", "suspected", "no", "unknown"))
        return facts

    def _content(self, kind: str, tale: Any) -> dict[str, Any]:
        told = super()._content(kind, tale)
        if kind == "decided" and self.dice.random() < 0.8:
            told["ground"] = self.dice.choice(GROUNDS)
        if kind == "decided" and self.dice.random() < 0.1:
            told["outcome"] = "other"
        if kind == "decided" and self.dice.random() < 0.6:
            told["items"] = [self.dice.randint(1, tale.items)]
        return told

    def _accepted(self, answer: Any) -> bool:
        """Without an identity some forms cannot be sent."""
        is_shut = answer.status_code == 422 and "notice_incomplete" in answer.text
        self.refused += is_shut
        return not is_shut and super()._accepted(answer)


def award(database: Database) -> None:
    """Record the status, suspended for a while in which other bases stand in."""
    with database.write() as unit:
        for change in (
            Change(StatusChange.AWARDED, date(2026, 1, 1), "BIPT"),
            Change(StatusChange.SUSPENDED, date(2026, 4, 3), "BIPT"),
            Change(StatusChange.RESUMED, date(2026, 4, 6), "BIPT"),
        ):
            bases.record_change(unit, change, by="Fictional Manager")
