"""What a fact calls for in the world: letters to the citizen and notices to staff."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actor import Role
from domain.pathway.facts import (
    children,
    course,
    decisions,
    obligations,
    orders,
    phases,
    proceedings,
    referrals,
    sessions,
)
from domain.pathway.history import Event
from domain.pathway.places import BY_PLACES
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.value import Value


class FollowUp(Value):
    """Something to carry out because of a fact; idempotent by the fact's id and the name."""

    name: str
    """The letter's or the notice's code."""
    to: Role
    """The citizen for a letter, the system for an errand, otherwise the role whose worklist gets a notice."""
    subject: str | None = None
    """The code of what it is about."""

    @property
    def is_letter(self) -> bool:
        """Whether it goes to the citizen."""
        return self.to is Role.CITIZEN

    @property
    def is_errand(self) -> bool:
        """Whether it goes to another pathway."""
        return self.to is Role.SYSTEM


def key_of(name: str, about: UUID) -> str:
    """What makes a follow-up recognisable: its name, and the fact that called for it."""
    return f"{name}:{about}"


CALL_CHILD, TELL_PARENT, END_CHILD, GIVE_PLACE = "call_child", "tell_parent", "end_child", "give_place"
"""The errands from one pathway to another."""
FREES_A_PLACE = (referrals.ReferralWithdrawn, course.PathwayClosed, course.PathwayMoved)
"""After what whoever waits may begin: somebody left, or follows a version that may have more places."""
HEARD_BY_THE_PARENT = (
    referrals.CitizenEnrolled,
    referrals.ReferralRefused,
    referrals.ReferralWithdrawn,
    course.PathwayClosed,
    course.PathwayReopened,
)
"""What the pathway that called for this one is told."""

FollowUps = Callable[[Programme, Any], Iterator[FollowUp]]


def follow_ups(programme: Programme, event: Event, *, is_child: bool = False) -> tuple[FollowUp, ...]:
    """What *event* calls for under *programme*; most facts call for nothing. A child's parent hears of its course."""
    called_for = CALLED_FOR.get(type(event))
    own = tuple(called_for(programme, event)) if called_for else ()
    frees = programme.places is not None and isinstance(event, FREES_A_PLACE)
    handed_over = (_errand(GIVE_PLACE),) if frees else ()
    goes_on = not isinstance(event, course.PathwayReopened) or event.phase is not None
    told = (_errand(TELL_PARENT),) if is_child and goes_on and isinstance(event, HEARD_BY_THE_PARENT) else ()
    return (*own, *handed_over, *told)


def is_silent(programme: Programme, pathway: Pathway, at: datetime) -> bool:
    """Whether nobody may be written to about what was recorded at that instant: the citizen had died or moved away.

    That silences what came before, whenever it would go out; and the reopening, where somebody was mistaken, too.

    Source: DOMAIN 7, invariant 10.
    """
    mistaken = (outcome for outcome, until in pathway.left.items() if at <= until)
    return any(_is_without_letters(programme, outcome) for outcome in (pathway.outcome, *mistaken))


def _is_without_letters(programme: Programme, outcome: str | None) -> bool:
    known = programme.outcomes.get(outcome or "")
    return known is not None and not known.letter


def _letter(name: str, subject: str | None = None) -> FollowUp:
    return FollowUp(name=name, to=Role.CITIZEN, subject=subject)


def _errand(name: str) -> FollowUp:
    return FollowUp(name=name, to=Role.SYSTEM)


def _called(programme: Programme, fact: children.ChildCalled) -> Iterator[FollowUp]:
    del programme, fact
    yield _errand(CALL_CHILD)


def _released(programme: Programme, fact: children.ChildReleased) -> Iterator[FollowUp]:
    del programme
    if fact.close:
        yield _errand(END_CHILD)


def _declined(programme: Programme, fact: orders.OrderDeclined) -> Iterator[FollowUp]:
    del programme
    yield FollowUp(name="order_declined", to=Role.CASEWORKER, subject=fact.order)


def _plain(name: str) -> FollowUps:
    def called_for(programme: Programme, fact: object) -> Iterator[FollowUp]:
        del programme, fact
        yield _letter(name)

    return called_for


def _refused(programme: Programme, fact: referrals.ReferralRefused) -> Iterator[FollowUp]:
    del programme
    if not fact.adverse:  # otherwise the notification says it
        yield _letter("referral_refused")


def _returned(programme: Programme, fact: referrals.ReferralReturned) -> Iterator[FollowUp]:
    del fact
    yield FollowUp(name="referral_returned", to=programme.referral.by[0])


def _waiting(programme: Programme, fact: referrals.PlacedOnWaitingList) -> Iterator[FollowUp]:
    del programme
    yield _letter("waiting" if fact.begins else "waiting_for_a_place")
    if fact.begins and fact.why.rule == BY_PLACES:
        yield FollowUp(name="place_given", to=Role.CONTACT_PERSON)


def _enrolled(programme: Programme, fact: referrals.CitizenEnrolled) -> Iterator[FollowUp]:
    del programme
    yield _letter("enrolled")
    if fact.why:
        yield FollowUp(name="place_given" if fact.why.rule == BY_PLACES else "intake_came", to=Role.CONTACT_PERSON)


def _assigned(programme: Programme, fact: referrals.ResponsibleAssigned) -> Iterator[FollowUp]:
    del programme
    yield FollowUp(name="assigned", to=fact.role, subject=fact.role)
    if fact.role is Role.CONTACT_PERSON and fact.previous:
        yield _letter("contact_person_changed")


def _taken(programme: Programme, fact: phases.TransitionTaken) -> Iterator[FollowUp]:
    del programme
    yield FollowUp(name="transition_taken", to=Role.CASEWORKER, subject=fact.to)


def _escalated(programme: Programme, fact: obligations.ObligationEscalated) -> Iterator[FollowUp]:
    del programme
    yield FollowUp(name="escalated", to=fact.to, subject=fact.name)


def _questioned(programme: Programme, fact: obligations.DeadlineQuestioned) -> Iterator[FollowUp]:
    del programme
    yield FollowUp(name="deadline_questioned", to=fact.owner, subject=fact.name)


def _week(programme: Programme, fact: phases.WeekCounted) -> Iterator[FollowUp]:
    del programme
    if fact.below:
        yield FollowUp(name="week_below", to=Role.CONTACT_PERSON, subject=fact.week)


def _attended(programme: Programme, fact: sessions.AttendanceRecorded) -> Iterator[FollowUp]:
    owned = [part for part in fact.missing if part in programme.part_titles and programme.part_titles[part].owner]
    owner = programme.part_titles[owned[0]].owner if owned else None
    if owner:
        yield FollowUp(name="part_missing", to=owner, subject=", ".join(owned))
    if fact.unstaffed:
        yield FollowUp(name="role_missing", to=Role.CONTACT_PERSON, subject=", ".join(fact.unstaffed))


def _closed(programme: Programme, fact: course.PathwayClosed) -> Iterator[FollowUp]:
    outcome = programme.outcomes.get(fact.outcome)
    if (outcome is None or outcome.letter) and not fact.adverse:  # otherwise the notification says it
        yield _letter("closed")


def _back(name: str) -> FollowUps:
    """Whoever prepared a decision is told what became of it."""

    def called_for(
        programme: Programme, fact: decisions.DecisionObjected | decisions.DecisionLapsed
    ) -> Iterator[FollowUp]:
        del programme
        yield FollowUp(name=name, to=fact.prepared_by.role, subject=fact.decision)

    return called_for


def _if_by_letter(name: str) -> FollowUps:
    def called_for(
        programme: Programme,
        fact: proceedings.DecisionNotified | proceedings.ComplaintReassessed | proceedings.ComplaintConcluded,
    ) -> Iterator[FollowUp]:
        del programme
        if fact.by_letter:
            yield _letter(name, fact.decision)

    return called_for


def _booked(programme: Programme, fact: sessions.SessionBooked) -> Iterator[FollowUp]:
    element = programme.elements.get(fact.element)
    if element and element.letter:
        yield _letter("session_booked", fact.element)


def _changed(name: str) -> FollowUps:
    def called_for(programme: Programme, fact: sessions.SessionMoved | sessions.SessionCancelled) -> Iterator[FollowUp]:
        del programme
        if fact.asked_by is not sessions.Side.CITIZEN:
            yield _letter(name, fact.element)

    return called_for


def _cancelled(programme: Programme, fact: sessions.SessionCancelled) -> Iterator[FollowUp]:
    if fact.reason:  # otherwise the letter about the end of the pathway says it
        yield from _changed("session_cancelled")(programme, fact)


CALLED_FOR: Mapping[type[object], FollowUps] = {
    orders.OrderDeclined: _declined,
    children.ChildCalled: _called,
    children.ChildReleased: _released,
    referrals.ReferralAccepted: _plain("referral_accepted"),
    referrals.ReferralRefused: _refused,
    referrals.ReferralReturned: _returned,
    referrals.PlacedOnWaitingList: _waiting,
    referrals.IntakeMoved: _plain("intake_moved"),
    referrals.CitizenEnrolled: _enrolled,
    referrals.ResponsibleAssigned: _assigned,
    phases.TransitionTaken: _taken,
    phases.WeekCounted: _week,
    sessions.AttendanceRecorded: _attended,
    obligations.ObligationEscalated: _escalated,
    obligations.DeadlineQuestioned: _questioned,
    sessions.SessionBooked: _booked,
    sessions.SessionMoved: _changed("session_moved"),
    sessions.SessionCancelled: _cancelled,
    decisions.DecisionObjected: _back("decision_objected"),
    decisions.DecisionLapsed: _back("decision_lapsed"),
    proceedings.HearingSent: _plain("hearing_sent"),
    proceedings.HearingExtended: _plain("hearing_extended"),
    proceedings.DecisionNotified: _if_by_letter("decision_notified"),
    proceedings.ComplaintReassessed: _if_by_letter("complaint_reassessed"),
    proceedings.ComplaintConcluded: _if_by_letter("complaint_concluded"),
    course.PathwayPaused: _plain("paused"),
    course.PathwayResumed: _plain("resumed"),
    course.PathwayClosed: _closed,
    course.PathwayReopened: _plain("reopened"),
}
