-- Moving many pathways to another version: a job, and what became of each pathway in it. Ids, codes and numbers only;
-- the reason, which people wrote, is sealed, and stands in the facts that the job causes.

CREATE TABLE move_job (
    id uuid PRIMARY KEY,
    source text NOT NULL,
    target text NOT NULL,
    phases jsonb NOT NULL,
    actor text NOT NULL,
    reason bytea NOT NULL,
    at timestamptz NOT NULL,
    stop text,
    state text NOT NULL DEFAULT 'moving' CHECK (state IN ('moving', 'stopped', 'moved', 'undoing', 'undone')),
    undone_by text
);
COMMENT ON TABLE move_job IS 'Jobs that move pathways to another version of their programme';

CREATE TABLE move_outcome (
    job uuid NOT NULL REFERENCES move_job,
    stream uuid NOT NULL,
    place integer NOT NULL,
    outcome text NOT NULL DEFAULT 'waiting'
        CHECK (outcome IN ('waiting', 'moved', 'refused', 'failed', 'passed_over', 'undone', 'kept')),
    version integer,
    field text,
    code text,
    said jsonb,
    PRIMARY KEY (job, stream)
) WITH (fillfactor = 80);
CREATE INDEX move_outcome_of_job ON move_outcome (job, outcome, place);
COMMENT ON TABLE move_outcome IS 'What became of each pathway in a job; version is that of the move itself';

GRANT SELECT, INSERT, UPDATE ON move_job, move_outcome TO trinvis_app;
