"""The command line as somebody at a terminal uses it, in this process, on a database of its own."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import asyncpg
from pydantic import TypeAdapter
from typer.testing import CliRunner

from cli import app
from console.answers.errors import Failed
from console.output import plain
from domain.calendar import local_date
from runtime.logging import configure
from runtime.settings import Settings
from runtime.wiring import Trinvis

Shape = TypeVar("Shape")
CASEWORKER = ("--by", "caseworker:sb-1")
CONTACT = ("--by", "contact_person:kp-1")
RECORDS = ("--by", "records_manager:arkiv-1")
TODAY = local_date(datetime.now(UTC))
"""The Danish day on which citizens are referred at this terminal; nothing that is told may lie before it."""
NEXT_YEAR = TODAY + timedelta(days=365)
THIS_MORNING = f"{TODAY} 00:01 Europe/Copenhagen"
NAME, CPR = "Anna Prøvesen", "650575-2345"
PERSON = json.dumps({"name": NAME, "cpr": CPR})
TABLES = (
    "stream",
    "commit",
    "fact",
    "fact_key",
    "alarm",
    "state_cache",
    "citizen",
    "citizen_key",
    "programme",
    "pathway_now",
    "worklist",
    "erasure",
)
"""Everything that is kept, but for the access log, which every look writes to."""


@dataclass(frozen=True)
class Said:
    """What one call said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:  # noqa: ANN401 - JSON
        """The answer as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """What is wrong, as JSON tells it."""
        self.fits(Failed)
        told: dict[str, Any] = self.data["error"]
        return told

    def fits(self, shape: type[Shape]) -> Shape:
        """The answer as the shape that is documented for it: those fields, and no others."""
        known = TypeAdapter(shape).validate_json(self.out)
        assert plain(known) == self.data
        return known


class Terminal:
    """A terminal with the settings of one installation."""

    def __init__(self, trinvis: Trinvis) -> None:
        self.trinvis = trinvis
        self.environment = environment_of(trinvis.settings)

    async def __call__(self, *words: str, given: str | bytes | None = None, **variables: str | None) -> Said:
        """Calls `trinvis` with those words; *given* is what stands on standard input."""
        runner = CliRunner(env={**self.environment, **variables})
        try:
            result = await asyncio.to_thread(runner.invoke, app, list(words), given)
        finally:
            configure("error")  # the call bound logging to its own output
        unexpected = result.exception if not isinstance(result.exception, SystemExit) else None
        assert unexpected is None, repr(unexpected)
        assert "Traceback" not in result.output
        return Said(result.exit_code, result.stdout, result.stderr)

    async def referred(self, programme: str = "sundere-sammen@2", benefit: str = "ressourceforloeb", *more: str) -> str:
        """The pathway of somebody who has just been referred."""
        said = await self(
            "refer",
            programme,
            *CASEWORKER,
            *("--reason", "vil i gang igen", "--basis", "samtykke", "--consent"),
            *("--circumstance", f"benefit={benefit}", "--person", "-", "--json", *more),
            given=PERSON,
        )
        assert said.code == 0, said
        return str(said.data["pathway"])

    async def underway(self, programme: str = "sundere-sammen@2", *more: str) -> str:
        """The pathway of somebody who takes part."""
        benefit = "sygedagpenge" if "sygedagpenge" in programme else "ressourceforloeb"
        pathway = await self.referred(programme, benefit, *more)
        await self.tells(pathway, "accept-referral", "--contact-person", "kp-1")
        if programme.startswith("sygedagpenge"):
            await self.tells(pathway, "enrol-citizen")
        return pathway

    async def tells(self, pathway: str, command: str, *fields: str, by: tuple[str, str] = CASEWORKER) -> Any:  # noqa: ANN401 - JSON
        """The answer to a command that is carried out."""
        said = await self("tell", pathway, command, *fields, *by, "--json")
        assert said.code == 0, said
        return said.data

    async def rows(self) -> Mapping[str, int]:
        """How much is kept, table by table."""
        owner = await asyncpg.connect(self.trinvis.settings.url("owner"), server_settings={"search_path": "trinvis"})
        try:
            return {table: await owner.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608 - constants
        finally:
            await owner.close()


def environment_of(settings: Settings) -> dict[str, str | None]:
    """The variables that say the same as *settings*."""
    return {
        "TRINVIS_DATABASE_URL": settings.database_url,
        "TRINVIS_OWNER_DATABASE_URL": settings.owner_database_url,
        "TRINVIS_RECORDS_DATABASE_URL": settings.records_database_url,
        "TRINVIS_KEY_FILE": str(settings.key_file),
        "TRINVIS_OUTBOX": str(settings.outbox),
        "TRINVIS_LANGUAGE": None,
        "TRINVIS_LOG_LEVEL": None,
        "TEMPORAL_ADDRESS": None,
    }


async def turned_down(
    terminal: Terminal, words: tuple[str, ...], code: str, danish: str, english: str, given: str | None = None
) -> Said:
    """The refusal of a line, the same in both languages and as JSON, with nothing stored; as JSON.

    What cannot be understood names its field and ends as a line that is called wrongly.
    """
    before = await terminal.rows()
    as_json = await terminal(*words, "--json", given=given)
    assert (as_json.code, as_json.err) == (2 if "field" in as_json.error else 1, "")
    assert as_json.error["code"] == code
    for language, expected in (("da", danish), ("en", english)):
        said = await terminal(*words, "--lang", language, given=given)
        assert (said.code, said.out) == (as_json.code, ""), said
        assert expected in said.err
    assert await terminal.rows() == before
    return as_json
