#!/bin/sh
# Brings Temporal's two databases to the schema of its release; run before every start, and changes nothing twice.
set -eu

SQL_PASSWORD="$(cat "$SQL_PASSWORD_FILE")"
export SQL_PASSWORD

bring() {
    # The first leaves a database that has a version already as it is; the second adds what is newer.
    temporal-sql-tool --db "$1" setup-schema -v 0.0
    temporal-sql-tool --db "$1" update-schema -d "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

bring temporal temporal
bring temporal_visibility visibility
