"""Addresses that are stored are found by today's rules too; what is sealed stays as it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, select

from app import proof
from app.context import Context
from app.kit.database import Database
from app.platforms.recognition import Recognised
from app.takedowns import reindexing, same_content
from app.takedowns.models import identities, items, lookups, rule_sets
from tests.databases import Story
from tests.factories import START
from tests.migrations import releases
from tests.sample_record import POST, LaterRules, populate


def held(database: Database) -> releases.Rows:
    with database.read() as unit:
        return releases.held(unit.connection)


def identity_of(later: LaterRules) -> str:
    """By what the later rules know the first content there is."""
    link = later.recognise(POST.format("C7aB2cD3eF1"), now=START)
    assert isinstance(link, Recognised)
    return link.identity


def faults(database: Database) -> list[str]:
    with database.read() as unit:
        return [str(fault) for fault in proof.faults(unit)]


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def later(parts: Context) -> LaterRules:
    return LaterRules(parts.workspace.recogniser)


def test_later_rules_add_keys_and_change_nothing_that_is_sealed(
    parts: Context, later: LaterRules
) -> None:
    before = held(parts.database)

    reindexing.run(parts.database, later, silent)

    after = held(parts.database)
    apart = {"identities", "rule_sets", "lookups"}
    assert {name: rows for name, rows in after.items() if name not in apart} == {
        name: rows for name, rows in before.items() if name not in apart
    }
    assert [row for row in before["lookups"] if row not in after["lookups"]] == []
    assert len(after["lookups"]) > len(before["lookups"])
    assert faults(parts.database) == []


def test_what_was_logged_before_is_found_by_the_identity_of_later_rules(
    parts: Context, later: LaterRules
) -> None:
    same = identity_of(later)
    reindexing.run(parts.database, later, silent)

    with parts.database.read() as unit:
        [found] = same_content.history(unit, [same])[same]
        [number] = unit.connection.scalars(
            select(lookups.c.item).where(lookups.c.key == unit.vault.index("content", same))
        )

    assert (found.takedown_id, number) == (1, 1)


def test_it_is_done_once_for_each_set_of_rules(parts: Context, later: LaterRules) -> None:
    reindexing.run(parts.database, later, silent)
    once = later.read
    reindexing.run(parts.database, later, silent)
    again = LaterRules(parts.workspace.recogniser, "still later")
    reindexing.run(parts.database, again, silent)

    assert (later.read, again.read) == (once, once)
    assert faults(parts.database) == []


@contextmanager
def interrupted_after(chunks: int) -> Iterator[None]:
    """Small chunks, and a power cut after so many of them."""

    def stop(*_: object) -> None:
        nonlocal chunks
        chunks -= 1
        if not chunks:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reindexing, "CHUNK", 2)
        patch.setattr(f"{__name__}.silent", stop)
        yield


def test_what_was_interrupted_goes_on_where_it_stopped(parts: Context, later: LaterRules) -> None:
    with interrupted_after(2), pytest.raises(KeyboardInterrupt):
        reindexing.run(parts.database, later, silent)
    half = later.read
    with parts.database.read() as unit:
        [state] = unit.connection.execute(select(rule_sets).where(rule_sets.c.rules == "later"))
        count = len(unit.connection.execute(select(items)).all())

    reindexing.run(parts.database, later, silent)

    whole = LaterRules(parts.workspace.recogniser, "whole")
    reindexing.run(parts.database, whole, silent)
    assert (state.reached, state.finished_at) == (4, None)
    assert 0 < half < later.read == whole.read
    assert count > 4
    assert faults(parts.database) == []


@pytest.mark.parametrize("table", [identities, lookups])
def test_a_row_of_later_rules_that_is_lost_is_found_by_verify(
    parts: Context, later: LaterRules, table: object
) -> None:
    reindexing.run(parts.database, later, silent)
    with parts.database.write() as unit:
        if table is identities:
            unit.connection.execute(delete(identities).where(identities.c.takedown_id == 1))
        else:
            key = unit.vault.index("content", identity_of(later))
            unit.connection.execute(delete(lookups).where(lookups.c.key == key))

    assert faults(parts.database) != []
