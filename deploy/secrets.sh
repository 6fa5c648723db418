#!/bin/sh
# Makes the passwords that docker-compose.yml reads, one file each, where they are missing.
#
# Takes the folder, or uses deploy/secrets beside this script. The folder is closed to everybody else on this machine;
# the files in it are not, because containers read them under accounts of their own.
set -eu
umask 077

folder="${1:-$(dirname "$0")/secrets}"
mkdir -p "$folder"
chmod 700 "$folder"
for name in postgres_password trinvis_owner_password trinvis_app_password trinvis_records_password temporal_password; do
    if [ ! -e "$folder/$name" ]; then
        od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$folder/$name.new"
        chmod 444 "$folder/$name.new"
        mv "$folder/$name.new" "$folder/$name"
        echo "made $folder/$name"
    fi
done
