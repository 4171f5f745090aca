#!/bin/sh
# The HTTP edge under load, everything on this machine: an emulator that answers at once, one API, one worker, on the servers of
# ConnectionStrings__ivgdb and ConnectionStrings__redis. It takes wrk, curl and jq; with nginx (nginx-light) the same picture is served from a
# file, and with PEER set to the address of another service and PEER_PICTURE to a picture's address there, that is asked too, in the same sitting.
# usage: bench/edge.sh [SECONDS_OF_EACH] [MINUTES_OF_THE_MIXTURE] [SECONDS_OF_FUZZING] [SEED]
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-10} minutes=${2:-10} fuzzing=${3:-300} seed=${4:-1}
bin=artifacts/bin api_url=http://127.0.0.1:5692
export PLATFORM_API_KEYS=bench APP_SECRET_KEY=a-secret-of-the-bench-that-is-long-enough MAX_QUEUED_PER_USER=1000000
export RATE_SUBMITS_PER_SESSION=0 RATE_SUBMITS_PER_ADDRESS=0 RATE_READS_PER_SESSION=0 RATE_READS_PER_ADDRESS=0 STREAMS_PER_SESSION=1000
export IMAGE_PROVIDER=nano_banana GEMINI_API_KEY=bench GEMINI_BASE_URL=http://127.0.0.1:5693 STYLES_DIR="$PWD/styles"

for project in Ivg.Migrator Ivg.GeminiEmulator Ivg.Api Ivg.GenerateWorker bench/Ivg.Bench; do
  dotnet build "$project" -c Release -v q -clp:NoSummary >/dev/null
done
dotnet "$bin/Ivg.Migrator/release/Ivg.Migrator.dll" >/dev/null

work=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
start() { # project port
  (cd "$bin/$1/release" && exec dotnet "$1.dll" --urls "http://127.0.0.1:$2" >/dev/null 2>&1) &
  pids="$pids $!"
}
EMULATOR_CACHED_ANSWERS=true start Ivg.GeminiEmulator 5693
start Ivg.Api 5692
api=$!
start Ivg.GenerateWorker 5694
for url in http://127.0.0.1:5693/_emulator/health $api_url/api/ready http://127.0.0.1:5694/health; do
  curl -sf --retry 60 --retry-delay 1 --retry-all-errors "$url" >/dev/null
done

# A picture of 1 MB: a result would be the emulator's, so it is an upload's own.
user='X-User-Id: edge' key='Authorization: Bearer bench'
dotnet "$bin/Ivg.Bench/release/Ivg.Bench.dll" picture "$work/picture.png"
job=$(curl -sf "$api_url/api/variations" -H "$user" -H "$key" -F "image=@$work/picture.png" | jq -r .links.stream)
curl -sfN "$api_url$job" -H "$user" -H "$key" >/dev/null
picture=$api_url$(curl -sf "$api_url/api/history?limit=1" -H "$user" -H "$key" | jq -r '.items[0].source.url')
etag=$(curl -sf -o "$work/served.png" -D - "$picture" -H "$user" -H "$key" | grep -i '^etag:' | cut -d' ' -f2 | tr -d '\r')
cmp "$work/picture.png" "$work/served.png"
load() { # name, then wrk's arguments
  name=$1; shift
  wrk -t2 -c32 -d2s "$@" >/dev/null
  printf '%s: ' "$name"
  wrk -t2 -c32 -d"${seconds}s" --latency "$@" | awk '/Requests\/sec/ {r=$2} /Non-2xx/ {e=$0} /50%|99%/ {l=l" p"$1" "$2} END {print r" a second,"l" "e}'
}
load "GET of $(stat -c %s "$work/picture.png") bytes" -H "$user" -H "$key" "$picture"
if command -v nginx >/dev/null; then
  mkdir -p "$work/files" && cp "$work/picture.png" "$work/files/" && chmod -R a+rX "$work"
  printf 'worker_processes 2; pid %s/nginx.pid; error_log /dev/null; events {} http { access_log off; sendfile on; keepalive_requests 1000000000; server { listen 127.0.0.1:5695; root %s/files; } }' "$work" "$work" >"$work/nginx.conf"
  nginx -c "$work/nginx.conf" -g 'daemon off;' 2>/dev/null &
  pids="$pids $!"
  curl -sf --retry 10 --retry-connrefused http://127.0.0.1:5695/picture.png >/dev/null
  load "the same of nginx" http://127.0.0.1:5695/picture.png
fi
if [ -n "${PEER_PICTURE:-}" ]; then load "the same of the peer" "$PEER_PICTURE"; fi
load "304" -H "$user" -H "$key" -H "If-None-Match: $etag" "$picture"

bench="$bin/Ivg.Bench/release/Ivg.Bench.dll"
dotnet "$bench" uploads 200 50 $api_url "$api"
# What those began is finished first: the mixture has no room for a queue of others' work.
until curl -sf $api_url/api/queues -H "$key" | jq -e 'all(.items[]; .depth == 0 and .running == 0)' >/dev/null; do sleep 2; done
dotnet "$bench" mixture "$minutes" $api_url "$api"
dotnet "$bench" fuzz "$fuzzing" "$seed" $api_url "$api"
dotnet "$bench" history 1000000
