"""A sealed file gives back its lines, or nothing: whole, unchanged, with its key, as its kind."""

import gzip
import resource
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.backups import sealed_file
from app.backups.sealed_file import PIECE, NotReadable, NotWritable
from app.kit.vault import Vault
from tests.factories import SECRET

KIND = "takedown backup"
HEAD = len(f"{KIND} 1\n") + 65
SEALED = PIECE + 29


def some_lines(count: int) -> list[str]:
    dice = Random(count)
    return [f"été {dice.randbytes(dice.randrange(400)).hex()}" for _ in range(count)]


def written(path: Path, vault: Vault, lines: list[str]) -> bytes:
    with sealed_file.replacing(path) as file:
        sealed_file.write(file, vault, KIND, lines=lines)
    return path.read_bytes()


@pytest.mark.parametrize("count", [0, 1, 2, 500, 3000])
def test_lines_come_back_as_they_were(tmp_path: Path, vault: Vault, count: int) -> None:
    lines = some_lines(count)

    whole = written(tmp_path / "file", vault, lines)

    assert list(sealed_file.read(tmp_path / "file", vault, KIND)) == lines
    assert (len(whole) > HEAD + 3 * SEALED) == (count == 3000)


def test_a_file_is_made_as_the_formats_are_written_down(tmp_path: Path, vault: Vault) -> None:
    lines = some_lines(3000)
    whole = written(tmp_path / "file", vault, lines)

    hkdf = HKDF(SHA256(), 32, salt=b"takedown-tracker/1", info=b"wrap data keys")
    first, wrapped, sealed = whole[: HEAD - 65], whole[HEAD - 65 : HEAD], whole[HEAD:]
    own = AESGCM(AESGCM(hkdf.derive(SECRET)).decrypt(wrapped[5:17], wrapped[17:], KIND.encode()))
    pieces = [sealed[start : start + SEALED] for start in range(0, len(sealed), SEALED)]
    packed = [
        own.decrypt(piece[1:13], piece[13:], f"{KIND}:{number}".encode())
        for number, piece in enumerate(pieces)
    ]

    assert first == b"takedown backup 1\n"
    assert (wrapped[:1], {piece[:1] for piece in pieces}) == (b"\x02", {b"\x01"})
    assert [len(piece) for piece in packed[:-1]] == [65536] * (len(packed) - 1)
    assert gzip.decompress(b"".join(packed)).decode().splitlines() == lines


@pytest.mark.parametrize(
    ("story", "change"),
    [
        ("nothing left", lambda whole: whole[:0]),
        ("the first line only", lambda whole: whole[: HEAD - 65]),
        ("no piece", lambda whole: whole[:HEAD]),
        ("cut between pieces", lambda whole: whole[: HEAD + SEALED]),
        ("cut within a piece", lambda whole: whole[: HEAD + SEALED + 100]),
        ("the last byte missing", lambda whole: whole[:-1]),
        ("a byte more", lambda whole: whole + b"\0"),
        ("a piece missing", lambda whole: whole[:HEAD] + whole[HEAD + SEALED :]),
        ("a piece twice", lambda whole: whole[: HEAD + SEALED] + whole[HEAD:]),
        (
            "pieces swapped",
            lambda whole: (
                whole[:HEAD]
                + whole[HEAD + SEALED : HEAD + 2 * SEALED]
                + whole[HEAD : HEAD + SEALED]
                + whole[HEAD + 2 * SEALED :]
            ),
        ),
        ("another version", lambda whole: whole.replace(b" 1\n", b" 2\n", 1)),
    ],
)
def test_what_was_changed_or_cut_is_not_read(
    tmp_path: Path, vault: Vault, story: str, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(change(written(path, vault, some_lines(3000))))

    with pytest.raises(NotReadable):
        list(sealed_file.read(path, vault, KIND))


def test_pieces_of_another_file_do_not_fit(tmp_path: Path, vault: Vault) -> None:
    lines = some_lines(3000)
    one, other = (written(tmp_path / name, vault, lines) for name in ("one", "other"))
    (tmp_path / "one").write_bytes(one[: HEAD + SEALED] + other[HEAD + SEALED :])

    with pytest.raises(NotReadable, match="changed or cut short"):
        list(sealed_file.read(tmp_path / "one", vault, KIND))


def test_a_file_opens_with_its_secret_key_and_as_its_kind_only(
    tmp_path: Path, vault: Vault
) -> None:
    path = tmp_path / "file"
    written(path, vault, ["line"])

    with pytest.raises(NotReadable, match="does not open with this secret key"):
        list(sealed_file.read(path, Vault(SECRET[::-1]), KIND))
    with pytest.raises(NotReadable, match="is no takedown data keys"):
        list(sealed_file.read(path, vault, "takedown data keys"))


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "file"
    before = written(path, vault, ["before"])

    with suppress(ZeroDivisionError), sealed_file.replacing(path) as file:
        file.write(b"half")
        raise ZeroDivisionError
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    with pytest.raises(NotWritable, match="file: could not be written"):
        written(path, vault, some_lines(3000))
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert [(found, found.read_bytes()) for found in tmp_path.iterdir()] == [(path, before)]


def test_only_its_owner_may_read_a_file(tmp_path: Path, vault: Vault) -> None:
    written(tmp_path / "file", vault, ["line"])

    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
