"""How long the steps around a decision to the citizen's detriment may take. Source: DOMAIN 2.8."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from domain.actor import Role
from domain.period import Period
from domain.programme.decisions import ENDS, Decision
from domain.programme.relations import InPause, Response
from domain.programme.rules import Within
from domain.value import Value


class Hearing(Value):
    """The deadlines of hearing, decision and complaint; none of them stops in a pause."""

    answer_within: Within = Period("P2W")
    """How long the citizen has to answer."""
    answer_at_least: Within = Period("P1W")
    """The least time to answer that may be given without naming the law that allows less."""
    assess_within: Within = Period("P2W")
    notify_within: Within = Period("P1W")
    complaint_within: Within = Period("P4W")
    """How long the citizen may complain, from the notification on."""
    reassess_within: Within = Period("P4W")
    forward_within: Within = Period("P1W")


def around(name: str, decision: Decision, hearing: Hearing) -> Iterator[Response]:
    """What those who decide owe before and after a decision to the citizen's detriment."""
    if not decision.may_be_adverse or not decision.by:
        return
    by = decision.by[0]
    yield Response(
        after=(f"{name}.hearing_answered", f"{name}.hearing_expired"),
        respond=f"{name}.hearing_assessed",
        within=hearing.assess_within,
        by=by,
        in_pause=InPause.RUN,
    )
    yield from upon(name, by, hearing).values()


@lru_cache(maxsize=256)
def upon(name: str, by: Role, hearing: Hearing) -> Mapping[str, Response]:
    """By what has happened with a decision to the citizen's detriment, what is owed upon it."""
    owed = {
        "adverse": (f"{name}.notified", hearing.notify_within),
        "complained": (f"{name}.reassessed", hearing.reassess_within),
        "upheld": (f"{name}.forwarded", hearing.forward_within),
        "to_undo": ("reopened" if name in ENDS else name, hearing.notify_within),
    }
    return {
        call: Response(after=(f"{name}.{call}",), respond=respond, within=within, by=by, in_pause=InPause.RUN)
        for call, (respond, within) in owed.items()
    }
