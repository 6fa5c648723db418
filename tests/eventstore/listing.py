"""The shape of a database as a listing that people can read and compare: everything that the migrations made."""

import asyncpg

_RELATIONS = """
    SELECT format('%s %I%s',
        CASE relkind WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' ELSE relkind::text END, relname,
        coalesce(' with (' || array_to_string(reloptions, ', ') || ')', ''))
    FROM pg_class WHERE relnamespace = 'trinvis'::regnamespace AND relkind NOT IN ('i', 't')
"""
_COLUMNS = """
    SELECT format('column %I.%I %s%s%s%s%s', relname, attname, format_type(atttypid, atttypmod),
        CASE WHEN attnotnull THEN ' not null' ELSE '' END,
        CASE attidentity WHEN 'a' THEN ' generated always as identity' ELSE '' END,
        coalesce(' default ' || pg_get_expr(adbin, adrelid), ''),
        CASE attstorage WHEN 'e' THEN ' storage external' ELSE '' END)
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = attrelid AND d.adnum = attnum
    WHERE relnamespace = 'trinvis'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
"""
_DOMAINS = """
    SELECT format('domain %I %s %s', typname, format_type(typbasetype, typtypmod), pg_get_constraintdef(n.oid))
    FROM pg_constraint n JOIN pg_type t ON t.oid = contypid
    WHERE typnamespace = 'trinvis'::regnamespace
"""
_CONSTRAINTS = """
    SELECT format('constraint %I.%I %s', relname, conname, pg_get_constraintdef(n.oid))
    FROM pg_constraint n JOIN pg_class c ON c.oid = conrelid
    WHERE relnamespace = 'trinvis'::regnamespace AND contype <> 'n'
"""
_INDEXES = "SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE {here}"
_TRIGGERS = """
    SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE {here} AND NOT tgisinternal
"""
_FUNCTIONS = """
    SELECT format('function %s%s%s body %s',
        oid::regprocedure, CASE WHEN prosecdef THEN ' security definer' ELSE '' END,
        coalesce(' set ' || array_to_string(proconfig, ', '), ''), left(md5(prosrc), 12))
    FROM pg_proc WHERE pronamespace = 'trinvis'::regnamespace
"""
_GRANTS = """
    SELECT format('grant %s on %I to %s', privilege_type, relname, grantee::regrole)
    FROM pg_class c, aclexplode(relacl) WHERE {here} AND grantee <> relowner
    UNION ALL
    SELECT format('grant %s on %I.%I to %s', privilege_type, relname, attname, grantee::regrole)
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid, aclexplode(attacl) WHERE {here}
    UNION ALL
    SELECT format('grant %s on function %I to %s', privilege_type, proname, grantee::regrole)
    FROM pg_proc, aclexplode(proacl) WHERE pronamespace = 'trinvis'::regnamespace AND grantee <> proowner
"""
_COMMENTS = """
    SELECT format('comment on %I: %s', relname, description)
    FROM pg_description JOIN pg_class c ON c.oid = objoid WHERE {here} AND objsubid = 0
"""
_HERE = "c.relnamespace = 'trinvis'::regnamespace"


async def listing(connection: asyncpg.Connection) -> str:
    """Everything in our schema, one line for each thing, sorted."""
    lines: list[str] = []
    for query in (_RELATIONS, _COLUMNS, _DOMAINS, _CONSTRAINTS, _INDEXES, _TRIGGERS, _FUNCTIONS, _GRANTS, _COMMENTS):
        rows = await connection.fetch(query.replace("{here}", _HERE))
        lines += sorted(row[0] for row in rows)
    return "\n".join(lines) + "\n"
