"""What is wrong with a programme, where, and with what values the mend is worded."""

from dataclasses import dataclass

from domain.refusal import Plain
from programmes.source import Path


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend before the programme can be published."""

    file: str
    line: int
    path: str
    code: str
    values: tuple[tuple[str, Plain], ...] = ()


def spelled(path: Path) -> str:
    """`phases.health_first.elements[1]`: a path as people write it."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "-"
