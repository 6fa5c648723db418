"""How long the steps around a decision to the citizen's detriment may take. Source: DOMAIN 2.8."""

from collections.abc import Iterator

from domain.period import Period
from domain.programme.decisions import Decision
from domain.programme.relations import InPause, Response
from domain.programme.rules import RuleName, Within
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
    undone = "reopened" if name == "close" else name
    calls: tuple[tuple[tuple[str, ...], str, Period | RuleName], ...] = (
        (("hearing_answered", "hearing_expired"), f"{name}.hearing_assessed", hearing.assess_within),
        (("adverse",), f"{name}.notified", hearing.notify_within),
        (("complained",), f"{name}.reassessed", hearing.reassess_within),
        (("upheld",), f"{name}.forwarded", hearing.forward_within),
        (("to_undo",), undone, hearing.notify_within),
    )
    for after, respond, within in calls:
        triggers = tuple(f"{name}.{step}" for step in after)
        yield Response(after=triggers, respond=respond, within=within, by=decision.by[0], in_pause=InPause.RUN)
