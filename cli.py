"""The command line `trinvis`."""

import typer

from console import (
    comparing,
    explaining,
    finding,
    moving,
    pathways,
    programmes,
    publishing,
    queueing,
    records,
    referring,
    rehearsing,
    release,
    servers,
    simulating,
    telling,
    weeks,
)
from console.help import Command
from console.usage import Group

app = typer.Typer(
    name="trinvis",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback()(release.release)
app.command(cls=Command)(servers.up)
app.command(cls=Command)(servers.migrate)
app.command(cls=Command)(servers.settings)
programmes.app.command("publish", cls=Command)(publishing.publish)
programmes.app.command("diff", cls=Command)(comparing.diff)
programmes.app.command("rehearse", cls=Command)(rehearsing.rehearse)
programmes.app.command("move", cls=Command)(moving.move)
programmes.app.add_typer(moving.app, name="moves")
app.add_typer(programmes.app, name="programmes")
app.command(cls=Command)(simulating.simulate)
app.command(cls=Command)(referring.refer)
app.add_typer(telling.app, name="tell")
app.command(cls=Command)(finding.find)
app.command(cls=Command)(pathways.pathway)
app.command(cls=Command)(pathways.history)
app.command(cls=Command)(weeks.week)
app.command(cls=Command)(explaining.why)
app.command(cls=Command)(explaining.forecast)
app.command(cls=Command)(queueing.places)
app.command("worklist", cls=Command)(pathways.worklist_)
app.command("verify", cls=Command)(records.verify_)
app.command("rebuild", cls=Command)(records.rebuild_)
app.add_typer(records.erase_app, name="erase")
app.add_typer(records.rotate_app, name="rotate")
app.command("access-log", cls=Command)(records.access_log)
app.command(cls=Command)(records.sweep)


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    main()
