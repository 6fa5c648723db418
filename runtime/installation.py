"""Where this installation keeps things: its state folder, its servers' folders, its keys."""

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from runtime.settings import config_folder, state_folder

SHARED = Path("/var/lib/trinvis")
"""Where an embedded PostgreSQL lies when root starts it: it runs as somebody else, who may not reach the checkout."""


@dataclass(frozen=True)
class Installation:
    """The places of one installation."""

    state: Path
    """What is not in the database: logs, the outbox, where the servers are."""
    postgres: Path
    temporal: Path
    keys: Path
    """Apart from everything else, in the user's own configuration."""


def installation() -> Installation:
    """The installation of this folder, begun when there is none."""
    state = state_folder()
    state.mkdir(parents=True, exist_ok=True)
    name = state / "installation"
    if not name.exists():
        name.write_text(secrets.token_hex(6))
    own = name.read_text().strip()
    place = SHARED / f"{own}-{sha256(str(state.resolve()).encode()).hexdigest()[:8]}" if os.geteuid() == 0 else state
    return Installation(
        state=state,
        postgres=place / "postgres",
        temporal=state / "temporal",
        keys=config_folder() / f"{own}.keys.json",
    )
