#!/bin/sh
# Starts Temporal as its image does, with the database's password from its secret file.
#
# The server takes its password from the environment and from nowhere else. So it is read here, inside the container:
# it stands in no file of ours and in no container's description, only in the memory of the server itself.
set -eu

POSTGRES_PWD="$(cat "$POSTGRES_PWD_FILE")"
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
