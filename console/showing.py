"""Where a pathway stands, so that one sees at a glance what is owed, what comes, what may be done and why not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from console.answers.standing import (
    AgreedSession,
    ComingThing,
    OwedLedger,
    OwedThing,
    PossibleCommand,
    Standing,
    StoodStill,
)
from console.help import wrapped
from console.measuring import answered, show_measures
from console.output import Out
from domain.actor import Actor, Role
from domain.calendar import COPENHAGEN
from domain.pathway.due import coming, next_due, runs
from domain.pathway.ledger import ledger
from domain.pathway.options import Option
from domain.pathway.permissions import MEASURES
from domain.pathway.seeing import may_see_rule
from domain.programme.phases import Phase
from engine.asking import COMMANDS
from engine.looking import Seen
from texts.ledgers import of_ledger
from texts.sentences import of_refusal

FEW = 3
"""So many roles are named; more are `and others`."""
ORDERING = ("place_order", "accept_order", "decline_order", "report_delivery", "complete_order", "cancel_order")
OF_STEP = {
    "enter_phase": "phase",
    "make_decision": "decision",
    "record_event": "event",
    "set_intensity": "name",
    **dict.fromkeys(ORDERING, "order"),
}
"""The field by which a command names its step, where it is not the element."""
WIDTH = 24


def show_pathway(out: Out, seen: Seen, by: Actor, now: datetime) -> None:
    """Where a pathway stands, for somebody in a role."""
    out.programme = seen.programme
    if out.as_json:
        out.data(standing(out, seen, by.role))
        return
    _show_stage(out, seen)
    _show_owed(out, seen, by.role)
    _show_booked(out, seen)
    _show_coming(out, seen, by.role, now)
    if by.role in MEASURES:
        show_measures(out, seen.programme, seen.pathway)
    _show_options(out, seen, by.role)


def standing(out: Out, seen: Seen, role: Role) -> Standing:
    """The same as values."""
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
        owed=_owed(out, seen, role),
        bookings=_booked(seen),
        coming=_coming(seen, role),
        outcomes=list(pathway.outcomes),
        answers=answered(seen.programme, pathway) if role in MEASURES else [],
        options=[_possible(out, option) for option in seen.options],
    )


def _owed(out: Out, seen: Seen, role: Role) -> list[OwedThing]:
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


def _booked(seen: Seen) -> list[AgreedSession]:
    sessions = (
        AgreedSession(session, each.element, each.starts, each.minutes, each.site, each.mandatory)
        for session, each in seen.pathway.bookings.items()
    )
    return sorted(sessions, key=lambda each: each.starts)


def _coming(seen: Seen, role: Role) -> list[ComingThing]:
    things = (ComingThing(*each) for each in coming(seen.pathway))
    seeable = (each for each in things if may_see_rule(seen.programme, role, each.about or ""))
    return sorted(seeable, key=lambda each: each.at)


def _possible(out: Out, option: Option) -> PossibleCommand:
    return PossibleCommand(
        command=option.command,
        step=option.step,
        by=list(option.by),
        open=option.closed_by is None,
        why_not=of_refusal(out.wording, option.closed_by) if option.closed_by else None,
        code=option.closed_by.code if option.closed_by else None,
    )


def _show_stage(out: Out, seen: Seen) -> None:
    pathway, naming = seen.pathway, out.wording.naming
    out.line(naming.programme_name(seen.programme.ref))
    if pathway.citizen:
        out.line(out.say("citizen", citizen=pathway.citizen))
    out.line(
        out.say(
            "stage",
            stage=pathway.stage,
            phase=pathway.phase,
            since=pathway.phase_since,
            outcome=pathway.outcome,
        )
    )
    if seen.ahead is not None:
        out.line(out.say("place_in_queue", place=seen.ahead + 1))
    for line in _setting(out, seen):
        out.line(line)
    if pathway.phase:
        out.line(out.say("mix", mix=_mix(out, seen.programme.phases[pathway.phase])))
    for role, person in pathway.responsible.items():
        out.line(out.say("responsible", role=role, person=person))
    if pathway.paused_since:
        out.line(out.say("paused", since=pathway.paused_since, until=pathway.resume_due))
    if pathway.proposal:
        out.line(out.say("proposal", to=pathway.proposal.to))
    if pathway.outcomes:
        out.line(out.say("outcomes", outcomes=", ".join(naming.outcome_name(each) for each in pathway.outcomes)))


def _setting(out: Out, seen: Seen) -> Iterator[str]:
    """Who takes part in it, what it must be kept from, and what the citizen has met of it."""
    naming, roles = out.wording.naming, seen.programme.roles
    units = [unit for unit in roles.provide if unit != roles.order]
    if units:
        providers = ", ".join(naming.unit_name(unit) for unit in units)
        yield out.say("together", unit=naming.unit_name(roles.order), providers=providers)
    groups = {group.id for group in seen.programme.referral.eligible if group.compartment}
    if groups.intersection(seen.pathway.groups):
        yield out.say("compartment")
    met = [
        title.in_language(out.language)
        for name, element in seen.programme.elements.items()
        for topic, title in element.topics.items()
        if seen.pathway.last(f"{name}.{topic}")
    ]
    if met:
        yield out.say("topics", topics=", ".join(met))


def _mix(out: Out, phase: Phase) -> str:
    shares = ((track, round(share * 100)) for track, share in phase.mix.items())
    return ", ".join(f"{out.wording.naming.called('track', track)} {share} %" for track, share in shares)


def _show_owed(out: Out, seen: Seen, role: Role) -> None:
    out.heading(out.say("owed"))
    shown = _owed(out, seen, role)
    for owed in shown:
        notes = [out.say(key) for key in ("overdue", "stopped") if getattr(owed, key)]
        note = f" ({', '.join(notes)})" if notes else ""
        named = out.wording.naming.name(owed.name)
        mark = "!" if owed.overdue else " "
        owner = _holder(out, seen.pathway.responsible, owed.owner)
        out.line(f"{mark} {out.wording.last_day(owed.due):<{WIDTH}}{named}, {owner}{note}")
        if owed.ledger and (owed.ledger.stops or owed.ledger.rule_set or owed.ledger.chosen):
            for line in wrapped(owed.ledger.says, WIDTH + 2):
                out.line(line)
    if not shown:
        out.line(f"  {out.say('nothing')}")


def _holder(out: Out, responsible: Mapping[Role, str], role: str) -> str:
    return f"{out.wording.naming.called('role', role)} {responsible.get(Role(role), '')}".strip()


def _show_booked(out: Out, seen: Seen) -> None:
    if not seen.pathway.bookings:
        return
    naming = out.wording.naming
    out.heading(out.say("booked"))
    for booked in _booked(seen):
        ends = booked.starts + timedelta(minutes=booked.minutes)
        time = f"{clock(booked.starts)}-{ends.astimezone(COPENHAGEN):%H:%M}"
        details = [naming.site_name(booked.site)] if booked.site else []
        details += [out.say("mandatory")] if booked.mandatory else []
        out.line(f"  {time:<{WIDTH}}{', '.join((naming.name(booked.element), *details))}")
        out.line(f"  {'':<{WIDTH}}--session {booked.session}")


def clock(at: datetime) -> str:
    """A date and a time as Danish clocks show them, in columns."""
    return f"{at.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}"


def _show_coming(out: Out, seen: Seen, role: Role, now: datetime) -> None:
    out.heading(out.say("coming"))
    things = _coming(seen, role)
    for each in things:
        note = f" ({out.say('come')})" if each.at <= now else ""
        out.line(f"  {clock(each.at):<{WIDTH}}{_what_comes(out, seen, each)}{note}")
    if not things:
        out.line(f"  {out.say('nothing_coming')}")


def _what_comes(out: Out, seen: Seen, thing: ComingThing) -> str:
    owed = seen.pathway.obligations.get(thing.about or "")
    return out.wording.say(
        "coming",
        thing.what,
        phase=thing.about,
        owner=owed.owner if owed else None,
        obligation=owed.name if owed else None,
    )


def _show_options(out: Out, seen: Seen, role: Role) -> None:
    possible = [option for option in seen.options if option.closed_by is None]
    own = [option for option in possible if role in option.by]
    _show_possible(out, out.say("may", role=out.wording.naming.called("role", role)), own, named=False)
    _show_possible(out, out.say("may_others"), [option for option in possible if role not in option.by], named=True)
    _show_impossible(out, [option for option in seen.options if option.closed_by is not None])
    out.line(f"  {out.say('ask_why', pathway=seen.id)}")


def _show_possible(out: Out, heading: str, possible: Iterable[Option], *, named: bool) -> None:
    groups: dict[tuple[str, tuple[Role, ...]], list[Option]] = {}
    for option in possible:
        groups.setdefault((option.command, option.by), []).append(option)
    lines = []
    for (command, by), group in groups.items():
        what = out.wording.naming.called("command", command)
        roles = f" ({roles_in_short(out, by)})" if named else ""
        lines.append(f"  {command.replace('_', '-'):<{WIDTH}}{what}{roles}")
        lines += [f"  {'':<{WIDTH}}{_typed(out, option)}" for option in group if option.step]
    if lines:
        out.heading(heading)
        for line in lines:
            out.line(line)


def _typed(out: Out, option: Option) -> str:
    """How one names the step of an option, and what it is called; a proposal needs no naming."""
    field = OF_STEP.get(option.command, "element")
    named = out.wording.naming.name(option.step)
    return f"--{field} {option.step}  ({named})" if field in COMMANDS[option.command].model_fields else named


def roles_in_short(out: Out, by: tuple[Role, ...]) -> str:
    """The roles by their names, those who meet the citizen first; long lists cut short."""
    order = sorted(by, key=list(Role).index)
    shown = out.wording.naming.several("role", order[:FEW])
    return out.say("and_others", roles=shown) if len(by) > FEW else shown


def _show_impossible(out: Out, impossible: Iterable[Option]) -> None:
    reasons: dict[str, list[str]] = {}
    for option in impossible:
        if option.closed_by:
            step = f" {option.step}" if option.step else ""
            reasons.setdefault(of_refusal(out.wording, option.closed_by), []).append(
                f"{option.command.replace('_', '-')}{step}"
            )
    if reasons:
        out.heading(out.say("may_not"))
    for reason, commands in reasons.items():
        for line in (*wrapped(reason, 2), *wrapped(", ".join(commands), 4)):
            out.line(line)
