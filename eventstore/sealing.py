"""Sealing bytes with AES-256-GCM: a format byte, a random nonce, the ciphertext; bound to where they belong."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
NONCE_BYTES = 12
_HEAD = 1 + NONCE_BYTES


def sealed(key: bytes, plain: bytes, context: bytes) -> bytes:
    """*plain* under *key*, openable only with the same *context*."""
    return sealed_by(AESGCM(key), plain, context)


def opened(key: bytes, sealed_bytes: bytes, context: bytes) -> bytes:
    """What was sealed.

    Raises: cryptography.exceptions.InvalidTag when key, context or bytes are not the ones it was sealed with.
    """
    return opened_by(AESGCM(key), sealed_bytes, context)


def opened_by(cipher: AESGCM, sealed_bytes: bytes, context: bytes) -> bytes:
    """What was sealed, by a cipher that is used again and again.

    Raises: cryptography.exceptions.InvalidTag as above, and for another format than this release writes.
    """
    if sealed_bytes[:1] != FORMAT:
        raise InvalidTag
    return cipher.decrypt(sealed_bytes[1:_HEAD], sealed_bytes[_HEAD:], context)


def sealed_by(cipher: AESGCM, plain: bytes, context: bytes) -> bytes:
    """*plain* sealed, by a cipher that is used again and again."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + cipher.encrypt(nonce, plain, context)
