"""Letters to the citizen: written to a folder, and sent by mail where a server is set up."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from uuid import UUID

import aiosmtplib
from temporalio.exceptions import ApplicationError

from domain.actor import Actor
from domain.calendar import local_date
from domain.pathway.fact import Fact
from domain.pathway.follow_ups import FollowUp
from domain.pathway.history import Erased, Event
from domain.programme.setting import anchored
from domain.programme.shape import Programme
from engine.clock import Clock
from eventstore.access import Look
from eventstore.citizens import Identity, Vault
from eventstore.errors import NoSuchCitizen
from texts.catalogue import Wording

WRITING = Actor("system:letters")
HALF_WRITTEN = "."
"""What the name of a letter's file begins with until it is written whole."""
SECONDS = 20
"""How long a mail server may take to answer."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    start_tls: bool = False


@dataclass(frozen=True)
class Occasion:
    """What a letter is about."""

    citizen: UUID
    programme: Programme
    about: UUID
    """The fact that called for it."""
    event: Event


class Letters:
    """Writes and sends letters."""

    def __init__(self, outbox: Path, vault: Vault, clock: Clock, sender: str, server: MailServer | None) -> None:
        self._outbox = outbox
        self._vault = vault
        self._clock = clock
        self._sender = sender
        self._server = server

    async def send(self, occasion: Occasion, follow_up: FollowUp) -> str:
        """Writes the letter, the same file however often it is tried, and sends it; `mail` or `outbox`.

        Raises: ApplicationError, not to be tried again, when the citizen or the fact is erased; OSError and
            aiosmtplib.SMTPException when folder or server do not answer.
        """
        if isinstance(occasion.event, Erased):
            raise ApplicationError("the fact is erased", type="Erased", non_retryable=True)
        now, name = self._clock(), f"{occasion.about}-{follow_up.name}.eml"
        try:
            identity = await self._vault.identity(occasion.citizen, Look(WRITING, f"letter {follow_up.name}", now))
            message = self._message(occasion, follow_up, identity, now)
            await asyncio.to_thread(self._keep, message, name)
            await self._vault.require_known(occasion.citizen)  # whoever erased meanwhile did not find the letter yet
        except NoSuchCitizen as error:
            await asyncio.to_thread((self._outbox / name).unlink, missing_ok=True)
            raise ApplicationError("no such citizen", type="NoSuchCitizen", non_retryable=True) from error
        if self._server is None or identity.email is None:
            return "outbox"
        await aiosmtplib.send(
            message,
            hostname=self._server.host,
            port=self._server.port,
            username=self._server.username,
            password=self._server.password,
            start_tls=self._server.start_tls,
            timeout=SECONDS,
        )
        return "mail"

    def _message(self, occasion: Occasion, follow_up: FollowUp, identity: Identity, now: datetime) -> EmailMessage:
        wording = Wording(identity.language, occasion.programme)
        values = _values(occasion, wording)
        body = wording.say("letter", follow_up.name, "body", **values)
        message = EmailMessage()
        message["Message-ID"] = f"<{occasion.about}.{follow_up.name}@trinvis.invalid>"
        message["Date"] = format_datetime(now)
        message["From"] = self._sender
        message["To"] = identity.email or "undisclosed-recipients:;"
        message["Subject"] = wording.say("letter", follow_up.name, "subject", **values)
        message.set_content(
            wording.say(
                "letter_frame",
                person_name=identity.name,
                body=body,
                unit_title=wording.naming.unit_name(_signed_by(occasion.programme, now)),
            )
        )
        return message

    def _keep(self, message: EmailMessage, name: str) -> None:
        self._outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = self._outbox / f"{HALF_WRITTEN}{name}"
        partial.touch(mode=0o600)
        partial.write_bytes(bytes(message))
        partial.rename(self._outbox / name)


def _signed_by(programme: Programme, now: datetime) -> str:
    """The unit that answers for the programme today. Source: F22."""
    return anchored(programme.anchor, programme.roles.order, local_date(now))


def _values(occasion: Occasion, wording: Wording) -> dict[str, object]:
    """The fact's own fields, with the words for its codes."""
    fact = occasion.event
    values: dict[str, object] = {}
    if isinstance(fact, Fact):
        values = {field: getattr(fact, field) for field in type(fact).model_fields}
    element, site = values.get("element"), values.get("site")
    return {
        **values,
        "programme_title": occasion.programme.title.in_language(wording.language),
        "element_title": wording.naming.name(element) if element else "",
        "site_title": wording.naming.place_name(site) if site else "",
    }
