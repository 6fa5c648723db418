#!/bin/sh
# Makes the namespace and the search attributes that workflows need, where they are missing.
#
# Takes TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE. A workflow that sets an unknown search attribute gets nowhere, so
# the worker waits until this has ended well.
set -eu

tries=0
until temporal operator cluster health >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -ge 60 ]; then
        echo "Temporal at $TEMPORAL_ADDRESS does not answer" >&2
        exit 1
    fi
    sleep 2
done

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 7d
fi

# A namespace that has just been made is known to every part of the server only after some seconds.
tries=0
until known="$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE" 2>/dev/null)"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 30 ]; then
        echo "the namespace $TEMPORAL_NAMESPACE does not answer" >&2
        exit 1
    fi
    sleep 1
done

for attribute in TrinvisProgramme=Keyword TrinvisPhase=Keyword TrinvisNextDue=Datetime; do
    name="${attribute%=*}"
    if ! printf '%s' "$known" | grep -qw "$name"; then
        temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
            --name "$name" --type "${attribute#*=}"
    fi
done
