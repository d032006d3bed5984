from typing import get_args

import pytest

from app.accounts.permissions import RIGHTS, ROLES, SCOPES, Person
from app.accounts.vocabularies import Role
from app.kit import settings

READ_AND_WORK = {
    "takedowns:read",
    "takedowns:write",
    "events:write",
    "content:read",
    "metrics:read",
}


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("caseworker", READ_AND_WORK),
        ("manager", READ_AND_WORK | {"reports:read", "reports:write"}),
        ("admin", set(SCOPES)),
    ],
)
def test_a_role_may_do_exactly_this(role: str, rights: set[str]) -> None:
    person = Person(1, "a@example.org", "Aloe", role, False, None, True)

    assert {right for right in SCOPES if person.may(right)} == rights


def test_a_right_that_is_none_raises_instead_of_being_refused() -> None:
    person = Person(1, "a@example.org", "Aloe", Role.ADMIN, False, None, True)

    with pytest.raises(ValueError, match="anything else"):
        person.may("anything else")


def test_no_role_holds_the_viewing_mandate() -> None:
    assert [right for rights in RIGHTS.values() for right in rights if "view" in right] == []


def test_the_setting_of_second_factors_knows_the_same_roles() -> None:
    assert get_args(settings.Role) == ROLES
