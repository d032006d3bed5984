"""Where a try to sign in comes from, when a proxy stands in front."""

from pathlib import Path

import pytest

from tests.server_process import Server, made_ready, serving
from tests.system.test_nothing_readable import everything, hits

TYPED = {"address": "aloe@hotline.example", "password": "a mistyped password"}


def tried(server: Server, forwarded: str) -> int:
    return server.client.post(
        f"http://127.0.0.1:{server.port}/login",
        data={"email": TYPED["address"], "password": TYPED["password"]},
        headers={"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": forwarded},
    ).status_code


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trusted", "elsewhere"), [("", 429), ("192.0.2.1", 429), ("127.0.0.0/8", 422)]
)
def test_only_a_trusted_proxy_may_tell_where_a_try_comes_from(
    tmp_path: Path, trusted: str, elsewhere: int
) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)

    with serving(folder, token, TAKEDOWN_TRUSTED_PROXIES=trusted) as server:
        first = [tried(server, "198.51.100.1") for _ in range(11)]
        second = tried(server, "203.0.113.1")

    assert first == [422] * 10 + [429]
    assert second == elsewhere
    assert hits(everything(folder), TYPED) == []
