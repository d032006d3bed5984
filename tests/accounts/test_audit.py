from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, insert, select, update

from app import proof
from app.accounts import audit
from app.accounts.audit import Head, Wanted
from app.kit.database import Database, micros
from app.kit.vault import Vault
from app.notices.filling import Workspace
from tests.factories import START, ManualClock
from tests.proof.tampering import disarm


def told(database: Database, clock: ManualClock) -> None:
    with database.write() as unit:
        audit.record(unit, "Aloe", "signed_in", proved_by="app")
        clock.advance(1)
        audit.record(unit, "Iris", "opened", reference="TD-7K3M9Q", item=1)
        audit.record(unit, "Aloe", "revealed", reference="TD-7K3M9Q", items=[1, 2])


def faults(database: Database, kept: Head | None = None) -> list[tuple[str, str]]:
    with database.read() as unit:
        return list(audit.faults(unit, kept))


def test_entries_are_shown_newest_first(database: Database, clock: ManualClock) -> None:
    told(database, clock)

    with database.read() as unit:
        page = audit.page(unit, Wanted(), before=None, limit=2)
        rest = audit.page(unit, Wanted(), before=page[-1].number, limit=2)

    assert [tuple(entry) for entry in (*page, *rest)] == [
        (3, clock.now, "Aloe", "revealed", "TD-7K3M9Q", {"items": [1, 2]}),
        (2, clock.now, "Iris", "opened", "TD-7K3M9Q", {"item": 1}),
        (1, START, "Aloe", "signed_in", None, {"proved_by": "app"}),
    ]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(by="Aloe"), [3, 1]),
        (Wanted(action="opened"), [2]),
        (Wanted(reference="TD-7K3M9Q"), [3, 2]),
        (Wanted("Aloe", "revealed", "TD-7K3M9Q"), [3]),
        (Wanted(by="nobody"), []),
    ],
)
def test_entries_are_found_by_who_what_and_which(
    database: Database, clock: ManualClock, wanted: Wanted, numbers: list[int]
) -> None:
    told(database, clock)

    with database.read() as unit:
        found = audit.page(unit, wanted, before=None, limit=10)
        known = (audit.names(unit), audit.actions(unit))

    assert [entry.number for entry in found] == numbers
    assert known == (["Aloe", "Iris"], ["opened", "revealed", "signed_in"])


def test_many_at_once_leave_no_gap_and_no_fault(database: Database) -> None:
    def tell(number: int) -> None:
        with database.write() as unit:
            audit.record(unit, f"person {number}", "signed_in")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tell, range(40)))

    with database.read() as unit:
        assert audit.head(unit).number == 40
    assert faults(database) == []


def test_an_entry_is_undone_with_what_it_tells_of(database: Database) -> None:
    def fail() -> None:
        with database.write() as unit:
            audit.record(unit, "Aloe", "signed_in")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with database.read() as unit:
        assert audit.head(unit) == Head(0, audit.GENESIS)


def test_a_clock_put_back_does_not_turn_the_order_round(
    database: Database, clock: ManualClock
) -> None:
    told(database, clock)
    clock.advance(-5)
    with database.write() as unit:
        audit.record(unit, "Aloe", "signed_out")

    with database.read() as unit:
        times = [entry.at for entry in audit.page(unit, Wanted(), before=None, limit=9)]

    assert times == sorted(times, reverse=True)
    assert faults(database) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by", "Iris"),
        ("action", "signed_out"),
        ("reference", "TD-222222"),
        ("detail", '{"proved_by": "app"}'),
        ("at", START.replace(second=1)),
        ("mac", bytes(32)),
    ],
)
def test_any_changed_word_is_found(
    database: Database, clock: ManualClock, column: str, value: object
) -> None:
    told(database, clock)
    with database.write() as unit:
        disarm(unit.connection)
        unit.connection.execute(
            update(audit.audit).where(audit.audit.c.number == 1).values({column: value})
        )

    assert [subject for subject, _ in faults(database)] == ["audit 1"]


def test_a_missing_entry_is_found_and_named_by_verify(
    database: Database, clock: ManualClock, workspace: Workspace
) -> None:
    told(database, clock)
    with database.write() as unit:
        disarm(unit.connection)
        unit.connection.execute(delete(audit.audit).where(audit.audit.c.number == 2))

    with database.read() as unit:
        found = [str(fault.subject) for fault in proof.faults(unit)]

    assert found == ["audit 2"]


def test_a_cut_tail_is_found_by_a_head_kept_elsewhere(
    database: Database, clock: ManualClock
) -> None:
    told(database, clock)
    with database.read() as unit:
        kept = audit.head(unit)
    with database.write() as unit:
        disarm(unit.connection)
        unit.connection.execute(delete(audit.audit).where(audit.audit.c.number == 3))

    assert faults(database) == []
    assert faults(database, kept) == [("audit 3", "is missing: the tail up to 3 was cut")]


def test_a_log_rewritten_with_another_key_is_found(database: Database, clock: ManualClock) -> None:
    told(database, clock)
    with database.read() as unit:
        rows = [row._asdict() for row in unit.connection.execute(select(audit.audit))]
    another, previous = Vault(bytes(range(32))), audit.GENESIS
    with database.write() as unit:
        disarm(unit.connection)
        unit.connection.execute(delete(audit.audit))
        for row in rows:
            row["mac"] = previous = another.audit_mac(
                audit.message(row | {"at": micros(row["at"])}, previous)
            )
            unit.connection.execute(insert(audit.audit).values(row))

    assert [subject for subject, _ in faults(database)] == ["audit 1"]


def test_the_message_is_the_one_written_down_in_formats() -> None:
    row = {
        "number": 2,
        "at": 1772442000000000,
        "by": "Heron",
        "action": "user_changed",
        "reference": None,
        "detail": '{"role":"manager","user":"Plover"}',
        "mac": b"",
    }

    assert audit.message(row, bytes(32)).decode() == (
        '{"action":"user_changed","at":1772442000000000,"by":"Heron",'
        '"detail":"{\\"role\\":\\"manager\\",\\"user\\":\\"Plover\\"}","number":2,'
        f'"previous":"{"0" * 64}","reference":null}}'
    )
