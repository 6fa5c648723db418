"""By which commands something that stands in the way of a step could be let go."""

from collections.abc import Container, Iterator
from datetime import datetime

from domain.actor import Actor, Role
from domain.pathway.acts import REASON, SOMEBODY, TEXT
from domain.pathway.command import Command
from domain.pathway.commands.obligations import DeclareNotRequired, ExcuseObligation
from domain.pathway.commands.proceedings import AssessHearing
from domain.pathway.proceeding import of_all
from domain.pathway.state import Pathway
from domain.programme.decisions import CLOSE

DECIDING = Actor.of(Role.CASEWORKER, SOMEBODY)
"""Who may let go of everything here."""


def letting_go(pathway: Pathway, at: datetime, steps: Container[str]) -> Iterator[Command]:
    """What is owed is let go this once, or need not happen; what the citizen is heard about is not intended any more.

    Only what is about *steps*. Orders, proposals and prepared decisions are taken back among what may be decided.
    """
    for name in dict.fromkeys(owed.name for owed in pathway.obligations.values()):
        if of_all(name) in steps:
            yield ExcuseObligation(by=DECIDING, at=at, obligation=name, **REASON)
            yield DeclareNotRequired(by=DECIDING, at=at, obligation=name, **REASON)
    for decision in pathway.hearings:
        if decision in steps or CLOSE in steps:
            yield AssessHearing(by=DECIDING, at=at, decision=decision, note=TEXT, drop=True)
