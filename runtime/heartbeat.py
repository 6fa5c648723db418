"""A worker's sign of life: a file that it touches after each sweep, and whose age says whether it still works."""

import sys
import time
from pathlib import Path

from runtime.settings import Settings, WrongSetting

MISSED = 5
"""So many sweeps may be missed, or last as long as so many, before a worker counts as dead."""


def beat(heartbeat: Path | None) -> None:
    """Leaves the sign, where one is asked for."""
    if heartbeat:
        heartbeat.touch()


def is_fresh(heartbeat: Path, sweep_seconds: float) -> bool:
    """Whether the worker has swept lately: PostgreSQL and Temporal both answered it."""
    try:
        age = time.time() - heartbeat.stat().st_mtime
    except OSError:
        return False
    return age <= MISSED * sweep_seconds


def main() -> int:
    """0 when the worker of these settings lives, otherwise 1: what a container's health check asks."""
    try:
        settings = Settings()
    except WrongSetting as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    return 0 if settings.heartbeat and is_fresh(settings.heartbeat, settings.sweep_seconds) else 1


if __name__ == "__main__":
    sys.exit(main())
