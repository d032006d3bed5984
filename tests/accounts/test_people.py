from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from app.accounts import audit, people
from app.accounts.audit import Wanted
from app.accounts.models import users
from app.accounts.permissions import Person
from app.kit.database import Database, Unit
from app.kit.errors import Conflict, NoSuchThing, Refused
from tests.factories import START
from tests.users import add_second_factor, add_user


def added(database: Database, email: str, name: str | None = None) -> Person:
    with database.write() as unit:
        return people.add(unit, email, "caseworker", by="test", name=name)


def test_somebody_new_has_a_role_a_pseudonym_and_no_mandate(database: Database) -> None:
    person = added(database, "  New.Person@Hotline.example ")

    with database.read() as unit:
        account = people.account(unit, person.id)

    assert person == Person(
        person.id, "new.person@hotline.example", person.name, "caseworker", False, None, True
    )
    assert person.name in people._PSEUDONYMS
    assert account == (person, START, None, False, False)


@pytest.mark.parametrize("again", ["a@hotline.example", "A@HOTLINE.example", " a@Hotline.Example"])
def test_an_address_belongs_to_one_person_however_it_is_written(
    database: Database, again: str
) -> None:
    person = added(database, "A@hotline.example")

    with pytest.raises(Conflict) as refused:
        added(database, again)

    assert refused.value.code == "email_taken"
    with database.read() as unit:
        assert people.find(unit, again) == person


@pytest.mark.parametrize("again", ["Zilver", "zilver", "  ZILVER "])
def test_a_display_name_belongs_to_one_person_however_it_is_written(
    database: Database, again: str
) -> None:
    added(database, "a@hotline.example", "Zilver")

    with pytest.raises(Conflict) as refused:
        added(database, "b@hotline.example", again)

    assert refused.value.code == "name_taken"


@pytest.mark.parametrize(
    ("email", "name", "role", "code"),
    [
        ("nobody", None, "caseworker", "bad_email"),
        ("a b@hotline.example", None, "caseworker", "bad_email"),
        ("a@hotline@example", None, "caseworker", "bad_email"),
        ("a\x00@hotline.example", None, "caseworker", "bad_email"),
        ("a" * 250 + "@b.be", None, "caseworker", "bad_email"),
        ("a@hotline.example", "token:case system", "caseworker", "bad_name"),
        ("a@hotline.example", "a@hotline.example", "caseworker", "bad_name"),
        ("a@hotline.example", "A\u202eloe", "caseworker", "bad_name"),
        ("a@hotline.example", "A" * 41, "caseworker", "bad_name"),
        ("a@hotline.example", None, "king", "unknown_role"),
    ],
)
def test_what_breaks_a_rule_is_refused(
    database: Database, email: str, name: str | None, role: str, code: str
) -> None:
    with pytest.raises(Refused) as refused, database.write() as unit:
        people.add(unit, email, role, by="test", name=name)

    assert refused.value.code == code


@pytest.mark.parametrize("name", ["Command line", "UNKNOWN"])
def test_nobody_goes_by_a_name_that_the_log_uses(database: Database, name: str) -> None:
    with pytest.raises(Conflict):
        added(database, "a@hotline.example", name)


def test_a_pseudonym_is_suggested_that_nobody_has(database: Database) -> None:
    for number in range(len(people._PSEUDONYMS)):
        added(database, f"{number}@hotline.example")

    with database.read() as unit:
        names = [account.person.name for account in people.everyone(unit)]
        suggested = people.suggested_name(unit)

    assert names == sorted(people._PSEUDONYMS)
    assert suggested.removesuffix(" 2") in people._PSEUDONYMS


def test_a_change_is_written_down_by_field_and_code(database: Database) -> None:
    person = add_user(database)
    with database.write() as unit:
        changed = people.change(unit, person.id, by="Iris", role="manager", may_view=True)
        people.change(unit, person.id, by="Iris", role="manager")
        people.disable(unit, person.id, by="Iris")
        people.disable(unit, person.id, by="Iris")
        people.enable(unit, person.id, by="Iris")

    with database.read() as unit:
        told = audit.page(unit, Wanted(by="Iris"), before=None, limit=9)
    assert changed == person._replace(role="manager", may_view=True)
    assert [(entry.action, entry.detail) for entry in reversed(told)] == [
        ("user_changed", {"user": "Aloe", "role": "manager", "may_view": True}),
        ("user_disabled", {"user": "Aloe"}),
        ("user_enabled", {"user": "Aloe"}),
    ]


def test_the_log_holds_no_address(database: Database) -> None:
    add_second_factor(database, add_user(database))

    with database.read() as unit:
        told = audit.page(unit, Wanted(), before=None, limit=99)

    assert [entry for entry in told if "@" in str(entry)] == []


def demote(unit: Unit, person: Person) -> None:
    people.change(unit, person.id, by="test", role="manager")


def disable(unit: Unit, person: Person) -> None:
    people.disable(unit, person.id, by="test")


@pytest.mark.parametrize("leave", [demote, disable])
@pytest.mark.parametrize("beside", ["nobody", "invited", "disabled"])
def test_the_last_administrator_stays(
    database: Database, leave: Callable[[Unit, Person], None], beside: str
) -> None:
    admin = add_user(database, "Iris", "admin")
    if beside != "nobody":
        other = add_user(database, "Aloe", "admin")
        lack = {"invited": {"password": None}, "disabled": {"disabled_at": START}}[beside]
        with database.write() as unit:
            unit.connection.execute(update(users).where(users.c.id == other.id).values(lack))

    with pytest.raises(Conflict) as refused, database.write() as unit:
        leave(unit, admin)

    assert refused.value.code == "last_admin"
    with database.read() as unit:
        account = people.account(unit, admin.id)
    assert (account.person.role, account.disabled_at) == ("admin", None)


@pytest.mark.parametrize("leave", [demote, disable])
def test_of_two_administrators_who_leave_at_once_one_stays(
    database: Database, leave: Callable[[Unit, Person], None]
) -> None:
    admins = [add_user(database, "Iris", "admin"), add_user(database, "Aloe", "admin")]

    def go(admin: Person) -> bool:
        try:
            with database.write() as unit:
                leave(unit, admin)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, admins)) == [False, True]


def test_of_many_added_at_once_under_one_name_one_is(database: Database) -> None:
    def add(number: int) -> bool:
        try:
            added(database, f"{number}@hotline.example", "Zilver")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(8))) == 1


def test_an_administrator_who_never_joined_may_go(database: Database) -> None:
    add_user(database, "Iris", "admin")
    with database.write() as unit:
        invited = people.add(unit, "b@hotline.example", "admin", by="test")
        people.disable(unit, invited.id, by="test")

    with database.read() as unit:
        assert people.account(unit, invited.id).disabled_at == START


def test_nobody_is_said_not_to_be_there(database: Database) -> None:
    with database.read() as unit:
        assert people.is_empty(unit)
        assert people.find(unit, "a@hotline.example") is None
        with pytest.raises(NoSuchThing):
            people.get(unit, 1)
