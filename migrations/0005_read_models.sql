-- Read models hold ids, codes and instants. They can be dropped and rebuilt from the facts at any time.

CREATE TABLE pathway_now (
    stream uuid PRIMARY KEY,
    version integer NOT NULL,
    subject uuid NOT NULL,
    programme text NOT NULL,
    stage text NOT NULL,
    phase text,
    contact_person text,
    paused boolean NOT NULL,
    next_due timestamptz,
    outcome text,
    queued_since timestamptz
) WITH (fillfactor = 70);
CREATE INDEX pathway_now_of_subject ON pathway_now (subject);
CREATE INDEX pathway_now_taking_part ON pathway_now (split_part(programme, '@', 1))
    WHERE stage IN ('waiting', 'underway');
COMMENT ON TABLE pathway_now IS 'Where each pathway stands';

CREATE TABLE worklist (
    stream uuid NOT NULL,
    item text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    owner text NOT NULL,
    person text,
    subject uuid NOT NULL,
    programme text NOT NULL,
    since timestamptz NOT NULL,
    due timestamptz,
    overdue boolean NOT NULL,
    PRIMARY KEY (stream, item)
) WITH (fillfactor = 80);
CREATE INDEX worklist_of_owner ON worklist (owner, due);
COMMENT ON TABLE worklist IS 'What somebody must see to: duties, sessions to register, notices';

GRANT SELECT, INSERT, UPDATE, DELETE ON pathway_now, worklist TO trinvis_app, trinvis_records;
