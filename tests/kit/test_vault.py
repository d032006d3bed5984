import pytest

from app.kit import vault
from app.kit.vault import CannotOpen, Vault

KEY = bytes(range(32))


def test_a_sealed_field_opens_with_its_key_in_its_place() -> None:
    sealed = vault.seal(KEY, b"hidden", "items.sealed:TD-222222/1")

    assert vault.unseal(KEY, sealed, "items.sealed:TD-222222/1") == b"hidden"
    assert b"hidden" not in sealed


@pytest.mark.parametrize(
    ("story", "key", "place", "flipped"),
    [
        ("another key", bytes(32), "items.sealed:TD-222222/1", None),
        ("another row", KEY, "items.sealed:TD-222222/2", None),
        ("a changed nonce", KEY, "items.sealed:TD-222222/1", 3),
        ("a changed ciphertext", KEY, "items.sealed:TD-222222/1", 15),
        ("another version", KEY, "items.sealed:TD-222222/1", 0),
    ],
)
def test_a_sealed_field_does_not_open(
    story: str, key: bytes, place: str, flipped: int | None
) -> None:
    sealed = bytearray(vault.seal(KEY, b"hidden", "items.sealed:TD-222222/1"))
    if flipped is not None:
        sealed[flipped] ^= 1

    with pytest.raises(CannotOpen):
        vault.unseal(key, bytes(sealed), place)


def test_a_data_key_is_unwrapped_only_with_the_secret_that_wrapped_it() -> None:
    ours, theirs = Vault(KEY), Vault(bytes(32))
    wrapped = ours.wrap(KEY, "data_keys.wrapped:1")

    assert ours.unwrap(wrapped, "data_keys.wrapped:1") == KEY
    with pytest.raises(CannotOpen):
        theirs.unwrap(wrapped, "data_keys.wrapped:1")
    with pytest.raises(CannotOpen):
        ours.unwrap(wrapped, "data_keys.wrapped:2")


def test_the_derived_keys_are_for_ever() -> None:
    """Known answers of docs/formats.md: a change here would orphan every record."""
    ours = Vault(KEY)

    assert ours.index("content", "x content  1").hex() == INDEX
    assert ours.chain_mac(b"message").hex() == MAC


def test_a_secret_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="31 bytes"):
        Vault(KEY[:31])


INDEX = "c6d4eb851a3888476e885a756f5ea514779dba964c932263c64634e421378e6e"
MAC = "401e6622617d5dcd47dba7aff731bb51ae5b6c49eea73ae03c5f0af0f2f4e6e8"
