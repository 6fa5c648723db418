"""Whoever runs the program in a test: ourselves, and an ordinary user where the tests run as root."""

import os
import pwd
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from runtime.embedded.account import UNPRIVILEGED
from tests.support.checkout import ROOT, rooms

SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
NOT_NEEDED = ("test", "idlelib", "site-packages", "turtledemo")
"""Parts of the standard library that nobody here imports."""


@dataclass(frozen=True)
class Somebody:
    """An account, and how it calls the program."""

    name: str
    command: tuple[str, ...]
    """What `trinvis` is for this account."""
    environment: dict[str, str] = field(default_factory=dict)
    uid: int | None = None
    """The account to become; None to stay who we are."""

    def own(self, folder: Path) -> None:
        """Gives the account a folder that has just been made."""
        if self.uid is not None:
            os.chown(folder, self.uid, -1)


def names() -> list[str]:
    """Everybody whom a test can be: root can be somebody else too."""
    return ["root", UNPRIVILEGED] if os.geteuid() == 0 else ["ourselves"]


@contextmanager
def somebody(name: str) -> Iterator[Somebody]:
    """The account of that name, able to run the program."""
    if name != UNPRIVILEGED:
        yield Somebody(name, (str(Path(sys.executable).with_name("trinvis")),))
        return
    folder = Path(tempfile.mkdtemp(prefix="trinvis-program-"))
    folder.chmod(0o755)
    try:
        yield _unprivileged(folder)
    finally:
        shutil.rmtree(folder)


def _unprivileged(folder: Path) -> Somebody:
    """An account without rights, for whom Python and the program are linked to where it can read them.

    Root's own folders, where either may lie, are closed to it, and stay so.
    """
    executable, library = Path(sys.executable).resolve(), Path(sysconfig.get_path("stdlib"))
    (folder / "bin").mkdir()
    _link(executable, folder / "bin" / executable.name)
    _link(Path(sys.executable).with_name("temporal"), folder / "bin" / "temporal")
    _link_tree(library, folder / "lib" / library.name, *NOT_NEEDED)
    for shared in Path(sysconfig.get_config_var("LIBDIR") or library.parent).glob("libpython*.so*"):
        _link(shared.resolve(), folder / "lib" / shared.name)
    _link_tree(SITE_PACKAGES, folder / "site-packages")
    for room in rooms():
        module = ROOT / f"{room}.py"
        _link(module, folder / "program" / module.name) if module.exists() else _link_tree(
            ROOT / room, folder / "program" / room
        )
    environment = {
        "PYTHONPATH": f"{folder / 'program'}:{folder / 'site-packages'}",
        "LD_LIBRARY_PATH": str(folder / "lib"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = (str(folder / "bin" / executable.name), "-P", "-m", "cli")
    return Somebody(UNPRIVILEGED, command, environment, pwd.getpwnam(UNPRIVILEGED).pw_uid)


def _link_tree(source: Path, target: Path, *ignored: str) -> None:
    shutil.copytree(source, target, copy_function=_link, ignore=shutil.ignore_patterns("__pycache__", *ignored))


def _link(source: str | Path, target: str | Path) -> None:
    """The same file under another name; a copy where the two places are on different disks."""
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    try:
        Path(target).hardlink_to(Path(source).resolve())
    except OSError:
        shutil.copy2(source, target)
