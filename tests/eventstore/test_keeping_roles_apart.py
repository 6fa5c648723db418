"""Who may do what to which table: the whole of it, so that a table nobody has thought about is noticed."""

from collections.abc import Mapping
from uuid import uuid4

import asyncpg
import pytest

from runtime.wiring import Trinvis
from tests.support.cast import MONDAY
from tests.support.clock import SetClock
from tests.support.keeping import LOOK, append, commit, noted, somebody
from tests.support.roles import APP_ROLE, RECORDS_ROLE, acting, owning, superuser
from tests.support.servers import Servers
from tests.support.walking import underway

PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
NOTHING: frozenset[str] = frozenset()
LOOK_ONLY = frozenset({"SELECT"})
ADD = LOOK_ONLY | {"INSERT"}
EVERYTHING_IN_IT = ADD | {"UPDATE", "DELETE"}

MAY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "stream": (LOOK_ONLY, LOOK_ONLY),
    "commit": (LOOK_ONLY, LOOK_ONLY),
    "fact": (LOOK_ONLY, LOOK_ONLY),
    "fact_key": (LOOK_ONLY, LOOK_ONLY | {"UPDATE", "DELETE"}),
    "citizen_key": (ADD, EVERYTHING_IN_IT),
    "citizen": (ADD, LOOK_ONLY | {"UPDATE"}),
    "alarm": (LOOK_ONLY, NOTHING),
    "state_cache": (ADD | {"UPDATE"}, EVERYTHING_IN_IT),
    "access_log": (ADD, NOTHING),
    "erasure": (NOTHING, frozenset({"INSERT"})),
    "installation": (ADD, ADD),
    "programme": (ADD, LOOK_ONLY),
    "pathway_now": (EVERYTHING_IN_IT, EVERYTHING_IN_IT),
    "worklist": (EVERYTHING_IN_IT, EVERYTHING_IN_IT),
    "move_job": (ADD | {"UPDATE"}, NOTHING),
    "move_outcome": (ADD | {"UPDATE"}, NOTHING),
    "migration": (NOTHING, NOTHING),
}
"""By table, what the program may do, and what whoever keeps the records may do."""

COLUMNS: Mapping[tuple[str, str], frozenset[str]] = {
    (APP_ROLE, "alarm"): frozenset({"reacted", "armed", "nudges", "nudge_after"}),
    (APP_ROLE, "citizen"): frozenset({"key", "sealed"}),
}
"""Where a role may change some columns of a table and not the others."""

FUNCTIONS = {"append": {APP_ROLE, RECORDS_ROLE}, "reckon": {APP_ROLE}}
"""Functions that do something; the others only reckon, and refuse."""

_ACTING_FOR_THE_OWNER = """
    SELECT proname, proconfig, array_agg(grantee::regrole::text) FILTER (WHERE grantee <> proowner) AS grantees
    FROM pg_proc LEFT JOIN LATERAL aclexplode(proacl) ON true
    WHERE pronamespace = 'trinvis'::regnamespace AND prosecdef GROUP BY proname, proconfig
"""


@pytest.mark.parametrize(("place", "role"), [(0, APP_ROLE), (1, RECORDS_ROLE)])
async def test_each_role_may_do_to_each_table_what_is_written_here(
    servers: Servers, trinvis: Trinvis, place: int, role: str
) -> None:
    async with superuser(servers, trinvis) as connection:
        rows = await connection.fetch(
            "SELECT relname, privilege, has_table_privilege($1, c.oid, privilege) AS may"
            " FROM pg_class c CROSS JOIN unnest($2::text[]) privilege"
            " WHERE relnamespace = 'trinvis'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')",
            role,
            PRIVILEGES,
        )
    found: dict[str, set[str]] = {row["relname"]: set() for row in rows}
    for row in rows:
        if row["may"]:
            found[row["relname"]].add(row["privilege"])
    assert found == {table: set(may[place]) for table, may in MAY.items()}


async def test_nobody_else_may_do_anything(servers: Servers, trinvis: Trinvis) -> None:
    """Every grant names the owner or one of the two roles; PUBLIC has none, and nobody may pass one on."""
    async with superuser(servers, trinvis) as connection:
        grantees = await connection.fetch(
            "SELECT DISTINCT grantee::regrole::text, is_grantable FROM pg_class, aclexplode(relacl)"
            " WHERE relnamespace = 'trinvis'::regnamespace AND grantee <> relowner"
            " UNION SELECT grantee::regrole::text, is_grantable FROM pg_namespace, aclexplode(nspacl)"
            " WHERE nspname = 'trinvis' AND grantee <> nspowner"
        )
        creating = await connection.fetch("SELECT has_schema_privilege($1, 'trinvis', 'CREATE')", APP_ROLE)
    assert {tuple(row) for row in grantees} == {(APP_ROLE, False), (RECORDS_ROLE, False)}
    assert not creating[0][0]


async def test_where_a_role_may_change_some_columns_it_may_change_no_others(servers: Servers, trinvis: Trinvis) -> None:
    async with superuser(servers, trinvis) as connection:
        rows = await connection.fetch(
            "SELECT role, relname, attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " CROSS JOIN unnest($1::text[]) role WHERE relnamespace = 'trinvis'::regnamespace AND relkind = 'r'"
            " AND attnum > 0 AND has_column_privilege(role, c.oid, attnum, 'UPDATE')"
            " AND NOT has_table_privilege(role, c.oid, 'UPDATE')",
            [APP_ROLE, RECORDS_ROLE],
        )
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        found.setdefault((row["role"], row["relname"]), set()).add(row["attname"])
    assert found == COLUMNS


async def test_functions_that_do_something_are_for_those_who_need_them(servers: Servers, trinvis: Trinvis) -> None:
    """What acts in the owner's name has a fixed search path, so that nobody can slip a table in."""
    async with superuser(servers, trinvis) as connection:
        rows = await connection.fetch(_ACTING_FOR_THE_OWNER)
    assert {row["proname"]: set(row["grantees"]) for row in rows} == FUNCTIONS
    assert {tuple(row["proconfig"]) for row in rows} == {("search_path=trinvis, pg_catalog, pg_temp",)}


@pytest.mark.parametrize("role", [APP_ROLE, RECORDS_ROLE])
@pytest.mark.parametrize("table", ["stream", "commit", "fact"])
async def test_the_truth_is_not_changed_by_those_who_work_with_it(
    servers: Servers, trinvis: Trinvis, role: str, table: str
) -> None:
    citizen = await somebody(trinvis)
    await append(trinvis, commit(uuid4(), citizen, 0, noted("et")))
    column = {"stream": "version", "commit": "actor", "fact": "version"}[table]
    async with acting(servers, trinvis, role) as connection:
        for sql in (
            f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {table}",  # noqa: S608 - tables of ours
            f"UPDATE {table} SET {column} = {column}",  # noqa: S608 - the same
            f"DELETE FROM {table}",  # noqa: S608 - the same
            f"TRUNCATE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TABLE {table} CASCADE",
            f"CREATE TRIGGER quiet BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(sql)


@pytest.mark.parametrize("table", ["fact", "commit", "stream", "access_log", "erasure", "programme"])
async def test_the_owner_does_not_change_what_is_kept_for_ever_either(
    servers: Servers, trinvis: Trinvis, clock: SetClock, table: str
) -> None:
    walk = await underway(trinvis, clock)
    await trinvis.vault.identity(walk.citizen, LOOK)
    async with owning(servers, trinvis) as connection:
        await connection.execute(
            "INSERT INTO erasure (at, actor, decision, subject) VALUES ($1, 'x', 'x', $2)", MONDAY, walk.citizen
        )
        changing = {"fact": "kind", "commit": "actor", "access_log": "actor", "erasure": "actor", "programme": "source"}
        statements = [f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"]  # noqa: S608 - tables of ours
        if table in changing:
            statements.append(f"UPDATE {table} SET {changing[table]} = 'andet'")  # noqa: S608 - the same
        for sql in statements:
            with pytest.raises(asyncpg.PostgresError, match="never changed or removed"):
                await connection.execute(sql)


async def test_the_program_says_how_far_workflows_have_come_and_nothing_else_of_alarms(
    servers: Servers, trinvis: Trinvis, clock: SetClock
) -> None:
    await underway(trinvis, clock)
    async with acting(servers, trinvis, APP_ROLE) as connection:
        await connection.execute("UPDATE alarm SET reacted = 1, armed = 'g', nudges = 1, nudge_after = now()")
        for column in ("version", "next_due", "over", "stream"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"UPDATE alarm SET {column} = {column}")  # noqa: S608 - columns of ours


async def test_the_program_does_not_erase_and_whoever_erases_does_not_publish(
    servers: Servers, trinvis: Trinvis
) -> None:
    async with acting(servers, trinvis, APP_ROLE) as connection:
        for sql in (
            "DELETE FROM fact_key",
            "DELETE FROM citizen_key",
            "UPDATE citizen_key SET retired = true",
            "UPDATE citizen SET erased_at = now()",
            "DELETE FROM citizen",
            "INSERT INTO erasure (at, actor, decision, subject) VALUES (now(), 'x', 'x', gen_random_uuid())",
            "TRUNCATE worklist",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(sql)
    async with acting(servers, trinvis, RECORDS_ROLE) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("INSERT INTO programme SELECT * FROM programme")


async def test_a_login_is_nobody_until_it_takes_its_role(trinvis: Trinvis) -> None:
    connection = await asyncpg.connect(trinvis.settings.url("app"))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("SELECT 1 FROM trinvis.fact")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(f"SET ROLE {RECORDS_ROLE}")
    finally:
        await connection.close()
