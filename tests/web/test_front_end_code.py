"""Templates, styles and scripts can be read: what nobody sees on a page is kept in order too."""

import pytest

from app.web.shell.rendering import WEB

LONGEST = 120
OURS = [
    path
    for ending in ("html", "svg", "css", "js")
    for path in sorted(WEB.rglob(f"*.{ending}"))
    if not path.name.startswith("htmx")
]


@pytest.mark.parametrize("ending", [".html", ".svg"])
def test_no_line_is_longer_than_a_screen_is_wide(ending: str) -> None:
    found = [
        f"{path.relative_to(WEB)}:{number}"
        for path in OURS
        if path.suffix == ending
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if len(line) > LONGEST
    ]

    assert found == []
    assert any(path.suffix == ending for path in OURS)
