-- What a mistake in a program could still have done: facts about somebody else than their stream is about, a stream that
-- begins with nothing and could never go on, a fact without a key, an access log emptied in one go.

CREATE OR REPLACE FUNCTION append(
    p_stream uuid, p_kind text, p_subject uuid, p_programme text, p_expected integer,
    p_command_id uuid, p_digest bytea, p_actor text, p_at timestamptz, p_recorded_at timestamptz,
    p_key uuid, p_kinds text[], p_schemas smallint[], p_occurred_at timestamptz[], p_bodies bytea[], p_wrapped bytea[],
    p_next_due timestamptz, p_over boolean, p_calls boolean
) RETURNS TABLE (duplicate boolean, first integer, last integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = trinvis, pg_catalog, pg_temp AS $$
DECLARE
    v_known commit%ROWTYPE;
    v_stream stream%ROWTYPE;
    v_count integer := cardinality(p_kinds);
    v_head bytea;
    v_header bytea;
    v_hashes bytea[] := '{}';
BEGIN
    SELECT * INTO v_known FROM commit c WHERE c.stream = p_stream AND c.command_id = p_command_id;
    IF FOUND THEN
        IF v_known.digest <> p_digest THEN
            RAISE EXCEPTION 'the command id has been used with other content' USING ERRCODE = 'TV001';
        END IF;
        RETURN QUERY SELECT true, v_known.first, v_known.last;
        RETURN;
    END IF;

    IF p_expected = 0 AND v_count = 0 THEN
        RAISE EXCEPTION 'a stream begins with a fact' USING ERRCODE = 'TV005';
    END IF;
    IF p_expected = 0 THEN
        v_head := sha256(part(uuid_send(p_stream)) || part(convert_to(p_kind, 'UTF8')) || part(uuid_send(p_subject)));
        INSERT INTO stream (id, kind, subject, programme, version, head, at)
        VALUES (p_stream, p_kind, p_subject, p_programme, 0, v_head, p_at) ON CONFLICT DO NOTHING;
    ELSE
        SELECT * INTO v_stream FROM stream s WHERE s.id = p_stream AND s.version = p_expected FOR UPDATE;
        v_head := v_stream.head;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another command came first' USING ERRCODE = 'TV002';
    END IF;
    IF p_expected > 0 AND (v_stream.subject, v_stream.kind) IS DISTINCT FROM (p_subject, p_kind) THEN
        RAISE EXCEPTION 'the stream is about somebody else, or of another kind' USING ERRCODE = 'TV005';
    END IF;

    -- Whoever destroys or retires a key locks its row first, so no fact can be written under a key that is going.
    PERFORM 1 FROM citizen_key k WHERE k.id = p_key AND k.subject = p_subject FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the citizen''s key has been destroyed' USING ERRCODE = 'TV004';
    END IF;
    IF cardinality(p_wrapped) <> v_count THEN
        RAISE EXCEPTION 'every fact has a key of its own' USING ERRCODE = 'TV005';
    END IF;

    v_header := commit_header(p_stream, p_command_id, p_digest, p_actor, p_at, p_recorded_at);
    FOR i IN 1 .. v_count LOOP
        v_head := sha256(
            v_header || part(v_head) || part(int4send(p_expected + i)) || part(convert_to(p_kinds[i], 'UTF8'))
            || part(int2send(p_schemas[i])) || part(timestamptz_send(p_occurred_at[i])) || part(p_bodies[i])
        );
        v_hashes[i] := v_head;
    END LOOP;

    UPDATE stream s
    SET version = p_expected + v_count, head = v_head, programme = p_programme, at = greatest(s.at, p_at)
    WHERE s.id = p_stream;
    INSERT INTO commit (stream, command_id, digest, first, last, actor, at, recorded_at)
    VALUES (p_stream, p_command_id, p_digest, p_expected + 1, p_expected + v_count, p_actor, p_at, p_recorded_at);
    IF v_count > 0 THEN
        INSERT INTO fact (stream, version, kind, schema, occurred_at, body, hash)
        SELECT p_stream, p_expected + f.i, f.kind, f.schema, f.occurred_at, f.body, f.hash
        FROM unnest(p_kinds, p_schemas, p_occurred_at, p_bodies, v_hashes)
            WITH ORDINALITY AS f (kind, schema, occurred_at, body, hash, i);
        INSERT INTO fact_key (stream, version, key, wrapped)
        SELECT p_stream, p_expected + k.i, p_key, k.wrapped
        FROM unnest(p_wrapped) WITH ORDINALITY AS k (wrapped, i);
        INSERT INTO alarm (stream, version, reacted, next_due, over)
        VALUES (
            p_stream, p_expected + v_count, CASE WHEN p_calls THEN p_expected ELSE p_expected + v_count END,
            p_next_due, p_over
        )
        ON CONFLICT (stream) DO UPDATE SET
            version = excluded.version,
            reacted = CASE WHEN alarm.reacted = p_expected THEN excluded.reacted ELSE alarm.reacted END,
            next_due = excluded.next_due,
            over = excluded.over;
    END IF;
    RETURN QUERY SELECT false, p_expected + 1, p_expected + v_count;
END $$;

CREATE TRIGGER never_emptied BEFORE TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON programme FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- Read models are replaced pathway by pathway now; nobody empties them.
REVOKE TRUNCATE ON pathway_now, worklist FROM trinvis_app;
