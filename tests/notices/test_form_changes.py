"""What people saw of the real forms, and what a channel is then called."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from app.kit import preferences
from app.kit.database import Database
from app.kit.errors import Refused
from app.notices import form_changes
from app.notices.filling import Workspace
from app.platforms.channels import Channel
from tests.factories import START
from tests.shipped_platforms import shipped

NEVER = (False, None, None, None, None, None)
RIGHT = (True, START, "Analyst-01", None, None, None)
CHANGED = (False, None, None, START, "Analyst-02", "urls")


def known() -> Channel:
    """A channel that the catalogue says was looked at on the day it is seen."""
    [channel, *_] = shipped().platforms["tiktok"].channels
    return channel.model_copy(update={"checked": START.date()})


def found(database: Database, channel: Channel) -> tuple[Any, ...]:
    """Return what a channel is called once it is laid over with what people saw."""
    with database.read() as unit:
        told = preferences.read(unit)
    return seen(told, channel)


def seen(told: Mapping[str, Any], channel: Channel) -> tuple[Any, ...]:
    platform = shipped().platforms["tiktok"]
    dealings = platform.dealings.model_copy(update={"channels": (channel,)})
    platforms = {"tiktok": type(platform)(**_parts(platform) | {"dealings": dealings})}
    [one] = form_changes.laid_over(platforms, told)["tiktok"].channels
    return (
        one.verified,
        one.confirmed_at,
        one.confirmed_by,
        one.changed_at,
        one.changed_by,
        one.changed_where,
    )


def _parts(platform: Any) -> dict[str, Any]:
    return {name: getattr(platform, name) for name in type(platform).__dataclass_fields__}


def confirm(database: Database, channel: Channel) -> None:
    with database.write() as unit:
        form_changes.confirm(unit, "tiktok", channel, by="Analyst-01")


def report(database: Database, channel: Channel) -> None:
    with database.write() as unit:
        form_changes.report(unit, "tiktok", channel, where="urls", by="Analyst-02")


def test_no_channel_is_verified_until_somebody_said_its_form_was_as_shown(
    database: Database, workspace: Workspace
) -> None:
    channel = known()
    assert {
        one.verified for each in workspace.catalogue.platforms.values() for one in each.channels
    } == {False}
    assert found(database, channel) == NEVER

    confirm(database, channel)

    assert found(database, channel) == RIGHT


def test_a_file_alone_makes_nothing_verified(database: Database) -> None:
    claimed = known().model_copy(update={"verified": True, "mark": "read"})

    assert found(database, claimed) == NEVER


@pytest.mark.parametrize(
    ("story", "changed"),
    [
        ("another address", {"form_url": "https://www.tiktok.com/legal/report/feedback"}),
        ("a field less", {"fields": known().fields[1:]}),
        ("another order", {"fields": known().fields[::-1]}),
        ("other words", {"words": {}}),
        ("an answer more", {"max_items": 3}),
    ],
)
def test_a_confirmation_lapses_when_what_was_shown_changes(
    database: Database, story: str, changed: dict[str, Any]
) -> None:
    confirm(database, known())

    assert found(database, known().model_copy(update=changed)) == NEVER


def test_a_confirmation_outlives_what_is_said_of_our_knowledge(database: Database) -> None:
    confirm(database, known())
    newer = {"checked": START.date() + timedelta(days=9), "source": "Another", "mark": "unverified"}

    assert found(database, known().model_copy(update=newer)) == RIGHT


def test_the_last_word_about_a_form_counts(database: Database) -> None:
    confirm(database, known())
    report(database, known())
    assert found(database, known()) == CHANGED

    confirm(database, known())
    assert found(database, known()) == RIGHT


def test_a_report_stands_until_the_catalogue_was_checked_again(database: Database) -> None:
    report(database, known())
    new = known().model_copy(update={"checked": START.date() + timedelta(days=1)})

    assert (found(database, known()), found(database, new)) == (CHANGED, NEVER)


def test_a_report_says_where_the_form_differs(database: Database) -> None:
    with database.write() as unit, pytest.raises(Refused) as refused:
        form_changes.report(
            unit, "tiktok", known(), where="https://x.example/secret", by="Analyst-02"
        )

    assert (refused.value.faults[0].pointer, refused.value.faults[0].code) == (
        "/where",
        "unknown_field",
    )
    assert "secret" not in str(refused.value)


def test_a_report_of_an_earlier_version_names_no_place(database: Database) -> None:
    told = {"changed_forms": {"tiktok/dsa": {"at": "2026-11-30T00:00:00.000Z", "by": "Analyst-02"}}}

    assert seen(told, known())[4:] == ("Analyst-02", None)


def test_what_is_said_of_one_form_says_nothing_of_another(database: Database) -> None:
    confirm(database, known())
    [_, other, *_] = shipped().platforms["tiktok"].channels

    assert found(database, other) == NEVER
