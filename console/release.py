"""`trinvis --version`: which release this is."""

from importlib.metadata import version as release_of
from typing import Annotated

import typer


def _say(asked: bool) -> None:  # noqa: FBT001 - typer's own
    if asked:
        typer.echo(f"trinvis {release_of('trinvis')}")
        raise typer.Exit


def release(version: Annotated[bool, typer.Option("--version", callback=_say, is_eager=True)] = False) -> None:
    """What stands before the name of any command."""
    del version
