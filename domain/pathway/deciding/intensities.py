"""What agreeing on hours or shares causes, and what a programme begins with."""

from domain.calendar import local_date
from domain.pathway.binding import Binding
from domain.pathway.commands.intensities import SetIntensity
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts.intensities import IntensitySet
from domain.pathway.guards import require_known, require_open
from domain.pathway.intensities import held_on
from domain.pathway.state import Pathway
from domain.refusal import Invalid


def _set(binding: Binding, pathway: Pathway, command: SetIntensity) -> Facts:
    require_open(pathway)
    require_known("name", command.name, binding.programme.intensities)
    known = binding.programme.intensities[command.name]
    if not known.minimum <= command.value <= known.maximum:
        raise Invalid("value", "out_of_range", minimum=known.minimum, maximum=known.maximum)
    referred = pathway.last("referred")
    if referred and command.effective_from < local_date(referred):
        raise Invalid("effective_from", "before_the_referral", referred=str(referred))
    previous = held_on(pathway, command.name, command.effective_from)
    if previous == command.value:
        return []
    return [
        IntensitySet(
            at=command.at,
            name=command.name,
            value=command.value,
            effective_from=command.effective_from,
            previous=previous,
            reason=command.reason,
            why=None,
        )
    ]


ANSWERS: Answers = {SetIntensity: _set}
