"""A file of lines that opens only whole, unchanged, and with the secret key (docs/formats.md).

Its first line says what it is; then its own key, wrapped; then its lines, compressed and cut into
pieces that are sealed in their order. Only the last piece is shorter, so none can be missing.
"""

import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.kit.errors import TrackerError
from app.kit.vault import CannotOpen, Vault, new_data_key, seal, unseal

PIECE = 65_536
_SEALED_PIECE = 1 + 12 + PIECE + 16  # version, nonce, ciphertext, tag
_WRAPPED_KEY = 1 + 4 + 12 + 32 + 16  # version, id of the secret, nonce, ciphertext, tag
_GZIP = 16 + zlib.MAX_WBITS
# Nearly all is ciphertext in base64, which more effort makes no smaller.
_EFFORT = 1


class NotReadable(TrackerError):
    """A file is not what it should be, was changed or cut, or is of another secret key."""


class NotWritable(TrackerError):
    """A file could not be written; what was there before is as it was."""


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that takes its place whole and on disk, readable to its owner, or not at all."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            _sync_names(path.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritable(f"{path}: could not be written ({error.strerror})") from error


def write(file: IO[bytes], vault: Vault, kind: str, *, lines: Iterable[str]) -> None:
    """Write lines down as a file of this kind."""
    data_key = new_data_key()
    file.write(_first_line(kind) + vault.wrap(data_key, kind))
    for number, piece in enumerate(_pieces(_compressed(lines))):
        file.write(seal(data_key, piece, f"{kind}:{number}"))


def read(path: Path, vault: Vault, kind: str) -> Iterator[str]:
    """Read the lines of a file of this kind; raises NotReadable, maybe after some of them."""
    try:
        with path.open("rb") as file:
            rest = b""
            for block in _blocks(file, path, vault, kind=kind):
                *whole, rest = (rest + block).split(b"\n")
                for line in whole:
                    yield line.decode()
    except OSError as error:
        raise NotReadable(f"{path}: could not be read ({error.strerror})") from error


def _blocks(file: IO[bytes], path: Path, vault: Vault, *, kind: str) -> Iterator[bytes]:
    first = _first_line(kind)
    if file.read(len(first)) != first:
        raise NotReadable(f"{path}: is no {kind}")
    try:
        data_key = vault.unwrap(file.read(_WRAPPED_KEY), kind)
    except CannotOpen as error:
        raise NotReadable(f"{path}: does not open with this secret key") from error
    unpacked = zlib.decompressobj(_GZIP)
    try:
        number, piece = 0, bytes(PIECE)
        while len(piece) == PIECE:
            piece = unseal(data_key, file.read(_SEALED_PIECE), f"{kind}:{number}")
            number += 1
            yield unpacked.decompress(piece)
    except CannotOpen as error:
        raise NotReadable(f"{path}: was changed or cut short") from error


def _first_line(kind: str) -> bytes:
    return f"{kind} 1\n".encode()


def _compressed(lines: Iterable[str]) -> Iterator[bytes]:
    packed = zlib.compressobj(_EFFORT, wbits=_GZIP)
    for line in lines:
        yield packed.compress(f"{line}\n".encode())
    yield packed.flush()


def _pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut into pieces of one size, and a shorter one at the end."""
    held = bytearray()
    for block in blocks:
        held += block
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    yield bytes(held)


def _sync_names(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
