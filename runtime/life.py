"""One synthetic life, told as the commands that people would have given. Nobody in it exists."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

import structlog

from domain.actor import Actor, Role
from domain.calendar import COPENHAGEN, local
from domain.pathway.command import Command
from domain.pathway.commands import course, phases, referrals, sessions
from domain.pathway.facts.sessions import Attendance, Scaling, Side
from domain.refusal import Invalid, Refused
from engine.asked import Outcome, pathway_id
from eventstore.access import Look
from eventstore.citizens import Identity
from runtime.wiring import Trinvis

NAMESPACE = UUID("6a1f7c1e-3f1b-5d0e-9a65-0d3b8f0c7e11")

FIRST = ("Anna", "Bo", "Carla", "David", "Ellen", "Frede", "Gerda", "Hassan", "Ida", "Jonas", "Karla", "Liam")
LAST = ("Prøvesen", "Eksempelgaard", "Modelborg", "Skitsestrup")
"""No family has these names."""

now: ContextVar[datetime] = ContextVar("simulated_now")
"""What the clock shows in the life that is being told."""


@dataclass(frozen=True)
class Life:
    """What becomes of one synthetic citizen."""

    programme: str
    ending: str
    """How far it has come: `referred`, `returned`, `refused`, `withdrawn`, `waiting`, `underway`, `paused`, `closed`,
    `reopened` or `moved`."""
    weeks: int
    """How long ago it began. Unit: weeks."""
    advance: bool = False
    """Whether a proposal to go on is followed."""


def pathway_of(number: int) -> UUID:
    """The pathway of the life of that number, the same in every telling."""
    return pathway_id(_command_id(number, 1, "refer"))


def _command_id(number: int, told: int, what: str) -> UUID:
    return uuid5(NAMESPACE, f"{number} {told} {what}")


class Story:
    """One life, told as commands."""

    def __init__(self, trinvis: Trinvis, life: Life, random: Random, number: int, present: datetime) -> None:
        self._trinvis = trinvis
        self._life = life
        self._random = random
        self._number = number
        self._present = present
        self._told = 0
        self._pathway = pathway_of(number)
        self._caseworker = Actor.of(Role.CASEWORKER, f"sb-{number % 3 + 1}")
        self._contact = Actor.of(Role.CONTACT_PERSON, f"kp-{number % 4 + 1}")
        self._consultant = Actor.of(Role.COMPANY_CONSULTANT, f"vk-{number % 2 + 1}")

    def _id(self, what: str) -> UUID:
        self._told += 1
        return _command_id(self._number, self._told, what)

    async def _give(self, command: Command) -> Outcome | None:
        """Gives a command when its time has come; a refusal is part of life."""
        if command.at > self._present:
            return None
        now.set(command.at)
        try:
            return await self._trinvis.tell(self._pathway, command, self._id(command.kind))
        except (Refused, Invalid) as refusal:
            structlog.get_logger().debug("refused_in_the_story", command=command.kind, code=refusal.code)
            return None

    def _moment(self, began: datetime, days: int, hour: int = 9) -> datetime:
        day = began.astimezone(COPENHAGEN).date() + timedelta(days=days)
        return local(day, datetime.min.time().replace(hour=hour, minute=self._random.randrange(0, 60, 5)))

    async def tell(self) -> None:
        """Everything that happened, up to the present."""
        began = self._moment(self._present - timedelta(weeks=self._life.weeks), -self._random.randrange(3))
        await self._refer(began)
        answered = self._moment(began, self._random.randint(2, 6))
        if self._life.ending in {"referred", "returned", "refused", "withdrawn"}:
            await self._unanswered(answered)
            return
        accepted = referrals.AcceptReferral(
            by=self._caseworker if "sygedagpenge" in self._life.programme else self._consultant,
            at=answered,
            contact_person=self._contact.person,
            judgement="Vurderet i fællesskab: deltagelse er forsvarlig." if self._number % 7 == 0 else None,
        )
        await self._give(accepted)
        await self._weeks(answered)
        await self._end()

    async def _refer(self, at: datetime) -> None:
        now.set(at)
        name = f"{FIRST[self._number % len(FIRST)]} {LAST[self._number // len(FIRST) % len(LAST)]}"
        cpr = f"{61 + self._number % 28:02}{1 + self._number % 12:02}{60 + self._number % 35}-{1000 + self._number}"
        citizen = await self._trinvis.vault.register(
            Identity(name=name, cpr=cpr), Look(self._caseworker, "referral", at)
        )
        sick = "sygedagpenge" in self._life.programme
        command = referrals.ReferCitizen(
            by=self._caseworker,
            at=at,
            citizen=citizen,
            reason="Vil gerne i gang igen i et roligt tempo.",
            basis="Samtykke givet ved samtale",
            consent=True,
            expected_benefit="Mere energi i hverdagen",
            circumstances={"benefit": "sygedagpenge" if sick else "ressourceforloeb"},
            contraindications=("severe_pain",) if self._number % 7 == 0 else (),
        )
        command_id = self._id("refer")
        await self._trinvis.engine.refer(self._life.programme, command, command_id)

    async def _unanswered(self, at: datetime) -> None:
        by = self._caseworker
        match self._life.ending:
            case "returned":
                await self._give(referrals.ReturnReferral(by=by, at=at, reason="Der mangler en lægelig status."))
            case "refused":
                refusal = referrals.RefuseReferral(
                    by=by, at=at, reason="Et andet tilbud passer bedre.", judgement="Drøftet med borgeren."
                )
                await self._give(refusal)
            case "withdrawn":
                await self._give(referrals.WithdrawReferral(by=by, at=at, reason="Borgeren er startet i job."))

    async def _weeks(self, began: datetime) -> None:
        for week in range(self._life.weeks + 1):
            start = self._moment(began, 7 * week + 1)
            if start > self._present:
                return
            await self._week(start, week)

    async def _week(self, start: datetime, week: int) -> None:
        element = "training" if "sundere" in self._life.programme else "diet_exercise"
        for day in (0, 3):
            await self._session(self._moment(start, day, 8), element)
        if week % 4 == 1:
            talk = "consultant_talk" if element == "training" else ("first_talk" if week == 1 else "follow_up_talk")
            by = self._consultant if element == "training" else self._contact
            await self._give(
                sessions.HoldTalk(by=by, at=self._moment(start, 2, 11), element=talk, note="Godt samarbejde.")
            )
        if week % 4 == 0 and week and self._random.random() < 0.8:  # noqa: PLR2004 - most reviews are held
            await self._give(phases.HoldReview(by=self._contact, at=self._moment(start, 1, 13)))
        if week % 13 == 2:  # noqa: PLR2004 - each quarter
            answers = tuple(self._random.randint(1, 5) for _ in range(5))
            await self._give(
                course.RecordMeasurement(
                    by=self._contact, at=self._moment(start, 2, 12), instrument="who5", answers=answers
                )
            )
        if element == "diet_exercise" and week == 3:  # noqa: PLR2004 - when they know each other
            await self._give(self._dls(self._moment(start, 2, 14)))
        if self._life.advance and week >= 8:  # noqa: PLR2004 - not before two months
            await self._give(phases.ApproveTransition(by=self._caseworker, at=self._moment(start, 4, 10)))

    def _dls(self, at: datetime) -> Command:
        by = Actor.of(Role.HEALTH_STAFF, "sund-1")
        scaling = (Scaling(question="today", answer=self._random.randint(2, 6)),)
        return sessions.HoldTalk(by=by, at=at, element="dls_talk", scaling=scaling, next_step="En gåtur hver morgen.")

    async def _session(self, starts: datetime, element: str) -> None:
        session = self._id("session")
        site = None if element == "training" else self._random.choice(["matrikel_a", "matrikel_b"])
        booked = await self._give(
            sessions.BookSession(
                by=self._contact,
                at=starts - timedelta(days=2),
                session=session,
                element=element,
                starts=starts,
                site=site,
            )
        )
        if booked is None or starts > self._present:
            return
        ended = starts + timedelta(hours=5)
        drawn = self._random.random()
        if drawn < 0.04:  # noqa: PLR2004 - the weather, now and then
            cancel = sessions.CancelSession(
                by=self._contact,
                at=starts - timedelta(hours=2),
                session=session,
                asked_by=Side.WEATHER,
                reason="Storm.",
            )
            await self._give(cancel)
            return
        await self._give(self._attendance(session, ended, drawn, element))

    def _attendance(self, session: UUID, at: datetime, drawn: float, element: str) -> Command:
        if drawn < 0.10:  # noqa: PLR2004 - ill
            return sessions.RecordAttendance(
                by=self._contact, at=at, session=session, attendance=Attendance.EXCUSED, citizen_reason="Syg i dag."
            )
        if drawn < 0.17:  # noqa: PLR2004 - stayed away
            return sessions.RecordAttendance(by=self._contact, at=at, session=session, attendance=Attendance.ABSENT)
        parts = ("check_in", "movement", "closing_evaluation") if element == "training" else ()
        return sessions.RecordAttendance(
            by=self._contact,
            at=at,
            session=session,
            attendance=Attendance.LATE if drawn < 0.22 else Attendance.PRESENT,  # noqa: PLR2004 - the bus
            parts=parts,
            rating=self._random.randint(1, 3) if parts else None,
            rating_reason="Det var rart at være sammen." if parts else None,
        )

    async def _end(self) -> None:
        by = self._caseworker
        match self._life.ending:
            case "paused":
                await self._give(course.PausePathway(by=by, at=self._present, reason="Indlagt til genoptræning."))
            case "closed" | "reopened":
                outcome = "back_in_work" if "sygedagpenge" in self._life.programme else "job"
                await self._give(
                    course.ClosePathway(
                        by=by,
                        at=self._present,
                        outcome=outcome,
                        reason="Målet er nået.",
                        despite=("diet_exercise.assessed",) if "sygedagpenge" in self._life.programme else (),
                    )
                )
                if self._life.ending == "reopened":
                    await self._give(course.ReopenPathway(by=by, at=self._present, reason="Sygemeldt igen."))
            case "moved":
                await self._give(
                    course.MovePathway(
                        by=by, at=self._present, version=2, reason="Tilbuddet har ingen udløbsdato mere."
                    )
                )
