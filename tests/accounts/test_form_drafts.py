import pytest
from sqlalchemy import insert, select, update

from app.accounts import form_drafts, signing_in
from app.accounts.form_drafts import FormDraft
from app.accounts.models import form_drafts as table
from app.accounts.models import users
from app.kit.database import Database, Unit
from app.kit.vault import CannotOpen
from tests.factories import START, ManualClock
from tests.users import PASSWORD, add_user

TYPED = {"text": "https://www.instagram.com/p/C7aB2cD3eF4/ é"}


def joined(unit: Unit, name: str) -> int:
    key = unit.connection.execute(
        insert(users).values(
            email=f"{name}@hotline.example", name=name, role="caseworker", may_view=False,
            has_shortcuts=True, created_at=START,
        )
    ).inserted_primary_key  # fmt: skip
    assert key is not None
    return int(key[0])


def test_a_draft_is_kept_replaced_and_forgotten(database: Database, clock: ManualClock) -> None:
    with database.write() as unit:
        somebody, another = joined(unit, "Analyst-01"), joined(unit, "Analyst-02")
        form_drafts.keep(unit, somebody, "new", values={"text": "first"})
        later = clock.advance(1)
        form_drafts.keep(unit, somebody, "new", values=TYPED)

        found = [form_drafts.find(unit, who, "new") for who in (somebody, another)]
        form_drafts.forget(unit, somebody, "new")

        assert found == [FormDraft(TYPED, later), None]
        assert form_drafts.find(unit, somebody, "new") is None


def test_all_drafts_of_a_page_are_listed_the_newest_first_and_nobody_elses(
    database: Database, clock: ManualClock
) -> None:
    with database.write() as unit:
        somebody, another = joined(unit, "Analyst-01"), joined(unit, "Analyst-02")
        for user_id, page in (
            (somebody, "new:a"), (another, "new:b"), (somebody, "outcome:c"), (somebody, "new"),
        ):  # fmt: skip
            clock.advance(1)
            form_drafts.keep(unit, user_id, page, values={"text": page})

        found = form_drafts.all_of(unit, somebody, "new")
        clock.advance(30 * 24 - 2)

        assert [(page, kept.values) for page, kept in found.items()] == [
            ("new", {"text": "new"}), ("new:a", {"text": "new:a"}),
        ]  # fmt: skip
        assert list(form_drafts.all_of(unit, somebody, "new")) == ["new"]


def test_a_draft_is_gone_a_month_after_its_last_change(
    database: Database, clock: ManualClock
) -> None:
    with database.write() as unit:
        somebody, another = joined(unit, "Analyst-01"), joined(unit, "Analyst-02")
        form_drafts.keep(unit, somebody, "new", values=TYPED)
        form_drafts.keep(unit, another, "new", values=TYPED)
        clock.advance(1)
        later = clock.now
        form_drafts.keep(unit, another, "new", values=TYPED)
        clock.advance(30 * 24 - 1)

        found = [form_drafts.find(unit, who, "new") for who in (somebody, another)]
        form_drafts.forget_old(unit)

        assert found == [None, FormDraft(TYPED, later)]
        assert unit.connection.scalars(select(table.c.user_id)).all() == [another]


def test_whoever_signs_in_takes_everybodys_old_drafts_away(
    database: Database, clock: ManualClock
) -> None:
    aloe = add_user(database)
    with database.write() as unit:
        form_drafts.keep(unit, joined(unit, "Analyst-01"), "new", values=TYPED)
    clock.advance(30 * 24)

    signing_in.by_password(
        database, aloe.email, PASSWORD, network_address="192.0.2.7", second_factor_roles=()
    )

    with database.read() as unit:
        assert unit.connection.scalars(select(table.c.user_id)).all() == []


def test_a_draft_cannot_be_read_in_the_database_nor_moved_to_another_person(
    database: Database,
) -> None:
    with database.write() as unit:
        somebody, another = joined(unit, "Analyst-01"), joined(unit, "Analyst-02")
        form_drafts.keep(unit, somebody, "new", values=TYPED)
        stored = unit.connection.scalar(select(table.c.wrapped))
        unit.connection.execute(update(table).values(user_id=another))

        assert b"instagram" not in stored
        with pytest.raises(CannotOpen):
            form_drafts.find(unit, another, "new")
