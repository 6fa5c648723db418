"""The options that commands share."""

from enum import StrEnum
from typing import Annotated

import typer


class Lang(StrEnum):
    """The languages of the command line."""

    DA = "da"
    EN = "en"


By = Annotated[str, typer.Option("--by", help="Who asks, as ROLE:ID, such as caseworker:sb-12.", metavar="ROLE:ID")]
Ground = Annotated[str, typer.Option("--ground", help="Why the citizen is looked at; kept in the access log.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Language = Annotated[Lang | None, typer.Option("--lang", help="Danish or English; as set, otherwise Danish.")]
Decision = Annotated[
    str, typer.Option("--decision", help="The reference of the decision to erase, such as a journal number.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")]

CASELOAD = "caseload"
"""The ground of a look where none is given: the citizen belongs to the one who looks."""
