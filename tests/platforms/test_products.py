"""A link tells which product it is of, where one notice takes one product."""

from datetime import datetime

import pytest
from pydantic import ValidationError

from app.platforms.products import Product, product_of
from app.platforms.recognition import Recognised, Recogniser
from tests.shipped_platforms import shipped

FILE = "drive.google.com/file/d/1ZzFixtureAaaaBbbbCcccDdddEeee/view"
NAMES = {"en": "A", "nl": "A", "fr": "A"}


def found(recogniser: Recogniser, url: str, now: datetime) -> Recognised:
    link = recogniser.recognise(url, now=now)
    assert isinstance(link, Recognised)
    return link


@pytest.mark.parametrize(
    ("url", "product"),
    [
        ("https://www.google.be/search?q=zz", "search"),
        ("https://images.google.fr/images?q=zz", "search"),
        ("https://www.google.com/imgres?imgurl=https://a.example/1", "search"),
        ("https://share.google/AbCdEf", "search"),
        (f"https://{FILE}", "drive"),
        ("https://docs.google.com/document/d/1ZzFixtureAaaaBbbbCcccDdddEeee/edit", "drive"),
        ("https://photos.app.goo.gl/ZzFixture", "drive"),
        ("https://lh3.googleusercontent.com/pw/ZzFixtureAaaaBbbbCcccDdddEeee", "drive"),
        ("https://goo.gl/photos/ZzFixture", "drive"),
        ("https://sites.google.com/view/zz-fixture", "sites"),
        ("https://zz-fixture.blogspot.be/2026/01/a.html", "blogger"),
        ("https://www.blogger.com/profile/123", "blogger"),
        ("https://groups.google.com/g/zz-fixture", "groups"),
        ("https://www.google.com/maps/contrib/123", "maps"),
        ("https://maps.app.goo.gl/ZzFixture", "maps"),
        ("https://www.google.com/aclk?sa=l", "ads"),
        ("https://adstransparency.google.com/advertiser/AR1/creative/CR2", "ads"),
        ("https://chromewebstore.google.com/detail/zz/abc", "chrome_web_store"),
        (f"https://www.google.com/url?q=https://{FILE}", "drive"),
        ("https://goo.gl/ZzFixture", None),
        ("https://accounts.google.com/zz", None),
        ("https://www.youtube.com/watch?v=aB3dE5fG7hE", None),
    ],
)  # fmt: skip
def test_a_link_is_of_the_product_that_its_address_names(
    recogniser: Recogniser, now: datetime, url: str, product: str | None
) -> None:
    assert found(recogniser, url, now).product == product


def test_the_demos_own_host_stands_for_the_first_site(
    demo_recogniser: Recogniser, now: datetime
) -> None:
    link = found(demo_recogniser, f"https://google.demo.invalid{FILE.partition('.com')[2]}", now)

    assert (link.platform, link.product) == ("google", "drive")


def test_only_google_takes_one_product_a_notice() -> None:
    with_products = {slug for slug, one in shipped().platforms.items() if one.rules.products}

    assert with_products == {"google"}


@pytest.mark.parametrize(
    ("at", "url", "is_at"),
    [
        ("a.example", "https://a.example/x", True),
        ("a.example", "https://a.example", True),
        ("a.example", "https://a.example.net/x", False),
        ("a.example", "https://b.a.example/x", False),
        ("*.a.example", "https://b.a.example/x", True),
        ("www.a.*", "https://www.a.co.uk/x", True),
        ("a.example/b", "https://a.example/b/c", True),
        ("a.example/b", "https://a.example/b?c=1", True),
        ("a.example/b", "https://a.example/bc", False),
        ("a.example/b", "https://a.example/c/b", False),
    ],
)
def test_a_place_is_a_host_and_the_beginning_of_a_path(at: str, url: str, *, is_at: bool) -> None:
    product = Product.model_validate({"label": NAMES, "at": [at]})

    assert product_of({"zz": product}, url) == ("zz" if is_at else None)


@pytest.mark.parametrize("at", [[], ["https://a.example"], ["a"], ["a.example/*"], ["A.example"]])
def test_a_place_that_no_address_could_be_at_is_refused(at: list[str]) -> None:
    with pytest.raises(ValidationError):
        Product.model_validate({"label": NAMES, "at": at})
