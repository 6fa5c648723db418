"""The command line `trinvis`."""

import sys

import typer

from console import pathways, programmes, records, servers, telling
from console.output import WRONG_USE
from runtime.settings import WrongSetting

app = typer.Typer(
    name="trinvis",
    help="Activation pathways: facts in PostgreSQL, appointments in Temporal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(servers.up)
app.command()(servers.migrate)
app.command()(servers.settings)
app.add_typer(programmes.app, name="programmes")
app.command()(pathways.refer)
app.add_typer(telling.app, name="tell")
app.command()(pathways.pathway)
app.command()(pathways.history)
app.command("worklist")(pathways.worklist_)
app.command("verify")(records.verify_)
app.command("rebuild")(records.rebuild_)
app.add_typer(records.erase_app, name="erase")
app.add_typer(records.rotate_app, name="rotate")
app.command("access-log")(records.access_log)
app.command()(records.sweep)


def main() -> None:
    """Runs the command line."""
    try:
        app()
    except WrongSetting as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(WRONG_USE)


if __name__ == "__main__":
    main()
