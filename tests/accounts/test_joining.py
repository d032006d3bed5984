from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.accounts import audit, joining, people, second_factor, signing_in
from app.accounts.audit import Wanted
from app.accounts.joining import Chosen
from app.accounts.models import invitations, users
from app.accounts.permissions import Person
from app.kit.database import Database
from app.kit.errors import Conflict, NoSuchThing, Refused, TrackerError
from tests.factories import ManualClock
from tests.users import EVERY_ROLE, PASSWORD, add_second_factor, add_user, repeat_failed_attempts

NEW = "acht groene heuvels"
FIRST = Chosen(PASSWORD, "Iris", "iris@hotline.example")


def invited(database: Database) -> tuple[Person, str]:
    with database.write() as unit:
        person = people.add(unit, "aloe@hotline.example", "manager", by="test")
        return person, joining.invite(unit, person.id, by="test")


def linked(database: Database, person: Person | None) -> str:
    with database.write() as unit:
        return joining.invite(unit, person and person.id, by="test")


def accepted(database: Database, token: str, chosen: Chosen) -> Person:
    with database.write() as unit:
        return joining.accept(unit, token, chosen, house="Fictional Hotline")


def test_who_joins_chooses_name_and_password_and_keeps_the_role(database: Database) -> None:
    person, token = invited(database)

    done = accepted(database, token, Chosen(PASSWORD, " Groene  Els "))

    assert done == person._replace(name="Groene Els")
    with database.read() as unit:
        told = audit.page(unit, Wanted(by="Groene Els"), before=None, limit=9)
    assert [(entry.action, entry.detail) for entry in told] == [
        ("password_set", {}),
        ("joined", {"was": person.name}),
    ]


def test_a_link_tells_what_it_is_for_for_72_hours(database: Database, clock: ManualClock) -> None:
    person, token = invited(database)

    with database.read() as unit:
        clock.advance(71.9)
        found = joining.invitation(unit, token)
        clock.advance(0.1)
        late = joining.invitation(unit, token)

    assert found is not None
    assert (found.person, found.has_joined) == (person, False)
    assert late is None


@pytest.mark.parametrize(
    "story", ["used", "expired", "unknown", "replaced by a later one", "of somebody disabled"]
)
def test_a_link_that_is_not_good_any_more_changes_nothing(
    database: Database, clock: ManualClock, story: str
) -> None:
    person, token = invited(database)
    match story:
        case "used":
            accepted(database, token, Chosen(PASSWORD, "Els"))
        case "expired":
            clock.advance(72)
        case "unknown":
            token = token[:-1]
        case "replaced by a later one":
            linked(database, person)
        case _:
            with database.write() as unit:
                people.disable(unit, person.id, by="test")
    with database.read() as unit:
        before = unit.connection.execute(select(users)).all()

    with pytest.raises(NoSuchThing):
        accepted(database, token, Chosen(NEW, "Zilver"))

    with database.read() as unit:
        assert unit.connection.execute(select(users)).all() == before


@pytest.mark.parametrize(
    "chosen", [Chosen("too short", "Els"), Chosen(PASSWORD, ""), Chosen(PASSWORD, "Iris")]
)
def test_a_poor_choice_leaves_the_link_good(database: Database, chosen: Chosen) -> None:
    add_user(database, "Iris")
    _, token = invited(database)

    with pytest.raises((Refused, Conflict)):
        accepted(database, token, chosen)

    assert accepted(database, token, Chosen(PASSWORD, "Els")).name == "Els"


def test_of_many_who_use_a_link_at_once_one_succeeds(database: Database) -> None:
    _, token = invited(database)

    def accept(number: int) -> bool:
        try:
            accepted(database, token, Chosen(f"{PASSWORD} {number}", f"Els {number}"))
        except NoSuchThing:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, range(8))) == 1


def test_a_new_password_by_link_keeps_name_role_and_second_factor(database: Database) -> None:
    person = add_user(database)
    add_second_factor(database, person)

    done = accepted(database, linked(database, person), Chosen(NEW, "Another"))

    assert done == person
    with database.read() as unit:
        assert second_factor.is_set(unit, person.id)
    step = signing_in.by_password(
        database, person.email, NEW, network_address="192.0.2.1", second_factor_roles=EVERY_ROLE
    )
    assert not step.is_complete


def test_a_new_password_by_link_ends_the_rest_of_an_account(database: Database) -> None:
    person = add_user(database)
    with pytest.raises(signing_in.NotSignedIn):
        signing_in.by_password(
            database, person.email, "wrong", network_address="192.0.2.1", second_factor_roles=()
        )
    repeat_failed_attempts(database, signing_in.MOST_IN_A_ROW - 1)
    with pytest.raises(signing_in.TooManyTries):
        signing_in.by_password(
            database, person.email, PASSWORD, network_address="198.51.100.1", second_factor_roles=()
        )

    accepted(database, linked(database, person), Chosen(NEW))

    step = signing_in.by_password(
        database, person.email, NEW, network_address="198.51.100.1", second_factor_roles=()
    )
    assert step.is_complete


def test_the_first_administrator_joins_by_a_link_for_nobody(database: Database) -> None:
    token = linked(database, None)

    person = accepted(database, token, FIRST)

    assert person == Person(1, "iris@hotline.example", "Iris", "admin", False, None, True)


def test_a_link_for_the_first_administrator_is_void_once_somebody_works_here(
    database: Database,
) -> None:
    token = linked(database, None)
    add_user(database)

    with database.read() as unit:
        assert joining.invitation(unit, token) is None
    with pytest.raises(NoSuchThing):
        accepted(database, token, FIRST)


def test_of_many_first_administrators_at_once_one_is(database: Database) -> None:
    token = linked(database, None)

    def accept(number: int) -> bool:
        try:
            accepted(database, token, Chosen(PASSWORD, f"Iris {number}", f"{number}@a.example"))
        except TrackerError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, range(8))) == 1


def test_the_database_keeps_no_link(database: Database) -> None:
    _, token = invited(database)

    with database.read() as unit:
        [kept] = unit.connection.scalars(select(invitations.c.digest))
        count = unit.connection.scalar(select(func.count()).select_from(invitations))

    assert token.encode() not in kept
    assert (len(kept), count) == (32, 1)
