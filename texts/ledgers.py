"""A deadline in one sentence: until when, counted how, by which law, and when its clock stood still."""

from domain.calendar import last_day
from domain.pathway.ledger import Ledger, Stood
from texts.catalogue import Wording


def of_ledger(wording: Wording, ledger: Ledger) -> str:
    """How a deadline is reckoned."""
    rule_set = ledger.reckoned.rule_set
    return wording.say(
        "ledger",
        "chosen" if ledger.chosen else "says",
        due=last_day(ledger.due).isoformat(),
        since=ledger.since,
        within=ledger.reckoned.period,
        rules=rule_set.title.in_language(wording.language) if rule_set else None,
        legal_ref=ledger.reckoned.legal_ref,
        days=ledger.days,
        stops=", ".join(_of_stretch(wording, each) for each in ledger.stops),
    )


def _of_stretch(wording: Wording, stood: Stood) -> str:
    reason = stood.because.in_language(wording.language) if stood.because else None
    why = reason or wording.say("ledger", "closed" if stood.at_rest else "pause")
    return wording.say("ledger", "stretch", why=why, began=stood.began, ended=stood.ended)
