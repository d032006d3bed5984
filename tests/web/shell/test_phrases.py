"""Short phrases of rows: how late, how soon; nothing is “0 min late”."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.kit import wording
from app.kit.languages import Language
from app.kit.wording import LOCALES
from app.web.shell import formatting
from app.web.shell.phrases import Phrases

NOW = datetime(2026, 11, 3, 14, tzinfo=UTC)
NOW_IS = {"nl": "nu te doen", "fr": "à faire maintenant", "en": "due now"}
SECONDS = (0, 1, 29, 30, 59, 60, 61, 89, 90, 3569, 3571, 3600)


def phrases(language: Language) -> Phrases:
    return Phrases(wording.words_of(language), LOCALES[language], ZoneInfo("Europe/Brussels"))


@pytest.mark.parametrize("language", Language)
def test_what_is_due_this_minute_is_due_now(language: Language) -> None:
    said = phrases(language)

    for seconds in SECONDS:
        span = timedelta(seconds=seconds)
        both = {said.late(NOW - span, NOW), said.ahead(NOW + span, NOW)}
        assert (both == {NOW_IS[language]}) == (seconds < 60)


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (-1, "0\xa0min"),
        (0, "0\xa0min"),
        (1 / 3600, "<\xa01\xa0min"),
        (29 / 3600, "<\xa01\xa0min"),
        (31 / 3600, "1\xa0min"),
        (59.4 / 60, "59\xa0min"),
        (59.6 / 60, "1\xa0h"),
        (1.5, "1.5\xa0h"),
        (48, "2\xa0d"),
    ],
)
def test_a_span_of_seconds_is_not_nothing_and_an_hour_is_one(hours: float, text: str) -> None:
    assert formatting.hours(hours, LOCALES["en"]) == text
