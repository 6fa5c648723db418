"""What must hold before something can be decided, each requirement with the refusal that it gives while it does not.

The guards raise the first of these refusals, options name it, and whoever asks why sees every requirement: no two of
them can disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.pathway.binding import Binding
from domain.pathway.state import OPEN_ORDERS, Obligation, OrderStage, Pathway, Stage
from domain.refusal import (
    AlreadyProposed,
    ChildOpen,
    Excluded,
    IsOver,
    IsPaused,
    NoFreePlace,
    NoProposal,
    NoSuchOrder,
    NotClosed,
    NotInPlace,
    NotOffered,
    NotOpenYet,
    NotPaused,
    NotQuestioned,
    NotReferred,
    NotReturned,
    NotUnderway,
    NotWaiting,
    OrderOpen,
    Refused,
)

BEFORE_THE_BEGINNING = frozenset({Stage.REFERRED, Stage.RETURNED, Stage.WAITING})
"""The stages in which a referral may still be taken back."""
DELIVERING = (OrderStage.ACCEPTED, OrderStage.REPORTED)
"""The stages of an order in which the provider delivers."""


class What(StrEnum):
    """The kinds of requirement."""

    OPEN = "open"
    REFERRED = "referred"
    RETURNED = "returned"
    WAITING = "waiting"
    PLACE_FREE = "place_free"
    NOT_BEGUN = "not_begun"
    UNDERWAY = "underway"
    NOT_PAUSED = "not_paused"
    PAUSED = "paused"
    CLOSED = "closed"
    NOTHING_PROPOSED = "nothing_proposed"
    PROPOSED = "proposed"
    IN_PLACE = "in_place"
    OFFERED = "offered"
    NOT_PUT_ASIDE = "not_put_aside"
    HAPPENED = "happened"
    NOT_OWED = "not_owed"
    IN_PHASE = "in_phase"
    NOT_TURNED_DOWN = "not_turned_down"
    NOTHING_PREPARED = "nothing_prepared"
    PREPARED = "prepared"
    IN_AUTHORITY = "in_authority"
    NO_CHILD = "no_child"
    HEARD = "heard"
    NOT_HEARD = "not_heard"
    HEARING_OPEN = "hearing_open"
    ANSWERED = "answered"
    NOTHING_OPEN = "nothing_open"
    NO_COMPLAINT = "no_complaint"
    TO_NOTIFY = "to_notify"
    TO_COMPLAIN_OF = "to_complain_of"
    COMPLAINT = "complaint"
    QUESTIONED = "questioned"
    NOT_ORDERED = "not_ordered"
    ORDERED = "ordered"


@dataclass(frozen=True)
class Requirement:
    """Something that must hold."""

    what: What
    about: str | None
    """The step that it looks at, where there is one."""
    refusal: Refused | None
    """What whoever asks is told because it does not hold, or None when it holds."""

    @property
    def holds(self) -> bool:
        """Whether nothing stands in the way here."""
        return self.refusal is None


def first_refusal(requirements: Iterable[Requirement]) -> Refused | None:
    """The refusal of the first requirement that does not hold, or None when all of them do."""
    return next((each.refusal for each in requirements if each.refusal is not None), None)


def require(requirements: Iterable[Requirement]) -> None:
    """Raises: the refusal of the first requirement that does not hold."""
    refusal = first_refusal(requirements)
    if refusal:
        raise refusal


def _that(holds: bool, what: What, refusal: Refused, about: str | None = None) -> Requirement:  # noqa: FBT001 - reads as what it says
    return Requirement(what, about, None if holds else refusal)


def to_be_open(pathway: Pathway) -> Iterator[Requirement]:
    """The pathway has not ended."""
    yield _that(not pathway.is_over, What.OPEN, IsOver(stage=pathway.stage))


def to_be_referred(pathway: Pathway) -> Iterator[Requirement]:
    """A referral awaits its answer."""
    yield from to_be_open(pathway)
    yield _that(pathway.stage is Stage.REFERRED, What.REFERRED, NotReferred(stage=pathway.stage))


def to_be_returned(pathway: Pathway) -> Iterator[Requirement]:
    """The referral is back with the one who referred."""
    yield from to_be_open(pathway)
    yield _that(pathway.stage is Stage.RETURNED, What.RETURNED, NotReturned(stage=pathway.stage))


def to_be_waiting(pathway: Pathway) -> Iterator[Requirement]:
    """Somebody waits for an intake."""
    yield from to_be_open(pathway)
    yield _that(pathway.stage is Stage.WAITING, What.WAITING, NotWaiting(stage=pathway.stage))


def for_a_place(binding: Binding, pathway: Pathway) -> Iterator[Requirement]:
    """Whoever waits for a place begins when one is free."""
    places, occupied = binding.programme.places, binding.occupied
    if pathway.waits_for_a_place and places is not None:
        is_free = occupied is None or occupied.has_room(places)
        yield _that(is_free, What.PLACE_FREE, NoFreePlace(places=places))


def to_be_not_begun(pathway: Pathway) -> Iterator[Requirement]:
    """The citizen has not begun."""
    yield from to_be_open(pathway)
    yield _that(pathway.stage in BEFORE_THE_BEGINNING, What.NOT_BEGUN, NotReferred(stage=pathway.stage))


def to_be_underway(pathway: Pathway) -> Iterator[Requirement]:
    """The citizen has begun, and takes part; a pause is no matter."""
    yield from to_be_open(pathway)
    yield _that(pathway.stage is Stage.UNDERWAY, What.UNDERWAY, NotUnderway(stage=pathway.stage))


def to_be_running(pathway: Pathway) -> Iterator[Requirement]:
    """Something new can be agreed right now."""
    yield from to_be_underway(pathway)
    yield _that(pathway.paused_since is None, What.NOT_PAUSED, IsPaused(since=str(pathway.paused_since)))


def to_be_paused(pathway: Pathway) -> Iterator[Requirement]:
    """There is a pause to end."""
    yield from to_be_underway(pathway)
    yield _that(pathway.paused_since is not None, What.PAUSED, NotPaused(stage=pathway.stage))


def to_be_closed(pathway: Pathway) -> Iterator[Requirement]:
    """There is something to reopen."""
    yield _that(pathway.stage is Stage.CLOSED, What.CLOSED, NotClosed(stage=pathway.stage))


def to_be_questioned(obligation: Obligation) -> Iterator[Requirement]:
    """Somebody is asked whether the deadline still fits."""
    yield _that(obligation.question, What.QUESTIONED, NotQuestioned(obligation=obligation.name), obligation.name)


def for_a_proposal(pathway: Pathway) -> Iterator[Requirement]:
    """Nothing that has been proposed awaits its answer."""
    to = pathway.proposal.to if pathway.proposal else None
    yield _that(to is None, What.NOTHING_PROPOSED, AlreadyProposed(to=to))


def for_an_answer(pathway: Pathway) -> Iterator[Requirement]:
    """A proposal awaits its answer."""
    yield from to_be_running(pathway)
    yield _that(pathway.proposal is not None, What.PROPOSED, NoProposal(phase=pathway.phase))


def for_approval(binding: Binding, pathway: Pathway) -> Iterator[Requirement]:
    """A proposal awaits its answer, and the proposed phase can begin."""
    yield from for_an_answer(pathway)
    proposal = pathway.proposal
    if proposal:
        is_there = proposal.to in binding.programme.phases  # the version that is followed now may not have it
        refusal = NotInPlace(what=f"{proposal.phase}.advance", programme=binding.programme.ref)
        yield _that(is_there, What.IN_PLACE, refusal, proposal.to)
        yield from for_step(binding, pathway, proposal.to)


def for_step(binding: Binding, pathway: Pathway, step: str, despite: tuple[str, ...] = ()) -> Iterator[Requirement]:
    """What the programme's relations ask before *step*.

    A condition that is itself put aside does not block, nor does a milestone named in *despite*.
    """
    yield _that(step not in pathway.excluded, What.NOT_PUT_ASIDE, Excluded(step=step), step)
    for relation in binding.programme.conditions:
        if relation.target == step and relation.condition not in pathway.excluded:
            missing = relation.condition
            has_happened = pathway.last(missing) is not None
            yield _that(has_happened, What.HAPPENED, NotOpenYet(step=step, missing=missing), missing)
    for milestone in binding.programme.milestones:
        if milestone.target == step and milestone.milestone not in {*pathway.excluded, *despite}:
            missing = milestone.milestone
            is_owed = any(each.name == missing for each in pathway.obligations.values())
            yield _that(not is_owed, What.NOT_OWED, NotOpenYet(step=step, missing=missing), missing)


def for_element(binding: Binding, pathway: Pathway, element: str) -> Iterator[Requirement]:
    """The present phase offers *element*, and the relations let it happen."""
    programme, phase = binding.programme, pathway.phase
    offered = phase is not None and element in programme.offered_in(phase)
    phases = ", ".join(name for name in programme.phases if element in programme.offered_in(name))
    yield _that(offered, What.OFFERED, NotOffered(step=element, phase=phase, phases=phases), element)
    yield from for_step(binding, pathway, element)


def for_rule(pathway: Pathway, phase: str, to: str) -> Iterator[Requirement]:
    """The rule by which *phase* is followed by *to* is asked whether its condition holds."""
    yield from to_be_running(pathway)
    refusal = NotOffered(step=to, phase=pathway.phase, phases=phase)
    yield _that(pathway.phase == phase, What.IN_PHASE, refusal, phase)
    yield from for_a_proposal(pathway)
    yield _that(not pathway.rejected, What.NOT_TURNED_DOWN, NoProposal(phase=phase), to)


def for_a_child(pathway: Pathway, element: str) -> Iterator[Requirement]:
    """No pathway that *element* called for is open."""
    is_free = not pathway.open_children(element)
    yield _that(is_free, What.NO_CHILD, ChildOpen(step=element), element)


def for_placing(pathway: Pathway, order: str) -> Iterator[Requirement]:
    """No order of that kind is open."""
    known = pathway.orders.get(order)
    is_free = known is None or known.stage not in OPEN_ORDERS
    stage = known.stage if known else None
    yield _that(is_free, What.NOT_ORDERED, OrderOpen(order=order, stage=stage), order)


def for_order(pathway: Pathway, order: str, *stages: OrderStage) -> Iterator[Requirement]:
    """The order has come just so far."""
    known = pathway.orders.get(order)
    is_there = known is not None and known.stage in stages
    refusal = NoSuchOrder(order=order, stage=known.stage if known else None)
    yield _that(is_there, What.ORDERED, refusal, order)
