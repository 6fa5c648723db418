"""Where this installation keeps things: its state folder, its servers' folders, its keys."""

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from runtime.embedded.postgres import NotStarted
from runtime.settings import config_folder, state_folder

SHARED = Path("/var/lib/trinvis")
"""Where an embedded PostgreSQL lies when root starts it: it runs as somebody else, who may not reach the checkout."""

ANOTHER = "name one of your own in TRINVIS_STATE"


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
    """The installation of this folder, begun when there is none.

    Raises: NotStarted when the folder is somebody else's, or cannot be made.
    """
    state = state_folder()
    try:
        own = _name(state)
    except OSError as error:
        raise NotStarted(f"the state folder {state} cannot be used ({error.strerror}); {ANOTHER}") from None
    place = SHARED / f"{own}-{sha256(str(state).encode()).hexdigest()[:8]}" if os.geteuid() == 0 else state
    return Installation(
        state=state,
        postgres=place / "postgres",
        temporal=state / "temporal",
        keys=config_folder() / f"{own}.keys.json",
    )


def _name(state: Path) -> str:
    """What the installation is called, apart from where it lies."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    if state.stat().st_uid != os.geteuid():
        raise NotStarted(f"the state folder {state} belongs to another user; {ANOTHER}")
    name = state / "installation"
    if not name.exists():
        leave(name, secrets.token_hex(6))
    return name.read_text(encoding="utf-8").strip()


def leave(file: Path, text: str) -> None:
    """Writes *file* whole or not at all, for nobody else to read."""
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    partial.touch(mode=0o600)
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)
