"""One example of each command, as `--help` and the reference show it."""

EXAMPLES = {
    "trinvis": "trinvis worklist --by caseworker:sb-1",
    "up": "trinvis up",
    "migrate": "trinvis migrate",
    "settings": "trinvis settings",
    "programmes": "trinvis programmes list",
    "programmes check": "trinvis programmes check programmes/sundere-sammen/v3.yaml",
    "programmes test": "trinvis programmes test programmes/sundere-sammen",
    "programmes publish": "trinvis programmes publish programmes/sundere-sammen/v3.yaml --by administrator:it-1",
    "programmes list": "trinvis programmes list --json",
    "programmes about": "trinvis programmes about sundere-sammen@4",
    "programmes rules": "trinvis programmes rules sygedagpenge-driftstilbud@4",
    "programmes show": "trinvis programmes show sundere-sammen@2",
    "programmes diff": "trinvis programmes diff sundere-sammen@2 programmes/sundere-sammen/v3.yaml",
    "simulate": "trinvis simulate programmes/sundere-sammen/v3.yaml --citizens 500 --years 2 --seed 7 --out simulated",
    "programmes move": "trinvis programmes move sundere-sammen@1 sundere-sammen@2 --cohort 10%"
    " --reason 'Ingen slutdato mere' --by administrator:it-1",
    "programmes moves": "trinvis programmes moves --json",
    "programmes moves show": "trinvis programmes moves show JOB --by administrator:it-1",
    "programmes moves undo": "trinvis programmes moves undo JOB --by administrator:it-1",
    "programmes rehearse": "trinvis programmes rehearse programmes/sundere-sammen/v3.yaml --by administrator:it-1",
    "refer": "trinvis refer sundere-sammen --by caseworker:sb-12 --reason 'Vil gerne i gang igen' --consent"
    " --basis 'Samtykke 2. marts' --circumstance benefit=ressourceforloeb --person -",
    "find": "trinvis find --by caseworker:sb-12 --ground 'borgeren ringer'",
    "pathway": "trinvis pathway PATHWAY --by caseworker:sb-12 --as-of 2026-03-03 --known-on 2026-03-03",
    "history": "trinvis history PATHWAY --by auditor:rev-1 --ground 'ledelsestilsyn 2026-4'",
    "forecast": "trinvis forecast PATHWAY --by caseworker:sb-12",
    "why": "trinvis why PATHWAY work_placement --by caseworker:sb-12",
    "worklist": "trinvis worklist --by contact_person:kp-3",
    "tell": "trinvis tell PATHWAY accept-referral --contact-person kp-3 --by caseworker:sb-12",
    "verify": "trinvis verify --json",
    "rebuild": "trinvis rebuild",
    "erase": "trinvis erase fact PATHWAY 17 --by records_manager:arkiv-1 --decision 2026-1234",
    "erase fact": "trinvis erase fact PATHWAY 17 --by records_manager:arkiv-1 --decision 2026-1234 --yes",
    "erase citizen": "trinvis erase citizen CITIZEN --by records_manager:arkiv-1 --decision 2026-1234 --yes",
    "rotate": "trinvis rotate kek",
    "rotate kek": "trinvis rotate kek",
    "rotate citizen": "trinvis rotate citizen CITIZEN",
    "access-log": "trinvis access-log CITIZEN --by auditor:rev-1 --ground 'stikprøve november'",
    "sweep": "trinvis sweep",
}
"""By command, in the words that are typed after `trinvis`."""

_FIELDS = {
    "accept-referral": "--contact-person kp-3 --by caseworker:sb-12",
    "agree-plan": "--goals 'Ti timer om ugen inden sommer' --by contact_person:kp-3",
    "approve-transition": "--by caseworker:sb-12",
    "assess-absence": "--element diet_exercise --note 'Bussen kørte ikke' --by caseworker:sb-12",
    "assign-responsible": "--role contact_person --person kp-4 --reason 'Ny i stillingen' --by caseworker:sb-12",
    "book-session": "--element diet_exercise --site matrikel_a --starts '2026-03-05 09:00 Europe/Copenhagen'"
    " --by contact_person:kp-3",
    "place-order": "--order practice --provider nordvest --hours 120 --begins 2026-03-09 --goals 'Fast rytme'"
    " --terms '410 kr. pr. time' --by caseworker:sb-12",
    "accept-order": "--order practice --by provider:nv-1",
    "decline-order": "--order practice --reason 'Ingen ledige pladser' --by provider:nv-1",
    "report-delivery": "--order practice --hours 40 --sessions 12 --by provider:nv-1",
    "complete-order": "--order practice --by caseworker:sb-12",
    "cancel-order": "--order practice --reason 'Borgeren er i arbejde' --by caseworker:sb-12",
    "call-child": "--element work_placement --reason 'Klar til praktik' --basis 'Samtykke 4. maj'"
    " --by caseworker:sb-12",
    "choose-aftercare": "--choice declined --by citizen:b-7",
    "cancel-session": "--session SESSION --asked-by weather --reason 'Storm' --by contact_person:kp-3",
    "close-pathway": "--outcome back_in_work --reason 'Tilbage på fuld tid' --by caseworker:sb-12",
    "complete-referral": "--reason 'Forsørgelsen er afklaret' --circumstances benefit=sygedagpenge"
    " --by caseworker:sb-12",
    "confirm-decision": "--decision DECISION --by caseworker:sb-14",
    "correct-fact": "--corrects 17 --changes attendance=late --reason 'Kom ti minutter for sent'"
    " --by contact_person:kp-3",
    "create-obligation": "--obligation call_employer --owner contact_person"
    " --due '2026-03-20 16:00 Europe/Copenhagen' --note 'Ringe til arbejdsgiveren' --by contact_person:kp-3",
    "decline-measurement": "--instrument who5 --note 'Vil ikke svare i dag' --by contact_person:kp-3",
    "declare-not-required": "--obligation first_talk --reason 'Holdt af en anden afdeling' --by caseworker:sb-12",
    "enrol-citizen": "--reason 'Plads i dag' --by contact_person:kp-3",
    "enter-phase": "--phase labour_market --reason 'Klar til praktik' --by caseworker:sb-12",
    "evaluate-session": "--session SESSION --rating 3 --rating-reason 'Godt at være sammen' --by instructor:in-1",
    "excuse-absence": "--session SESSION --reason 'Lægebesøg' --by contact_person:kp-3",
    "excuse-obligation": "--obligation follow_up_talk --reason 'På ferie' --by contact_person:kp-3",
    "extend-duration": "--until '2026-06-30 16:00 Europe/Copenhagen' --reason 'Godt i gang' --by caseworker:sb-12",
    "hold-review": "--happened '2026-03-02 09:00 Europe/Copenhagen' --note 'Det går fremad' --by contact_person:kp-3",
    "hold-talk": """--element dls_talk --scaling '{"question": "today", "answer": 4}' --next-step 'En gåtur hver dag'"""
    " --by health_staff:sund-1",
    "send-hearing": "--decision close --outcome own_wish --reason 'Ingen har hørt fra borgeren' --by caseworker:sb-12",
    "answer-hearing": "--decision close --answer 'Jeg vil gerne blive' --by contact_person:kp-3",
    "extend-hearing": "--decision close --until '2026-04-01 23:59 Europe/Copenhagen' --reason 'På ferie'"
    " --by caseworker:sb-12",
    "assess-hearing": "--decision close --note 'Svaret ændrer intet' --by caseworker:sb-12",
    "exempt-hearing": "--decision close --reason 'Borgeren har selv bedt om det' --by caseworker:sb-12",
    "notify-decision": "--decision close --channel letter --by caseworker:sb-12",
    "receive-complaint": "--decision close --note 'Ringede i dag' --by contact_person:kp-3",
    "reassess-complaint": "--decision close --changed --reason 'Nye oplysninger' --by caseworker:sb-12",
    "forward-complaint": "--decision close --by caseworker:sb-12",
    "conclude-complaint": "--decision close --ruling remanded --by caseworker:sb-12",
    "make-decision": "--decision DECISION --reason 'Aftalt med borgeren' --by caseworker:sb-12",
    "object-to-decision": "--decision DECISION --reason 'Vi ved for lidt endnu' --by caseworker:sb-14",
    "meet-obligation": "--obligation call_employer --by contact_person:kp-3",
    "move-intake": "--begins '2026-03-30 07:00 Europe/Copenhagen' --reason 'Holdet begynder senere'"
    " --by contact_person:kp-3",
    "move-pathway": "--version 2 --reason 'Tilbuddet har ingen slutdato mere' --by caseworker:sb-12",
    "pause-pathway": "--reason 'Indlagt' --until '2026-04-01 07:00 Europe/Copenhagen' --by caseworker:sb-12",
    "propose-transition": "--reason 'Klar til mere' --by contact_person:kp-3",
    "read-notice": "--notice assigned --about FACT --by contact_person:kp-3",
    "rebook-session": "--session SESSION --starts '2026-03-06 09:00 Europe/Copenhagen' --asked-by citizen"
    " --reason 'Tandlæge' --by contact_person:kp-3",
    "record-attendance": "--session SESSION --attendance present --by contact_person:kp-3",
    "record-bridging-step": "--element association --step visited --note 'Så en træning' --by contact_person:kp-3",
    "record-circumstance": "--name benefit --value kontanthjaelp --by caseworker:sb-12",
    "record-event": "--event stand_by_begun --note 'Planlagt operation' --by caseworker:sb-12",
    "record-measurement": "--instrument who5 --answers 3,2,4,null,3 --by contact_person:kp-3",
    "record-outcome": "--outcome partly_fit --by contact_person:kp-3",
    "refuse-referral": "--reason 'Et andet tilbud passer bedre' --by caseworker:sb-12",
    "reject-transition": "--reason 'Fire uger mere' --by caseworker:sb-12",
    "reopen-pathway": "--reason 'Sygemeldt igen' --by caseworker:sb-12",
    "resume-pathway": "--by contact_person:kp-3",
    "return-referral": "--reason 'Forsørgelsen mangler' --by contact_person:kp-3",
    "set-intensity": "--name hours_per_week --value 6 --effective-from 2026-04-06 --by contact_person:kp-3",
    "set-deadline": "--obligation first_talk --due '2026-05-08 16:00 Europe/Copenhagen' --reason 'Er først rask da'"
    " --by contact_person:kp-3",
    "withdraw-referral": "--reason 'Flyttet fra kommunen' --by caseworker:sb-12",
}
"""By what is told to a pathway, its fields."""

EXAMPLES.update({f"tell {name}": f"trinvis tell PATHWAY {name} {fields}" for name, fields in _FIELDS.items()})
