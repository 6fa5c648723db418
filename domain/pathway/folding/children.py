"""How child pathways and after-care change where a pathway stands."""

from datetime import datetime
from uuid import UUID

from domain.pathway.facts import children
from domain.pathway.folding import Folding, unchanged
from domain.pathway.follow_ups import key_of
from domain.pathway.state import REMEMBERED, Child, Pathway


def _called(pathway: Pathway, fact: children.ChildCalled) -> Pathway:
    return _kept(pathway, (*pathway.children, Child(fact.element, fact.at)))


def _referred(pathway: Pathway, fact: children.ChildReferred) -> Pathway:
    return _with(pathway, _known(pathway, fact.element, fact.called, fact.child))


def _began(pathway: Pathway, fact: children.ChildBegan) -> Pathway:
    return _told(pathway, fact, ended=False)


def _ended(pathway: Pathway, fact: children.ChildEnded) -> Pathway:
    return _told(pathway, fact, ended=True)


def _told(pathway: Pathway, fact: children.ChildBegan | children.ChildEnded, *, ended: bool) -> Pathway:
    """The pathway after what a child told; what was true before something that is known already changes nothing."""
    known = _known(pathway, fact.element, fact.at, fact.child)
    is_late = known.told is not None and fact.at < known.told
    return _with(pathway, known if is_late else known.but(ended=ended, told=fact.at))


def _known(pathway: Pathway, element: str, called: datetime, child: UUID) -> Child:
    """The child of that id; one that was called for then; or, where the call was erased, one that is new here."""
    known = [each for each in pathway.children if child == each.child] or [
        each for each in pathway.children if each.child is None and (each.element, each.called) == (element, called)
    ]
    return (known[0] if known else Child(element, called)).but(child=child)


def _with(pathway: Pathway, told: Child) -> Pathway:
    called = (told.element, told.called)
    others = (each for each in pathway.children if each.child != told.child and (each.child or _call(each) != called))
    return _kept(pathway, (*others, told))


def _call(child: Child) -> tuple[str, datetime]:
    return child.element, child.called


def _kept(pathway: Pathway, every: tuple[Child, ...]) -> Pathway:
    ended = [each for each in every if each.ended][-REMEMBERED:]
    return pathway.but(children=tuple(each for each in every if not each.ended or each in ended))


def _chosen(pathway: Pathway, fact: children.AftercareChosen) -> Pathway:
    return pathway.but(aftercare_declined=fact.choice is children.Choice.DECLINED)


def _passed_on(pathway: Pathway, fact: children.PassedOn) -> Pathway:
    return pathway.but(delivered=(*pathway.delivered[-REMEMBERED + 1 :], key_of(fact.follow_up, fact.about)))


FOLDING: Folding = {
    children.ChildCalled: _called,
    children.ChildReferred: _referred,
    children.ChildBegan: _began,
    children.ChildEnded: _ended,
    children.ChildReleased: unchanged,
    children.AftercareChosen: _chosen,
    children.PassedOn: _passed_on,
}
