"""Every address of the contract says which methods it takes, and takes HEAD where it takes GET."""

from typing import Any

import pytest

from app.api import application
from tests.api.factories import begun, frozen, logged
from tests.api_client import ApiClient

ORDER = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def paths() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = application.build().openapi()["paths"]
    return found


def methods_of(path: str) -> list[str]:
    declared = {method.upper() for method in paths()[path]}
    return [
        method
        for method in ORDER
        if method in declared or method == "OPTIONS" or (method == "HEAD" and "GET" in declared)
    ]


def filled(path: str, reference: str) -> str:
    values = {"reference": reference, "case_ref": "CASE-1", "number": "1", "slug": "instagram"}
    values |= {"id": "1", "n": "2"}
    return path.format(**values)


@pytest.fixture
def addresses(api: ApiClient) -> dict[str, str]:
    reference = logged(api)["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    report = begun(api, kind="campaign")
    frozen(api, report)
    frozen(api, report)
    return {path: filled(path, reference) for path in paths()}


def test_options_tells_the_methods_of_every_address(
    api: ApiClient, addresses: dict[str, str]
) -> None:
    for path, address in addresses.items():
        answer = api.client.options(address, headers=api.headers)

        told = (answer.status_code, answer.headers["Allow"], answer.content)
        assert told == (204, ", ".join(methods_of(path)), b""), path


def test_any_other_method_is_told_the_right_ones(api: ApiClient, addresses: dict[str, str]) -> None:
    for path, address in addresses.items():
        right = methods_of(path)
        for method in ("TRACE", "QUERY", *(name for name in ORDER if name not in right)):
            answer = api.client.request(method, address, headers=api.headers)

            told = (answer.status_code, answer.headers["Allow"])
            assert told == (405, ", ".join(right)), (method, path)


def test_head_says_of_every_address_what_get_says(
    api: ApiClient, addresses: dict[str, str]
) -> None:
    for path, address in addresses.items():
        if "get" in paths()[path]:
            read = api.client.get(address, headers=api.headers)
            head = api.client.head(address, headers=api.headers)

            assert (read.status_code, head.status_code, head.content) == (200, 200, b""), path
            fields = [
                {name: value for name, value in answer.headers.items() if name != "x-request-id"}
                for answer in (read, head)
            ]
            assert fields[0] == fields[1], path


def test_an_address_is_spelled_in_one_way(api: ApiClient, addresses: dict[str, str]) -> None:
    for path, address in addresses.items():
        for other in (f"{address}/", f"{address}%20", f"{address};a=b", f"{address}.json"):
            answer = api.client.get(other, headers=api.headers)

            assert answer.status_code == 404, (path, other)
