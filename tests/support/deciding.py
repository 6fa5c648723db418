"""A programme whose decisions take reasons of every kind and a second pair of eyes, for what no shipped one does."""

from tests.support.altering import altered

REDUCE = """decisions:
  reduce:
    title: {da: Færre timer mod borgerens ønske, en: Fewer hours against the wish}
    by: [caseworker]
    character: adverse
    outcomes: [other_effort, own_wish]
    reason: legal_basis
"""
"""A decision that is always to the citizen's detriment."""
DECISIONS = f"""{REDUCE}  exempt:
    title: {{da: Fritaget for normen, en: Exempt from the norm}}
    by: [caseworker, contact_person]
    character: favourable
    reason: code
    reasons:
      transport: {{da: Lang transport, en: Long way}}
      treatment: {{da: Behandling, en: Treatment}}
    second: {{by: [caseworker, health_staff], quorum: 2, within: P1W, silence: stands}}
  refuse:
    title: {{da: Afslag på at deltage, en: Refusal of a place}}
    by: [caseworker]
    character: adverse_if_against_wish
  leave:
    title: {{da: Orlov, en: Leave}}
    by: [caseworker]
    character: adverse_if_against_wish
    reason: none
"""
SECOND_ON_CLOSING = "    character: adverse_if_against_wish\n    outcomes: [job, education"
WITH_EYES = altered(
    "sundere-sammen@3",
    (
        SECOND_ON_CLOSING,
        f"    second: {{by: [caseworker, coordinating_caseworker]}}\n{SECOND_ON_CLOSING}",
    ),
    ("decisions:\n", DECISIONS),
)
