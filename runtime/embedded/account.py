"""The account under which an embedded PostgreSQL runs: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """Who runs the server, and where its files may lie."""

    uid: int | None
    """The account to change to, or None to stay who we are."""
    gid: int | None

    @property
    def options(self) -> dict[str, object]:
        """What subprocess needs to start something under the account."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Gives *path*, which we have just made, to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def may_read(self, path: Path) -> bool:
        """Whether the account can reach and run *path*, every folder above it included."""
        if self.uid is None:
            return True
        return all(_open_to(self.uid, self.gid, each) for each in (path, *path.parents))


def account() -> Account:
    """The account for the server: ours, or an unprivileged one when we are root."""
    if os.geteuid() != 0:
        return Account(None, None)
    entry = pwd.getpwnam(UNPRIVILEGED)
    return Account(entry.pw_uid, entry.pw_gid)


def _open_to(uid: int, gid: int | None, path: Path) -> bool:
    status = path.stat()
    if status.st_uid == uid:
        return bool(status.st_mode & 0o100)
    return bool(status.st_mode & (0o010 if status.st_gid == gid else 0o001))


def copied(source: Path, target: Path) -> Path:
    """A copy of the folder *source* at *target* that everybody may read; made once."""
    if not target.exists():
        partial = target.with_name(f"{target.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(source, partial, symlinks=True)
        for path in (partial, *partial.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
        partial.rename(target)
    return target
