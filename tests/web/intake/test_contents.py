"""What a draft holds is recognised once."""

import pytest

from app.context import Context
from app.platforms.recognition import Recogniser
from tests.web.web_client import WebClient

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("path", "facts", "status"),
    [
        ("/takedowns/preview", {"case_ref": "CF-1", "category": "csam"}, 200),
        ("/takedowns/new", {"case_ref": "CF-1", "category": "csam"}, 303),
        ("/takedowns/new", {"case_ref": "CF-1"}, 422),
    ],
)
@on_sqlite
def test_a_text_is_recognised_once_a_request(
    parts: Context,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    facts: dict[str, str],
    status: int,
) -> None:
    texts, others = list[str](), list[str]()
    links_of, other = Recogniser.links_of, Recogniser.other
    monkeypatch.setattr(
        Recogniser,
        "links_of",
        lambda self, text, now: texts.append(text) or links_of(self, text, now=now),
    )
    monkeypatch.setattr(
        Recogniser,
        "other",
        lambda self, text, now: others.append(text) or other(self, text, now=now),
    )
    pasted = "https://x.com/zz/status/1790000000000000001 and https://forum.example/topic/12345"

    answer = WebClient.signed_in(parts).post(path, paste=pasted, **facts)

    assert answer.status_code == status
    assert texts == [pasted]
    assert others == ["https://forum.example/topic/12345"]
