"""A password as PostgreSQL keeps it, so that the password itself is never sent, nor written into a server's log."""

import os
from base64 import b64encode
from hashlib import pbkdf2_hmac, sha256
from hmac import digest
from unicodedata import normalize

ITERATIONS = 4096
SALT_BYTES = 16


def verifier_of(password: str) -> str:
    """What PostgreSQL keeps of *password* under SCRAM-SHA-256, another one each time.

    Shape: `SCRAM-SHA-256$iterations:salt$stored key:server key`.
    Source: RFC 5803; PostgreSQL, "pg_authid".
    """
    salt = os.urandom(SALT_BYTES)
    salted = pbkdf2_hmac("sha256", normalize("NFKC", password).encode(), salt, ITERATIONS)
    stored = sha256(digest(salted, b"Client Key", "sha256")).digest()
    server = digest(salted, b"Server Key", "sha256")
    salt_, stored_, server_ = (b64encode(each).decode() for each in (salt, stored, server))
    return f"SCRAM-SHA-256${ITERATIONS}:{salt_}${stored_}:{server_}"
