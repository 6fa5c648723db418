"""What somebody says who takes up an option."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actor import Actor, Role
from domain.pathway.command import Command
from domain.pathway.facts.sessions import Scaling
from domain.pathway.options import Option
from domain.pathway.state import Pathway
from domain.programme.elements import BridgingStep
from domain.programme.shape import Programme
from engine.asking import COMMANDS
from tests.support.cast import DAY

DETAILS = ("judgement_needed", "not_eligible", "reason_needed", "missing")
"""What may still be missing in something that may be decided."""
REASON = {"reason": "aftalt på mødet"}


def told(option: Option, programme: Programme, pathway: Pathway, role: Role, at: datetime) -> Command:
    """The command that an option stands for, with what it needs."""
    details: dict[str, dict[str, Any]] = {
        "accept_referral": {"contact_person": "kp-1"},
        "refuse_referral": REASON,
        "return_referral": REASON,
        "complete_referral": REASON,
        "withdraw_referral": REASON,
        "move_intake": {"begins": (pathway.begins or at) + DAY, **REASON},
        "enrol_citizen": {},
        "hold_talk": {"element": option.step, "scaling": (Scaling(question="today", answer=4),)},
        "record_bridging_step": {"element": option.step, "step": BridgingStep.JOINED},
        "book_session": {
            "element": option.step,
            "session": UUID(int=5),
            "starts": at + DAY,
            "site": _site(programme, option.step),
        },
        "enter_phase": {"phase": option.step, **REASON},
        "record_event": {"event": option.step},
        "make_decision": {"decision": option.step},
        "close_pathway": {"outcome": next(iter(programme.outcomes)), **REASON},
        "propose_transition": REASON,
        "approve_transition": {},
        "reject_transition": REASON,
        "extend_duration": REASON,
        "pause_pathway": REASON,
        "resume_pathway": {},
        "reopen_pathway": REASON,
    }
    return COMMANDS[option.command](by=Actor.of(role, "x-1"), at=at, **details[option.command])


def _site(programme: Programme, element: str | None) -> str | None:
    known = programme.elements.get(element or "")
    return next(iter(known.sites), None) if known else None
