#!/bin/sh
# The databases and their logins, made when PostgreSQL starts on an empty data folder, and never again.
#
# Facts and Temporal's appointments lie in databases of their own, and no login opens more than it needs. Passwords
# come from secret files and reach psql on its standard input: an argument could be read by anybody on the machine.
set -eu

secret() {
    if [ ! -s "${SECRETS:-/run/secrets}/$1" ]; then
        echo "the secret $1 is missing or empty" >&2
        exit 1
    fi
    sed "s/'/''/g" "${SECRETS:-/run/secrets}/$1"
}

owner="$(secret trinvis_owner_password)"
app="$(secret trinvis_app_password)"
records="$(secret trinvis_records_password)"
temporal="$(secret temporal_password)"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<SQL
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
CREATE ROLE trinvis_owner LOGIN CREATEROLE PASSWORD '$owner';
CREATE ROLE trinvis_app_login LOGIN NOINHERIT PASSWORD '$app';
CREATE ROLE trinvis_records_login LOGIN NOINHERIT PASSWORD '$records';
CREATE ROLE temporal LOGIN PASSWORD '$temporal';

CREATE DATABASE trinvis OWNER trinvis_owner ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE temporal OWNER temporal ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE temporal_visibility OWNER temporal ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE trinvis, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE trinvis TO trinvis_app_login, trinvis_records_login;
SQL
