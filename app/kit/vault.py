"""Keys and what they lock: field encryption, blind indexes, the MACs of event chain and audit log.

Formats are for ever (docs/formats.md): one secret of 32 bytes outside the database; from it
HKDF-SHA-256 makes one key per use. A takedown's fields are sealed with its own data key
(AES-256-GCM, fresh nonce, AAD = "table.column:row"); the data key is stored wrapped. What must
be found without being read is looked up by HMAC-SHA-256.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.kit.errors import TrackerError

SECRET_BYTES = 32
_SEALED = b"\x01"
_WRAPPED = b"\x02"
_NONCE_BYTES = 12
_KEY_ID_BYTES = 4


class CannotOpen(TrackerError):
    """A sealed value does not fit its key and place: changed, moved, or another secret key."""


class Vault:
    """Everything that is derived from the secret key."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SECRET_BYTES:
            raise ValueError(f"the secret key has {len(secret)} bytes, not {SECRET_BYTES}")
        wrapping = _derived(secret, b"wrap data keys")
        self._wrapping = AESGCM(wrapping)
        self._wrapping_id = hashlib.sha256(wrapping).digest()[:_KEY_ID_BYTES]
        self._index = _derived(secret, b"blind index")
        self._chain = _derived(secret, b"event chain")
        self._audit = _derived(secret, b"audit log")
        self._fingerprint = _derived(secret, b"request fingerprint")
        self.answers = _derived(secret, b"remembered answers")
        self.key_check = _derived(secret, b"key check")

    def wrap(self, data_key: bytes, place: str) -> bytes:
        """Lock a data key: version, id of the wrapping key, nonce, ciphertext."""
        nonce = os.urandom(_NONCE_BYTES)
        locked = self._wrapping.encrypt(nonce, data_key, place.encode())
        return _WRAPPED + self._wrapping_id + nonce + locked

    def unwrap(self, wrapped: bytes, place: str) -> bytes:
        """Unlock a data key; raises CannotOpen when it was changed or belongs elsewhere."""
        head, rest = wrapped[: 1 + _KEY_ID_BYTES], wrapped[1 + _KEY_ID_BYTES :]
        if head != _WRAPPED + self._wrapping_id:
            raise CannotOpen("the data key was wrapped with another secret key")
        try:
            return self._wrapping.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("the data key was changed or moved") from error

    def index(self, what: str, value: str) -> bytes:
        """Return the 32 bytes under which `value` can be found without being stored."""
        return hmac.digest(self._index, f"{what}\0{value}".encode(), "sha256")

    def chain_mac(self, message: bytes) -> bytes:
        """Return the HMAC-SHA-256 of one link of the event chain."""
        return hmac.digest(self._chain, message, "sha256")

    def audit_mac(self, message: bytes) -> bytes:
        """Return the HMAC-SHA-256 of one entry of the audit log."""
        return hmac.digest(self._audit, message, "sha256")

    def fingerprint(self, message: bytes) -> bytes:
        """Return a keyed digest that tells whether two request bodies are the same."""
        return hmac.digest(self._fingerprint, message, "sha256")


def new_data_key() -> bytes:
    """Draw the key of one takedown."""
    return AESGCM.generate_key(256)


def seal(data_key: bytes, clear: bytes, place: str) -> bytes:
    """Encrypt a field so that it opens only with this key and in this place."""
    nonce = os.urandom(_NONCE_BYTES)
    return _SEALED + nonce + AESGCM(data_key).encrypt(nonce, clear, place.encode())


def unseal(data_key: bytes, sealed: bytes, place: str) -> bytes:
    """Decrypt a field; raises CannotOpen when it was changed or moved."""
    nonce, locked = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        if sealed[:1] != _SEALED:
            raise ValueError
        return AESGCM(data_key).decrypt(nonce, locked, place.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(f"a sealed value was changed or moved: {place}") from error


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=b"takedown-tracker/1", info=use).derive(secret)
