"""What facts call for is carried out once, and never keeps time waiting."""

import asyncio
import email
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email.policy import default
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from domain.actor import Role
from domain.pathway.commands.course import ReopenPathway
from domain.pathway.commands.obligations import CreateObligation
from domain.pathway.facts.course import DeliveryFailed, LetterSent
from domain.pathway.facts.obligations import ObligationOverdue
from engine.looking import look
from eventstore.access import Look
from eventstore.citizens import Identity
from runtime.embedded.ports import HOST, free_port
from runtime.wiring import Trinvis
from tests.support.asking import accept, close, refer
from tests.support.cast import AUDITOR, CASEWORKER, CONTACT
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.temporal import VirtualTime, until_idle, until_passed, until_quiet, working
from workflows.nudging import workflow_id

pytestmark = pytest.mark.slow


class Post:
    """A mail server that keeps what it gets, or turns everything down."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.messages: list[email.message.EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Takes a message."""
        del server, session
        if self.refuses:
            return "451 come back later"
        self.messages.append(email.message_from_bytes(bytes(envelope.original_content or b""), policy=default))
        return "250 taken"


@pytest.fixture
async def post() -> AsyncIterator[tuple[Post, int]]:
    """A real mail server on this machine, and its port."""
    kept, port = Post(), free_port()
    controller = Controller(kept, hostname=HOST, port=port)
    controller.start()
    yield kept, port
    controller.stop()


async def _referred(trinvis: Trinvis, clock: SetClock, address: str | None = None) -> UUID:
    identity = Identity(name="Prøve Prøvesen", cpr="610180-1234", email=address)
    citizen = await trinvis.vault.register(identity, LOOK)
    outcome = await trinvis.refer("sundere-sammen@2", refer(clock(), "ressourceforloeb", citizen=citizen), uuid4())
    return outcome.stream


def _mailing(trinvis: Trinvis, port: int, patience: int = 3600) -> Trinvis:
    settings = trinvis.settings.model_copy(update={"smtp_host": HOST, "smtp_port": port, "patience_seconds": patience})
    return replace(trinvis, settings=settings)


async def _history(trinvis: Trinvis, pathway: UUID) -> list[object]:
    entries = await trinvis.engine.store.history(pathway, Look(AUDITOR, "test", trinvis.now()))
    return [entry.event for entry in entries]


async def test_letters_lie_in_the_outbox_and_are_recorded_as_facts(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    async with working(living, virtual.client):
        pathway = await _referred(living, clock)
        await living.tell(pathway, accept(clock()), uuid4())
        await until_quiet(living, pathway)
    letters = [event.letter for event in await _history(living, pathway) if isinstance(event, LetterSent)]
    assert sorted(letters) == ["enrolled", "referral_accepted"]
    files = await asyncio.to_thread(os.listdir, living.settings.outbox)
    assert len(files) == 2
    assert not any("Prøve" in name or "6101" in name for name in files)


async def test_a_letter_reaches_a_real_mail_server_under_the_same_message_id(
    living: Trinvis, virtual: VirtualTime, clock: SetClock, post: tuple[Post, int]
) -> None:
    kept, port = post
    mailing = _mailing(living, port)
    async with working(mailing, virtual.client):
        pathway = await _referred(mailing, clock, "proeve@example.invalid")
        await mailing.tell(pathway, accept(clock()), uuid4())
        await until_quiet(mailing, pathway)
    assert {message["To"] for message in kept.messages} == {"proeve@example.invalid"}
    assert len({message["Message-ID"] for message in kept.messages}) == 2
    assert "Prøve Prøvesen" in kept.messages[0].get_content()


async def test_a_mail_server_that_is_away_keeps_no_deadline_waiting(
    living: Trinvis, virtual: VirtualTime, clock: SetClock
) -> None:
    mailing = _mailing(living, free_port())
    due = clock() + timedelta(days=2)
    async with working(mailing, virtual.client):
        pathway = await _referred(mailing, clock, "proeve@example.invalid")
        await mailing.tell(pathway, accept(clock()), uuid4())
        promise = CreateObligation(
            by=CONTACT, at=clock(), obligation="ring_op", owner=Role.CONTACT_PERSON, due=due, note="ringer om svar"
        )
        await mailing.tell(pathway, promise, uuid4())
        await asyncio.sleep(1)
        clock.set(due)
        await virtual.reach(workflow_id(pathway), due)
        await until_passed(mailing, pathway, due)
        events = await _history(mailing, pathway)
    assert any(isinstance(event, ObligationOverdue) and event.name == "ring_op" for event in events)
    assert not any(isinstance(event, LetterSent) for event in events)


async def test_a_letter_that_still_waits_when_the_citizen_dies_never_goes_out(
    living: Trinvis, virtual: VirtualTime, clock: SetClock, post: tuple[Post, int]
) -> None:
    """It is not given up either: nobody is asked to see to it."""
    kept, port = post
    kept.refuses = True
    mailing = _mailing(living, port)
    async with working(mailing, virtual.client):
        pathway = await _referred(mailing, clock, "proeve@example.invalid")
        await mailing.tell(pathway, accept(clock()), uuid4())
        await mailing.tell(pathway, close(clock(), "death"), uuid4())
        await until_quiet(mailing, pathway)
        await until_idle(virtual.client, pathway)
        kept.refuses = False
    assert kept.messages == []
    assert not any(isinstance(event, (LetterSent, DeliveryFailed)) for event in await _history(mailing, pathway))


async def test_a_letter_that_still_waited_does_not_go_out_either_when_the_death_was_a_mistake(
    living: Trinvis, virtual: VirtualTime, clock: SetClock, post: tuple[Post, int]
) -> None:
    kept, port = post
    kept.refuses = True
    mailing = _mailing(living, port)
    async with working(mailing, virtual.client):
        pathway = await _referred(mailing, clock, "proeve@example.invalid")
        await mailing.tell(pathway, accept(clock()), uuid4())
        await mailing.tell(pathway, close(clock(), "death"), uuid4())
        await mailing.tell(pathway, ReopenPathway(by=CASEWORKER, at=clock(), reason="en anden"), uuid4())
        await until_quiet(mailing, pathway)
        await until_idle(virtual.client, pathway)
        kept.refuses = False
    assert kept.messages == []
    assert not any(isinstance(event, (LetterSent, DeliveryFailed)) for event in await _history(mailing, pathway))


async def test_what_a_mail_server_says_of_an_address_is_neither_logged_nor_told_to_temporal(
    living: Trinvis,
    virtual: VirtualTime,
    clock: SetClock,
    post: tuple[Post, int],
    capfd: pytest.CaptureFixture[str],
) -> None:
    kept, port = post
    kept.refuses = True
    mailing = _mailing(living, port, patience=2)
    async with working(mailing, virtual.client):
        pathway = await _referred(mailing, clock, "proeve@example.invalid")
        await mailing.tell(pathway, accept(clock()), uuid4())
        await until_quiet(mailing, pathway)
        handle = virtual.client.get_workflow_handle(workflow_id(pathway))
        opened = (await handle.fetch_history()).to_json()
    said = "".join(capfd.readouterr())
    for told in (said, opened):
        assert "example.invalid" not in told
        assert "come back later" not in told


async def test_a_letter_that_is_given_up_becomes_somebody_s_task(
    living: Trinvis, virtual: VirtualTime, clock: SetClock, post: tuple[Post, int]
) -> None:
    kept, port = post
    kept.refuses = True
    mailing = _mailing(living, port, patience=2)
    async with working(mailing, virtual.client):
        pathway = await _referred(mailing, clock, "proeve@example.invalid")
        await mailing.tell(pathway, accept(clock()), uuid4())
        await until_quiet(mailing, pathway)
    events = await _history(mailing, pathway)
    assert {event.follow_up for event in events if isinstance(event, DeliveryFailed)} == {
        "referral_accepted",
        "enrolled",
    }
    seen = await look(mailing.engine, pathway, Look(CASEWORKER, "test", clock()))
    failed = [notice for notice in seen.pathway.notices.values() if notice.notice == "delivery_failed"]
    assert [notice.owner for notice in failed] == [Role.CASEWORKER, Role.CASEWORKER]
