import pytest

from app.http.negotiation import acceptable, preferred

JSON, CSV = "application/json", "text/csv"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV ; q=1.0", CSV),
        ("text/*", CSV),
        ("application/json, text/csv", JSON),
        ("text/csv, application/json", CSV),
        ("text/csv;q=0.9, application/json", JSON),
        ("text/csv, application/json;q=0.9", CSV),
        ("text/csv, */*;q=0.1", CSV),
        ("text/csv;q=0, */*", JSON),
        ("application/json;q=0, */*", CSV),
        ("text/*;q=0.2, text/csv;q=0.1, application/*;q=0.15", JSON),
        ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("text/html", JSON),
        ("text/csv, */*", CSV),
        ("text/csv;q=2", JSON),
        ("text/csv;q=-1, text", JSON),
        (";q=x,,/, text/csv/csv, \xff", JSON),
        ("*/csv", JSON),
    ],
)
def test_the_type_that_is_liked_best_is_chosen(accept: str, chosen: str) -> None:
    assert preferred(accept, (JSON, CSV)) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("application/pdf", None),
        ("application/pdf, */*;q=0.1", JSON),
        ("application/json;q=0, text/csv;q=0.0", None),
        ("text/csv;q=0, text/*", None),
        ("nonsense", None),
    ],
)
def test_who_takes_none_of_the_types_is_given_none(accept: str, chosen: str | None) -> None:
    assert acceptable(accept, (JSON, CSV)) == chosen
