"""How an item is told apart on a screen without being told."""

import pytest

from app.web.shell import masking


@pytest.mark.parametrize(
    ("content_id", "account", "url", "shown"),
    [
        ("C7aB2cD3eF4", "zz.fixture", None, "••••F4"),
        (None, "zz.fixture", None, "••••re"),
        ("aB3dE_-", None, None, "••••dE"),
        # What is short is hidden whole: two signs would be half of it.
        ("1234", None, None, "••••"),
        (None, "@zz", None, "••••"),
        (None, "z", None, "••••"),
        (None, "z.z_1-", None, "••••"),
        (None, "\u017c\u00f3\u0142\u0107", None, "••••"),
        (None, "\u017c\u00f3\u0142\u0107_\u017c", None, "••••\u0107\u017c"),
        # Of an address only what stands last, not the site in front of it.
        (None, None, "https://site.example/topic/12345", "••••45"),
        (None, None, "https://site.example/@zz", "••••"),
        (None, None, "https://site.example/read?of=zz&by=@zz/", "••••"),
        (None, None, None, "••••"),
    ],
)
def test_an_item_is_told_by_two_signs_of_what_is_long_enough(
    content_id: str | None, account: str | None, url: str | None, shown: str
) -> None:
    assert masking.item(content_id, account, url) == shown
