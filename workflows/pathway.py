"""One citizen's appointments: carry out what facts call for, and wake up when something is due."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError, ApplicationError, FailureError

from activities.messages import (
    CATCH_UP,
    GIVE_UP,
    TELL,
    CatchUp,
    CaughtUp,
    FollowUpDue,
    GiveUp,
    TellPathway,
    Told,
)

PATHWAY = "Pathway"
NOTED = "noted"
TELLING = "tell"

PROGRAMME = SearchAttributeKey.for_keyword("TrinvisProgramme")
PHASE = SearchAttributeKey.for_keyword("TrinvisPhase")
NEXT_DUE = SearchAttributeKey.for_datetime("TrinvisNextDue")
SEARCH_ATTRIBUTES = (PROGRAMME, PHASE, NEXT_DUE)

LONG_HISTORY = 1_000
"""Events after which a run makes place for a new one, as soon as no follow-up is under way; what is told goes along."""
LONGEST_HISTORY = 4_000
"""Events after which it does so even while follow-ups are under way; they are begun again, and carried out once."""
ACT = timedelta(seconds=30)
AGAIN = timedelta(minutes=1)
"""How long an instant waits that has rung and is due all the same, so that no run spins whatever it is told."""
UNTIL_DONE = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=30))
PATIENT = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(hours=1))


@dataclass(frozen=True)
class PathwayStart:
    """What a run begins with."""

    pathway: str
    told: list[Told] = field(default_factory=list)


@dataclass(frozen=True)
class Noted:
    """News: the pathway has come to a version by facts of these kinds."""

    version: int
    kinds: list[str] = field(default_factory=list)


@workflow.defn(name=PATHWAY)
class PathwayWorkflow:
    """Keeps the appointments of one pathway for as long as it lasts."""

    @workflow.init
    def __init__(self, start: PathwayStart) -> None:
        self._pathway = start.pathway
        self._told = deque(start.told)
        self._noted = False
        self._rang: str | None = None
        self._passed: str | None = None
        self._alarm: asyncio.Task[None] | None = None
        self._armed_for: str | None = None
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._shown: tuple[str, str | None, str | None] | None = None

    @workflow.signal(name=NOTED)
    def noted(self, news: Noted | None = None) -> None:
        """Something was written; look again. Anybody can send a signal without a word, and none may do harm."""
        del news
        self._noted = True

    @workflow.signal(name=TELLING)
    def tell(self, told: Told | None = None) -> None:
        """A system that lives in Temporal gives a command."""
        if told:
            self._told.append(told)

    @workflow.run
    async def run(self, start: PathwayStart) -> None:
        """Goes on until the pathway is over and nothing is under way."""
        del start
        self._telling = asyncio.create_task(self._carry_out_told())
        while True:
            standing = await self._catch_up()
            self._begin(standing)
            if standing.over and self._is_quiet():
                return
            self._make_place()
            self._arm(standing.next_due)
            await workflow.wait_condition(lambda: bool(self._noted or self._rang))

    async def _catch_up(self) -> CaughtUp:
        self._noted, due, self._rang = False, self._rang, None
        self._passed = due or self._passed
        standing: CaughtUp = await workflow.execute_activity(
            CATCH_UP,
            CatchUp(self._pathway, due),
            result_type=CaughtUp,
            start_to_close_timeout=ACT,
            retry_policy=UNTIL_DONE,
        )
        self._show(standing)
        return standing

    async def _carry_out_told(self) -> None:
        """Carries out what is told, one command after the other, however long one takes; time goes on meanwhile."""
        while True:
            await workflow.wait_condition(lambda: bool(self._told))
            await workflow.execute_activity(
                TELL,
                TellPathway(self._pathway, self._told[0]),
                start_to_close_timeout=ACT,
                retry_policy=UNTIL_DONE,
            )
            self._told.popleft()
            self._noted = True

    def _begin(self, standing: CaughtUp) -> None:
        for due in standing.follow_ups:
            if due.id not in self._under_way:
                self._under_way[due.id] = asyncio.create_task(self._follow_up(due, standing.patience_seconds))

    async def _follow_up(self, due: FollowUpDue, patience: int) -> None:
        """Carries one follow-up out, or gives it up; time goes on meanwhile."""
        try:
            await workflow.execute_activity(
                due.activity,
                due,
                start_to_close_timeout=ACT,
                schedule_to_close_timeout=timedelta(seconds=patience),
                retry_policy=PATIENT,
            )
        except ActivityError as error:
            await workflow.execute_activity(
                GIVE_UP,
                GiveUp(due, _code(error)),
                start_to_close_timeout=ACT,
                retry_policy=UNTIL_DONE,
            )
        del self._under_way[due.id]
        self._noted = True

    def _arm(self, due: str | None) -> None:
        if due == self._armed_for and self._alarm and not self._alarm.done():
            return
        if self._alarm:
            self._alarm.cancel()
        self._armed_for = due
        self._alarm = asyncio.create_task(self._ring(due)) if due else None

    async def _ring(self, due: str) -> None:
        left = AGAIN if due == self._passed else datetime.fromisoformat(due) - workflow.now()
        if left > timedelta():
            await asyncio.sleep(left.total_seconds())
        self._rang = due

    def _is_quiet(self) -> bool:
        return not (self._under_way or self._noted or self._told)

    def _make_place(self) -> None:
        info = workflow.info()
        length = info.get_current_history_length()
        is_long = info.is_continue_as_new_suggested() or length >= LONG_HISTORY
        if (is_long and not self._under_way) or length >= LONGEST_HISTORY:
            workflow.continue_as_new(PathwayStart(self._pathway, list(self._told)))

    def _show(self, standing: CaughtUp) -> None:
        shown = (standing.programme, standing.phase, standing.next_due)
        if shown == self._shown:
            return
        self._shown = shown
        due = datetime.fromisoformat(standing.next_due) if standing.next_due else None
        workflow.upsert_search_attributes(
            [
                PROGRAMME.value_set(standing.programme),
                PHASE.value_set(standing.phase) if standing.phase else PHASE.value_unset(),
                NEXT_DUE.value_set(due) if due else NEXT_DUE.value_unset(),
            ]
        )


def _code(error: ActivityError) -> str:
    cause: BaseException | None = error.cause
    while isinstance(cause, FailureError) and not isinstance(cause, ApplicationError) and cause.cause:
        cause = cause.cause
    return (cause.type if isinstance(cause, ApplicationError) and cause.type else "timed_out").lower()
