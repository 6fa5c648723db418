-- Programme versions as they were published; never changed afterwards.

CREATE TABLE programme (
    id text NOT NULL,
    version integer NOT NULL,
    digest text NOT NULL,
    source text NOT NULL,
    published_at timestamptz NOT NULL,
    published_by text NOT NULL,
    PRIMARY KEY (id, version)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON programme FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON programme FOR EACH STATEMENT EXECUTE FUNCTION refuse();

GRANT SELECT, INSERT ON programme TO trinvis_app;
GRANT SELECT ON programme TO trinvis_records;
