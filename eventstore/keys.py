"""Where the key-encryption key comes from: a file that only its owner may read, or a key service."""

import base64
import fcntl
import hmac
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from eventstore.sealing import opened, sealed

KEY_BYTES = 32

Wrapped = tuple[str, bytes]
"""The id of the key-encryption key, and the key that was wrapped by it."""


class KeyProvider(Protocol):
    """What a key service must offer; the keys themselves never leave it."""

    @property
    def current(self) -> str:
        """The id of the key-encryption key that wraps from now on."""

    def wrap(self, key: bytes, context: bytes) -> Wrapped:
        """*key* wrapped by the key-encryption key that is current everywhere, also when another process replaced it."""

    def unwrap(self, kek: str, wrapped: bytes, context: bytes) -> bytes:
        """The key that was wrapped. Raises: KeyUnknown, cryptography.exceptions.InvalidTag."""

    def mac(self, purpose: str, content: bytes) -> bytes:
        """A keyed hash of *content*, another one for each purpose. Shape: 32 bytes."""

    def derived(self, purpose: str) -> bytes:
        """A key for a purpose of its own. Shape: 32 bytes."""


class KeyUnknown(Exception):  # noqa: N818 - says what was found
    """No key-encryption key of that id is here."""


class KeyFileUnsafe(Exception):  # noqa: N818 - the same
    """Others may read the key file."""


class FileKeys:
    """Keys in a file with mode 0600, one file per installation."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._load()

    @classmethod
    def made(cls, path: Path) -> "FileKeys":
        """The keys at *path*, made when there are none yet, by one process when several begin together."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _alone(path):
                if not path.exists():
                    first = secrets.token_hex(4)
                    _write(path, {"current": first, "keys": {first: _new_key()}, "secret": _new_key()})
        return cls(path)

    def _load(self) -> None:
        try:
            status = self._path.stat()
            text = self._path.read_text()
        except FileNotFoundError:
            raise KeyUnknown(f"the key file {self._path.name} is gone; put it back from its backup") from None
        if stat.S_IMODE(status.st_mode) & 0o077:
            raise KeyFileUnsafe(f"others may read the key file {self._path.name}; set its mode to 0600")
        content = json.loads(text)
        self._current: str = content["current"]
        self._keys = {kek: base64.b64decode(key) for kek, key in content["keys"].items()}
        self._secret = base64.b64decode(content["secret"])
        self._derived: dict[str, bytes] = {}

    @property
    def current(self) -> str:
        """The id of the key-encryption key that wraps from now on."""
        return self._current

    def wrap(self, key: bytes, context: bytes) -> Wrapped:
        """*key* wrapped by the key-encryption key that is current now; another process may have replaced it."""
        self._load()
        return self._current, sealed(self._keys[self._current], key, context)

    def unwrap(self, kek: str, wrapped: bytes, context: bytes) -> bytes:
        """The key that was wrapped."""
        if kek not in self._keys:
            self._load()  # another process may have rotated
        if kek not in self._keys:
            raise KeyUnknown(f"the key file holds no key {kek}; was another installation's file set?")
        return opened(self._keys[kek], wrapped, context)

    def mac(self, purpose: str, content: bytes) -> bytes:
        """A keyed hash of *content*. Shape: 32 bytes."""
        return hmac.digest(self.derived(purpose), content, "sha256")

    def derived(self, purpose: str) -> bytes:
        """A key for a purpose of its own. Shape: 32 bytes."""
        if purpose not in self._derived:
            kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"trinvis/{purpose}".encode())
            self._derived[purpose] = kdf.derive(self._secret)
        return self._derived[purpose]

    def add(self) -> str:
        """Makes a new key-encryption key the current one, the old ones still there; its id."""
        with _alone(self._path):
            self._load()
            new = secrets.token_hex(4)
            self._save({**self._encoded(), new: _new_key()}, new)
        return new

    def drop(self, kept: set[str]) -> list[str]:
        """Takes away every key-encryption key that is neither current nor *kept*; their ids."""
        with _alone(self._path):
            self._load()
            gone = [kek for kek in self._keys if kek not in kept and kek != self._current]
            self._save({kek: key for kek, key in self._encoded().items() if kek not in gone}, self._current)
        return gone

    def _encoded(self) -> dict[str, str]:
        return {kek: base64.b64encode(key).decode() for kek, key in self._keys.items()}

    def _save(self, keys: dict[str, str], current: str) -> None:
        _write(self._path, {"current": current, "keys": keys, "secret": base64.b64encode(self._secret).decode()})
        self._load()


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """No other process changes the key file meanwhile."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _write(path: Path, content: Mapping[str, object]) -> None:
    """Written whole or not at all, with mode 0600, and on the disk before anything is wrapped by a key in it."""
    descriptor, partial = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(partial).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def check_value(keys: KeyProvider) -> bytes:
    """What a database remembers of its keys, so that a wrong key file is noticed at once. Shape: 32 bytes."""
    return sha256(keys.derived("check")).digest()
