"""Every address of the contract says which methods it takes, and takes HEAD where it takes GET."""

from typing import Any

import pytest

from app.api import application
from tests.api.factories import logged
from tests.client import Caller

PATHS: dict[str, dict[str, Any]] = application.build().openapi()["paths"]
ORDER = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def methods_of(path: str) -> list[str]:
    declared = {method.upper() for method in PATHS[path]}
    return [
        method
        for method in ORDER
        if method in declared or method == "OPTIONS" or (method == "HEAD" and "GET" in declared)
    ]


def filled(path: str, reference: str) -> str:
    values = {"reference": reference, "case_ref": "CASE-1", "number": "1", "slug": "instagram"}
    return path.format(**values)


@pytest.fixture
def addresses(call: Caller) -> dict[str, str]:
    reference = logged(call)["reference"]
    call.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    return {path: filled(path, reference) for path in PATHS}


def test_options_tells_the_methods_of_every_address(
    call: Caller, addresses: dict[str, str]
) -> None:
    for path, address in addresses.items():
        answer = call.client.options(address, headers=call.headers)

        told = (answer.status_code, answer.headers["Allow"], answer.content)
        assert told == (204, ", ".join(methods_of(path)), b""), path


def test_any_other_method_is_told_the_right_ones(call: Caller, addresses: dict[str, str]) -> None:
    for path, address in addresses.items():
        right = methods_of(path)
        for method in ("TRACE", "QUERY", *(name for name in ORDER if name not in right)):
            answer = call.client.request(method, address, headers=call.headers)

            told = (answer.status_code, answer.headers["Allow"])
            assert told == (405, ", ".join(right)), (method, path)


def test_head_says_of_every_address_what_get_says(call: Caller, addresses: dict[str, str]) -> None:
    for path, address in addresses.items():
        if "get" in PATHS[path]:
            read = call.client.get(address, headers=call.headers)
            head = call.client.head(address, headers=call.headers)

            assert (read.status_code, head.status_code, head.content) == (200, 200, b""), path
            fields = [
                {name: value for name, value in answer.headers.items() if name != "x-request-id"}
                for answer in (read, head)
            ]
            assert fields[0] == fields[1], path


def test_an_address_is_spelled_in_one_way(call: Caller, addresses: dict[str, str]) -> None:
    for path, address in addresses.items():
        for other in (f"{address}/", f"{address}%20", f"{address};a=b", f"{address}.json"):
            answer = call.client.get(other, headers=call.headers)

            assert answer.status_code == 404, (path, other)
