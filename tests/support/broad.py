"""A programme that does whatever the shipped ones do not: hours agreed from a day, and more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.pathway.commands.children import CallChild, RecordChild
from domain.pathway.commands.course import AgreePlan
from domain.pathway.commands.orders import PlaceOrder
from domain.pathway.commands.phases import EnterPhase
from tests.domain.beginnings import ENROLLED, on_sick_leave
from tests.support.altering import altered
from tests.support.cast import CASEWORKER, CONTACT
from tests.support.family_ideas import SYSTEM
from tests.support.spec import Story

HOURS = (
    "weekly_hours: {norm: 10}",
    """weekly_hours: {norm: 10, intensity: hours_per_week}
intensities:
  hours_per_week:
    title: {da: Timer om ugen, en: Hours a week}
    unit: hours
    minimum: 2
    maximum: 37
    starts: 10""",
)
"""Hours that are agreed with each citizen, for `altered`."""
PLACEMENT = (
    """    kind: placement
    title: {da: Virksomhedspraktik, en: Work placement}
    track: labour_market
    obligation: mandatory
    legal_basis: Lov om en aktiv beskæftigelsesindsats (verificeres før brug)
    unit: arbejdsmarked
    lasts: PT5H
""",
    """    kind: pathway
    title: {da: Virksomhedspraktik, en: Work placement}
    track: labour_market
    unit: arbejdsmarked
    programme: sundere-sammen
    at_close: close
    close_as: other_effort
""",
)
"""A work placement that is walked in a programme of its own, and ends with the one that called for it."""
AFTERCARE = (
    "measures:\n",
    "aftercare: {programme: sundere-sammen, enter: unless_opted_out, after: [back_in_work, partly_fit]}\nmeasures:\n",
)
"""After-care that whoever is back in work enters by itself."""
CLOCKS = (
    "respond: follow_up_talk, within: rule.follow_up_every,",
    """respond: follow_up_talk, within: rule.follow_up_every, in_pause: ask,
     stops: [{from: stand_by_begun, until: stand_by_ended, because: {da: stand-by, en: stand-by}}],
     escalate: [{after: P3D, to: caseworker}, {after: P1W, to: coordinating_caseworker}],""",
)
"""A clock that stands still, is asked about after a pause, and is passed on, for `altered`."""
PLACES = ("contact_person: required", "contact_person: required\nplaces: 20")
"""A number of places, for `altered`."""
ORDERS = (
    "events:\n",
    """providers:
  jobhuset:
    title: {da: Jobhuset, en: The job house}
    kind: municipal
  nordvest:
    title: {da: Nordvest ApS, en: Northwest}
    kind: private
    agreement: Rammeaftale 2026-7
    agreement_until: 2099-12-31
  uden_aftale:
    title: {da: Uden Aftale ApS, en: Without Agreement}
    kind: private
  udloebet:
    title: {da: Udløbet ApS, en: Expired}
    kind: private
    agreement: Rammeaftale 2024-1
    agreement_until: 2025-12-31
orders:
  movement:
    title: {da: Kost og motion på hold, en: Diet and exercise in groups}
    elements: [diet_exercise, nature]
    hours: 120
    accept_within: P1W
    report_within: P4W
events:
""",
)
"""Something to order, and providers of every kind."""
BROAD = altered("sygedagpenge-driftstilbud@2", HOURS, CLOCKS, PLACEMENT, AFTERCARE, ORDERS, PLACES)
"""The offer for people on sick leave, with everything that it does without."""
CHILD = UUID("66666666-6666-4666-8666-666666666666")


def placeable() -> Story:
    """Somebody with a plan, in the phase that offers the placement."""
    return on_sick_leave(BROAD).tell(
        AgreePlan(by=CONTACT, at=ENROLLED, goals="praktik"),
        EnterPhase(by=CASEWORKER, at=ENROLLED, phase="labour_market", reason="klar"),
    )


def call(at: datetime, **others: Any) -> CallChild:  # noqa: ANN401 - fields
    """The caseworker lets the placement begin."""
    usual = {"by": CASEWORKER, "element": "work_placement", "reason": "klar til praktik", "basis": "samtykke"}
    return CallChild(at=at, **{**usual, **others})


def exists(called: datetime, element: str = "work_placement") -> RecordChild:
    """The pathway that was called for exists, a moment later."""
    return RecordChild(by=SYSTEM, at=called, element=element, called=called, child=CHILD)


def order(at: datetime, **others: Any) -> PlaceOrder:  # noqa: ANN401 - fields
    """The caseworker orders diet and exercise."""
    usual = {
        "by": CASEWORKER,
        "order": "movement",
        "provider": "jobhuset",
        "begins": at.date(),
        "goals": "i bedre form",
    }
    return PlaceOrder(at=at, **{**usual, **others})
