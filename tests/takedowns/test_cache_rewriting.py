"""Rows that an earlier version wrote by its rules become those of today, once and wholly."""

from pathlib import Path

import pytest
from sqlalchemy import event, func, select, update

from app import main, proof
from app.context import Context
from app.kit import settings as settings_of
from app.kit.database import Database
from app.kit.progress import silent
from app.takedowns import cache, cache_rewriting
from app.takedowns.models import events, items, takedowns
from tests.databases import Story
from tests.factories import SECRET, ManualClock
from tests.migrations import releases
from tests.proof.tampering import disarm
from tests.sample_record import populate


class Interrupted(Exception):
    """Somebody stopped it."""


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def stale(parts: Context) -> Database:
    """A record whose rows say nothing of what is measured, as an earlier version left them."""
    with parts.database.write() as unit:
        unit.connection.execute(
            update(takedowns).values(replay_rules="", handling_from=None, complaints="")
        )
        unit.connection.execute(update(items).values(stands=None, ended_at=None, acted_at=None))
    return parts.database


def held(database: Database) -> releases.Rows:
    with database.read() as unit:
        return releases.held(unit.connection)


def faults(database: Database) -> list[str]:
    with database.read() as unit:
        return [str(fault) for fault in proof.faults(unit)]


def rewritten(database: Database) -> int:
    """How many rows are of today's rules."""
    query = select(func.count()).where(takedowns.c.replay_rules == cache.RULES)
    with database.read() as unit:
        return unit.connection.scalar(query) or 0


def break_a_timeline(database: Database) -> str:
    """Make what was seen of one takedown unreadable; returns its reference."""
    seen = select(events.c.takedown_id).where(events.c.kind == "seen").limit(1)
    with database.write() as unit:
        broken = unit.connection.scalar(seen)
        disarm(unit.connection)
        of_it = (events.c.takedown_id == broken) & (events.c.kind == "seen")
        unit.connection.execute(update(events).where(of_it).values(data="{}"))
        reference = unit.connection.scalar(
            select(takedowns.c.reference).where(takedowns.c.id == broken)
        )
    return str(reference)


def test_every_row_becomes_what_its_timeline_amounts_to(stale: Database) -> None:
    before = held(stale)
    assert faults(stale) != []

    cache_rewriting.run(stale, silent)

    after = held(stale)
    assert faults(stale) == []
    assert rewritten(stale) == len(after["takedowns"])
    apart = {"takedowns", "items"}
    assert {name: rows for name, rows in after.items() if name not in apart} == {
        name: rows for name, rows in before.items() if name not in apart
    }


def test_it_says_how_far_it_is_and_does_nothing_again(stale: Database) -> None:
    told: list[tuple[int, int]] = []

    for _ in range(2):
        cache_rewriting.run(stale, lambda _, done, total: told.append((done, total)))

    assert told == [(10, 10)]


def test_a_start_after_it_reads_one_row(stale: Database) -> None:
    cache_rewriting.run(stale, silent)
    asked: list[str] = []
    event.listen(stale.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    cache_rewriting.run(stale, silent)

    assert ["LIMIT" in one for one in asked if "FROM" in one] == [True]


def test_what_was_interrupted_goes_on_where_it_stopped(
    stale: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_rewriting, "CHUNK", 4)

    def stop(what: str, done: int, total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        cache_rewriting.run(stale, stop)
    assert rewritten(stale) == 4

    told: list[tuple[int, int]] = []
    cache_rewriting.run(stale, lambda _, done, total: told.append((done, total)))

    assert told == [(4, 6), (6, 6)]
    assert faults(stale) == []


def test_one_whose_timeline_cannot_be_read_keeps_its_row_and_is_named(
    stale: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_rewriting, "CHUNK", 1)
    reference = break_a_timeline(stale)
    before = {row["reference"]: row for row in held(stale)["takedowns"]}

    cache_rewriting.run(stale, silent)

    after = {row["reference"]: row for row in held(stale)["takedowns"]}
    assert after[reference] == before[reference]
    assert rewritten(stale) == len(after) - 1
    assert faults(stale) != []


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_start_rewrites_what_is_left(
    stale: Database, address: str, clock: ManualClock, tmp_path: Path
) -> None:
    settings = settings_of.Settings(data_dir=tmp_path / "data", database_url=address)
    settings.data_dir.mkdir(mode=0o700)
    settings_of.keep_secret(settings, SECRET)

    main.context(settings, clock).database.close()

    assert (rewritten(stale), faults(stale)) == (10, [])
