#!/bin/sh
# Makes what compose.yaml needs, in the folder that it is called in: certificates, the identities of two
# workers, the vault's, the users of NATS and .env. Nothing that is there is replaced.
#
#   sh init.sh HOST       HOST is the name that browsers call the server by
set -eu
host=${1:?the name that browsers call the server by}
umask 077

[ -e secrets/tls.key ] || genproof-studio cluster certificates secrets --host "$host" --host server --host nats-1 --host nats-2 --host nats-3
[ -e secrets/vault.key ] || genproof-studio vault new secrets/vault.key
mkdir -p data/.studio keys cache-1 cache-2 nats-1 nats-2 nats-3
for n in 1 2; do
  if [ ! -e "secrets/worker-$n.key" ]; then
    worker=$(genproof-studio workers new "secrets/worker-$n.key")
    genproof-studio workers add "$worker" --name "worker-$n" --studio data/.studio
  fi
done
coordinator=$(genproof-studio cluster users --studio data/.studio --out users.conf --json | sed -n 's/.*"coordinator": *"\([0-9a-f]*\)".*/\1/p')
printf 'COORDINATOR=%s\nSTUDIO_HOST=%s\n' "$coordinator" "$host" > .env
echo "Next: genproof setup deck/standard --keys keys, the images' digests in .env, chown -R 65532:65532 . and docker compose up"
