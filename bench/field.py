"""The servers that everything is measured on: embedded, durable, one of each."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from domain.actor import Actor
from domain.pathway.command import Command
from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.referrals import AcceptReferral, ReferCitizen
from engine.clock import system_clock
from eventstore.citizens import Identity
from eventstore.keys import FileKeys
from runtime.embedded.postgres import SUPERUSER
from runtime.embedded.temporal import TemporalServer
from runtime.wiring import Trinvis, wired
from tests.support.keeping import LOOK
from tests.support.servers import Servers, new_folder
from tests.support.temporal import temporal_server

CASEWORKER = Actor("caseworker:sb-1")
GOALS = "To ture om ugen sammen med en anden fra holdet, og en samtale om søvn og kost inden månedens udgang."
"""What a plan says in every row: the same facts for everybody."""


@dataclass
class Place:
    """Where it is measured."""

    servers: Servers
    temporal: TemporalServer
    trinvis: Trinvis
    database: str
    folder: Path
    held: AsyncExitStack
    """What is held until everything is measured."""

    @property
    def superuser(self) -> str:
        """The way in for bulk loads."""
        return self.servers.postgres.url(SUPERUSER, self.database)

    def start(
        self, *module: str, stdin: int | None = None, stdout: int | None = None, **environment: str
    ) -> "subprocess.Popen[bytes]":
        """A process of ours."""
        told = self.servers.environment(self.database, self.folder / "outbox", TEMPORAL_ADDRESS=self.temporal.address)
        command = [sys.executable, "-m", *module]
        return subprocess.Popen(command, env={**told, **environment}, stdin=stdin, stdout=stdout)  # noqa: S603 - our own


@asynccontextmanager
async def place() -> AsyncIterator[Place]:
    """Servers for one run."""
    servers, folder = Servers(new_folder()), new_folder()
    await servers.start()
    try:
        async with temporal_server(new_folder(), FileKeys.made(servers.folder / "keys.json")) as temporal:
            database = await servers.new_database()
            settings = servers.settings(database, temporal_address=temporal.address, outbox=folder / "outbox")
            async with wired(settings, system_clock) as trinvis, AsyncExitStack() as held:
                yield Place(servers, temporal, trinvis, database, folder, held)
    finally:
        await servers.stop()


async def begin(trinvis: Trinvis) -> UUID:
    """A pathway that is under way; its workflow is not nudged."""
    citizen = await trinvis.vault.register(Identity(name="Prøve Prøvesen"), LOOK)
    referral = ReferCitizen(
        by=CASEWORKER,
        at=trinvis.now(),
        citizen=citizen,
        reason="vil i gang igen",
        basis="samtykke",
        circumstances={"benefit": "ressourceforloeb"},
    )
    outcome = await trinvis.engine.refer("sundere-sammen@2", referral, uuid4())
    accepted = AcceptReferral(by=CASEWORKER, at=trinvis.now(), contact_person="kp-1")
    await trinvis.engine.transact(outcome.stream, accepted, uuid4())
    return outcome.stream


def plan(trinvis: Trinvis) -> Command:
    """A command that causes one fact."""
    return AgreePlan(by=CASEWORKER, at=trinvis.now(), goals=GOALS)


async def analyse(place: Place) -> None:
    """Lets PostgreSQL learn how large the tables have become, as it does by itself within some minutes."""
    connection = await asyncpg.connect(place.superuser)
    await connection.execute("ANALYZE")
    await connection.close()
