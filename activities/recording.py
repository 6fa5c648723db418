"""Recording what became of a follow-up, once, however often it is tried."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid5

import structlog

from activities.messages import FollowUpDue
from domain.actor import Actor
from domain.pathway.command import Command
from domain.pathway.commands.children import RecordPassedOn
from domain.refusal import Refused
from engine.asked import Outcome
from engine.draft import fact_id
from engine.transact import Engine
from eventstore.errors import CommandReused

log = structlog.get_logger()
Nudge = Callable[[Outcome], Awaitable[None]]
FOLLOWING_UP = Actor("system:follow_up")
"""What carries follow-ups out."""


def about_of(due: FollowUpDue) -> UUID:
    """The id of the fact that called for a follow-up."""
    return fact_id(UUID(due.pathway), due.version)


def command_id_of(due: FollowUpDue, kind: str) -> UUID:
    """The id of a command that a follow-up gives, the same however often it is tried."""
    return uuid5(about_of(due), f"{kind} {due.name}")


async def passed_on(engine: Engine, due: FollowUpDue) -> None:
    """Records that an errand has been carried."""
    told = RecordPassedOn(by=FOLLOWING_UP, at=engine.clock(), about=about_of(due), follow_up=due.name)
    await record(engine, due, told)


async def record(engine: Engine, due: FollowUpDue, command: Command) -> None:
    """Records on its own pathway what became of a follow-up; what another try has recorded stays as it is."""
    try:
        await engine.transact(UUID(due.pathway), command, command_id_of(due, command.kind))
    except Refused as refusal:
        log.info("not_recorded", pathway=due.pathway, follow_up=due.name, code=refusal.code)
    except CommandReused:  # an earlier try has recorded it, by another channel or for another reason
        log.info("recorded_before", pathway=due.pathway, follow_up=due.name)
