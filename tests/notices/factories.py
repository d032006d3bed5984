"""Requests for a notice, for tests: one takedown of two posts, told as plainly as it gets."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.notices.compose import Item, Notice, NoticeRequest, Organisation, compose
from tests.shipped_platforms import shipped

ORGANISATION = Organisation("Example Hotline", "hotline@example.org")
EXPLANATION = "The content was reported to our hotline and assessed by an analyst."
RECIPIENT = "https://help.example/report"
FIRST_URL = "https://www.facebook.com/zz/posts/1"
SECOND_URL = "https://www.facebook.com/zz/posts/12?x={y}"
FIRST = Item(1, FIRST_URL, None, "post", "1", "zz")
SECOND = Item(2, SECOND_URL, None, "post", "12", "zz")


def notice_request(
    platform: str = "facebook",
    category: str = "csam",
    basis: str = "article_16",
    items: tuple[Item, ...] = (FIRST, SECOND),
    **other: Any,
) -> NoticeRequest:
    """Ask a platform for something, explained, today and by hand where, unless said otherwise."""
    told: dict[str, Any] = {
        "written_on": date(2026, 11, 22),
        "explanation": EXPLANATION,
        "recipient": RECIPIENT,
    }
    return NoticeRequest(
        reference="TD-7K3M9Q",
        platform=platform,
        category=category,
        basis=basis,
        items=items,
        **(told | other),
    )


def composed(request: NoticeRequest, channel: str | None = None, **how: Any) -> Notice:
    """Write a notice with the catalogue as it comes."""
    return compose(shipped(), request, ORGANISATION, channel=channel, **how)


def field_value(notice: Notice, field: str) -> str | None:
    """Return the value of one field."""
    return {one.id: one.value for one in notice.fields}[field]


def explanation_of(notice: Notice) -> str:
    """Return the value of the field for the explanation."""
    return field_value(notice, "explanation") or ""


def warning_codes(notice: Notice) -> list[str]:
    """Return the codes of the warnings."""
    return [warning.code for warning in notice.warnings]


def every_combination() -> Iterator[tuple[str, str, str, str]]:
    """Give every platform, channel, basis and category that go together."""
    for platform in shipped().platforms.values():
        for channel in platform.channels:
            for basis in channel.bases:
                for category in shipped().categories:
                    if channel.serves(basis, category):
                        yield platform.slug, channel.id, basis, category
