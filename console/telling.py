"""`trinvis tell`: every command of the engine, its fields as options, made from the commands themselves."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4, uuid5

import typer

from console.answers.telling import Told
from console.fields import fields_from, identifier, options_of, parameter, spelled
from console.help import Command as Helpful
from console.options import By, CommandId, Json, Language, Pathway, PreviewOnly, Session
from console.output import Out
from console.previewing import show_preview
from console.running import SECONDS, carry_out
from console.usage import ToPathway
from console.weeks import Clashes, clashes_of, expected_session, show_clashes
from domain.pathway.command import Command
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.commands.sessions import BookSession
from engine.asked import Outcome
from engine.asking import COMMANDS, actor, command_from
from engine.previewing import Previewed, preview_of
from eventstore.access import Look
from runtime.wiring import COMMAND, Trinvis

ELSEWHERE: set[type[Command]] = {ReferCitizen}
"""What has a command of its own: `refer` begins a pathway."""

app = typer.Typer(cls=ToPathway, no_args_is_help=True)


@app.callback()
def _pathway(context: typer.Context, pathway: Pathway) -> None:
    context.obj = pathway


def _telling(shape: type[Command]) -> Callable[..., None]:
    def tell(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - the fields of any command
        out = Out(given.pop("lang"), as_json=given.pop("json"))
        out.options = {**out.options, **spelled(shape), "command_id": "--command-id"}
        by, asked_id, only_look = given.pop("by"), given.pop("command_id"), given.pop("preview")

        async def work_ahead(trinvis: Trinvis) -> Previewed:
            command_id = identifier("command_id", asked_id) if asked_id else uuid4()
            if shape is BookSession:
                given["session"] = given["session"] or str(session_of(command_id))
            command = command_from(shape.kind, fields_from(shape, given), by, trinvis.now())
            pathway = identifier("pathway", context.obj)
            out.programme = await trinvis.programme_of(pathway)
            return await preview_of(trinvis.engine, pathway, command, Look(command.by, COMMAND, command.at))

        if only_look:
            found = carry_out(out, work_ahead, seconds=SECONDS)
            pathway = identifier("pathway", context.obj)
            show_preview(out, pathway, found.programme, actor(by).role, found)
            return

        async def work(trinvis: Trinvis) -> tuple[Outcome, UUID, UUID | None, Clashes]:
            pathway = identifier("pathway", context.obj)
            command_id = identifier("command_id", asked_id) if asked_id else uuid4()
            session = None
            if shape is BookSession:
                given["session"] = given["session"] or str(session_of(command_id))
                session = identifier("session", given["session"])
            command = command_from(shape.kind, fields_from(shape, given), by, trinvis.now())
            out.programme = await trinvis.programme_of(pathway)
            out.command_id = command_id
            outcome = await trinvis.tell(pathway, command, command_id)
            return outcome, command_id, session, await clashes_of(trinvis, pathway, command)

        outcome, command_id, session, clashes = carry_out(out, work, seconds=SECONDS)
        answer(out, outcome, command_id, session=session, clashes=clashes)

    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    parameters = [context, *_options(shape)]
    tell.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
    tell.__annotations__ = {each.name: each.annotation for each in parameters}
    return tell


def _options(shape: type[Command]) -> list[inspect.Parameter]:
    own = options_of(shape)
    if shape is BookSession:
        own = [parameter("session", Session, default=None) if each.name == "session" else each for each in own]
    return [
        *own,
        parameter("by", By),
        parameter("command_id", CommandId, default=None),
        parameter("preview", PreviewOnly, default=False),
        parameter("json", Json, default=False),
        parameter("lang", Language, default=None),
    ]


def session_of(command_id: UUID) -> UUID:
    """The id of the session that a booking makes where nobody gave one, the same when the command is repeated."""
    return uuid5(command_id, "session")


def answer(
    out: Out,
    outcome: Outcome,
    command_id: UUID,
    *,
    citizen: UUID | None = None,
    session: UUID | None = None,
    also_open: Sequence[UUID] = (),
    clashes: Clashes = (),
) -> None:
    """Says what a command caused."""
    if out.as_json:
        out.data(
            Told(
                pathway=outcome.stream,
                citizen=citizen,
                session=session,
                command_id=command_id,
                first=outcome.first,
                last=outcome.last,
                facts=list(outcome.kinds),
                repeated=outcome.duplicate,
                also_open=list(also_open),
                clashes=[expected_session(*each) for each in clashes],
            )
        )
        return
    for name, value in (("citizen", citizen), ("pathway", outcome.stream), ("session", session)):
        if value:
            out.line(out.say(name, **{name: value}))
    if outcome.duplicate:
        out.line(out.say("repeated"))
    if not outcome.kinds:
        out.line(out.say("already_so"))
    for version, kind in enumerate(outcome.kinds, start=outcome.first):
        out.line(f"  {version:>4}  {out.wording.naming.called('fact', kind)}")
    show_clashes(out, clashes)


for _kind, _shape in sorted(COMMANDS.items()):
    if _shape not in ELSEWHERE:
        app.command(_kind.replace("_", "-"), cls=Helpful)(_telling(_shape))
