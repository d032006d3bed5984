import pytest

from app.platforms import parameters, wrapping
from app.platforms.parameters import Names

NAMES = Names(["igsh", "utm_*", "__cft__*"], ["start", "mc_*"])


def sent(query: str) -> str:
    """What is sent of an address with this query."""
    url = f"https://a.example/b?{query}#c?igsh=x"
    return parameters.without(url, query, NAMES.read(query).rest)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("a=1", "?a=1"),
        ("igsh=x", ""),
        ("a=1&igsh=x&utm_source=y", "?a=1"),
        ("__cft__%5B0%5D=x&a=1&", "?a=1"),
        ("amp;igsh=x&a=1", "?a=1"),
        ("aigsh=1", "?aigsh=1"),
        ("a=1&start=x&mc_eid=y", "?a=1"),
        ("a=1&to=jan@b.example", "?a=1"),
        ("a=1&to=jan.b%40b.example&c=2", "?a=1&c=2"),
        ("to=jan%252Eb%2540b.example", ""),
        ("u=https%3A%2F%2Fc.example%2F%3Fm%3Djan%2540b.example&a=1", "?a=1"),
        ("x=amFuLnBlZXRlcnNAYi5leGFtcGxl", ""),
        ("q=@jan@b.example&r=jan@b", "?q=@jan@b.example&r=jan@b"),
    ],
)
def test_only_what_tracks_or_names_somebody_is_left_out(query: str, left: str) -> None:
    assert sent(query) == f"https://a.example/b{left}#c?igsh=x"


@pytest.mark.parametrize(
    ("query", "is_personal"),
    [
        ("igsh=x&utm_source=y", False),
        ("start=x", True),
        ("a=1&mc_eid=x", True),
        ("to=jan%40b.example", True),
    ],
)
def test_leaving_out_what_names_somebody_is_told(query: str, is_personal: bool) -> None:
    assert NAMES.read(query).is_personal is is_personal


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
    params = NAMES.read(query).params

    assert wrapping.target(query, params, ["u"], written_in="plain") == target


def test_the_first_of_several_values_counts() -> None:
    query = "v=1&v=2&a%5B0%5D=3"

    read = NAMES.read(query)

    assert (read.params, read.rest) == ({"v": "1", "a[0]": "3"}, None)
    assert NAMES.kept(query) == [("a[0]", "3"), ("v", "1"), ("v", "2")]
