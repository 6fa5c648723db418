"""The options that commands share; what `--help` says of them stands with the other texts, under their names."""

from typing import Annotated

import typer

from domain import words

By = Annotated[str, typer.Option("--by", metavar="ROLE:ID")]
Ground = Annotated[str, typer.Option("--ground", metavar="text")]
PreviewOnly = Annotated[bool, typer.Option("--preview")]
Json = Annotated[bool, typer.Option("--json")]
Language = Annotated[words.Language | None, typer.Option("--lang", metavar="|".join(words.LANGUAGES))]
Decision = Annotated[str, typer.Option("--decision", metavar="text")]
Yes = Annotated[bool, typer.Option("--yes")]
Session = Annotated[str | None, typer.Option("--session", metavar="id")]
CommandId = Annotated[str | None, typer.Option("--command-id", metavar="id")]
Pathway = Annotated[str, typer.Argument(metavar="PATHWAY")]
Citizen = Annotated[str, typer.Argument(metavar="CITIZEN")]

CASELOAD = "caseload"
"""The ground of a look where none is given: the citizen belongs to the one who looks."""
REFERRAL = "referral"
"""The ground on which whoever refers somebody sees that they are known."""
BOOKING = "booking"
"""The ground on which whoever books a session sees what it overlaps with."""
REHEARSAL = "rehearsal"
"""The ground on which whoever rehearses another version reads the pathways that would follow it."""
