"""`trinvis places`: how many places of a programme are free, and who waits for one, since when."""

from typing import Annotated

import typer

from console.answers.places import Places, QueuedPathway
from console.options import CASELOAD, By, Ground, Json, Language
from console.output import Out
from console.pathways import look_of
from console.running import SECONDS, carry_out
from domain.calendar import local_date
from domain.pathway.places import Occupied
from domain.programme.shape import Programme
from domain.refusal import Invalid
from projections import queue
from projections.queue import Queued
from runtime.wiring import Trinvis


def places(
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME")],
    by: By,
    ground: Ground = CASELOAD,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Shows how many places of a programme are free, and who waits for one."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[Programme, Occupied, list[Queued]]:
        looking = look_of(trinvis, by, ground)
        ref = await trinvis.catalogue.in_force(programme, local_date(looking.at))
        if ref is None:
            raise Invalid("programme", "unknown_programme", value=programme)
        async with trinvis.database.connection() as connection:
            version = await trinvis.engine.programme(ref)
            occupied = await queue.occupied(connection, programme, version.places)
            waiting = await queue.queue(connection, programme, looking)
        return version, occupied, waiting

    version, occupied, waiting = carry_out(out, work, seconds=SECONDS)
    out.programme, free = version, _free(version, occupied)
    if out.as_json:
        queued = [QueuedPathway(each.pathway, each.programme, each.since) for each in waiting]
        out.data(Places(version.programme, version.places, occupied.taken, free, queued))
        return
    out.line(out.say("places", programme=version.ref, places=version.places, taken=occupied.taken, free=free))
    for number, each in enumerate(waiting, start=1):
        out.line(out.say("queued", place=number, pathway=each.pathway, since=each.since))


def _free(programme: Programme, occupied: Occupied) -> int | None:
    """How many places are free; none where more are taken than there are, as after a reopening."""
    return None if programme.places is None else max(programme.places - occupied.taken, 0)
