"""Who is referred: synthetic circumstances that fit a target group, by the programme's own conditions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice, product
from uuid import UUID

from domain.actor import Actor, Role
from domain.pathway.acts import SOMEBODY, TEXT, values_of
from domain.pathway.binding import Binding
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.deciding.referrals import eligibility
from domain.pathway.permissions import MAY
from domain.programme.elements import Duty
from domain.programme.shape import Programme
from domain.refusal import Plain
from simulation.assumptions import Arriving
from simulation.dice import Dice

MOST_LOOKED_AT = 512
"""How many combinations of circumstances are tried for those that fit."""


def referral(
    programme: Programme,
    fitting: Sequence[Mapping[str, Plain]],
    assumed: Arriving,
    dice: Dice,
    number: int,
    at: datetime,
) -> ReferCitizen:
    """The referral of the synthetic citizen of that number."""
    known = [each.id for each in programme.referral.judgement]
    per_referral = [name for name, element in programme.elements.items() if element.obligation is Duty.PER_REFERRAL]
    return ReferCitizen(
        by=Actor.of(_referring(programme), SOMEBODY),
        at=at,
        citizen=UUID(int=number),
        reason=TEXT,
        basis=TEXT,
        consent=True,
        circumstances=dict(dice.one_of(fitting)) if fitting else {},
        contraindications=(dice.one_of(known),) if known and dice.happens(assumed.contraindication) else (),
        mandatory=tuple(name for name in per_referral if dice.happens(assumed.mandatory)),
    )


def _referring(programme: Programme) -> Role:
    return next(role for role in programme.referral.by if role in MAY[ReferCitizen])


def fitting_circumstances(programme: Programme, at: datetime) -> list[Mapping[str, Plain]]:
    """The combinations of circumstances that fit some target group; none where no combination that was tried does."""
    names = list(programme.citizen)
    combinations = product(*(values_of(each) for each in programme.citizen.values()))
    tried = (dict(zip(names, values, strict=True)) for values in islice(combinations, MOST_LOOKED_AT))
    return [each for each in tried if eligibility(Binding(programme), each, at).met]
