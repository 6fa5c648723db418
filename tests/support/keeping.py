"""Commits as the store's own specifications give them: plain facts about somebody, under ids of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from domain.pathway.facts.course import EventRecorded
from domain.pathway.history import Event
from eventstore.access import Look
from eventstore.appending import Appended, Commit
from eventstore.citizens import Identity
from runtime.wiring import Trinvis
from tests.support.cast import AUDITOR, CASEWORKER, MONDAY

LOOK = Look(AUDITOR, "ledelsestilsyn", MONDAY)
DIGEST = bytes(range(32))
OTHER_DIGEST = bytes(reversed(range(32)))


def noted(note: str = "gik fint", at: datetime = MONDAY) -> EventRecorded:
    """A fact with some free text in it."""
    return EventRecorded(at=at, event="noted", note=note)


def commit(stream: UUID, citizen: UUID, expected: int, *facts: Event, **others: Any) -> Commit[Event]:  # noqa: ANN401 - fields
    """A command's facts, ready to be appended."""
    return Commit(
        **{
            "stream": stream,
            "subject": citizen,
            "programme": "sundere-sammen@2",
            "expected": expected,
            "command_id": uuid4(),
            "digest": DIGEST,
            "actor": CASEWORKER,
            "at": MONDAY,
            "recorded_at": MONDAY,
            "facts": facts,
            "next_due": None,
            "over": False,
            "calls": False,
            **others,
        }
    )


async def somebody(trinvis: Trinvis, cpr: str | None = None) -> UUID:
    """A citizen whom the vault knows."""
    return await trinvis.vault.register(Identity(name="Prøve Prøvesen", cpr=cpr), LOOK)


async def append(trinvis: Trinvis, *commits: Commit[Event]) -> list[Appended]:
    """Appends commits one after the other, each for itself."""
    async with trinvis.database.connection() as connection:
        return [await trinvis.engine.store.append(connection, each) for each in commits]


async def events(trinvis: Trinvis, stream: UUID) -> list[Event]:
    """The facts of a stream, opened."""
    async with trinvis.database.connection() as connection:
        return await trinvis.engine.store.facts(connection, stream)


async def notes(trinvis: Trinvis, stream: UUID) -> list[str | None]:
    """What the facts of a stream say; None for one that cannot be read any more."""
    return [getattr(event, "note", None) for event in await events(trinvis, stream)]
