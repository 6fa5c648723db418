"""Commands about servers: up, migrate, settings."""

import re
from typing import Annotated

import typer

from console.answers.servers import ListedSetting, ListedSettings, Migrated
from console.options import Json, Language
from console.output import Out
from console.running import ended_well
from runtime.logging import configure
from runtime.preparing import prepare
from runtime.settings import Settings
from runtime.up import Up

SECRET = re.compile(r"(?P<before>://[^:/@]*:)[^/].*(?=@)|(?P<query>[?&](ssl)?password=)[^&]*")
"""A password in a URL, before the host or among the parameters."""


def up(
    seed: Annotated[bool, typer.Option("--seed/--no-seed", help="Fill a synthetic municipality on first run.")] = True,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Start everything here: PostgreSQL, Temporal, the programmes, a worker; Ctrl-C stops it.

    With TRINVIS_DATABASE_URL and TEMPORAL_ADDRESS set, those servers are used and none is started.

    Example: trinvis up
    """
    out = Out(lang, as_json=json)
    configure("error")
    ended_well(out, Up(out.progress, out.line if not json else (lambda _: None), out.say, seed=seed).run)


def migrate(json: Json = False, lang: Language = None) -> None:
    """Bring the database to the shape that this release needs, and let the logins act in their roles.

    Example: trinvis migrate
    """
    out = Out(lang, as_json=json)
    applied: list[str] = []

    async def work() -> None:
        await prepare(Settings(), applied.append)

    ended_well(out, work)
    if out.as_json:
        out.data(Migrated(applied))
        return
    for name in applied:
        out.line(f"  {name}")
    out.line(out.say("migrated"))


def settings(json: Json = False, lang: Language = None) -> None:
    """Show every setting: its variable, its value here, and what it is for; secrets are not shown.

    Example: trinvis settings
    """
    out = Out(lang, as_json=json)
    known = Settings()
    rows = [
        ListedSetting(
            str(field.validation_alias),
            _shown(getattr(known, name)),
            out.wording.say("setting", str(field.validation_alias)),
        )
        for name, field in Settings.model_fields.items()
    ]
    if out.as_json:
        out.data(ListedSettings(rows))
        return
    for row in rows:
        out.line(f"{row.variable:<34} {row.value!s:<40} {row.meaning}")


def _shown(value: object) -> str | None:
    """A setting without its secrets."""
    return None if value is None else SECRET.sub(r"\g<before>\g<query>***", str(value))
