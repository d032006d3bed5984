"""A server that was killed loses nothing it had answered for, and does nothing twice."""

import os
from pathlib import Path

import pytest

from tests.broken import breaking
from tests.killed_server import CALLERS, after_kills, faults

KILLS = 3
MANY_KILLS = int(os.environ.get("TAKEDOWN_TEST_KILLS", "25"))


@pytest.mark.parametrize(
    ("address", "kills"),
    [
        ("sqlite", KILLS),
        pytest.param("sqlite", MANY_KILLS, marks=pytest.mark.slow),
        pytest.param("postgresql", MANY_KILLS, marks=pytest.mark.slow),
    ],
    indirect=["address"],
)
def test_what_was_answered_is_there_once_after_every_kill(
    tmp_path: Path, address: str, kills: int
) -> None:
    outcome = after_kills(tmp_path / "data", address, kills)

    assert outcome.unanswered == CALLERS * kills < len(outcome.answered)
    assert outcome.found == outcome.answered
    assert faults(tmp_path / "data", address) == []


@pytest.mark.slow
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_server_that_answers_before_it_commits_is_found_to_lose_takedowns(
    tmp_path: Path, address: str
) -> None:
    outcome = after_kills(tmp_path / "data", address, KILLS, breaking("hasty"), answers=1)

    assert outcome.answered.keys() - outcome.found.keys() != set()
