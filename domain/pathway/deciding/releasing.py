"""What the end of a pathway means for the ones that it called for, and the after-care that it enters."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from domain.actor import Actor
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.commands.course import ClosePathway
from domain.pathway.facts.children import AFTERCARE, AftercareChosen, ChildCalled, ChildReleased, Choice
from domain.pathway.proceeding import Intended
from domain.pathway.state import Pathway
from domain.programme.elements import AtClose


def released(binding: Binding, element: str, child: UUID, at: datetime, by: Actor) -> ChildReleased:
    """What becomes of an open child, as its element says; one whose element is gone goes on by itself."""
    known = binding.programme.elements.get(element)
    at_close = known.at_close if known else AtClose.LEAVE
    return ChildReleased(
        at=at,
        element=element,
        child=child,
        close=at_close is AtClose.CLOSE,
        close_as=known.close_as if known else None,
        released_by=by,
        reason=None,
        why=binding.why(f"{element}.at_close", at_close=at_close),
    )


def without_aftercare(pathway: Pathway, command: ClosePathway) -> list[PathwayFact]:
    """That the citizen does not want after-care, where that is said with the end."""
    if not command.no_aftercare or pathway.aftercare_declined:
        return []
    return [AftercareChosen(at=command.at, choice=Choice.DECLINED, note=None)]


def with_the_end(binding: Binding, pathway: Pathway, intended: Intended, at: datetime) -> Iterator[PathwayFact]:
    """What closing means for open children, and the after-care that it enters; one without an id yet is told later."""
    for each in pathway.open_children():
        if each.child:
            said = {"reason": intended.reason, "against_wish": intended.against_wish}
            yield released(binding, each.element, each.child, at, intended.by).model_copy(update=said)
    aftercare = binding.programme.aftercare
    is_entered = aftercare and intended.outcome in aftercare.after and not pathway.aftercare_declined
    if aftercare is None or not is_entered or pathway.open_children(AFTERCARE):
        return
    title = binding.programme.title.da
    yield ChildCalled(
        at=at,
        element=AFTERCARE,
        programme=aftercare.programme,
        called_by=intended.by,
        reason=title,
        basis=title,
        consent=False,
        circumstances=pathway.circumstances,
        contraindications=pathway.contraindications,
        voluntary=True,
        why=binding.why(AFTERCARE, outcome=intended.outcome),
    )
