"""What a pathway's workflow asks for: catch up, give a command, carry out a follow-up, or give it up."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.letters import Letters, Occasion
from activities.messages import (
    CATCH_UP,
    GIVE_NOTICE,
    GIVE_UP,
    SEND_LETTER,
    TELL,
    CatchUp,
    CaughtUp,
    FollowUpDue,
    GiveUp,
    TellPathway,
)
from activities.recording import FOLLOWING_UP, about_of, command_id_of, record
from domain.pathway.command import Command
from domain.pathway.commands.course import GiveNotice, RecordFailure, RecordLetter
from domain.pathway.facts.children import PassedOn
from domain.pathway.facts.course import DeliveryFailed, LetterSent, NoticeGiven, PathwayReopened
from domain.pathway.follow_ups import FollowUp, follow_ups, is_silent, key_of
from domain.pathway.history import Event
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from engine.alarms import Alarm, alarm_of, caught_up
from engine.asked import PASSING
from engine.asking import command_from
from engine.draft import Standing, fact_id
from engine.transact import Engine
from eventstore.appending import is_answered, reckon
from eventstore.database import Connection
from eventstore.errors import NoSuchStream

log = structlog.get_logger()


@dataclass
class Life:
    """The life that Temporal is in, as the worker last saw it."""

    generation: str


class PathwayActivities:
    """The activities of one worker."""

    def __init__(self, engine: Engine, letters: Letters, life: Life, patience_seconds: int) -> None:
        self._engine = engine
        self._letters = letters
        self._life = life
        self._patience = patience_seconds

    @activity.defn(name=CATCH_UP)
    async def catch_up(self, ask: CatchUp) -> CaughtUp:
        """Lets a due instant pass when it has come; then what is to be carried out, and what is due next."""
        pathway = UUID(ask.pathway)
        try:
            if ask.due:
                await self._engine.pass_time(pathway, datetime.fromisoformat(ask.due))
            async with self._engine.database.connection() as connection:
                alarm, standing = await self._reckoned(connection, pathway)
                waiting = list(await self._waiting(connection, alarm, standing.pathway, pathway))
                reacted = min((each.version for each in waiting), default=alarm.version + 1) - 1
                await caught_up(connection, pathway, reacted, self._life.generation)
        except NoSuchStream as error:
            raise ApplicationError("no such pathway", type="NoSuchStream", non_retryable=True) from error
        return CaughtUp(
            version=alarm.version,
            programme=alarm.programme,
            phase=alarm.phase,
            next_due=alarm.next_due.isoformat() if alarm.next_due else None,
            over=alarm.over,
            follow_ups=waiting,
            patience_seconds=self._patience,
        )

    async def _reckoned(self, connection: Connection, pathway: UUID) -> tuple[Alarm, Standing]:
        """The alarm of a pathway and where it stands; what is due is put right where this release reckons otherwise."""
        alarm = await alarm_of(connection, pathway)
        standing, _ = await self._engine.current(connection, pathway)
        if standing.next_due == alarm.next_due:
            return alarm, standing
        await reckon(connection, pathway, standing.version, standing.next_due)
        return await alarm_of(connection, pathway), standing

    async def _waiting(
        self, connection: Connection, alarm: Alarm, stands: Pathway, pathway: UUID
    ) -> Iterator[FollowUpDue]:
        """What the facts that nobody has reacted to call for, without what has been carried out."""
        if alarm.reacted >= alarm.version:
            return iter(())
        programme = await self._engine.programme(alarm.programme)
        events = await self._engine.store.facts(connection, pathway, after=alarm.reacted)
        done = {key for event in events if (key := _carried_out(event))}
        silent = await self._silent(connection, pathway, alarm, programme, events)
        is_child = stands.parent is not None
        return (
            due
            for version, event in enumerate(events, start=alarm.reacted + 1)
            for due in _due(pathway, version, programme, event, is_child=is_child)
            if due.id not in done and not (due.activity == SEND_LETTER and silent(event.at))
        )

    async def _silent(
        self, connection: Connection, pathway: UUID, alarm: Alarm, programme: Programme, events: Sequence[Event]
    ) -> Callable[[datetime], bool]:
        """Whether letters that wait, as for a mail server that is away, are not to go out any more, by their instant.

        *events* are those from the letters' own on.
        """
        if alarm.is_closed or any(event.kind == PathwayReopened.kind for event in events):
            return partial(is_silent, programme, (await self._engine.folded(connection, pathway)).pathway)
        return lambda _: False

    @activity.defn(name=TELL)
    async def tell(self, ask: TellPathway) -> str:
        """Carries out a command that came to the workflow; `done`, or the code of the refusal."""
        try:
            command = command_from(ask.told.kind, _fields(ask.told.body), ask.told.by, self._engine.clock())
            await self._engine.transact(UUID(ask.pathway), command, UUID(ask.told.command_id))
        except PASSING:
            raise
        except Exception as refusal:  # noqa: BLE001 - whatever is told, the next command must not wait for it for ever
            code = refusal.code if isinstance(refusal, (Refused, Invalid)) else type(refusal).__name__
            log.warning("told_refused", pathway=ask.pathway, command=ask.told.kind, code=code)
            return code
        return "done"

    @activity.defn(name=SEND_LETTER)
    async def send_letter(self, due: FollowUpDue) -> None:
        """Writes a letter, sends it where a mail server is set up, and records that it went out."""
        occasion, follow_up = await self._found(due)
        if follow_up is None or await self._is_recorded(due, RecordLetter.kind):
            return
        channel = await self._letters.send(occasion, follow_up)
        await self._record(due, RecordLetter(**self._by(), about=about_of(due), letter=due.name, channel=channel))

    @activity.defn(name=GIVE_NOTICE)
    async def give_notice(self, due: FollowUpDue) -> None:
        """Puts a notice on a worklist."""
        _, follow_up = await self._found(due)
        if follow_up is None:
            return
        notice = GiveNotice(
            **self._by(), about=about_of(due), notice=due.name, owner=follow_up.to, subject=follow_up.subject
        )
        await self._record(due, notice)

    @activity.defn(name=GIVE_UP)
    async def give_up(self, ask: GiveUp) -> None:
        """Records that a follow-up was given up, which opens a task."""
        due = ask.follow_up
        await self._record(due, RecordFailure(**self._by(), about=about_of(due), follow_up=due.name, error=ask.error))

    async def _found(self, due: FollowUpDue) -> tuple[Occasion, FollowUp | None]:
        pathway = UUID(due.pathway)
        async with self._engine.database.connection() as connection:
            alarm = await alarm_of(connection, pathway)
            events = await self._engine.store.facts(connection, pathway, after=due.version - 1)
            programme = await self._engine.programme(alarm.programme)
            silent = await self._silent(connection, pathway, alarm, programme, events)
        event = events[0]
        occasion = Occasion(alarm.subject, programme, about_of(due), event)
        called_for = (each for each in follow_ups(programme, event) if not (each.is_letter and silent(event.at)))
        return occasion, next((each for each in called_for if each.name == due.name), None)

    async def _is_recorded(self, due: FollowUpDue, kind: str) -> bool:
        """Whether an earlier try was recorded, after which its worker was killed before it could say so."""
        async with self._engine.database.connection() as connection:
            return await is_answered(connection, UUID(due.pathway), command_id_of(due, kind))

    async def _record(self, due: FollowUpDue, command: Command) -> None:
        await record(self._engine, due, command)

    def _by(self) -> dict[str, object]:
        return {"by": FOLLOWING_UP, "at": self._engine.clock()}


def _fields(body: str) -> Mapping[str, object]:
    fields = json.loads(body)
    if not isinstance(fields, dict):
        raise Invalid("body", "dict_type")
    return fields


def _due(pathway: UUID, version: int, programme: Programme, event: Event, *, is_child: bool) -> Iterator[FollowUpDue]:
    for each in follow_ups(programme, event, is_child=is_child):
        activity_name = each.name if each.is_errand else SEND_LETTER if each.is_letter else GIVE_NOTICE
        key = key_of(each.name, fact_id(pathway, version))
        yield FollowUpDue(key, str(pathway), version, each.name, activity_name)


def _carried_out(event: Event) -> str | None:
    match event:
        case LetterSent():
            return key_of(event.letter, event.about)
        case NoticeGiven():
            return key_of(event.notice, event.about)
        case PassedOn():
            return key_of(event.follow_up, event.about)
        case DeliveryFailed():
            return key_of(event.follow_up, event.about)
        case _:
            return None
