"""A recogniser of the shipped platforms, made once."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.platforms.recognition import Recogniser
from tests.shipped_platforms import shipped

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    return Recogniser(shipped().rules)


@pytest.fixture(scope="session")
def demo_recogniser() -> Recogniser:
    return Recogniser(shipped().rules, demo=True)


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="session")
def url_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "urls.jsonl").read_text().splitlines()]


@pytest.fixture(scope="session")
def message_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "messages.jsonl").read_text().splitlines()]
