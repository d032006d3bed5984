"""The contract's pages are open or closed by a setting; what a refusal means is always told."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from app import main
from app.context import Context
from app.kit.settings import Settings


@pytest.mark.parametrize(("docs", "status"), [("open", 200), ("closed", 404)])
def test_a_setting_opens_or_closes_the_contract(parts: Context, docs: str, status: int) -> None:
    settings = Settings(rate_limit=0, docs=docs)
    with TestClient(main.create_app(replace(parts, settings=settings))) as client:
        answers = [client.get(path).status_code for path in ("/docs", "/openapi.json")]
        refusal = client.get("/problems/not-found")

    assert answers == [status, status]
    assert refusal.status_code == 200
    assert ('/docs"' in refusal.text) == (docs == "open")
