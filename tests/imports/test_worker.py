"""An import is worked on once: by one worker, to its end, whatever becomes of the server."""

import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, event, func, select

from app import proof
from app.accounts import people
from app.imports import kept, leases, passes
from app.imports.kept import Import, Overtaken
from app.imports.leases import LeaseLost, Stopped
from app.imports.models import import_parts, imports
from app.imports.passes import Job, ServerEnds
from app.imports.plan import Plan, Survey, survey_of
from app.imports.vocabularies import ImportStage
from app.imports.worker import Worker
from app.kit.database import Database
from app.kit.errors import DatabaseFault, OtherSchema, Refused, WrongKey
from app.kit.vault import Vault
from app.notices.filling import Workspace
from app.takedowns.models import takedowns
from tests.factories import ManualClock
from tests.imports.sheets import HEADINGS, requests, row

COLUMNS = dict(
    enumerate(["case_ref", "category", "url", "explanation", "submitted_at", "submitted_at_time"])
)
WORDS = {"category": {"grooming": "grooming"}}


class Rests(threading.Event):
    """What a pass rests on between rows; at its n-th rest something happens."""

    def __init__(self, at: int, happens: Callable[[], object]) -> None:
        super().__init__()
        self.left, self.happens = at, happens

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return bool(self.happens()) if self.left == 0 else False


class EachRest(threading.Event):
    """The same, at every rest."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__()
        self.happens = happens

    def wait(self, timeout: float | None = None) -> bool:
        self.happens()
        return False


@pytest.fixture(autouse=True)
def _rests_at_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "WORKS_FOR", 0)
    monkeypatch.setattr(passes, "TELLS_EVERY", 0)
    monkeypatch.setattr(passes, "AT_ONCE", 1)


def begun(database: Database, content: bytes, *, stage: ImportStage) -> int:
    """An import of a new person's, at a stage; returns its number."""
    plan = Plan("2025.xlsx", (), columns=COLUMNS, words=WORDS, is_matched=True)
    with database.write() as unit:
        count = unit.connection.scalar(select(func.count()).select_from(imports)) or 0
        email = f"manager{count}@hotline.example"
        user_id = people.add(unit, email, "manager", by="test", may_view=False).id
        number = kept.begin(unit, user_id, content=content, plan=plan)
    move(database, number, stage)
    return number


def found(database: Database, number: int) -> Import:
    with database.read() as unit:
        user_id = unit.connection.scalar(select(imports.c.user_id).where(imports.c.id == number))
        one = kept.find(unit, user_id or 0, number)
    assert one is not None
    return one


def move(database: Database, number: int, stage: ImportStage) -> None:
    one = found(database, number)
    with database.write() as unit:
        kept.move(unit, one, stage)


def logged(database: Database) -> int:
    with database.read() as unit:
        return unit.connection.scalar(select(func.count()).select_from(takedowns)) or 0


def parts_of(database: Database, number: int) -> set[str]:
    with database.read() as unit:
        query = select(import_parts.c.name).where(import_parts.c.import_id == number)
        return {name.partition(" ")[0] for name in unit.connection.scalars(query)}


def worked(database: Database, workspace: Workspace) -> None:
    worker = Worker(database, lambda _: workspace)
    worker.wake()
    worker.rest()


def carry_out(
    database: Database, workspace: Workspace, number: int, rests: threading.Event | None = None
) -> ImportStage:
    """Take the lease of an import, and work on it here and now."""
    with database.write() as unit:
        one = leases.claim(unit, "first")
    assert one is not None
    assert one.id == number
    return passes.carried_out(Job(database, one, "first", rests or threading.Event()), workspace)


SIX = requests(*(row(number) for number in range(1, 7)))


def test_a_sheet_is_read_checked_and_brought_in(database: Database, workspace: Workspace) -> None:
    faulty = [*row(2)[:4], "volgende week"]
    total = ["Totaal", 3, None, None, None, None]
    content = requests(row(1), faulty, row(3), row(1), total)
    number = begun(database, content, stage=ImportStage.READING)

    worked(database, workspace)
    with database.read() as unit:
        survey = kept.survey_kept(unit, number)
    assert survey is not None
    assert (found(database, number).stage, survey.headings, survey.rows) == ("read", HEADINGS, 4)

    move(database, number, ImportStage.CHECKING)
    worked(database, workspace)
    checked = found(database, number)
    assert (checked.stage, checked.logged, checked.known, checked.refused) == ("checked", 2, 1, 1)
    assert logged(database) == 0

    move(database, number, ImportStage.IMPORTING)
    worked(database, workspace)
    done = found(database, number)
    with database.read() as unit:
        told = [(one.number, one.outcome, one.faults) for one in kept.outcomes(unit, number)]
        cells = next(one.cells for one in kept.outcomes(unit, number) if one.cells)
        assert [*proof.structure_faults(unit), *proof.record_faults(unit)] == []
    assert (done.stage, done.logged, done.known, done.refused) == ("done", 2, 1, 1)
    assert told == [
        (2, "logged", []), (3, "refused", [["submitted_at", "no_moment"]]), (4, "logged", []),
        (5, "known", []),
    ]  # fmt: skip
    assert cells == [str(cell) for cell in faulty if cell]
    assert logged(database) == 2
    assert parts_of(database, number) == {"plan", "survey", "rows"}


def test_what_was_brought_in_stays_where_somebody_stops_it(
    database: Database, workspace: Workspace
) -> None:
    number = begun(database, SIX, stage=ImportStage.IMPORTING)

    def stop() -> None:
        with database.write() as unit:
            kept.stop(unit, found(database, number))

    with pytest.raises(Stopped):
        carry_out(database, workspace, number, Rests(4, stop))

    assert 0 < logged(database) < 6
    assert found(database, number).logged == logged(database)


def test_the_next_worker_goes_on_where_a_killed_one_was(
    database: Database, workspace: Workspace, clock: ManualClock
) -> None:
    number = begun(database, SIX, stage=ImportStage.IMPORTING)
    with pytest.raises(ServerEnds):
        carry_out(database, workspace, number, Rests(5, lambda: True))
    half = logged(database)

    with database.write() as unit:
        assert leases.claim(unit, "second") is None
        assert leases.is_any(unit)
    clock.advance(leases.LEASE / timedelta(hours=1))
    worked(database, workspace)

    assert 0 < half < 6
    assert logged(database) == 6
    done = found(database, number)
    assert (done.stage, done.logged, done.known) == ("done", 6, 0)


def test_a_turn_is_kept_while_rows_are_passed_over(
    database: Database, workspace: Workspace, clock: ManualClock
) -> None:
    number = begun(database, SIX, stage=ImportStage.IMPORTING)
    with database.write() as unit:
        leases.renew(unit, found(database, number), "first", at_row=7)
    claims = []

    def looked_for_another() -> None:
        clock.advance(leases.LEASE / timedelta(hours=1) / 2)
        with database.write() as unit:
            claims.append(leases.claim(unit, "second"))

    carry_out(database, workspace, number, EachRest(looked_for_another))

    assert (claims, logged(database)) == ([None] * 7, 0)


def test_who_lost_the_turn_stores_nothing_more(
    database: Database, workspace: Workspace, clock: ManualClock
) -> None:
    number = begun(database, SIX, stage=ImportStage.IMPORTING)

    def take_over() -> None:
        clock.advance(leases.LEASE / timedelta(hours=1))
        with database.write() as unit:
            assert leases.claim(unit, "second") is not None

    with pytest.raises(LeaseLost):
        carry_out(database, workspace, number, Rests(4, take_over))

    assert found(database, number).logged == logged(database) < 6


def test_a_check_begins_anew_where_it_was_cut_off(
    database: Database, workspace: Workspace, clock: ManualClock
) -> None:
    twice = requests(row(1), row(2), row(1))
    number = begun(database, twice, stage=ImportStage.CHECKING)
    with pytest.raises(ServerEnds):
        carry_out(database, workspace, number, Rests(4, lambda: True))

    clock.advance(leases.LEASE / timedelta(hours=1))
    worked(database, workspace)

    checked = found(database, number)
    assert (checked.stage, checked.logged, checked.known) == ("checked", 2, 1)


def test_imports_wait_for_each_other_and_a_broken_one_holds_nobody_up(
    database: Database, workspace: Workspace
) -> None:
    broken = begun(database, b"PK\x03\x04 broken", stage=ImportStage.READING)
    whole = begun(database, SIX, stage=ImportStage.IMPORTING)

    worked(database, workspace)

    assert (found(database, broken).stage, found(database, broken).problem) == (
        "failed",
        "not_a_workbook",
    )
    assert found(database, whole).stage == "done"


class ShutFor:
    """A guard of a database that lets nobody write, so many times."""

    def __init__(self, times: int, problem: Exception) -> None:
        self.times, self.problem = times, problem

    def __call__(self, connection: Connection, vault: Vault) -> None:
        self.times -= 1
        if self.times >= 0:
            raise self.problem


@pytest.mark.parametrize(
    "problem", [OtherSchema("newer"), WrongKey("other"), DatabaseFault("full")]
)
def test_a_database_that_is_shut_for_a_while_holds_an_import_up_and_no_longer(
    database: Database, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    monkeypatch.setattr("app.imports.worker.PATIENCE", 0)
    number = begun(database, SIX, stage=ImportStage.READING)
    monkeypatch.setattr(database, "guard", ShutFor(5, problem))

    worked(database, workspace)

    assert found(database, number).stage == "read"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_whoever_calls_a_worker_whose_thread_broke_gets_another(
    database: Database, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begun(database, SIX, stage=ImportStage.READING)
    worker = Worker(database, lambda _: workspace)
    with monkeypatch.context() as broken:
        broken.setattr(database, "guard", ShutFor(1, MemoryError()))
        worker.wake()
        worker.rest()

    worker.wake()
    worker.rest()

    assert found(database, number).stage == "read"


def test_what_was_sent_lies_sealed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    # Uncompressed, or nobody could tell by looking.
    monkeypatch.setattr(kept, "zlib", SimpleNamespace(compress=bytes, decompress=bytes))
    number = begun(database, b"Link;Nr\nzzfixture.example/1;1", stage=ImportStage.SENT)
    with database.read() as unit:
        kept_file = kept.file_of(unit, number)
        wrapped = unit.connection.scalars(select(import_parts.c.wrapped)).all()

    assert b"zzfixture" in kept_file
    assert len(wrapped) == 2
    assert [one for one in wrapped if b"zzfixture" in one or b"2025.xlsx" in one] == []


def test_an_import_is_its_sender_s_own_and_a_month_later_gone(
    database: Database, clock: ManualClock
) -> None:
    number = begun(database, SIX, stage=ImportStage.SENT)
    with database.read() as unit:
        assert kept.find(unit, 4711, number) is None

    clock.advance(kept.LIFE / timedelta(hours=1))
    with database.write() as unit:
        kept.forget_old(unit)

    assert parts_of(database, number) == set()
    with database.read() as unit:
        assert unit.connection.scalar(select(func.count()).select_from(imports)) == 0


def test_a_new_file_takes_the_place_of_one_that_nobody_went_on_with(database: Database) -> None:
    number = begun(database, SIX, stage=ImportStage.SENT)
    user_id = found(database, number).user_id

    with database.write() as unit:
        second = kept.begin(unit, user_id, content=SIX, plan=Plan("b.xlsx", ()))
        left = [one.id for one in kept.of_person(unit, user_id)]

    assert left == [second]


def test_of_two_who_move_an_import_the_second_changes_nothing(database: Database) -> None:
    number = begun(database, SIX, stage=ImportStage.READ)
    seen = found(database, number)
    move(database, number, ImportStage.CHECKING)

    for change in (
        lambda unit: kept.move(unit, seen, ImportStage.SENT),
        lambda unit: kept.stop(unit, seen),
        lambda unit: kept.forget(unit, seen),
    ):
        with pytest.raises(Overtaken), database.write() as unit:
            change(unit)

    now = found(database, number)
    assert (now.stage, now.is_to_stop) == ("checking", False)
    assert parts_of(database, number) == {"file", "plan"}


def test_what_became_of_all_rows_is_one_question(database: Database, workspace: Workspace) -> None:
    number = begun(database, SIX, stage=ImportStage.IMPORTING)
    worked(database, workspace)
    asked: list[str] = []
    with database.read() as unit:
        event.listen(unit.connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        outcomes = list(kept.outcomes(unit, number))

    assert ([one.number for one in outcomes], len(asked)) == ([2, 3, 4, 5, 6, 7], 1)


def test_what_an_earlier_version_found_is_read() -> None:
    told = Survey(("Nr",), 1, (("1",),), ({"1": 1},), (0,)).told()

    assert survey_of(told | {"odd": [0]}).told() == told


def test_a_part_moved_to_another_import_does_not_open(
    database: Database, workspace: Workspace
) -> None:
    first = begun(database, SIX, stage=ImportStage.SENT)
    second = begun(database, SIX, stage=ImportStage.SENT)

    with database.write() as unit:
        wrapped = unit.connection.scalar(
            select(import_parts.c.wrapped).where(
                import_parts.c.import_id == first, import_parts.c.name == kept.FILE
            )
        )
        unit.connection.execute(
            import_parts.update()
            .where(import_parts.c.import_id == second, import_parts.c.name == kept.FILE)
            .values(wrapped=wrapped)
        )
    move(database, second, ImportStage.READING)
    worked(database, workspace)

    assert found(database, second).stage == "failed"
    assert found(database, second).problem == "unforeseen"


def test_too_many_rows_are_told_as_such(
    database: Database, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.imports.files.MAX_ROWS", 3)
    number = begun(database, SIX, stage=ImportStage.READING)

    with pytest.raises(Refused) as refused:
        carry_out(database, workspace, number)

    assert refused.value.code == "too_many_rows_to_import"
