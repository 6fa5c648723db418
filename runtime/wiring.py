"""The parts of one process, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from activities.children import ChildActivities
from activities.letters import Letters, MailServer
from activities.pathways import Life, PathwayActivities
from activities.places import PlaceActivities
from domain.pathway.command import Command
from domain.pathway.commands.referrals import ReferCitizen
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from engine.alarms import Sweep, alarm_of
from engine.asked import Outcome
from engine.clock import Clock, system_clock
from engine.handing_over import Places
from engine.moving import Mover
from engine.transact import Engine
from eventstore.access import Look, log_answer
from eventstore.citizens import Vault
from eventstore.database import Database
from eventstore.errors import WrongKeys
from eventstore.keys import FileKeys, check_value
from programmes.catalogue import Catalogue
from runtime.settings import Settings
from runtime.temporal import client_of
from workflows.moving import take_up
from workflows.nudging import Nudger

NUDGE_SECONDS = 2
"""How long an answer may wait for Temporal; the sweep makes up for what is missed."""

COMMAND = "command"
"""The ground on which whoever gives a command hears why it was not carried out."""

PUBLISHED_CONNECTIONS = 2
"""Programmes are read by connections of their own: whoever decides holds one already, and must not wait for another."""

log = structlog.get_logger()


class NotRunning(Exception):  # noqa: N818 - says what was found
    """No servers are named, and none were left running here."""


@dataclass
class Trinvis:
    """One installation, as a process sees it."""

    settings: Settings
    keys: FileKeys
    database: Database
    catalogue: Catalogue
    engine: Engine
    vault: Vault
    client: Client | None
    clock: Clock

    async def refer(self, programme: str, command: ReferCitizen, command_id: UUID) -> Outcome:
        """Begins a pathway, and its workflow. Raises: what `Engine.refer` raises."""
        outcome = await self.engine.refer(programme, command, command_id)
        await self.nudge(outcome)
        return outcome

    async def tell(self, pathway: UUID, command: Command, command_id: UUID) -> Outcome:
        """Carries out a command, and nudges the workflow where it has something to do. Raises: as `Engine.transact`.

        Where nothing is written, the answer tells how things stand with a citizen: that is a look, and logged.
        """
        try:
            outcome = await self.engine.transact(pathway, command, command_id)
        except (Refused, Invalid):
            await self._log_answer(pathway, command)
            raise
        if not outcome.kinds:
            await self._log_answer(pathway, command)
        await self.nudge(outcome)
        return outcome

    async def _log_answer(self, pathway: UUID, command: Command) -> None:
        async with self.database.connection() as connection:
            await log_answer(connection, pathway, Look(command.by, COMMAND, command.at))

    async def programme_of(self, pathway: UUID) -> Programme:
        """The programme version that a pathway follows. Raises: NoSuchStream."""
        async with self.database.connection() as connection:
            alarm = await alarm_of(connection, pathway)
        return await self.engine.programme(alarm.programme)

    async def nudge(self, outcome: Outcome) -> None:
        """Lets the workflow look, if there is something to see; that Temporal is away delays nobody's answer."""
        if self.client is None or not outcome.nudge:
            return
        try:
            async with asyncio.timeout(NUDGE_SECONDS):
                await Nudger(self.client).nudge(outcome.stream, outcome.last, outcome.kinds)
        except (RPCError, TimeoutError, RuntimeError) as error:
            log.warning("not_nudged", pathway=str(outcome.stream), error=type(error).__name__)

    def activities(self, life: Life) -> PathwayActivities:
        """What a worker of this installation carries out."""
        settings = self.settings
        server = (
            MailServer(
                settings.smtp_host,
                settings.smtp_port,
                settings.smtp_username,
                settings.mail_password,
                settings.smtp_start_tls,
            )
            if settings.smtp_host
            else None
        )
        letters = Letters(settings.outbox, self.vault, self.clock, settings.sender, server)
        return PathwayActivities(self.engine, letters, life, settings.patience_seconds)

    def errands(self) -> ChildActivities:
        """What a worker of this installation carries from one pathway to another."""
        return ChildActivities(self.engine, self.catalogue.in_force, self.nudge)

    def places(self) -> Places:
        """The places of this installation's programmes."""
        return Places(self.engine, self.nudge)

    def place_activities(self) -> PlaceActivities:
        """What a worker of this installation does when somebody has left."""
        return PlaceActivities(self.engine, self.places())

    def sweep(self, client: Client) -> Sweep:
        """The sweep over this installation's pathways."""
        return Sweep(self.database, self.clock, Nudger(client).nudge)

    def mover(self) -> Mover:
        """What moves pathways of this installation to another version, many at a time."""
        return Mover(self.engine, self.nudge)

    async def take_up(self, job: UUID) -> bool:
        """Lets a job that moves pathways begin; whether it could be said at once, for the worker looks for it too."""
        if self.client is None:
            return False
        try:
            async with asyncio.timeout(NUDGE_SECONDS):
                await take_up(self.client, job)
        except (RPCError, TimeoutError, RuntimeError) as error:
            log.warning("not_taken_up", job=str(job), error=type(error).__name__)
            return False
        return True

    def now(self) -> datetime:
        """The present by this installation's clock."""
        return self.clock()


@asynccontextmanager
async def wired(
    settings: Settings, clock: Clock = system_clock, role: Literal["app", "records"] = "app"
) -> AsyncIterator[Trinvis]:
    """The parts of a process, for as long as it needs them, working in a role of the database.

    Raises: NotRunning, WrongKeys, StoreAway.
    """
    url = settings.url(role)
    if url is None:
        raise NotRunning("TRINVIS_DATABASE_URL names no server, and none was left running here")
    keys = FileKeys.made(settings.key_file)
    password = settings.password(role)
    database = await Database.open(url, f"trinvis_{role}", settings.connections, password)
    published = await Database.open(url, f"trinvis_{role}", PUBLISHED_CONNECTIONS, password)
    try:
        await require_keys(database, keys)
        catalogue = Catalogue(published.connection)
        engine = Engine(database, keys, catalogue.programme, catalogue.in_force, clock)
        vault = Vault(database, keys, engine.store.ring)
        client = await client_of(settings, keys, lazy=True) if settings.temporal_address else None
        yield Trinvis(settings, keys, database, catalogue, engine, vault, client, clock)
    finally:
        await published.close()
        await database.close()


async def require_keys(database: Database, keys: FileKeys) -> None:
    """Raises: WrongKeys when the database was begun with another key file; remembers the first one it sees."""
    async with database.connection() as connection:
        await connection.execute(
            "INSERT INTO installation (key_check) VALUES ($1) ON CONFLICT DO NOTHING", check_value(keys)
        )
        known = await connection.fetchval("SELECT key_check FROM installation")
    if known != check_value(keys):
        raise WrongKeys("the key file belongs to another installation")
