"""Where a pathway stands, as values that programs read and people are shown."""

from console.answers.standing import (
    AgreedSession,
    ComingThing,
    OwedLedger,
    OwedThing,
    PossibleCommand,
    PossibleTelling,
    Standing,
    StoodStill,
)
from console.measuring import answered
from console.offering import tellings_for
from console.output import Out
from domain.actor import Role
from domain.pathway.due import coming, next_due, runs
from domain.pathway.ledger import ledger
from domain.pathway.options import Option
from domain.pathway.permissions import MEASURES
from domain.pathway.seeing import may_see_rule
from engine.looking import Seen
from texts.ledgers import of_ledger
from texts.sentences import of_refusal


def standing(out: Out, seen: Seen, role: Role) -> Standing:
    """Where it stands, for somebody in a role."""
    pathway = seen.pathway
    return Standing(
        pathway=seen.id,
        citizen=pathway.citizen,
        version=seen.version,
        programme=seen.programme.ref,
        stage=pathway.stage,
        phase=pathway.phase,
        ahead=seen.ahead,
        paused_since=pathway.paused_since,
        responsible={str(role): person for role, person in pathway.responsible.items()},
        proposal=pathway.proposal.to if pathway.proposal else None,
        next_due=next_due(pathway),
        owed=things_owed(out, seen, role),
        bookings=sessions_booked(seen),
        coming=things_coming(seen, role),
        outcomes=list(pathway.outcomes),
        answers=answered(seen.programme, pathway) if role in MEASURES else [],
        options=[_possible(out, option) for option in seen.options],
        tellings=[PossibleTelling(each.command, each.step, list(each.by)) for each in tellings_for(seen, role)],
    )


def things_owed(out: Out, seen: Seen, role: Role) -> list[OwedThing]:
    """What is owed that somebody in that role may see, what is due first in front."""
    things = (
        OwedThing(
            rule,
            owed.name,
            owed.owner,
            owed.since,
            owed.due,
            owed.overdue,
            stopped=not runs(seen.pathway, owed),
            ledger=_ledger(out, seen, rule),
        )
        for rule, owed in seen.pathway.obligations.items()
        if may_see_rule(seen.programme, role, rule)
    )
    return sorted(things, key=lambda each: each.due)


def _ledger(out: Out, seen: Seen, rule: str) -> OwedLedger | None:
    known = ledger(seen.programme, seen.pathway, rule)
    if known is None:
        return None
    period, rule_set, legal_ref = known.reckoned
    stops = [
        StoodStill(each.began, each.ended, each.days, each.because.in_language(out.language) if each.because else None)
        for each in known.stops
    ]
    says = of_ledger(out.wording, known)
    return OwedLedger(says, period, rule_set.rule_set if rule_set else None, legal_ref, known.chosen, known.days, stops)


def sessions_booked(seen: Seen) -> list[AgreedSession]:
    """What is booked, in its order."""
    sessions = (
        AgreedSession(session, each.element, each.starts, each.minutes, each.site, each.mandatory)
        for session, each in seen.pathway.bookings.items()
    )
    return sorted(sessions, key=lambda each: each.starts)


def things_coming(seen: Seen, role: Role) -> list[ComingThing]:
    """What happens by itself that somebody in that role may see, in its order."""
    things = (ComingThing(*each) for each in coming(seen.pathway))
    seeable = (each for each in things if may_see_rule(seen.programme, role, each.about or ""))
    return sorted(seeable, key=lambda each: each.at)


def _possible(out: Out, option: Option) -> PossibleCommand:
    return PossibleCommand(
        command=option.command,
        step=option.step,
        number=option.number,
        by=list(option.by),
        open=option.closed_by is None,
        why_not=of_refusal(out.wording, option.closed_by) if option.closed_by else None,
        code=option.closed_by.code if option.closed_by else None,
    )
