"""Folded states as bytes, and the revision that says which code folded them."""

from pathlib import Path
from zlib import compress, crc32, decompress

from pydantic import TypeAdapter

import domain.pathway
from domain.pathway.state import Pathway
from domain.text import STORED

_ADAPTER: TypeAdapter[Pathway] = TypeAdapter(Pathway)
_FOLDED_BY = ("state.py", "proceeding.py", "evolve.py", "steps.py", "folding/*.py", "facts/*.py")


def _revision() -> int:
    """A number that changes whenever code that folds changes, so that a kept state is never older than its rules."""
    folder = Path(domain.pathway.__file__).parent
    checksum = 0
    for pattern in _FOLDED_BY:
        for path in sorted(folder.glob(pattern)):
            checksum = crc32(path.read_bytes(), checksum)
    return checksum & 0x7FFFFFFF


REVISION = _revision()


def state_to(pathway: Pathway) -> bytes:
    """The state as bytes."""
    return compress(_ADAPTER.dump_json(pathway), 1)


def state_from(content: bytes) -> Pathway:
    """The state that those bytes are."""
    return _ADAPTER.validate_json(decompress(content), context=STORED)
