-- The two roles that programs act in. Logins are members of one of them; nobody logs in as the owner of the tables
-- except to migrate. Roles belong to the whole server, so a database beside this one may have made them already.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['trinvis_app', 'trinvis_records'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END $$;

REVOKE ALL ON SCHEMA trinvis FROM PUBLIC;
GRANT USAGE ON SCHEMA trinvis TO trinvis_app, trinvis_records;
