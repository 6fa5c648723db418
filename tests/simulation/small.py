"""A programme so small that one can reckon by hand what it takes, and assumptions that leave nothing to chance."""

from datetime import date
from functools import cache

from simulation.assumptions import Assumptions, assumed
from simulation.figures import Figures, figures
from simulation.living import Life
from simulation.records import Walk
from simulation.running import Asked, setting_of

FIRST = date(2026, 1, 5)
"""A Monday."""
SMALL = """\
programme: small
version: 1
effective_from: 2026-01-01
title: {da: Lille, en: Small}
purpose: {da: Prøve, en: Trial}
stage: pilot
duration: open
units:
  jobcenter: {da: Jobcentret, en: The jobcentre}
roles: {order: jobcenter, provide: [jobcenter]}
citizen:
  fits: {type: yes_no, title: {da: Passer, en: Fits}}
referral:
  by: [caseworker]
  eligible: [{id: fitting, title: {da: Passende, en: Fitting}, when: "citizen.fits"}]
intake: {kind: continuous}
contact_person: required
sites: {}
phases:
  together:
    title: {da: Sammen, en: Together}
    mix: {health: 1.0}
    elements: [ride, talk]
    review_every: P4W
elements:
  ride: {kind: training, title: {da: Tur, en: Ride}, track: health, unit: jobcenter, lasts: PT2H, per_week: 2}
  talk: {kind: talk, title: {da: Samtale, en: Talk}, track: health, lasts: PT1H}
relations:
  - {after: referred, respond: referral_answered, within: P2W, by: caseworker}
  - {after: enrolled, respond: talk, within: P4W, by: contact_person}
outcomes:
  job: {title: {da: Job, en: A job}, valence: positive}
decisions:
  close: {title: {da: Afslut, en: Close}, by: [caseworker], character: none, outcomes: [job]}
"""
ROLLING = SMALL.replace("{kind: continuous}", "{kind: rolling, every: P4W, first: 2026-01-19}")
CERTAIN = """\
arriving: {over_weeks: 0, contraindication: 0, mandatory: 0}
sessions: {late: 0, stays_away: 0, cancelled: 0, without_rhythm: 0}
illness: {spells_per_year: 0}
ending: {positive: 0, neutral: 0, drop_out: 0}
staff: {in_time: 1, unhurried: 0, plan_within_days: 0, registered_late: 0}
choices: {refuse_referral: 0, return_referral: 0}
"""
SOON_OVER = CERTAIN.replace("over_weeks: 0", "over_weeks: 52").replace(
    "ending: {positive: 0", "ending: {from_week: 0, positive: 1"
)
"""Referrals all over a year, and every pathway closes in its first week."""


def asked(text: str = SMALL, assumptions: str = CERTAIN, citizens: int = 5, years: int = 1, seed: int = 1) -> Asked:
    """A simulation from the first Monday of 2026."""
    return Asked(text, weighed(assumptions).model_dump_json(), citizens, years, seed, FIRST)


@cache
def weighed(assumptions: str) -> Assumptions:
    """Assumptions as they would stand in a file."""
    return assumed(assumptions, "assumptions.yaml")


def lives(told: Asked) -> list[Life]:
    """Every citizen's whole life, lived in this process."""
    found = [Life(setting_of(told), number) for number in range(1, told.citizens + 1)]
    for life in found:
        life.live()
    return found


def walks(told: Asked) -> list[Walk]:
    """Every citizen's walk."""
    return [life.walk for life in lives(told)]


def shown(told: Asked) -> Figures:
    """The figures of a simulation."""
    return figures(setting_of(told), walks(told))
