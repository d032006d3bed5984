"""One notice goes to one platform, one product of it where that matters, or one site."""

import pytest

from app.kit.errors import Refused
from app.takedowns import addressees
from app.takedowns.addressees import Addressee
from app.takedowns.intake import NewItem

SITE = "https://forum.zz.example"


def item(url: str | None = None, product: str | None = None) -> NewItem:
    return NewItem(url or "a message", "other", url=url, canonical_url=url, product=product)


@pytest.mark.parametrize(
    ("story", "platform", "items", "to"),
    [
        ("a platform", "x", [item("https://x.com/a"), item("https://x.com/b")], Addressee("x")),
        ("a product", "google", [item(SITE, "drive")] * 2, Addressee("google", "drive")),
        ("no product is known", "google", [item(SITE)], Addressee("google")),
        ("a site", "other", [item(f"{SITE}/1")], Addressee("other", None, "forum.zz.example")),
        (
            "the same site, www. aside",
            "other",
            [item("https://zz.example/1"), item("http://www.zz.example:8080/2")],
            Addressee("other", None, "zz.example"),
        ),
        ("no address at all", "other", [item(), item()], Addressee("other")),
        (
            "what has no address goes along",
            "other",
            [item(), item(SITE)],
            Addressee("other", None, "forum.zz.example"),
        ),
    ],
)
def test_items_go_to_one_addressee(
    story: str, platform: str, items: list[NewItem], to: Addressee
) -> None:
    assert addressees.one_of(platform, items) == to


@pytest.mark.parametrize(
    ("story", "platform", "items", "code"),
    [
        ("two sites", "other", [item(SITE), item("https://zz.example")], "several_sites"),
        ("two products", "google", [item("a", "drive"), item("b", "search")], "several_products"),
        ("one of them unknown", "google", [item("a", "drive"), item("b")], "several_products"),
    ],
)
def test_what_no_single_notice_may_hold_is_refused(
    story: str, platform: str, items: list[NewItem], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        addressees.one_of(platform, items)

    assert (refused.value.code, [one.pointer for one in refused.value.faults]) == (code, ["/urls"])
    assert "zz.example" not in refused.value.detail
