"""`trinvis tell`: every command of the engine, its fields as options, made from the commands themselves."""

import inspect
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID, uuid4

import typer
from pydantic.fields import FieldInfo

from console.options import By, Json, Language
from console.output import Out
from console.running import SECONDS, carry_out
from domain.pathway.command import Command
from domain.refusal import Invalid
from engine.asking import COMMANDS, command_from
from engine.transact import Outcome
from runtime.wiring import Trinvis

GIVEN = {"by", "at"}
"""What the command line gives by itself."""
FROM_REFER = {"refer_citizen"}
"""What has a command of its own."""

app = typer.Typer(
    help="Give a command to a pathway, its fields as options.\n\nExample: trinvis tell PATHWAY accept-referral "
    "--contact-person kp-3 --by caseworker:sb-12",
    no_args_is_help=True,
)
_Pathway = Annotated[str, typer.Argument(help="The pathway's id.", metavar="PATHWAY")]
_CommandId = Annotated[
    str | None, typer.Option("--command-id", help="An id of one's own, so that a repetition counts once.")
]


@app.callback()
def _pathway(context: typer.Context, pathway: _Pathway) -> None:
    context.obj = pathway


def _is_flag(field: FieldInfo) -> bool:
    return field.annotation is bool


def _is_many(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple or any(
        get_origin(each) is tuple for each in get_args(field.annotation)
    )


def _is_mapping(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is dict


def _option(name: str, field: FieldInfo) -> inspect.Parameter:
    flag = f"--{name.replace('_', '-')}"
    text = (field.description or "").strip()
    if _is_flag(field):
        shape: Any = Annotated[bool, typer.Option(flag, help=text)]
        return _parameter(name, shape, default=False)
    if _is_mapping(field):
        shape = Annotated[list[str], typer.Option(flag, help=text, metavar="NAME=VALUE")]
        return _parameter(name, shape, default=[])
    if _is_many(field):
        shape = Annotated[list[str], typer.Option(flag, help=f"{text} Give it once for each.", metavar="VALUE")]
        return _parameter(name, shape, default=[])
    if field.is_required():
        return _parameter(name, Annotated[str, typer.Option(flag, help=text)])
    return _parameter(name, Annotated[str | None, typer.Option(flag, help=text)], default=None)


def _parameter(name: str, shape: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:  # noqa: ANN401 - typer's
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=shape)


def _scalar(text: str) -> object:
    """`true`, `null` and numbers as such; everything else as text."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return text if isinstance(value, str) else value


def fields_from(shape: type[Command], given: Mapping[str, Any]) -> dict[str, object]:
    """The fields of a command from its options. Raises: Invalid when a NAME=VALUE lacks its `=`."""
    fields: dict[str, object] = {}
    for name, field in shape.model_fields.items():
        value = given.get(name)
        if name in GIVEN or value is None or value == [] or value is False:
            continue
        if _is_mapping(field):
            fields[name] = dict(_pair(name, each) for each in value)
        elif _is_many(field):
            fields[name] = [_scalar(part) for each in value for part in _parts(each)]
        else:
            fields[name] = _scalar(value) if field.annotation is not str and not isinstance(value, bool) else value
    return fields


def _parts(text: str) -> list[str]:
    return [text] if text.startswith(("{", "[")) else text.split(",")


def _pair(name: str, text: str) -> tuple[str, object]:
    key, equals, value = text.partition("=")
    if not equals:
        raise Invalid(name, "not_a_pair", value=text)
    return key, _scalar(value)


def _telling(kind: str, shape: type[Command]) -> Callable[..., None]:
    def tell(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 - the fields of any command
        out = Out(given.pop("lang"), as_json=given.pop("json"))
        by, command_id = given.pop("by"), given.pop("command_id")

        async def work(trinvis: Trinvis) -> Outcome:
            pathway = identifier("pathway", context.obj)
            out.programme = await trinvis.programme_of(pathway)
            command = command_from(kind, fields_from(shape, given), by, trinvis.now())
            return await trinvis.tell(pathway, command, identifier("command_id", command_id) if command_id else uuid4())

        answer(out, carry_out(out, work, seconds=SECONDS))

    own = [_option(name, field) for name, field in shape.model_fields.items() if name not in GIVEN]
    shared = [
        _parameter("by", By),
        _parameter("command_id", _CommandId, default=None),
        _parameter("json", Json, default=False),
        _parameter("lang", Language, default=None),
    ]
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    tell.__signature__ = inspect.Signature([context, *own, *shared])  # type: ignore[attr-defined]  # what typer reads
    tell.__annotations__ = {each.name: each.annotation for each in (context, *own, *shared)}
    tell.__doc__ = inspect.getdoc(shape)
    return tell


def identifier(field: str, text: str) -> UUID:
    """The id that *text* is. Raises: Invalid naming *field*."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(field, "uuid_parsing", value=text) from None


def answer(out: Out, outcome: Outcome, citizen: UUID | None = None) -> None:
    """Says what a command caused."""
    if out.as_json:
        out.data(
            {
                **({"citizen": citizen} if citizen else {}),
                "pathway": outcome.stream,
                "first": outcome.first,
                "last": outcome.last,
                "facts": outcome.kinds,
                "repeated": outcome.duplicate,
            }
        )
        return
    out.line(out.say("pathway", pathway=outcome.stream))
    if outcome.duplicate:
        out.line(out.say("repeated"))
    if not outcome.kinds:
        out.line(out.say("already_so"))
    for version, kind in enumerate(outcome.kinds, start=outcome.first):
        out.line(f"  {version:>4}  {out.wording.naming.name(kind)}")


for _kind, _shape in sorted(COMMANDS.items()):
    if _kind not in FROM_REFER:
        app.command(_kind.replace("_", "-"), help=inspect.getdoc(_shape))(_telling(_kind, _shape))
