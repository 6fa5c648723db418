"""Where the latest pathways stand, kept for a moment: most commands come in bursts about one citizen."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.draft import Standing

SECONDS = 300
"""How long a pathway is kept, as long as its citizen's key is."""


@dataclass(frozen=True)
class Kept:
    """A pathway as it stood when it was last written or read here."""

    standing: Standing
    at: datetime
    """The latest instant at which something was asked of it."""
    until: float


class Recent:
    """A bounded memory of pathways; a stale one only costs a retry, for the store expects another version."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[UUID, Kept] = OrderedDict()

    def get(self, stream: UUID) -> Kept | None:
        """What is remembered of *stream*, or None."""
        kept = self._kept.get(stream)
        if kept and kept.until < time.monotonic():
            self.forget(stream)
            return None
        return kept

    def keep(self, stream: UUID, standing: Standing, at: datetime) -> None:
        """Remembers where *stream* stands; the one untouched for longest is forgotten for it."""
        self._kept[stream] = Kept(standing, at, time.monotonic() + SECONDS)
        self._kept.move_to_end(stream)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, stream: UUID) -> None:
        """Lets go of *stream*."""
        self._kept.pop(stream, None)
