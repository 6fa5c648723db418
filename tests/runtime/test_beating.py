"""A worker's heartbeat: fresh while it sweeps, stale when it does not."""

import os
import time
from pathlib import Path

import pytest

from runtime.heartbeat import MISSED, beat, is_fresh, main

EVERY = 30
FILE = "heartbeat"


def aged(file: Path, seconds: float) -> Path:
    """The file, touched so long ago."""
    file.touch()
    then = time.time() - seconds
    os.utime(file, (then, then))
    return file


def test_a_worker_that_has_not_swept_yet_is_not_alive(tmp_path: Path) -> None:
    assert not is_fresh(tmp_path / FILE, EVERY)


def test_a_worker_that_has_just_swept_is_alive(tmp_path: Path) -> None:
    beat(tmp_path / FILE)
    assert is_fresh(tmp_path / FILE, EVERY)


def test_a_long_sweep_is_not_death(tmp_path: Path) -> None:
    assert is_fresh(aged(tmp_path / FILE, (MISSED - 1) * EVERY), EVERY)


def test_silence_for_many_sweeps_is_death(tmp_path: Path) -> None:
    assert not is_fresh(aged(tmp_path / FILE, (MISSED + 1) * EVERY), EVERY)


def test_a_beat_after_silence_is_life_again(tmp_path: Path) -> None:
    beat(aged(tmp_path / FILE, 1e6))
    assert is_fresh(tmp_path / FILE, EVERY)


def test_a_worker_that_nobody_watches_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    beat(None)
    assert list(tmp_path.iterdir()) == []


def test_the_health_check_answers_with_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINVIS_STATE", str(tmp_path))
    monkeypatch.setenv("TRINVIS_HEARTBEAT", str(tmp_path / FILE))
    assert main() == 1
    beat(tmp_path / FILE)
    assert main() == 0
