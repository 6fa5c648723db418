"""Where rule sets stand: beside the programmes of a municipality, and beside those that ship."""

from collections.abc import Callable
from pathlib import Path

SHIPPED = Path(__file__).parent / "rule-sets"
Shelf = Callable[[str], tuple[str, str] | None]
"""Gives the file and the text of a rule set by its id, or None."""


def shelf_of(file: str) -> Shelf:
    """The rule sets that a programme in *file* can name: in `rule-sets` beside it or one folder up, or shipped."""
    beside = Path(file).parent

    def found(rule_set: str) -> tuple[str, str] | None:
        for folder in (beside, beside.parent):
            path = folder / SHIPPED.name / f"{rule_set}.yaml"
            if path.is_file():
                return str(path), path.read_text(encoding="utf-8", errors="surrogateescape")
        return shipped(rule_set)

    return found


def shipped(rule_set: str) -> tuple[str, str] | None:
    """The rule sets that come with the release."""
    path = SHIPPED / f"{rule_set}.yaml"
    return (f"{SHIPPED.name}/{path.name}", path.read_text("utf-8")) if path.is_file() else None
