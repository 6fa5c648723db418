"""How agreed hours and shares change where a pathway stands."""

from datetime import timedelta

from domain.calendar import local_date
from domain.pathway.facts.intensities import IntensitySet
from domain.pathway.folding import Folding
from domain.pathway.state import LONGEST_WINDOW, Pathway, Setting


def _intensity_set(pathway: Pathway, fact: IntensitySet) -> Pathway:
    before = [each for each in pathway.intensities.get(fact.name, ()) if each.since != fact.effective_from]
    settings = sorted((*before, Setting(fact.effective_from, fact.value)), key=lambda each: each.since)
    horizon = local_date(fact.at) - LONGEST_WINDOW - timedelta(weeks=1)
    first = max((place for place, each in enumerate(settings) if each.since <= horizon), default=0)
    return pathway.but(intensities={**pathway.intensities, fact.name: tuple(settings[first:])})


FOLDING: Folding = {IntensitySet: _intensity_set}
