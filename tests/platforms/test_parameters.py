import pytest

from app.platforms import parameters
from app.platforms.parameters import Tracking

TRACKING = Tracking(["igsh", "utm_*", "__cft__*"])


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("a=1", "?a=1"),
        ("igsh=x", ""),
        ("a=1&igsh=x&utm_source=y", "?a=1"),
        ("__cft__%5B0%5D=x&a=1&", "?a=1"),
        ("amp;igsh=x&a=1", "?a=1"),
        ("aigsh=1", "?aigsh=1"),
    ],
)
def test_only_what_tracks_is_left_out(query: str, left: str) -> None:
    url = f"https://a.example/b?{query}#c?igsh=x"

    assert TRACKING.left_out(url, query)[0] == f"https://a.example/b{left}#c?igsh=x"


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("u=https%3A%2F%2Fa.example%2F%3Fb%3D1&h=x", "https://a.example/?b=1"),
        ("u=https%253A%252F%252Fa.example&h=x", "https://a.example"),
        ("h=x&u=https://a.example/?b=1&c=2", "https://a.example/?b=1&c=2"),
        ("h=x&u=", None),
    ],
)
def test_a_wrapped_address_comes_out_whole(query: str, target: str | None) -> None:
    _, values = TRACKING.left_out(f"https://a.example/?{query}", query)

    assert parameters.wrapped(query, values, ["u"]) == target


def test_the_first_of_several_values_counts() -> None:
    query = "v=1&v=2&a%5B0%5D=3"

    assert TRACKING.left_out(f"https://a.example/?{query}", query) == (
        f"https://a.example/?{query}",
        {"v": "1", "a[0]": "3"},
    )
