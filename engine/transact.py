"""The one way a command becomes facts: load, settle, decide, append, and again if somebody was faster."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from domain.actor import SETTLING, TIMER, Actor
from domain.calendar import local_date
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.commands.course import MovePathway, looks_back
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.decide import pathway_decider
from domain.pathway.evolve import fold
from domain.pathway.facts.course import FactCorrected, FactErased
from domain.pathway.history import Event, as_corrected
from domain.pathway.places import Occupied
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from engine import places
from engine.asked import Asked, Outcome, in_its_turn, pathway_id
from engine.clock import Clock
from engine.draft import Draft, Standing, digest_of
from engine.recent import Recent
from engine.state import REVISION, state_from, state_to
from eventstore.appending import Appended, Beside
from eventstore.codec import PATHWAY
from eventstore.database import Connection, Database
from eventstore.errors import NoSuchStream, StreamConflict
from eventstore.keys import KeyProvider
from eventstore.store import EventStore, Loaded
from projections import pathway_now, queue, worklist
from projections.rebuilding import Folded

TRIES = 12
KEPT_EVERY = 16
"""How many facts lie between two folded states in the store."""
REMEMBERED = 512
"""How many pathways one process remembers."""

Answer = TypeVar("Answer")
Library = Callable[[str], Awaitable[Programme | None]]
"""From a reference such as `sundere-sammen@2`, the published version, or None."""
InForce = Callable[[str, date], Awaitable[str | None]]
"""From a programme and a day, the version in force, such as `sundere-sammen@2`."""


class ClockBehind(Exception):  # noqa: N818 - says what was found
    """A timer rang for an instant that has not come by this clock."""


class Engine:
    """Commands to facts, for the pathways of one database."""

    def __init__(
        self, database: Database, keys: KeyProvider, library: Library, in_force: InForce, clock: Clock
    ) -> None:
        self.store: EventStore[Event] = EventStore(database, keys, PATHWAY, REVISION)
        self.database = database
        self.keys = keys
        self.library = library
        self._in_force = in_force
        self.clock = clock
        self.recent = Recent(REMEMBERED)

    async def refer(self, programme: str, command: ReferCitizen, command_id: UUID) -> Outcome:
        """Begins a pathway in the programme version named.

        Raises: Invalid when no such version is published; NoSuchCitizen; and whatever `transact` raises.
        """
        stream = pathway_id(command_id)
        asked = Asked(command, command_id, digest_of(self.keys, command, programme), programme)
        return await self.until_first(stream, lambda connection: self._attempt(connection, stream, asked))

    async def transact(self, stream: UUID, command: Command, command_id: UUID) -> Outcome:
        """Carries out a command on a pathway.

        Raises: Refused, Invalid, NoSuchStream, CommandReused, StoreAway; StreamConflict when others were always faster.
        """
        asked = Asked(command, command_id, digest_of(self.keys, command), None)
        return await self.until_first(stream, lambda connection: self._attempt(connection, stream, asked))

    async def pass_time(self, stream: UUID, due: datetime) -> None:
        """Lets pass on a pathway what is due by an instant that has come, as a timer asks.

        Raises: ClockBehind when the instant has not come here; NoSuchStream, StoreAway, StreamConflict.
        """
        if due > self.clock():
            raise ClockBehind(f"{due.isoformat()} has not come yet by this clock")
        self.recent.forget(stream)  # another process may have made it due; by what is remembered nothing would pass
        await self.until_first(stream, lambda connection: self._passed(connection, stream, due, TIMER))

    async def settle(self, connection: Connection, stream: UUID) -> None:
        """Writes everything that has fallen due on a pathway by now.

        Raises: NoSuchStream, StreamConflict.
        """
        await self._settle(connection, stream, self.clock())

    async def _settle(self, connection: Connection, stream: UUID, until: datetime) -> None:
        while await self._passed(connection, stream, until, SETTLING):
            pass

    async def until_first(self, stream: UUID, attempt: Callable[[Connection], Awaitable[Answer]]) -> Answer:
        """What *attempt* answers, tried again as long as others are faster.

        Raises: StreamConflict when they were every time; StoreAway; whatever *attempt* raises.
        """
        for tried in range(TRIES):
            try:
                async with self.database.connection() as connection:
                    return await attempt(connection)
            except StreamConflict:
                self.recent.forget(stream)
                await asyncio.sleep(random.uniform(0, 0.001 * 2**tried))  # noqa: S311 - a pause, not a secret
        raise StreamConflict("others were faster every time; try again in a moment")

    async def _passed(self, connection: Connection, stream: UUID, until: datetime, by: Actor) -> bool:
        """Writes what is due by then, as much as goes into one transaction; whether there was anything."""
        standing, at = await self.current(connection, stream)
        draft = Draft(stream, standing, self.keys, self.clock(), at)
        draft.settle(until, by)
        if draft.commits:
            await self.write(connection, draft)
            self.recent.keep(stream, draft.after, draft.at)
        return bool(draft.commits)

    async def current(self, connection: Connection, stream: UUID) -> tuple[Standing, datetime]:
        """Where a pathway stands, as remembered or as read, and when something was last asked of it.

        Raises: NoSuchStream.
        """
        kept = self.recent.get(stream)
        if kept:
            return kept.standing, kept.at
        loaded = await self.store.load(connection, stream)
        if loaded is None:
            raise NoSuchStream(f"no pathway {stream}")
        return await self._standing(connection, stream, loaded), loaded.at

    async def _attempt(self, connection: Connection, stream: UUID, asked: Asked) -> Outcome:
        programme = await self._of_few_places(connection, stream, asked)
        if programme is None:
            draft, appended = await self._written(connection, stream, asked)
        else:
            async with connection.transaction():
                await places.hold(connection, programme)
                draft, appended = await self._written(connection, stream, asked)
        if draft is None or appended.duplicate:
            self.recent.forget(stream)
            return await self._first_answer(connection, stream, appended)
        self.recent.keep(stream, draft.after, draft.at)
        return _outcome(draft, appended)

    async def _of_few_places(self, connection: Connection, stream: UUID, asked: Asked) -> Programme | None:
        """The programme of which the command may take a place, with what had fallen due written before; or None."""
        if not isinstance(asked.command, places.TAKING):
            return None
        programme = await self.programme(asked.programme or await self.store.programme(connection, stream))
        if not places.takes_a_place(programme, asked.command):
            return None
        if asked.programme is None:
            await self._settle(connection, stream, asked.command.at)
        return programme

    async def _written(self, connection: Connection, stream: UUID, asked: Asked) -> tuple[Draft | None, Appended]:
        """What was written and the answer to it; None for a command that has got its answer before."""
        draft = await self._remembered(connection, stream, asked)
        if draft is None:
            loaded = await self.store.load(connection, stream, asked.command_id, asked.digest)
            if loaded and loaded.answer:
                return None, loaded.answer
            standing = await (self._standing(connection, stream, loaded) if loaded else self._beginning(stream, asked))
            draft = await self.drafted(connection, stream, asked, standing, loaded.at if loaded else asked.command.at)
        return draft, await self.write(connection, draft)

    async def _remembered(self, connection: Connection, stream: UUID, asked: Asked) -> Draft | None:
        """The draft by what is remembered of the pathway; None when nothing is, or when it would be turned down.

        What is remembered may be stale, and a repetition is answered as it was the first time: nobody is turned down
        before the store has been asked.
        """
        kept = self.recent.get(stream)
        if kept is None:
            return None
        try:
            return await self.drafted(connection, stream, asked, kept.standing, kept.at)
        except (Refused, Invalid):
            return None

    async def drafted(
        self,
        connection: Connection,
        stream: UUID,
        asked: Asked,
        standing: Standing | None = None,
        latest: datetime | None = None,
    ) -> Draft:
        """What a command is about to write, from where the pathway stands, read anew where that is not given.

        Raises: Refused, Invalid, NoSuchStream; StreamConflict when so much had fallen due that it was written first.
        """
        if standing is None or latest is None:
            standing, latest = await self.current(connection, stream)
        command = in_its_turn(asked.command, latest)
        draft = Draft(stream, standing, self.keys, self.clock(), command.at)
        draft.settle(command.at)
        if draft.is_full:
            await self._settle(connection, stream, command.at)
            raise StreamConflict("much had fallen due; go on from there")
        binding = await self._binding(connection, stream, draft, command)
        draft.decide(binding, command, asked.command_id, asked.digest)
        return draft

    async def folded(self, connection: Connection, stream: UUID) -> Folded:
        """A pathway folded from all its facts, whatever was kept of it. Raises: NoSuchStream."""
        loaded = await self.store.load(connection, stream)
        if loaded is None:
            raise NoSuchStream(f"no pathway {stream}")
        events = await self.store.facts(connection, stream)
        pathway = fold(as_corrected(events))
        programme = await self.programme(loaded.programme)
        return Folded(stream, loaded.subject, programme, len(events), pathway)

    async def _beginning(self, stream: UUID, asked: Asked) -> Standing:
        if asked.programme is None or not isinstance(asked.command, ReferCitizen):
            raise NoSuchStream(f"no pathway {stream}")
        binding = Binding(await self.programme(asked.programme))
        return Standing(binding, asked.command.citizen, 0, pathway_decider(binding).initial)

    async def _standing(self, connection: Connection, stream: UUID, loaded: Loaded) -> Standing:
        pathway = await self._pathway(connection, stream, loaded)
        return Standing(Binding(await self.programme(loaded.programme)), loaded.subject, loaded.version, pathway)

    async def programme(self, ref: str) -> Programme:
        """The published version named.

        Raises: Invalid when there is none.
        """
        programme = await self.library(ref)
        if programme is None:
            raise Invalid("programme", "unknown_programme", value=ref)
        return programme

    async def _pathway(self, connection: Connection, stream: UUID, loaded: Loaded) -> Pathway:
        if loaded.state is not None:
            later = await self.store.facts(connection, stream, after=loaded.state_version)
            if not any(isinstance(event, (FactCorrected, FactErased)) for event in later):
                return fold(later, state_from(loaded.state))
        return fold(as_corrected(await self.store.facts(connection, stream)))

    async def _binding(self, connection: Connection, stream: UUID, draft: Draft, command: Command) -> Binding:
        """The binding with what moving, correcting and erasing look at besides."""
        programme, target, history = draft.after.binding.programme, None, list[Event]()
        if isinstance(command, MovePathway):
            target = await self.library(f"{programme.programme}@{command.version}")
        if looks_back(command):
            stored = await self.store.facts(connection, stream, most=draft.before.version)
            history = [*stored, *draft.facts]
        occupied = await self.occupied(connection, programme) if places.takes_a_place(programme, command) else None
        return Binding(programme, target, history, occupied)

    async def occupied(self, connection: Connection, programme: Programme) -> Occupied | None:
        """How many places there are, by the version in force, and how many are taken; None where all have one."""
        if programme.places is None:
            return None
        ref = await self._in_force(programme.programme, local_date(self.clock()))
        follows = await self.programme(ref) if ref else programme
        return await queue.occupied(connection, programme.programme, follows.places)

    async def write(self, connection: Connection, draft: Draft) -> Appended:
        """Appends a draft, with the read models, in one transaction.

        Raises: StreamConflict when another command came first.
        """
        beside = [] if draft.is_empty else await self._beside(connection, draft)
        if len(draft.commits) == 1:
            return await self.store.append(connection, draft.commits[0], beside)
        async with connection.transaction():
            for commit in draft.commits[:-1]:
                if (await self.store.append(connection, commit)).duplicate:
                    raise StreamConflict("time had been let pass already; the read models are behind, go on from there")
            appended = await self.store.append(connection, draft.commits[-1], beside)
            if appended.duplicate:
                raise StreamConflict("the command had been carried out before; time passes without it")
            return appended

    async def _beside(self, connection: Connection, draft: Draft) -> list[Beside]:
        """What is written with the last commit: the folded state and the read models."""
        stream, before, after = draft.commits[-1].stream, draft.before, draft.after
        followed, programme = after.binding.programme, after.binding.programme.ref
        moved = before.binding.programme.ref != programme
        gone, written = worklist.changes(followed, before.pathway, after.pathway, moved=moved)
        now = pathway_now.row(stream, after.subject, programme, after.version, after.pathway)
        beside = [Beside(pathway_now.WRITE, now)]
        if after.version // KEPT_EVERY > before.version // KEPT_EVERY or draft.is_folded_anew:
            state = state_to(after.pathway)
            beside.append(await self.store.cache(connection, stream, after.subject, after.version, state))
        if gone:
            beside.append(Beside(worklist.REMOVE, (stream, gone)))
        if written:
            beside.append(Beside(worklist.WRITE, (stream, after.subject, programme, *worklist.columns(written))))
        return beside

    async def _first_answer(self, connection: Connection, stream: UUID, answer: Appended) -> Outcome:
        kinds = await self.store.kinds(connection, stream, answer.first, answer.last)
        return Outcome(stream, answer.first, answer.last, tuple(kinds), duplicate=True, nudge=True)


def _outcome(draft: Draft, appended: Appended) -> Outcome:
    was_due, due = draft.before.next_due, draft.after.next_due
    earlier = due is not None and (was_due is None or due < was_due)
    return Outcome(
        stream=draft.commits[-1].stream,
        first=appended.first,
        last=appended.last,
        kinds=tuple(event.kind for event in draft.commits[-1].facts),
        duplicate=False,
        nudge=earlier or any(commit.calls for commit in draft.commits),
    )
