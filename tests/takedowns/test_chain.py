from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.kit.database import Database
from app.kit.vault import Vault
from app.takedowns import chain
from app.takedowns.chain import Head, Link, NewLink
from tests.factories import SECRET, START

LINK = Link(
    number=3,
    takedown="TD-7K3M9Q",
    kind="decided",
    happened_at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
    recorded_at=datetime(2026, 3, 2, 16, 0, 0, 5, tzinfo=UTC),
    by='token:"é"',
    source="api",
    items="[1]",
    data='{"outcome":"removed"}',
    sealed=b"\x01sealed",
    voids=None,
)


def test_the_message_of_an_event_is_written_as_documented() -> None:
    """A known answer of docs/formats.md: a change here would break every chain."""
    assert chain.message(LINK, chain.GENESIS).decode() == (
        '{"by":"token:\\"é\\"","data":{"outcome":"removed"},'
        '"happened_at":"2026-03-02T15:00:00.000000Z","items":[1],"kind":"decided","number":3,'
        '"previous":"0000000000000000000000000000000000000000000000000000000000000000",'
        '"recorded_at":"2026-03-02T16:00:00.000005Z",'
        '"sealed":"aa76c6fcbd7f05ac87908cb8fffdc0d344e59a5e08fdd88d6baee6440ef1e3f8",'
        '"source":"api","takedown":"TD-7K3M9Q","voids":null}'
    )


def test_every_part_of_an_event_changes_its_mac(vault: Vault) -> None:
    mac = vault.chain_mac(chain.message(LINK, chain.GENESIS))
    other = datetime(2026, 3, 2, 15, 0, 0, 1, tzinfo=UTC)
    changes: dict[str, object] = {
        "number": 4,
        "takedown": "TD-7K3M9R",
        "kind": "seen",
        "happened_at": other,
        "recorded_at": other,
        "by": "token:x",
        "source": "mail",
        "items": "[ 1]",
        "data": '{"outcome": "removed"}',
        "sealed": None,
        "voids": 2,
    }

    assert set(changes) == set(Link._fields)
    for name, value in changes.items():
        changed = LINK._replace(**{name: value})
        assert vault.chain_mac(chain.message(changed, chain.GENESIS)) != mac, name
    assert vault.chain_mac(chain.message(LINK, b"\x01" * 32)) != mac


def test_an_empty_chain_has_an_empty_head(database: Database) -> None:
    with database.read() as unit:
        assert chain.head(unit) == chain.Head(0, chain.GENESIS, None)


@given(st.integers(-9, 9), st.integers(-9, 9), st.integers(-9, 9))
def test_an_event_is_recorded_neither_before_it_happened_nor_before_the_one_before_it(
    now: int, happened: int, last: int
) -> None:
    at = [START + timedelta(hours=hours) for hours in (now, happened, last)]
    new = NewLink("TD-7K3M9Q", "noted", at[1], "token:x", "api", (), {})

    bound = chain.bound_after(Head(1, chain.GENESIS, at[2]), new, Vault(SECRET), now=at[0])

    assert bound.link.recorded_at == max(at)
