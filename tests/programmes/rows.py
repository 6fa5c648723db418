"""Which row of the founding facts rests on which line of which programme, by the test that is named after it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row, and the words of a programme without which it no longer holds."""

    row: str
    """Such as `f21`; its tests are those whose names begin with `test_f21_`."""
    ref: str
    words: str
    """What stands in the file, exactly once."""
    instead: str = ""
    """What stands there when the row's words are taken out; without it nothing."""


FINAL, OFFER = "sundere-sammen@4", "sygedagpenge-driftstilbud@3"
TWO, THREE = "sundere-sammen@2", "sundere-sammen@3"
SICK = "sygedagpenge-driftstilbud@2"
ROWS = (
    Row("f1", FINAL, "    dimension: social\n", "    dimension: physical\n"),
    Row("f2", FINAL, "    measured_by: [gse10]\n"),
    Row("f3", TWO, "stage: project\n", "stage: operation\n"),
    Row("f7", TWO, "      primary: true\n"),
    Row("f8", FINAL, "  - {unit: jobcenter, from: 2019-01-01}\n"),
    Row("f9", TWO, "    kind: association\n", "    kind: municipality\n"),
    Row("f10", FINAL, "  movement: {da: Bevægelse, en: Movement}\n"),
    Row("f11", TWO, "    parts: [check_in, movement, closing_evaluation]\n"),
    Row("f12", FINAL, "    staffed_by: [instructor, company_consultant]\n"),
    Row(
        "f13",
        TWO,
        "throughout: [consultant_talk, job_bridge, association]",
        "throughout: [consultant_talk, association]",
    ),
    Row("f14", FINAL, "Closing evaluation, owner: company_consultant}", "Closing evaluation}"),
    Row("f15", TWO, "    every: P3M\n", "    every: P12M\n"),
    Row("f16", TWO, "parts: [check_in, movement, closing_evaluation]", "parts: [check_in, movement]"),
    Row("f17", TWO, "    evaluation: {scale: four_point}\n"),
    Row("f18", FINAL, "      sleep: {da: Søvn, en: Sleep}\n"),
    Row("f19", TWO, "    per_week: 2\n"),
    Row("f20", "sundere-sammen@1", "duration: {length: P6W, at_end: review}", "duration: open"),
    Row("f21", TWO, "duration: open", "duration: {length: P6W, at_end: review}"),
    Row("f22", FINAL, "  - {unit: kultur_og_fritid, from: 2027-01-01}\n"),
    Row("f23", TWO, "    by: [caseworker]\n    character", "    by: [company_consultant]\n    character"),
    Row("f25", TWO, "  by: [caseworker]\n  eligible", "  by: [company_consultant]\n  eligible"),
    Row("f27", THREE, "citizen.course in ['genoptraening', 'andet']", "citizen.course == 'andet'"),
    Row("f28", FINAL, "      compartment: strict\n"),
    Row("f30", FINAL, "    method: {da: Fokusgruppeinterview, en: Focus-group interview}\n"),
    Row("f32", TWO, "    evaluation: {scale: four_point}\n"),
    Row("f33", FINAL, "    as_planned: 2\n"),
    Row(
        "f34",
        TWO,
        "throughout: [consultant_talk, job_bridge, association]",
        "throughout: [consultant_talk, job_bridge]",
    ),
    Row("f36", TWO, "    - id: severe_ptsd\n      text: {da: Svær PTSD, en: Severe PTSD}\n"),
    Row(
        "f41",
        FINAL,
        "aftercare: {programme: fastholdelsescafe, enter: unless_opted_out,"
        " after: [job, education, association_joined, no_need]}\n",
    ),
    Row("v1", SICK, "      when: \"citizen.benefit == 'sygedagpenge'\"\n", '      when: "true"\n'),
    Row("v5", OFFER, "    method: Den løsningsfokuserede sundhedssamtale (DLS)\n"),
    Row("v6", "grib-chancen@1", "  hiking_club: {da: Vandreforeningen, en: The hiking club}\n"),
    Row(
        "v7", "sammen-i-vildmarken@1", "    meeting_point: {da: Shelterpladsen ved søen, en: The shelter by the lake}\n"
    ),
    Row("v10", OFFER, "  first_talk:\n    kind: talk\n", "  first_talk:\n    kind: activity\n"),
    Row(
        "v11",
        OFFER,
        "roles: {order: jobcenter, provide: [sundhed, arbejdsmarked]}",
        "roles: {order: jobcenter, provide: []}",
    ),
    Row("v12", SICK, "    scaling: true\n"),
    Row("v16", SICK, "    obligation: mandatory\n    legal_basis: Lov om sygedagpenge (verificeres før brug)\n"),
    Row(
        "v17",
        "sygedagpenge-driftstilbud@4",
        "    elements: [diet_exercise, nature]\n    hours: 120\n",
        "    elements: [job_search]\n    hours: 120\n",
    ),
    Row("v19", SICK, "effective_from: 2010-03-01", "effective_from: 2009-11-01"),
    Row("v20", SICK, "stage: operation\n", "stage: pilot\n"),
    Row("v21", "bmi-30-plus@1", "citizen.bmi >= 30.0 && "),
    Row("v23", OFFER, "employer_contact, health_follow_up", "health_follow_up"),
    Row(
        "v24",
        OFFER,
        "  - {after: labour_market.entered, respond: satisfaction.citizen, within: P4W, by: contact_person}\n",
    ),
    Row(
        "v25",
        SICK,
        "{da: Uddannelse, en: Education}, valence: positive",
        "{da: Uddannelse, en: Education}, valence: neutral",
    ),
    Row(
        "v26",
        SICK,
        "elements: [dls_talk, diet_exercise, nature, job_search]",
        "elements: [dls_talk, diet_exercise, job_search]",
    ),
    Row("v27", SICK, "weekly_hours: {norm: 10}\n"),
    Row(
        "v28",
        SICK,
        "intake: {kind: rolling, every: P4W, first: 2010-03-01, tolerance: P1W}",
        "intake: {kind: continuous}",
    ),
    Row("v29", OFFER, "    programme: virksomhedspraktik\n"),
    Row("v30", SICK, "contact_person: required", "contact_person: optional"),
    Row(
        "v31",
        SICK,
        "en: Job search}\n    track: labour_market\n    unit: arbejdsmarked\n",
        "en: Job search}\n    track: labour_market\n",
    ),
    Row("v32", SICK, "lasts: PT5H\n    sites: [matrikel_a, matrikel_b]\n  nature", "lasts: PT5H\n  nature"),
    Row(
        "v33",
        SICK,
        "    advance: {to: labour_market, how: proposal,",
        "    advance: {to: labour_market, how: automatic,",
    ),
    Row("v34", SICK, "  partly_fit: {title: {da: Delvist raskmeldt, en: Partly fit}, valence: positive}\n"),
    Row("v35", OFFER, "    by: [citizen, worker]\n"),
    Row("x1", "sammen-i-vildmarken@1", "duration: {length: P6M, at_end: review}", "duration: open"),
    Row("x2", FINAL, "    per_week: 2\n"),
    Row("x6", OFFER, "    obligation: voluntary\n", "    obligation: mandatory\n    legal_basis: Loven\n"),
    Row("x8", FINAL, "citizen.course in ['genoptraening', 'andet']", "citizen.course == 'andet'"),
    Row("x9", "fastholdelsescafe@1", "    elements: [cafe, association]\n", "    elements: [cafe]\n"),
    Row("x10", OFFER, "  unknown_yet: {title: {da: Endnu ukendt, en: Not known yet}, valence: unknown}\n"),
)
"""Every row that rests on a line of a programme."""
OF_THE_ENGINE = {
    "f35": "no circumstance is a diagnosis, in any programme",
    "v14": "each pathway is a stream of its own, and a week adds up over them",
    "x3": "f21, f27 and v19: a version is left by a fact only",
    "x5": "a week adds up over pathways, and a child counts within the norm above it",
    "x7": "roles are those of the rules, before a programme narrows them",
}
"""Rows that hold whatever a programme says, by what holds them."""
WAITING = {
    "f24": "C and D: aggregates for a steering group",
    "f26": "D: statistics",
    "f38": "D: statistics",
    "v2": "D: where citizens are recruited",
    "v4": "C: groups",
    "v8": "D: the tone of pages",
    "v9": "D: one glossary on every page",
    "x4": "C: groups",
}
"""Rows that wait for groups (C) or for pages and statistics (D)."""
