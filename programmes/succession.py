"""Whether a version takes over those who are referred before anybody expects it to: most often, its day was copied."""

from collections.abc import Iterable
from pathlib import Path

from domain.programme.shape import Programme
from programmes.finding import Finding
from programmes.loader import Loaded, Unpublishable, read_as
from programmes.source import read

BEGINS = ("effective_from",)


def copied_day(version: Loaded, text: str, file: str) -> Finding | None:
    """What to look at where a version beside *file* begins no earlier than the later one there; None where none does.

    The earlier version would never count again for anybody who is referred.
    """
    programme = version.programme
    late = [each for each in _beside(file, programme) if each.effective_from >= programme.effective_from]
    if not late:
        return None
    values = {"before": late[-1].ref, "value": programme.ref, "begins": str(late[-1].effective_from)}
    return Finding(file, line_of_day(text), BEGINS[0], "takes_over", tuple(values.items()))


def line_of_day(text: str) -> int:
    """The line that says from when a version counts."""
    return read(text).line(BEGINS)


def _beside(file: str, programme: Programme) -> Iterable[Programme]:
    """The earlier versions of a programme that stand in the same folder and can be read, in their order."""
    found = []
    for path in Path(file).parent.glob("*.yaml"):
        try:
            _, other = read_as(path.read_text(encoding="utf-8", errors="surrogateescape"), str(path), Programme)
        except (Unpublishable, OSError):
            continue
        if other.programme == programme.programme and other.version < programme.version:
            found.append(other)
    return sorted(found, key=lambda each: each.version)
