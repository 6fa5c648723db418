"""Published programme versions, kept in the database beside the facts that were decided under them."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from domain.calendar import local_date
from domain.programme.shape import Programme
from programmes.bundle import says_the_same
from programmes.checks.children import duties_of
from programmes.finding import Finding, spelled
from programmes.loader import Unpublishable, digest, loaded, reread
from programmes.shelf import Shelf, shipped
from programmes.source import read

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Connecting: TypeAlias = Callable[[], AbstractAsyncContextManager[Connection]]
"""Gives a connection for the length of a `with`."""


_REF = re.compile(r"(?P<programme>[a-z0-9-]{1,60})@(?P<version>[1-9][0-9]{0,8})")


class AlreadyPublished(Exception):  # noqa: N818 - an answer, not an error
    """That version is published with other content; a version never changes, publish the next one."""


@dataclass(frozen=True)
class Published:
    """A published version."""

    programme: str
    version: int
    digest: str
    published_at: datetime
    published_by: str

    @property
    def ref(self) -> str:
        """The version as one word, such as `sundere-sammen@2`."""
        return f"{self.programme}@{self.version}"


class Catalogue:
    """The published programmes of one database, read once: a published version never changes."""

    def __init__(self, connecting: Connecting) -> None:
        self._connecting = connecting
        self._known: dict[str, Programme] = {}

    async def publish(
        self, text: str, file: str, by: str, at: datetime, shelf: Shelf = shipped
    ) -> tuple[Programme, bool]:
        """Publishes a version with what it names, and whether it is new; the same content again is no change.

        Raises: Unpublishable when the programme has findings or its after-care has duties; AlreadyPublished when the
            version has other content.
        """
        version = loaded(text, file, shelf)
        programme = version.programme
        await self._require_voluntary(programme, text, file, at)
        async with self._connecting() as connection:
            is_new = await connection.fetchval(
                "INSERT INTO programme (id, version, digest, source, published_at, published_by)"
                " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING true",
                programme.programme,
                programme.version,
                digest(version.bundle),
                version.bundle,
                at,
                by,
            )
        known = version.bundle if is_new else await self.source(programme.ref)
        if known is None or not says_the_same(known, version.bundle):
            raise AlreadyPublished(
                f"{programme.ref} is published with other content; a version never changes,"
                f" so give this one version {programme.version + 1}"
            )
        return programme, bool(is_new)

    async def programme(self, ref: str) -> Programme | None:
        """The published version named, such as `sundere-sammen@2`, or None."""
        if ref not in self._known:
            text = await self.source(ref)
            if text is None:
                return None
            self._known[ref] = reread(text)
        return self._known[ref]

    async def source(self, ref: str) -> str | None:
        """What is kept of the version under that name, its rule sets and closed days included, or None."""
        named = _REF.fullmatch(ref)
        if named is None:
            return None
        async with self._connecting() as connection:
            text: str | None = await connection.fetchval(
                "SELECT source FROM programme WHERE id = $1 AND version = $2", named["programme"], int(named["version"])
            )
        return text

    async def listed(self) -> list[Published]:
        """Every published version, by programme and number."""
        async with self._connecting() as connection:
            rows = await connection.fetch(
                "SELECT id, version, digest, published_at, published_by FROM programme ORDER BY id, version"
            )
        return [Published(*row) for row in rows]

    async def in_force(self, programme: str, day: date) -> str | None:
        """The newest version of *programme* that is in force on *day*, or None."""
        for each in reversed([each for each in await self.listed() if each.programme == programme]):
            known = await self.programme(each.ref)
            if known and known.effective_from <= day:
                return each.ref
        return None

    async def _require_voluntary(self, programme: Programme, text: str, file: str, at: datetime) -> None:
        """Raises: Unpublishable when the after-care of a new version, as far as it is published, has duties."""
        if programme.aftercare is None or await self.source(programme.ref):
            return
        ref = await self.in_force(programme.aftercare.programme, local_date(at))
        known = await self.programme(ref) if ref else None
        duties = duties_of(known) if known else []
        if duties and ref:
            path = ("aftercare", "programme")
            values = (("programme", ref), ("what", ", ".join(duties)))
            raise Unpublishable([Finding(file, read(text).line(path), spelled(path), "aftercare_with_duties", values)])
