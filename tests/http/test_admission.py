"""Which request lines and header fields are let in."""

import pytest

from app.http import admission
from app.http.problems import Problem

FIELDS = [(b"host", b"localhost"), (b"accept", b"*/*"), (b"accept", b"text/html")]


def address_of(path: bytes, query: bytes = b"") -> int | str:
    """The status an address is refused with, and why; 200 when it is let in."""
    try:
        admission.address(path, query)
    except Problem as refusal:
        return f"{refusal.body['status']} {refusal.body['detail']}"
    return 200


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (b"/", 200),
        (b"/api/v1/takedowns/TD-222222", 200),
        (b"/api/v1/cases/a%2Fb:c.d_e-f", 200),
        (b"/api/v1/cases/%C3%A9", 200),
        (b"/%252e%252e/decoded-once", 200),
        (b"/a/../b", "400 The path must start with / and hold no two dots in a row."),
        (b"/a/%2e%2E/b", "400 The path must start with / and hold no two dots in a row."),
        (b"//evil.test/%2f..", "400 The path must start with / and hold no two dots in a row."),
        (b"http://localhost/", "400 The path must start with / and hold no two dots in a row."),
        (b"*", "400 The path must start with / and hold no two dots in a row."),
        (b"", "400 The path must start with / and hold no two dots in a row."),
        (b"/%00", "400 The path holds a control character."),
        (b"/a%0d%0ab", "400 The path holds a control character."),
        (b"/%c2%85", "400 The path holds a control character."),
        (b"/%zz", "400 The path holds a % without two hexadecimal digits."),
        (b"/%4", "400 The path holds a % without two hexadecimal digits."),
        (b"/%ff", "400 The path is not UTF-8."),
        (b"/%ed%a0%80", "400 The path is not UTF-8."),
        (b"/%c0%af", "400 The path is not UTF-8."),
        (b"/" + b"a" * 2047, 200),
        (b"/" + b"a" * 2048, "414 Send at most 2048 bytes of path and 8192 of query."),
    ],
)
def test_a_path_is_read_in_one_way_or_not_at_all(path: bytes, answer: int | str) -> None:
    assert address_of(path) == answer


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (b"limit=10&platform=facebook", 200),
        (b"from=2026-01-01T00:00:00%2B01:00&text=a+b%20%C3%A9%25", 200),
        (b"a&b=&&c", 200),
        (b"q=..", 200),
        (b"limit=1&limit=2", "400 A query parameter was sent twice."),
        (b"limit=1&%6Cimit=2", "400 A query parameter was sent twice."),
        (b"status=open&status=", "400 A query parameter was sent twice."),
        (b"q=%ff", "400 The query is not UTF-8."),
        (b"q=\xe9", "400 The query is not UTF-8."),
        (b"%ff=1", "400 The query is not UTF-8."),
        (b"q=%0d%0aSet-Cookie:x=1", "400 The query holds a control character."),
        (b"q=%00", "400 The query holds a control character."),
        (b"q=100%", "400 The query holds a % without two hexadecimal digits."),
        (b"&".join(b"p%d" % i for i in range(50)), 200),
        (b"&".join(b"p%d" % i for i in range(51)), "414 Send at most 50 parameters."),
        (b"q=" + b"a" * 8190, 200),
        (b"q=" + b"a" * 8191, "414 Send at most 2048 bytes of path and 8192 of query."),
    ],
)
def test_a_query_is_read_in_one_way_or_not_at_all(query: bytes, answer: int | str) -> None:
    assert address_of(b"/api/v1/takedowns", query) == answer


@pytest.mark.parametrize(
    ("sent", "status", "detail"),
    [
        ([(b"authorization", b"a")] * 2, 400, "Authorization was sent twice."),
        ([(b"content-type", b"a")] * 2, 400, "Content-Type was sent twice."),
        ([(b"content-length", b"1")] * 2, 400, "Content-Length was sent twice."),
        ([(b"if-match", b'"v1"')] * 2, 400, "If-Match was sent twice."),
        ([(b"idempotency-key", b"a")] * 2, 400, "Idempotency-Key was sent twice."),
        ([(b"host", b"evil.test")], 400, "Host was sent twice."),
        ([(b"transfer-encoding", b"chunked")] * 2, 400, "Transfer-Encoding was sent twice."),
        ([(b"x-a", b"a")] * 98, 431, "Send at most 100 header fields."),
        (
            [(b"x-a", b"a" * 16_382)],
            431,
            "Send at most 16384 bytes in one header field and 65536 in all.",
        ),
        (
            [(b"x-%d" % i, b"a" * 1_000) for i in range(66)],
            431,
            "Send at most 16384 bytes in one header field and 65536 in all.",
        ),
    ],
)
def test_header_fields_are_bounded_and_the_decisive_ones_come_once(
    sent: list[tuple[bytes, bytes]], status: int, detail: str
) -> None:
    with pytest.raises(Problem) as refusal:
        admission.fields([*FIELDS, *sent])

    assert (refusal.value.body["status"], refusal.value.body["detail"]) == (status, detail)


def test_header_fields_within_their_bounds_are_let_in() -> None:
    sent = [(b"x-a", b"a" * 16_381), (b"idempotency-key", b"k" * 255), (b"x-b", b"\xff")]
    as_often_as_you_like = [(b"accept", b"*/*")] * 94

    assert admission.fields([*as_often_as_you_like, *FIELDS, *sent]) == {
        b"host": b"localhost",
        b"accept": b"text/html",
        **dict(sent),
    }


@pytest.mark.parametrize("key", [b"", b"a" * 256, b"a\tb", b"a\x7f", "é".encode(), b"\xff"])
def test_an_odd_idempotency_key_is_refused(key: bytes) -> None:
    with pytest.raises(Problem) as refusal:
        admission.fields([(b"idempotency-key", key)])

    assert refusal.value.body["detail"] == (
        "Idempotency-Key takes 1 to 255 printable ASCII characters."
    )


@pytest.mark.parametrize(
    ("host", "hosts"),
    [
        (b"localhost", ["localhost"]),
        (b"LOCALHOST:8000", ["localhost"]),
        (b"[::1]:8000", ["[::1]"]),
        (b"evil.test", []),
    ],
)
def test_a_request_for_this_server_is_let_in(host: bytes, hosts: list[str]) -> None:
    assert admission.host({b"host": host}, hosts) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "host", [b"evil.test", b"localhost.evil.test", b"localhost:8000:9", b"localhost:", b""]
)
def test_a_request_for_another_server_is_refused(host: bytes) -> None:
    with pytest.raises(Problem) as refusal:
        admission.host({b"host": host}, ["localhost"])

    assert (refusal.value.body["status"], refusal.value.body["code"]) == (400, "wrong_host")
