"""Where a pathway stands, so that one sees at a glance what is owed, what comes, what may be done and why not."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from console.answers.standing import ComingThing
from console.help import wrapped
from console.measuring import show_measures
from console.offering import WIDTH, show_options
from console.output import Out
from console.standing import sessions_booked, standing, things_coming, things_owed
from domain.actor import Actor, Role
from domain.calendar import COPENHAGEN
from domain.pathway.permissions import MEASURES
from domain.programme.phases import Phase
from engine.looking import Seen


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
    show_options(out, seen, by.role)


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
    shown = things_owed(out, seen, role)
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
    for booked in sessions_booked(seen):
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
    things = things_coming(seen, role)
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
