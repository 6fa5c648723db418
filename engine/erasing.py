"""Erasing by destroying keys: one fact that should never have been written, or everything about a citizen."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from domain.actor import Actor
from domain.pathway.commands.course import EraseCitizen, EraseFact
from domain.pathway.facts.course import FactCorrected
from domain.pathway.permissions import MAY, require_role
from engine.asked import Asked
from engine.draft import Draft, digest_of, fact_id
from engine.transact import Engine
from eventstore import shredding
from eventstore.database import Connection
from eventstore.errors import NoSuchCitizen
from eventstore.shredding import Ruling


@dataclass(frozen=True)
class Erasure:
    """What was erased."""

    citizen: UUID
    facts: tuple[tuple[UUID, int], ...]
    """Stream and version of each fact whose key was destroyed."""
    fact_ids: frozenset[UUID]
    """The ids of all facts about which no letter may lie anywhere any more."""
    repeated: bool = False
    """Whether it had been erased before, and only what was left lying is to be cleared away."""


class Eraser:
    """Erases in the role that may; its engine works on a database opened in that role."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def erase_fact(self, stream: UUID, version: int, by: Actor, decision: str) -> Erasure:
        """Destroys the key of one fact and of whatever corrected it; the pathway goes on without what they said.

        Raises: Refused, NoSuchStream, StoreAway; StreamConflict when others were always faster.
        """
        ruling = Ruling(self._engine.clock(), by, decision)
        command = EraseFact(by=by, at=ruling.at, erases=version, decision=decision)
        asked = Asked(command, uuid4(), digest_of(self._engine.keys, command), None)

        async def attempt(connection: Connection) -> Erasure:
            self._engine.recent.forget(stream)
            await self._engine.settle(connection, stream)
            async with connection.transaction():
                await shredding.hold_subject(connection, stream)
                draft = await self._engine.drafted(connection, stream, asked)
                versions = await self._with_corrections(connection, stream, version)
                await shredding.note(connection, ruling, draft.after.subject, stream, versions)
                await self._engine.write(connection, draft)
                await shredding.destroy_fact_keys(connection, stream, versions)
            self._engine.recent.forget(stream)
            facts = tuple((stream, each) for each in versions)
            return Erasure(draft.after.subject, facts, _ids(facts))

        return await self._engine.until_first(stream, attempt)

    async def _with_corrections(self, connection: Connection, stream: UUID, version: int) -> list[int]:
        events = await self._engine.store.facts(connection, stream)
        correcting = [
            number
            for number, event in enumerate(events, start=1)
            if isinstance(event, FactCorrected) and event.corrects == version
        ]
        return [version, *correcting]

    async def erase_citizen(self, citizen: UUID, by: Actor, decision: str) -> Erasure:
        """Ends every pathway of a citizen, then destroys every key and the identity, in one transaction.

        A repetition destroys nothing more, and says again what letters are about: whoever erased may have been stopped
        before they were gone.

        Raises: Refused, NoSuchCitizen, StoreAway; StreamConflict when others were always faster.
        """
        ruling = Ruling(self._engine.clock(), by, decision)
        command = EraseCitizen(by=by, at=ruling.at, decision=decision)
        require_role(command, MAY[EraseCitizen])  # also when there is no pathway that would ask

        async def attempt(connection: Connection) -> Erasure:
            for stream in await shredding.streams_of(connection, citizen):
                self._engine.recent.forget(stream)
                await self._engine.settle(connection, stream)
            async with connection.transaction():
                streams = await shredding.streams_of(connection, citizen)
                drafts = [await self._closing(connection, stream, command) for stream in streams]
                for draft in drafts:
                    await self._engine.write(connection, draft)
                facts = await shredding.destroy_citizen(connection, citizen, streams, ruling)
            for stream in streams:
                self._engine.recent.forget(stream)
            self._engine.store.ring.forget(citizen)
            return Erasure(citizen, tuple(facts), _ids(await shredding.traces_of(connection, citizen)))

        try:
            return await self._engine.until_first(citizen, attempt)
        except NoSuchCitizen:
            async with self._engine.database.connection() as connection:
                return Erasure(citizen, (), _ids(await shredding.traces_of(connection, citizen)), repeated=True)

    async def _closing(self, connection: Connection, stream: UUID, command: EraseCitizen) -> Draft:
        asked = Asked(command, uuid4(), digest_of(self._engine.keys, command), None)
        return await self._engine.drafted(connection, stream, asked)


def _ids(facts: Iterable[tuple[UUID, int]]) -> frozenset[UUID]:
    return frozenset(fact_id(stream, version) for stream, version in facts)
