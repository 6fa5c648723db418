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
        self._expire()
        return self._kept.get(stream)

    def keep(self, stream: UUID, standing: Standing, at: datetime) -> None:
        """Remembers where *stream* stands; the one untouched for longest is forgotten for it."""
        self._expire()
        self._kept[stream] = Kept(standing, at, time.monotonic() + SECONDS)
        self._kept.move_to_end(stream)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, stream: UUID) -> None:
        """Lets go of *stream*."""
        self._kept.pop(stream, None)

    def _expire(self) -> None:
        """Lets go of whatever has been kept for long enough, also of what nobody asks for any more."""
        while self._kept and next(iter(self._kept.values())).until < time.monotonic():
            self._kept.popitem(last=False)
