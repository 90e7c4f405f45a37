#!/usr/bin/env bash
# Draws the secrets of a new installation: `secrets.sh FOLDER GROUP [DATABASE_HOST] [REDIS_HOST]`.
# GROUP may read the folder: 10001 for the containers, hub for systemd. A file that is there already is never changed.
set -euo pipefail
folder=${1:?usage: secrets.sh FOLDER GROUP [DATABASE_HOST] [REDIS_HOST]}
group=${2:?usage: secrets.sh FOLDER GROUP [DATABASE_HOST] [REDIS_HOST]}
database_host=${3:-postgres}
redis_host=${4:-valkey}

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
write() {
  if [ -e "$folder/$1" ]; then echo "kept: $1"; return; fi
  printf '%s\n' "$2" > "$folder/$1"
  echo "made: $1"
}

mkdir -p "$folder"
# The folder keeps strangers out, so that each container, whatever its user, can read the file it is given.
chmod 0750 "$folder"
chgrp "$group" "$folder"
umask 0333
for name in secret_key encryption_keys nlu_token metrics_token postgres_password valkey_password; do
  write "$name" "$(random)"
done
write database_url "postgresql://hub:$(cat "$folder/postgres_password")@$database_host/hub"
write redis_url "redis://:$(cat "$folder/valkey_password")@$redis_host:6379/0"
echo "Keep a copy of $folder outside this machine: without encryption_keys no backup can be read."
