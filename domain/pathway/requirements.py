"""What must hold before something can be decided, each requirement with the refusal that it gives while it does not.

The guards raise the first of these refusals, options name it, and whoever asks why sees every requirement: no two of
them can disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.pathway.binding import Binding
from domain.pathway.proceeding import of_all
from domain.pathway.state import OPEN_ORDERS, Obligation, OrderStage, Pathway, Stage
from domain.programme.decisions import REFUSE
from domain.refusal import (
    AlreadyProposed,
    ChildOpen,
    Excluded,
    IsOver,
    IsPaused,
    NoFreePlace,
    NoPlaceAnyMore,
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
    refusal: Refused | None
    """What whoever asks is told because it does not hold, or None when it holds."""
    about: str | None = None
    """The step that it looks at, where there is one."""

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


def to_be_open(pathway: Pathway) -> Iterator[Requirement]:
    """The pathway has not ended."""
    yield Requirement(What.OPEN, IsOver(stage=pathway.stage) if pathway.is_over else None)


def to_be_readable(pathway: Pathway) -> Iterator[Requirement]:
    """What is known of the citizen has not been erased; whether the pathway has ended is no matter."""
    yield Requirement(What.OPEN, IsOver(stage=pathway.stage) if pathway.stage is Stage.ERASED else None)


def to_be_referred(pathway: Pathway) -> Iterator[Requirement]:
    """A referral awaits its answer."""
    yield from to_be_open(pathway)
    is_referred = pathway.stage is Stage.REFERRED
    yield Requirement(What.REFERRED, None if is_referred else NotReferred(stage=pathway.stage))


def to_be_returned(pathway: Pathway) -> Iterator[Requirement]:
    """The referral is back with the one who referred."""
    yield from to_be_open(pathway)
    is_returned = pathway.stage is Stage.RETURNED
    yield Requirement(What.RETURNED, None if is_returned else NotReturned(stage=pathway.stage))


def to_be_waiting(pathway: Pathway) -> Iterator[Requirement]:
    """Somebody waits for an intake."""
    yield from to_be_open(pathway)
    waits = pathway.stage is Stage.WAITING
    yield Requirement(What.WAITING, None if waits else NotWaiting(stage=pathway.stage))


def for_a_place(binding: Binding, pathway: Pathway) -> Iterator[Requirement]:
    """Whoever waits for a place begins when one is free."""
    occupied = binding.occupied
    if pathway.waits_for_a_place and binding.programme.places is not None:
        full = occupied if occupied and not occupied.has_room else None
        yield Requirement(What.PLACE_FREE, NoFreePlace(places=full.places) if full else None)


def for_a_place_again(binding: Binding) -> Iterator[Requirement]:
    """Whoever comes back takes a place, and comes after those who wait for one."""
    occupied = binding.occupied
    if binding.programme.places is not None:
        full = occupied if occupied and not occupied.has_room_for_another else None
        refusal = NoPlaceAnyMore(places=full.places, waiting=full.waiting) if full else None
        yield Requirement(What.PLACE_FREE, refusal)


def to_be_not_begun(pathway: Pathway) -> Iterator[Requirement]:
    """The citizen has not begun."""
    yield from to_be_open(pathway)
    is_to_come = pathway.stage in BEFORE_THE_BEGINNING
    yield Requirement(What.NOT_BEGUN, None if is_to_come else NotReferred(stage=pathway.stage))


def to_be_underway(pathway: Pathway) -> Iterator[Requirement]:
    """The citizen has begun, and takes part; a pause is no matter."""
    yield from to_be_open(pathway)
    is_underway = pathway.stage is Stage.UNDERWAY
    yield Requirement(What.UNDERWAY, None if is_underway else NotUnderway(stage=pathway.stage))


def to_be_running(pathway: Pathway) -> Iterator[Requirement]:
    """Something new can be agreed right now."""
    yield from to_be_underway(pathway)
    since = pathway.paused_since
    yield Requirement(What.NOT_PAUSED, None if since is None else IsPaused(since=str(since)))


def to_be_paused(pathway: Pathway) -> Iterator[Requirement]:
    """There is a pause to end."""
    yield from to_be_underway(pathway)
    is_paused = pathway.paused_since is not None
    yield Requirement(What.PAUSED, None if is_paused else NotPaused(stage=pathway.stage))


def to_be_closed(pathway: Pathway) -> Iterator[Requirement]:
    """There is something to reopen."""
    is_closed = pathway.stage is Stage.CLOSED or (pathway.stage is Stage.REFUSED and bool(pathway.made(REFUSE)))
    yield Requirement(What.CLOSED, None if is_closed else NotClosed(stage=pathway.stage))


def to_be_questioned(obligation: Obligation) -> Iterator[Requirement]:
    """Somebody is asked whether the deadline still fits."""
    refusal = None if obligation.question else NotQuestioned(obligation=obligation.name)
    yield Requirement(What.QUESTIONED, refusal, obligation.name)


def for_a_proposal(pathway: Pathway) -> Iterator[Requirement]:
    """Nothing that has been proposed awaits its answer."""
    proposal = pathway.proposal
    yield Requirement(What.NOTHING_PROPOSED, AlreadyProposed(to=proposal.to) if proposal else None)


def for_an_answer(pathway: Pathway) -> Iterator[Requirement]:
    """A proposal awaits its answer."""
    yield from to_be_running(pathway)
    yield Requirement(What.PROPOSED, None if pathway.proposal else NoProposal(phase=pathway.phase))


def for_approval(binding: Binding, pathway: Pathway) -> Iterator[Requirement]:
    """A proposal awaits its answer, and the proposed phase can begin."""
    yield from for_an_answer(pathway)
    programme, proposal = binding.programme, pathway.proposal
    if proposal:
        is_there = proposal.to in programme.phases  # the version that is followed now may not have it
        refusal = None if is_there else NotInPlace(what=f"{proposal.phase}.advance", programme=programme.ref)
        yield Requirement(What.IN_PLACE, refusal, proposal.to)
        yield from for_step(binding, pathway, proposal.to)


def for_step(binding: Binding, pathway: Pathway, step: str, despite: tuple[str, ...] = ()) -> Iterator[Requirement]:
    """What the programme's relations ask before *step*.

    A condition that is itself put aside does not block, nor does a milestone named in *despite*.
    """
    yield Requirement(What.NOT_PUT_ASIDE, Excluded(step=step) if step in pathway.excluded else None, step)
    for relation in binding.programme.conditions:
        if relation.target == step and relation.condition not in pathway.excluded:
            missing = relation.condition
            has_happened = pathway.last(missing) is not None
            yield Requirement(What.HAPPENED, None if has_happened else NotOpenYet(step=step, missing=missing), missing)
    for milestone in binding.programme.milestones:
        if milestone.target == step and milestone.milestone not in {*pathway.excluded, *despite}:
            missing = milestone.milestone
            is_owed = any(of_all(each.name) == missing for each in pathway.obligations.values())
            yield Requirement(What.NOT_OWED, NotOpenYet(step=step, missing=missing) if is_owed else None, missing)


def for_element(binding: Binding, pathway: Pathway, element: str) -> Iterator[Requirement]:
    """The present phase offers *element*, and the relations let it happen."""
    programme, phase = binding.programme, pathway.phase
    is_offered = phase is not None and element in programme.offered_in(phase)
    yield Requirement(What.OFFERED, None if is_offered else _not_offered(binding, pathway, element), element)
    yield from for_step(binding, pathway, element)


def _not_offered(binding: Binding, pathway: Pathway, element: str) -> NotOffered:
    programme = binding.programme
    phases = ", ".join(name for name in programme.phases if element in programme.offered_in(name))
    return NotOffered(step=element, phase=pathway.phase, phases=phases)


def for_a_review(binding: Binding, phase: str | None) -> Iterator[Requirement]:
    """There is a phase to look back on: not before the beginning, nor where a fact that was erased held which one."""
    first = binding.programme.first_phase
    entered = f"{first}.entered"
    yield Requirement(What.HAPPENED, None if phase else NotOpenYet(step=f"{first}.reviewed", missing=entered), entered)


def for_rule(pathway: Pathway, phase: str, to: str) -> Iterator[Requirement]:
    """The rule by which *phase* is followed by *to* is asked whether its condition holds."""
    yield from to_be_running(pathway)
    is_in_phase = pathway.phase == phase
    refusal = None if is_in_phase else NotOffered(step=to, phase=pathway.phase, phases=phase)
    yield Requirement(What.IN_PHASE, refusal, phase)
    yield from for_a_proposal(pathway)
    yield Requirement(What.NOT_TURNED_DOWN, NoProposal(phase=phase) if pathway.rejected else None, to)


def for_a_child(pathway: Pathway, element: str) -> Iterator[Requirement]:
    """No pathway that *element* called for is open."""
    is_open = pathway.open_children(element)
    yield Requirement(What.NO_CHILD, ChildOpen(step=element) if is_open else None, element)


def for_placing(pathway: Pathway, order: str) -> Iterator[Requirement]:
    """No order of that kind is open."""
    known = pathway.orders.get(order)
    refusal = OrderOpen(order=order, stage=known.stage) if known and known.stage in OPEN_ORDERS else None
    yield Requirement(What.NOT_ORDERED, refusal, order)


def for_order(pathway: Pathway, order: str, *stages: OrderStage) -> Iterator[Requirement]:
    """The order has come just so far."""
    known = pathway.orders.get(order)
    is_there = known is not None and known.stage in stages
    refusal = None if is_there else NoSuchOrder(order=order, stage=known.stage if known else None)
    yield Requirement(What.ORDERED, refusal, order)
