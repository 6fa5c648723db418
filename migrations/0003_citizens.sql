-- Names, CPR numbers and contact data live here and nowhere else, sealed, found by a keyed hash.

CREATE TABLE citizen (
    id uuid PRIMARY KEY,
    key uuid REFERENCES citizen_key,
    sealed bytea,
    cpr_index bytea UNIQUE,
    erased_at timestamptz
);
COMMENT ON TABLE citizen IS 'The vault of identities; the sealed part and the index go when the citizen is erased';

CREATE TABLE access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    ground text NOT NULL,
    subject uuid NOT NULL,
    what text NOT NULL
);
CREATE INDEX access_log_of_subject ON access_log (subject, at);
COMMENT ON TABLE access_log IS 'Every read about a citizen: who, when, what, and on which ground';

CREATE TABLE erasure (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    decision text NOT NULL,
    subject uuid NOT NULL,
    stream uuid,
    version integer
);
COMMENT ON TABLE erasure IS 'What was erased, when, by whom and by which decision; ids only';

CREATE TABLE installation (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    key_check bytea NOT NULL
);
COMMENT ON TABLE installation IS 'What this database remembers of its keys, so that a wrong key file is noticed';

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON erasure FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse();

GRANT SELECT, INSERT ON citizen TO trinvis_app;
GRANT UPDATE (key, sealed) ON citizen TO trinvis_app;
GRANT SELECT, INSERT ON access_log TO trinvis_app;
GRANT SELECT, INSERT ON installation TO trinvis_app, trinvis_records;

GRANT SELECT (subject, stream, version) ON erasure TO trinvis_app;
GRANT INSERT ON erasure TO trinvis_records;
GRANT SELECT, UPDATE, DELETE ON fact_key, citizen_key TO trinvis_records;
GRANT INSERT ON citizen_key TO trinvis_records;
GRANT SELECT, UPDATE ON citizen TO trinvis_records;
GRANT SELECT, INSERT, UPDATE, DELETE ON state_cache TO trinvis_records;
GRANT EXECUTE ON FUNCTION append TO trinvis_records;
