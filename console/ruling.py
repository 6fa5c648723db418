"""Which rule sets a programme version names, which of them counts today, and whether anybody has verified them."""

from collections.abc import Iterator
from datetime import date

from console.answers.versions import NamedRule, NamedRuleSet
from console.output import Out
from domain.period import Period
from domain.programme.rules import RuleSet
from domain.programme.shape import Programme


def rule_sets(out: Out, programme: Programme, today: date) -> list[NamedRuleSet]:
    """The rule sets of a version in their order."""
    return [
        NamedRuleSet(
            rule_set=each.rule_set,
            title=each.title.in_language(out.language),
            jurisdiction=each.jurisdiction,
            valid_from=each.valid_from.isoformat(),
            valid_to=each.valid_to.isoformat() if each.valid_to else None,
            when=_when(each, today),
            transition=each.transition,
            legal_ref=each.legal_ref,
            verify_before_use=each.verify_before_use,
            verified_by=each.verified_by,
            verified_on=each.verified_on.isoformat() if each.verified_on else None,
            parameters=list(_parameters(out, each)),
        )
        for each in sorted(programme.rules, key=lambda rule_set: rule_set.valid_from)
    ]


def _when(rule_set: RuleSet, today: date) -> str:
    if rule_set.holds_on(today):
        return "in_force"
    return "planned" if today < rule_set.valid_from else "past"


def _parameters(out: Out, rule_set: RuleSet) -> Iterator[NamedRule]:
    for name, each in rule_set.parameters.items():
        value = each.value
        shown = out.wording.period(value) if isinstance(value, Period) else out.wording.number(value)
        note = each.note.in_language(out.wording.language) if each.note else None
        yield NamedRule(name, str(value), shown, each.legal_ref or rule_set.legal_ref, note)


def show_rule_sets(out: Out, found: list[NamedRuleSet]) -> None:
    """The same as lines."""
    if not found:
        out.line(out.say("rules", "none"))
    for each in found:
        until = {"valid_from": each.valid_from, "valid_to": each.valid_to}
        out.heading(f"{each.title} ({each.rule_set})")
        out.line(f"  {out.say('rules', each.when)}: {out.say('rules', 'valid', **until)}")
        out.line(f"  {out.say('rules', each.transition)}. {each.legal_ref}")
        mark = "verify" if each.verify_before_use else "verified"
        out.line(f"  {out.say('rules', mark, by=each.verified_by, on=each.verified_on)}")
        for rule in each.parameters:
            note = f"  ({rule.note})" if rule.note else ""
            out.line(f"  rule.{rule.name:<30}{rule.shown}{note}")
