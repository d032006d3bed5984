"""What a change may be bound to: every spelling of If-Match and of Idempotency-Key."""

from typing import Any

import pytest

from tests.api.factories import FACTS, POST_URL, logged
from tests.api_client import ApiClient


@pytest.fixture
def draft(api: ApiClient) -> str:
    return f"/api/v1/takedowns/{logged(api)['reference']}"


def test_only_the_version_that_was_read_may_be_changed(api: ApiClient, draft: str) -> None:
    tags = {
        '"v1"': 200,
        "*": 200,
        '"v0", "v1"': 200,
        '"v1","v2"': 200,
        ' "v1" ': 200,
        '"v1",': 200,
        '"v0"': 412,
        'W/"v1"': 200,  # as it is handed out; RFC 9110 section 13.1.1 would never match it
        'W/"v0", W/"v1"': 200,
        ',"v1",,': 200,
        'W/"v0"': 412,
        '"V1"': 412,
        '""': 412,
        '"é"': 412,
        "v1": 400,
        "'v1'": 400,
        'w/"v1"': 400,
        '"v1" "v2"': 400,
        '*, "v1"': 400,
        ",": 400,
        '"v' + "9" * 300 + '"': 412,
        "": 428,
        " ": 428,
    }

    answers = {}
    for tag in tags:
        headers = api.headers | {"If-Match": tag.encode("latin-1")}
        answers[tag] = api.client.patch(draft, json={}, headers=headers).status_code
    assert answers == tags


def test_a_key_is_short_and_can_be_printed(api: ApiClient) -> None:
    keys: dict[str, tuple[int, Any]] = {
        "0": (201, None),
        'a b,c;d="e"': (201, None),
        "~" * 255: (201, None),
        "~" * 256: (400, "malformed_header"),
        "": (400, "malformed_header"),
        " ": (400, "malformed_header"),
        " a": (400, "malformed_header"),
        "a ": (400, "malformed_header"),
        "a\tb": (400, "malformed_header"),
        "é": (400, "malformed_header"),
        "\x7f": (400, "malformed_header"),
    }
    body = FACTS | {"urls": [POST_URL], "report_again": True}

    answers = {}
    for key in keys:
        headers = api.headers | {"Idempotency-Key": key.encode("latin-1")}
        answer = api.client.post("/api/v1/takedowns", json=body, headers=headers)
        answers[key] = answer.status_code, answer.json().get("code")
    assert answers == keys
