"""What may come to somebody's mind about pathways that belong together, and what such pathways tell each other."""

from datetime import datetime
from random import Random
from uuid import UUID

from domain.actor import Actor
from domain.pathway.command import Command
from domain.pathway.commands import children
from domain.pathway.commands.course import ClosePathway
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.facts.children import AFTERCARE, Choice, Ending, Parent
from domain.programme.decisions import Valence
from domain.programme.elements import Kind
from tests.support.cast import CASEWORKER, CITIZEN
from tests.support.wandering import Idea, Wanderer

SYSTEM = Actor("system:follow_up")
ABOVE = UUID("55555555-5555-4555-8555-555555555555")


def by_another_pathway(random: Random, referred: ReferCitizen) -> Command:
    """The same referral, as another pathway called for it: as a measure, or as after-care."""
    parent = Parent(pathway=ABOVE, element="practice", voluntary=random.random() < 0.5)
    fields = {**dict(referred), "by": SYSTEM, "mandatory": ()}
    return children.ReferChild(**fields, referred_by=referred.by, parent=parent)


def call_child(who: Wanderer, at: datetime) -> Command:
    """An element begins in a programme of its own, most often."""
    element = who.one_of(name for name, each in who.programme.elements.items() if each.kind is Kind.PATHWAY)
    return children.CallChild(by=CASEWORKER, at=at, element=element, reason="klar", basis="samtykke")


def choose(who: Wanderer, at: datetime) -> Command:
    """The citizen says whether after-care is wanted."""
    return children.ChooseAftercare(by=CITIZEN, at=at, choice=who.random.choice(list(Choice)))


def close_well(who: Wanderer, at: datetime) -> Command:
    """The pathway ends with an outcome after which there is after-care."""
    aftercare = who.programme.aftercare
    outcome = aftercare.after[0] if aftercare else "job"
    despite = ("diet_exercise.assessed",)
    return ClosePathway(by=CASEWORKER, at=at, outcome=outcome, reason="nået", despite=despite)


def end_child(who: Wanderer, at: datetime) -> Command:
    """The pathway above closed."""
    outcome = who.one_of(who.programme.outcomes)
    return children.EndChild(by=SYSTEM, at=at, decided_by=CASEWORKER, outcome=outcome, reason="nået")


def passed_on(who: Wanderer, at: datetime) -> Command:
    """Something was passed on."""
    about = UUID(int=who.random.randrange(3), version=4)
    return children.RecordPassedOn(by=SYSTEM, at=at, about=about, follow_up="tell_parent")


def told_of_a_child(who: Wanderer, at: datetime) -> Command:
    """A child tells of itself: most often the one that is known."""
    known = who.random.choice(who.pathway.children) if who.pathway.children else None
    child = (known.child if known else None) or UUID(int=who.random.randrange(3), version=4)
    element = known.element if known else AFTERCARE
    if known and known.child is None and who.chance(0.9):
        return children.RecordChild(by=SYSTEM, at=at, element=element, called=known.called, child=child)
    if who.chance(0.5):
        return children.RecordChildBegun(by=SYSTEM, at=at, element=element, child=child)
    ending = who.random.choice(list(Ending))
    outcome, valence = ("job", Valence.POSITIVE) if ending is Ending.CLOSED else (None, None)
    return children.RecordChildEnded(
        by=SYSTEM, at=at, element=element, child=child, ending=ending, outcome=outcome, valence=valence
    )


def family(who: Wanderer) -> tuple[Idea, ...]:
    """What suggests itself between pathways as things stand."""
    called = [name for name, each in who.programme.elements.items() if each.kind is Kind.PATHWAY]
    offered = who.programme.offered_in(who.pathway.phase) if who.pathway.phase else ()
    return (
        *((call_child,) * 6 if any(name in offered for name in called) else ()),
        *((choose, close_well, close_well) if who.programme.aftercare and who.chance(0.4) else ()),
        *((told_of_a_child, told_of_a_child) if who.pathway.open_children() else ()),
    )
