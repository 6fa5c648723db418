"""What the checkout holds, for specifications of the house itself."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def pyproject() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def rooms() -> list[str]:
    """The import names that we ship."""
    shipped = pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    return [name.removesuffix(".py") for name in shipped]


def sources(*folders: str) -> list[Path]:
    """Every Python file of rooms, given by their names."""
    found: list[Path] = []
    for name in folders:
        single = ROOT / f"{name}.py"
        found += [single] if single.exists() else sorted((ROOT / name).rglob("*.py"))
    return found


def under_git() -> list[Path]:
    """Every file that git keeps or is about to keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - the git of the path
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file()]
