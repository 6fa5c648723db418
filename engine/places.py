"""Places under a lock: while one command may take a place of a programme, no other one counts them."""

from domain.pathway.command import Command
from domain.pathway.commands.children import ReferChild
from domain.pathway.commands.course import ReopenPathway
from domain.pathway.commands.referrals import AcceptReferral, EnrolCitizen, GivePlace, MoveIntake
from domain.programme.shape import Programme
from eventstore.database import Connection

TAKING = (AcceptReferral, EnrolCitizen, GivePlace, MoveIntake, ReferChild, ReopenPathway)
"""The commands by which somebody may get a place."""


def takes_a_place(programme: Programme, command: Command) -> bool:
    """Whether *command* may take one of a limited number of places."""
    return programme.places is not None and isinstance(command, TAKING)


async def hold(connection: Connection, programme: Programme) -> None:
    """Waits until nobody else takes a place of that programme, in any version, until the transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"places {programme.programme}")
