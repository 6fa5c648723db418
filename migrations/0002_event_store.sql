-- Facts are the truth. One row per stream, one per command, one per fact; every body is ciphertext.

CREATE DOMAIN instant AS timestamptz CHECK (VALUE BETWEEN '0001-01-01Z' AND '9999-12-31Z');
COMMENT ON DOMAIN instant IS
    'Never infinite, nor further off than a calendar goes: a stream could never be gone on with, or never be read';

CREATE TABLE stream (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    subject uuid NOT NULL,
    programme text NOT NULL,
    version integer NOT NULL,
    head bytea NOT NULL,
    at instant NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX stream_of_subject ON stream (subject);
COMMENT ON TABLE stream IS 'One row per stream: the gate that a writer must pass, and the head of its hash chain';

-- era, tx_id and position are the cursor of whoever follows the log: read below pg_snapshot_xmin(pg_current_snapshot()),
-- in the order of all three; the sequence alone would lose facts. After a logical restore into a new cluster, whose
-- transaction ids begin again, the default of era is raised by one.
CREATE TABLE commit (
    stream uuid NOT NULL,
    command_id uuid NOT NULL,
    digest bytea NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    actor text NOT NULL,
    at instant NOT NULL,
    recorded_at instant NOT NULL,
    era integer NOT NULL DEFAULT 1,
    tx_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY (CACHE 100),
    PRIMARY KEY (stream, command_id)
);
COMMENT ON TABLE commit IS 'One row per command, also one that changed nothing, so that a repetition gets the first answer';

CREATE TABLE fact (
    stream uuid NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    schema smallint NOT NULL,
    occurred_at instant NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (stream, version)
);
ALTER TABLE fact ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE fact IS 'One row per fact: a header of codes, ids and instants, and a sealed body';

CREATE TABLE citizen_key (
    id uuid PRIMARY KEY,
    subject uuid NOT NULL,
    kek text NOT NULL,
    wrapped bytea NOT NULL,
    retired boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX citizen_key_current ON citizen_key (subject) WHERE NOT retired;
CREATE INDEX citizen_key_by_kek ON citizen_key (kek);
COMMENT ON TABLE citizen_key IS 'A key per citizen, wrapped by the key-encryption key; destroying it erases the citizen';

CREATE TABLE fact_key (
    stream uuid NOT NULL,
    version integer NOT NULL,
    key uuid NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (stream, version)
);
COMMENT ON TABLE fact_key IS 'A key per fact, wrapped by the citizen''s key; outside the hash, so that it can be deleted';

CREATE TABLE alarm (
    stream uuid PRIMARY KEY REFERENCES stream,
    version integer NOT NULL,
    reacted integer NOT NULL,
    next_due instant,
    over boolean NOT NULL,
    armed text,
    nudges integer NOT NULL DEFAULT 0,
    nudge_after timestamptz NOT NULL DEFAULT '-infinity' CHECK (nudge_after < '9999-12-31Z')
) WITH (fillfactor = 70);
COMMENT ON TABLE alarm IS 'What the sweep looks at: how far the workflow has come, what is due, and where it was armed';
COMMENT ON COLUMN alarm.version IS 'The latest version that gave the workflow something to do';

CREATE TABLE state_cache (
    stream uuid PRIMARY KEY REFERENCES stream,
    version integer NOT NULL,
    revision integer NOT NULL,
    key uuid NOT NULL,
    sealed bytea NOT NULL
) WITH (fillfactor = 50, toast_tuple_target = 4080);
ALTER TABLE state_cache ALTER COLUMN sealed SET STORAGE EXTERNAL;
COMMENT ON TABLE state_cache IS 'Folded states, sealed and disposable';

-- The hash chain covers the commit's header, the fact's header and the ciphertext. Every part is preceded by its length,
-- and a format byte comes first, so that no two histories can be read from the same bytes.
CREATE FUNCTION part(bytes bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT int4send(length(bytes)) || bytes
$$;

CREATE FUNCTION commit_header(
    stream uuid, command_id uuid, digest bytea, actor text, at timestamptz, recorded_at timestamptz
) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT '\x01'::bytea || part(uuid_send(stream)) || part(uuid_send(command_id)) || part(digest)
        || part(convert_to(actor, 'UTF8')) || part(timestamptz_send(at)) || part(timestamptz_send(recorded_at))
$$;

CREATE FUNCTION append(
    p_stream uuid, p_kind text, p_subject uuid, p_programme text, p_expected integer,
    p_command_id uuid, p_digest bytea, p_actor text, p_at timestamptz, p_recorded_at timestamptz,
    p_key uuid, p_kinds text[], p_schemas smallint[], p_occurred_at timestamptz[], p_bodies bytea[], p_wrapped bytea[],
    p_next_due timestamptz, p_over boolean, p_calls boolean,
    OUT duplicate boolean, OUT first integer, OUT last integer
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = trinvis, pg_catalog, pg_temp AS $$
DECLARE
    v_known commit%ROWTYPE;
    v_stream stream%ROWTYPE;
    v_count integer := cardinality(p_kinds);
    v_last integer;
    v_head bytea;
    v_header bytea;
    v_hashes bytea[] := '{}';
BEGIN
    SELECT * INTO v_known FROM commit c WHERE c.stream = p_stream AND c.command_id = p_command_id;
    IF FOUND THEN
        IF v_known.digest <> p_digest THEN
            RAISE EXCEPTION 'the command id has been used with other content' USING ERRCODE = 'TV001';
        END IF;
        duplicate := true;
        first := v_known.first;
        last := v_known.last;
        RETURN;
    END IF;

    IF p_expected = 0 AND v_count = 0 THEN
        RAISE EXCEPTION 'a stream begins with a fact' USING ERRCODE = 'TV005';
    END IF;
    IF cardinality(p_wrapped) <> v_count THEN
        RAISE EXCEPTION 'every fact has a key of its own' USING ERRCODE = 'TV005';
    END IF;
    IF p_expected = 0 THEN
        v_head := sha256(part(uuid_send(p_stream)) || part(convert_to(p_kind, 'UTF8')) || part(uuid_send(p_subject)));
        INSERT INTO stream (id, kind, subject, programme, version, head, at)
        VALUES (p_stream, p_kind, p_subject, p_programme, 0, v_head, p_at) ON CONFLICT DO NOTHING;
    ELSE
        SELECT * INTO v_stream FROM stream s WHERE s.id = p_stream AND s.version = p_expected;
        v_head := v_stream.head;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another command came first' USING ERRCODE = 'TV002';
    END IF;
    IF p_expected > 0 AND (v_stream.subject, v_stream.kind) IS DISTINCT FROM (p_subject, p_kind) THEN
        RAISE EXCEPTION 'the stream is about somebody else, or of another kind' USING ERRCODE = 'TV005';
    END IF;

    v_last := p_expected + v_count;
    v_header := commit_header(p_stream, p_command_id, p_digest, p_actor, p_at, p_recorded_at);
    FOR i IN 1 .. v_count LOOP
        v_head := sha256(
            v_header || part(v_head) || part(int4send(p_expected + i)) || part(convert_to(p_kinds[i], 'UTF8'))
            || part(int2send(p_schemas[i])) || part(timestamptz_send(p_occurred_at[i])) || part(p_bodies[i])
        );
        v_hashes[i] := v_head;
    END LOOP;

    -- The gate: of two writers who read the same head, the second one waits here and then finds another version.
    UPDATE stream s SET version = v_last, head = v_head, programme = p_programme, at = greatest(s.at, p_at)
    WHERE s.id = p_stream AND s.version = p_expected;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another command came first' USING ERRCODE = 'TV002';
    END IF;
    -- Whoever destroys or retires a key locks its row first, so no fact can be written under a key that is going.
    PERFORM 1 FROM citizen_key k WHERE k.id = p_key AND k.subject = p_subject FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the citizen''s key has been destroyed' USING ERRCODE = 'TV004';
    END IF;

    INSERT INTO commit (stream, command_id, digest, first, last, actor, at, recorded_at)
    VALUES (p_stream, p_command_id, p_digest, p_expected + 1, v_last, p_actor, p_at, p_recorded_at);
    FOR i IN 1 .. v_count LOOP
        INSERT INTO fact (stream, version, kind, schema, occurred_at, body, hash)
        VALUES (p_stream, p_expected + i, p_kinds[i], p_schemas[i], p_occurred_at[i], p_bodies[i], v_hashes[i]);
        INSERT INTO fact_key (stream, version, key, wrapped)
        VALUES (p_stream, p_expected + i, p_key, p_wrapped[i]);
    END LOOP;

    IF p_expected = 0 THEN
        INSERT INTO alarm (stream, version, reacted, next_due, over)
        VALUES (p_stream, v_last, CASE WHEN p_calls THEN 0 ELSE v_last END, p_next_due, p_over);
    ELSIF v_count > 0 THEN
        UPDATE alarm a SET
            version = v_last,
            reacted = CASE WHEN a.reacted < a.version THEN a.reacted WHEN p_calls THEN p_expected ELSE v_last END,
            next_due = p_next_due,
            over = p_over
        WHERE a.stream = p_stream AND (p_calls OR a.over <> p_over OR a.next_due IS DISTINCT FROM p_next_due);
    END IF;
    duplicate := false;
    first := p_expected + 1;
    last := v_last;
END $$;

-- What is due next is reckoned from the facts, by rules that a release may change; at any other version it is another's.
CREATE FUNCTION reckon(p_stream uuid, p_version integer, p_next_due timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = trinvis, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM 1 FROM stream s JOIN alarm a ON a.stream = s.id
    WHERE s.id = p_stream AND s.version = p_version AND a.next_due IS DISTINCT FROM p_next_due FOR SHARE OF s;
    IF FOUND THEN
        UPDATE alarm SET next_due = p_next_due WHERE stream = p_stream;
    END IF;
END $$;

-- Nothing is ever changed or taken away from the truth, whoever asks; to erase is to destroy keys.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are never changed or removed: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'TV003';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON fact FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON commit FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_removed BEFORE DELETE ON stream FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON fact FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON commit FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON stream FOR EACH STATEMENT EXECUTE FUNCTION refuse();

REVOKE ALL ON FUNCTION append, reckon FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append, reckon TO trinvis_app;
GRANT SELECT ON stream, commit, fact, fact_key TO trinvis_app, trinvis_records;
GRANT SELECT, INSERT ON citizen_key TO trinvis_app;
GRANT SELECT, UPDATE (reacted, armed, nudges, nudge_after) ON alarm TO trinvis_app;
GRANT SELECT, INSERT, UPDATE ON state_cache TO trinvis_app;
