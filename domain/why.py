"""Why something happened by itself: the rule, the programme version and the values it looked at."""

from domain.refusal import Plain
from domain.value import Value


class Why(Value):
    """The reason of an automatic fact, kept with it, so that it can be explained after the rules have changed."""

    rule: str
    """The rule's id within the programme."""
    programme: str
    """The programme version that held the rule, such as `sundere-sammen@2`."""
    inputs: dict[str, Plain] = {}
    """What the rule looked at, by the words of the programme."""
